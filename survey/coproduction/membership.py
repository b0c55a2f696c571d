"""Being in the group: what members say of themselves, the duties they may hold, and the texts that bind them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from survey.coproduction.characters import MARKS, has_hidden_characters
from survey.coproduction.people import CO_CHAIRS, SIDES, Naming, Office, Seat, Side, Way
from survey.coproduction.refusals import NotAllowed, Refused, holds

MINUTES_UNLESS_SAID = 120
"""What a member who has not said otherwise is asked for in a month at most."""
MOST_MINUTES = 2400
EARLIEST = date(2000, 1, 1)
"""No personal health budget is older."""
LONGEST_NAME, LONGEST_NEEDS, LONGEST_EMAIL, LONGEST_REASON = 100, 1000, 254, 500
"""Characters."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Need(StrEnum):
    """What somebody needs to take part."""

    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"
    SCREEN_READER = "screen_reader"
    BSL = "bsl"
    BREAKS = "breaks"
    CARERS_TIMES = "carers_times"
    """Meetings at times when somebody who cares for another can come."""


class TextKind(StrEnum):
    """The texts that the group has of itself, each in versions."""

    PURPOSE = "purpose"
    AGREEMENT = "agreement"
    CONDUCT = "conduct"


PARTS_OF_TEXT: Mapping[TextKind, tuple[str, ...]] = {
    TextKind.PURPOSE: ("purpose", "can_change", "cannot_change", "difference"),
    TextKind.AGREEMENT: ("words",),
    TextKind.CONDUCT: ("words",),
}
"""What each text says, part by part; none may be empty."""
LONGEST_TEXT = 10_000
"""Characters of a part: five pages, more than anybody agrees to knowingly."""


class MemberReason(StrEnum):
    """Why something about a member was refused."""

    NO_NAME = "there is no name"
    NAME_LONG = "the name is too long"
    NAME_HIDDEN = "the name has characters that cannot be seen"
    NAME_TAKEN = "somebody else has this name"
    NO_DISPLAY_NAME = "a display name was chosen and none is given"
    NEEDS_LONG = "the words about needs are too long"
    NEEDS_HIDDEN = "the words about needs have characters that cannot be seen"
    EMAIL_WRONG = "this is no e-mail address"
    EMAIL_NOT_IN_PERSON = "only the member changes the address, in a session of their own"
    MINUTES_WRONG = "the minutes are no number from 0 to 2400"
    NO_SUCH_CHOICE = "something was chosen that is not offered"
    NOT_STAFF = "only staff say that they have lived experience too"
    NO_SUPPORTER = "no supporter is named"
    SUPPORTER_LONG = "the supporter's name is too long"
    SUPPORTER_HIDDEN = "the supporter's name has characters that cannot be seen"
    DAY_WRONG = "there is no such month, or it has not come yet"
    NO_REASON = "there is no reason"
    REASON_LONG = "the reason is too long"
    REASON_HIDDEN = "the reason has characters that cannot be seen"
    NOT_IN_GROUP = "this person is not in the group"
    HAS_LEFT = "this person has left"
    NOT_ONESELF = "nobody takes themselves out of the group"
    OFFICE_TAKEN = "somebody holds this office"
    OFFICE_NOT_HELD = "this person does not hold this office"
    NEEDS_LIVED_SIDE = "this co-chair must have lived experience or be a carer"
    NEEDS_A_VOTE = "a co-chair must be a member with a vote"
    NEEDS_FACILITATOR_SEAT = "only a facilitator, who has no vote, runs rounds"
    CO_CHAIR_ALREADY = "one person is not both co-chairs"


@dataclass(frozen=True)
class Profile:
    """What a member says of themselves."""

    display_name: str = ""
    naming: Naming = Naming.REAL
    lives_it: bool = False
    """Staff only: that they have lived experience too. They count once, as staff."""
    needs: frozenset[Need] = frozenset()
    needs_words: str = ""
    email: str = ""
    minutes_a_month: int = MINUTES_UNLESS_SAID
    """At most; 0 for none at present."""
    wants_pay: bool = True
    about: Mapping[str, str] = field(default_factory=dict)
    """For the group's make-up: codes by dimension, only of what they told."""


@dataclass(frozen=True)
class TakingPart:
    """How a member takes part, as those who run the group keep it."""

    way: Way = Way.SELF
    supporter: str = ""
    """Who helps; '' where nobody does."""
    first_involved: date | None = None
    """The first day of the month; None where only the day of the account is known."""


def check_profile(
    profile: Profile, seat: Seat, other_names: Collection[str], offered: Mapping[str, Collection[str]]
) -> None:
    """Raise Refused with everything that is wrong.

    `other_names` are all names that others have or show; nobody may be taken for another. `offered` has the codes
    that can be told of oneself by dimension.
    """
    reasons: list[StrEnum] = []
    name = profile.display_name
    if profile.naming is Naming.DISPLAY and not name:
        reasons.append(MemberReason.NO_DISPLAY_NAME)
    if name:
        reasons += _name_reasons(name, other_names)
    reasons += _length_reasons(profile.needs_words, LONGEST_NEEDS, MemberReason.NEEDS_LONG, MemberReason.NEEDS_HIDDEN)
    if profile.email and not is_email(profile.email):
        reasons.append(MemberReason.EMAIL_WRONG)
    if not 0 <= profile.minutes_a_month <= MOST_MINUTES:
        reasons.append(MemberReason.MINUTES_WRONG)
    if profile.lives_it and seat is not Seat.STAFF:
        reasons.append(MemberReason.NOT_STAFF)
    if any(code not in offered.get(dimension, ()) for dimension, code in profile.about.items()):
        reasons.append(MemberReason.NO_SUCH_CHOICE)
    _refuse(reasons)


