"""The question that a string belongs to, drawn with the words that are being worked on."""

from __future__ import annotations

from collections.abc import Sequence

from survey.i18n import Catalogue, read_catalogue
from survey.respondent.alone import Alone, Look
from survey.respondent.edition import Edition
from survey.review.translating.places import Place
from survey.translations.catalogues import empty_catalogue


def with_words(base: Catalogue, context: str, sources: Sequence[str], forms: Sequence[str]) -> Catalogue:
    """A catalogue with one string's words changed. The one it is made from stays as it is: everybody reads it."""
    locale = base.language.locale
    one = empty_catalogue("preview", locale)
    plural = len(sources) > 1
    one.add(tuple(sources) if plural else sources[0], tuple(forms) if plural else forms[0], context=context)
    mine = read_catalogue(one, locale)
    mine.translations.add_fallback(base.translations)
    return Catalogue(
        base.language, {**base.messages, **mine.messages}, {**base.stages, **mine.stages}, mine.translations
    )


def preview_of(edition: Edition, place: Place, locale: str, catalogue: Catalogue) -> Alone:
    """The question of a place as somebody is shown it who answers so, in that format, with these words."""
    numbered = place.numbered
    assert numbered is not None
    look = Look(locale, place.format, place.answering)
    return Alone(edition, numbered.item, numbered.page, numbered.section, look, catalogue)
