"""Saving the answers of a page: the first ones begin the response."""

from __future__ import annotations

from survey.questionnaire.answers import Answers
from survey.questionnaire.model import Format
from survey.respondent.journey import Journey
from survey.respondent.preview import keep_in_preview, send_preview
from survey.respondent.site import current_format, current_locale, current_site
from survey.respondent.visit import Visit, remember
from survey.store.invitations import Invitation, find_invitation
from survey.store.responses import ResponseState, save_page, start_response, submit_response

MODE = "web"


def save_answers(visit: Visit, journey: Journey, key: str, answers: Answers) -> Journey:
    """Save a page and go on from there; returns once the answers are on the disk. A preview keeps them in the browser.

    Raises NotSaved, AlreadySubmitted, AlreadyStarted, WaveClosed, UnknownResponse.
    """
    if journey.edition.is_preview:
        return keep_in_preview(journey, key, answers)
    site = current_site()
    state: ResponseState
    code = visit.return_code
    if visit.response is None:
        state, code = start_response(
            site.store,
            site.config.code_key,
            wave=visit.wave,
            invitation=_invitation(visit),
            page=key,
            answers=answers,
            locale=current_locale(),
            format=_format(journey),
            mode=MODE,
            now=site.now(),
            return_code=visit.return_code,
        )
    else:
        state = save_page(
            site.store,
            visit.response,
            page=key,
            answers=answers,
            locale=current_locale(),
            format=_format(journey),
            mode=MODE,
            now=site.now(),
        )
    remember(visit.begun(state.response, state.seq, code))
    return Journey.of(journey.edition, state)


def send_answers(visit: Visit, journey: Journey) -> None:
    """Send the answers; sending twice is sending once. A preview only shows how that looks. Raises NotSaved."""
    if journey.edition.is_preview:
        send_preview(journey)
        return
    site = current_site()
    assert journey.state is not None
    state = submit_response(
        site.store,
        journey.state.response,
        locale=current_locale(),
        format=_format(journey),
        mode=MODE,
        now=site.now(),
    )
    remember(visit.begun(state.response, state.seq, visit.return_code))


def _invitation(visit: Visit) -> Invitation | None:
    if visit.invitation is None:
        return None
    site = current_site()
    return find_invitation(site.store, site.config.code_key, visit.invitation)


def _format(journey: Journey) -> Format:
    """The format the questions were shown in: one chosen for another survey may be none of this one's."""
    chosen = current_format()
    return chosen if chosen in journey.edition.formats else Format.STANDARD
