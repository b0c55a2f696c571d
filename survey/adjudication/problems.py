"""What is wrong with a translation: it would break a page, lose something a person needs, or not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from survey.coproduction.characters import MARKS, has_hidden_characters
from survey.questionnaire.pipes import marks_in

_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")
_FILLED_SIGN = re.compile(r"%%|%\(\w+\)[a-z]")
"""The per cent signs of what is filled. No width: `%(name)9999999999s` would fill the memory of the server."""
_MARK_UP = re.compile(r"</?[A-Za-z][^<>]*>?|<[!?][^<>]*>?|</?[%{]|&(?:[A-Za-z]\w*|#\w+|%\(\w+\)[a-z]);")
"""Tags, also those that do not end or get their name put in, comments and named letters."""

_SIGNS = "%{}<&"
"""Without any of them there is nothing to put in and no mark-up."""

_SHORT, _MIDDLING = 20, 60
"""Characters: of a button or an option, and of a line."""


class Wrong(StrEnum):
    """What a translation can have wrong; the value says it in English, for those who mend files."""

    FORMS = "the number of forms is not that of the language"
    EMPTY = "a form is empty"
    PLACEHOLDERS = "the names in %(…)s differ from those of the source"
    PER_CENT = "a per cent sign that belongs to no name is written %% where the source has one, and in words elsewhere"
    PIPES = "the answers put in, in braces, differ from those of the source"
    MARK_UP = "the mark-up differs from that of the source"
    HIDDEN = "there are characters that cannot be seen or that turn the direction of writing"
    TOO_LONG = "it is far longer than its source"

    @property
    def stops(self) -> bool:
        """Whether such a translation is not served, nor taken from a translator; else they are only told."""
        return self is not Wrong.TOO_LONG


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one form of a translation."""

    wrong: Wrong
    details: str = ""
    """What is missing or too many, for people."""
    form: int = 0
    """Which form it is, from 0."""

    @property
    def stops(self) -> bool:
        """Whether the translation cannot be used as it is."""
        return self.wrong.stops

    def __str__(self) -> str:
        return f"{self.wrong} ({self.details})" if self.details else str(self.wrong)


def find_problems(
    sources: Sequence[str], forms: Sequence[str], forms_wanted: int, *, is_questionnaire: bool
) -> tuple[Problem, ...]:
    """What is wrong with a translation of a source, which has one form or (for one and for more) two.

    `forms_wanted`: how many forms a translation has, 1 where the source has one. `is_questionnaire`: the string is one
    of a questionnaire, where braces stand for answers; else it is of a page, where `%(…)s` are filled.
    """
    if len(forms) != forms_wanted:
        return (Problem(Wrong.FORMS, f"{len(forms)}, not {forms_wanted}"),)
    if not all(form.strip() for form in forms):
        return tuple(Problem(Wrong.EMPTY, form=at) for at, form in enumerate(forms) if not form.strip())
    return tuple(
        Problem(wrong, details, at)
        for at, form in enumerate(forms)
        for wrong, details in _wrong_with(
            sources, form, is_last=at == len(forms) - 1, is_questionnaire=is_questionnaire
        )
    )


def _wrong_with(
    sources: Sequence[str], form: str, *, is_last: bool, is_questionnaire: bool
) -> Iterator[tuple[Wrong, str]]:
    if any(sign in text for text in (*sources, form) for sign in _SIGNS):  # most strings have none: tens of thousands
        yield from _wrong_marks(sources, form, is_last=is_last, is_questionnaire=is_questionnaire)
    if not form.isprintable() and has_hidden_characters(form, MARKS | {*"".join(sources), "\N{SOFT HYPHEN}"}):
        yield Wrong.HIDDEN, ""
    limit = longest_sensible(max(map(len, sources)))
    if len(form) > limit:
        yield Wrong.TOO_LONG, f"{len(form)} characters, more than {limit}"


def _wrong_marks(
    sources: Sequence[str], form: str, *, is_last: bool, is_questionnaire: bool
) -> Iterator[tuple[Wrong, str]]:
    # "One response" may do without the number; the form for most numbers, the last, may not.
    names = [*_differences(placeholders_in, sources, form, is_last=is_last, required=frozenset())]
    if names:
        yield Wrong.PLACEHOLDERS, "; ".join(names)
    elif not is_questionnaire and not _can_be_filled(sources, form):
        yield Wrong.PER_CENT, ""
    always = frozenset.intersection(*(marks_in(source) for source in sources))
    answers = [*_differences(marks_in, sources, form, is_last=is_last, required=always)]
    if answers:
        yield Wrong.PIPES, "; ".join(answers)
    mark_up = Counter(_MARK_UP.findall(form))
    if all(mark_up != Counter(_MARK_UP.findall(source)) for source in sources):
        of_source = Counter(_MARK_UP.findall(sources[-1]))
        yield Wrong.MARK_UP, "; ".join(_told(of_source - mark_up, mark_up - of_source))


def longest_sensible(length: int) -> int:
    """How long a translation of a source of this many characters may be before somebody should look.

    A button or an option of up to 20 characters may have three times as many and 10 more ("Yes": 19); a line of up to
    60 two times and 20 more (60: 140); longer text one and a half times and 50 more (200: 350).
    """
    if length <= _SHORT:
        return 3 * length + 10
    return 2 * length + 20 if length <= _MIDDLING else length + length // 2 + 50


def placeholders_in(text: str) -> frozenset[str]:
    """The `%(…)s` of a text."""
    return frozenset(match.group() for match in _PLACEHOLDER.finditer(text))


def _differences(
    find: Callable[[str], frozenset[str]],
    sources: Sequence[str],
    form: str,
    *,
    is_last: bool,
    required: frozenset[str],
) -> Iterator[str]:
    known, found = frozenset[str]().union(*map(find, sources)), find(form)
    yield from _told((known if is_last else required) - found, found - known)


def _told(lost: Counter[str] | frozenset[str], added: Counter[str] | frozenset[str]) -> Iterator[str]:
    if lost:
        yield f"{', '.join(sorted(lost))} is missing"
    if added:
        yield f"{', '.join(sorted(added))} is not in the source"


def _can_be_filled(sources: Sequence[str], form: str) -> bool:
    """Whether the form can be filled as its source can; one that is never filled has per cent signs as they are."""
    names = dict.fromkeys((match.group(1) for source in sources for match in _PLACEHOLDER.finditer(source)), 1)
    if not all(_is_filled(source, names) for source in sources):
        return True
    has_sign = any("%%" in source for source in sources)
    return _is_filled(form, names) and (has_sign or "%%" not in form)


def _is_filled(text: str, names: dict[str, int]) -> bool:
    if "%" in _FILLED_SIGN.sub("", text):
        return False
    try:
        return bool(text % names)
    except (TypeError, ValueError, KeyError):
        return False
