"""What a wave offers on what terms, and who may change it: check_ and can_ from one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from survey.adjudication.gate import (
    ADJUDICATED,
    EVERY,
    MACHINE_DRAFT,
    FormatReview,
    Kind,
    Offer,
    OfferRefused,
    Proposal,
    Reason,
    Terms,
    Tier,
    WhyNot,
    can_offer,
    can_review,
    can_withdraw,
    check_offer,
    check_review,
    check_withdrawal,
    is_format_agreed,
    is_written_in_latin,
    last_terms,
    terms_of,
)
from survey.questionnaire.model import Format

DAY = datetime(2026, 10, 5, tzinfo=UTC)
LANGUAGES = frozenset({"en", "pl", "ur"})
LANGUAGE = Kind.LANGUAGE


def polish(reason: Reason, because: str = "", interpreter: str = "") -> Proposal:
    return Proposal(LANGUAGE, "pl", reason, because, interpreter)


def decided(
    name: str = "pl", reason: Reason = Reason.MACHINE, because: str = "", number: str = "", *, gone: bool = False
) -> Offer:
    return Offer(LANGUAGE, name, Tier.DRAFT, reason, because, number, "sam", DAY, DAY if gone else None)


@pytest.mark.parametrize(
    ("proposal", "is_agreed", "is_open", "why_not"),
    [
        (polish(Reason.MACHINE), False, True, None),
        (polish(Reason.OWN, "Two people have read it."), False, True, None),
        (polish(Reason.OWN, "دو لوگوں نے اسے پڑھا ہے۔"), False, True, None),
        (polish(Reason.OWN, "می‌خوانند"), False, True, None),
        (polish(Reason.OWN, "x" * 300), False, True, None),
        (polish(Reason.NONE), True, True, None),
        (polish(Reason.MACHINE, interpreter="0300 123 4567"), False, True, None),
        (polish(Reason.NONE, interpreter="+44 300 1234567"), True, True, None),
        (polish(Reason.NONE, interpreter="999"), True, True, None),
        (polish(Reason.NONE), False, True, WhyNot.NO_REASON),
        (polish(Reason.OWN), False, True, WhyNot.NO_REASON),
        (polish(Reason.OWN), True, True, WhyNot.NO_REASON),
        (polish(Reason.OWN, "\N{ZERO WIDTH JOINER}"), False, True, WhyNot.NO_REASON),
        (polish(Reason.OWN, "Read\N{HANGUL FILLER}"), False, True, WhyNot.HIDDEN_CHARACTERS),
        (polish(Reason.MACHINE, "And a word of ours"), False, True, WhyNot.TWO_REASONS),
        (polish(Reason.OWN, "x" * 301), False, True, WhyNot.TOO_LONG),
        (polish(Reason.OWN, "x" * 1_000_000), False, True, WhyNot.TOO_LONG),
        (polish(Reason.OWN, "turned \N{RIGHT-TO-LEFT OVERRIDE}round"), False, True, WhyNot.HIDDEN_CHARACTERS),
        (polish(Reason.OWN, "\u0627\u0644\u0646\u0635 PHB\N{RIGHT-TO-LEFT MARK}."), False, True, None),
        (polish(Reason.OWN, "two\nlines"), False, True, WhyNot.HIDDEN_CHARACTERS),
        (polish(Reason.OWN, "nothing\0"), False, True, WhyNot.HIDDEN_CHARACTERS),
        (polish(Reason.MACHINE, interpreter="call us"), False, True, WhyNot.NO_NUMBER),
        (polish(Reason.MACHINE, interpreter="12"), False, True, WhyNot.NO_NUMBER),
        (polish(Reason.MACHINE, interpreter="1" * 16), False, True, WhyNot.NO_NUMBER),
        (polish(Reason.MACHINE, interpreter="٠٣٠٠١٢٣"), False, True, WhyNot.NO_NUMBER),
        (polish(Reason.MACHINE, interpreter="0300<b>1"), False, True, WhyNot.NO_NUMBER),
        (polish(Reason.MACHINE, interpreter="0300 123\n"), False, True, WhyNot.NO_NUMBER),
        (Proposal(LANGUAGE, "en", Reason.MACHINE), False, True, WhyNot.ALWAYS_OFFERED),
        (Proposal(Kind.FORMAT, "standard", Reason.MACHINE), False, True, WhyNot.ALWAYS_OFFERED),
        (Proposal(LANGUAGE, "xx", Reason.MACHINE), False, True, WhyNot.UNKNOWN),
        (Proposal(LANGUAGE, EVERY, Reason.MACHINE), False, True, WhyNot.UNKNOWN),
        (Proposal(LANGUAGE, "", Reason.MACHINE), False, True, WhyNot.UNKNOWN),
        (polish(Reason.MACHINE), False, False, WhyNot.CLOSED),
    ],
)
def test_a_draft_is_offered_with_a_reason_that_people_can_read(
    proposal: Proposal, is_agreed: bool, is_open: bool, why_not: WhyNot | None
) -> None:
    assert can_offer(proposal, there_are=LANGUAGES, is_agreed=is_agreed, is_open=is_open) is (why_not is None)
    if why_not is not None:
        with pytest.raises(OfferRefused) as caught:
            check_offer(proposal, there_are=LANGUAGES, is_agreed=is_agreed, is_open=is_open)
        assert caught.value.reason is why_not


def test_what_somebody_else_has_changed_meanwhile_is_looked_at_again() -> None:
    proposal = polish(Reason.MACHINE)
    assert not can_offer(proposal, there_are=LANGUAGES, is_agreed=False, is_open=True, is_current=False)
    with pytest.raises(OfferRefused, match=WhyNot.CHANGED_MEANWHILE):
        check_offer(proposal, there_are=LANGUAGES, is_agreed=False, is_open=True, is_current=False)


@pytest.mark.parametrize(
    ("name", "is_offered", "is_open", "why_not"),
    [
        ("pl", True, True, None),
        ("pl", False, True, WhyNot.NOT_OFFERED),
        ("en", True, True, WhyNot.ALWAYS_OFFERED),
        ("xx", False, True, WhyNot.UNKNOWN),
        ("pl", True, False, WhyNot.CLOSED),
    ],
)
def test_what_is_offered_can_be_withdrawn(name: str, is_offered: bool, is_open: bool, why_not: WhyNot | None) -> None:
    allowed = can_withdraw(LANGUAGE, name, there_are=LANGUAGES, is_offered=is_offered, is_open=is_open)
    assert allowed is (why_not is None)
    if why_not is not None:
        with pytest.raises(OfferRefused) as caught:
            check_withdrawal(LANGUAGE, name, there_are=LANGUAGES, is_offered=is_offered, is_open=is_open)
        assert caught.value.reason is why_not


OWN = Terms(Tier.DRAFT, Reason.OWN, "Two people have read it.", "0300 123")


@pytest.mark.parametrize(
    ("offers", "is_agreed", "terms"),
    [
        ([], False, None),
        ([], True, ADJUDICATED),
        ([decided()], False, MACHINE_DRAFT),
        ([decided(EVERY)], False, MACHINE_DRAFT),
        ([decided("ur")], False, None),
        ([decided(EVERY), decided(gone=True)], False, None),
        ([decided(EVERY), decided(gone=True)], True, None),
        ([decided(gone=True), decided(EVERY)], False, None),
        ([decided(gone=True), decided()], False, MACHINE_DRAFT),
        ([decided(EVERY), decided("pl", Reason.OWN, OWN.because, OWN.interpreter)], False, OWN),
        ([decided("pl", Reason.NONE, number="999")], True, Terms(Tier.ADJUDICATED, interpreter="999")),
        ([decided("pl", Reason.NONE, number="999")], False, None),
        ([decided("pl", Reason.OWN, "It is a draft")], True, ADJUDICATED),
    ],
)
def test_what_was_decided_by_name_counts_before_what_was_decided_for_all(
    offers: Sequence[Offer], is_agreed: bool, terms: Terms | None
) -> None:
    assert terms_of(offers, LANGUAGE, "pl", is_agreed=is_agreed) == terms


def test_english_and_the_standard_format_are_offered_whatever_was_decided() -> None:
    assert terms_of([decided("en", gone=True)], LANGUAGE, "en", is_agreed=False) == ADJUDICATED
    assert terms_of([], Kind.FORMAT, Format.STANDARD, is_agreed=False) == ADJUDICATED


def test_who_keeps_a_language_that_was_withdrawn_reads_the_reason_given_last() -> None:
    own = decided("pl", Reason.OWN, OWN.because, OWN.interpreter, gone=True)
    assert last_terms([own], LANGUAGE, "pl", is_agreed=False) == OWN
    assert last_terms([own, decided("pl", Reason.NONE, gone=True)], LANGUAGE, "pl", is_agreed=False) == OWN
    assert last_terms([], LANGUAGE, "pl", is_agreed=False) == MACHINE_DRAFT
    assert last_terms([decided(gone=True)], LANGUAGE, "pl", is_agreed=True) == ADJUDICATED


def said(*, uses_it: bool = True, agrees: bool = True, by: str) -> FormatReview:
    return FormatReview(by, uses_it, agrees, "", "sam", DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("reviews", "is_agreed"),
    [
        ([], False),
        ([said(by="Rosa")], False),
        ([said(by="Rosa"), said(by="rosa ")], False),
        ([said(by="Jos\N{LATIN SMALL LETTER E WITH ACUTE}"), said(by="Jose\N{COMBINING ACUTE ACCENT}")], False),
        ([said(by="Rosa"), said(by="Rosa\N{ZERO WIDTH JOINER}")], False),
        ([said(by="Rosa"), said(by="Ro sa.")], False),
        ([said(by="Rosa"), said(by="Ade")], True),
        ([said(by="Rosa"), said(by="Ade", uses_it=False)], False),
        ([said(by="Rosa"), said(by="Ade"), said(by="Kim", agrees=False)], False),
        ([said(by="Rosa"), said(by="Ade"), said(by="Kim", agrees=False, uses_it=False)], False),
        ([said(by="Rosa"), said(by="Ade"), said(by="Rosa", agrees=False)], False),
        ([said(by="Rosa", agrees=False), said(by="Ade"), said(by="Rosa")], True),
    ],
)
def test_a_format_is_agreed_by_two_who_use_it_and_by_nobody_refused(
    reviews: Sequence[FormatReview], is_agreed: bool
) -> None:
    assert is_format_agreed(reviews) is is_agreed


@pytest.mark.parametrize(
    ("reviewer", "words", "agrees", "format", "why_not"),
    [
        ("Rosa", "", True, Format.EASYREAD, None),
        ("Rosa", "The pictures are too small.", False, Format.BSL, None),
        ("", "", True, Format.EASYREAD, WhyNot.NO_NAME),
        ("\N{ZERO WIDTH JOINER}", "", True, Format.EASYREAD, WhyNot.NO_NAME),
        ("Rosa\N{HANGUL FILLER}", "", True, Format.EASYREAD, WhyNot.HIDDEN_CHARACTERS),
        ("Rosa", ".", False, Format.EASYREAD, WhyNot.NO_WORDS),
        ("Rosa", "", False, Format.EASYREAD, WhyNot.NO_WORDS),
        ("Rosa", "", True, Format.STANDARD, WhyNot.NOT_REVIEWED),
        ("R" * 101, "", True, Format.AUDIO, WhyNot.TOO_LONG),
        ("Rosa", "x" * 301, True, Format.AUDIO, WhyNot.TOO_LONG),
        ("Ro\N{RIGHT-TO-LEFT OVERRIDE}sa", "", True, Format.AUDIO, WhyNot.HIDDEN_CHARACTERS),
    ],
)
def test_a_review_has_a_name_and_who_disagrees_says_why(
    reviewer: str, words: str, agrees: bool, format: Format, why_not: WhyNot | None
) -> None:
    assert can_review(reviewer, words, agrees=agrees, format=format) is (why_not is None)
    if why_not is not None:
        with pytest.raises(OfferRefused, match=why_not):
            check_review(reviewer, words, agrees=agrees, format=format)


def test_words_in_another_script_are_told_from_english() -> None:
    assert is_written_in_latin("Sprawdzają je trzy osoby, 100%.")
    assert not is_written_in_latin("دو لوگ")
