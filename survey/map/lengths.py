"""How many questions the shortest and the longest way through a questionnaire has, by exact reasoning.

The pages are gone through in order with every combination of answers that a later condition can still tell apart;
answers that nothing asks about any more are forgotten, and combinations that are alike from there on become one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from survey.questionnaire.answers import Value
from survey.questionnaire.clauses import items_asked
from survey.questionnaire.condition_model import AnyOf, Comparison, Condition, Operator
from survey.questionnaire.conditions import Test, compile_condition
from survey.questionnaire.model import (
    ChoicesItem,
    EndKind,
    GridItem,
    Item,
    NumberItem,
    Page,
    Questionnaire,
    RankItem,
    ScaleItem,
    Section,
    options_of,
    row_items,
    row_key,
)
from survey.questionnaire.walk import comparisons_in, comparisons_of

MOST_COMBINATIONS = 10_000
"""Kept at once; a questionnaire with more branches open at one time is not worked out."""
MOST_SUBSETS = 10
"""Answers of one `choices` item that conditions tell apart."""


@dataclass(frozen=True)
class Lengths:
    """Questions from the first page on, of those who take part: fewest and most."""

    fewest: int
    most: int
    fewest_to_offer: int | None = None
    """Up to the page that offers to send now; None where no page does."""
    most_to_offer: int | None = None


class _TooMany(Exception):
    """There are more combinations than are worth working out."""


_State = tuple[tuple[str, Value], ...]
"""The answers that a later condition asks about."""
_Range = tuple[int, int]


def find_lengths(questionnaire: Questionnaire) -> Lengths | None:
    """The fewest and the most questions; None where the branches are too many to be worked out."""
    try:
        return _Walk(questionnaire).lengths()
    except _TooMany:
        return None


class _Walk:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._items: dict[str, Item] = {}
        for section in questionnaire.sections:
            for page in section.pages:
                for item in page.items:
                    self._items |= {row.id: row for row in row_items(item)} if isinstance(item, GridItem) else {}
                    self._items[item.id] = item
        self._named = frozenset(comparison.item for _, _, comparison in comparisons_of(questionnaire))
        self._asked: dict[str, set[Comparison]] = defaultdict(set)
        for section in questionnaire.sections:
            of_pages = (condition for page in section.pages for condition in self._conditions(page))
            for condition in (*([section.show_if] if section.show_if is not None else []), *of_pages):
                for _, comparison in comparisons_in((), condition):
                    self._asked[comparison.item].add(comparison)
        self._repeats = frozenset(section.repeat.source for section in questionnaire.sections if section.repeat)
        pages = [page.id for section in questionnaire.sections for page in section.pages]
        self._places = {page: place for place, page in enumerate(pages)}
        self._last_use = self._find_last_uses()

    def lengths(self) -> Lengths:
        states: dict[_State, _Range] = {(): (0, 0)}
        offer: _Range | None = None
        for section in self._questionnaire.sections:
            states, offers = self._section(section, states)
            offer = offer or offers
        fewest, most = _widest(states)
        return Lengths(fewest, most, *(offer or (None, None)))

    def _section(self, section: Section, states: dict[_State, _Range]) -> tuple[dict[_State, _Range], _Range | None]:
        test = self._test(section.show_if)
        shown = {state: length for state, length in states.items() if test(dict(state))}
        skipped = [(state, length) for state, length in states.items() if state not in shown]
        if section.repeat is not None:
            repeated = ((state, self._repeated(section, state, length)) for state, length in shown.items())
            return self._forget(section.pages[-1], [*skipped, *repeated]), None
        offer: _Range | None = None
        for page in section.pages:
            shown = self._page(page, shown)
            if page.end is not None and page.end.kind is EndKind.OFFER and offer is None and shown:
                offer = _widest(shown)
        return self._forget(section.pages[-1], [*skipped, *shown.items()]), offer

    def _repeated(self, section: Section, outer: _State, length: _Range) -> _Range:
        """Nothing goes from one round to another, so one by itself gives the fewest and the most of each."""
        assert section.repeat is not None
        rounds = self._rounds(section.repeat.source, dict(outer).get(section.repeat.source))
        low, high = (min(times, section.repeat.at_most) for times in rounds)
        states: dict[_State, _Range] = {outer: (0, 0)}
        for page in section.pages if high else ():
            states = self._page(page, states)
        fewest, most = _widest(states)
        return length[0] + low * fewest, length[1] + high * most

    def _rounds(self, source: str, value: Value | None) -> _Range:
        item = self._items[source]
        if isinstance(value, tuple):  # stands for these and others that no condition tells from them
            counting = {option.code for option in options_of(item) if option.missing is None and not option.exclusive}
            groups = [group for group in self._alike(item) if group[0] in value and group[0] in counting]
            return len(groups), sum(len(counting.intersection(group)) for group in groups)
        return (int(value), int(value)) if isinstance(value, (int, float)) else (0, 0)

    def _page(self, page: Page, states: dict[_State, _Range]) -> dict[_State, _Range]:
        """What there is after a page: its questions counted, and every answer to them that matters later."""
        asked = [item for item in page.items if not item.off]
        place = self._places[page.id]
        test = self._test(page.show_if)
        refused = page.end.when if page.end is not None and page.end.kind is EndKind.REFUSED else None
        leaves = self._test(refused) if refused is not None else None
        values = cache(self._values)
        after: list[tuple[_State, _Range]] = []
        for state, (fewest, most) in states.items():
            parts = [parts for item in asked if (parts := self._parts(item, state))] if test(dict(state)) else []
            if not parts:
                after.append((state, (fewest, most)))
                continue
            counted = sum(part[0].type != "statement" for part in parts)
            keys = [each.id for part in parts for each in part if self._last_use.get(each.id, -1) >= place]
            for chosen in product(*map(values, keys)):
                answers = (
                    *state,
                    *((key, value) for key, value in zip(keys, chosen, strict=True) if value is not None),
                )
                if leaves is None or not leaves(dict(answers)):
                    after.append((answers, (fewest + counted, most + counted)))
            if len(after) > 4 * MOST_COMBINATIONS:
                raise _TooMany
        return self._forget(page, after)

    def _parts(self, item: Item, state: _State) -> tuple[Item, ...]:
        """What may be answered of an item: itself, or the rows of a grid, where one at least is shown."""
        if not isinstance(item, GridItem):
            return (item,)
        if not self._test(_some_row(item))(dict(state)):
            return ()
        rows = zip(item.rows, row_items(item), strict=True)
        return tuple(each for row, each in rows if each.id not in self._named or self._test(row.show_if)(dict(state)))

    def _conditions(self, page: Page) -> Iterator[Condition]:
        """What decides whether the page is shown and which of its answers there can be, and whether it is the last."""
        grids = [item for item in page.items if isinstance(item, GridItem)]
        named = [row.show_if for grid in grids for row in grid.rows if row_key(grid.id, row.code) in self._named]
        end = page.end.when if page.end is not None else None
        every = (page.show_if, *map(_some_row, grids), *named, end)
        yield from (condition for condition in every if condition is not None)

    def _forget(self, page: Page, states: Iterable[tuple[_State, _Range]]) -> dict[_State, _Range]:
        """Without the answers that nothing after this page asks about."""
        place = self._places[page.id]
        over = frozenset(key for key, last in self._last_use.items() if last <= place)
        return _merged((tuple(pair for pair in state if pair[0] not in over), length) for state, length in states)

    def _test(self, condition: Condition | None) -> Test:
        return (lambda answers: True) if condition is None else compile_condition(condition, self._items)

    def _values(self, key: str) -> list[Value | None]:
        """Answers to an item, one of each kind that conditions or repeats tell apart; None is no answer."""
        item = self._items[key]
        tests = [compile_condition(comparison, self._items) for comparison in self._asked[key]]
        found: dict[tuple[object, ...], Value | None] = {}
        for value in self._candidates(item):
            given: Mapping[str, Value] = {} if value is None else {key: value}
            rounds = self._rounds(key, value) if key in self._repeats else None
            found.setdefault((*(test(given) for test in tests), rounds), value)
        return list(found.values())

    def _candidates(self, item: Item) -> Iterator[Value | None]:
        if not item.required:
            yield None
        if isinstance(item, (ChoicesItem, RankItem)):
            yield from self._subsets(item)
            return
        yield from (option.code for option in options_of(item))
        asked = [value for comparison in self._asked[item.id] for value in comparison.operands]
        if isinstance(item, (ScaleItem, NumberItem)):
            numbers = {
                int(item.min),
                int(item.max),
                0,
                1,
                *(value + step for value in asked if not isinstance(value, str) for step in (-1, 0, 1)),
            }
            if item.id in self._repeats:
                numbers.update(range(int(item.min), min(int(item.max), 50) + 1))
            yield from sorted(number for number in numbers if item.min <= number <= item.max)
        elif not options_of(item) or item.type in ("area", "date"):
            yield from (value for value in asked if isinstance(value, str))
            yield "any other answer"

    def _subsets(self, item: Item) -> Iterator[tuple[str, ...]]:
        alone = {option.code for option in options_of(item) if option.exclusive or option.missing is not None}
        groups = [group[0] for group in self._alike(item) if group[0] not in alone]
        if len(groups) > MOST_SUBSETS:
            raise _TooMany
        most = item.at_most if isinstance(item, RankItem) and item.at_most else len(groups)
        for size in range(1, min(most, len(groups)) + 1):
            yield from combinations(groups, size)
        yield from ((code,) for code in alone)

    def _alike(self, item: Item) -> list[tuple[str, ...]]:
        """The codes of a `choices` item in groups that no condition tells apart."""
        groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for option in options_of(item):
            named = tuple(option.code in comparison.operands for comparison in sorted(self._asked[item.id], key=repr))
            every = any(
                option.code in comparison.operands
                for comparison in self._asked[item.id]
                if comparison.operator == "all_of"
            )
            single = option.code if every or option.exclusive or option.missing is not None else ""
            groups[(*named, single)].append(option.code)
        return [tuple(group) for group in groups.values()]

    def _find_last_uses(self) -> dict[str, int]:
        """The place of the last page that asks an item's answer, for itself, a row, its end or section, by item."""
        uses: dict[str, int] = {}
        for section in self._questionnaire.sections:
            if section.show_if is not None:
                uses |= dict.fromkeys(items_asked(section.show_if), self._places[section.pages[0].id])
            for page in section.pages:
                for condition in self._conditions(page):
                    uses |= dict.fromkeys(items_asked(condition), self._places[page.id])
            if section.repeat is not None:
                uses[section.repeat.source] = self._places[section.pages[-1].id]
        return uses


