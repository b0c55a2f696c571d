"""The sponsor's answer to a round: written and signed by whoever holds that office, whatever else they are."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey.coproduction.closing import (
    LONGEST,
    LONGEST_NAME,
    Unclosed,
    answer_due,
    day_in_england,
    review_ended_at,
)
from survey.coproduction.closing import (
    Answer as Signed,
)
from survey.coproduction.people import Office
from survey.coproduction.refusals import Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.circle.forms import Form, refused_form, sent
from survey.review.door import Answer, Guest, admit, deed
from survey.staff.rights import Right
from survey.store.group.acting import UnknownRound
from survey.store.group.answers import load_answer
from survey.store.group.closing import answer_round
from survey.store.group.rounds import load_round

answering = Blueprint("answering", __name__)


@answering.get("/rounds/<int:number>/answer")
def show_answer(number: int) -> Answer:
    """The form, or the answer once it is signed."""
    guest = _admit_sponsor()
    if not isinstance(guest, Guest):
        return guest
    return _draw(number, guest, Form({"signed_name": guest.account.name}))


@answering.post("/rounds/<int:number>/answer")
def sign(number: int) -> Answer:
    """Sign it, once."""
    guest = _admit_sponsor()
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    round_ = load_round(site.store, number)
    answer = Signed(round_.id, sent("words"), sent("signed_name"), sent("office"), site.now())
    try:
        is_signed = request.form.get("sign") == "yes"
        act = deed(guest, "answer round", f"round {round_.id}")
        answer_round(site.store, act, answer, guest.person.way, is_signed=is_signed)
    except Refused as refused:
        texts = {"words": LONGEST, "signed_name": LONGEST_NAME, "office": LONGEST_NAME}
        return _draw(number, guest, refused_form(refused, {Unclosed.NOT_SIGNED: "sign"}, texts)), 400
    flash(gettext("Your answer is signed. Everyone can read it now."))
    return redirect(url_for("review.circle.answering.show_answer", number=round_.id), 303)


def _admit_sponsor() -> Guest | Answer:
    return admit(Right.PUBLIC, if_=lambda person: Office.SPONSOR in person.offices)


def _draw(number: int, guest: Guest, form: Form) -> str:
    site = current_site()
    round_ = load_round(site.store, number)
    if round_.opened_at is None:
        raise UnknownRound(number)
    ended = review_ended_at(round_)
    return render_template(
        "review/circle/answer.html",
        round=round_,
        form=form,
        answer=load_answer(site.store, round_.id),
        due_on=answer_due(day_in_england(ended)) if ended is not None else None,
    )
