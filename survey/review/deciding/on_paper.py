"""A vote that a member gave on paper or by phone, written down by whoever facilitates; it counts once confirmed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey.coproduction.decision_rules import NotDecided
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying_rules import as_kept
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.deciding.papers import show_sheet
from survey.review.deciding.views import AT_A_FIELD, number_in, refuse_other_fields, say_no_such_vote
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.saying.drafts import Draft, load_draft
from survey.review.saying.shown import members_to_write_for
from survey.store.accounts import Account, find_account
from survey.store.group.acting import note_refusal
from survey.store.group.decisions import UnknownDecision
from survey.store.group.people import find_person
from survey.store.group.votes import Filled, write_vote_down

on_paper = Blueprint("on_paper", __name__)
on_paper.register_error_handler(UnknownDecision, say_no_such_vote)


@on_paper.get("/rounds/<int:number>/decisions/paper")
def ask(number: int) -> Answer:
    """The form for one vote of one member."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    return _draw(load_draft(number, guest), guest)


@on_paper.post("/rounds/<int:number>/decisions/paper")
def keep(number: int) -> Answer:
    """Write the vote down."""
    guest = admit(if_=lambda person: person.may_facilitate)
    if not isinstance(guest, Guest):
        return guest
    draft, site = load_draft(number, guest), current_site()
    refuse_other_fields(guest, draft, "write vote down", {"member", "decision", "choice", "words"})
    act = deed(guest, "write vote down", f"round {draft.round.id}")
    member = _member(request.form.get("member", ""))
    if member is None or not request.form.get("decision"):
        note_refusal(site.store, act, NotAllowed.EMPTY)
        return _draw(draft, guest, gettext("Choose a member and a vote first.")), 400
    decision = number_in(request.form.get("decision", ""))
    filled = Filled(request.form.get("choice", ""), as_kept(request.form.get("words", "")))
    try:
        write_vote_down(site.store, act, draft.round.id, decision, member, filled, site.today())
    except Refused as refused:
        if not set(refused.reasons) <= AT_A_FIELD | {NotDecided.PAST_THE_DAY}:
            raise
        return _draw(draft, guest, explain(refused)[0]), 400
    flash(gettext("The vote is written down. It counts once the member, or a second person for them, has said yes."))
    return redirect(url_for("review.on_paper.ask", number=draft.round.id), 303)


def _draw(draft: Draft, guest: Guest, error: str = "") -> str:
    store = current_site().store
    members = [each for each in members_to_write_for(draft, guest) if find_person(store, each).side is not None]
    return render_template(
        "review/deciding/paper.html", sheet=show_sheet(draft, guest), members=members, error=error, typed=request.form
    )


def _member(sent: str) -> Account | None:
    return find_account(current_site().store, int(sent)) if sent.isdecimal() and len(sent) < 19 else None
