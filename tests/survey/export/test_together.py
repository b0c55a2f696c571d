"""Responses that go into the table together come out as those that the Router puts in one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.config import load_config
from survey.export.item_answers import WITHDRAWN
from survey.export.one_by_one import add_response
from survey.export.portions import add_portion
from survey.export.response_table import ResponseTable, vintage_columns
from survey.export.version import Version
from survey.questionnaire.answers import HANDOVER, HANDOVER_PAGE, HANDOVER_TO, Value, to_json, write_in_key
from survey.questionnaire.model import Questionnaire, answered_parts, options_of
from survey.questionnaire.routing import Router
from survey.store.analysis import Portion, read_wave
from survey.store.bulk import append_all
from survey.store.connect import Store, open_store
from survey.store.responses import Status
from tests.survey.questionnaire.builders import area, built, choice, choices, option, page, scale, section, short_text
from tests.survey.questionnaire.defects import grid
from tests.survey.questionnaire.generated import questionnaires
from tests.survey.store.test_routing_sql import draw_answer

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
PEOPLE = 60


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    opened = open_store(load_config({"PHB_DATA": str(tmp_path_factory.mktemp("live"))}))
    yield opened
    opened.close()


def fill(store: Store, random: Random, versions: dict[str, Questionnaire]) -> str:
    """A wave whose people go to and fro, change their minds, stop, send or withdraw; its name."""
    wave = f"wave-{store.rows('select count(*) from responses')[0][0]}"
    first = 1 + max(store.rows("select coalesce(max(response), 0) from responses")[0])
    began = NOW.replace(tzinfo=None)
    responses, events, statuses = [], [], []
    routers = {name: Router(each) for name, each in versions.items()}
    for response in range(first, first + PEOPLE):
        version = random.choice(list(versions))
        invited = random.choice([None, None, "QRL"])
        responses.append((response, f"hash {response}", wave, version, "2026", invited, response + 10**6, began))
        seq = 0
        for page_id in draw_pages(random, routers[version]):
            seq += 1
            how = (random.choice(["en", "pl"]), random.choice(["standard", "easyread"]), "web")
            said = to_json(draw_page(random, routers[version], page_id))
            events.append((response, seq, page_id, said, *how, began + timedelta(minutes=seq)))
        for status in [Status.SUBMITTED, Status.WITHDRAWN][: random.choice([0, 1, 1, 2])]:
            seq += 1
            statuses.append((response, seq, status.value, "en", "standard", "web", began + timedelta(days=seq)))
    names = ("response", "return_hash", "wave", "version", "vintage", "area", "invitation", "started_at")
    how_names = ("locale", "format", "mode")
    append_all(
        store,
        responses=pandas.DataFrame(responses, columns=names).to_dict("series"),
        events=pandas.DataFrame(
            random.sample(events, len(events)), columns=("response", "seq", "page", "answers", *how_names, "saved_at")
        ).to_dict("series"),
        statuses=pandas.DataFrame(statuses, columns=("response", "seq", "status", *how_names, "set_at")).to_dict(
            "series"
        ),
    )
    return wave


def draw_pages(random: Random, router: Router) -> list[str]:
    """Pages in the order in which they were saved: most of them in theirs, some again, some never."""
    pages = [placed.page.id for placed in router.pages]
    saved = [each for each in pages[: random.randint(1, len(pages))] if random.random() < 0.9]
    again = random.sample(pages, min(3, len(pages))) if random.random() < 0.5 else []
    return [*saved, *([HANDOVER] if random.random() < 0.2 else []), *again, "gone"]


def draw_page(random: Random, router: Router, page_id: str) -> dict[str, Value]:
    """What is said on a page, with whatever else a page can save."""
    if page_id == HANDOVER:
        return {HANDOVER_TO: random.choice(["proxy", "nobody"]), HANDOVER_PAGE: "somewhere"}
    placed = router.page(page_id)
    said: dict[str, Value] = {}
    for item in placed.page.items if placed else ():
        for part in answered_parts(item):
            said[part.id] = draw_answer(random, part)
        if item.type == "area" and random.random() < 0.5:
            said |= {f"{item.id}__2023": "QRV", f"{item.id}__fifth": random.randint(1, 5)}
        for each in options_of(item):
            if each.write_in is not None:
                said[write_in_key(item.id, each.code)] = random.choice(["", "My own words"])
    if said.get("taking_part") == "no" and random.random() < 0.8:
        said["taking_part"] = "yes"
    return said


def check_both_ways(store: Store, wanted: Questionnaire, versions: dict[str, Questionnaire], seed: int) -> None:
    wave = fill(store, Random(seed), versions)
    [portion] = read_wave(store, wave, PEOPLE)
    together = ResponseTable(wanted, PEOPLE, vintage_columns(["2023"]))
    names = [f"{number:04d}" for number in portion.responses]
    known = {name: Version(each, together.items) for name, each in versions.items()}
    add_portion(together, names, portion, known)
    assert not any(version.repeats for version in known.values())
    one_by_one = routed(wanted, versions, names, portion)
    for frame, other in (
        (together.frame(together.order()), one_by_one.frame(one_by_one.order())),
        (together.texts(), one_by_one.texts()),
    ):
        pandas.testing.assert_frame_equal(frame.astype(object), other.astype(object))
    for item, answers in together.items.items():
        of_spss = [each.items[item].take(each.items[item].spss(), each.order()) for each in (together, one_by_one)]
        if answers.item.type not in ("choices", "rank"):
            np.testing.assert_array_equal(*of_spss)


def routed(
    wanted: Questionnaire, versions: dict[str, Questionnaire], names: list[str], portion: Portion
) -> ResponseTable:
    """The same by the Router; of withdrawn responses nothing but what `begun` says."""
    table = ResponseTable(wanted, PEOPLE, vintage_columns(["2023"]))
    known = {name: Version(each, table.items) for name, each in versions.items()}
    for place, name in enumerate(names):
        stored = portion.stored(place)
        add_response(table, name, stored, known[stored.version])
        if stored.status is Status.WITHDRAWN:
            for answers in table.items.values():
                answers.cells[place] = WITHDRAWN
            for column in (
                "area",
                "area_source",
                "answering",
                "handover_to",
                "handover_page",
                "last_page",
                "area_2023",
            ):
                table.meta[f"meta_{column}"].cells[place] = -1
            table.meta["meta_fifth"].cells[place] = -1
            if stored.area:
                table.meta["meta_area"].put(place, stored.area)
                table.meta["meta_area_source"].put(place, "invitation")
    withdrawn = {name for place, name in enumerate(names) if portion.stored(place).status is Status.WITHDRAWN}
    table._texts = [row for row in table._texts if row["response"] not in withdrawn]
    return table


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(written=questionnaires(), older=questionnaires(), seed=st.integers(0, 2**32 - 1))
def test_every_generated_response_is_the_same_both_ways(
    store: Store, written: Questionnaire, older: Questionnaire, seed: int
) -> None:
    check_both_ways(store, without_repeats(written), versions_of(written, older), seed)


def versions_of(*questionnaires: Questionnaire) -> dict[str, Questionnaire]:
    return {f"version-{number}": without_repeats(each) for number, each in enumerate(questionnaires)}


def without_repeats(questionnaire: Questionnaire) -> Questionnaire:
    once = tuple(part for part in questionnaire.sections if part.repeat is None)
    return questionnaire.model_copy(update={"sections": once})


def test_whatever_a_page_can_hold_is_the_same_both_ways(store: Store) -> None:
    rows = [{"code": code, "text": code, "show_if": {"item": "uses", "is": code}} for code in ("care", "chair")]
    who = {
        **choice("who", role="answering"),
        "options": [option("me", answering="self"), option("son", answering="proxy")],
    }
    other = {**choice("kind"), "options": [option("usual"), option("other", write_in="What else?")]}
    written = built(
        section(
            "start",
            page(choice("taking_part"), end={"kind": "refused", "when": {"item": "taking_part", "is": "no"}}),
            page(who),
            page(area(role="area")),
            page(choices("uses")),
            page(other),
        ),
        section(
            "main",
            page(grid("went", rows=rows)),
            page(grid("felt", rows=[*rows, {"code": "all", "text": "All"}]), show_if={"item": "who", "answered": True}),
            page(scale("say"), short_text("words"), show_if={"item": "kind", "is": "other"}),
            page(short_text("end")),
            show_if={"any": [{"item": "area", "answered": False}, {"item": "area", "is": "QMJ"}]},
        ),
    )
    for seed in range(2):
        check_both_ways(store, written, {"now": written}, seed)
