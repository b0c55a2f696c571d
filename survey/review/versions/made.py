"""What a new version changes, question by question, with the suggestions that changed it and what they bring along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from survey.coproduction.biography import subject_of
from survey.coproduction.counting import sides_to_show
from survey.coproduction.deciding import Decision
from survey.coproduction.numbering import number_items
from survey.coproduction.people import Shown, Side
from survey.coproduction.saying import Comment
from survey.coproduction.suggestions import (
    AddOption,
    AddQuestion,
    DropOption,
    DropQuestion,
    MoveQuestion,
    OrderOptions,
    Reword,
    Suggestion,
)
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import Answering, Questionnaire
from survey.questionnaire.versions.changes import Kind
from survey.questionnaire.versions.trends import Trend, compare_trends
from survey.review.difference import Difference, differences
from survey.store.connect import Store
from survey.store.group.comments import comments_of
from survey.store.group.decisions import decisions_of
from survey.store.group.people import how_people_are_shown
from survey.store.group.suggestions import suggestions_of

STRANGER = Shown("", None)


@dataclass(frozen=True)
class Cause:
    """A suggestion, who made it as the group sees them today, what it answers, and the vote on it."""

    suggestion: Suggestion
    who: Shown
    comment: Comment | None
    comment_by: Shown
    decision: Decision | None

    @property
    def sides(self) -> Mapping[Side, int] | None:
        """How many voted on each side, where that may be shown."""
        return sides_to_show(self.decision.tally) if self.decision and self.decision.tally else None


@dataclass(frozen=True)
class Step:
    """One difference, and the suggestions that made it."""

    found: Difference
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class ChangedQuestion:
    """One question that is different, by its number in the old draft, or in the new one where it is new."""

    number: int
    item: str
    question: str
    steps: tuple[Step, ...]
    trends: tuple[Trend, ...]

    @property
    def kind(self) -> Kind:
        """What is different first of all: whether it comes, goes, or stays."""
        return self.steps[0].found.kind


@dataclass(frozen=True)
class Changes:
    """All that is different: question by question, and what belongs to none."""

    questions: tuple[ChangedQuestion, ...]
    others: tuple[Difference, ...]


def causes_of(store: Store, rounds: Iterable[int]) -> tuple[Cause, ...]:
    """Every suggestion of some rounds, in that order."""
    people = how_people_are_shown(store)
    found = []
    for number in rounds:
        decisions = {each.suggestion: each for each in decisions_of(store, number)}
        comments = {each.id: each for each in comments_of(store, number) if each.counts and not each.hidden_because}
        for suggestion in suggestions_of(store, number):
            comment = comments.get(suggestion.comment) if suggestion.comment is not None else None
            found.append(
                Cause(
                    suggestion=suggestion,
                    who=people.get(suggestion.author, STRANGER),
                    comment=comment,
                    comment_by=STRANGER if comment is None else people.get(comment.author, STRANGER),
                    decision=decisions.get(suggestion.id),
                )
            )
    return tuple(found)


def changes_between(old: Questionnaire, new: Questionnaire, causes: Iterable[Cause] = ()) -> Changes:
    """What is different for people who answer, with those of the suggestions that made it."""
    names = _names(old, new)
    found: Mapping[str, list[Difference]] = defaultdict(list)
    others = []
    for each in differences(old, new):
        item = names.get((each.kind is Kind.ADDED, each.number or 0))
        if item is None:
            others.append(each)
        else:
            found[item].append(each)
    trends = list(compare_trends(old, new))
    by_item: Mapping[str, list[Cause]] = defaultdict(list)
    for cause in causes:
        by_item[subject_of(cause.suggestion.change)].append(cause)
    questions = {each.item.id: each for each in (*number_items(new), *number_items(old))}
    changed = (
        ChangedQuestion(
            number=each[0].number or 0,
            item=item,
            question=wording(questions[item].item.text),
            steps=tuple(
                Step(replace(one, question=""), tuple(cause for cause in by_item[item] if _has_made(cause, one)))
                for one in each
            ),
            trends=tuple(trend for trend in trends if trend.item.partition("__")[0] == item),
        )
        for item, each in found.items()
    )
    return Changes(tuple(sorted(changed, key=lambda each: (each.number, each.kind is Kind.ADDED))), tuple(others))


def _has_made(cause: Cause, found: Difference) -> bool:
    """Whether a suggestion about a question is behind one difference of it."""
    match cause.suggestion.change:
        case Reword(field=field, variant=variant):
            here = found.field == field or (found.kind is Kind.FORMATS and field.startswith(f"{found.field}."))
            return here and (not found.readers or variant not in set(Answering) or variant in found.readers)
        case AddOption(code=code):
            return (found.kind, found.field) == (Kind.OPTION_ADDED, f"option.{code}")
        case DropOption(code=code):
            return (found.kind, found.field) == (Kind.OPTION_REMOVED, f"option.{code}")
        case OrderOptions():
            return found.kind is Kind.OPTIONS_REORDERED
        case AddQuestion():
            return found.kind is Kind.ADDED
        case DropQuestion():
            return found.kind is Kind.REMOVED
        case MoveQuestion():
            return found.kind is Kind.MOVED


def _names(old: Questionnaire, new: Questionnaire) -> Mapping[tuple[bool, int], str]:
    """The items by whether they are new, and by the number that a difference gives them."""
    before = {each.item.id for each in number_items(old)}
    return {
        **{(False, each.number): each.item.id for each in number_items(old)},
        **{(True, each.number): each.item.id for each in number_items(new) if each.item.id not in before},
    }
