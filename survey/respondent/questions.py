"""Answering: one page of questions at a time, saved before the next is shown."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request
from werkzeug.wrappers import Response

from survey.i18n import gettext
from survey.questionnaire.answers import Answers
from survey.questionnaire.model import EndKind
from survey.respondent.finding import find_journey
from survey.respondent.forms import PageForm
from survey.respondent.journey import GOODBYE, Journey
from survey.respondent.language import switch_language
from survey.respondent.messages import not_own_form, not_saved
from survey.respondent.pages import FROM_CHECK, came_from_check, draw_question, wording_of
from survey.respondent.saving import save_answers
from survey.respondent.tokens import is_own_form, sent_token
from survey.respondent.visit import Visit, refuse
from survey.store.journal import NotSaved
from survey.store.responses import AlreadySubmitted

blueprint = Blueprint("questions", __name__)

Reply = str | Response | tuple[str, int]


@blueprint.get("/survey/<page_id>")
def show_question(page_id: str) -> Reply:
    """One page of questions, with what was saved of it."""
    _, journey = find_journey()
    _check_page(journey, page_id)
    if not journey.is_open:
        return redirect("/survey/done", 303)
    if not journey.is_reachable(page_id):
        return _go_on_elsewhere(journey)
    return draw_question(journey, page_id)


@blueprint.post("/survey/<page_id>")
def save_question(page_id: str) -> Reply:
    """Take what was answered. Every way out of here keeps what was typed."""
    visit, journey = find_journey()
    _check_page(journey, page_id)
    if not journey.is_open:
        raise AlreadySubmitted
    if journey.state is None and not journey.is_reachable(page_id):
        return _go_on_elsewhere(journey)
    form = read_form(journey, page_id)
    switched = switch_language()
    if not is_own_form():
        if switched:
            return draw_question(journey, page_id, form.entered())
        return draw_question(journey, page_id, form.entered(), notice=not_own_form(sent_token())), 400
    return take_answers(visit, journey, page_id, form, switched=switched)


def read_form(journey: Journey, page_id: str) -> PageForm:
    """What was sent for a page."""
    form = journey.edition.form(page_id, wording_of(journey))(request.form)
    form.pick_what_was_written()
    return form


def take_answers(visit: Visit, journey: Journey, page_id: str, form: PageForm, *, switched: bool = False) -> Reply:
    """Do what the button says: save and go on, clear, leave, send, or go on in another language."""
    try:
        if switched:
            return _save_in_other_language(visit, journey, page_id, form)
        if request.form.get("action") == "clear":
            return _clear(visit, journey, page_id)
        if not form.validate():
            return draw_question(journey, page_id, form.entered(), form=form, problems=form.problems()), 422
        return _save(visit, journey, page_id, form.answers())
    except NotSaved:
        return draw_question(journey, page_id, form.entered(), notice=not_saved()), 503


def _save(visit: Visit, journey: Journey, page_id: str, answers: Answers) -> Reply:
    action = request.form.get("action")
    if journey.state is None and journey.with_page(page_id, answers).ended is EndKind.REFUSED:
        refuse()
        return redirect(GOODBYE, 303)
    if action == "leave" and answers == journey.pages.get(page_id, {}):
        return redirect("/survey/leave", 303)  # a page that was not answered is where one comes back to
    saved = save_answers(visit, journey, page_id, answers)
    if saved.path.ended is EndKind.REFUSED:
        return redirect(GOODBYE, 303)
    if journey.state is None:
        return redirect("/survey/return-code", 303)
    if page_id not in saved.path.pages:
        return _go_on_elsewhere(saved)
    if action == "leave":
        return redirect("/survey/leave", 303)
    if action == "send" and journey.edition.offers_end(page_id):
        return redirect("/survey/check", 303)
    following = saved.next_page(page_id, journey.path, from_check=came_from_check())
    return redirect(_address(following) if following else "/survey/check", 303)


def _clear(visit: Visit, journey: Journey, page_id: str) -> Reply:
    if page_id in journey.pages:
        save_answers(visit, journey, page_id, {})
    return redirect(_address(page_id), 303)


def _save_in_other_language(visit: Visit, journey: Journey, page_id: str, form: PageForm) -> Reply:
    """Save what can be saved, so that a reload keeps it too. Nothing begins by changing the language."""
    if journey.state is None or not form.validate():
        return draw_question(journey, page_id, form.entered())
    answers = form.answers()
    if answers != journey.pages.get(page_id, {}):
        save_answers(visit, journey, page_id, answers)
    return redirect(_address(page_id), 303)


def _go_on_elsewhere(journey: Journey) -> Response:
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    flash(gettext("The page you asked for is not one of your questions. Here is where you can go on."))
    return redirect(journey.resume_address(), 303)


def _address(page_id: str) -> str:
    return f"/survey/{page_id}?from={FROM_CHECK}" if came_from_check() else f"/survey/{page_id}"


def _check_page(journey: Journey, page_id: str) -> None:
    if journey.edition.router.page(page_id) is None:
        abort(404)
