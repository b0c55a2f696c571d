"""Staff's pages of people's own words: which questions there are, the code frame of each, and publishing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey.dates import ENGLAND
from survey.export.leaving import NothingLeaves
from survey.staff.door import Refusal, admit
from survey.staff.parts import staff_parts
from survey.staff.reading.desk import Desk, all_desks, contact_of, find_wave_or_404, open_desk
from survey.staff.reading.messages import explain, explain_why_nothing_leaves, say_sign
from survey.staff.rights import Right
from survey.store.accounts import Account, list_accounts
from survey.store.coding import LONGEST_LABEL, LONGEST_MEANING, LONGEST_QUOTE, CodingError
from survey.store.journal import NotSaved
from survey.store.themes import add_theme, agree_theme, retire_theme
from survey.store.waves import Wave

words = Blueprint("words", __name__, url_prefix="/words")
"""Part of the staff's blueprint, which keeps its pages private and describes them."""

Answer = str | Refusal

_ON_THEMES = {"agree": agree_theme, "retire": retire_theme}


@words.context_processor
def describe() -> dict[str, Any]:
    """What the templates of these pages may use."""
    return {
        "say_sign": say_sign,
        "longest": {"label": LONGEST_LABEL, "meaning": LONGEST_MEANING, "quote": LONGEST_QUOTE},
    }


@words.errorhandler(CodingError)
def refuse(error: CodingError) -> tuple[str, int]:
    """What cannot be done is said, and nothing has changed."""
    return render_template("staff/reading/refused.html", reason=explain(error.kind)), 409


@words.errorhandler(NotSaved)
def not_saved(error: NotSaved) -> tuple[str, int]:
    """The disk failed; whatever was sent is not in the store."""
    return render_template("staff/reading/refused.html", reason=None), 503


@words.get("/")
def listing() -> Answer:
    """Every question that people answered in their own words, and how far its reading is."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    parts = staff_parts(current_app)
    desks = all_desks(parts, account)
    contact = contact_of(parts, desks[0][0]) if desks else None
    return render_template("staff/reading/list.html", waves=desks, contact=contact)


@words.get("/<wave>/<item>/")
def show(wave: str, item: str) -> Answer:
    """One question: what there is to do, and its code frame."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    return draw_question(open_desk(staff_parts(current_app), account, wave, item))


@words.post("/<wave>/<item>/themes")
def suggest(wave: str, item: str) -> Answer:
    """Suggest a theme; what is wrong with it is said beside what was typed."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    parts = staff_parts(current_app)
    desk = open_desk(parts, account, wave, item)
    typed = {name: request.form.get(name, "") for name in ("label", "meaning")}
    try:
        add_theme(parts.store, account, wave=wave, item=item, now=parts.now(), **typed)
    except CodingError as error:
        return draw_question(desk, typed={name: text[:1000] for name, text in typed.items()}, problem=error), 400
    return redirect(url_for("staff.words.show", wave=wave, item=item), 303)


@words.post("/<wave>/<item>/themes/<theme>")
def decide_theme(wave: str, item: str, theme: str) -> Answer:
    """Agree to a theme, or retire it."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    parts = staff_parts(current_app)
    open_desk(parts, account, wave, item)
    change = _ON_THEMES.get(request.form.get("decision", ""))
    if change is None:
        abort(400)
    change(parts.store, account, wave=wave, item=item, theme=theme, now=parts.now())
    return redirect(url_for("staff.words.show", wave=wave, item=item), 303)


def draw_question(desk: Desk, typed: Mapping[str, str] | None = None, problem: CodingError | None = None) -> str:
    """The page of a question."""
    parts = staff_parts(current_app)
    return render_template(
        "staff/reading/question.html",
        desk=desk,
        contact=contact_of(parts, desk.wave),
        names={account.id: account.name for account in list_accounts(parts.store)},
        typed=typed or {},
        problem=explain(problem.kind) if problem else None,
    )


@words.get("/<wave>/publish")
def look(wave: str) -> Answer:
    """What would leave, or why nothing does."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    found = find_wave_or_404(staff_parts(current_app), wave)
    return _draw_leaving(found)


@words.post("/<wave>/publish")
def let_out(wave: str) -> Answer:
    """Publish what was looked at; where it has changed meanwhile it is shown again."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    parts = staff_parts(current_app)
    found = find_wave_or_404(parts, wave)
    leaving = parts.leaving
    if leaving is None:
        abort(404)
    today = parts.now().astimezone(ENGLAND).date()
    try:
        if _stamp(leaving.look(parts.store, found, today)) != request.form.get("seen"):
            return _draw_leaving(found, changed=True), 409
        leaving.publish(parts.store, found, today)
    except NothingLeaves:
        return _draw_leaving(found), 409
    return redirect(url_for("staff.words.published", wave=wave), 303)


@words.get("/<wave>/published")
def published(wave: str) -> Answer:
    """That it is done, and where it can be seen."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    found = find_wave_or_404(staff_parts(current_app), wave)
    return render_template("staff/reading/published.html", wave=found)


def _draw_leaving(wave: Wave, *, changed: bool = False) -> str:
    parts = staff_parts(current_app)
    if parts.leaving is None:
        abort(404)
    try:
        leaves = parts.leaving.look(parts.store, wave, parts.now().astimezone(ENGLAND).date())
    except NothingLeaves as error:
        why = explain_why_nothing_leaves(error.why)
        return render_template("staff/reading/publish.html", wave=wave, why=why, leaves=None)
    return render_template(
        "staff/reading/publish.html", wave=wave, why=None, leaves=leaves, stamp=_stamp(leaves), changed=changed
    )


def _stamp(leaves: Mapping[str, Any]) -> str:
    """Tells what was looked at from anything else."""
    return hashlib.sha256(json.dumps(leaves, sort_keys=True).encode()).hexdigest()[:16]


def back_to(desk: Desk) -> Response:
    """To the page of the question."""
    return redirect(url_for("staff.words.show", wave=desk.wave.id, item=desk.question.item), 303)
