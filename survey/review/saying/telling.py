"""Stories: what happened to members, told in a space without votes, kinds or outcomes."""

from __future__ import annotations

from flask import flash, redirect, render_template, request

from survey.coproduction.refusals import Refused
from survey.coproduction.saying import Story
from survey.coproduction.saying_rules import NotSaid
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.saying.deeds import hide_story, take_story_back, tell_story
from survey.review.saying.drafts import Draft, load_draft
from survey.review.saying.sheets import Sheet, open_sheet, refused_sheet
from survey.review.saying.shown import may_say, members_to_write_for, show_stories
from survey.review.saying.speaking import read_speech, say_once, thank
from survey.store.group.stories import load_story, stories_of

_FIELDS = dict.fromkeys(("EMPTY", "TOO_LONG", "HIDDEN_CHARACTERS"), "words")


def stories(number: int) -> Answer:
    """The stories of a round, and the form to tell one. Sent twice it is told once."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = load_draft(number, guest)
    place = _place(draft.round.id)
    if request.method == "GET":
        return _draw(guest, draft, open_sheet(guest, place) if may_say(draft, guest) else None)
    try:
        speech = read_speech(guest, draft, place)
        speaker = tell_story(guest, draft, request.form.get("words", ""), speech)
    except Refused as refused:
        if NotSaid.SAID_ALREADY in refused.reasons:
            return say_once(refused, place)
        return _draw(guest, draft, refused_sheet(place, refused, _FIELDS)), 400
    flash(thank(speaker))
    return redirect(place, 303)


def take_back_story(story: int) -> Answer:
    """The author takes a story back."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    told = _load(guest, story)
    take_story_back(guest, told.round, told.id)
    flash(gettext("You have taken your story back. Nobody is shown it any more."))
    return redirect(_place(told.round), 303)


def hide_a_story(story: int) -> Answer:
    """A facilitator hides a story and says why."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    told = _load(guest, story)
    hide_story(guest, told.round, told.id, request.form.get("because", ""))
    flash(gettext("This is hidden. The group reads why."))
    return redirect(_place(told.round), 303)


def show_a_story(story: int) -> Answer:
    """A facilitator shows a story again."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    told = _load(guest, story)
    hide_story(guest, told.round, told.id, None)
    flash(gettext("Everybody in the group can read this again."))
    return redirect(_place(told.round), 303)


ROUTES = (
    ("/rounds/<int:number>/stories", ("GET", "POST"), stories),
    ("/stories/<int:story>/take-back", ("POST",), take_back_story),
    ("/stories/<int:story>/hide", ("POST",), hide_a_story),
    ("/stories/<int:story>/show", ("POST",), show_a_story),
)


def _load(guest: Guest, story: int) -> Story:
    told = load_story(current_site().store, story)
    load_draft(told.round, guest)
    return told


def _place(number: int) -> str:
    return f"/review/rounds/{number}/stories"


def _draw(guest: Guest, draft: Draft, sheet: Sheet | None) -> str:
    return render_template(
        "review/saying/stories.html",
        draft=draft,
        remarks=show_stories(guest, stories_of(current_site().store, draft.round.id)),
        sheet=sheet,
        members=members_to_write_for(draft, guest),
    )
