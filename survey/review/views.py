"""The workspace of the co-production group, at /review/: its parts put together, and what holds for all its pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request
from flask_wtf.csrf import validate_csrf
from werkzeug.wrappers import Response as AnyResponse
from wtforms import ValidationError

from survey.coproduction.refusals import Refused
from survey.dates import write_date, write_day
from survey.i18n import gettext
from survey.questionnaire.model import Format
from survey.respondent.site import current_site, interface_locale
from survey.review.circle.told import told
from survey.review.circle.views import circle
from survey.review.deciding.decided import decided
from survey.review.deciding.on_paper import on_paper
from survey.review.deciding.views import deciding
from survey.review.door import Answer, Guest, current_guest, typed_texts
from survey.review.fair.views import fair
from survey.review.outside import Outside, keep_outside
from survey.review.people.views import people
from survey.review.people.welcome import steps_to_show
from survey.review.reading.views import reading
from survey.review.reasons import explain
from survey.review.rounds.preparing import preparing
from survey.review.rounds.views import rounds
from survey.review.saying.views import saying
from survey.review.translating.views import translating
from survey.review.versions.asking import asking
from survey.review.versions.past import past
from survey.review.versions.views import versions
from survey.staff.rights import Right, may
from survey.store.group.acting import UnknownRound
from survey.store.journal import NotSaved
from survey.store.waves import list_waves

review = Blueprint("review", __name__, url_prefix="/review")

_LARGEST = 2**63 - 1

PARTS: tuple[Blueprint, ...] = (
    deciding,
    decided,
    on_paper,
    rounds,
    preparing,
    reading,
    fair,
    circle,
    people,
    saying,
    versions,
    asking,
    past,
    translating,
)
"""The parts of the workspace; each guards its own pages with `door.admit`."""

for _part in PARTS:
    review.register_blueprint(_part)


def init_review(app: Flask, outside: Outside) -> None:
    """Give the survey's application the workspace of the group."""
    keep_outside(app, outside)
    app.register_blueprint(review)
    app.register_blueprint(told)


@review.before_request
def check_token() -> Answer | None:
    """Refuse a form that is not from a page of this browser; what was typed into it is given back.

    The application's own check is switched off here: it answers with an error page and drops the text.
    """
    if request.method == "POST":
        try:
            validate_csrf(request.form.get("csrf_token"))
        except ValidationError:
            return render_template("review/kept.html", typed=typed_texts(), signed_out=False), 400
    return None


@review.url_value_preprocessor
def keep_numbers_small(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Ask the store for no larger number than it can be asked for: there is nothing of that number either."""
    if values:
        values.update({name: min(value, _LARGEST) for name, value in values.items() if isinstance(value, int)})


@review.after_request
def keep_private(response: Response) -> Response:
    """What the group says among itself is kept by no browser and found by no search."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@review.context_processor
def describe() -> dict[str, Any]:
    """What every template of the group may use."""
    site = current_site()
    guest = current_guest()
    person = guest.person if guest is not None else None
    return {
        "account": guest.account if guest is not None else None,
        "sections": _sections(guest) if guest is not None else (),
        "formats": (Format.STANDARD, Format.EASYREAD),
        "made_up": any(wave.made_up for wave in list_waves(site.store)),
        "today": site.today(),
        "date_in_words": date_in_words,
        "day_in_words": day_in_words,
        "first_steps": steps_to_show(person),
    }


def date_in_words(day: date) -> str:
    """A day in the language of the request."""
    return write_date(day, interface_locale())


def day_in_words(moment: datetime) -> str:
    """The day it was in England at a moment, in the language of the request."""
    return write_day(moment, interface_locale())


@review.errorhandler(Refused)
def say_why_not(refused: Refused) -> tuple[str, int]:
    """What a rule refused and no form has taken up: the reasons, and what was typed."""
    return render_template("review/refused.html", reasons=explain(refused), typed=typed_texts()), 409


@review.errorhandler(UnknownRound)
def say_no_such_round(error: UnknownRound) -> AnyResponse | tuple[str, int]:
    """A round that there is not: like any other address that leads nowhere."""
    return render_template("review/refused.html", reasons=[gettext("There is no such round.")], typed=[]), 404


@review.errorhandler(NotSaved)
def say_not_saved(error: NotSaved) -> tuple[str, int]:
    """The disk failed: nothing that was saved before is lost, and what was typed is given back."""
    reasons = [gettext("We could not save this just now. Try again in a minute.")]
    return render_template("review/refused.html", reasons=reasons, typed=typed_texts()), 503


def _sections(guest: Guest) -> tuple[tuple[str, str], ...]:
    """Addresses and names in the bar at the top."""
    translating = ("/review/translate/", gettext("Translations"))
    if not may(guest.account.role, Right.GROUP):
        return (translating,) if may(guest.account.role, Right.TRANSLATE) else ()
    shared = (
        ("/review/", gettext("Rounds")),
        ("/review/mine", gettext("What happened to what I said")),
        ("/review/group", gettext("The group")),
        ("/review/me", gettext("About me")),
        ("/review/fair", gettext("Is it fair?")),
        translating,
        ("/staff/", gettext("Results and findings")),
    )
    if guest.person.may_facilitate:
        return (*shared, ("/review/members", gettext("Members")), ("/review/ledger", gettext("Time and pay")))
    return shared
