"""What changed: for everyone, what people told us, who promised what about it, how far that is; and the questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from flask import Blueprint

from survey.areas import place_names
from survey.coproduction.closing import answer_due, day_in_england, review_ended_at
from survey.coproduction.rounds import Round
from survey.i18n import Phrase
from survey.resources import AREAS
from survey.respondent.pages import draw_page, visited_edition
from survey.respondent.site import current_site, interface_locale
from survey.speaking import say_date
from survey.store.findings import Content, by_urgency, list_findings
from survey.store.group.answers import load_answer
from survey.store.group.rounds import list_rounds
from survey.store.waves import Wave, list_waves

blueprint = Blueprint("changes", __name__)


@dataclass(frozen=True)
class Told:
    """One thing that people told us; `place` is '' for England."""

    content: Content
    place: str
    moved_from: date | None
    """The day that was promised first, where a later one has taken its place."""


@dataclass(frozen=True)
class WaveTold:
    """What everyone may read of one wave, late promises first."""

    wave: Wave
    told: tuple[Told, ...]


@dataclass(frozen=True)
class RoundTold:
    """A round of the group whose review has ended, with how far the sponsor's answer is."""

    round: Round
    ended_on: date
    due_on: date
    is_answered: bool


@blueprint.get("/what-changed")
def show_changes() -> str:
    """The public findings of waves whose results are public, the newest wave first; and rounds of the group."""
    site = current_site()
    public = site.public_waves()
    found = [wave for wave in _told(public, site.today()) if wave.told]
    next_day = site.next_public_day() if not found else None
    return draw_page(
        "respondent/what_changed.html",
        visited_edition(),
        made_up=any(each.wave.made_up for each in found),
        waves=found,
        rounds=[*_rounds()],
        has_results=bool(public),
        next_day=next_day,
        today=site.today(),
        date_in_words=_in_words,
    )


def _told(public: Collection[str], today: date) -> Iterator[WaveTold]:
    store = current_site().store
    for wave in reversed(list_waves(store)):
        if wave.id in public:
            findings = [finding for finding in list_findings(store, [wave.id]) if finding.content.public]
            names = place_names(AREAS, wave.vintage)
            told = (
                Told(finding.content, names.get(finding.content.area, ""), finding.moved_from)
                for finding in by_urgency(findings, today)
            )
            yield WaveTold(wave, tuple(told))


def _rounds() -> Iterator[RoundTold]:
    """The newest first."""
    store = current_site().store
    for round_ in list_rounds(store):
        if (ended := review_ended_at(round_)) is not None:
            day = day_in_england(ended)
            yield RoundTold(round_, day, answer_due(day), load_answer(store, round_.id) is not None)


def _in_words(day: date) -> Phrase:
    return say_date(day, interface_locale())
