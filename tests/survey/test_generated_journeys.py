"""Any valid questionnaire can be walked to its end on the web, and its answers come out as they went in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from survey.app import create_app
from survey.config import load_config
from survey.export.wave import export_wave
from survey.questionnaire.answers import Value, instance_key
from survey.questionnaire.codebook import asked_in
from survey.questionnaire.model import (
    DateItem,
    GridItem,
    Item,
    LongTextItem,
    Missing,
    NumberItem,
    Option,
    Questionnaire,
    RankItem,
    ScaleItem,
    ShortTextItem,
    StatementItem,
    options_of,
    row_items,
)
from survey.questionnaire.routing import Path as Route
from survey.questionnaire.routing import Router, split_page
from survey.store.connect import open_store
from survey.store.waves import close_wave
from tests.survey.questionnaire.generated import questionnaires
from tests.survey.respondent.conftest import Clock, Site, Visitor

Fields = dict[str, str | list[str] | None]
Row = dict[str, Any]
AREA = "QRL"
NUMBERS = count()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("live"))})
    store = open_store(config)
    clock = Clock()
    app = create_app(config, store, now=clock)
    templates: BytecodeCache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    app.jinja_env.bytecode_cache = templates
    yield Site(app, config, store, clock)
    store.close()


@settings(max_examples=10, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(questionnaire=questionnaires(), random=st.randoms(use_true_random=False))
def test_every_questionnaire_can_be_walked_to_its_end_and_its_answers_come_out_the_same(
    site: Site, tmp_path_factory: pytest.TempPathFactory, questionnaire: Questionnaire, random: Random
) -> None:
    wave = site.open(questionnaire, f"made-up-{next(NUMBERS)}", made_up=True)
    try:
        walker = Walker(site.visitor(), Router(questionnaire), random)
        walker.walk()
        folder = tmp_path_factory.mktemp("analysis")
        export_wave(site.store, wave, folder, site.config.code_key, lambda done, of: None, now=site.clock())
    finally:
        close_wave(site.store, wave.id, site.clock())
    route = walker.router.path(walker.answers)
    assert set(walker.seen) == set(route.pages)
    [row] = rows_of(folder / "responses.parquet")
    assert row["meta_status"] == "submitted"
    check_rows(questionnaire, walker.router, route, row, folder)


# --- Walking ----------------------------------------------------------------------


@dataclass
class Walker:
    """Fills every page with an answer of its own making, and presses the first button until nothing is left."""

    visitor: Visitor
    router: Router
    random: Random
    answers: dict[str, Value] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def walk(self) -> None:
        self.visitor.start()
        self.answers["taking_part"] = "yes"
        self.seen.append(self.router.pages[0].page.id)
        self.go_on()

    def go_on(self) -> None:
        """From the page that is open to the end."""
        while not self.visitor.address.endswith("/survey/check"):
            key = self.visitor.address.removeprefix("/survey/")
            assert self.visitor.status == 200, key
            assert key not in self.seen, f"{key} is asked twice"
            self.seen.append(key)
            self.fill(key)
        self.visitor.press()
        assert self.visitor.address == "/survey/done"

    def fill(self, key: str) -> None:
        placed = self.router.page(key)
        assert placed is not None
        _, number = split_page(key)
        fields: Fields = {}
        for item in placed.page.items:
            for asked in self.parts(item, number):
                value = self.make_up(asked)
                if value is not None:
                    self.answers[asked.id if number is None else instance_key(asked.id, number)] = value
                fields |= typed(asked, value)
        self.visitor.press(**fields)
        if self.router.odd(key, self.answers):  # an odd answer is asked about once
            assert self.visitor.address.endswith(f"/survey/{key}")
            self.visitor.press()

    def parts(self, item: Item, number: int | None) -> tuple[Item, ...]:
        if not isinstance(item, GridItem):
            return () if isinstance(item, StatementItem) else (item,)
        shown = self.router.shown_rows(item, self.answers, number)
        return tuple(row for row, made in zip(row_items(item), item.rows, strict=True) if made.code in shown)

    def make_up(self, item: Item) -> Value | None:
        """Some answer to an item; now and then none, or that the person does not know."""
        missing = [option.code for option in options_of(item) if option.missing]
        if self.random.random() < 0.15:
            return None
        if missing and self.random.random() < 0.1:
            code = self.random.choice(missing)
            return (code,) if item.type in ("choices", "rank") else code
        return self.value(item)

    def value(self, item: Item) -> Value:
        random = self.random
        codes = [option.code for option in options_of(item) if not option.missing and not option.exclusive]
        if item.type == "choice":
            return random.choice(codes)
        if item.type == "choices":
            picked = random.sample(codes, random.randint(1, len(codes)))
            return tuple(code for code in codes if code in picked)
        if isinstance(item, RankItem):
            return tuple(random.sample(codes, random.randint(1, item.at_most or len(codes))))
        if isinstance(item, ScaleItem):
            return random.randint(item.min, item.max)
        if isinstance(item, NumberItem):
            drawn = random.uniform(item.min, item.max)
            return round(drawn, item.decimals) if item.decimals else int(drawn)
        if isinstance(item, DateItem):
            return "-".join(("2011", "07", "30")[: random.randint(1, ("year", "month", "day").index(item.finest) + 1)])
        if isinstance(item, (ShortTextItem, LongTextItem)):
            return random.choice(["Words", "<b>{this}</b> & “more”", "کچھ الفاظ", "=1+1"])
        return AREA


def typed(item: Item, value: Value | None) -> Fields:
    """What stands in the fields of an item when a person has answered it so."""
    missing = {option.code for option in options_of(item) if option.missing}
    first = value[0] if isinstance(value, tuple) else value
    if value is None or item.type in ("choice", "scale", "area", "short_text", "long_text"):
        return {} if value is None else {item.id: str(value)}
    if item.type == "choices":
        return {item.id: [str(code) for code in value]} if isinstance(value, tuple) else {}
    if first in missing:
        return {f"{item.id}__missing": str(first)}
    if isinstance(value, tuple):
        return {f"{item.id}__{code}__place": str(place) for place, code in enumerate(value, start=1)}
    if isinstance(item, DateItem):
        return dict(
            zip((f"{item.id}__{part}" for part in ("year", "month", "day")), str(value).split("-"), strict=False)
        )
    return {item.id: str(value)}


# --- Comparing ----------------------------------------------------------------------


def check_rows(questionnaire: Questionnaire, router: Router, route: Route, row: Row, folder: Path) -> None:
    texts = {each.get("meta_round"): each for each in rows_of(folder / "restricted" / "free_text.parquet")}
    for section in questionnaire.sections:
        pages = {page.id for page in section.pages}
        asked = {key for key in route.pages if split_page(key)[0] in pages}
        if section.repeat is None:
            rows: Mapping[int | None, Row] = {None: row}
        else:
            file = folder / f"repeat_{section.id.replace('-', '_')}.parquet"
            rows = {each["meta_round"]: each for each in rows_of(file)}
            assert set(rows) == {split_page(key)[1] for key in asked}
        for number, found in rows.items():
            for each in asked_in(section):
                page = next(page for page in section.pages if any(_holds(item, each.item) for item in page.items))
                key = page.id if number is None else f"{page.id}/{number}"
                shown = key in asked and _is_shown(router, page.items, each.item, route, number)
                expected = expect(each.item, shown, route, number)
                assert {name: found[name] for name in expected} == expected
                written = route.answers.get(_key(each.item.id, number))
                if isinstance(each.item, (ShortTextItem, LongTextItem)) and written is not None:
                    assert texts[number][each.item.id] == written


def expect(item: Item, asked: bool, route: Route, number: int | None) -> Row:
    """The cells of an item, worked out from its answer alone."""
    value = route.answers.get(_key(item.id, number))
    options: dict[str, Option] = {option.code: option for option in options_of(item)}
    first = value[0] if isinstance(value, tuple) else value
    given = options.get(first) if isinstance(first, str) else None
    if not asked:
        reason = "not_asked"
    elif value is None:
        reason = "not_answered"
    else:
        reason = Missing(given.missing).value if given is not None and given.missing else None
    answer = value if reason is None else None
    real = [code for code, option in options.items() if not option.missing]
    cells: Row = {f"{item.id}__missing": reason}
    if isinstance(item, (ShortTextItem, LongTextItem)):
        return cells
    if isinstance(answer, tuple) or item.type in ("choices", "rank"):
        ranked = list(answer) if isinstance(answer, tuple) else []
        for code in real:
            place = ranked.index(code) + 1 if code in ranked else 0
            cells[f"{item.id}__{code}"] = None if answer is None else place if item.type == "rank" else int(place > 0)
        return cells
    return {**cells, item.id: answer}


def _key(item_id: str, number: int | None) -> str:
    return item_id if number is None else instance_key(item_id, number)


def _holds(item: Item, part: Item) -> bool:
    return part in row_items(item) if isinstance(item, GridItem) else item == part


def _is_shown(router: Router, items: tuple[Item, ...], part: Item, route: Route, number: int | None) -> bool:
    grids = [item for item in items if isinstance(item, GridItem) and _holds(item, part)]
    return all(part.id.rpartition("__")[2] in router.shown_rows(grid, route.answers, number) for grid in grids)


def rows_of(path: Path) -> list[Row]:
    with duckdb.connect() as connection:
        found = connection.execute("from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
