"""What of a round still needs an outcome, what is being talked about, and where authors say that it does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template

from survey.coproduction.closing import Course, Reflects, is_late
from survey.coproduction.numbering import Numbered
from survey.coproduction.saying import Became, Comment
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.rounds.views import find_round
from survey.review.saying.drafts import Draft, draft_of
from survey.review.saying.places import where
from survey.store.group.comments import comments_of
from survey.store.group.outcomes import courses_in, without_outcome

open_comments = Blueprint("open_comments", __name__)


@dataclass(frozen=True)
class Row:
    """One comment of the list."""

    comment: Comment
    question: Numbered | None
    place: str
    course: Course
    is_late: bool


@open_comments.get("/rounds/<int:number>/outcomes")
def list_open(number: int) -> Answer:
    """For who gives outcomes: one comment after another."""
    guest = admit(if_=lambda person: person.may_facilitate or person.is_co_chair)
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    round_ = find_round(number, guest.person)
    draft = draft_of(round_)
    with site.store.as_of_now() as cursor:
        missing, courses = set(without_outcome(cursor, round_.id)), courses_in(cursor, round_.id)
    rows = [_row(draft, said, courses.get(said.id, Course())) for said in comments_of(site.store, round_.id)]
    talked = [row for row in rows if row.comment.id not in missing and _is_talked_about(row.course)]
    return render_template(
        "review/circle/outcomes.html",
        round=round_,
        language_of_draft=draft.language,
        count=len(rows),
        missing=[row for row in rows if row.comment.id in missing],
        talked=sorted(talked, key=_due_on),
        unhappy=[row for row in rows if row.comment.id not in missing and _does_not_fit(row.course)],
    )


def _row(draft: Draft, said: Comment, course: Course) -> Row:
    late = course.stands is not None and is_late(course.stands, current_site().today())
    return Row(said, draft.find(said.place.item), where(draft, said.place), course, late)


def _is_talked_about(course: Course) -> bool:
    return course.stands is not None and course.stands.became is Became.DISCUSS


def _due_on(row: Row) -> date:
    """For the order of the list; what is talked about has a day."""
    return (row.course.stands and row.course.stands.due_on) or date.max


def _does_not_fit(course: Course) -> bool:
    """Whether its author has said of the outcome that stands that it does not reflect all that they said."""
    return any(said.seq == course.seq and said.reflects is not Reflects.YES for said in course.reflections)