def _some_row(grid: GridItem) -> Condition | None:
    """The condition under which a grid has a row to show; None where it always has.

    Rows that ask for codes of one item are put together, so that its answers need not be told apart for them.
    """
    codes: dict[str, list[str | int | float]] = defaultdict(list)
    others: list[Condition] = []
    for row in grid.rows:
        if row.show_if is None:
            return None
        if isinstance(row.show_if, Comparison) and row.show_if.operator in (Operator.IS, Operator.ANY_OF):
            codes[row.show_if.item] += row.show_if.operands
        else:
            others.append(row.show_if)
    together = [
        Comparison.model_construct(item=item, operator=Operator.ANY_OF, operand=tuple(operands))
        for item, operands in codes.items()
    ]
    return AnyOf.model_construct(parts=(*together, *others))


def _merged(states: Iterable[tuple[_State, _Range]]) -> dict[_State, _Range]:
    merged: dict[_State, _Range] = {}
    for state, (low, high) in states:
        known = merged.get(state, (low, high))
        merged[state] = (min(low, known[0]), max(high, known[1]))
    if len(merged) > MOST_COMBINATIONS:
        raise _TooMany
    return merged


def _widest(states: Mapping[_State, _Range]) -> _Range:
    lengths = list(states.values())
    return min((low for low, _ in lengths), default=0), max((high for _, high in lengths), default=0)
