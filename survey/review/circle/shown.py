"""What became of comments and suggestions as pages show it: each outcome with its difference and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from survey.coproduction.closing import Course, Reflection, is_late
from survey.coproduction.saying import Became, Comment, Outcome
from survey.coproduction.suggestions import Fate, Suggestion
from survey.respondent.site import current_site
from survey.review.difference import Difference, differences
from survey.review.saying.drafts import Draft, difference_of
from survey.store.group.suggestions import load_suggestion, suggestions_of
from survey.store.versions import load_version


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome of a comment, with what its author said to it."""

    outcome: Outcome
    is_late: bool
    """Should have been talked about, and nothing came after it."""
    found: tuple[Difference, ...]
    """What is different because of it."""
    reflection: Reflection | None
    is_reopened: bool
    """Whether the comment was opened again on this outcome."""


@dataclass(frozen=True)
class Suggested:
    """A suggestion with what it would make different."""

    suggestion: Suggestion
    found: tuple[Difference, ...]


def outcome_rows(draft: Draft, course: Course, today: date) -> list[OutcomeRow]:
    """The outcomes of a comment, the first first."""
    said = {reflection.seq: reflection for reflection in course.reflections}
    after = course.reopening.after_seq if course.reopening is not None else None
    return [
        OutcomeRow(
            outcome,
            outcome is course.stands and is_late(outcome, today),
            difference_made(draft, outcome),
            said.get(outcome.seq),
            outcome.seq == after,
        )
        for outcome in course.outcomes
    ]


def difference_made(draft: Draft, outcome: Outcome) -> tuple[Difference, ...]:
    """What is different because of an outcome: one suggestion, or the whole new version."""
    if outcome.became is not Became.CHANGED:
        return ()
    if outcome.suggestion is None:
        return new_version_difference(draft)
    return difference_of(draft, load_suggestion(current_site().store, outcome.suggestion).change)


def new_version_difference(draft: Draft) -> tuple[Difference, ...]:
    """What is different in the version that came of a round; nothing where there is none."""
    if not draft.round.new_version:
        return ()
    return differences(draft.questionnaire, load_version(current_site().store, draft.round.new_version))


def suggestions_to_choose(draft: Draft, comment: Comment) -> list[Suggested]:
    """The agreed suggestions of a round, those about the same question first."""
    agreed = [each for each in suggestions_in(draft) if each.fate is Fate.AGREED]
    near = {each.id for each in agreed if each.comment == comment.id}
    near |= {each.id for each in suggestions_of(current_site().store, draft.round.id, comment.place.item)}
    agreed.sort(key=lambda each: (each.comment != comment.id, each.id not in near, each.id))
    return [Suggested(each, difference_of(draft, each.change)) for each in agreed]


def suggestions_in(draft: Draft) -> tuple[Suggestion, ...]:
    """Everything that was suggested in a round."""
    return suggestions_of(current_site().store, draft.round.id)
