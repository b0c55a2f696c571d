"""The strings of a catalogue under headings: by the pages of a questionnaire, or by where they stand in the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from survey.coproduction.numbering import Numbered
from survey.i18n import gettext
from survey.questionnaire.in_words import wording
from survey.review.translating.strings import Sheet, String

_ROOTS = ("survey/templates/", "survey/", "dashboard/public/templates/", "dashboard/")


@dataclass(frozen=True)
class StringGroup:
    """Strings that stand together. `section` is '' where nothing stands above the `title`; both in English or names."""

    section: str
    title: str
    strings: tuple[String, ...]


def group_strings(sheet: Sheet, strings: Iterable[String]) -> tuple[StringGroup, ...]:
    """Runs of strings of one page."""
    runs = groupby(strings, key=lambda string: _heading(sheet, string))
    return tuple(StringGroup(section, title, tuple(run)) for (section, title), run in runs)


def name_file(file: str) -> str:
    """A file of the program without the folders that say nothing to a translator."""
    for root in _ROOTS:
        if file.startswith(root):
            return file.removeprefix(root)
    return file


def _heading(sheet: Sheet, string: String) -> tuple[str, str]:
    if sheet.places is None:
        return "", name_file(string.files[0]) if string.files else ""
    numbered = sheet.places.find(string.key.context).numbered
    if numbered is None:
        return "", gettext("The survey as a whole")
    return wording(numbered.section.title), _page_title(numbered)


def _page_title(numbered: Numbered) -> str:
    return wording(numbered.page.items[0].text)
