"""The pages of the gate: what a wave offers, on what terms, and who has checked it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from survey.adjudication.gate import Kind, Offer, OfferRefused, Terms, is_written_in_latin, latest_about, terms_of
from survey.i18n import gettext, language
from survey.offering import Standing, standings
from survey.questionnaire.model import Format
from survey.staff.door import Refusal, admit
from survey.staff.offers.forms import OfferForm, ReviewForm, filled
from survey.staff.offers.messages import explain
from survey.staff.parts import StaffParts, staff_parts
from survey.staff.rights import Right
from survey.store.accounts import Account
from survey.store.format_reviews import note_review, reviews_of
from survey.store.journal import NotSaved
from survey.store.offers import offer, offers_of, times_decided, withdraw
from survey.store.versions import load_version
from survey.store.waves import Wave, find_wave

offers = Blueprint("offers", __name__, url_prefix="/waves/<wave>/offers")
"""Part of the staff's blueprint, which keeps its pages private and describes them."""

Answer = str | Refusal


@dataclass(frozen=True)
class Row:
    """One language or format of a wave: how far it is, and what was decided about it."""

    standing: Standing
    terms: Terms | None
    """None where it is not offered."""
    latest: Offer | None
    times_decided: int


@dataclass(frozen=True)
class Gate:
    """A wave and everything that it could offer."""

    parts: StaffParts
    wave: Wave

    @cached_property
    def rows(self) -> Mapping[tuple[Kind, str], Row]:
        """By kind and name, English and the standard format first."""
        questionnaire = load_version(self.parts.store, self.wave.version)
        decided = offers_of(self.parts.store, self.wave.id)
        return {
            (each.kind, each.name): Row(
                each,
                terms_of(decided, each.kind, each.name, is_agreed=each.is_agreed),
                latest_about(decided, each.kind, each.name),
                times_decided(decided, each.kind, each.name),
            )
            for each in standings(self.parts.store, self.parts.languages, questionnaire)
        }

    def names(self, kind: Kind) -> frozenset[str]:
        """What there is of a kind."""
        return frozenset(name for known, name in self.rows if known is kind)


@offers.context_processor
def describe() -> dict[str, Any]:
    """What the templates of the gate may use."""
    return {"language_of": language, "is_in_latin": is_written_in_latin}


@offers.get("/")
def listing(wave: str) -> Answer:
    """Every language and format, and whether people can choose it."""
    account = admit(Right.FIELDWORK)
    if not isinstance(account, Account):
        return account
    gate = _find_gate(wave)
    of_kind = {str(kind): [row for (known, _), row in gate.rows.items() if known is kind] for kind in Kind}
    return render_template("staff/offers/list.html", wave=gate.wave, of_kind=of_kind)


@offers.get("/<kind>/<name>")
def show(wave: str, kind: str, name: str) -> Answer:
    """One language or format, and the forms to decide about it."""
    account = admit(Right.FIELDWORK)
    if not isinstance(account, Account):
        return account
    gate, row = _find_row(wave, kind, name)
    return _draw(gate, row)


@offers.post("/<kind>/<name>")
def decide(wave: str, kind: str, name: str) -> Answer:
    """Offer it on these terms, or take it back."""
    account = admit(Right.FIELDWORK)
    if not isinstance(account, Account):
        return _keep(account, "because", "interpreter")
    gate, row = _find_row(wave, kind, name)
    form = OfferForm(request.form)
    if not _is_own_form():
        return _draw(gate, row, form=form, notice=_stale()), 400
    is_withdrawn = request.form.get("action") == "withdraw"
    if not is_withdrawn and not form.validate():
        return _draw(gate, row, form=form), 400
    act = _withdraw if is_withdrawn else _offer
    try:
        flash(act(gate, row, form, account))
    except OfferRefused as refused:
        notice = "" if form.put(refused.reason) else explain(refused.reason)
        gate, row = _find_row(wave, kind, name)
        return _draw(gate, row, form=form, notice=notice), 409 if notice else 400
    except NotSaved:
        return _draw(gate, row, form=form, notice=_not_saved()), 503
    return redirect(url_for("staff.offers.show", wave=wave, kind=kind, name=name), 303)


