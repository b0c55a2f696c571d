"""One comment with everything that came after it: its outcomes, what its author says to them, opening it again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from survey.coproduction.closing import LONGEST, can_reopen, day_in_england, last_day_to_reopen
from survey.coproduction.people import Person
from survey.coproduction.reading import can_read
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying import Comment
from survey.i18n import gettext
from survey.questionnaire.in_words import wording
from survey.respondent.site import current_site
from survey.review.circle.answering import answering
from survey.review.circle.forms import (
    FIELD_OF,
    OUTCOME_TEXTS,
    REFLECTS_FIELDS,
    Form,
    read_outcome,
    refused_form,
    seen_seq,
    sent,
)
from survey.review.circle.mine import mine
from survey.review.circle.open_comments import open_comments
from survey.review.circle.reasons import KNOWN, REFLECTS
from survey.review.circle.shown import outcome_rows, suggestions_to_choose
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reading.words import BECAME, KINDS
from survey.review.saying.drafts import Draft, draft_of
from survey.review.saying.places import where
from survey.review.saying.shown import STRANGER
from survey.store.group.closing import give_outcome, reopen_comment, say_if_it_reflects
from survey.store.group.comments import UnknownComment, load_comment
from survey.store.group.outcomes import load_course, next_without_outcome
from survey.store.group.people import how_people_are_shown
from survey.store.group.rounds import load_round

circle = Blueprint("circle", __name__)
circle.register_blueprint(answering)
circle.register_blueprint(mine)
circle.register_blueprint(open_comments)


@circle.context_processor
def describe() -> dict[str, Any]:
    """What the templates of these pages may use."""
    return {
        "kinds": KINDS,
        "became": BECAME,
        "known": KNOWN,
        "reflects": REFLECTS,
        "day_in_england": day_in_england,
        "wording": wording,
    }


@circle.get("/comments/<int:number>")
def show_comment(number: int) -> Answer:
    """What was said, and what became of it."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    comment, draft = _open(number, guest)
    return _draw(guest, comment, draft)


@circle.post("/comments/<int:number>/outcome")
def decide(number: int) -> Answer:
    """Say what became of it; on to the next comment that needs an outcome, where that button was pressed."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    comment, draft = _open(number, guest)
    site = current_site()
    doing = deed(guest, "give outcome", f"comment {comment.id}")
    read, seen, today = partial(read_outcome, request.form.to_dict()), seen_seq(), site.today()
    refused = _try(lambda: give_outcome(site.store, doing, comment, read, seen, today))
    if refused is not None:
        return _draw_refused(guest, comment, draft, "outcome", refused, OUTCOME_TEXTS)
    flash(gettext("Saved. The person who said it can read your answer now."))
    if request.form.get("action") != "next":
        return redirect(url_for("review.circle.show_comment", number=comment.id), 303)
    following = next_without_outcome(site.store, comment.round, comment.id)
    if following is None:
        return redirect(url_for("review.circle.open_comments.list_open", number=comment.round), 303)
    return redirect(url_for("review.circle.show_comment", number=following), 303)


@circle.post("/comments/<int:number>/reflection")
def reflect(number: int) -> Answer:
    """Say whether the outcome reflects what was said."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    comment, draft = _open(number, guest)
    doing = deed(guest, "say if it reflects", f"comment {comment.id}")
    words, way = sent("reflection"), guest.person.way
    chosen = request.form.get("reflects", "")
    refused = _try(lambda: say_if_it_reflects(current_site().store, doing, comment, seen_seq(), chosen, words, way))
    if refused is not None:
        return _draw_refused(guest, comment, draft, "reflection", refused, {"reflection": LONGEST})
    flash(gettext("Thank you. The facilitator can read what you said."))
    return redirect(url_for("review.circle.show_comment", number=comment.id), 303)


@circle.post("/comments/<int:number>/reopen")
def reopen(number: int) -> Answer:
    """Open it again."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    comment, draft = _open(number, guest)
    site, way = current_site(), guest.person.way
    doing = deed(guest, "reopen comment", f"comment {comment.id}")
    words = sent("reason")
    refused = _try(lambda: reopen_comment(site.store, doing, comment, seen_seq(), words, way, site.today()))
    if refused is not None:
        return _draw_refused(guest, comment, draft, "reopening", refused, {"reason": LONGEST})
    flash(gettext("What you said is open again."))
    return redirect(url_for("review.circle.show_comment", number=comment.id), 303)


def _open(number: int, guest: Guest) -> tuple[Comment, Draft]:
    """A comment that this guest may see; 404 for any other."""
    store = current_site().store
    try:
        comment = load_comment(store, number)
    except UnknownComment:
        abort(404)
    round_ = load_round(store, comment.round)
    if not _sees(guest.person, comment) or not (can_read(round_, guest.person) or guest.person.is_co_chair):
        abort(404)
    return comment, draft_of(round_)


def _sees(person: Person, comment: Comment) -> bool:
    """What its author has not confirmed is theirs alone."""
    return comment.counts or comment.author == person.id


def _try(work: Callable[[], None]) -> Refused | None:
    try:
        work()
    except Refused as refused:
        return refused
    return None


def _draw_refused(
    guest: Guest, comment: Comment, draft: Draft, which: str, refused: Refused, texts: dict[str, int]
) -> Answer:
    """The page with the form as it was sent; of somebody else's outcome meanwhile it says so first."""
    if NotAllowed.CHANGED_MEANWHILE in refused.reasons:
        form = Form(dict(request.form.items()))
        return _draw(guest, comment, draft, which, form, is_changed=True), 409
    fields = REFLECTS_FIELDS if which == "reflection" else FIELD_OF
    return _draw(guest, comment, draft, which, refused_form(refused, fields, texts)), 400


def _draw(
    guest: Guest, comment: Comment, draft: Draft, which: str = "", form: Form | None = None, *, is_changed: bool = False
) -> str:
    site = current_site()
    course = load_course(site.store, comment.id)
    last_day = last_day_to_reopen(draft.round, course)
    is_author = comment.author == guest.person.id
    decides = (guest.person.may_facilitate or guest.person.is_co_chair) and not is_author and comment.counts
    is_hidden = comment.hidden_because != "" and not is_author and not guest.person.may_facilitate
    return render_template(
        "review/circle/comment.html",
        comment=comment,
        round=draft.round,
        draft=draft,
        place=where(draft, comment.place),
        question=draft.find(comment.place.item),
        who=how_people_are_shown(site.store).get(comment.author, STRANGER),
        is_author=is_author,
        is_hidden=is_hidden,
        course=course,
        rows=outcome_rows(draft, course, site.today()),
        decides=decides,
        choices=suggestions_to_choose(draft, comment) if decides else (),
        may_reflect=is_author and course.stands is not None,
        may_reopen=can_reopen(comment, course, guest.person, last_day, site.today()),
        last_day=last_day,
        which=which,
        form=form or Form(),
        blank=Form(),
        is_changed=is_changed,
    )
