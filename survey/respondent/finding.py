"""Finding out, for a request, whose answers it is about."""

from __future__ import annotations

from survey.respondent.journey import Journey
from survey.respondent.offered import NOTHING_READ, enter_survey
from survey.respondent.preview import current_preview
from survey.respondent.site import current_site
from survey.respondent.visit import Visit, current_visit
from survey.store.responses import Status, load_response
from survey.store.waves import Wave, find_wave


class LostVisit(Exception):
    """The cookie does not say whose answers these are: it is missing, damaged, or names what is no longer there."""


class WaveOver(Exception):
    """The wave is closed: nothing more can be saved in it."""

    def __init__(self, wave: Wave) -> None:
        super().__init__(wave.id)
        self.wave = wave


def find_journey(*, fresh: bool = False) -> tuple[Visit, Journey]:
    """The visit and the journey as it stands; `fresh` reads the store again. Raises LostVisit, WaveOver,
    BrokenDraft.

    A closed wave is over for those who have not sent their answers; who has sent them still sees that it worked.
    """
    if (preview := current_preview()) is not None:
        enter_survey(preview.edition)
        return preview.visit(), preview.journey()
    visit = current_visit()
    if visit is None:
        raise LostVisit
    return visit, journey_of(visit, fresh=fresh)


def journey_of(visit: Visit, *, fresh: bool = False) -> Journey:
    """The journey of a visit as it stands, which the request belongs to from now on. Raises LostVisit, WaveOver."""
    site = current_site()
    wave = find_wave(site.store, visit.wave)
    if wave is None:
        raise LostVisit
    if visit.response is None:
        journey = Journey.of(site.editions.of_wave(wave), None)
    else:
        state = load_response(site.store, visit.response, at_least_seq=visit.seq, fresh=fresh)
        if state is None or state.status is Status.WITHDRAWN:
            raise LostVisit
        journey = Journey.of(site.editions.of_version(wave, state.version), state)
    enter_survey(journey.edition, journey.state.read_in if journey.state else NOTHING_READ)
    if journey.is_open and not wave.is_open:
        raise WaveOver(wave)
    return journey
