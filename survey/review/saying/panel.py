"""What the page of a question shows of what was said about it, and the way to say something: `saying/panel.html`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from survey.coproduction.numbering import Numbered
from survey.coproduction.people import Seat
from survey.coproduction.rounds import Round
from survey.respondent.site import current_site
from survey.review.door import Guest
from survey.review.saying.drafts import Draft, draft_of
from survey.review.saying.places import offered_places
from survey.review.saying.sheets import Sheet, open_sheet
from survey.review.saying.shown import (
    Proposal,
    Remark,
    may_say,
    members_to_write_for,
    show_comments,
    show_suggestions,
)
from survey.review.saying.wishes import Link, links_of
from survey.store.accounts import Account
from survey.store.group.comments import comments_of
from survey.store.group.suggestions import suggestions_of


@dataclass(frozen=True)
class Panel:
    """What the template asks. `sheet` is None where nothing can be said any more, or not by this reader."""

    draft: Draft
    numbered: Numbered
    remarks: list[Remark]
    proposals: list[Proposal]
    sheet: Sheet | None
    places: dict[str, str]
    links: list[Link]
    members: list[Account]
    is_staff: bool


def describe_panel(round_: Round, numbered: Numbered, guest: Guest) -> dict[str, Any]:
    """The context of `review/saying/panel.html` for one question and one reader."""
    store, draft, item = current_site().store, draft_of(round_), numbered.item.id
    open_now = may_say(draft, guest)
    return {
        "may_suggest": open_now,
        "panel": Panel(
            draft=draft,
            numbered=numbered,
            remarks=show_comments(draft, guest, comments_of(store, round_.id, item)),
            proposals=show_suggestions(draft, guest, suggestions_of(store, round_.id, item)),
            sheet=open_sheet(guest, place_of_form(round_.id, numbered)) if open_now else None,
            places=offered_places(numbered),
            links=links_of(draft, numbered) if open_now else [],
            members=members_to_write_for(draft, guest) if open_now else [],
            is_staff=guest.person.seat is Seat.STAFF,
        ),
    }


def place_of_form(round_: int, numbered: Numbered | None) -> str:
    """The address of the page that has the form: that of the question, or of all comments."""
    return f"/review/rounds/{round_}/" + (f"questions/{numbered.number}" if numbered else "comments")
