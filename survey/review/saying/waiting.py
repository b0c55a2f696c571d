"""What was entered on somebody's behalf: the member, or a second person for them, says whether they said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, current_app, flash, redirect, render_template, request

from survey.codes import Purpose, hash_code
from survey.coproduction.confirming_rules import MAY_CONFIRM_FOR_OTHERS, Entry, NotConfirmed, What, can_confirm
from survey.coproduction.numbering import Numbered
from survey.coproduction.people import Shown
from survey.coproduction.refusals import Refused
from survey.coproduction.saying_rules import as_kept
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.difference import Difference
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.saying.drafts import Draft, difference_of, load_draft
from survey.review.saying.places import where
from survey.review.saying.shown import STRANGER
from survey.staff.parts import staff_parts
from survey.store.group.acting import note_refusal
from survey.store.group.comments import load_comment
from survey.store.group.confirming import confirm, entries_of, reject, vote_of, waiting_for
from survey.store.group.people import how_people_are_shown
from survey.store.group.stories import load_story
from survey.store.group.suggestions import load_suggestion


@dataclass(frozen=True)
class Waiting:
    """An entry as its reader sees it: a vote shows what was chosen to nobody but the member."""

    entry: Entry
    name: str
    """In addresses: says nothing of whose it is, and is another one once something else was entered."""
    member: Shown
    writer: Shown
    draft: Draft
    question: Numbered | None
    place: str
    words: str
    choice: str
    found: tuple[Difference, ...]
    is_mine: bool
    may_confirm: bool


def waiting() -> Answer:
    """What waits: one's own entries, and for co-chairs and the named contact those of others."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    return _draw(guest)


def decide(what: str, number: int, name: str, said: str) -> Answer:
    """Yes, the member said this; or no, they did not."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    if what not in set(What):
        abort(404)
    store, action = current_site().store, f"{'confirm' if said == 'yes' else 'reject'} {what}"
    entry = next((each for each in entries_of(store, What(what), number) if name_of(each) == name), None)
    if entry is None:
        note_refusal(store, deed(guest, action, f"{what} {number}"), NotConfirmed.NOT_WAITING)
        raise Refused(NotConfirmed.NOT_WAITING)
    settle = confirm if said == "yes" else reject
    done = deed(guest, action, f"{what} {number}", member=str(entry.member))
    how = as_kept(request.form.get("how", ""))
    try:
        settle(store, done, entry.what, number, entry.member, guest.person.way, how, entry.entered_at)
    except Refused as refused:
        if not all(reason.name in ("EMPTY", "TOO_LONG", "HIDDEN_CHARACTERS") for reason in refused.reasons):
            raise
        return _draw(guest, {f"{what}-{number}-{name}": explain(refused)[0]}), 400
    if said == "yes":
        flash(gettext("Thank you. This counts from now on."))
    else:
        flash(gettext("Thank you. This does not count. Nobody else is shown it."))
    return redirect("/review/waiting", 303)


ROUTES = (
    ("/waiting", ("GET",), waiting),
    ("/waiting/<what>/<int:number>/<name>/<any(yes, no):said>", ("POST",), decide),
)


def name_of(entry: Entry) -> str:
    """What an entry is called in addresses, which whoever confirms for others reads too."""
    told = f"{entry.what} {entry.id} {entry.member} {entry.entered_at.isoformat()}"
    return hash_code(staff_parts(current_app).key, Purpose.ENTRY, told)[:20]


def _draw(guest: Guest, errors: dict[str, str] | None = None) -> str:
    confirms = bool(guest.person.offices & MAY_CONFIRM_FOR_OTHERS)
    entries = waiting_for(current_site().store, None if confirms else guest.account.id)
    people = how_people_are_shown(current_site().store)
    drafts = {number: load_draft(number, guest) for number in {entry.round for entry in entries}}
    shown = [_show(entry, guest, drafts[entry.round], people) for entry in entries]
    return render_template(
        "review/saying/waiting.html",
        mine=[each for each in shown if each.is_mine],
        theirs=[each for each in shown if not each.is_mine],
        confirms=confirms,
        errors=errors or {},
        how=request.form.get("how", ""),
    )


def _show(entry: Entry, guest: Guest, draft: Draft, people: Mapping[int, Shown]) -> Waiting:
    store = current_site().store
    is_mine = entry.member == guest.account.id
    place, words, choice = "", "", ""
    numbered: Numbered | None = None
    found: tuple[Difference, ...] = ()
    match entry.what:
        case What.COMMENT:
            said = load_comment(store, entry.id)
            numbered = draft.find(said.place.item)
            place, words = where(draft, said.place), said.words
        case What.SUGGESTION:
            suggestion = load_suggestion(store, entry.id)
            words, found = suggestion.why, difference_of(draft, suggestion.change)
        case What.STORY:
            words = load_story(store, entry.id).words
        case What.VOTE if is_mine:
            choice, words = vote_of(store, entry.id, entry.member)
    return Waiting(
        entry=entry,
        name=name_of(entry),
        member=people.get(entry.member, STRANGER),
        writer=people.get(entry.entered_by, STRANGER),
        draft=draft,
        question=numbered,
        place=place,
        words=words,
        choice=choice,
        found=found,
        is_mine=is_mine,
        may_confirm=can_confirm(entry, guest.person, "" if is_mine else "-"),
    )
