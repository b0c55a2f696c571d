"""Saving the answers of a page: the first ones begin the response."""

from __future__ import annotations

from survey.questionnaire.answers import Answers
from survey.respondent.journey import Journey
from survey.respondent.site import current_locale, current_site
from survey.respondent.visit import Visit, remember
from survey.store.invitations import Invitation, find_invitation
from survey.store.responses import ResponseState, save_page, start_response

FORMAT = "standard"
MODE = "web"


def save_answers(visit: Visit, journey: Journey, page_id: str, answers: Answers) -> Journey:
    """Save a page and go on from there; returns once the answers are on the disk.

    Raises NotSaved, AlreadySubmitted, AlreadyStarted, WaveClosed, UnknownResponse.
    """
    site = current_site()
    state: ResponseState
    code = visit.return_code
    if visit.response is None:
        state, code = start_response(
            site.store,
            site.config.code_key,
            wave=visit.wave,
            invitation=_invitation(visit),
            page=page_id,
            answers=answers,
            locale=current_locale(),
            format=FORMAT,
            mode=MODE,
            now=site.now(),
            return_code=visit.return_code,
        )
    else:
        state = save_page(
            site.store,
            visit.response,
            page=page_id,
            answers=answers,
            locale=current_locale(),
            format=FORMAT,
            mode=MODE,
            now=site.now(),
        )
    remember(visit.begun(state.response, state.seq, code))
    return Journey.of(journey.edition, state)


def _invitation(visit: Visit) -> Invitation | None:
    if visit.invitation is None:
        return None
    site = current_site()
    return find_invitation(site.store, site.config.code_key, visit.invitation)
