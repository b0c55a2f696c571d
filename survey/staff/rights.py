"""Who may see and do what: one table, from which the pages' doors, their tests and docs/who-sees-what.md are made."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from survey.store.accounts import Role


class Right(StrEnum):
    """What somebody may see or do. The first five are the stages of a release, by the dashboard's names for them."""

    PUBLIC = "public"
    """Results that are signed, from the day that was declared: on /results/ for everyone."""
    SIGNED = "signed"
    PROVISIONAL = "provisional"
    COUNTS = "counts"
    """How many have answered, while a wave is open."""
    TRIAL = "trial"
    """Whatever there is of the wave that is for trying things out."""
    FIELDWORK = "fieldwork"
    """The staff's list of waves, questionnaire drafts and previews."""
    PROMISE = "promise"
    """Say what was found, who does what about it until when, and how far that is."""
    WORDS = "words"
    """Read what people wrote in their own words, to code and to redact it."""
    GROUP = "group"
    """Take part in the co-production group: read drafts, comment, suggest, and vote where the seat has a vote."""
    RUN_GROUP = "run_group"
    """Keep the group's records: members, links for those who need help, offices; and, with a seat, its rounds."""
    TRANSLATE = "translate"
    """Put words of this system into another language, and check those of others."""


STAGES = frozenset({Right.PUBLIC, Right.SIGNED, Right.PROVISIONAL, Right.COUNTS, Right.TRIAL})

_EVERYONE = frozenset({Right.PUBLIC})
_PARTNERS = _EVERYONE | {Right.SIGNED, Right.PROVISIONAL, Right.COUNTS, Right.PROMISE}
_MEMBERS = _PARTNERS | {Right.GROUP, Right.TRANSLATE}
_STAFF = frozenset(Right) - {Right.GROUP, Right.RUN_GROUP, Right.TRANSLATE}

RIGHTS: Mapping[Role | None, frozenset[Right]] = {
    None: _EVERYONE,
    Role.LIVED_EXPERIENCE: _MEMBERS,
    Role.CARER: _MEMBERS,
    Role.GROUP_STAFF: _MEMBERS,
    Role.FACILITATOR: _MEMBERS | {Right.RUN_GROUP},
    Role.ICS_STAFF: _PARTNERS,
    Role.TRANSLATOR: _EVERYONE | {Right.TRANSLATE},
    Role.INTERVIEWER: _EVERYONE,
    Role.CLERK: _EVERYONE,
    Role.STAFF: _STAFF,
    Role.ANALYST: _STAFF,
    Role.ADMIN: _STAFF | {Right.RUN_GROUP, Right.TRANSLATE},
}
"""By role; None is somebody who is not signed in.

The group and the staff of integrated care systems (ICSs) see the same results at the same time. What the group says
among itself is the group's: programme staff who are not in it read what is published of each round.
"""


def may(role: Role | None, right: Right) -> bool:
    """Whether somebody of that role has a right."""
    return right in RIGHTS[role]


def roles_with(right: Right) -> frozenset[Role]:
    """The roles of those who must be signed in and have a right."""
    return frozenset(role for role, rights in RIGHTS.items() if role is not None and right in rights)
