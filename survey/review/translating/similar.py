"""Translation memory for one string: what was made of strings like it in the same language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from survey.adjudication.memory import Similar, find_similar
from survey.i18n import WORKSPACE
from survey.po_files import forms_of
from survey.review.translating.files import catalogue_names, merged_catalogue
from survey.review.translating.strings import Sheet, String
from survey.translations.catalogues import is_translated, messages_of

MOST_COMPARED = 40
"""Letter by letter, which takes a while: those that share the largest part of their words."""

_WORD = re.compile(r"\w+")


def similar_strings(sheet: Sheet, string: String) -> tuple[Similar, ...]:
    """The likest strings of every catalogue that respondents read; of the workspace's for one of its own, too."""
    source = string.key.source
    known: dict[str, str] = {}
    for name in catalogue_names(sheet.locale):
        if name == WORKSPACE and sheet.name != WORKSPACE:
            continue
        for message in messages_of(merged_catalogue(sheet.locale, name)):
            is_itself = (message.context or "", forms_of(message.id)[0]) == (string.key.context, source)
            if is_translated(message) and not message.fuzzy and not is_itself:
                known.setdefault(forms_of(message.id)[0], forms_of(message.string)[0])
    return find_similar(source, _likely(source, known))


def _likely(source: str, known: Mapping[str, str]) -> Mapping[str, str]:
    """The strings that share most words, by the share of words that both have (Dice)."""
    ours = _words(source)
    shares: dict[str, float] = {}
    for other in known:
        theirs = _words(other)
        if shared := len(ours & theirs):
            shares[other] = 2 * shared / (len(ours) + len(theirs))
    likeliest = sorted(shares, key=lambda other: (-shares[other], other))[:MOST_COMPARED]
    return {other: known[other] for other in likeliest}


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