@offers.post("/format/<name>/review")
def review(wave: str, name: str) -> Answer:
    """Note what somebody said who looked at a format."""
    account = admit(Right.FIELDWORK)
    if not isinstance(account, Account):
        return _keep(account, "reviewer", "words")
    gate, row = _find_row(wave, Kind.FORMAT, name)
    form = ReviewForm(request.form)
    if not _is_own_form():
        return _draw(gate, row, review=form, notice=_stale()), 400
    if not form.validate():
        return _draw(gate, row, review=form), 400
    try:
        note_review(
            gate.parts.store,
            gate.wave.questionnaire,
            gate.wave.version,
            Format(name),
            reviewer=form.reviewer.data,
            uses_it=form.uses_it.data == "yes",
            agrees=form.agrees.data == "yes",
            words=form.words.data,
            by=account.name,
            now=gate.parts.now(),
        )
    except OfferRefused as refused:
        notice = "" if form.put(refused.reason) else explain(refused.reason)
        return _draw(gate, row, review=form, notice=notice), 400
    except NotSaved:
        return _draw(gate, row, review=form, notice=_not_saved()), 503
    flash(gettext("Saved."))
    return redirect(url_for("staff.offers.show", wave=wave, kind="format", name=name), 303)


KEEP_WHAT_WAS_TYPED: tuple[Callable[..., Answer], ...] = (decide, review)
"""Views that check the form's token themselves, so that one that is too old costs nobody what they wrote."""


# --- What was asked for -----------------------------------------------------------


def _find_gate(wave: str) -> Gate:
    parts = staff_parts(current_app)
    found = find_wave(parts.store, wave)
    if found is None:
        abort(404)
    return Gate(parts, found)


def _find_row(wave: str, kind: str, name: str) -> tuple[Gate, Row]:
    gate = _find_gate(wave)
    row = gate.rows.get((Kind(kind), name)) if kind in list(Kind) else None
    if row is None:
        abort(404)
    return gate, row


def _offer(gate: Gate, row: Row, form: OfferForm, account: Account) -> str:
    kind, name = row.standing.kind, row.standing.name
    changed = offer(
        gate.parts.store,
        gate.wave.id,
        form.proposal(kind, name),
        there_are=gate.names(kind),
        is_agreed=row.standing.is_agreed,
        by=account.name,
        now=gate.parts.now(),
        seen=_seen(),
    )
    return gettext("Saved.") if changed else gettext("It says exactly that already.")


def _withdraw(gate: Gate, row: Row, form: OfferForm, account: Account) -> str:
    kind, name = row.standing.kind, row.standing.name
    withdraw(
        gate.parts.store,
        gate.wave.id,
        kind,
        name,
        there_are=gate.names(kind),
        is_agreed=row.standing.is_agreed,
        by=account.name,
        now=gate.parts.now(),
        seen=_seen(),
    )
    return gettext("It is offered no more. People who have begun in it go on in it.")


def _seen() -> int:
    """How often it was decided on when the form was opened; 400 for what is no such number."""
    sent = request.form.get("seen", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 10):
        abort(400)
    return int(sent)


def _is_own_form() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


# --- What is answered -------------------------------------------------------------


def _draw(
    gate: Gate, row: Row, *, form: OfferForm | None = None, review: ReviewForm | None = None, notice: str = ""
) -> str:
    kind, name = row.standing.kind, row.standing.name
    said = reviews_of(gate.parts.store, gate.wave.version, Format(name)) if kind is Kind.FORMAT else ()
    return render_template(
        "staff/offers/one.html",
        wave=gate.wave,
        row=row,
        form=form or filled(row.terms, is_agreed=row.standing.is_agreed),
        review=review or ReviewForm(),
        said=said,
        notice=notice,
    )


def _keep(refusal: Refusal, *names: str) -> Refusal:
    """Who is signed out while writing is told so, and finds what they wrote on the page; another role is refused."""
    if isinstance(refusal, tuple):
        return refusal
    texts = (request.form.get(name, "").strip() for name in names)
    return render_template("staff/findings/signed_out.html", typed=[text for text in texts if text]), 403


def _stale() -> str:
    return gettext("This page was open for a long time. What you typed is still here. Press the button again.")


def _not_saved() -> str:
    return gettext("We could not save this just now. What you typed is still here. Try again in a minute.")
