"""A member's own page of time and pay: put down time, see what is offered, say no to it or yes after all."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for

from survey.coproduction.pay import Work
from survey.coproduction.refusals import NotAllowed, Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.fair.drawing import begun_rounds, lines_of, month_of, not_put_down, pounds
from survey.review.fair.forms import TimeForm
from survey.review.people.noting import revision_of
from survey.store.group.acting import note_refusal
from survey.store.group.ledger import UnknownEntry, answer_always, answer_offer, list_entries, put_down
from survey.store.group.members import load_member

_PUT_DOWN = "put down time"


def show_time() -> Answer:
    """What somebody has given and is offered, and the form; `round` in the address fills it with that reading."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    wanted = request.args.get("round", "")
    asked = {
        str(round_.id): round_ for round_ in begun_rounds(current_site().store) if guest.account.id in round_.asked
    }
    if wanted in asked:
        filled = {"kind": Work.READING, "round": wanted, "minutes": asked[wanted].minutes}
        return _draw(guest, TimeForm(data=filled))
    return _draw(guest, TimeForm(data={"round": ""}))


def add_time() -> Answer:
    """Put down one's own time; whose it is, is not asked."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    form = TimeForm(request.form)
    form.offer_rounds([round_.id for round_ in begun_rounds(site.store)])
    doing = deed(guest, _PUT_DOWN, "ledger")
    if not form.validate():
        note_refusal(site.store, doing, f"fields: {', '.join(form.errors)}")
        return _draw(guest, form), 400
    try:
        put_down(site.store, doing, form.entry(guest.account.id), site.today())
    except Refused as refused:
        return _draw(guest, form, form.put(refused)), 400
    flash(gettext("Your time is put down."))
    return redirect(url_for("review.fair.show_time"), 303)


def answer(number: int) -> Answer:
    """Say no to the pay of one entry of one's own, or yes."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    wants = _wants()
    revision = revision_of(request.form.get("revision"))
    doing = deed(guest, "answer an offer of pay", f"ledger entry {number}")
    try:
        answer_offer(current_site().store, doing, number, revision, declined=not wants)
    except UnknownEntry:
        note_refusal(current_site().store, doing, "there is no such entry")
        abort(404)
    flash(gettext("We will pay you for this.") if wants else gettext("We will not pay you for this."))
    return redirect(url_for("review.fair.show_time"), 303)


def answer_for_all() -> Answer:
    """Say that one never wants pay, or that one does."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    wants = _wants()
    answer_always(current_site().store, deed(guest, "choose about pay", guest.account.name), wants=wants)
    flash(gettext("From now on we will offer you pay.") if wants else gettext("From now on we will not pay you."))
    return redirect(url_for("review.fair.show_time"), 303)


def _wants() -> bool:
    wants = request.form.get("pay", "")
    if wants not in ("yes", "no"):
        abort(400)
    return wants == "yes"


def _draw(guest: Guest, form: TimeForm, above: list[str] | None = None) -> str:
    site = current_site()
    member = load_member(site.store, guest.account.id)
    if member is None:
        raise Refused(NotAllowed.NOT_YOURS)
    today = site.today()
    entries = list_entries(site.store, member.account)
    rounds = [round_ for round_ in begun_rounds(site.store) if member.account in round_.asked]
    return render_template(
        "review/fair/time.html",
        form=form,
        above=above or [],
        lines=lines_of(entries, {}, today),
        month=month_of(site.store, member, today),
        rounds=rounds,
        suggested=not_put_down(rounds, entries, member.account),
        member=member,
        owed=sum(entry.owed for entry in entries if entry.paid_on is None),
        pounds=pounds,
    )
