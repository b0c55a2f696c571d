"""A questionnaire as paths need it: pages placed, conditions compiled, keys of answers looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from survey.questionnaire.answers import write_in_key
from survey.questionnaire.condition_model import Condition
from survey.questionnaire.conditions import Test, compile_condition
from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    EndKind,
    GridItem,
    Item,
    Page,
    Questionnaire,
    Section,
    row_key,
)
from survey.questionnaire.rounds import Rounds


@dataclass(frozen=True)
class PlacedPage:
    """A page with the items that are asked, and the section it stands in (counted from 1)."""

    page: Page
    section: Section
    section_number: int


class WriteIn(NamedTuple):
    """A text box under an option, and where its text is kept."""

    item_id: str
    code: str
    key: str


class ConditionalRow(NamedTuple):
    """A row of a grid that is not for everyone, under the key of its answer."""

    key: str
    test: Test


class Place(NamedTuple):
    """An area item: what its postcode says beside it stands under keys with this beginning."""

    item_id: str
    prefix: str
    missing: frozenset[str]


class Extras(NamedTuple):
    """What most pages have none of."""

    rows: tuple[ConditionalRow, ...]
    write_ins: tuple[WriteIn, ...]
    places: tuple[Place, ...]


class Stop(NamedTuple):
    """A page; `keys` are those of its answers but for rows that are not for everyone."""

    page_id: str
    test: Test | None
    keys: tuple[str, ...]
    extras: Extras | None
    refused: Test | None


class Part(NamedTuple):
    """A section; `rounds` where it repeats."""

    test: Test | None
    rounds: Rounds | None
    stops: tuple[Stop, ...]


def place_pages(questionnaire: Questionnaire) -> tuple[PlacedPage, ...]:
    """The pages on which something is asked, in order, without items that are switched off."""
    placed: list[PlacedPage] = []
    section_number = 0
    for section in questionnaire.sections:
        pages = [(page, tuple(item for item in page.items if not item.off)) for page in section.pages]
        asked = [page.model_copy(update={"items": items}) for page, items in pages if items]
        section_number += bool(asked)
        placed.extend(PlacedPage(page, section, section_number) for page in asked)
    return tuple(placed)


def make_plan(pages: tuple[PlacedPage, ...], items: Mapping[str, Item]) -> tuple[Part, ...]:
    """The sections of those pages; `items` are all that a condition can name."""
    sections: dict[str, tuple[Section, list[Stop]]] = {}
    for placed in pages:
        _, stops = sections.setdefault(placed.section.id, (placed.section, []))
        stops.append(_stop(placed.page, items))
    return tuple(
        Part(
            test=compiled(section.show_if, items),
            rounds=None if section.repeat is None else Rounds.of(section.repeat, items),
            stops=tuple(stops),
        )
        for section, stops in sections.values()
    )


def compiled(condition: Condition | None, items: Mapping[str, Item]) -> Test | None:
    """A condition made ready, None for none."""
    return None if condition is None else compile_condition(condition, items)


def _stop(page: Page, items: Mapping[str, Item]) -> Stop:
    always = [
        row_key(item.id, row.code)
        for item in page.items
        if isinstance(item, GridItem)
        for row in item.rows
        if row.show_if is None
    ]
    refused = page.end.when if page.end is not None and page.end.kind is EndKind.REFUSED else None
    extras = _extras(page, items)
    return Stop(
        page_id=page.id,
        test=compiled(page.show_if, items),
        keys=(*(item.id for item in page.items if not isinstance(item, GridItem)), *always),
        extras=extras if any(extras) else None,
        refused=compiled(refused, items),
    )


def _extras(page: Page, items: Mapping[str, Item]) -> Extras:
    return Extras(
        rows=tuple(
            ConditionalRow(row_key(item.id, row.code), compile_condition(row.show_if, items))
            for item in page.items
            if isinstance(item, GridItem)
            for row in item.rows
            if row.show_if is not None
        ),
        write_ins=tuple(
            WriteIn(item.id, option.code, write_in_key(item.id, option.code))
            for item in page.items
            if isinstance(item, (ChoiceItem, ChoicesItem))
            for option in item.options
            if option.write_in is not None
        ),
        places=tuple(
            Place(item.id, row_key(item.id, ""), frozenset(option.code for option in item.options))
            for item in page.items
            if isinstance(item, AreaItem)
        ),
    )
