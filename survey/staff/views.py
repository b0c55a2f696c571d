"""The staff pages: signing in with a link or a code, what fieldwork there is, signing out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from survey.config import Config
from survey.export.leaving import Leaving
from survey.i18n import Languages
from survey.staff.drafts import broken_files, drafts
from survey.staff.findings.drawing import date_in_words
from survey.staff.findings.views import findings
from survey.staff.folder import CountFindings, QuestionnaireFolder
from survey.staff.forms import CodeForm
from survey.staff.link_mail import LinkMail
from survey.staff.offers.views import offers
from survey.staff.parts import StaffParts, keep_parts, staff_parts
from survey.staff.reading.pages import words
from survey.staff.rights import Right, may
from survey.staff.session import current_account, sign_in, sign_out
from survey.staff.sponsor import owed_answers
from survey.store.accounts import Account, LinkError, LinkProblem, SignedIn, spend_code, spend_link
from survey.store.connect import Store
from survey.store.counts import ResponseCounts, count_responses
from survey.store.waves import Wave, list_waves

staff = Blueprint("staff", __name__, url_prefix="/staff")
staff.register_blueprint(drafts)
staff.register_blueprint(findings)
staff.register_blueprint(offers)
staff.register_blueprint(words)

ENGLAND = ZoneInfo("Europe/London")

LONGEST_NAME = 100

Page = tuple[str, int]

_LINK_STATUS = {LinkProblem.UNKNOWN: 404, LinkProblem.SPENT: 410, LinkProblem.EXPIRED: 410}


@dataclass(frozen=True)
class WaveRow:
    """One wave as the staff page shows it."""

    wave: Wave
    counts: ResponseCounts


def init_staff(
    app: Flask,
    *,
    config: Config,
    store: Store,
    languages: Languages,
    now: Callable[[], datetime],
    count_findings: CountFindings,
    leaving: Leaving | None = None,
) -> None:
    """Give the survey's application its staff pages."""
    folder = QuestionnaireFolder(config.questionnaires, count_findings)
    releases, mail = config.data / "releases", None
    if config.mail is not None:
        mail = LinkMail(store, config.code_key, config.mail, config.url, now)
    keep_parts(
        app, StaffParts(store, config.code_key, now, languages, folder, releases, leaving=leaving, link_mail=mail)
    )
    app.register_blueprint(staff)


@staff.after_request
def keep_private(response: Response) -> Response:
    """A page of staff is kept by no browser, and an address with a link in it goes to no other site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@staff.context_processor
def describe() -> dict[str, Any]:
    """What every template of staff may use."""
    waves = list_waves(staff_parts(current_app).store)
    return {
        "made_up": any(wave.made_up for wave in waves),
        "day": day,
        "format_decimal": format_decimal,
    }


@staff.get("/")
def landing() -> str | Page | AnyResponse:
    """What fieldwork there is, for a role that sees it; for partners where results and findings are."""
    account = _account()
    if account is None:
        return redirect(url_for("staff.ask"), 303)
    store = staff_parts(current_app).store
    owing = {
        "owed": owed_answers(store, account.id),
        "date_in_words": date_in_words,
        "today": staff_parts(current_app).now().astimezone(ENGLAND).date(),
    }
    if not may(account.role, Right.FIELDWORK):
        if may(account.role, Right.PROMISE):
            in_group = may(account.role, Right.GROUP)
            return render_template("staff/partners.html", account=account, in_group=in_group, **owing)
        if may(account.role, Right.TRANSLATE):
            return render_template("staff/translators.html", account=account, **owing)
        return render_template("staff/not_for_role.html", account=account, **owing), 403
    broken = broken_files(staff_parts(current_app).folder.read(), store)
    counts = count_responses(store)
    rows = [WaveRow(wave, counts.get(wave.id, ResponseCounts(0, 0, 0))) for wave in reversed(list_waves(store))]
    keeps_members, translates = may(account.role, Right.RUN_GROUP), may(account.role, Right.TRANSLATE)
    return render_template(
        "staff/landing.html",
        account=account,
        rows=rows,
        broken=broken,
        keeps_members=keeps_members,
        translates=translates,
        **owing,
    )


@staff.get("/sign-in")
def ask() -> str | AnyResponse:
    """How to sign in, and the form for a six-digit code."""
    if _account() is not None:
        return redirect(url_for("staff.landing"), 303)
    return _draw_sign_in(CodeForm())


@staff.post("/sign-in")
def use_code() -> Page | AnyResponse:
    """Sign in with name and code. What is wrong is answered alike for every name, so names cannot be found out."""
    form = CodeForm(request.form)
    if not form.validate():
        return _draw_sign_in(form), 400
    parts = staff_parts(current_app)
    name, now = form.name.data, parts.now()
    if parts.wrong_tries.too_many(name, now):
        return _refused(LinkProblem.TOO_MANY_TRIES), 429
    try:
        signed_in = spend_code(parts.store, parts.key, name, form.code.data, now)
    except LinkError:
        parts.wrong_tries.add(name, now)
        if parts.wrong_tries.too_many(name, now):
            return _refused(LinkProblem.TOO_MANY_TRIES), 429
        form.code.errors = [_("That name and code do not go together, or the code is too old. Ask for a new link")]
        return _draw_sign_in(form), 403
    return _land(signed_in)


@staff.post("/mail-link")
def mail_link() -> Page | AnyResponse:
    """Mail a link to whoever has this name; what is answered does not say whether there is somebody."""
    mail, name = staff_parts(current_app).link_mail, " ".join(request.form.get("mail_name", "").split())
    if mail is None:
        abort(404)
    if name and len(name) <= LONGEST_NAME:
        mail.send(name)
    return redirect(url_for("staff.link_mailed"), 303)


@staff.get("/link-mailed")
def link_mailed() -> str:
    """Where to look now."""
    return render_template("staff/link_mailed.html")


@staff.get("/sign-in/<token>")
def show_link(token: str) -> str:
    """A button: programs that look through mail open every link, and must not use it up."""
    return render_template("staff/link.html", token=token)


@staff.post("/sign-in/<token>")
def use_link(token: str) -> Page | AnyResponse:
    """Sign in with a link, which works once."""
    parts = staff_parts(current_app)
    try:
        signed_in = spend_link(parts.store, parts.key, token, parts.now())
    except LinkError as error:
        return _refused(error.kind), _LINK_STATUS[error.kind]
    return _land(signed_in)


@staff.post("/sign-out")
def leave() -> AnyResponse:
    """Sign out of this browser."""
    sign_out(session)
    return redirect(url_for("staff.ask"), 303)


def day(moment: datetime) -> str:
    """The day it was in England at that moment, as "5 Oct 2026" (in English)."""
    written: str = format_date(moment.astimezone(ENGLAND).date(), "d MMM y", rebase=False)
    return written


def _draw_sign_in(form: CodeForm) -> str:
    can_mail = staff_parts(current_app).link_mail is not None
    return render_template("staff/sign_in.html", form=form, can_mail=can_mail)


def _account() -> Account | None:
    parts = staff_parts(current_app)
    return current_account(session, parts.store, parts.now())


def _land(signed_in: SignedIn) -> AnyResponse:
    """Begin the session where the person's work is: a member of the group finds its rounds."""
    sign_in(session, signed_in, staff_parts(current_app).now())
    is_member = may(signed_in.account.role, Right.GROUP)
    return redirect("/review/" if is_member else url_for("staff.landing"), 303)


def _refused(problem: LinkProblem) -> str:
    return render_template("staff/refused.html", problem=problem)
