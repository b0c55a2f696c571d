"""What the survey's own pages are told of the results: which are public, and when the next ones will be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.data import Releases
from dashboard.public.days import PublicDays


@pytest.mark.parametrize(
    ("today", "waves", "next_day"),
    [
        (date(2025, 11, 30), (), date(2025, 12, 1)),
        (date(2026, 12, 31), ("2025",), date(2027, 1, 21)),
        (date(2027, 1, 20), ("2026", "2025"), date(2027, 1, 21)),
        (date(2027, 1, 21), ("2026", "2025"), date(2028, 1, 1)),
        (date(2028, 1, 1), ("2027", "2026", "2025"), None),
    ],
)
def test_the_survey_hears_what_is_public_and_when_there_is_more(
    folder: Path, today: date, waves: tuple[str, ...], next_day: date | None
) -> None:
    days = PublicDays(Releases(folder, today=lambda: today))
    assert (days.waves(), days.next_day()) == (waves, next_day)
