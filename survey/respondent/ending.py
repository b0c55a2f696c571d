"""Round the questions: the return code, leaving, checking, sending, and what is said at the end."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from survey.respondent.exits import finish_here
from survey.respondent.finding import LostVisit, find_journey
from survey.respondent.journey import GOODBYE, Journey
from survey.respondent.language import switch_language
from survey.respondent.messages import not_own_form, not_saved
from survey.respondent.pages import draw_page, visited_edition
from survey.respondent.preview import current_preview, end_preview
from survey.respondent.question_pages import wording_of
from survey.respondent.questions import Reply
from survey.respondent.saving import send_answers
from survey.respondent.site import current_site
from survey.respondent.summary import summarise, summarise_handover
from survey.respondent.tokens import is_own_form, sent_token
from survey.respondent.visit import Visit, current_visit, has_refused
from survey.store.journal import NotSaved

blueprint = Blueprint("ending", __name__)


# --- The return code ------------------------------------------------------------


@blueprint.get("/survey/return-code")
def show_return_code() -> Reply:
    """The return code, right after the response has begun."""
    visit, journey = _begun()
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    return draw_page("respondent/return_code.html", journey.edition, code=visit.return_code)


@blueprint.post("/survey/return-code")
def leave_return_code() -> Reply:
    """On to the questions."""
    _, journey = _begun()
    if switch_language():
        return redirect("/survey/return-code", 303)
    return redirect(journey.resume_address(), 303)


@blueprint.get("/survey/leave")
def show_leave() -> Reply:
    """What is saved, and how to come back."""
    visit, journey = _begun()
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    return draw_page("respondent/leave.html", journey.edition, code=visit.return_code)


@blueprint.post("/survey/leave")
def leave() -> Reply:
    """Go on after all, or make this device forget."""
    _, journey = _begun()
    if switch_language():
        return redirect("/survey/leave", 303)
    if request.form.get("action") == "finish" and is_own_form():
        return _finish()
    return redirect(journey.resume_address(), 303)


# --- Check and send -------------------------------------------------------------


@blueprint.get("/survey/check")
def show_check() -> Reply:
    """Everything that was answered, with a way to change each."""
    _, journey = _begun(fresh=True)
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    return _draw_check(journey)


@blueprint.post("/survey/check")
def send() -> Reply:
    """Send the answers; sending twice is sending once."""
    visit, journey = _begun(fresh=True)
    if switch_language():
        return redirect("/survey/check", 303)
    if not is_own_form():
        return _draw_check(journey, notice=not_own_form(sent_token())), 400
    if request.form.get("action") == "leave":
        return redirect("/survey/leave", 303)
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    try:
        send_answers(visit, journey)
    except NotSaved:
        return _draw_check(journey, notice=not_saved()), 503
    return redirect("/survey/done", 303)


def _draw_check(journey: Journey, notice: str = "") -> str:
    wording = wording_of(journey)
    sections = summarise(journey, wording)
    unseen = [page for page in journey.path.pages if page not in journey.pages]
    return draw_page(
        "respondent/check.html",
        journey.edition,
        notice=notice,
        sections=sections,
        handover=summarise_handover(journey, wording, sections),
        unseen=len(unseen),
        first_unseen=unseen[0] if unseen else None,
        back=_last_saved(journey),
    )


def _last_saved(journey: Journey) -> str:
    saved = [page for page in journey.path.pages if page in journey.pages]
    return saved[-1] if saved else journey.path.pages[0]


# --- The end --------------------------------------------------------------------


@blueprint.get("/survey/done")
def show_done() -> Reply:
    """Thank you; the return code once more."""
    visit, journey = _begun()
    if journey.is_open:
        return redirect(journey.resume_address(), 303)
    has_results = bool(current_site().public_waves())
    return draw_page("respondent/done.html", journey.edition, code=visit.return_code, has_results=has_results)


@blueprint.post("/survey/done")
def finish() -> Reply:
    """Make this device forget."""
    _begun()
    if switch_language() or not is_own_form():
        return redirect("/survey/done", 303)
    return _finish()


@blueprint.get("/survey/goodbye")
def show_goodbye() -> Reply:
    """For someone who does not want to take part."""
    if current_visit() is None and current_preview() is None:
        return (
            draw_page("respondent/goodbye.html", visited_edition(), code=None) if has_refused() else redirect("/", 303)
        )
    visit, journey = find_journey()
    address = journey.end_address() or journey.resume_address()
    if address != GOODBYE:
        return redirect(address, 303)
    return draw_page(
        "respondent/goodbye.html", journey.edition, code=visit.return_code, refused_at=journey.path.pages[-1]
    )


@blueprint.post("/survey/goodbye")
def leave_goodbye() -> Reply:
    """Back to the start, or to the question of taking part."""
    if switch_language():
        return redirect("/survey/goodbye", 303)
    if request.form.get("action") == "finish" and is_own_form():
        return _finish()
    return redirect("/", 303)


def _begun(*, fresh: bool = False) -> tuple[Visit, Journey]:
    """The visit and journey of a response that has begun. Raises LostVisit, WaveOver."""
    visit, journey = find_journey(fresh=fresh)
    if journey.state is None:
        raise LostVisit
    return visit, journey


def _finish() -> Response:
    if (preview := current_preview()) is not None:
        end_preview()
        return redirect(f"/preview/{preview.edition.questionnaire.id}", 303)
    return finish_here()
