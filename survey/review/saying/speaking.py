"""For whom a form speaks, and what is answered once it was sent."""

from __future__ import annotations

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Guest, deed
from survey.review.reasons import explain
from survey.review.saying.deeds import Speaker, Speech
from survey.review.saying.drafts import Draft
from survey.review.saying.sheets import window_sent
from survey.store.accounts import Account, find_account
from survey.store.group.acting import note_refusal


def read_speech(guest: Guest, draft: Draft, place: str) -> Speech:
    """As what, and for which member, the form that was sent speaks. Raises Refused for a member there is not."""
    return Speech(place, window_sent(), request.form.get("hat", ""), _member(guest, draft))


def thank(speaker: Speaker) -> str:
    """What is said once something was said."""
    if speaker.way is Way.SELF:
        return gettext("Thank you. The group can read this now.")
    return gettext("This is kept. It counts once the member has said yes to it.")


def say_once(refused: Refused, address: str) -> Response:
    """The same form sent again: said kindly, and nothing else."""
    flash(" ".join(explain(refused)))
    return redirect(address, 303)


def _member(guest: Guest, draft: Draft) -> Account | None:
    sent = request.form.get("member", "")
    if not sent:
        return None
    store = current_site().store
    member = find_account(store, int(sent)) if sent.isdecimal() and len(sent) < 18 else None
    if member is None:
        note_refusal(store, deed(guest, "write down", f"round {draft.round.id}"), NotAllowed.NOT_YOURS)
        raise Refused(NotAllowed.NOT_YOURS)
    return member
