"""Answers: what a form sends, checked against its item, and how it is written to the store."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NoReturn

from survey.questionnaire.answer_problems import AnswerError, AnswerProblemKind
from survey.questionnaire.item_model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Item,
    LongTextItem,
    NumberItem,
    Option,
    RankItem,
    ScaleItem,
    ShortTextItem,
    options_of,
)
from survey.questionnaire.typed_dates import date_parts, read_date
from survey.questionnaire.typed_numbers import read_number

__all__ = [
    "AREA_FIFTH",
    "HANDOVER",
    "HANDOVER_PAGE",
    "HANDOVER_TO",
    "WRITE_IN_MAX_LENGTH",
    "AnswerError",
    "AnswerProblemKind",
    "Answers",
    "Value",
    "check_answer",
    "check_write_in",
    "date_parts",
    "from_json",
    "instance_key",
    "split_instance",
    "to_json",
    "write_in_key",
]

Value = str | int | float | tuple[str, ...]
"""A code, text, or date as far as it is known ("2024-05"); a number; the codes picked in the order of the options,
or of a rank in the person's order, what matters most first."""

Answers = Mapping[str, Value]
"""By item id, in a grid by `row_key`; in a repeat the round is added (`instance_key`). The text of a write-in is under
`write_in_key(item, code)`; beside an area that was found by its postcode stand `area__<vintage>` and `area__fifth`.
What is left out has no key."""

AREA_FIFTH = "fifth"
"""In `area__fifth`: how deprived the place is, 1 for the most deprived fifth to 5."""

HANDOVER = "handover"
"""The page under which it is saved that someone else goes on, and the id that no item can have."""
HANDOVER_TO = "handover__to"
"""Who answers from then on, a value of Answering."""
HANDOVER_PAGE = "handover__page"
"""The key of the page at which it happened."""

WRITE_IN_MAX_LENGTH = 200

_LARGEST_NUMBER = 10**15
"""More than any item can ask for, and every whole number up to here is exact as a float."""

# Control characters except tab and line feed, and halves of surrogate pairs, which no UTF-8 file can hold. Joiners and
# marks of direction stay: emoji and Urdu are written with them.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_IN_ROUND = re.compile(r"([^@]+)@([1-9][0-9]{0,3})")


def write_in_key(item_id: str, code: str) -> str:
    """Where the text written beside an option is kept among the answers."""
    return f"{item_id}__{code}__text"


def instance_key(key: str, round_number: int) -> str:
    """Where an answer given in a round of a repeat is kept; rounds count from 1."""
    return f"{key}@{round_number}"


def split_instance(key: str) -> tuple[str, int | None]:
    """The plain key and the round it belongs to, None outside repeats."""
    match = _IN_ROUND.fullmatch(key)
    return (match[1], int(match[2])) if match else (key, None)


def check_answer(item: Item, raw: Sequence[str], *, area_codes: Collection[str], today: date) -> Value | None:
    """Turn the strings a form sent for an item into its answer; None when it was left out.

    A date is sent as day, month and year, "" for what is unknown, a rank as `code:place`, and either as the code of
    a missing option. A grid has no answer of its own: check each of its `row_items`. `today` is the day in England.

    Text is NFC normalised, its line ends become one newline, and control characters (a NUL, an escape) are left
    out without a word: nobody can see them, so nobody could take them out. Raises AnswerError.
    """
    value = _read(item, raw, area_codes, today)
    if value is None and item.required:
        raise AnswerError(item.id, AnswerProblemKind.REQUIRED)
    return value


def check_write_in(option: Option, raw: str) -> str | None:
    """Clean the text written beside an option; None when nothing was written. Raises AnswerError (TOO_LONG)."""
    return _clean_text(option.code, raw, WRITE_IN_MAX_LENGTH, one_line=True)


