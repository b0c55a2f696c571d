"""Which figures each page offers for download: one sheet or more, the first is what the page is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.downloads.compare import list_compare
from dashboard.downloads.method import list_quality
from dashboard.downloads.missing import list_missing
from dashboard.downloads.overview import list_overview
from dashboard.downloads.profile import list_profile
from dashboard.downloads.results import list_results
from dashboard.downloads.sheet import Sheet
from dashboard.downloads.words import list_words

SHEETS: Mapping[Page, Callable[[Releases, Address], tuple[Sheet, ...]]] = {
    Page.OVERVIEW: list_overview,
    Page.RESULTS: list_results,
    Page.COMPARE: list_compare,
    Page.MISSING: list_missing,
    Page.PROFILE: list_profile,
    Page.WORDS: list_words,
    Page.METHOD: list_quality,
}
