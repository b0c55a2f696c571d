"""Days as people in England know them, in the words of any language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

ENGLAND = ZoneInfo("Europe/London")


def write_day(moment: datetime, locale: str) -> str:
    """The day it was in England at that moment, in words: "5 October 2026"."""
    return write_date(moment.astimezone(ENGLAND).date(), locale)


def write_date(day: date, locale: str) -> str:
    """A day in words. English is that of Britain."""
    return format_date(day, "long", locale="en_GB" if locale == "en" else locale)
