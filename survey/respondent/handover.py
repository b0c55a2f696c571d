"""Somebody else goes on: asked on a page of its own, recorded as data, and the questions change their words."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from survey.i18n import gettext
from survey.questionnaire.answers import HANDOVER_PAGE, HANDOVER_TO
from survey.questionnaire.model import ChoiceItem
from survey.respondent.answer_words import AnswerWords, who_answers
from survey.respondent.finding import LostVisit, find_journey
from survey.respondent.journey import Journey
from survey.respondent.language import switch_language
from survey.respondent.live import Teller
from survey.respondent.messages import not_own_form, not_saved
from survey.respondent.pages import draw_page
from survey.respondent.preview import HANDOVER
from survey.respondent.question_pages import wording_of
from survey.respondent.saving import save_answers
from survey.respondent.tokens import is_own_form, sent_token
from survey.respondent.visit import Visit
from survey.respondent.wording import Wording
from survey.store.journal import NotSaved
from survey.store.responses import AlreadySubmitted

blueprint = Blueprint("handover", __name__)

FIELD = "handover-to"
PAGE = "page"
"""In the address: the question that was on the page."""

Reply = str | Response | tuple[str, int]


def handover_address(key: str) -> str:
    """Where one says who goes on, coming from a page of questions."""
    return f"/survey/handover?{PAGE}={key}"


@blueprint.get("/survey/handover")
def show_handover() -> Reply:
    """Ask who answers from now on."""
    _, journey, _ = _begun()
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    return _draw(journey)


@blueprint.post("/survey/handover")
def hand_over() -> Reply:
    """Save who answers from now on, and go back to the question."""
    visit, journey, item = _begun()
    chosen = request.form.get(FIELD)
    if not journey.is_open:
        raise AlreadySubmitted
    if (end := journey.end_address()) is not None:
        return redirect(end, 303)
    if switch_language():
        return _draw(journey, chosen)
    if not is_own_form():
        return _draw(journey, chosen, notice=not_own_form(sent_token())), 400
    option = next((option for option in item.options if option.code == chosen and option.answering), None)
    if option is None or option.answering is None:
        return _draw(journey, problem=gettext("Choose who answers from now on")), 422
    if option.answering is journey.path.answering:
        return redirect(_back(journey), 303)
    answers = {HANDOVER_TO: option.answering.value, HANDOVER_PAGE: _page(journey)}
    try:
        saved = save_answers(visit, journey, HANDOVER, answers)
    except NotSaved:
        return _draw(journey, chosen, notice=not_saved()), 503
    wording = wording_of(saved)
    who = who_answers(saved.edition, wording, saved.path.answering)
    said = "" if who is None else _teller(saved, wording).phrase(who)
    flash(gettext("Thank you, we have noted it. From here on: %(who)s", who=said))
    return redirect(_back(saved), 303)


def _begun() -> tuple[Visit, Journey, ChoiceItem]:
    """The journey of a response that has begun, and its question of who answers. Raises LostVisit, WaveOver."""
    visit, journey = find_journey()
    if journey.state is None:
        raise LostVisit
    item = journey.edition.answering_item
    if item is None:
        abort(404)
    return visit, journey, item


def _draw(journey: Journey, chosen: str | None = None, *, notice: str = "", problem: str = "") -> str:
    item, wording = journey.edition.answering_item, wording_of(journey)
    assert item is not None
    hint = Markup(' <span class="app-note">({})</span>')
    teller = _teller(journey, wording)
    options = [
        {
            "value": option.code,
            "html": escape(teller.phrase(wording.say(f"item.{item.id}.option.{option.code}.text", option.text)))
            + (hint.format(gettext("as now")) if option.answering is journey.path.answering else ""),
            "checked": option.code == chosen,
        }
        for option in item.options
        if option.answering is not None
    ]
    back = _back(journey)
    return draw_page(
        "respondent/handover.html",
        journey.edition,
        notice=notice,
        problem=problem,
        options=options,
        field=FIELD,
        page=_page(journey),
        back=back,
    )


def _teller(journey: Journey, wording: Wording) -> Teller:
    return AnswerWords(journey.edition, wording, journey.path.answers).teller(journey.path.pages[0])


def _page(journey: Journey) -> str:
    """The page to come back to: the one that the address names, where it is one of this person's."""
    key = request.args.get(PAGE, "")
    if journey.edition.find_page(key) is not None and journey.is_reachable(key):
        return key
    return journey.resume_page() or journey.path.pages[-1]


def _back(journey: Journey) -> str:
    return f"/survey/{_page(journey)}"
