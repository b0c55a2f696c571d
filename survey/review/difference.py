"""What would be different in a draft, question by question and word by word, for people who read and decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survey.coproduction.numbering import Numbered, number_items
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import Answering, Item, Questionnaire, options_of
from survey.questionnaire.versions.changes import Change, Kind, Piece, mark_words
from survey.questionnaire.versions.diff import compare

Line = tuple[Piece, ...]

WHOLE_QUESTION = frozenset({Kind.ADDED, Kind.REMOVED})


@dataclass(frozen=True)
class Neighbour:
    """The question before one, by its number and words."""

    number: int
    question: str


@dataclass(frozen=True)
class Difference:
    """One thing that is different, of a kind that the template puts into words. Lines are in the draft's language."""

    kind: Kind
    number: int | None
    """The number of the question in the old draft, or in the new one where the old has no such question."""
    question: str
    """Its wording; '' for what is no question."""
    field: str
    """Which part of it: `text`, `hint`, `easyread.text`, …; '' for the question as a whole."""
    old: tuple[Line, ...]
    new: tuple[Line, ...]
    readers: tuple[Answering, ...]
    """Those for whom it is different; empty where it is for everyone."""
    language: str
    after: Neighbour | None
    """The question before it in the new draft; None where it comes first."""
    was_after: Neighbour | None


def differences(old: Questionnaire, new: Questionnaire) -> tuple[Difference, ...]:
    """All that is different for people who answer, in the order of the questions, without addresses and standing."""
    sides = _Sides(old, new)
    found = (sides.describe(change) for change in compare(old, new).changes)
    return tuple(each for each in found if each is not None)


class _Sides:
    """Both drafts, with what is needed to find a question by the place of a change."""

    def __init__(self, old: Questionnaire, new: Questionnaire) -> None:
        self._old, self._new = _by_id(old), _by_id(new)
        self._language = new.language
        # What is on a page is found by its first question.
        self._firsts = {
            page.id: page.items[0].id for each in (old, new) for section in each.sections for page in section.pages
        }

    def describe(self, change: Change) -> Difference | None:
        if change.kind is Kind.DETAILS and (change.where == "status" or change.where.startswith("page.")):
            return None
        item, field = self._place(change.where)
        known, fresh = self._old.get(item), self._new.get(item)
        numbered = known or fresh
        old, new = self._lines(change, known, fresh)
        return Difference(
            kind=change.kind,
            number=numbered.number if numbered else None,
            question=wording(numbered.item.text) if numbered else "",
            field=field,
            old=old,
            new=new,
            readers=change.readers,
            language=self._language,
            after=_before(self._new, fresh),
            was_after=_before(self._old, known),
        )

    def _place(self, where: str) -> tuple[str, str]:
        kind, _, rest = where.partition(".")
        if kind == "page":
            page, _, field = rest.partition(".")
            return self._firsts.get(page, ""), field
        if kind != "item":
            return "", ""
        item, _, field = rest.partition(".")
        return item, field

    def _lines(
        self, change: Change, old: Numbered | None, new: Numbered | None
    ) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        if change.kind is Kind.MOVED and (old or new):
            return (), ()
        if change.kind in WHOLE_QUESTION and (old or new):
            return (
                _plain(_question(old.item), changed=True) if old else (),
                _plain(_question(new.item), changed=True) if new else (),
            )
        if change.kind in (Kind.OPTIONS_REORDERED, Kind.ROWS_REORDERED):
            return _plain((change.old or "").splitlines()), _plain((change.new or "").splitlines())
        left, right = mark_words(change.old or "", change.new or "")
        return (left,) if left else (), (right,) if right else ()


def _by_id(questionnaire: Questionnaire) -> Mapping[str, Numbered]:
    return {each.item.id: each for each in number_items(questionnaire)}


def _before(items: Mapping[str, Numbered], one: Numbered | None) -> Neighbour | None:
    if one is None:
        return None
    found = (each for each in items.values() if each.number == one.number - 1)
    return next((Neighbour(each.number, wording(each.item.text)) for each in found), None)


def _question(item: Item) -> Iterator[str]:
    """A whole question, a line each: its words, its hint, its answers."""
    yield wording(item.text)
    if item.hint is not None:
        yield wording(item.hint)
    yield from (wording(option.text) for option in options_of(item))


def _plain(lines: Iterator[str] | list[str], *, changed: bool = False) -> tuple[Line, ...]:
    return tuple((Piece(line, changed),) for line in lines)
