"""Which pages a person sees: the path, worked out from nothing but the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from survey.questionnaire.answers import Answers, Value, write_in_key
from survey.questionnaire.conditions import Test, compile_condition, evaluate, picked_codes
from survey.questionnaire.model import Answering, ChoiceItem, ChoicesItem, EndKind, Item, Page, Questionnaire, Section

__all__ = ["Path", "PlacedPage", "Router", "evaluate"]


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


class _WriteIn(NamedTuple):
    item_id: str
    code: str
    key: str


class _Stop(NamedTuple):
    """A page as the path needs it, looked up once."""

    page_id: str
    test: Test | None
    item_ids: tuple[str, ...]
    write_ins: tuple[_WriteIn, ...]
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
        for section_test, stops in self._plan:
            if section_test is not None and not section_test(kept):
                continue
            # Asked at every submission and for every response of an export: hence plain tuples and no calls.
            for page_id, test, item_ids, write_ins, refused in stops:
                if test is not None and not test(kept):
                    continue
                for item_id in item_ids:
                    value = answers.get(item_id)
                    if value or value == 0:  # 0 is a number on a scale; "", () and None are no answer
                        kept[item_id] = value
                if write_ins:
                    _keep_write_ins(write_ins, answers, kept)
                if given and given.issuperset(item_ids):
                    continue
                pages.append(page_id)
                if refused is not None and refused(kept):
                    return Path(tuple(pages), kept, self._who_answers(kept), EndKind.REFUSED)
        return Path(tuple(pages), kept, self._who_answers(kept), None)

    def _who_answers(self, kept: Answers) -> Answering:
        for (item_id, code), answering in self._answering.items():
            if kept.get(item_id) == code:
                return answering
        return Answering.SELF


def _keep_write_ins(write_ins: tuple[_WriteIn, ...], answers: Answers, kept: dict[str, Value]) -> None:
    for item_id, code, key in write_ins:
        text = answers.get(key)
        if text and item_id in kept and code in picked_codes(kept[item_id]):
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
            _WriteIn(item.id, option.code, write_in_key(item.id, option.code))
            for item in page.items
            if isinstance(item, (ChoiceItem, ChoicesItem))
            for option in item.options
            if option.write_in is not None
        ),
        refused=None if refused is None else compile_condition(refused, items),
    )
