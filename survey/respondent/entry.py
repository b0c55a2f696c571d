"""Coming in: the start page, and the address with a code from a letter."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from survey.codes import CodeError, normalise
from survey.questionnaire.model import Answering
from survey.respondent.edition import Edition
from survey.respondent.finding import LostVisit, WaveOver, journey_of
from survey.respondent.language import switch_language
from survey.respondent.messages import explain_code, no_cookie, unknown_code, used_code
from survey.respondent.offered import enter_survey
from survey.respondent.pages import draw_page, open_editions
from survey.respondent.returning import begin_visit, draw_return, own_visit, printable
from survey.respondent.site import current_format, current_locale, current_site
from survey.respondent.tokens import is_own_form
from survey.respondent.visit import current_visit
from survey.respondent.worded import purpose
from survey.store.invitations import find_invitation
from survey.store.waves import find_wave

blueprint = Blueprint("entry", __name__)

Reply = str | Response | tuple[str, int]


# --- Start ----------------------------------------------------------------------


@blueprint.get("/")
def show_start() -> Reply:
    """The start page; the list of surveys where several are open; a plain word where none is."""
    editions = open_editions()
    return _draw_start(editions, _choose(editions, request.args.get("survey")))


@blueprint.post("/")
def start() -> Reply:
    """Begin a visit. Nothing is stored yet: that takes the answer on the first page."""
    editions = open_editions()
    edition = _choose(editions, request.form.get("survey"))
    if edition is not None:
        enter_survey(edition)
    if switch_language() or edition is None:
        return redirect(request.full_path.rstrip("?"), 303)
    if not is_own_form():
        return _draw_start(editions, edition, notice=no_cookie()), 400
    return begin_visit(edition, invitation=None)


def _draw_start(editions: list[Edition], edition: Edition | None, notice: str = "") -> str:
    if edition is None:
        titles = {each.wave: each.title(current_locale()) for each in editions}
        return draw_page("respondent/choose.html", None, editions=editions, titles=titles)
    enter_survey(edition)
    return draw_page(
        "respondent/start.html",
        edition,
        notice=notice,
        unfinished=_unfinished(edition),
        purpose=_purpose(edition),
        has_results=bool(current_site().public_waves()),
    )


def _choose(editions: list[Edition], wave: str | None) -> Edition | None:
    if wave is None:
        return editions[0] if len(editions) == 1 else None
    return next((edition for edition in editions if edition.wave == wave), None)


def _purpose(edition: Edition) -> object:
    return purpose(edition.questionnaire, edition.wording(current_locale(), Answering.SELF, current_format()))


def _unfinished(edition: Edition) -> str | None:
    """Where to go on with answers of this survey that this browser has begun and not sent."""
    visit = current_visit()
    if visit is None or visit.response is None or visit.wave != edition.wave:
        return None
    try:
        journey = journey_of(visit)
    except (LostVisit, WaveOver):
        return None
    return journey.resume_address() if journey.is_open else None


# --- A code from a letter -------------------------------------------------------


@blueprint.get("/c/<code>")
def show_invitation(code: str) -> Reply:
    """A start button: opening a link must not begin anything, because mail programs open links too."""
    return _invitation_page(code)


@blueprint.post("/c/<code>")
def accept_invitation(code: str) -> Reply:
    """Begin a visit with an invitation."""
    if switch_language():
        return redirect(request.path, 303)
    if not is_own_form():
        return _invitation_page(code, notice=no_cookie(), begin=False)
    return _invitation_page(code, begin=True)


def _invitation_page(code: str, *, notice: str = "", begin: bool | None = None) -> Reply:
    site = current_site()
    code = printable(code)
    try:
        invitation = find_invitation(site.store, site.config.code_key, code)
    except CodeError as error:
        return draw_return(problem=explain_code(error), code=code), 404
    if invitation is None:
        return draw_return(problem=unknown_code(), code=code), 404
    wave = find_wave(site.store, invitation.wave)
    if wave is None or not wave.is_open:
        raise WaveOver(wave) if wave else LostVisit
    if (visit := own_visit(invitation)) is not None:
        return redirect(journey_of(visit).resume_address(), 303)
    if invitation.response is not None:
        return draw_return(problem=used_code()), 409
    edition = site.editions.of_wave(wave)
    enter_survey(edition)
    if begin:
        return begin_visit(edition, invitation=normalise(code))
    page = draw_page("respondent/start.html", edition, notice=notice, unfinished=None, purpose=_purpose(edition))
    return page if begin is None else (page, 400)
