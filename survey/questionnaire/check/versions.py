"""Checks against the version before: ids and codes keep their meaning, because trends join on item and code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from survey.questionnaire.check.rules import Rule
from survey.questionnaire.model import GridItem, GridRow, Item, Option, Questionnaire, ScaleItem, options_of
from survey.questionnaire.problems import Finding, Location, Severity, shown
from survey.questionnaire.walk import items_of

VERSION_NAMES = (
    "version-same",
    "id-changed-type",
    "id-gone",
    "id-reworded",
    "range-changed",
    "code-changed",
    "code-gone",
    "code-reworded",
    "equivalent-unknown",
)
"""The rules of `check_against`, which needs the version before."""

_SAME = "If it means the same, say so with `equivalent`; if it does not, give it a new name."


def check_against(questionnaire: Questionnaire, previous: Questionnaire) -> Iterator[Finding]:
    """What a version changes of the one before that would make answers look comparable and not be.

    Errors are what nothing can put right later: one version string for two contents, an id whose answers are of
    another type, a code that was an answer and is now a missing one (or the reverse). The rest are warnings. That
    new words mean the same is for people to say: an item's `equivalent` that names the version before is that, and
    then nothing more is said of the wording of the item, its options and rows.
    """
    if questionnaire.version == previous.version and not _has_content_of(questionnaire, previous):
        message = f"The content has changed and the version is still {shown(questionnaire.version)}."
        yield Finding(("version",), "version-same", message, "Give it a new version.")
    before = {item.id: item for _, _, item in items_of(previous)}
    now = {item.id for _, _, item in items_of(questionnaire)}
    for name in before:
        if name not in now:
            message = f"The item {shown(name)} of version {shown(previous.version)} is gone, and its trend ends."
            remedy = "If it only has a new id, give it the old one back."
            yield Finding((), "id-gone", message, remedy, Severity.WARNING)
    for location, _, item in items_of(questionnaire):
        same = any(equivalence.version == previous.version for equivalence in item.equivalent)
        if item.id in before:
            yield from _compared(location, item, before[item.id], same=same)
        elif same:
            message = f"Version {shown(previous.version)} has no item {shown(item.id)} to be the same as."
            remedy = "Take the equivalence out, or correct its version."
            yield Finding((*location, "equivalent"), "equivalent-unknown", message, remedy)


def _has_content_of(questionnaire: Questionnaire, previous: Questionnaire) -> bool:
    """Whether everything is the same; that the group has agreed on it meanwhile changes nothing that is asked."""
    return questionnaire.model_copy(update={"status": previous.status}) == previous


def _compared(location: Location, item: Item, before: Item, *, same: bool) -> Iterator[Finding]:
    if item.type != before.type:
        message = f"{shown(item.id)} was of type `{before.type}`, so old and new answers cannot stand in one column."
        yield Finding((*location, "type"), "id-changed-type", message, "Give the new question a new id.")
        return
    if not same and item.text != before.text:
        message = "The question is worded differently from the version before."
        yield Finding((*location, "text"), "id-reworded", message, _SAME, Severity.WARNING)
    if isinstance(item, ScaleItem) and isinstance(before, ScaleItem) and _ends(item) != _ends(before):
        message = f"The scale went from {before.min} to {before.max} and goes from {item.min} to {item.max}."
        yield Finding(location, "range-changed", message, "Keep the scale, or give it a new id.", Severity.WARNING)
    rows: Sequence[GridRow] = item.rows if isinstance(item, GridItem) else ()
    rows_before: Sequence[GridRow] = before.rows if isinstance(before, GridItem) else ()
    yield from _compared_codes((*location, "options"), options_of(item), options_of(before), same=same)
    yield from _compared_codes((*location, "rows"), rows, rows_before, same=same)


def _ends(item: ScaleItem) -> tuple[int, int]:
    return item.min, item.max


def _compared_codes(
    location: Location,
    parts: Sequence[Option | GridRow],
    before: Sequence[Option | GridRow],
    *,
    same: bool,
) -> Iterator[Finding]:
    old = {part.code: part for part in before}
    for code in sorted(old.keys() - {part.code for part in parts}):
        message = f"The code {shown(code)} is gone, and old answers still have it."
        remedy = "If it only has a new code, give it the old one back."
        yield Finding(location, "code-gone", message, remedy, Severity.WARNING)
    for position, part in enumerate(parts):
        if part.code not in old:
            continue
        was = old[part.code]
        if isinstance(part, Option) and isinstance(was, Option) and part.missing != was.missing:
            message = f"{shown(part.code)} {'was' if was.missing else 'was not'} a missing code in the version before."
            yield Finding((*location, position), "code-changed", message, "Give the new meaning a new code.")
        elif not same and part.text != was.text:
            message = f"{shown(part.code)} is worded differently from the version before."
            yield Finding((*location, position, "text"), "code-reworded", message, _SAME, Severity.WARNING)


def _check_equivalences(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, _, item in items_of(questionnaire):
        seen = {questionnaire.version}
        for position, equivalence in enumerate(item.equivalent):
            if equivalence.version in seen:
                message = f"Version {shown(equivalence.version)} is this one, or is named before."
                place = (*location, "equivalent", position, "version")
                yield Finding(place, "equivalent-twice", message, "Name each earlier version once.")
            seen.add(equivalence.version)


VERSION_RULES = (Rule(_check_equivalences, ("equivalent-twice",)),)
