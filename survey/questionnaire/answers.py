"""Answers: what a form sends, checked against its item, and how it is written to the store."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    Item,
    LongTextItem,
    Option,
    ScaleItem,
    ShortTextItem,
)

Value = str | int | tuple[str, ...]
"""A code or text, a number on a scale, or the codes picked in the order of the options."""

Answers = Mapping[str, Value]
"""By item id; the text of a write-in is under `write_in_key(item, code)`. What is left out has no key."""

WRITE_IN_MAX_LENGTH = 200

# Control characters except tab and line feed, and halves of surrogate pairs, which no UTF-8 file can hold. Joiners and
# marks of direction stay: emoji and Urdu are written with them.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")


class AnswerProblemKind(StrEnum):
    """Why an answer cannot be taken."""

    REQUIRED = "required"
    UNKNOWN_OPTION = "unknown_option"
    ONE_ONLY = "one_only"
    EXCLUSIVE = "exclusive"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_AREA = "unknown_area"


class AnswerError(Exception):
    """An answer cannot be taken.

    `item` is the item's id (from `check_write_in`, the option's code); `params` are the numbers a message needs:
    `max_length` and `length` with TOO_LONG, `min` and `max` with OUT_OF_RANGE.
    """

    def __init__(self, item: str, kind: AnswerProblemKind, params: Mapping[str, int] | None = None) -> None:
        self.item = item
        self.kind = kind
        self.params: Mapping[str, int] = params or {}
        super().__init__(f"{item}: {kind}")


def write_in_key(item_id: str, code: str) -> str:
    """Where the text written beside an option is kept among the answers."""
    return f"{item_id}__{code}__text"


def check_answer(item: Item, raw: Sequence[str], *, area_codes: Collection[str]) -> Value | None:
    """Turn the strings a form sent for an item into its answer; None when it was left out.

    Text is NFC normalised, its line ends become one newline, and control characters (a NUL, an escape) are left
    out without a word: nobody can see them, so nobody could take them out. Raises AnswerError.
    """
    value = _read(item, raw, area_codes)
    if value is None and item.required:
        raise AnswerError(item.id, AnswerProblemKind.REQUIRED)
    return value


def check_write_in(option: Option, raw: str) -> str | None:
    """Clean the text written beside an option; None when nothing was written. Raises AnswerError (TOO_LONG)."""
    return _clean_text(option.code, raw, WRITE_IN_MAX_LENGTH, one_line=True)


def to_json(answers: Answers) -> str:
    """Write answers for the store, keys sorted, so that equal answers are equal text."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> dict[str, Value]:
    """Read what `to_json` wrote; ValueError for anything else."""
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("answers are not a JSON object")
    return {key: _stored_value(key, value) for key, value in document.items()}


def _stored_value(key: str, value: object) -> Value:
    if isinstance(value, list) and all(isinstance(code, str) for code in value):
        return tuple(value)
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(f"the answer of {key} is neither text, a whole number nor a list of codes")


def _read(item: Item, raw: Sequence[str], area_codes: Collection[str]) -> Value | None:
    if isinstance(item, ChoiceItem):
        return _one_option(item, _one(item, raw))
    if isinstance(item, ChoicesItem):
        return _several_options(item, raw)
    if isinstance(item, ScaleItem):
        return _number_on_scale(item, _one(item, raw))
    if isinstance(item, AreaItem):
        return _area(item, _one(item, raw), area_codes)
    if isinstance(item, ShortTextItem):
        return _clean_text(item.id, " ".join(raw), item.max_length, one_line=True)
    if isinstance(item, LongTextItem):
        return _clean_text(item.id, "\n".join(raw), item.max_length, one_line=False)
    return None


def _one(item: Item, raw: Sequence[str]) -> str | None:
    sent = {text.strip() for text in raw} - {""}
    if len(sent) > 1:
        raise AnswerError(item.id, AnswerProblemKind.ONE_ONLY)
    return sent.pop() if sent else None


def _one_option(item: ChoiceItem, sent: str | None) -> str | None:
    if sent is not None and all(option.code != sent for option in item.options):
        raise AnswerError(item.id, AnswerProblemKind.UNKNOWN_OPTION)
    return sent


def _several_options(item: ChoicesItem, raw: Sequence[str]) -> tuple[str, ...] | None:
    sent = {text.strip() for text in raw} - {""}
    picked = [option for option in item.options if option.code in sent]
    if len(picked) < len(sent):
        raise AnswerError(item.id, AnswerProblemKind.UNKNOWN_OPTION)
    if len(picked) > 1 and any(option.exclusive for option in picked):
        raise AnswerError(item.id, AnswerProblemKind.EXCLUSIVE)
    return tuple(option.code for option in picked) or None


def _number_on_scale(item: ScaleItem, sent: str | None) -> str | int | None:
    if sent is None or any(option.code == sent for option in item.options):
        return sent
    if not _WHOLE_NUMBER.fullmatch(sent):
        raise AnswerError(item.id, AnswerProblemKind.NOT_A_NUMBER)
    number = int(sent)
    if not item.min <= number <= item.max:
        raise AnswerError(item.id, AnswerProblemKind.OUT_OF_RANGE, {"min": item.min, "max": item.max})
    return number


def _area(item: AreaItem, sent: str | None, area_codes: Collection[str]) -> str | None:
    if sent is None or sent in area_codes or any(option.code == sent for option in item.options):
        return sent
    raise AnswerError(item.id, AnswerProblemKind.UNKNOWN_AREA)


def _clean_text(item_id: str, raw: str, max_length: int, *, one_line: bool) -> str | None:
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if one_line:
        text = text.replace("\n", " ").replace("\t", " ")
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > max_length:
        raise AnswerError(item_id, AnswerProblemKind.TOO_LONG, {"max_length": max_length, "length": len(text)})
    return text or None
