"""The pages round a preview: which questionnaire, as whom, in what language and format, from which page on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request
from werkzeug.wrappers import Response

from survey.i18n import Phrase, gettext
from survey.questionnaire.model import Answering, Format
from survey.questionnaire.rounds import page_key
from survey.respondent.edition import Edition
from survey.respondent.language import switch_language
from survey.respondent.messages import no_cookie
from survey.respondent.offered import enter_survey
from survey.respondent.pages import draw_page
from survey.respondent.preview import BrokenDraft, begin_preview, draft_edition, end_preview
from survey.respondent.site import change_format, change_locale, current_format, current_locale, current_site
from survey.respondent.tokens import is_own_form

blueprint = Blueprint("previewing", __name__, url_prefix="/preview")

Reply = str | Response | tuple[str, int]


@dataclass(frozen=True)
class ListedFile:
    """A file to try out; what cannot be used has no title."""

    id: str
    title: Phrase | None


@dataclass(frozen=True)
class ListedPage:
    """A page to begin with."""

    key: str
    name: str


@blueprint.before_request
def check_staff() -> Response | None:
    """The guard of /staff/, which says itself what is missing."""
    return None if current_site().sees_drafts() else redirect("/staff/", 303)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """A draft is kept by no browser and found by no search."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/")
def show_drafts() -> Reply:
    """Every questionnaire file there is."""
    names = sorted(path.stem for path in current_site().config.questionnaires.glob("*.json"))
    files = [ListedFile(name, _title(name)) for name in names]
    return draw_page("respondent/preview_list.html", None, files=files)


@blueprint.get("/<questionnaire>")
def show_preview(questionnaire: str) -> Reply:
    """Ask how to try it out."""
    return _draw_start(_draft(questionnaire))


@blueprint.post("/<questionnaire>")
def begin(questionnaire: str) -> Reply:
    """Begin on the page that was chosen. A real visit of this browser waits meanwhile."""
    edition = _draft(questionnaire)
    if switch_language():
        return _draw_start(edition)
    if not is_own_form():
        return _draw_start(edition, notice=no_cookie()), 400
    page = request.form.get("page", "")
    answering, format = request.form.get("answering"), request.form.get("as")
    if edition.find_page(page) is None or answering not in set(Answering) or format not in edition.formats:
        return _draw_start(edition, notice=gettext("Choose from what is on this page.")), 422
    change_locale(request.form.get("locale", ""))
    change_format(format)
    begin_preview(questionnaire, edition, Answering(answering))
    return redirect(f"/survey/{page}", 303)


@blueprint.get("/<questionnaire>/leave")
def leave(questionnaire: str) -> Response:
    """Forget what was tried out."""
    end_preview()
    return redirect(f"/preview/{questionnaire}", 303)


def _draft(questionnaire: str) -> Edition:
    try:
        edition = draft_edition(questionnaire)
    except LookupError:
        abort(404)
    enter_survey(edition)
    return edition


def _title(questionnaire: str) -> Phrase | None:
    try:
        return draft_edition(questionnaire).title(current_locale())
    except (LookupError, BrokenDraft):
        return None


def _chosen_format(edition: Edition) -> str:
    """The format that is marked: what was sent or is read in now, where the questionnaire has it."""
    chosen = request.values.get("as") or current_format()
    return chosen if chosen in edition.formats else Format.STANDARD


def _draw_start(edition: Edition, notice: str = "") -> str:
    return draw_page(
        "respondent/preview.html",
        edition,
        notice=notice,
        pages=tuple(_pages(edition)),
        roles={
            Answering.SELF: gettext("Someone who answers for themselves"),
            Answering.SUPPORTED: gettext("Someone who answers for themselves, with help"),
            Answering.PROXY: gettext("Someone who answers for another adult"),
            Answering.CHILD: gettext("Someone who answers for a child"),
        },
        chosen_format=_chosen_format(edition),
        chosen={name: request.values.get(name) for name in ("page", "answering", "locale")},
    )


def _pages(edition: Edition) -> Iterator[ListedPage]:
    for placed in edition.router.pages:
        rounds = edition.router.rounds.get(placed.section.id)
        first = None if rounds is None else min(rounds.places.values(), default=1)
        yield ListedPage(page_key(placed.page.id, first), placed.page.id)
