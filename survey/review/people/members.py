"""What those who run the group keep of its members: the list, ways of taking part, links, and leaving."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, current_app, flash, redirect, render_template, request, url_for

from survey.coproduction.letter_words import About, letter_words
from survey.coproduction.membership import TextKind
from survey.coproduction.people import Office, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.people.forms import LeavingForm, NewMemberForm, PartForm, differences, first_of_month
from survey.review.people.noting import read_form, revision_of
from survey.review.people.tasks import tasks_for
from survey.staff.parts import staff_parts
from survey.staff.rights import Right
from survey.store.accounts import list_accounts, list_present
from survey.store.connect import Store
from survey.store.group.departures import list_departures, remove_member
from survey.store.group.letters import Letter, letters_of
from survey.store.group.links import show_link, shown_links_of
from survey.store.group.members import Member, add_member, list_members, load_member, save_taking_part
from survey.store.group.offices import terms_of
from survey.store.group.people import SEATS, holders
from survey.store.group.texts import newest_texts, who_agreed


def list_all() -> Answer:
    """Everybody in the group, the sponsor, and who has left."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    store = current_site().store
    held = holders(store)
    members = list_members(store)
    return render_template(
        "review/people/members.html",
        members=members,
        offices={member.account: [each for each, by in held.items() if member.account in by] for member in members},
        has_conduct=TextKind.CONDUCT in newest_texts(store),
        agreed=who_agreed(store, TextKind.CONDUCT),
        names={account.id: account.name for account in list_accounts(store)},
        sponsors=held.get(Office.SPONSOR, ()),
        present=list_present(store),
        departures=list_departures(store),
    )


def ask_new() -> Answer:
    """The form for somebody new."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    return _draw_adding(NewMemberForm())


def add() -> Answer:
    """Add an account with a seat in the group."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    store, form = current_site().store, NewMemberForm(request.form)
    doing = deed(guest, "add member", "the group")
    try:
        role, first = read_form(store, doing, lambda: (form.chosen_role(), first_of_month(form)))
        added = add_member(store, doing, form.name.data, role, first)
    except Refused as refused:
        if form.put(refused):
            return _draw_adding(form), 400
        raise
    flash(gettext("This member was added. Next they need a way in."))
    return redirect(url_for("review.people.member", account=added.id), 303)


def show(account: int) -> Answer:
    """One member: what they need, how they take part, tasks, links."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    member = _member(account)
    return _draw(guest, member, PartForm.of(member.part), member.revision)


def save_part(account: int) -> Answer:
    """Save how a member takes part, unless it was changed since the form was opened."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    store, member, form = current_site().store, _member(account), PartForm(request.form)
    revision = revision_of(request.form.get("revision"))
    doing = deed(guest, "save how a member takes part", f"account {account}")
    try:
        part = read_form(store, doing, form.part)
        save_taking_part(store, doing, account, part, revision)
    except Refused as refused:
        if NotAllowed.CHANGED_MEANWHILE in refused.reasons:
            now = _member(account)
            return _draw(guest, now, form, now.revision, differences(now.part, part), is_overtaken=True), 409
        if form.put(refused):
            return _draw(guest, member, form, revision), 400
        raise
    flash(gettext("Saved."))
    return redirect(url_for("review.people.member", account=account), 303)


def make_link(account: int) -> Answer:
    """A new link of a member on the screen of whoever runs the group; the member can see that."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    parts = staff_parts(current_app)
    act = deed(guest, "show sign-in link", f"account {account}")
    link = show_link(parts.store, act, parts.key, account, guest.person.way)
    member = _member(account)
    return render_template(
        "review/people/link.html",
        member=member,
        address=f"{current_site().config.url}/staff/sign-in/{link.token}",
        page=f"{current_site().config.url}/staff/sign-in",
        code=link.code6,
        is_own=account == guest.account.id,
    )


def ask_leaving(account: int) -> Answer:
    """Whether somebody shall really be removed, and why."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    return render_template("review/people/remove.html", member=_member(account), form=LeavingForm())


def remove(account: int) -> Answer:
    """Take a member out of the group."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    form = LeavingForm(request.form)
    doing = deed(guest, "remove member", f"account {account}")
    try:
        remove_member(current_site().store, doing, account, form.reason.data)
    except Refused as refused:
        if form.put(refused):
            return render_template("review/people/remove.html", member=_member(account), form=form), 400
        raise
    flash(gettext("This member can no longer sign in. What they said stays."))
    return redirect(url_for("review.people.members"), 303)


def _to_print(store: Store, account: int) -> list[Letter]:
    """Letters that no mail took, but those that would tell how somebody voted: their member reads these alone."""
    secret, _ = letter_words(About.STOP_REPLY, 0)
    return [each for each in letters_of(store, account) if each.sent_at is None and each.subject != secret]


def _member(account: int) -> Member:
    member = load_member(current_site().store, account)
    if member is None:
        abort(404)
    return member


def _draw_adding(form: NewMemberForm) -> str:
    return render_template("review/people/add.html", form=form, roles=[*SEATS])


def _draw(
    guest: Guest,
    member: Member,
    form: PartForm,
    revision: int,
    changed: Sequence[str] = (),
    *,
    is_overtaken: bool = False,
) -> str:
    store = current_site().store
    return render_template(
        "review/people/member.html",
        member=member,
        form=form,
        revision=revision,
        changed=changed,
        is_overtaken=is_overtaken,
        ways=[*Way],
        tasks=tasks_for(store, member),
        past=[term for term in terms_of(store, member.account) if term.until is not None],
        letters=_to_print(store, member.account),
        links=shown_links_of(store, member.account),
        is_own=member.account == guest.account.id,
    )
