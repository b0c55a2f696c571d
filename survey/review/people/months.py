"""Months and moments in the words of the person who reads them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_datetime, format_skeleton

from survey.dates import ENGLAND
from survey.i18n import SOURCE_LOCALE
from survey.respondent.site import interface_locale


def month_in_words(day: date) -> str:
    """As "March 2024"."""
    return format_skeleton("yMMMM", day, locale=_locale())


def moment_in_words(moment: datetime) -> str:
    """As "5 October 2026, 10:00", by England's clock."""
    return format_datetime(moment.astimezone(ENGLAND), "d MMMM y, HH:mm", locale=_locale())


def _locale() -> str:
    locale = interface_locale()
    return "en_GB" if locale == SOURCE_LOCALE else locale
