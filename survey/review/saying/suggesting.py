"""Suggesting a change to a draft: other words, other answers, another order, questions that come, go or move."""

from __future__ import annotations

from flask import flash, redirect, render_template, request

from survey.coproduction.applying import apply_change
from survey.coproduction.refusals import Refused
from survey.coproduction.saying_rules import NotSaid
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.difference import differences
from survey.review.door import Answer, Guest, admit
from survey.review.saying.changes import Wish, read_change
from survey.review.saying.deeds import suggest as carry_out_suggestion
from survey.review.saying.deeds import withdraw as carry_out_withdrawal
from survey.review.saying.drafts import load_draft
from survey.review.saying.sheets import fields_sent, open_sheet, refused_sheet, sent_sheet
from survey.review.saying.shown import may_say, show_suggestions
from survey.review.saying.speaking import read_speech, say_once, thank
from survey.review.saying.suggest_page import find_page
from survey.review.saying.wishes import links_of
from survey.store.group.suggestions import load_suggestion, suggestions_of

_MAIN_FIELD = {
    Wish.WORDS: "words",
    Wish.ANSWER: "words",
    Wish.DROP_ANSWER: "code",
    Wish.ORDER: "place",
    Wish.DROP: "why",
    Wish.MOVE: "after",
    Wish.QUESTION: "text",
}
"""The field at which a reason is said that belongs to no other."""
_FIELDS = {"NOT_THIS_HAT": "hat", "TOO_FEW_ANSWERS": "answers"}
_OF_THE_ROUND = frozenset({"NOT_ASKED", "OVER", "NOT_YOURS", "CLOCK_WENT_BACK"})
"""Reasons that nothing in the form can put right."""


def list_suggestions(number: int) -> Answer:
    """All suggestions of a round."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = load_draft(number, guest)
    found = suggestions_of(current_site().store, draft.round.id)
    return render_template(
        "review/saying/suggestions.html",
        draft=draft,
        proposals=show_suggestions(draft, guest, reversed(found)),
        may_say=may_say(draft, guest),
    )


def choose(number: int, item: str) -> Answer:
    """What can be suggested about a question, also because of a comment."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = load_draft(number, guest)
    numbered = draft.item(item)
    links = links_of(draft, numbered, request.args.get("comment", type=int))
    return render_template("review/saying/choose.html", draft=draft, numbered=numbered, links=links)


def suggest_question(number: int) -> Answer:
    """A new question, after another or as the first."""
    return suggest(number, "", Wish.QUESTION)


def suggest(number: int, item: str, wish: str, part: str = "") -> Answer:
    """One thing that is to be different about a question: the form, what it would change, and sending it."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    draft = load_draft(number, guest)
    page = find_page(guest, draft, item, wish, part)
    if request.method == "GET":
        defaults = {"words": page.part.words if page.part else "", "after": request.args.get("after", "")}
        return page.draw(open_sheet(guest, request.path, **defaults))
    typed = fields_sent()
    try:
        if request.form.get("action") == "look":
            change = read_change(draft, page.wish, item, part, typed, page.names())
            found = differences(draft.questionnaire, apply_change(draft.questionnaire, change))
            return page.draw(sent_sheet(request.path), found)
        speech = read_speech(guest, draft, request.path)
        speaker = carry_out_suggestion(
            guest,
            draft,
            lambda names: read_change(draft, page.wish, item, part, typed, names),
            request.form.get("why", ""),
            request.form.get("comment", type=_number),
            speech,
        )
    except Refused as refused:
        if NotSaid.SAID_ALREADY in refused.reasons:
            return say_once(refused, page.back)
        if any(reason.name in _OF_THE_ROUND for reason in refused.reasons):
            raise
        return page.draw(refused_sheet(request.path, refused, _FIELDS, _MAIN_FIELD[page.wish])), 400
    flash(thank(speaker))
    return redirect(page.back, 303)


def withdraw(suggestion: int) -> Answer:
    """The author withdraws a suggestion that is not put to the vote yet."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    found = load_suggestion(current_site().store, suggestion)
    draft = load_draft(found.round, guest)
    carry_out_withdrawal(guest, draft.round.id, found.id)
    flash(gettext("You have taken this back. The group does not vote on it."))
    return redirect(f"/review/rounds/{draft.round.id}/suggestions", 303)


def _number(typed: str) -> int:
    """A number that the store can be asked for; of a larger one nothing is there either."""
    return max(0, min(int(typed), 2**63 - 1))


ROUTES = (
    ("/rounds/<int:number>/suggestions", ("GET",), list_suggestions),
    ("/rounds/<int:number>/suggest", ("GET", "POST"), suggest_question),
    ("/rounds/<int:number>/suggest/<item>", ("GET",), choose),
    ("/rounds/<int:number>/suggest/<item>/<wish>", ("GET", "POST"), suggest),
    ("/rounds/<int:number>/suggest/<item>/<wish>/<part>", ("GET", "POST"), suggest),
    ("/suggestions/<int:suggestion>/withdraw", ("POST",), withdraw),
)
