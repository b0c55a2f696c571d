"""After agreement: the version of a round is translated, goes live, and is retired."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for

from survey.coproduction.going_live import check_going_live
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import TRANSITIONS, Act, Round
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.reasons import explain
from survey.review.versions.finding import deed_in, find, runs_rounds
from survey.review.versions.forms import GoLiveForm
from survey.review.versions.languages import languages_of
from survey.store.group import going_live
from survey.store.group.acting import note_refusal
from survey.store.versions import load_version

asking = Blueprint("asking", __name__)


@asking.post("/rounds/<int:number>/translate")
def translate(number: int) -> Answer:
    """Hand the agreed version to the translators."""
    guest = admit(if_=runs_rounds)
    if not isinstance(guest, Guest):
        return guest
    round_ = find(guest, number)
    going_live.send_to_translation(
        current_site().store, deed_in(guest, "send to translation", round_), guest.person, round_.id
    )
    flash(gettext("The version can now be put into other languages."))
    return redirect(url_for("review.versions.show_new", number=round_.id), 303)


@asking.get("/rounds/<int:number>/go-live")
def look_before_going_live(number: int) -> Answer:
    """How far each language is, before the version is asked."""
    guest = admit(if_=runs_rounds)
    if not isinstance(guest, Guest):
        return guest
    round_ = find(guest, number)
    check_going_live(round_, guest.person, (), "")
    return _live_page(round_, GoLiveForm(data={"because": ""}))


@asking.post("/rounds/<int:number>/go-live")
def let_live(number: int) -> Answer:
    """Let the version be the one that is asked from now on."""
    guest = admit(if_=runs_rounds)
    if not isinstance(guest, Guest):
        return guest
    round_, site, form = find(guest, number), current_site(), GoLiveForm(request.form)
    act = deed_in(guest, "go live", round_)
    if not form.validate():
        note_refusal(site.store, act, "the form was not in order")
        return _live_page(round_, form), 400
    old, new = load_version(site.store, round_.version), load_version(site.store, round_.new_version or round_.version)
    incomplete = [each.language.locale for each in languages_of(site.languages, old, new) if not each.is_whole]
    try:
        going_live.go_live(site.store, act, guest.person, round_.id, incomplete, form.because.data)
    except Refused as refused:
        if (round_.state, Act.GO_LIVE) not in TRANSITIONS:
            raise
        form.because.errors = explain(refused)
        return _live_page(round_, form), 409
    flash(gettext("This version is live now. A version that was live before it is retired."))
    return redirect(url_for("review.versions.show_new", number=round_.id), 303)


def _live_page(round_: Round, form: GoLiveForm) -> str:
    site = current_site()
    old, new = load_version(site.store, round_.version), load_version(site.store, round_.new_version)
    return render_template(
        "review/versions/go_live.html", round=round_, form=form, translated=languages_of(site.languages, old, new)
    )


@asking.post("/rounds/<int:number>/retire")
def retire(number: int) -> Answer:
    """Ask the live version no more."""
    guest = admit(if_=runs_rounds)
    if not isinstance(guest, Guest):
        return guest
    round_ = find(guest, number)
    going_live.retire(current_site().store, deed_in(guest, "retire", round_), guest.person, round_.id)
    flash(gettext("This version is retired."))
    return redirect(url_for("review.versions.show_new", number=round_.id), 303)
