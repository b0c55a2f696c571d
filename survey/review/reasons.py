"""Why something was refused, in plain words: each part of the workspace adds the words for the reasons of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.coproduction.refusals import NotAllowed, Refused
from survey.review.circle import reasons as of_closing
from survey.review.deciding import reasons as of_deciding
from survey.review.fair import reasons as of_fairness
from survey.review.people import messages as of_people
from survey.review.rounds import reasons as of_rounds
from survey.review.saying import reasons as of_saying
from survey.review.translating import reasons as of_translating
from survey.review.versions import reasons as of_versions

Explained = Mapping[StrEnum, object]
"""Words, lazily translated, by reason."""

_SHARED: Explained = {
    NotAllowed.NOT_YOURS: _l("This is for somebody else to do."),
    NotAllowed.NOT_ASKED: _l("You were not asked to take part in this round."),
    NotAllowed.NO_VOTE: _l("You have no vote here. Facilitators and guests do not vote."),
    NotAllowed.CHANGED_MEANWHILE: _l("Somebody else has changed this meanwhile. Look at it again first."),
    NotAllowed.CLOCK_WENT_BACK: _l("The clock of this system is wrong. Nothing was saved. Tell the facilitator."),
    NotAllowed.HIDDEN_CHARACTERS: _l(
        "There are hidden characters in this text. Type it again, or paste it as plain text."
    ),
    NotAllowed.TOO_LONG: _l("This text is too long. Make it shorter."),
    NotAllowed.NOT_IN_PERSON: _l("You came in with a link that was shown to somebody else. Sign in with your own."),
    NotAllowed.EMPTY: _l("There is nothing here yet. Write something first."),
    NotAllowed.OVER: _l("This is not open now. Either it has not begun or it is over."),
}

_PARTS: tuple[Explained, ...] = (
    _SHARED,
    of_deciding.EXPLAINED,
    of_people.EXPLAINED,
    of_rounds.EXPLAINED,
    of_versions.EXPLAINED,
    of_fairness.EXPLAINED,
    of_closing.EXPLAINED,
    of_saying.EXPLAINED,
    of_translating.EXPLAINED,
)


def explain(refused: Refused) -> list[str]:
    """The words for each of its reasons."""
    words = {reason: text for part in _PARTS for reason, text in part.items()}
    return [
        str(words[reason]) % {"about": refused.about[reason]} if reason in refused.about else str(words[reason])
        for reason in refused.reasons
    ]
