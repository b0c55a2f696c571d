"""Giving and taking the offices of the group, which its pages call tasks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, request, url_for

from survey.coproduction.membership import can_hold_office
from survey.coproduction.people import Office
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.people.forms import chosen
from survey.review.people.noting import read_form, revision_of
from survey.staff.rights import Right
from survey.store.accounts import list_accounts
from survey.store.connect import Store
from survey.store.group.members import Member, load_member
from survey.store.group.offices import give_office, take_office
from survey.store.group.people import holders


@dataclass(frozen=True)
class Task:
    """An office as it stands for one member."""

    office: Office
    is_theirs: bool
    can_be_given: bool
    held_by: str
    """The name of somebody else who has it; '' where nobody else has."""


def tasks_for(store: Store, member: Member) -> tuple[Task, ...]:
    """Every office but the sponsor's, who need not be a member, and whether this member can have it."""
    held = holders(store)
    theirs = {office for office, accounts in held.items() if member.account in accounts}
    names = {account.id: account.name for account in list_accounts(store)}
    return tuple(
        Task(
            office,
            office in theirs,
            can_hold_office(office, member.seat, theirs, is_taken=office in held),
            ", ".join(names[account] for account in held.get(office, ()) if account != member.account),
        )
        for office in Office
        if office is not Office.SPONSOR
    )


def change_task() -> Answer:
    """Give somebody a task, or take it from them."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    store, account = current_site().store, revision_of(request.form.get("account"))
    gives = request.form.get("action") != "take"
    doing = deed(guest, "give office" if gives else "take office", f"account {account}")
    office = read_form(store, doing, lambda: chosen(Office, request.form.get("office")))
    if gives:
        give_office(store, doing, account, office)
        flash(gettext("The task was given."))
    else:
        take_office(store, doing, account, office)
        flash(gettext("The task was taken back."))
    if load_member(store, account) is None or office is Office.SPONSOR:
        return redirect(url_for("review.people.members"), 303)
    return redirect(url_for("review.people.member", account=account), 303)
