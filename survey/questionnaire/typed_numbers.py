"""Numbers as people type them: digits of their script, comma or point, thousands set apart, a pound sign."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from survey.questionnaire.answer_problems import AnswerError, AnswerProblemKind
from survey.questionnaire.item_model import NumberItem

LONGEST = 40
"""Characters; nobody types more for a number, and a pasted novel is not worth reading."""
MOST_DIGITS = 15
"""Before the decimals; up to here a float holds every whole number exactly."""

_MARKS = str.maketrans({"٫": ".", "٬": ",", "−": "-", "’": " ", "'": " "})
_TYPED = re.compile(r"£? ?([+-]?) ?£? ?([0-9., ]*[0-9][0-9., ]*?) ?[£%]?")
_WHOLE = re.compile(r"[0-9]*|[1-9][0-9]{0,2}([ ,.])[0-9]{3}(?:\1[0-9]{3})*")
_THOUSAND = re.compile(r"[1-9][0-9]{0,2}[,.][0-9]{3}")


class _Typed(NamedTuple):
    sign: str
    whole: str
    decimals: str


def read_number(item: NumberItem, text: str) -> int | float:
    """The number that was typed. Raises AnswerError.

    Where one mark could set thousands apart or begin decimals, the item's decimals decide: with up to two, "1,500"
    is fifteen hundred; "1.500", and with three decimals "1,500", are refused, because both readings are in use.
    """
    typed = _take_apart(text, item.decimals)
    if typed is None or len(typed.whole) > MOST_DIGITS:
        raise AnswerError(item.id, AnswerProblemKind.NOT_A_NUMBER)
    if len(typed.decimals) > item.decimals:
        raise AnswerError(item.id, AnswerProblemKind.TOO_MANY_DECIMALS, {"decimals": item.decimals})
    number = Decimal(f"{typed.sign}{typed.whole or '0'}.{typed.decimals or '0'}")
    if not Decimal(str(item.min)) <= number <= Decimal(str(item.max)):
        raise AnswerError(item.id, AnswerProblemKind.OUT_OF_RANGE, {"min": item.min, "max": item.max})
    return (float(number) or 0.0) if item.decimals else int(number)  # `or`: there is no minus nought


def write_number(item: NumberItem, number: int | float) -> str:
    """A number as it would be typed again: a whole one without decimals, 12.5 with all the item has, as a price is."""
    if number == int(number):
        return str(int(number))
    written = f"{number:.{item.decimals}f}"
    return written if float(written) == number else str(number)  # an earlier version of the item had more decimals


def without_unit(text: str, units: Iterable[str]) -> str:
    """What was typed without the unit, which stands beside the box and is typed all the same: "250 miles"."""
    spellings = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True) if unit)
    if not spellings or len(text) > 2 * LONGEST:
        return text
    match = re.fullmatch(rf"\s*(?:{spellings})?\s*(.*?)\s*(?:{spellings})?\s*", text, re.IGNORECASE)
    return match[1] if match and any(mark.isdecimal() for mark in match[1]) else text


def western_digits(text: str) -> str:
    """The text with the digits of any script as 0 to 9: an Urdu keyboard writes ۲۰۲۴."""
    return "".join(str(unicodedata.digit(mark)) if unicodedata.category(mark) == "Nd" else mark for mark in text)


def _take_apart(text: str, most_decimals: int) -> _Typed | None:
    if len(text) > LONGEST:
        return None
    plain = " ".join(western_digits(text).translate(_MARKS).split())
    match = _TYPED.fullmatch(plain)
    if match is None:
        return None
    sign, body = match.groups()
    either_way = _THOUSAND.fullmatch(body) is not None
    if either_way and "," in body and most_decimals >= 3:
        return None
    mark = _decimal_mark(body, thousands=either_way and "," in body)
    whole, _, decimals = body.rpartition(mark) if mark else (body, "", "")
    if not _WHOLE.fullmatch(whole) or not re.fullmatch("[0-9]*", decimals):
        return None
    kept = decimals if either_way else decimals.rstrip("0")
    return _Typed(sign, re.sub("[^0-9]", "", whole).lstrip("0"), kept)


def _decimal_mark(body: str, *, thousands: bool) -> str:
    """The mark that begins the decimals: of two kinds the last, of one kind the only one; else none."""
    last = max(body.rfind("."), body.rfind(","))
    if last < 0 or thousands:
        return ""
    mark = body[last]
    both = "." in body and "," in body
    return mark if both or body.count(mark) == 1 else ""
