"""A member's own page: how they are shown, what they need, their time, and what they tell of themselves."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for

from survey.coproduction.membership import Need
from survey.coproduction.people import Seat
from survey.coproduction.refusals import NotAllowed, Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.people.about import AboutQuestion, about_questions, offered_codes
from survey.review.people.forms import ProfileForm, differences
from survey.review.people.noting import read_form, revision_of
from survey.store.group.links import shown_links_of
from survey.store.group.members import Member, load_member, save_profile
from survey.store.group.newcomers import FirstStep, first_steps


def show_me() -> Answer:
    """What is kept of whoever asks, in a form."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    member = _member(guest)
    return _draw(member, ProfileForm.of(member.profile), member.revision, about_questions())


def save_me() -> Answer:
    """Save it, unless it was changed since the form was opened."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    store, member, questions = current_site().store, _member(guest), about_questions()
    form, revision = ProfileForm(request.form), revision_of(request.form.get("revision"))
    doing = deed(guest, "save about me", f"account {member.account}")
    try:
        profile = read_form(store, doing, form.profile)
        save_profile(store, doing, member.account, profile, revision, offered_codes(questions), guest.person.way)
    except Refused as refused:
        if NotAllowed.CHANGED_MEANWHILE in refused.reasons:
            now = _member(guest)
            return _draw(now, form, now.revision, questions, differences(now.profile, profile)), 409
        if form.put(refused):
            return _draw(member, form, revision, questions), 400
        raise
    flash(gettext("Saved. Thank you."))
    conduct_next = FirstStep.AGREE_TO_CONDUCT in first_steps(store, member.account)
    return redirect(url_for("review.people.text", kind="conduct") if conduct_next else url_for("review.people.me"), 303)


def _member(guest: Guest) -> Member:
    member = load_member(current_site().store, guest.account.id)
    assert member is not None, "the door lets in only those with a seat"
    return member


def _draw(
    member: Member,
    form: ProfileForm,
    revision: int,
    questions: Sequence[AboutQuestion],
    changed: Sequence[str] = (),
) -> str:
    return render_template(
        "review/people/me.html",
        member=member,
        form=form,
        revision=revision,
        questions=questions,
        changed=changed,
        needs=[*Need],
        is_staff=member.seat is Seat.STAFF,
        links=shown_links_of(current_site().store, member.account),
    )
