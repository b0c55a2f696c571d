"""What changed in the questions because of a round: public, for everyone, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort

from survey.coproduction.closing import answer_due, day_in_england, is_late, review_ended_at
from survey.coproduction.counting import sides_to_show
from survey.coproduction.deciding import Decision
from survey.coproduction.decision_rules import is_published
from survey.coproduction.people import Side
from survey.coproduction.rounds import Round, State
from survey.coproduction.saying import Became
from survey.coproduction.suggestions import Fate
from survey.coproduction.told import count_who_took_part, tell
from survey.dates import write_date
from survey.questionnaire.in_words import wording
from survey.respondent.pages import draw_page
from survey.respondent.site import current_site, interface_locale
from survey.review.circle.reasons import KNOWN
from survey.review.circle.shown import new_version_difference, suggestions_in
from survey.review.difference import Difference
from survey.review.reading.words import KINDS
from survey.review.saying.drafts import Draft, difference_of, draft_of
from survey.store.group.acting import UnknownRound
from survey.store.group.answers import load_answer
from survey.store.group.comments import comments_of
from survey.store.group.decisions import decisions_of
from survey.store.group.outcomes import courses_in
from survey.store.group.rounds import load_round
from survey.store.group.stops import co_chairs, stops_of
from survey.store.group.stories import stories_of
from survey.store.group.taking_part import seats_that_took_part

LARGEST = 2**63 - 1

told = Blueprint("told", __name__)

MADE = frozenset({State.AGREED, State.TRANSLATING, State.LIVE, State.RETIRED})
"""Of rounds of which something came."""


@dataclass(frozen=True)
class DecisionTold:
    """One decision: what it was about, its votes where they were counted, the replies to stops."""

    decision: Decision
    found: tuple[Difference, ...]
    sides: Mapping[Side, int] | None
    replies: tuple[str, ...]


@told.get("/what-changed/round-<int:number>")
def show_round(number: int) -> str:
    """We asked, you said, we did, we couldn't because; what is still talked about; the sponsor's answer."""
    site = current_site()
    try:
        round_ = load_round(site.store, min(number, LARGEST))
    except UnknownRound:
        abort(404)
    ended = review_ended_at(round_)
    if ended is None:
        abort(404)
    draft = draft_of(round_)
    with site.store.as_of_now() as cursor:
        courses = courses_in(cursor, round_.id)
    comments = comments_of(site.store, round_.id)
    found = tell(comments, courses)
    today = site.today()
    talked = sorted(found.outcomes[Became.DISCUSS], key=lambda outcome: outcome.due_on or date.max)
    return draw_page(
        "review/circle/told.html",
        None,
        round=round_,
        draft=draft,
        ended_on=day_in_england(ended),
        took_part=count_who_took_part(seats_that_took_part(site.store, round_.id)),
        found=found,
        about={comment.id: draft.find(comment.place.item) for comment in comments},
        questions=[(draft.find(item), count) for item, count in found.questions.items()],
        suggestions=sum(each.fate is not Fate.WITHDRAWN for each in suggestions_in(draft)),
        stories=sum(not each.hidden_because for each in stories_of(site.store, round_.id)),
        differences=new_version_difference(draft),
        is_made=round_.state in MADE,
        changed=found.outcomes[Became.CHANGED],
        cannot=found.outcomes[Became.CANNOT],
        talked=[(outcome, is_late(outcome, today)) for outcome in talked],
        decisions=_decisions(round_, draft),
        answer=load_answer(site.store, round_.id),
        due_on=answer_due(day_in_england(ended)),
        today=today,
        kinds=KINDS,
        known=KNOWN,
        wording=wording,
        date_in_words=lambda day: write_date(day, interface_locale()),
        day_in_england=day_in_england,
    )


def _decisions(round_: Round, draft: Draft) -> list[DecisionTold]:
    """What was decided; what is still being voted on says so, and nothing of its votes."""
    site = current_site()
    suggestions, chairs = {each.id: each for each in suggestions_in(draft)}, co_chairs(site.store)
    made = []
    for decision in decisions_of(site.store, round_.id):
        suggestion = suggestions.get(decision.suggestion) if decision.suggestion is not None else None
        stops = stops_of(site.store, decision.id)
        made.append(
            DecisionTold(
                decision,
                difference_of(draft, suggestion.change) if suggestion is not None else (),
                sides_to_show(decision.tally) if decision.tally is not None else None,
                tuple(stop.reply for stop in stops if is_published(stop, chairs, site.now())),
            )
        )
    return made
