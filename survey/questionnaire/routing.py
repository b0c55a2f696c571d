"""Which pages a person sees: conditions with three values, and the path worked out from the answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from survey.questionnaire.answers import Answers, Value, write_in_key
from survey.questionnaire.model import (
    All,
    Answering,
    AnyOf,
    ChoiceItem,
    ChoicesItem,
    Comparison,
    Condition,
    EndKind,
    Item,
    Not,
    Operator,
    Page,
    Questionnaire,
    Section,
)

Test = Callable[[Answers], bool | None]
"""A condition made ready to be asked often: true, false, or None for unknown."""


@dataclass(frozen=True)
class PlacedPage:
    """A page with the items that are asked, and the section it stands in (counted from 1)."""

    page: Page
    section: Section
    section_number: int


@dataclass(frozen=True)
class Path:
    """The pages that are for this person, in order, and the answers that count."""

    pages: tuple[str, ...]
    answers: Answers
    """Of pages on the path only; a write-in only with its option picked."""
    answering: Answering
    ended: EndKind | None
    """REFUSED where the person does not want to take part: the path stops at that page."""

    def before(self, page_id: str) -> str | None:
        """The page before this one; None at the first page and for a page off the path."""
        position = self._position(page_id)
        return self.pages[position - 1] if position else None

    def after(self, page_id: str) -> str | None:
        """The page after this one; None at the last page and for a page off the path."""
        position = self._position(page_id)
        if position is None or position + 1 == len(self.pages):
            return None
        return self.pages[position + 1]

    def first_unanswered(self, saved: Collection[str]) -> str | None:
        """The first page not among those saved, where someone who comes back goes on; None when there is none.

        A page that was left out on purpose was saved without an answer, so it does not hold anyone up.
        """
        return next((page_id for page_id in self.pages if page_id not in saved), None)

    def _position(self, page_id: str) -> int | None:
        return self.pages.index(page_id) if page_id in self.pages else None


def evaluate(condition: Condition, answers: Answers, items: Mapping[str, Item]) -> bool | None:
    """Ask a condition of answers; None is unknown.

    A comparison with an item that has no answer (`()` and `""` are none) is unknown, except `answered`, which
    never is. Don't-know and refused are codes like others to the operators of equality and unknown to `at_least`
    and `at_most`. On `choices`, `is` asks whether the code is among those picked. KeyError for an unknown item.
    """
    given = {key: value for key, value in answers.items() if value or value == 0}
    return compile_condition(condition, items)(given)


def compile_condition(condition: Condition, items: Mapping[str, Item]) -> Test:
    """Turn a condition into a function of answers among which nothing is empty."""
    match condition:
        case All(parts=parts):
            return _all([compile_condition(part, items) for part in parts])
        case AnyOf(parts=parts):
            return _any([compile_condition(part, items) for part in parts])
        case Not(part=part):
            return _not(compile_condition(part, items))
        case Comparison():
            return _comparison(condition, several=isinstance(items[condition.item], ChoicesItem))


def _all(tests: list[Test]) -> Test:
    def test(answers: Answers) -> bool | None:
        result: bool | None = True
        for part in tests:
            value = part(answers)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return test


def _any(tests: list[Test]) -> Test:
    def test(answers: Answers) -> bool | None:
        result: bool | None = False
        for part in tests:
            value = part(answers)
            if value:
                return True
            if value is None:
                result = None
        return result

    return test


def _not(part: Test) -> Test:
    def test(answers: Answers) -> bool | None:
        value = part(answers)
        return None if value is None else not value

    return test


def _comparison(comparison: Comparison, *, several: bool) -> Test:
    item, operand = comparison.item, comparison.operand
    codes = frozenset(operand) if isinstance(operand, tuple) else frozenset((operand,))
    match comparison.operator:
        case Operator.ANSWERED:
            return lambda answers: (item in answers) is operand
        case Operator.IS | Operator.ANY_OF:
            return _among(item, codes, several=several)
        case Operator.IS_NOT | Operator.NONE_OF:
            return _not(_among(item, codes, several=several))
        case Operator.ALL_OF:
            return lambda answers: codes.issubset(_picked(answers[item])) if item in answers else None
        case Operator.AT_LEAST:
            return _compared(item, lambda number: number >= operand)  # type: ignore[operator]
        case Operator.AT_MOST:
            return _compared(item, lambda number: number <= operand)  # type: ignore[operator]


def _among(item: str, codes: frozenset[str | int], *, several: bool) -> Test:
    if several:
        return lambda answers: not codes.isdisjoint(_picked(answers[item])) if item in answers else None
    return lambda answers: answers[item] in codes if item in answers else None


def _compared(item: str, holds: Callable[[int], bool]) -> Test:
    def test(answers: Answers) -> bool | None:
        number = answers.get(item)
        return holds(number) if isinstance(number, int) else None

    return test


def _picked(value: Value) -> tuple[str | int, ...]:
    return value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True)
class _Stop:
    """A page as the path needs it, looked up once."""

    page_id: str
    test: Test | None
    item_ids: tuple[str, ...]
    write_ins: tuple[tuple[str, str, str], ...]
    """Item, code, and the key of the text."""
    refused: Test | None


class Router:
    """The pages of one questionnaire and the paths through it; made once, never changed, safe in threads."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        known = {item.id: item for section in questionnaire.sections for page in section.pages for item in page.items}
        self.pages = _place_pages(questionnaire)
        self.items: Mapping[str, Item] = MappingProxyType(
            {item.id: item for placed in self.pages for item in placed.page.items}
        )
        self._by_id = {placed.page.id: placed for placed in self.pages}
        self._plan = _plan(self.pages, known)
        self._answering = {
            (item.id, option.code): option.answering
            for item in self.items.values()
            if isinstance(item, ChoiceItem) and item.role == "answering"
            for option in item.options
            if option.answering is not None
        }

    def page(self, page_id: str) -> PlacedPage | None:
        """The page of that id, None when there is none or all its items are switched off."""
        return self._by_id.get(page_id)

    def path(self, answers: Answers, given: frozenset[str] = frozenset()) -> Path:
        """Work out the path. `given` are items known from elsewhere: a page that asks nothing else is not shown.

        An answer to a given item, where `answers` holds one, counts like any other.
        """
        pages: list[str] = []
        kept: dict[str, Value] = {}
        ended = None
        for section_test, stops in self._plan:
            if section_test is not None and not section_test(kept):
                continue
            for stop in stops:
                if stop.test is not None and not stop.test(kept):
                    continue
                _keep(stop, answers, kept)
                if given and given.issuperset(stop.item_ids):
                    continue
                pages.append(stop.page_id)
                if stop.refused is not None and stop.refused(kept):
                    ended = EndKind.REFUSED
                    break
            if ended:
                break
        return Path(tuple(pages), kept, self._who_answers(kept), ended)

    def _who_answers(self, kept: Answers) -> Answering:
        for (item_id, code), answering in self._answering.items():
            if kept.get(item_id) == code:
                return answering
        return Answering.SELF


