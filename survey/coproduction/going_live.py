"""After the group has agreed: the version is translated, goes live, and takes the place of the one before."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from survey.coproduction.people import Person
from survey.coproduction.refusals import NotAllowed, Refused, holds
from survey.coproduction.rounds import TRANSITIONS, Act, Round

LONGEST_REASON = 500


class NotLive(StrEnum):
    """What keeps a version from going live."""

    LANGUAGES = "languages are not complete, and there is no reason why it goes live all the same"


def check_translating(round_: Round, by: Person) -> None:
    """Raise Refused where somebody may not send the agreed version of a round to translation."""
    _check(round_, by, Act.TRANSLATE)


def can_translate(round_: Round, by: Person) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_translating(round_, by))


def check_going_live(round_: Round, by: Person, incomplete: Collection[str], reason: str) -> None:
    """Raise Refused where somebody may not let a version go live.

    `incomplete` are the languages in which not every string is translated; with any of them it takes a reason.
    """
    _check(round_, by, Act.GO_LIVE)
    if len(reason) > LONGEST_REASON:
        raise Refused(NotAllowed.TOO_LONG)
    if incomplete and not reason.strip():
        raise Refused(NotLive.LANGUAGES)


def can_go_live(round_: Round, by: Person, incomplete: Collection[str], reason: str) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_going_live(round_, by, incomplete, reason))


def check_retiring(round_: Round, by: Person) -> None:
    """Raise Refused where somebody may not retire the live version of a round."""
    _check(round_, by, Act.RETIRE)


def can_retire(round_: Round, by: Person) -> bool:
    """The same as yes or no."""
    return holds(lambda: check_retiring(round_, by))


def _check(round_: Round, by: Person, act: Act) -> None:
    if not by.may_facilitate:
        raise Refused(NotAllowed.NOT_YOURS)
    if (round_.state, act) not in TRANSITIONS:
        raise Refused(NotAllowed.OVER)
