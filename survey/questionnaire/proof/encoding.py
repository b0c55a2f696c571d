"""A whole questionnaire as formulas: which answers there can be, and who comes to which section, page and row.

What a person answers is exact, and so is who is asked what: an answer counts only if its page and row are for that
person. Of a repeat there is one round, since rounds know nothing of each other. Where an area is known from the
invitation, its page is not shown but its answer counts; that opens no way that is not there without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from survey.questionnaire.answers import Value
from survey.questionnaire.condition_model import All, AnyOf, Comparison, Condition, Not, Operator
from survey.questionnaire.conditions import evaluate
from survey.questionnaire.model import (
    ChoicesItem,
    EndKind,
    GridItem,
    Item,
    Page,
    Questionnaire,
    Section,
    options_of,
    row_key,
)
from survey.questionnaire.problems import Location
from survey.questionnaire.proof.answer_space import AnswerSpace, make_space
from survey.questionnaire.proof.formulas import TRUE, Formulas
from survey.questionnaire.walk import comparisons_in, variables_of


class Why(StrEnum):
    """What a place can need of a person."""

    CONDITION = "condition"
    REPEAT = "repeat"
    ROWS = "rows"
    NOT_ENDED = "not ended"


class Need(NamedTuple):
    """Something that must hold for a place to be shown; with `condition` where it says so itself."""

    why: Why
    literal: int
    place: tuple[str, str]
    condition: Condition | None = None


@dataclass(frozen=True)
class Place:
    """A section, page or row of a grid, and who comes to it."""

    kind: str
    id: str
    location: Location
    condition: Condition | None
    before: int
    """Holds where its condition is asked."""
    shown: int
    needs: tuple[Need, ...]
    """All that `shown` takes, also of the section and page it stands in."""
    off: bool
    """Nothing in it is asked unless it is switched on."""


@dataclass(frozen=True)
class PlacedPage:
    """A page with its rows, and the ends and soft checks that are asked when it is shown."""

    page: Page
    place: Place
    rows: tuple[Place, ...]
    after: int
    """Holds for those whom nothing has led out up to here and at this page."""


@dataclass(frozen=True)
class PlacedSection:
    """A section and its pages."""

    section: Section
    place: Place
    pages: tuple[PlacedPage, ...]


class Link(NamedTuple):
    """What a path does to an answer: there is none unless the item is asked, and one if it is required."""

    item: str
    clause: tuple[int, ...]


class Encoding:
    """The formulas of one questionnaire; `switched` holds when items that are off are switched on.

    Clauses of `formulas` say what answers and conditions are by themselves, `links` what the path makes of them.
    Raises Undecided for a questionnaire that is too large.
    """

    def __init__(self, questionnaire: Questionnaire, area_codes: Sequence[str] = ()) -> None:
        self.formulas = Formulas()
        self.switched = self.formulas.new()
        self.links: list[Link] = []
        self.asked_at: dict[str, Place] = {}
        """Where each item and row is asked that a condition names or that is required."""
        variables = {item.id: item for item in variables_of(questionnaire)}
        self.items: Mapping[str, Item] = variables
        named: dict[str, list[Comparison]] = {key: [] for key, item in variables.items() if item.required}
        self.conditions = tuple(_conditions(questionnaire, variables))
        for condition in self.conditions:
            for _, comparison in comparisons_in((), condition):
                named.setdefault(comparison.item, []).append(comparison)
        self.spaces: dict[str, AnswerSpace] = {
            key: make_space(variables[key], comparisons, self.formulas, area_codes)
            for key, comparisons in named.items()
        }
        self._true: dict[int, int] = {}
        self._false: dict[int, int] = {}
        self._going_on = TRUE
        self.sections = tuple(self._section(number, section) for number, section in enumerate(questionnaire.sections))
        self.finish = self._going_on
        """Holds for those who come to the end."""

    # --- Conditions -------------------------------------------------------------

    def true(self, condition: Condition) -> int:
        """Holds when the condition is true."""
        if id(condition) not in self._true:
            self._true[id(condition)] = self.truth(condition, True, {})
        return self._true[id(condition)]

    def false(self, condition: Condition) -> int:
        """Holds when it is false; what is neither true nor false is unknown."""
        if id(condition) not in self._false:
            self._false[id(condition)] = self.truth(condition, False, {})
        return self._false[id(condition)]

    def truth(self, condition: Condition, wanted: bool, fixed: Mapping[str, Value]) -> int:
        """Holds when the condition is true, or false; the answers `fixed` are taken as they are there."""
        match condition:
            case All(parts=parts) | AnyOf(parts=parts):
                literals = [self.truth(part, wanted, fixed) for part in parts]
                every = isinstance(condition, All) is wanted
                return self.formulas.every(literals) if every else self.formulas.some(literals)
            case Not(part=part):
                return self.truth(part, not wanted, fixed)
            case Comparison():
                if condition.item in fixed:
                    return TRUE if evaluate(condition, fixed, self.items) is wanted else -TRUE
                space = self.spaces[condition.item]
                return space.true(condition) if wanted else space.false(condition)

    # --- Places -----------------------------------------------------------------

    def _section(self, number: int, section: Section) -> PlacedSection:
        name = ("section", section.id)
        needs = [Need(Why.NOT_ENDED, self._going_on, name)]
        if section.repeat is not None:
            once = at_least_once(section.repeat.source, self.items)
            needs.append(Need(Why.REPEAT, self.true(once), name, once))
        location: Location = ("sections", number)
        off = all(item.off for page in section.pages for item in page.items)
        place = self._place(name, location, section.show_if, needs, off=off)
        pages = (self._page(place, (*location, "pages", at), page) for at, page in enumerate(section.pages))
        return PlacedSection(section, place, tuple(pages))

    def _page(self, section: Place, location: Location, page: Page) -> PlacedPage:
        name = ("page", page.id)
        needs = [*section.needs, Need(Why.NOT_ENDED, self._going_on, name)]
        content = self.formulas.some(self._content(item) for item in page.items)
        needs.append(Need(Why.ROWS, content, name))
        place = self._place(name, location, page.show_if, needs, off=all(item.off for item in page.items))
        rows: list[Place] = []
        for position, item in enumerate(page.items):
            if isinstance(item, GridItem):
                rows += self._rows(place, (*location, "items", position), item)
            else:
                self._ask(item.id, place, off=item.off)
        if page.end is not None and page.end.kind is EndKind.REFUSED and page.end.when is not None:
            refused = self.formulas.every((place.shown, self.true(page.end.when)))
            self._going_on = self.formulas.every((self._going_on, -refused))
        return PlacedPage(page, place, tuple(rows), self._going_on)

    def _rows(self, page: Place, location: Location, grid: GridItem) -> Iterator[Place]:
        for position, row in enumerate(grid.rows):
            key = row_key(grid.id, row.code)
            row_at = (*location, "rows", position)
            place = self._place(("row", key), row_at, row.show_if, page.needs, off=grid.off)
            self._ask(key, place, off=grid.off)
            yield place

    def _content(self, item: Item) -> int:
        """Holds when there is something of the item to show."""
        here = self.switched if item.off else TRUE
        if not isinstance(item, GridItem):
            return here
        rows = [TRUE if row.show_if is None else self.true(row.show_if) for row in item.rows]
        return self.formulas.every((here, self.formulas.some(rows)))

    def _place(
        self,
        name: tuple[str, str],
        location: Location,
        condition: Condition | None,
        needs: Sequence[Need],
        *,
        off: bool,
    ) -> Place:
        before = self.formulas.every(need.literal for need in needs if need.why is not Why.ROWS)
        own = () if condition is None else (Need(Why.CONDITION, self.true(condition), name, condition),)
        shown = self.formulas.every(need.literal for need in (*needs, *own))
        return Place(*name, location, condition, before, shown, (*needs, *own), off)

    def _ask(self, key: str, place: Place, *, off: bool) -> None:
        if key not in self.spaces:
            return
        self.asked_at[key] = place
        answered = self.spaces[key].answered
        self.links.append(Link(key, (-answered, place.shown)))
        if off:
            self.links.append(Link(key, (-answered, self.switched)))
        if self.items[key].required:
            self.links.append(Link(key, (-place.shown, *([-self.switched] if off else []), answered)))


def at_least_once(source: str, items: Mapping[str, Item]) -> Comparison:
    """The condition under which a section that repeats from an item is asked at all."""
    item = items[source]
    if not isinstance(item, ChoicesItem):
        return Comparison.model_construct(item=source, operator=Operator.AT_LEAST, operand=1)
    codes = tuple(option.code for option in options_of(item) if option.missing is None and not option.exclusive)
    return Comparison.model_construct(item=source, operator=Operator.ANY_OF, operand=codes)


def _conditions(questionnaire: Questionnaire, items: Mapping[str, Item]) -> Iterator[Condition]:
    for section in questionnaire.sections:
        conditions = [section.show_if]
        if section.repeat is not None:
            conditions.append(at_least_once(section.repeat.source, items))
        for page in section.pages:
            conditions += [page.show_if, page.end.when if page.end is not None else None]
            for item in page.items:
                conditions += [soft.when for soft in item.soft]
                conditions += [row.show_if for row in item.rows] if isinstance(item, GridItem) else []
        yield from (condition for condition in conditions if condition is not None)
