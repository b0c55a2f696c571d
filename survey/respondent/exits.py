"""Leaving so that nothing is left behind: at once, to another website, or when one has finished; and whom to call."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, redirect, request, session
from werkzeug.wrappers import Response

from survey.i18n import gettext
from survey.looks import Looks
from survey.questionnaire.model import Format
from survey.respondent.comfort import keep_looks
from survey.respondent.pages import draw_page, visited_edition
from survey.respondent.site import current_format, current_locale, current_site, look_as
from survey.speaking import Replies, in_one_language

blueprint = Blueprint("exits", __name__)

FORGOTTEN = "/finished"


@blueprint.get("/leave-now")
def leave_now() -> Response:
    """Forget who is here, and go to another website. What was saved stays saved.

    A link on another website does not make anyone forget. Nothing is asked of Clear-Site-Data: we keep nothing that it
    would clear but cookies, which it would clear of the whole domain, and it makes browsers wait.
    """
    reply = redirect(current_site().config.leave_to, 303)
    if request.headers.get("Sec-Fetch-Site") != "cross-site":
        forget_everything(reply)
    return reply


@blueprint.get(FORGOTTEN)
def show_forgotten() -> str:
    """That this device has forgotten; the address says in which words, because no cookie does any more."""
    locale, format = request.args.get("language", ""), request.args.get("format", "")
    if locale in current_site().languages.locales:
        look_as(locale, Format(format) if format in list(Format) else Format.STANDARD)
    return draw_page("respondent/forgotten.html", visited_edition())


@blueprint.get("/help/support")
def show_support() -> str:
    """People to talk to."""
    return draw_page("respondent/support.html", visited_edition(), leave_now=True)


def presses_to_leave() -> Replies:
    """What is said after Escape was pressed once, and after it was pressed twice."""
    return in_one_language(
        gettext("Press Escape two more times to leave this page."),
        gettext("Press Escape one more time to leave this page."),
    )


def finish_here() -> Response:
    """Make this device forget everything, and say so."""
    said = urlencode({"language": current_locale(), "format": current_format()})
    reply = redirect(f"{FORGOTTEN}?{said}", 303)
    forget_everything(reply)
    return reply


def forget_everything(reply: Response) -> None:
    """Take both cookies out of the browser: answers, language and format, and how pages look."""
    session.clear()
    keep_looks(reply, Looks())
