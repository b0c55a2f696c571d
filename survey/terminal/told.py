"""The differences between two versions as lines of plain text, readable on a terminal of 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from survey.questionnaire.model import Answering
from survey.questionnaire.versions.changes import Change, Kind, Piece, mark_words
from survey.questionnaire.versions.diff import Diff, Stale
from survey.questionnaire.versions.trends import Continues, Trend

WIDTH = 80

HEADINGS = {
    Kind.ADDED: "Added",
    Kind.REMOVED: "Removed",
    Kind.MOVED: "Moved",
    Kind.REWORDED: "Other words",
    Kind.TYPOGRAPHY: "The same words, with other spaces or signs",
    Kind.OPTION_ADDED: "Answers added",
    Kind.OPTION_REMOVED: "Answers removed",
    Kind.OPTION_REWORDED: "Answers in other words",
    Kind.OPTION_CHANGED: "Answers that count in another way",
    Kind.OPTIONS_REORDERED: "Answers in another order",
    Kind.ROW_ADDED: "Lines added",
    Kind.ROW_REMOVED: "Lines removed",
    Kind.ROW_REWORDED: "Lines in other words",
    Kind.ROWS_REORDERED: "Lines in another order",
    Kind.ROUTING: "Asked of other people",
    Kind.REPEAT: "Asked another number of times",
    Kind.END: "Where the survey can end",
    Kind.TYPE: "Answered in another way",
    Kind.LIMITS: "Other numbers, dates or lengths are taken",
    Kind.FORMATS: "Easy Read, recordings and sign language",
    Kind.SOFT: "Checks that ask once",
    Kind.SENSITIVE: "Sensitive or not",
    Kind.REQUIRED: "Must be answered or not",
    Kind.SWITCHED: "Switched on or off",
    Kind.ROLE: "What the program uses it for",
    Kind.MEASURE: "Which answers count as good",
    Kind.EQUIVALENT: "Said to be comparable",
    Kind.GLOSSARY: "Words explained",
    Kind.DETAILS: "Details of the survey",
}
"""What each kind of change is called; in the order in which they are told."""

READERS = {
    Answering.SELF: "people who answer for themselves",
    Answering.SUPPORTED: "people who answer with help",
    Answering.PROXY: "people who answer for another adult",
    Answering.CHILD: "people who answer for a child",
}
_WORDINGS = {Kind.REWORDED, Kind.TYPOGRAPHY, Kind.OPTION_REWORDED, Kind.ROW_REWORDED}


def tell_diff(diff: Diff) -> Iterator[str]:
    """Every change under the heading of its kind, then trends, then translations."""
    versions = f"From version {diff.old_version} to version {diff.new_version}"
    if not diff.changes:
        yield f"{versions}: nothing that people read or are asked is different."
    else:
        count = len(diff.changes)
        yield f"{versions}: {count} change{'' if count == 1 else 's'}."
        if any(change.kind in _WORDINGS for change in diff.changes):
            yield "[Square brackets] stand round words that the other version does not have."
    for kind, heading in HEADINGS.items():
        changes = [change for change in diff.changes if change.kind is kind]
        if changes:
            yield from ("", f"{heading} ({len(changes)})")
            for change in changes:
                yield from _change(change)
    yield from _trends(diff)
    yield from _stale(diff.stale)


def _change(change: Change) -> Iterator[str]:
    yield ""
    yield from _fold(change.what, "  ")
    about = f"For {in_words(change.readers)}. " if change.readers else ""
    yield from _fold(f"{about}({change.where})", "  ")
    old, new = change.old, change.new
    if change.kind in _WORDINGS and old is not None and new is not None:
        before, after = mark_words(old, new)
        old, new = _marked(before), _marked(after)
    if old is not None:
        yield from _fold(old, "    was: ")
    if new is not None:
        yield from _fold(new, "    now: ")


def _marked(pieces: Iterable[Piece]) -> str:
    return " ".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


def _trends(diff: Diff) -> Iterator[str]:
    if not diff.trends:
        return
    yield from ("", f"Can answers be compared with version {diff.old_version}?", "")
    for trend in diff.trends:
        yield from _fold(_trend(trend, diff.old_version), "  - ")
    yield from _fold("All other questions that are in both versions can be compared.", "  ")


def _trend(trend: Trend, old: str) -> str:
    whom = f" For {in_words(trend.readers)}." if trend.readers else ""
    if trend.continues is Continues.DECLARED:
        return f"“{trend.question}” ({trend.item}) can be compared: {trend.reason.rstrip('.')}.{whom}"
    return f"A break: “{trend.question}” ({trend.item}) cannot be compared with {old}: {trend.reason}.{whom}"


def _stale(stale: Iterable[Stale]) -> Iterator[str]:
    for number, each in enumerate(stale):
        if not number:
            yield from ("", "Translations to look at again, because their English changed")
        count = len(each.contexts)
        yield ""
        yield f"  {each.locale}: {count} string{'' if count == 1 else 's'}"
        for context in each.contexts:
            yield from _fold(context, "    - ")


def in_words(readers: Iterable[Answering]) -> str:
    """Those for whom something is different."""
    return " and ".join(READERS[reader] for reader in readers)


def _fold(text: str, begin: str) -> Iterator[str]:
    """Lines of at most WIDTH characters; those after the first stand below the first one's words."""
    for number, line in enumerate(text.split("\n")):
        inside = line[: len(line) - len(line.lstrip(" -"))]
        first = begin if number == 0 else " " * len(begin)
        rest = " " * (len(begin) + len(inside))
        yield from textwrap.wrap(line, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) or [
            first.rstrip()
        ]
