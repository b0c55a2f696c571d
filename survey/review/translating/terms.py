"""Words with a fixed translation that stand in a source: those of the glossary, and those that the survey explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from survey.respondent.site import current_site
from survey.review.translating.strings import Sheet, String
from survey.store.translating.glossary import glossary_of


@dataclass(frozen=True)
class FoundTerm:
    """A term that stands in a source."""

    term: str
    words: str
    note: str


def find_terms(sheet: Sheet, string: String) -> tuple[FoundTerm, ...]:
    """The terms in the words of a string, each once; what translators wrote before what the survey has."""
    known: dict[str, FoundTerm] = {}
    for term in (*_written(sheet.locale), *_explained(sheet)):
        known.setdefault(term.term.casefold(), term)
    text = " ".join(string.sources)
    found = (term for term in known.values() if _stands_in(term.term, text))
    return tuple(sorted(found, key=lambda term: term.term.casefold()))


def _written(locale: str) -> Iterable[FoundTerm]:
    return (FoundTerm(each.term, each.words, each.note) for each in glossary_of(current_site().store, locale))


def _explained(sheet: Sheet) -> Iterator[FoundTerm]:
    for each in sheet.strings:
        if each.key.context.startswith("glossary.") and each.key.context.endswith(".term") and each.served:
            yield FoundTerm(each.key.source, each.served[0], "")


def _stands_in(term: str, text: str) -> bool:
    """Whether a term stands in a text as words of its own, also in the plural with an s."""
    return re.search(rf"(?<!\w){re.escape(term)}s?(?!\w)", text, re.IGNORECASE) is not None
