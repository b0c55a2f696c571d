"""The gate: which languages and formats a wave offers, on what terms, and what staff must say to offer a draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from survey.adjudication.seen import has_hidden_characters, known_as, says_something
from survey.questionnaire.model import Format

SOURCE = "en"
"""The language that is offered always, as the standard format is."""
EVERY = "*"
"""The name of an offer of all languages, or of all formats, that there are or will be."""
LONGEST_REASON = 300
"""Characters: it stands on every page."""
LONGEST_NAME = 100
REVIEWERS_WANTED = 2
MOST_DIGITS = 15
"""Of a telephone number, anywhere in the world (ITU-T E.164)."""

_NUMBER = re.compile(r"\+?[0-9]+(?: [0-9]+)*")


class Kind(StrEnum):
    """What is offered."""

    LANGUAGE = "language"
    FORMAT = "format"


class Tier(StrEnum):
    """How far it is."""

    ADJUDICATED = "adjudicated"
    DRAFT = "draft"


class Reason(StrEnum):
    """Why a draft is offered all the same, which respondents read."""

    NONE = ""
    MACHINE = "machine"
    """The standard reason: made by a computer, and being checked."""
    OWN = "own"
    """In the plain words of staff."""


class WhyNot(StrEnum):
    """Why nothing was offered or withdrawn."""

    ALWAYS_OFFERED = "this is offered in every wave"
    UNKNOWN = "there is no such language or format"
    CLOSED = "the wave is closed"
    NO_REASON = "this is a draft, so people must read why it is offered"
    TWO_REASONS = "there is a reason of one's own and the standard one"
    TOO_LONG = "the reason is too long"
    HIDDEN_CHARACTERS = "the text has characters that cannot be seen or that turn the direction of writing"
    NO_NUMBER = "the interpreter's number is no telephone number"
    NOT_OFFERED = "it is not offered"
    CHANGED_MEANWHILE = "somebody else has changed it meanwhile"
    NOT_REVIEWED = "the standard format needs no reviewer"
    NO_NAME = "the reviewer has no name"
    NO_WORDS = "somebody disagrees and does not say why"


class OfferRefused(Exception):
    """Nothing was changed; `reason` says why."""

    def __init__(self, reason: WhyNot) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to offer, and what respondents will read beside it."""

    kind: Kind
    name: str
    """A locale or a format."""
    reason: Reason = Reason.NONE
    because: str = ""
    interpreter: str = ""
    """A telephone number where one answers with an interpreter; '' where there is none."""


@dataclass(frozen=True)
class Offer:
    """What was decided about a language or format of a wave, by whom and when; `name` may be `EVERY`."""

    kind: Kind
    name: str
    tier: Tier
    reason: Reason
    because: str
    interpreter: str
    offered_by: str
    offered_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Terms:
    """On what terms something is offered now."""

    tier: Tier
    reason: Reason = Reason.NONE
    because: str = ""
    interpreter: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether people are told that it is being checked."""
        return self.tier is Tier.DRAFT


ADJUDICATED = Terms(Tier.ADJUDICATED)
MACHINE_DRAFT = Terms(Tier.DRAFT, Reason.MACHINE)


@dataclass(frozen=True)
class FormatReview:
    """What one named reviewer said of a questionnaire version in a format."""

    reviewer: str
    uses_it: bool
    """Whether they use this format themselves."""
    agrees: bool
    words: str
    noted_by: str
    reviewed_at: datetime


# --- What stands ----------------------------------------------------------------


def is_always_offered(kind: Kind, name: str) -> bool:
    """English, and the standard format."""
    return name == (SOURCE if kind is Kind.LANGUAGE else Format.STANDARD)


def latest_about(offers: Sequence[Offer], kind: Kind, name: str) -> Offer | None:
    """What was decided last about this one by name, else about all. `offers` are in the order they were made."""
    of_kind = [offer for offer in offers if offer.kind is kind]
    by_name = [offer for offer in of_kind if offer.name == name] or [offer for offer in of_kind if offer.name == EVERY]
    return by_name[-1] if by_name else None


def terms_of(offers: Sequence[Offer], kind: Kind, name: str, *, is_agreed: bool) -> Terms | None:
    """On what terms a wave offers something; None where it does not.

    What is agreed needs nobody's decision; a draft needs one with a reason. Either can be withdrawn.
    """
    if is_always_offered(kind, name):
        return ADJUDICATED
    offer = latest_about(offers, kind, name)
    if offer is not None and offer.withdrawn_at is not None:
        return None
    if is_agreed:
        return ADJUDICATED if offer is None else Terms(Tier.ADJUDICATED, interpreter=offer.interpreter)
    if offer is None or offer.reason is Reason.NONE:
        return None
    return Terms(Tier.DRAFT, offer.reason, offer.because, offer.interpreter)


def last_terms(offers: Sequence[Offer], kind: Kind, name: str, *, is_agreed: bool) -> Terms:
    """The terms for somebody who began with it and keeps it, offered still or not."""
    terms = terms_of(offers, kind, name, is_agreed=is_agreed)
    if terms is not None:
        return terms
    if is_agreed:
        return ADJUDICATED
    given = [offer for offer in offers if offer.kind is kind and offer.name in (name, EVERY) and offer.reason]
    last = given[-1] if given else None
    return MACHINE_DRAFT if last is None else Terms(Tier.DRAFT, last.reason, last.because, last.interpreter)


def is_format_agreed(reviews: Sequence[FormatReview]) -> bool:
    """Whether two named reviewers who use the format agree and nobody's latest word disagrees; in order of time."""
    return count_agreeing(reviews) >= REVIEWERS_WANTED and all(review.agrees for review in _latest(reviews))


