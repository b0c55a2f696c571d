"""Approving quotes: somebody other than the proposer sees the redacted words, without the rest of the answer."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import abort, current_app, redirect, render_template, request, url_for

from survey.dates import ENGLAND
from survey.staff.door import admit
from survey.staff.parts import StaffParts, staff_parts
from survey.staff.reading.desk import contact_of, find_wave_or_404, questions_of
from survey.staff.reading.hints import Hint, find_hints
from survey.staff.reading.views import Answer, words
from survey.staff.rights import Right
from survey.store.accounts import Account
from survey.store.coding import CodingError, Refusal
from survey.store.quotes import Quote, approve_quote, load_quotes, refuse_quote
from survey.store.themes import load_frame
from survey.store.waves import Wave

_log = logging.getLogger(__name__)

_DECISIONS = {"approve": approve_quote, "refuse": refuse_quote}


@dataclass(frozen=True)
class QuoteRow:
    """One quote as the page shows it."""

    quote: Quote
    question: str
    theme: str
    hints: tuple[Hint, ...]


@words.get("/<wave>/quotes")
def list_quotes(wave: str) -> Answer:
    """What is proposed, and what is approved."""
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    return _draw(find_wave_or_404(staff_parts(current_app), wave), account)


@words.post("/<wave>/quotes/<int:quote>")
def decide_quote(wave: str, quote: int) -> Answer:
    """Approve a quote or refuse it; refusing one takes it back from what is published.

    Refusing it again tries that again, where it failed before; the decision stands in any case.
    """
    account = admit(Right.WORDS)
    if not isinstance(account, Account):
        return account
    parts = staff_parts(current_app)
    found = find_wave_or_404(parts, wave)
    decision = request.form.get("decision", "")
    change = _DECISIONS.get(decision)
    if change is None or quote >= 2**63:
        abort(400)
    try:
        change(parts.store, account, wave=wave, quote=quote, now=parts.now())
    except CodingError as error:
        if decision != "refuse" or error.kind is not Refusal.ALREADY_DECIDED:
            raise
    if decision == "refuse" and not _take_back(parts, found):
        return _draw(found, account, still_published=quote), 503
    return redirect(url_for("staff.words.list_quotes", wave=wave), 303)


def _take_back(parts: StaffParts, wave: Wave) -> bool:
    """Whether what is published now holds no quote that was refused."""
    if parts.leaving is None:
        return True
    try:
        parts.leaving.take_back_quotes(parts.store, wave, parts.now().astimezone(ENGLAND).date())
    except Exception:
        _log.exception("A refused quote could not be taken out of what is published")
        return False
    return True


def _draw(wave: Wave, account: Account, *, still_published: int | None = None) -> str:
    parts = staff_parts(current_app)
    rows = _rows(parts, wave)
    return render_template(
        "staff/reading/quotes.html",
        wave=wave,
        account=account,
        contact=contact_of(parts, wave),
        proposed=[row for row in rows if not row.quote.is_approved],
        approved=[row for row in rows if row.quote.is_approved],
        still_published=still_published,
    )


def _rows(parts: StaffParts, wave: Wave) -> list[QuoteRow]:
    """Quotes of answers that are still there."""
    there = set(parts.written.of(parts.store, wave))
    rows = []
    for question in questions_of(parts, wave):
        labels = {theme.code: theme.label for theme in load_frame(parts.store, wave.id, question.item).themes}
        rows += [
            QuoteRow(quote, question.text, labels.get(quote.theme, ""), find_hints(quote.words))
            for quote in load_quotes(parts.store, wave.id)
            if quote.answer.item == question.item and quote.answer in there
        ]
    return rows
