"""How a translator wants to be named where their words are served; that may be not at all."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey.coproduction.refusals import Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.staff.rights import Right
from survey.store.translating.credits import choose_credit, credit_of

credit = Blueprint("credit", __name__)


@credit.get("/credit")
def show_credit() -> Answer:
    """How this person is named now."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    name = credit_of(current_site().store, guest.account.id)
    return render_template("review/translating/credit.html", chosen=name, name=name or "", why_not=())


@credit.post("/credit")
def save_credit() -> Answer:
    """Name this person so from now on."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    store, name = current_site().store, request.form.get("name", "")
    try:
        choose_credit(store, deed(guest, "choose credit", "translations"), name)
    except Refused as refused:
        chosen = credit_of(store, guest.account.id)
        why_not = explain(refused)
        return render_template("review/translating/credit.html", chosen=chosen, name=name, why_not=why_not), 422
    flash(gettext("Saved."))
    return redirect(url_for("review.translating.credit.show_credit"), 303)
