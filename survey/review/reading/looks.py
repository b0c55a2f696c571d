"""The choices of how to look at a question: language, format, who answers; what an address gets wrong falls back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _l

from survey.coproduction.numbering import Numbered
from survey.i18n import Language
from survey.questionnaire.model import Answering, Format, Item
from survey.questionnaire.text import Unit, translation_units
from survey.respondent.alone import Look
from survey.respondent.site import current_format, current_locale, current_site
from survey.review.reading.draft import Draft

READERS: Mapping[Answering, object] = {
    Answering.SELF: _l("Someone who answers for themselves"),
    Answering.SUPPORTED: _l("Someone who answers for themselves, with help"),
    Answering.PROXY: _l("Someone who answers for another adult"),
    Answering.CHILD: _l("Someone who answers for a child"),
}


@dataclass(frozen=True)
class OfferedLanguage:
    """A language that a question can be looked at in. Of `strings`, so many are `translated`."""

    language: Language
    translated: int
    strings: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the question is left in English."""
        return self.translated == self.strings


def read_look(draft: Draft, chosen: Mapping[str, str]) -> Look:
    """The look that an address asks for; in its place the reader's own, where it asks for none that there is."""
    locale = chosen.get("locale", "")
    format = chosen.get("format", current_format())
    answering = chosen.get("answering", "")
    return Look(
        locale if locale in current_site().languages.locales else current_locale(),
        Format(format) if format in draft.edition.formats else Format.STANDARD,
        Answering(answering) if answering in list(Answering) else Answering.SELF,
    )


def write_look(look: Look) -> str:
    """The look as the query of an address."""
    return urlencode({"locale": look.locale, "format": look.format.value, "answering": look.answering.value})


def offered_languages(draft: Draft, numbered: Numbered) -> tuple[OfferedLanguage, ...]:
    """Every language there is, with how far it is with one question and what stands around it."""
    units = list(_units_of(draft, numbered))
    return tuple(_offered(draft, language, units) for language in current_site().languages.offered)


def is_there(item: Item, format: Format) -> bool:
    """Whether a question has words, a film or a recording of its own in a format."""
    own = item.formats
    match format:
        case Format.EASYREAD:
            return own is not None and own.easyread is not None
        case Format.BSL:
            return own is not None and own.bsl is not None
        case Format.AUDIO:
            return own is not None and own.audio is not None
        case Format.STANDARD:
            return True


def _units_of(draft: Draft, numbered: Numbered) -> Iterable[Unit]:
    ours = (f"item.{numbered.item.id}.", f"section.{numbered.section.id}.", f"page.{numbered.page.id}.")
    return (unit for unit in translation_units(draft.questionnaire) if unit.context.startswith(ours))


def _offered(draft: Draft, language: Language, units: list[Unit]) -> OfferedLanguage:
    catalogue = current_site().languages.catalogue(draft.questionnaire.id, language.locale)
    if language.is_source:
        return OfferedLanguage(language, len(units), len(units))
    translated = sum((unit.context, unit.source) in catalogue.messages for unit in units)
    return OfferedLanguage(language, translated, len(units))
