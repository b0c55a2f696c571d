"""The draft of a round as these pages ask for it, for people who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from flask import abort

from survey.coproduction.applying import apply_change
from survey.coproduction.numbering import Numbered, number_items
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import Round
from survey.coproduction.suggestions import Change
from survey.questionnaire.model import Questionnaire
from survey.respondent.site import current_site
from survey.review.difference import Difference, differences
from survey.review.door import Guest
from survey.store.group.acting import UnknownRound
from survey.store.group.rounds import load_round
from survey.store.versions import load_version


@dataclass(frozen=True)
class Draft:
    """A round and the version that is read in it."""

    round: Round
    questionnaire: Questionnaire
    items: tuple[Numbered, ...]

    @property
    def language(self) -> str:
        """The language that it is written in."""
        return self.questionnaire.language

    def find(self, item: str) -> Numbered | None:
        """A question by its id."""
        return next((each for each in self.items if each.item.id == item), None)

    def item(self, item: str) -> Numbered:
        """The same; 404 where there is none."""
        return self.find(item) or abort(404)


def load_draft(number: int, guest: Guest) -> Draft:
    """The draft of a round. Raises UnknownRound, also where others prepare it or called it off before it opened."""
    store = current_site().store
    round_ = load_round(store, number)
    if round_.opened_at is None and not guest.person.may_facilitate:
        raise UnknownRound(number)
    return draft_of(round_)


def draft_of(round_: Round) -> Draft:
    """The draft of a round at hand."""
    questionnaire = load_version(current_site().store, round_.version)
    return Draft(round_, questionnaire, number_items(questionnaire))


def difference_of(draft: Draft, change: Change) -> tuple[Difference, ...]:
    """What a change would make different; nothing where it does not fit. Worked out once: drafts do not change."""
    return _difference(_Version(draft.round.version, _Held(draft.questionnaire)), change)


class _Held:
    """A questionnaire that takes no part in comparisons: its version stands for it."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@dataclass(frozen=True)
class _Version:
    hash: str
    held: _Held


@lru_cache(maxsize=2000)
def _difference(version: _Version, change: Change) -> tuple[Difference, ...]:
    old = version.held.questionnaire
    try:
        return differences(old, apply_change(old, change))
    except Refused:
        return ()
