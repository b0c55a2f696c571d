"""The commands about what a wave offers: languages and formats; see `commands.py` for how commands are run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from survey import resources
from survey.adjudication.gate import Kind, OfferRefused, Proposal, Reason, Terms, WhyNot, terms_of
from survey.control import CommandFailed, Report
from survey.i18n import Languages
from survey.offering import Standing, standings
from survey.questionnaire.model import Format
from survey.store.format_reviews import note_review
from survey.store.offers import offer, offers_of, withdraw
from survey.store.versions import load_version
from survey.store.waves import Wave, find_wave, list_waves
from survey.translations.overlay import decided_folder

if TYPE_CHECKING:
    from survey.commands import Arguments, Services

ACTOR = "command line"

REMEDY: Mapping[WhyNot, str] = {
    WhyNot.ALWAYS_OFFERED: "English and the standard format are offered in every wave.",
    WhyNot.UNKNOWN: "There is no such language or format.",
    WhyNot.CLOSED: "The wave is closed: what it offered stays as it was.",
    WhyNot.NO_REASON: "It is a draft. Say --because why you offer it, which people read on every page, or --machine.",
    WhyNot.TWO_REASONS: "Give --because or --machine, not both.",
    WhyNot.TOO_LONG: "The text is too long: at most 300 characters.",
    WhyNot.HIDDEN_CHARACTERS: "The text has characters that nobody sees, or that turn the direction of writing.",
    WhyNot.NO_NUMBER: "--interpreter takes a telephone number of digits and spaces, like '0300 123 4567'.",
    WhyNot.NOT_OFFERED: "It is not offered, so there is nothing to withdraw.",
    WhyNot.CHANGED_MEANWHILE: "Somebody else has changed it just now. Look with `phb wave offers`, then try again.",
    WhyNot.NOT_REVIEWED: "The standard format needs no reviewer.",
    WhyNot.NO_NAME: "--by takes the name of the reviewer.",
    WhyNot.NO_WORDS: "Who disagrees says why: --words.",
}


@dataclass(frozen=True)
class _Wave:
    """A wave and how far everything is that it could offer."""

    services: Services
    wave: Wave

    @cached_property
    def standings(self) -> Mapping[tuple[Kind, str], Standing]:
        """By kind and name."""
        store, config = self.services.store, self.services.config
        languages = Languages(resources.TRANSLATIONS, decided_folder(config.data))
        found = standings(store, languages, load_version(store, self.wave.version))
        return {(each.kind, each.name): each for each in found}

    def find(self, name: str) -> Standing:
        """The language or format of that name."""
        kind = Kind.FORMAT if name in list(Format) else Kind.LANGUAGE
        found = self.standings.get((kind, name))
        if found is None:
            known = ", ".join(known for _, known in self.standings)
            raise CommandFailed(f"The wave '{self.wave.id}' has no language or format '{name}'. It has: {known}.")
        return found

    def names(self, kind: Kind) -> frozenset[str]:
        """What there is of a kind."""
        return frozenset(name for known, name in self.standings if known is kind)


def offer_in_wave(services: Services, arguments: Arguments, report: Report) -> Any:
    """Offer a language or format, as a draft with a reason where it is not agreed."""
    wave = _find(services, arguments["wave"])
    standing = wave.find(arguments["name"])
    because, is_machine = " ".join((arguments["because"] or "").split()), arguments["machine"]
    if because and is_machine:
        raise CommandFailed(REMEDY[WhyNot.TWO_REASONS])
    is_own = arguments["because"] is not None
    reason = Reason.MACHINE if is_machine else Reason.OWN if is_own else Reason.NONE
    interpreter = " ".join((arguments["interpreter"] or "").split())
    try:
        offer(
            services.store,
            wave.wave.id,
            Proposal(standing.kind, standing.name, reason, because, interpreter),
            there_are=wave.names(standing.kind),
            is_agreed=standing.is_agreed,
            by=ACTOR,
            now=services.now(),
        )
    except OfferRefused as refused:
        raise CommandFailed(REMEDY[refused.reason]) from refused
    return _described(wave, standing)


def withdraw_from_wave(services: Services, arguments: Arguments, report: Report) -> Any:
    """Offer it no more."""
    wave = _find(services, arguments["wave"])
    standing = wave.find(arguments["name"])
    try:
        withdraw(
            services.store,
            wave.wave.id,
            standing.kind,
            standing.name,
            there_are=wave.names(standing.kind),
            is_agreed=standing.is_agreed,
            by=ACTOR,
            now=services.now(),
        )
    except OfferRefused as refused:
        raise CommandFailed(REMEDY[refused.reason]) from refused
    return _described(wave, standing)


def list_offers(services: Services, arguments: Arguments, report: Report) -> Any:
    """Every language and format, how far it is, and on what terms it is offered."""
    wave = _find(services, arguments["wave"])
    return [_described(wave, standing) for standing in wave.standings.values()]


def note_format_review(services: Services, arguments: Arguments, report: Report) -> Any:
    """Note what a named reviewer said of what a wave asks in a format."""
    wave = _find(services, arguments["wave"])
    standing = wave.find(arguments["format"])
    if standing.kind is not Kind.FORMAT:
        raise CommandFailed(f"'{standing.name}' is a language. Formats: {', '.join(sorted(wave.names(Kind.FORMAT)))}.")
    try:
        note_review(
            services.store,
            wave.wave.questionnaire,
            wave.wave.version,
            Format(standing.name),
            reviewer=" ".join(arguments["by"].split()),
            uses_it=arguments["uses_it"],
            agrees=arguments["agrees"],
            words=" ".join((arguments["words"] or "").split()),
            by=ACTOR,
            now=services.now(),
        )
    except OfferRefused as refused:
        raise CommandFailed(REMEDY[refused.reason]) from refused
    return _described(fresh := _find(services, arguments["wave"]), fresh.find(standing.name))


def _find(services: Services, name: str) -> _Wave:
    wave = find_wave(services.store, name)
    if wave is None:
        known = ", ".join(each.id for each in list_waves(services.store)) or "none yet"
        raise CommandFailed(f"There is no wave '{name}'. Waves: {known}.")
    return _Wave(services, wave)


def _described(wave: _Wave, standing: Standing) -> dict[str, Any]:
    decided = offers_of(wave.services.store, wave.wave.id)
    terms: Terms | None = terms_of(decided, standing.kind, standing.name, is_agreed=standing.is_agreed)
    return {
        "wave": wave.wave.id,
        "kind": str(standing.kind),
        "name": standing.name,
        "is_agreed": standing.is_agreed,
        "done": standing.done,
        "of": standing.of,
        "tier": str(terms.tier) if terms else None,
        "reason": str(terms.reason) if terms else "",
        "because": terms.because if terms else "",
        "interpreter": terms.interpreter if terms else "",
    }
