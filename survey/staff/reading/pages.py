"""All pages of people's own words: each of these modules puts its own on the blueprint."""

from __future__ import annotations

from survey.staff.reading import answers, quoting
from survey.staff.reading.views import words

__all__ = ["answers", "quoting", "words"]
