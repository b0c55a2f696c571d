"""The versions of a questionnaire one after another: which the group has agreed, which is asked, what came of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from survey.coproduction.rounds import Round, State
from survey.questionnaire.model import Questionnaire, Status


class Standing(StrEnum):
    """How far a version is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PROPOSED = "proposed"
    NOT_AGREED = "not_agreed"
    AGREED = "agreed"
    TRANSLATING = "translating"
    LIVE = "live"
    RETIRED = "retired"


ASKABLE = frozenset({Standing.AGREED, Standing.TRANSLATING, Standing.LIVE})
"""Versions that a wave may be opened with."""

_OF_MAKER = {
    State.PROPOSED: Standing.PROPOSED,
    State.AGREED: Standing.AGREED,
    State.TRANSLATING: Standing.TRANSLATING,
    State.LIVE: Standing.LIVE,
    State.RETIRED: Standing.RETIRED,
    State.STANDS: Standing.NOT_AGREED,
    State.CALLED_OFF: Standing.NOT_AGREED,
}
_SHORT_OF_AGREEMENT = frozenset({Standing.PROPOSED, Standing.NOT_AGREED})


@dataclass(frozen=True)
class Kept:
    """A version as it is kept, a draft and the same words once agreed being one."""

    version: str
    """Content hash; of a draft that was agreed that of the agreed one."""
    hashes: frozenset[str]
    """This hash and that of the draft with the same words."""
    questionnaire: Questionnaire
    since: datetime
    made_in: tuple[Round, ...] = ()
    """Rounds whose new version it is."""
    read_in: tuple[Round, ...] = ()
    """Rounds that began from it."""
    waves: tuple[str, ...] = ()
    """Waves of fieldwork that ask it, in the order they were opened."""

    @property
    def standing(self) -> Standing:
        """How far it is: what the last of its rounds has come to, and no less than agreed once it was agreed."""
        made = [_OF_MAKER[each.state] for each in sorted(self.made_in, key=_number) if each.state in _OF_MAKER]
        if self.questionnaire.status is Status.AGREED:
            agreed = [each for each in made if each not in _SHORT_OF_AGREEMENT]
            return agreed[-1] if agreed else Standing.AGREED
        if Standing.PROPOSED not in made and any(each.state is State.IN_REVIEW for each in self.read_in):
            return Standing.IN_REVIEW
        return made[-1] if made else Standing.DRAFT


def _number(round_: Round) -> int:
    return round_.id


def newest_to_ask(kept: Iterable[Kept]) -> Kept | None:
    """The version to open a wave with: of those that may be asked the one agreed last. `kept` is in their order."""
    askable = [each for each in kept if each.standing in ASKABLE]
    return max(askable, key=lambda each: max((one.id for one in each.made_in), default=0), default=None)
