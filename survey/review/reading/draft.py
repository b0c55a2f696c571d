"""The draft of a round as somebody reads it: its questions by number, and whether it is still the newest there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import abort

from survey.coproduction.numbering import Numbered, number_items
from survey.coproduction.reading import check_reads
from survey.coproduction.rounds import OPEN_STATES, Round, State
from survey.dates import ENGLAND
from survey.questionnaire.model import Questionnaire
from survey.respondent.alone import Alone, Look
from survey.respondent.edition import Edition
from survey.respondent.site import current_site
from survey.review.door import Guest
from survey.store.group.rounds import list_rounds, load_round

_SEEN = frozenset(State) - {State.DRAFT, State.CALLED_OFF}


@dataclass(frozen=True)
class Standing:
    """Whether a draft is old: since which day, and what came after it. `since` is None while it is the newest."""

    since: date | None = None
    is_over: bool = False
    has_new_version: bool = False
    newer: Round | None = None
    """The newest later round on the same questionnaire that the group has seen."""


@dataclass(frozen=True)
class Draft:
    """What a round is about, opened for somebody who may read it."""

    round: Round
    edition: Edition
    numbered: tuple[Numbered, ...]
    standing: Standing

    @property
    def questionnaire(self) -> Questionnaire:
        """The version that is read."""
        return self.edition.questionnaire

    def find(self, number: int) -> Numbered:
        """The question of a number; 404 where there is none."""
        if not 1 <= number <= len(self.numbered):
            abort(404)
        return self.numbered[number - 1]

    def alone(self, numbered: Numbered, look: Look) -> Alone:
        """A question as somebody will see it."""
        return Alone(self.edition, numbered.item, numbered.page, numbered.section, look)


def open_draft(number: int, guest: Guest) -> Draft:
    """The draft of a round. Raises UnknownRound, and Refused for whom it is not there."""
    site = current_site()
    round = load_round(site.store, number)
    check_reads(round, guest.person)
    edition = site.editions.of_review(round.version)
    standing = find_standing(round, list_rounds(site.store, *_SEEN))
    return Draft(round, edition, number_items(edition.questionnaire), standing)


def find_standing(round: Round, rounds: tuple[Round, ...]) -> Standing:
    """How a round stands among others, the newest first; a version that the group has replaced is old from then on."""
    later = (each for each in rounds if each.questionnaire == round.questionnaire and each.id > round.id)
    newer = next(later, None)
    is_over = round.state not in OPEN_STATES and round.state is not State.DRAFT
    has_new_version = round.new_version not in ("", round.version)
    ends = [round.closed_at, round.ended_at, newer.opened_at if newer is not None else None]
    moment = next((each for each in ends if each is not None), None)
    if moment is None or not (is_over or has_new_version or newer is not None):
        return Standing()
    return Standing(_day(moment), is_over, has_new_version, newer)


def _day(moment: datetime) -> date:
    return moment.astimezone(ENGLAND).date()
