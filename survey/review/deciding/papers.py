"""The ballot paper of a round as one person sees it: what is voted on, their own vote, and nothing of anyone else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.coproduction.conflicts import in_conflict
from survey.coproduction.deciding import Decision, Result, Vote
from survey.coproduction.decision_rules import Matter, can_count, can_fill_in, can_put, check_ballot
from survey.coproduction.people import Person, Shown, Way
from survey.coproduction.refusals import Refused
from survey.coproduction.suggestions import Suggestion
from survey.respondent.site import current_site
from survey.review.difference import Difference
from survey.review.door import Guest
from survey.review.reasons import explain
from survey.review.saying.drafts import Draft, difference_of
from survey.review.saying.shown import STRANGER
from survey.store.group.decisions import decisions_of
from survey.store.group.people import how_people_are_shown
from survey.store.group.suggestions import suggestions_of
from survey.store.group.votes import Filled, Turnout, own_votes, turnout_of


@dataclass(frozen=True)
class Subject:
    """What a decision, or one that there may be, is about. `suggestion` is None for the new version as a whole."""

    suggestion: Suggestion | None
    found: tuple[Difference, ...]
    who: Shown
    is_mine: bool
    number: int | None = None
    """The number of the question in the draft."""


@dataclass(frozen=True)
class Paper:
    """One decision of a round, for one person."""

    matter: Matter
    subject: Subject
    turnout: Turnout
    rivals: tuple[int, ...]
    """Other decisions of which only one can be used beside this one."""
    may_vote: bool
    may_count: bool
    vote: Vote | None
    """The reader's own; None also where the reader came in with a link that was shown to somebody else."""
    has_voted: bool
    typed: Filled
    errors: tuple[str, ...] = ()

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.matter.decision

    @property
    def error_at(self) -> str:
        """The field that an error is about: the words where a choice was made."""
        return f"words-{self.decision.id}" if self.typed.choice else f"choice-{self.decision.id}"


@dataclass(frozen=True)
class Sheet:
    """All decisions of a round for one person, and what that person may do."""

    draft: Draft
    papers: tuple[Paper, ...]
    why_no_ballot: tuple[str, ...]
    to_put: tuple[Subject, ...]
    """Suggestions that the reader may put to the vote."""
    writes_down: bool

    @property
    def open(self) -> tuple[Paper, ...]:
        """On the ballot paper."""
        return tuple(paper for paper in self.papers if paper.decision.result is Result.OPEN)

    @property
    def problems(self) -> list[dict[str, str]]:
        """What is wrong with what was filled in, as the error summary takes it."""
        wrong = [paper for paper in self.open if paper.errors]
        return [{"href": f"#{paper.error_at}", "text": f"{paper.decision.id}: {paper.errors[0]}"} for paper in wrong]

    @property
    def counted(self) -> tuple[Paper, ...]:
        """Those that were counted."""
        return tuple(paper for paper in self.papers if paper.decision.result is not Result.OPEN)


def show_sheet(
    draft: Draft,
    guest: Guest,
    typed: Mapping[int, Filled] | None = None,
    errors: Mapping[int, tuple[str, ...]] | None = None,
) -> Sheet:
    """The ballot paper with what the reader has voted, or with what they typed and what is wrong with it."""
    store, today, person = current_site().store, current_site().today(), guest.person
    suggested = {each.id: each for each in suggestions_of(store, draft.round.id)}
    subjects = _Subjects(draft, guest)
    decisions = decisions_of(store, draft.round.id)
    on_it = {each.id: suggested[each.suggestion] for each in decisions if each.suggestion in suggested}
    votes, turnout = own_votes(store, draft.round.id, person.id), turnout_of(store, draft.round.id)
    papers = []
    for decision in decisions:
        matter, own = Matter(draft.round, decision), votes.get(decision.id)
        mine = own if person.way is Way.SELF else None
        papers.append(
            Paper(
                matter=matter,
                subject=subjects.of(on_it.get(decision.id)),
                turnout=turnout[decision.id],
                rivals=_rivals(decision, on_it, decisions),
                may_vote=can_fill_in(matter, person, today),
                may_count=can_count(matter, person, today, all_voted=_all_in(turnout[decision.id])),
                vote=mine,
                has_voted=own is not None,
                typed=(typed or {}).get(decision.id) or Filled(mine.choice if mine else "", mine.words if mine else ""),
                errors=(errors or {}).get(decision.id, ()),
            )
        )
    return Sheet(
        draft=draft,
        papers=tuple(papers),
        why_no_ballot=_why_not(papers, person),
        to_put=tuple(subjects.of(each) for each in suggested.values() if can_put(draft.round, each, person, today)),
        writes_down=person.may_facilitate,
    )


def subject_of(draft: Draft, guest: Guest, suggestion: Suggestion | None) -> Subject:
    """What one decision is about."""
    return _Subjects(draft, guest).of(suggestion)


class _Subjects:
    def __init__(self, draft: Draft, guest: Guest) -> None:
        self._draft, self._guest = draft, guest
        self._people = how_people_are_shown(current_site().store)

    def of(self, suggestion: Suggestion | None) -> Subject:
        if suggestion is None:
            return Subject(None, (), STRANGER, is_mine=False)
        found = difference_of(self._draft, suggestion.change)
        return Subject(
            suggestion=suggestion,
            found=found,
            who=self._people.get(suggestion.author, STRANGER),
            is_mine=suggestion.author == self._guest.account.id,
            number=next((each.number for each in found), None),
        )


def _rivals(decision: Decision, on_it: Mapping[int, Suggestion], decisions: Iterable[Decision]) -> tuple[int, ...]:
    mine = on_it.get(decision.id)
    if mine is None:
        return ()
    rest = (each for each in decisions if each.id != decision.id and each.id in on_it)
    return tuple(each.id for each in rest if in_conflict(mine.change, on_it[each.id].change))


def _all_in(turnout: Turnout) -> bool:
    return turnout.voters > 0 and turnout.voted >= turnout.voters


def _why_not(papers: Iterable[Paper], person: Person) -> tuple[str, ...]:
    """Why there is no ballot paper for somebody while others have one."""
    still_open = [paper for paper in papers if paper.decision.result is Result.OPEN]
    if not still_open or any(paper.may_vote for paper in still_open):
        return ()
    try:
        check_ballot(still_open[0].matter, person, current_site().today())
    except Refused as refused:
        return tuple(explain(refused))
    return ()