def to_json(answers: Answers) -> str:
    """Write answers for the store, keys sorted, so that equal answers are equal text."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> dict[str, Value]:
    """Read what `to_json` wrote; ValueError for anything else."""
    document = json.loads(text, parse_constant=_refuse_constant)
    if not isinstance(document, dict):
        raise ValueError("answers are not a JSON object")
    return {key: _stored_value(key, value) for key, value in document.items()}


def _stored_value(key: str, value: object) -> Value:
    if isinstance(value, list) and all(isinstance(code, str) for code in value):
        return tuple(value)
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= _LARGEST_NUMBER:
        return value
    raise ValueError(f"the answer of {key} is neither text, a number that can be nor a list of codes")


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not an answer")


def _read(item: Item, raw: Sequence[str], area_codes: Collection[str], today: date) -> Value | None:
    if isinstance(item, ChoiceItem):
        return _one_option(item, _one(item, raw))
    if isinstance(item, ChoicesItem):
        return _several_options(item, raw)
    if isinstance(item, ScaleItem):
        return _number_on_scale(item, _one(item, raw))
    if isinstance(item, NumberItem):
        return _number(item, _one(item, raw))
    if isinstance(item, DateItem):
        return _date(item, raw, today)
    if isinstance(item, RankItem):
        return _rank(item, raw)
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
    if sent is not None and not _is_code(item, sent):
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


def _number(item: NumberItem, sent: str | None) -> str | int | float | None:
    if sent is None or _is_code(item, sent):
        return sent
    return read_number(item, sent)


def _date(item: DateItem, raw: Sequence[str], today: date) -> str | None:
    parts = [text for text in raw if not _is_code(item, text.strip())]
    code = _one(item, [text for text in raw if _is_code(item, text.strip())])
    if code is not None and any(part.strip() for part in parts):
        raise AnswerError(item.id, AnswerProblemKind.ONE_ONLY)
    return code or read_date(item, parts, today)


def _rank(item: RankItem, raw: Sequence[str]) -> tuple[str, ...] | None:
    """Equal places are refused; gaps between places mean nothing."""
    places: dict[str, int] = {}
    alone = {option.code for option in item.options if option.missing is not None}
    for text in dict.fromkeys(text.strip() for text in raw if text.strip()):
        code, _, place = (part.strip() for part in text.partition(":"))
        if not _is_code(item, code) or (":" not in text and code not in alone):
            raise AnswerError(item.id, AnswerProblemKind.UNKNOWN_OPTION)
        if place and not _WHOLE_NUMBER.fullmatch(place):
            raise AnswerError(item.id, AnswerProblemKind.NOT_A_NUMBER)
        if code in places and place:
            raise AnswerError(item.id, AnswerProblemKind.ONE_ONLY)
        if place or ":" not in text:
            places[code] = int(place or 0)
    if len(places) > 1 and not alone.isdisjoint(places):
        raise AnswerError(item.id, AnswerProblemKind.EXCLUSIVE)
    if len(set(places.values())) < len(places):
        raise AnswerError(item.id, AnswerProblemKind.RANK_TWICE)
    if item.at_most is not None and len(places) > item.at_most:
        raise AnswerError(item.id, AnswerProblemKind.TOO_MANY, {"most": item.at_most})
    return tuple(sorted(places, key=places.__getitem__)) or None


def _is_code(item: Item, sent: str) -> bool:
    return any(option.code == sent for option in options_of(item))


def _number_on_scale(item: ScaleItem, sent: str | None) -> str | int | None:
    if sent is None or _is_code(item, sent):
        return sent
    if not _WHOLE_NUMBER.fullmatch(sent):
        raise AnswerError(item.id, AnswerProblemKind.NOT_A_NUMBER)
    number = int(sent)
    if not item.min <= number <= item.max:
        raise AnswerError(item.id, AnswerProblemKind.OUT_OF_RANGE, {"min": item.min, "max": item.max})
    return number


def _area(item: AreaItem, sent: str | None, area_codes: Collection[str]) -> str | None:
    if sent is None or sent in area_codes or _is_code(item, sent):
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
