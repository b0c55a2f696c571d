"""The group's own page: what it is for, what it agreed on, who is in it; and its texts, version by version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for

from survey.coproduction.membership import PARTS_OF_TEXT, TextKind
from survey.coproduction.people import Office, Person, Seat, Shown, seats_that_can_be_named
from survey.coproduction.refusals import NotAllowed, Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.people.forms import as_typed
from survey.review.people.noting import revision_of
from survey.review.reasons import explain
from survey.store.accounts import list_accounts
from survey.store.group.ledger import days_late_in_all
from survey.store.group.members import list_members
from survey.store.group.people import holders, how_people_are_shown
from survey.store.group.texts import GroupText, add_text, agree_to_text, agreement_of, newest_texts, versions_of


@dataclass(frozen=True)
class Face:
    """A member as the others see them."""

    name: str
    seat: Seat | None
    since: date


@dataclass(frozen=True)
class People:
    """Who is in the group; `nameless` is how many show no name, of whom nothing else is said."""

    duties: Mapping[Office, tuple[str, ...]]
    """By office, the names of those who hold it: '' for one who shows none."""
    faces: tuple[Face, ...]
    nameless: int


def show_group() -> Answer:
    """What the group is for, what binds it, and who is in it."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    store = current_site().store
    return render_template(
        "review/people/group.html",
        texts=newest_texts(store),
        kinds=[*TextKind],
        people=people_shown(),
        agreed=agreement_of(store, TextKind.CONDUCT, guest.account.id),
        may_write=guest.person.may_facilitate,
        days_late=days_late_in_all(store, current_site().today()),
    )


def people_shown() -> People:
    """The people of the group as each wants to be shown; a seat only where enough hold it to say nothing of one."""
    store = current_site().store
    members, shown = list_members(store), how_people_are_shown(store)
    nameable = seats_that_can_be_named(member.seat for member in members)
    outside = {account.id: Shown(account.name, None) for account in list_accounts(store)}
    named = [(shown[member.account].name, member) for member in members if shown[member.account].name]
    faces = [Face(name, member.seat if member.seat in nameable else None, member.since) for name, member in named]
    duties = {
        office: tuple({**outside, **shown}[account].name for account in accounts)
        for office, accounts in holders(store).items()
    }
    return People(duties, tuple(sorted(faces, key=lambda face: face.name.casefold())), len(members) - len(faces))


def show_text(kind: str) -> Answer:
    """One text of the group, the version that was asked for, and all versions there are."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    versions = versions_of(current_site().store, _kind(kind))
    wanted = request.args.get("version", str(versions[0].version) if versions else "")
    chosen = next((text for text in versions if str(text.version) == wanted), None)
    if versions and chosen is None:
        abort(404)
    return _draw_text(guest, _kind(kind), chosen, versions)


def agree() -> Answer:
    """Put down that a member agrees to the newest code of conduct."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    store, version = current_site().store, revision_of(request.form.get("version"))
    try:
        agree_to_text(store, deed(guest, "agree to conduct", f"version {version}"), TextKind.CONDUCT, version)
    except Refused as refused:
        if NotAllowed.CHANGED_MEANWHILE not in refused.reasons:
            raise
        versions = versions_of(store, TextKind.CONDUCT)
        newest = versions[0] if versions else None
        return _draw_text(guest, TextKind.CONDUCT, newest, versions, is_newer=True), 409
    flash(gettext("Thank you. You have agreed to the code of conduct."))
    return redirect(url_for("review.people.text", kind="conduct"), 303)


def ask_text(kind: str) -> Answer:
    """The form for a new version, with the newest one in it."""
    guest = admit(if_=_may_write)
    if not isinstance(guest, Guest):
        return guest
    newest = newest_texts(current_site().store).get(_kind(kind))
    return _draw_writing(_kind(kind), newest.words if newest else {}, newest)


def write_text(kind: str) -> Answer:
    """Add a new version, unless somebody else has added one since the form was opened."""
    guest = admit(if_=_may_write)
    if not isinstance(guest, Guest):
        return guest
    store, which = current_site().store, _kind(kind)
    typed = {part: as_typed(request.form.get(part)) for part in PARTS_OF_TEXT[which]}
    newest = newest_texts(store).get(which)
    if newest is not None and newest.words == typed:
        flash(gettext("It says exactly that already."))
        return redirect(url_for("review.people.text", kind=kind), 303)
    try:
        seen = revision_of(request.form.get("seen"))
        add_text(store, deed(guest, "write text", str(which)), which, typed, seen=seen)
    except Refused as refused:
        newest = newest_texts(store).get(which)
        if NotAllowed.CHANGED_MEANWHILE in refused.reasons:
            return _draw_writing(which, typed, newest, is_overtaken=True), 409
        return _draw_writing(which, typed, newest, problems=explain(refused)), 400
    flash(gettext("The new version is there for everyone in the group."))
    return redirect(url_for("review.people.text", kind=kind), 303)


def _may_write(person: Person) -> bool:
    return person.may_facilitate


def _kind(kind: str) -> TextKind:
    if kind not in [*map(str, TextKind)]:
        abort(404)
    return TextKind(kind)


def _draw_text(
    guest: Guest, kind: TextKind, chosen: GroupText | None, versions: tuple[GroupText, ...], *, is_newer: bool = False
) -> str:
    return render_template(
        "review/people/text.html",
        kind=kind,
        chosen=chosen,
        versions=versions,
        shown=how_people_are_shown(current_site().store),
        agreed=agreement_of(current_site().store, kind, guest.account.id),
        may_write=guest.person.may_facilitate,
        is_newer=is_newer,
    )


def _draw_writing(
    kind: TextKind,
    typed: Mapping[str, str],
    newest: GroupText | None,
    *,
    problems: list[str] | None = None,
    is_overtaken: bool = False,
) -> str:
    return render_template(
        "review/people/write_text.html",
        kind=kind,
        parts=PARTS_OF_TEXT[kind],
        typed=typed,
        newest=newest,
        problems=problems or [],
        is_overtaken=is_overtaken,
    )