def _keep(stop: _Stop, answers: Answers, kept: dict[str, Value]) -> None:
    for item_id in stop.item_ids:
        value = answers.get(item_id)
        if value or value == 0:  # 0 is a number on a scale; "", () and None are no answer
            kept[item_id] = value
    for item_id, code, key in stop.write_ins:
        text = answers.get(key)
        if text and item_id in kept and code in _picked(kept[item_id]):
            kept[key] = text


def _place_pages(questionnaire: Questionnaire) -> tuple[PlacedPage, ...]:
    placed: list[PlacedPage] = []
    section_number = 0
    for section in questionnaire.sections:
        pages = [(page, tuple(item for item in page.items if not item.off)) for page in section.pages]
        asked = [page.model_copy(update={"items": items}) for page, items in pages if items]
        section_number += bool(asked)
        placed.extend(PlacedPage(page, section, section_number) for page in asked)
    return tuple(placed)


def _plan(
    pages: tuple[PlacedPage, ...], items: Mapping[str, Item]
) -> tuple[tuple[Test | None, tuple[_Stop, ...]], ...]:
    sections: dict[str, tuple[Test | None, list[_Stop]]] = {}
    for placed in pages:
        section = placed.section
        if section.id not in sections:
            test = None if section.show_if is None else compile_condition(section.show_if, items)
            sections[section.id] = (test, [])
        sections[section.id][1].append(_stop(placed.page, items))
    return tuple((test, tuple(stops)) for test, stops in sections.values())


def _stop(page: Page, items: Mapping[str, Item]) -> _Stop:
    refused = page.end.when if page.end is not None and page.end.kind is EndKind.REFUSED else None
    return _Stop(
        page_id=page.id,
        test=None if page.show_if is None else compile_condition(page.show_if, items),
        item_ids=tuple(item.id for item in page.items),
        write_ins=tuple(
            (item.id, option.code, write_in_key(item.id, option.code))
            for item in page.items
            if isinstance(item, (ChoiceItem, ChoicesItem))
            for option in item.options
            if option.write_in is not None
        ),
        refused=None if refused is None else compile_condition(refused, items),
    )
