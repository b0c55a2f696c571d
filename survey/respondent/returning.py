"""Coming back: the return code leads to the answers, on any device, with what was typed meanwhile."""

from __future__ import annotations

from random import SystemRandom

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from survey.codes import CodeError, new_code, normalise
from survey.respondent.area_field import is_postcode_name
from survey.respondent.edition import Edition
from survey.respondent.fields import PREFIX
from survey.respondent.finding import WaveOver, journey_of
from survey.respondent.language import switch_language
from survey.respondent.messages import explain_code, no_cookie, unknown_code, used_code
from survey.respondent.pages import draw_page, visited_edition
from survey.respondent.preview import end_preview
from survey.respondent.questions import Reply, read_form, take_answers
from survey.respondent.site import change_locale, current_locale, current_site
from survey.respondent.tokens import is_own_form
from survey.respondent.visit import Visit, current_visit, remember
from survey.store.invitations import Invitation, find_invitation
from survey.store.responses import ResponseState, find_by_return_code
from survey.store.waves import find_wave

blueprint = Blueprint("returning", __name__)

KEPT_PAGE = "kept-page"
"""The page whose answers the form carries along, when they were sent by a browser we did not know."""


@blueprint.get("/return")
def show_return() -> Reply:
    """Ask for a code."""
    return draw_return()


@blueprint.post("/return")
def come_back() -> Reply:
    """Take a return code; or a code from a letter, because people cannot know which of the two we mean."""
    typed = printable(request.form.get("code", ""))
    kept_page = request.form.get(KEPT_PAGE)
    if switch_language():
        return draw_return(code=typed, kept_page=kept_page)
    if not is_own_form():
        return draw_return(code=typed, notice=no_cookie(), kept_page=kept_page), 400
    site = current_site()
    try:
        state = find_by_return_code(site.store, site.config.code_key, typed)
        if state is not None:
            return _go_on(_visit_of(state, normalise(typed)), kept_page)
        invitation = find_invitation(site.store, site.config.code_key, typed)
    except CodeError as error:
        return draw_return(problem=explain_code(error), code=typed, kept_page=kept_page), 422
    if invitation is None:
        return draw_return(problem=unknown_code(), code=typed, kept_page=kept_page), 422
    if (visit := own_visit(invitation)) is not None:
        return _go_on(visit, kept_page)
    if invitation.response is not None:
        return draw_return(problem=used_code(), kept_page=kept_page), 409
    return begin_visit(open_edition(invitation), invitation=normalise(typed))


def draw_return(*, problem: str = "", code: str = "", notice: str = "", kept_page: str | None = None) -> str:
    """The page that asks for a code, with what was typed on a page of questions carried along."""
    kept = [(KEPT_PAGE, kept_page)] if kept_page else []
    if kept_page:
        fields = request.form.items(multi=True)
        kept += [(name, value) for name, value in fields if name.startswith(PREFIX) and not is_postcode_name(name)]
    return draw_page("respondent/return.html", visited_edition(), problem=problem, code=code, notice=notice, kept=kept)


def begin_visit(edition: Edition, invitation: str | None) -> Response:
    """Begin a visit on the first page. Nothing is stored yet: that takes the person's agreement."""
    end_preview()
    remember(Visit(wave=edition.wave, return_code=new_code(SystemRandom()), invitation=invitation))
    change_locale(current_locale())  # the browser was asked once; from now on the cookie says it
    return redirect(f"/survey/{edition.router.pages[0].page.id}", 303)


def open_edition(invitation: Invitation) -> Edition:
    """What an invitation asks. Raises WaveOver."""
    site = current_site()
    wave = find_wave(site.store, invitation.wave)
    if wave is None:
        raise LookupError(f"an invitation of the unknown wave {invitation.wave}")
    if not wave.is_open:
        raise WaveOver(wave)
    return site.editions.of_wave(wave)


def printable(typed: str) -> str:
    """A typed code without what nobody can see or type: a NUL would come back in the page as it is."""
    return "".join(character for character in typed if character.isprintable())


def own_visit(invitation: Invitation) -> Visit | None:
    """This browser's visit, where it holds the answers that the invitation has begun: it needs no return code."""
    visit = current_visit()
    if visit is None or invitation.response is None or visit.response != invitation.response:
        return None
    return visit


def _visit_of(state: ResponseState, code: str) -> Visit:
    return Visit(wave=state.wave, return_code=code, response=state.response, seq=state.seq)


def _go_on(visit: Visit, kept_page: str | None) -> Reply:
    journey = journey_of(visit)
    end_preview()
    remember(visit)
    if not journey.is_open:
        return redirect("/survey/done", 303)
    if kept_page and journey.edition.find_page(kept_page) is not None:
        return take_answers(visit, journey, kept_page, read_form(journey, kept_page))
    return redirect(journey.resume_address(), 303)
