"""The pages of findings, for staff and the group alike: the list, adding one, and who does what about it until when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from survey.export.findings import write_findings
from survey.i18n import gettext
from survey.staff.door import Refusal, admit
from survey.staff.findings.drawing import (
    Opened,
    date_in_words,
    draw_adding,
    draw_conflict,
    draw_finding,
    find_seen,
    rows_of,
    today,
    wave_named,
    waves_seen,
)
from survey.staff.findings.forms import FindingForm, FoundForm, filled
from survey.staff.findings.rules import RuleBroken, check_change, settle
from survey.staff.findings.subjects import subjects_of
from survey.staff.parts import staff_parts
from survey.staff.rights import Right
from survey.store.accounts import Account
from survey.store.findings import ChangedMeanwhile, Finding, SameFinding, add_finding, change_finding
from survey.store.journal import NotSaved

findings = Blueprint("findings", __name__, url_prefix="/findings")
"""Part of the staff's blueprint, which keeps its pages private and describes them."""

Answer = str | Refusal


@findings.context_processor
def describe() -> dict[str, Any]:
    """What the templates of findings may use."""
    return {"today": today(), "date_in_words": date_in_words}


@findings.get("/")
def listing() -> Answer:
    """What was found in the waves that the reader may see, late ones first."""
    account = admit(Right.PROMISE)
    if not isinstance(account, Account):
        return account
    waves = waves_seen(account)
    wanted = request.args.get("wave", "")
    chosen = [wave for wave in waves if wanted in ("", wave.id)]
    if waves and not chosen:
        abort(404)
    return render_template("staff/findings/list.html", waves=waves, wanted=wanted, rows=rows_of(chosen))


@findings.get("/add")
def ask() -> Answer:
    """The form for something that was found; first in which wave, where there are several."""
    account = admit(Right.PROMISE)
    if not isinstance(account, Account):
        return account
    waves = waves_seen(account)
    wanted = request.args.get("wave", waves[0].id if len(waves) == 1 else "")
    wave = wave_named(waves, wanted)
    if wave is None:
        return render_template("staff/findings/choose.html", waves=waves, wrong=bool(wanted)), 404 if wanted else 200
    return draw_adding(wave, FoundForm(data={"item": "", "area": ""}))


@findings.post("/add")
def add() -> Answer:
    """Add what was found. Sent twice it is added once."""
    account = admit(Right.PROMISE)
    if not isinstance(account, Account):
        return _keep(account)
    parts = staff_parts(current_app)
    wave = wave_named(waves_seen(account), request.args.get("wave", ""))
    if wave is None:
        abort(404)
    form = FoundForm(request.form)
    form.offer(subjects_of(parts.store, wave))
    if not _is_own_form():
        return draw_adding(wave, form, notice=_stale()), 400
    if not form.validate():
        return draw_adding(wave, form), 400
    content = form.content()
    try:
        check_change(content, content, today())
        added = add_finding(parts.store, wave.id, content, by=account, now=parts.now())
    except RuleBroken as broken:
        form.put(broken)
        return draw_adding(wave, form), 400
    except SameFinding as same:
        flash(gettext("This was in the list already. It was not added again."))
        return redirect(url_for("staff.findings.show", number=same.existing), 303)
    except NotSaved:
        return draw_adding(wave, form, notice=_not_saved()), 503
    write_findings(parts.store, parts.releases, wave.id, parts.now())
    flash(gettext("The finding is in the list. Now you can say who does what about it, and until when."))
    return redirect(url_for("staff.findings.show", number=added.id), 303)


@findings.get("/<int:number>")
def show(number: int) -> Answer:
    """A finding, the form to change it, what people read of it, and its history."""
    account = admit(Right.PROMISE)
    if not isinstance(account, Account):
        return account
    finding, wave = find_seen(number, account)
    return draw_finding(Opened(finding, wave, filled(finding.content), finding.revision), finding.content)


@findings.post("/<int:number>")
def change(number: int) -> Answer:
    """Save what was changed, unless somebody else has saved since the form was opened."""
    account = admit(Right.PROMISE)
    if not isinstance(account, Account):
        return _keep(account)
    parts = staff_parts(current_app)
    finding, wave = find_seen(number, account)
    revision = _revision(finding)
    form = FindingForm(request.form)
    opened = Opened(finding, wave, form, revision)
    form.offer(subjects_of(parts.store, wave))
    if not _is_own_form():
        return draw_finding(opened, finding.content, notice=_stale()), 400
    if not form.validate():
        return draw_finding(opened, finding.content), 400
    after = settle(finding.content, form.content())
    if after == finding.content:
        flash(gettext("It says exactly that already."))
        return redirect(url_for("staff.findings.show", number=number), 303)
    try:
        if revision != finding.revision:
            raise ChangedMeanwhile(finding)
        check_change(finding.content, after, today())
        if request.form.get("action") == "look":
            return draw_finding(opened, after, notice=gettext("This is not saved yet."))
        change_finding(parts.store, number, after, revision=revision, by=account, now=parts.now())
    except RuleBroken as broken:
        form.put(broken)
        return draw_finding(opened, finding.content), 400
    except ChangedMeanwhile as error:
        return draw_conflict(opened, error.current, after), 409
    except NotSaved:
        return draw_finding(opened, after, notice=_not_saved()), 503
    write_findings(parts.store, parts.releases, wave.id, parts.now())
    flash(gettext("Saved."))
    return redirect(url_for("staff.findings.show", number=number), 303)


KEEP_WHAT_WAS_TYPED = (add, change)
"""Views that check the form's token themselves, so that one that is too old costs nobody what they wrote."""


# --- What was sent ----------------------------------------------------------------


def _is_own_form() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _revision(finding: Finding) -> int:
    """The revision that the form was opened at; 400 for one that the finding never had."""
    sent = request.form.get("revision", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 10 and 1 <= int(sent) <= finding.revision):
        abort(400)
    return int(sent)


def _keep(refusal: Refusal) -> Refusal:
    """Who is signed out while writing is told so, and finds what they wrote on the page; another role is refused."""
    if isinstance(refusal, tuple):
        return refusal
    texts = (request.form.get(name, "").strip() for name in ("found", "owner", "promise", "outcome"))
    return render_template("staff/findings/signed_out.html", typed=[text for text in texts if text]), 403


def _stale() -> str:
    return gettext("This page was open for a long time. What you typed is still here. Press the button again.")


def _not_saved() -> str:
    return gettext("We could not save this just now. What you typed is still here. Try again in a minute.")
