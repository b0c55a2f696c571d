"""What a wave offers to those who answer: its languages and formats on their terms, and how far each of them is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from survey.adjudication.gate import (
    REVIEWERS_WANTED,
    Kind,
    Offer,
    Terms,
    count_agreeing,
    is_always_offered,
    is_format_agreed,
    last_terms,
    terms_of,
)
from survey.i18n import INTERFACE, SOURCE_LOCALE, Languages
from survey.questionnaire.load import content_hash
from survey.questionnaire.model import Format, Questionnaire
from survey.questionnaire.stages import Stage
from survey.questionnaire.text import translation_units
from survey.store.format_reviews import reviews_of
from survey.store.offers import offers_of

if TYPE_CHECKING:
    from survey.store.connect import Store

ReadIn = frozenset[tuple[str, str]]
"""In which languages and formats somebody has answered pages."""


@dataclass(frozen=True)
class Standing:
    """How far one language or format is for a questionnaire version, whatever was decided about it."""

    kind: Kind
    name: str
    is_agreed: bool
    done: int
    """Of a language the strings that are adjudicated, of a format the reviewers who use it and agree."""
    of: int


@dataclass(frozen=True, eq=False)
class Offering:
    """What is offered, the source language and the standard format first. Drawn pages are kept by the object itself."""

    languages: Mapping[str, Terms]
    formats: Mapping[Format, Terms]
    _left: Offering | None = field(default=None, repr=False)
    """The same with everything that there is, on its last terms: for those who began in what was withdrawn since."""
    _kept: dict[ReadIn, Offering] = field(default_factory=dict, repr=False)

    def keeping(self, read_in: ReadIn) -> Offering:
        """The same for somebody who has answered in these: nobody is thrown out of their words in the middle."""
        if self._left is None or all(self._has(locale, name) for locale, name in read_in):
            return self
        kept = self._kept.get(read_in)
        if kept is None:
            locales, formats = {locale for locale, _ in read_in}, {name for _, name in read_in}
            kept = Offering(
                _also(self.languages, self._left.languages, locales), _also(self.formats, self._left.formats, formats)
            )
            kept = self._kept.setdefault(read_in, kept)
        return kept

    def _has(self, locale: str, name: str) -> bool:
        return locale in self.languages and name in self.formats


Name = TypeVar("Name", bound=str)


def _also(offered: Mapping[Name, Terms], left: Mapping[Name, Terms], names: Collection[str]) -> dict[Name, Terms]:
    return {name: offered.get(name, terms) for name, terms in left.items() if name in offered or name in names}


def offered_in(store: Store, languages: Languages, wave: str, questionnaire: Questionnaire) -> Offering:
    """What a wave offers that asks this questionnaire version."""
    return offering_by(offers_of(store, wave), standings(store, languages, questionnaire))


def all_there_is(store: Store, languages: Languages, questionnaire: Questionnaire) -> Offering:
    """Every language and format, for a questionnaire that nobody is asked: what is no more than a draft says so."""
    return _everything(standings(store, languages, questionnaire), ())


def offering_by(offers: Sequence[Offer], standings: Collection[Standing]) -> Offering:
    """What is offered, after what was decided and how far everything is."""
    terms = {
        (each.kind, each.name): terms_of(offers, each.kind, each.name, is_agreed=each.is_agreed) for each in standings
    }
    languages = {name: found for (kind, name), found in terms.items() if found and kind is Kind.LANGUAGE}
    formats = {Format(name): found for (kind, name), found in terms.items() if found and kind is Kind.FORMAT}
    return Offering(languages, formats, _everything(standings, offers))


def _everything(standings: Collection[Standing], offers: Sequence[Offer]) -> Offering:
    terms = {
        (each.kind, each.name): last_terms(offers, each.kind, each.name, is_agreed=each.is_agreed) for each in standings
    }
    languages = {name: found for (kind, name), found in terms.items() if kind is Kind.LANGUAGE}
    return Offering(languages, {Format(name): found for (kind, name), found in terms.items() if kind is Kind.FORMAT})


# --- How far everything is --------------------------------------------------------


def standings(store: Store, languages: Languages, questionnaire: Questionnaire) -> tuple[Standing, ...]:
    """How far each language and each format of a questionnaire version is."""
    version = content_hash(questionnaire)
    formats = (_format(store, version, each) for each in formats_of(questionnaire))
    return (*language_standings(languages, questionnaire), *formats)


def language_standings(languages: Languages, questionnaire: Questionnaire | None) -> tuple[Standing, ...]:
    """How far each language is, English first: what is said around the questions, and a questionnaire version."""
    asked = {(unit.context, unit.source) for unit in translation_units(questionnaire)} if questionnaire else set()
    name = questionnaire.id if questionnaire else ""
    return tuple(_language(languages, name, each.locale, languages.strings, asked) for each in languages.offered)


def formats_of(questionnaire: Questionnaire) -> tuple[Format, ...]:
    """The formats that at least one item has, and those that need nothing: the standard one, and to be read aloud to.

    Where there is no recording the browser's voice reads.
    """
    items = [item for section in questionnaire.sections for page in section.pages for item in page.items]
    kept = [item.formats for item in items if item.formats is not None]
    there = {
        Format.STANDARD: True,
        Format.EASYREAD: any(formats.easyread for formats in kept),
        Format.AUDIO: True,
        Format.BSL: any(formats.bsl for formats in kept),
    }
    return tuple(format for format, is_there in there.items() if is_there)


def _language(
    languages: Languages,
    questionnaire: str,
    locale: str,
    around: Collection[tuple[str | None, str]],
    asked: Collection[tuple[str | None, str]],
) -> Standing:
    of = len(around) + len(asked)
    if locale == SOURCE_LOCALE:
        return Standing(Kind.LANGUAGE, locale, is_agreed=True, done=of, of=of)
    page, words = languages.catalogue(INTERFACE, locale).stages, languages.catalogue(questionnaire, locale).stages
    stages = [*(page.get(key, Stage.MISSING) for key in around), *(words.get(key, Stage.MISSING) for key in asked)]
    done = sum(stage.counts for stage in stages)
    return Standing(Kind.LANGUAGE, locale, is_agreed=done == of, done=done, of=of)


def _format(store: Store, version: str, format: Format) -> Standing:
    if is_always_offered(Kind.FORMAT, format):
        return Standing(Kind.FORMAT, format, is_agreed=True, done=0, of=0)
    reviews = reviews_of(store, version, format)
    done = count_agreeing(reviews)
    return Standing(Kind.FORMAT, format, is_agreed=is_format_agreed(reviews), done=done, of=REVIEWERS_WANTED)
