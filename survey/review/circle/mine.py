"""“What happened to what I said”: everything that somebody said, round by round, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from survey.coproduction.closing import Course, can_reopen, last_day_to_reopen, review_ended_at
from survey.coproduction.numbering import Numbered
from survey.coproduction.rounds import Round, State
from survey.coproduction.saying import Comment, Story
from survey.respondent.site import current_site
from survey.review.circle.reasons import FATES
from survey.review.circle.shown import OutcomeRow, Suggested, outcome_rows, suggestions_in
from survey.review.door import Answer, Guest, admit
from survey.review.saying.drafts import Draft, difference_of, draft_of
from survey.review.saying.places import where
from survey.store.group.comments import PAGE, Wanted, list_comments
from survey.store.group.letters import letters_of
from survey.store.group.outcomes import courses_in
from survey.store.group.rounds import list_rounds
from survey.store.group.stories import stories_of

mine = Blueprint("mine", __name__)


@dataclass(frozen=True)
class Said:
    """A comment with all that came after it."""

    comment: Comment
    question: Numbered | None
    place: str
    course: Course
    rows: list[OutcomeRow]
    asks: bool
    """Whether it waits for an answer of its author: does the outcome reflect what they said?"""
    may_reopen: bool


@dataclass(frozen=True)
class Receipt:
    """Everything that somebody said in one round."""

    round: Round
    language: str
    comments: list[Said]
    suggestions: list[Suggested]
    stories: list[Story]
    is_told: bool
    """Whether everyone can read what came of the round."""


@mine.get("/mine")
def show_mine() -> Answer:
    """All rounds, the newest first; with `?round=` one of them, to print."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    store = current_site().store
    wanted = request.args.get("round", "")
    rounds = [each for each in list_rounds(store) if each.state is not State.DRAFT and guest.person.id in each.asked]
    chosen = [each for each in rounds if wanted in ("", str(each.id))]
    if wanted and not chosen:
        abort(404)
    receipts = (_receipt(each, guest) for each in chosen)
    return render_template(
        "review/circle/mine.html",
        receipts=[each for each in receipts if each.comments or each.suggestions or each.stories],
        wanted=wanted,
        letters=() if wanted else letters_of(store, guest.person.id),
        fates=FATES,
    )


def _receipt(round_: Round, guest: Guest) -> Receipt:
    draft, me = draft_of(round_), guest.person.id
    store = current_site().store
    with store.as_of_now() as cursor:
        courses = courses_in(cursor, round_.id)
    return Receipt(
        round=round_,
        language=draft.language,
        comments=[_said(draft, guest, each, courses.get(each.id, Course())) for each in _comments_by(me, round_.id)],
        suggestions=[
            Suggested(each, difference_of(draft, each.change)) for each in suggestions_in(draft) if each.author == me
        ],
        stories=[each for each in stories_of(store, round_.id) if each.author == me],
        is_told=review_ended_at(round_) is not None,
    )


def _said(draft: Draft, guest: Guest, comment: Comment, course: Course) -> Said:
    today = current_site().today()
    answered = any(said.seq == course.seq for said in course.reflections)
    return Said(
        comment=comment,
        question=draft.find(comment.place.item),
        place=where(draft, comment.place),
        course=course,
        rows=outcome_rows(draft, course, today),
        asks=course.stands is not None and not answered,
        may_reopen=can_reopen(comment, course, guest.person, last_day_to_reopen(draft.round, course), today),
    )


def _comments_by(author: int, number: int) -> list[Comment]:
    """What somebody said in a round, in the order they said it."""
    store, found = current_site().store, list[Comment]()
    page, count = 1, 1
    while PAGE * (page - 1) < count:
        count, comments = list_comments(store, number, Wanted(author=author), page)
        found.extend(comments)
        page += 1
    return found[::-1]