def check_address(known: str, email: str, way: Way) -> None:
    """Raise Refused where an address is not for whoever came in this way to change: links to sign in go there."""
    if email != known and way is not Way.SELF:
        raise Refused(MemberReason.EMAIL_NOT_IN_PERSON)


def check_new_name(name: str, other_names: Collection[str]) -> None:
    """Raise Refused where nobody can be added under this name."""
    _refuse(_name_reasons(name, other_names) if name else [MemberReason.NO_NAME])


def check_taking_part(part: TakingPart, today: date) -> None:
    """Raise Refused with everything that is wrong."""
    reasons = _length_reasons(part.supporter, LONGEST_NAME, MemberReason.SUPPORTER_LONG, MemberReason.SUPPORTER_HIDDEN)
    if part.way is Way.SUPPORTER and not part.supporter:
        reasons.append(MemberReason.NO_SUPPORTER)
    if part.first_involved is not None and not EARLIEST <= part.first_involved <= today:
        reasons.append(MemberReason.DAY_WRONG)
    _refuse(reasons)


def check_hold_office(office: Office, seat: Seat | None, held: Collection[Office], *, is_taken: bool) -> None:
    """Raise Refused where somebody with this seat and these offices cannot be given one more.

    A co-chair has a vote and runs no rounds; whoever runs rounds has no vote; the sponsor need not be in the group.
    """
    reasons: list[StrEnum] = []
    if is_taken:
        reasons.append(MemberReason.OFFICE_TAKEN)
    if seat is None and office is not Office.SPONSOR:
        reasons.append(MemberReason.NOT_IN_GROUP)
    elif office is Office.CO_CHAIR_LIVED and SIDES.get(seat or Seat.FACILITATOR) is not Side.LIVED_EXPERIENCE:
        reasons.append(MemberReason.NEEDS_LIVED_SIDE)
    elif office is Office.CO_CHAIR and seat not in SIDES:
        reasons.append(MemberReason.NEEDS_A_VOTE)
    elif office is Office.FACILITATOR and seat is not Seat.FACILITATOR:
        reasons.append(MemberReason.NEEDS_FACILITATOR_SEAT)
    if office in CO_CHAIRS and CO_CHAIRS & {*held} - {office}:
        reasons.append(MemberReason.CO_CHAIR_ALREADY)
    _refuse(reasons)


def can_hold_office(office: Office, seat: Seat | None, held: Collection[Office], *, is_taken: bool) -> bool:
    """Whether `check_hold_office` lets it pass."""
    return holds(lambda: check_hold_office(office, seat, held, is_taken=is_taken))


def check_departure(reason: str, *, is_oneself: bool) -> None:
    """Raise Refused where somebody cannot be removed with this reason."""
    reasons = _length_reasons(reason, LONGEST_REASON, MemberReason.REASON_LONG, MemberReason.REASON_HIDDEN)
    if not reason:
        reasons.append(MemberReason.NO_REASON)
    if is_oneself:
        reasons.append(MemberReason.NOT_ONESELF)
    _refuse(reasons)


def check_text(kind: TextKind, words: Mapping[str, str]) -> None:
    """Raise Refused where a text of the group cannot stand like this."""
    reasons: set[StrEnum] = set()
    for part in PARTS_OF_TEXT[kind]:
        if not words.get(part, ""):
            reasons.add(NotAllowed.EMPTY)
        elif len(words[part]) > LONGEST_TEXT:
            reasons.add(NotAllowed.TOO_LONG)
        elif has_hidden_characters(words[part]):
            reasons.add(NotAllowed.HIDDEN_CHARACTERS)
    _refuse([reason for reason in NotAllowed if reason in reasons])


def is_email(text: str) -> bool:
    """Whether letters can be sent there, as far as one can see."""
    return len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) is not None and not has_hidden_characters(text)


def _name_reasons(name: str, other_names: Collection[str]) -> list[StrEnum]:
    reasons = _length_reasons(name, LONGEST_NAME, MemberReason.NAME_LONG, MemberReason.NAME_HIDDEN)
    if not reasons and not same_name(name):
        reasons.append(MemberReason.NAME_HIDDEN)
    if not reasons and same_name(name) in {same_name(other) for other in other_names}:
        reasons.append(MemberReason.NAME_TAKEN)
    return reasons


def same_name(name: str) -> str:
    """Equal for names that a reader takes for one."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", name) if sign not in MARKS)
    return " ".join(seen.casefold().split())


def _length_reasons(text: str, longest: int, long: StrEnum, hidden: StrEnum) -> list[StrEnum]:
    if len(text) > longest:
        return [long]
    return [hidden] if has_hidden_characters(text) else []


def _refuse(reasons: list[StrEnum]) -> None:
    if reasons:
        raise Refused(*reasons)
