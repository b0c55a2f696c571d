"""Dates of which parts may be unknown: as they are typed, as they are kept ("2024", "2024-05", "2024-05-17")."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from survey.questionnaire.answer_problems import AnswerError, AnswerProblemKind
from survey.questionnaire.item_model import DateItem, DatePart
from survey.questionnaire.typed_numbers import western_digits

TODAY = "today"
"""A bound that moves with the calendar."""

_PARTS = {DatePart.YEAR: 1, DatePart.MONTH: 2, DatePart.DAY: 3}
_YEAR = re.compile(r"[12][0-9]{3}")
_DAY_OR_MONTH = re.compile(r"0?[1-9]|[1-3][0-9]")
# English whatever the machine's locale is; who writes a month in words mostly copies it from a letter of the NHS.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_IN_WORDS = re.compile(rf"({'|'.join(_MONTHS)})[a-z]*\.?")


def read_date(item: DateItem, parts: Sequence[str], today: date) -> str | None:
    """The date that was typed as day, month and year, "" for what is unknown; None for nothing. Raises AnswerError.

    With fewer than three parts the first ones were not asked for. An incomplete date is within bounds when some
    day in it is.
    """
    *more, day, month, year = ["", "", "", *(western_digits(part.strip()) for part in parts)]
    if not any((day, month, year, *more)):
        return None
    if any(more):
        raise AnswerError(item.id, AnswerProblemKind.NOT_A_DATE)
    if not year or (day and not month):
        raise AnswerError(item.id, AnswerProblemKind.DATE_INCOMPLETE)
    numbers = _numbers(year, month, day)
    if numbers is None or len(numbers) > _PARTS[item.finest]:
        raise AnswerError(item.id, AnswerProblemKind.NOT_A_DATE)
    first, last = _span(item.id, numbers)
    earliest, latest = bound(item.earliest, today), bound(item.latest, today)
    if earliest is not None and last < earliest:
        raise AnswerError(item.id, AnswerProblemKind.DATE_TOO_EARLY, bound=earliest.isoformat())
    if latest is not None and first > latest:
        raise AnswerError(item.id, AnswerProblemKind.DATE_TOO_LATE, bound=latest.isoformat())
    return first.isoformat()[: (4, 7, 10)[len(numbers) - 1]]


def date_parts(value: str) -> tuple[str, str, str]:
    """Day, month and year of a date as it is kept, to fill a form with: "2024-05" is ("", "5", "2024")."""
    year, month, day = (*value.split("-"), "", "")[:3]
    return day.lstrip("0"), month.lstrip("0"), year


def bound(written: str | None, today: date) -> date | None:
    """A bound of a date item as a day. Raises ValueError for a day that no calendar has."""
    if written is None:
        return None
    return today if written == TODAY else date.fromisoformat(written)


def _numbers(year: str, month: str, day: str) -> tuple[int, ...] | None:
    """Year, month and day as far as they are known."""
    in_words = _MONTH_IN_WORDS.fullmatch(month.lower())
    month = str(_MONTHS.index(in_words[1]) + 1) if in_words else month
    smaller = [part for part in (month, day) if part]
    if not _YEAR.fullmatch(year) or not all(_DAY_OR_MONTH.fullmatch(part) for part in smaller):
        return None
    return (int(year), *map(int, smaller))


def _span(item_id: str, numbers: tuple[int, ...]) -> tuple[date, date]:
    """The first and last day that an incomplete date can be."""
    year, month, day = (*numbers, 0, 0)[:3]
    try:
        if not month:
            return date(year, 1, 1), date(year, 12, 31)
        length = calendar.monthrange(year, month)[1]
        return date(year, month, day or 1), date(year, month, day or length)
    except ValueError as error:
        raise AnswerError(item_id, AnswerProblemKind.NOT_A_DATE) from error