def count_agreeing(reviews: Sequence[FormatReview]) -> int:
    """How many people who use the format agree now; a name that is written in another way is no other person."""
    return sum(review.agrees and review.uses_it for review in _latest(reviews))


# --- What staff may do ----------------------------------------------------------


def check_offer(
    proposal: Proposal, *, there_are: Collection[str], is_agreed: bool, is_open: bool, is_current: bool = True
) -> None:
    """Raise OfferRefused where a wave may not offer this so.

    `there_are`: the locales or formats that there are. `is_current`: whether nobody has changed it since whoever
    proposes looked at it.
    """
    _check_name(proposal.kind, proposal.name, there_are, is_open=is_open, is_current=is_current)
    if proposal.because and proposal.reason is not Reason.OWN:
        raise OfferRefused(WhyNot.TWO_REASONS)
    is_unsaid = proposal.reason is Reason.OWN and not says_something(proposal.because)
    if is_unsaid or (proposal.reason is Reason.NONE and not is_agreed):  # what is agreed now can be a draft again
        raise OfferRefused(WhyNot.NO_REASON)
    if len(proposal.because) > LONGEST_REASON:
        raise OfferRefused(WhyNot.TOO_LONG)
    if has_hidden_characters(proposal.because):
        raise OfferRefused(WhyNot.HIDDEN_CHARACTERS)
    if proposal.interpreter and not is_telephone_number(proposal.interpreter):
        raise OfferRefused(WhyNot.NO_NUMBER)


def can_offer(
    proposal: Proposal, *, there_are: Collection[str], is_agreed: bool, is_open: bool, is_current: bool = True
) -> bool:
    """Whether `check_offer` lets it pass."""
    try:
        check_offer(proposal, there_are=there_are, is_agreed=is_agreed, is_open=is_open, is_current=is_current)
    except OfferRefused:
        return False
    return True


def check_withdrawal(
    kind: Kind, name: str, *, there_are: Collection[str], is_offered: bool, is_open: bool, is_current: bool = True
) -> None:
    """Raise OfferRefused where a wave may not stop to offer this."""
    _check_name(kind, name, there_are, is_open=is_open, is_current=is_current)
    if not is_offered:
        raise OfferRefused(WhyNot.NOT_OFFERED)


def can_withdraw(
    kind: Kind, name: str, *, there_are: Collection[str], is_offered: bool, is_open: bool, is_current: bool = True
) -> bool:
    """Whether `check_withdrawal` lets it pass."""
    try:
        check_withdrawal(kind, name, there_are=there_are, is_offered=is_offered, is_open=is_open, is_current=is_current)
    except OfferRefused:
        return False
    return True


def check_review(reviewer: str, words: str, *, agrees: bool, format: Format) -> None:
    """Raise OfferRefused where this is no review of a format: who disagrees says why."""
    if format is Format.STANDARD:
        raise OfferRefused(WhyNot.NOT_REVIEWED)
    if not says_something(reviewer):
        raise OfferRefused(WhyNot.NO_NAME)
    if not agrees and not says_something(words):
        raise OfferRefused(WhyNot.NO_WORDS)
    if len(reviewer) > LONGEST_NAME or len(words) > LONGEST_REASON:
        raise OfferRefused(WhyNot.TOO_LONG)
    if has_hidden_characters(reviewer + words):
        raise OfferRefused(WhyNot.HIDDEN_CHARACTERS)


def can_review(reviewer: str, words: str, *, agrees: bool, format: Format) -> bool:
    """Whether `check_review` lets it pass."""
    try:
        check_review(reviewer, words, agrees=agrees, format=format)
    except OfferRefused:
        return False
    return True


def is_telephone_number(text: str) -> bool:
    """Whether it can be a telephone number: digits in groups, three to fifteen, with a plus sign or none."""
    return bool(_NUMBER.fullmatch(text)) and 3 <= sum(sign.isdigit() for sign in text) <= MOST_DIGITS


def is_written_in_latin(text: str) -> bool:
    """Whether the letters of a text are Latin, as those of English are."""
    return all("LATIN" in unicodedata.name(sign, "") for sign in text if sign.isalpha())


def _check_name(kind: Kind, name: str, there_are: Collection[str], *, is_open: bool, is_current: bool) -> None:
    if is_always_offered(kind, name):
        raise OfferRefused(WhyNot.ALWAYS_OFFERED)
    if name not in there_are:
        raise OfferRefused(WhyNot.UNKNOWN)
    if not is_open:
        raise OfferRefused(WhyNot.CLOSED)
    if not is_current:
        raise OfferRefused(WhyNot.CHANGED_MEANWHILE)


def _latest(reviews: Sequence[FormatReview]) -> Collection[FormatReview]:
    return {known_as(review.reviewer): review for review in reviews}.values()
