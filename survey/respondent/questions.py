"""Answering: one page of questions at a time, saved before the next is shown."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request
from werkzeug.wrappers import Response

from survey.i18n import gettext
from survey.questionnaire.answers import Answers
from survey.questionnaire.model import EndKind
from survey.respondent.edition import plain_answers
from survey.respondent.finding import find_journey
from survey.respondent.forms import PageForm
from survey.respondent.handover import handover_address
from survey.respondent.journey import GOODBYE, Journey, answers_of_round
from survey.respondent.language import switch_language
from survey.respondent.messages import not_own_form, not_saved
from survey.respondent.question_pages import came_from_check, draw_question, form_of, question_address
from survey.respondent.rank_field import reorder
from survey.respondent.saving import save_answers
from survey.respondent.soft import ASKED, asked_before, odd_answers
from survey.respondent.tokens import is_left_from_preview, is_own_form, sent_token
from survey.respondent.visit import Visit, refuse
from survey.store.journal import NotSaved
from survey.store.responses import AlreadySubmitted

blueprint = Blueprint("questions", __name__)

WITHOUT_ASKING = frozenset({"leave", "handover"})
"""Buttons that interrupt: nobody is asked then whether an odd answer is right."""

Reply = str | Response | tuple[str, int]


@blueprint.get("/survey/<page_id>")
@blueprint.get("/survey/<page_id>/<number>")
def show_question(page_id: str, number: str | None = None) -> Reply:
    """One page of questions, with what was saved of it."""
    _, journey = find_journey()
    key = _key(journey, page_id, number)
    if not journey.is_open:
        return redirect("/survey/done", 303)
    if not journey.is_reachable(key):
        return _go_on_elsewhere(journey)
    return draw_question(journey, key)


@blueprint.post("/survey/<page_id>")
@blueprint.post("/survey/<page_id>/<number>")
def save_question(page_id: str, number: str | None = None) -> Reply:
    """Take what was answered. Every way out of here keeps what was typed."""
    visit, journey = find_journey()
    key = _key(journey, page_id, number)
    if not journey.is_open:
        raise AlreadySubmitted
    if journey.state is None and not journey.is_reachable(key):
        return _go_on_elsewhere(journey)
    switched = switch_language()
    form = read_form(journey, key)  # in the language and format it will be shown in
    if not is_own_form():
        if is_left_from_preview():
            return redirect(question_address(key), 303)
        if switched:
            return draw_question(journey, key, form.entered())
        return draw_question(journey, key, form.entered(), notice=not_own_form(sent_token())), 400
    return take_answers(visit, journey, key, form, switched=switched)


def read_form(journey: Journey, key: str) -> PageForm:
    """What was sent for a page."""
    form = form_of(journey, key)(request.form)
    form.pick_what_was_written()
    return form


def take_answers(visit: Visit, journey: Journey, key: str, form: PageForm, *, switched: bool = False) -> Reply:
    """Do what the button says: save and go on, clear, leave, hand over, send, or go on in another language."""
    try:
        if switched:
            return _save_in_other_words(visit, journey, key, form)
        if request.form.get("action") == "clear":
            return _clear(visit, journey, key)
        if (moved := reorder(form, request.form.get("action", ""))) is not None:
            return draw_question(journey, key, form.entered(), notice=moved)
        if not form.validate():
            return draw_question(journey, key, form.entered(), form=form, problems=form.problems()), 422
        answers = answers_of_round(key, form.answers(_saved(journey, key)))
        if request.form.get("action") not in WITHOUT_ASKING:
            odd, asked = odd_answers(journey, key, answers), asked_before(request.form.get(ASKED, ""))
            if not asked.issuperset(odd):
                return draw_question(journey, key, form.entered(), form=form, odd=odd)
        return _save(visit, journey, key, answers)
    except NotSaved:
        return draw_question(journey, key, form.entered(), notice=not_saved()), 503


def _save(visit: Visit, journey: Journey, key: str, answers: Answers) -> Reply:
    action = request.form.get("action")
    if journey.state is None and journey.with_page(key, answers).ended is EndKind.REFUSED:
        refuse()
        return redirect(GOODBYE, 303)
    aside = _aside(journey, key, action)
    if aside and answers == journey.pages.get(key, {}):
        return redirect(aside, 303)  # a page that was not answered is where one comes back to
    saved = save_answers(visit, journey, key, answers)
    if saved.path.ended is EndKind.REFUSED and key == saved.path.pages[-1]:
        return redirect(GOODBYE, 303)
    if journey.state is None:
        return redirect("/survey/return-code", 303)
    if not saved.is_reachable(key):
        return _go_on_elsewhere(saved)
    if aside:
        return redirect(aside, 303)
    if action == "send" and journey.edition.offers_end(key):
        return redirect("/survey/check", 303)
    following = saved.next_page(key, journey.path, from_check=came_from_check())
    return redirect(question_address(following) if following else "/survey/check", 303)


def _aside(journey: Journey, key: str, action: str | None) -> str | None:
    """Where a button leads that interrupts the questions, once what is on the page is saved."""
    if action == "leave":
        return "/survey/leave"
    if action == "handover" and journey.edition.answering_item is not None and journey.state is not None:
        return handover_address(key)
    return None


def _clear(visit: Visit, journey: Journey, key: str) -> Reply:
    if key in journey.pages:
        save_answers(visit, journey, key, {})
    return redirect(question_address(key), 303)


def _save_in_other_words(visit: Visit, journey: Journey, key: str, form: PageForm) -> Reply:
    """Save what can be saved, so that a reload keeps it too. Nothing begins by changing the language.

    What is odd is not saved before the question about it was answered; that question comes again in the new words.
    """
    if journey.state is None or not form.validate():
        return draw_question(journey, key, form.entered())
    answers = answers_of_round(key, form.answers(_saved(journey, key)))
    if odd := odd_answers(journey, key, answers):
        asked = asked_before(request.form.get(ASKED, ""))
        return draw_question(journey, key, form.entered(), form=form, odd=[each for each in odd if each in asked])
    if answers != journey.pages.get(key, {}):
        save_answers(visit, journey, key, answers)
    return redirect(question_address(key), 303)


def _go_on_elsewhere(journey: Journey) -> Response:
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    flash(gettext("The page you asked for is not one of your questions. Here is where you can go on."))
    return redirect(journey.resume_address(), 303)


def _saved(journey: Journey, key: str) -> Answers:
    return plain_answers(journey.pages.get(key, {}))


def _key(journey: Journey, page_id: str, number: str | None) -> str:
    """The key of the page that an address names; what no page can have is not here."""
    key = page_id if number is None else f"{page_id}/{number}"
    if journey.edition.find_page(key) is None:
        abort(404)
    return key
