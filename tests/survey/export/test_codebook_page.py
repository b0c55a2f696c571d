"""The codebook for people: everything in it, nothing that runs, nothing from elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from survey.config import load_config
from survey.export.wave import export_wave
from survey.store.connect import Store, open_store
from survey.store.responses import start_response, withdraw_response
from survey.store.waves import Wave, close_wave, open_wave
from tests.survey.questionnaire.builders import built, choice, choices, long_text, page, scale, section
from tests.survey.questionnaire.defects import grid

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
HOW = {"locale": "en", "format": "standard", "mode": "web"}
BOLD = '<b>Bold</b> & "so"?'
ROWS = [
    {"code": "health", "text": "My health"},
    {"code": "home", "text": "My home", "show_if": {"item": "uses", "is": "chair"}},
]
SAME = {"version": "2025.1", "reason": "Only a comma moved."}
WRITTEN = built(
    section("start", page(choice("gate", text=BOLD))),
    section(
        "main",
        page(choices("uses")),
        page(grid("went", rows=ROWS)),
        page(scale("say", min=-2, max=5, sensitive=True, equivalent=[SAME]), show_if={"item": "uses", "is": "care"}),
        page(long_text("story")),
        show_if={"item": "gate", "is": "yes"},
    ),
    section("each", page(choice("met")), repeat={"from": "uses", "at_most": 3}),
)


class Outline(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(load_config({"PHB_DATA": str(tmp_path / "live")}))
    yield opened
    opened.close()


@pytest.fixture
def wave(store: Store) -> Wave:
    return open_wave(store, wave="2026", questionnaire=WRITTEN, vintage="2026", open_link=True, made_up=True, now=NOW)


def export(store: Store, wave: Wave, folder: Path, **more: object) -> None:
    export_wave(store, wave, folder, b"key", lambda done, of: None, now=NOW, **more)  # type: ignore[arg-type]


def test_the_page_is_whole_by_itself_and_escapes_what_people_wrote(store: Store, wave: Wave, tmp_path: Path) -> None:
    export(store, wave, tmp_path / "out")
    html = (tmp_path / "out" / "codebook.html").read_text(encoding="utf-8")
    found = Outline(html)
    tags = [tag for tag, _ in found.tags]
    assert not {"script", "img", "link", "iframe", "b"} & set(tags)
    assert not re.search(r"url\(|@import|javascript:|\son\w+=", html)
    assert BOLD in found.text
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    linked = {str(attributes["href"]) for tag, attributes in found.tags if tag == "a"}
    assert linked <= {f"#{name}" for name in ids}
    assert dict(found.tags)["html"]["lang"] == "en-GB"
    headings = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_every_item_says_who_was_asked_its_codes_its_columns_and_its_versions(
    store: Store, wave: Wave, tmp_path: Path
) -> None:
    export(store, wave, tmp_path / "out")
    found = Outline((tmp_path / "out" / "codebook.html").read_text(encoding="utf-8"))
    book = json.loads((tmp_path / "out" / "codebook.json").read_text(encoding="utf-8"))
    for each in (*book["columns"], *book["repeats"][0]["columns"], *book["restricted_columns"]):
        assert each["name"] in found.text
    assert "The questions of this section are asked only if the answer to" in found.text
    assert "This part is asked only if" in found.text
    assert "not_asked (-11), not_answered (-12), dont_know (-18), refused (-19)" in found.text  # the scale starts at -2
    assert "From -2 to 5." in found.text
    assert "Can be compared with version 2025.1: Only a comma moved." in found.text
    assert "asked once for each answer picked in" in found.text


def test_weights_come_along_with_how_to_use_them_and_only_of_responses_that_are_still_there(
    store: Store, wave: Wave, tmp_path: Path
) -> None:
    begun = [
        start_response(
            store, b"key", wave=wave.id, invitation=None, page="gate", answers={"gate": "yes"}, now=NOW, **HOW
        )[0]
        for _ in range(3)
    ]
    published = tmp_path / "published"
    export(store, wave, published, for_release=True, weights=published)
    write_weights(published)
    export(store, wave, tmp_path / "open", weights=published)
    assert not (tmp_path / "open" / "weights.csv").exists()
    assert "There are no weights" in (tmp_path / "open" / "codebook.html").read_text(encoding="utf-8")
    withdraw_response(store, begun[0].response, now=NOW + timedelta(hours=1), **HOW)
    closed = close_wave(store, wave.id, NOW + timedelta(days=1))
    export(store, closed, tmp_path / "out", weights=published)
    assert (tmp_path / "out" / "weights.csv").read_text().splitlines()[0] == "response,weight"
    assert count_joined(tmp_path / "out") == (2, 2)
    page_of_weights = (tmp_path / "out" / "codebook.html").read_text(encoding="utf-8")
    assert "join them to the responses by the column response" in page_of_weights
    export(store, closed, published, for_release=True, weights=published)
    assert count_joined(published) == (2, 2), "what was withdrawn leaves the private folder too"


def write_weights(folder: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select response, 1.0 as weight from '{folder}/responses.parquet') to '{folder}/weights.parquet'"
        )


def count_joined(folder: Path) -> tuple[int, int]:
    """How many weights there are, and how many belong to a response that counts."""
    with duckdb.connect() as connection:
        joined = f"'{folder}/weights.parquet' join '{folder}/responses.parquet' using (response)"
        [counts] = connection.execute(
            f"select (select count(*) from '{folder}/weights.parquet'), count(*) from {joined}"
            " where meta_status <> 'withdrawn'"
        ).fetchall()
        return counts[0], counts[1]
