"""Saying something: comments on a draft, from the page of a question or the list of all of them."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request

from survey.coproduction.people import Seat
from survey.coproduction.refusals import Refused
from survey.coproduction.saying import WHOLE, Comment, Kind, Place
from survey.coproduction.saying_rules import NotSaid
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.saying import suggesting, telling, typing, waiting
from survey.review.saying.deeds import hide_comment, say_comment, take_comment_back
from survey.review.saying.drafts import Draft, load_draft
from survey.review.saying.panel import place_of_form
from survey.review.saying.places import offered_places
from survey.review.saying.sheets import Sheet, open_sheet, refused_sheet
from survey.review.saying.shown import may_say, members_to_write_for, show_comments
from survey.review.saying.speaking import read_speech, say_once, thank
from survey.store.group.comments import PAGE, UnknownComment, Wanted, list_comments, load_comment
from survey.store.group.stories import UnknownStory
from survey.store.group.suggestions import UnknownSuggestion

saying = Blueprint("saying", __name__)
for _part in (suggesting, telling, typing, waiting):
    for _rule, _methods, _view in _part.ROUTES:
        saying.add_url_rule(_rule, view_func=_view, methods=[*_methods])

_FIELDS = {
    "NO_SUCH_PLACE": "field",
    "NO_KIND": "kind",
    "EMPTY": "words",
    "TOO_LONG": "words",
    "HIDDEN_CHARACTERS": "words",
    "NOT_THIS_HAT": "hat",
}
"""Where in the form each reason is put right."""


@saying.errorhandler(UnknownComment)
@saying.errorhandler(UnknownSuggestion)
@saying.errorhandler(UnknownStory)
def say_nothing_there(error: LookupError) -> tuple[str, int]:
    """A number that nothing has: like any other address that leads nowhere."""
    return render_template("review/refused.html", reasons=[gettext("There is nothing here.")], typed=[]), 404


@saying.get("/rounds/<int:number>/comments")
def list_all(number: int) -> Answer:
    """All comments of a round, a page at a time, and the form for one on the questions as a whole."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = load_draft(number, guest)
    place = place_of_form(draft.round.id, None)
    return _draw_list(guest, draft, open_sheet(guest, place) if may_say(draft, guest) else None)


@saying.get("/rounds/<int:number>/say")
def ask(number: int) -> Answer:
    """The form for a comment on a page of its own."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, item = load_draft(number, guest), request.args.get("item", WHOLE)
    numbered = draft.item(item) if item else None
    return _draw_form(guest, draft, item, open_sheet(guest, place_of_form(draft.round.id, numbered)))


@saying.post("/rounds/<int:number>/say")
def say(number: int) -> Answer:
    """Say it. Sent twice it is said once."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft, item = load_draft(number, guest), request.args.get("item", WHOLE)
    numbered = draft.find(item)
    sent = request.form
    place = place_of_form(draft.round.id, numbered)
    try:
        speech = read_speech(guest, draft, place)
        at = Place(item, sent.get("field", ""))
        speaker = say_comment(guest, draft, at, sent.get("kind", ""), sent.get("words", ""), speech)
    except Refused as refused:
        if NotSaid.SAID_ALREADY in refused.reasons:
            return say_once(refused, f"{place}#said")
        if item and numbered is None:
            raise
        return _draw_form(guest, draft, item, refused_sheet(place, refused, _FIELDS)), 400
    flash(thank(speaker))
    return redirect(f"{place}#said", 303)


@saying.post("/comments/<int:comment>/take-back")
def take_back(comment: int) -> Answer:
    """The author takes a comment back, to say it in other words or not at all."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    said, draft = _load(guest, comment)
    take_comment_back(guest, said.round, said.id)
    flash(gettext("You have taken this back. Nobody is shown it any more. You can say it in other words."))
    return redirect(_page_of(draft, said), 303)


@saying.post("/comments/<int:comment>/hide")
def hide(comment: int) -> Answer:
    """A facilitator hides a comment and says why."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    said, draft = _load(guest, comment)
    hide_comment(guest, said.round, said.id, request.form.get("because", ""))
    flash(gettext("This is hidden. The group reads why."))
    return redirect(_page_of(draft, said), 303)


@saying.post("/comments/<int:comment>/show")
def show_again(comment: int) -> Answer:
    """A facilitator shows a comment again."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    said, draft = _load(guest, comment)
    hide_comment(guest, said.round, said.id, None)
    flash(gettext("Everybody in the group can read this again."))
    return redirect(_page_of(draft, said), 303)


def _load(guest: Guest, comment: int) -> tuple[Comment, Draft]:
    said = load_comment(current_site().store, comment)
    return said, load_draft(said.round, guest)


def _page_of(draft: Draft, said: Comment) -> str:
    return f"{place_of_form(draft.round.id, draft.find(said.place.item))}#said"


# --- Pages ------------------------------------------------------------------------


def _draw_list(guest: Guest, draft: Draft, sheet: Sheet | None) -> str:
    asked = request.args
    item, kind = asked.get("item"), asked.get("kind")
    page = asked.get("page", 1, type=int)
    wanted = Wanted(
        item={"": None, "whole": WHOLE}.get(item or "", item),
        kind=Kind(kind) if kind in set(Kind) else None,
        author=guest.account.id if asked.get("mine") else None,
        without_outcome=bool(asked.get("open")),
    )
    count, comments = list_comments(current_site().store, draft.round.id, wanted, max(1, min(page, 10**6)))
    others = {name: value for name, value in asked.items() if name != "page"}
    pages = max(1, -(-count // PAGE))
    return render_template(
        "review/saying/comments.html",
        draft=draft,
        remarks=show_comments(draft, guest, comments),
        count=count,
        page=page,
        pages=[(number, f"?{urlencode({**others, 'page': number})}") for number in range(1, pages + 1)],
        wanted=asked,
        **form_context(guest, draft, None, sheet),
    )


def _draw_form(guest: Guest, draft: Draft, item: str, sheet: Sheet) -> str:
    numbered = draft.item(item) if item else None
    return render_template(
        "review/saying/say.html", draft=draft, numbered=numbered, **form_context(guest, draft, item, sheet)
    )


def form_context(guest: Guest, draft: Draft, item: str | None, sheet: Sheet | None) -> dict[str, object]:
    """What the form of a comment asks."""
    return {
        "sheet": sheet,
        "places": offered_places(draft.find(item) if item else None),
        "members": members_to_write_for(draft, guest),
        "is_staff": guest.person.seat is Seat.STAFF,
        "may_suggest": may_say(draft, guest),
    }
