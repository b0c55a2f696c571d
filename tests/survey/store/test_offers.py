"""What a wave offers: decided one after the other, kept with who decided, and one audit row for each change."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from survey.adjudication.gate import (
    EVERY,
    MACHINE_DRAFT,
    Kind,
    Offer,
    OfferRefused,
    Proposal,
    Reason,
    Terms,
    Tier,
    WhyNot,
    terms_of,
)
from survey.config import Config
from survey.questionnaire.model import Format
from survey.store.audit import audit_of
from survey.store.connect import Store, open_store
from survey.store.format_reviews import note_review, reviews_of
from survey.store.offers import offer, offers_of, times_decided, withdraw
from survey.store.waves import close_wave, open_wave
from tests.survey.store.builders import NOON, make_older, open_tiny_wave, tiny_questionnaire

LANGUAGES = frozenset({"en", "pl", "ur"})
POLISH = Proposal(Kind.LANGUAGE, "pl", Reason.MACHINE)
WAVE = "2026"


def offer_it(store: Store, proposal: Proposal = POLISH, *, is_agreed: bool = False, seen: int | None = None) -> bool:
    return offer(store, WAVE, proposal, there_are=LANGUAGES, is_agreed=is_agreed, by="sam", now=NOON, seen=seen)


def withdraw_it(store: Store, name: str = "pl", *, is_agreed: bool = False, seen: int | None = None) -> None:
    withdraw(
        store,
        WAVE,
        Kind.LANGUAGE,
        name,
        there_are=LANGUAGES,
        is_agreed=is_agreed,
        by="sam",
        now=NOON,
        seen=seen,
    )


def terms(store: Store, *, is_agreed: bool = False) -> Terms | None:
    return terms_of(offers_of(store, WAVE), Kind.LANGUAGE, "pl", is_agreed=is_agreed)


def audited(store: Store) -> list[str]:
    return [row.action for row in reversed(audit_of(store, f"wave {WAVE}"))]


def test_a_wave_for_real_offers_no_draft_until_somebody_says_so(store: Store) -> None:
    open_tiny_wave(store)
    assert offers_of(store, WAVE) == ()
    before = store.offers_changed
    assert offer_it(store)
    assert store.offers_changed > before
    assert offers_of(store, WAVE) == (Offer(Kind.LANGUAGE, "pl", Tier.DRAFT, Reason.MACHINE, "", "", "sam", NOON),)
    assert audited(store) == ["offer"]
    assert audit_of(store, f"wave {WAVE}")[0].details["reason"] == "machine"


@pytest.mark.parametrize(("wave", "made_up"), [("trial", False), ("demo", True)])
def test_a_wave_to_try_things_out_offers_everything_as_a_draft(store: Store, wave: str, made_up: bool) -> None:
    questionnaire = tiny_questionnaire()
    open_wave(store, wave=wave, questionnaire=questionnaire, vintage="2026", open_link=True, made_up=made_up, now=NOON)
    offers = offers_of(store, wave)
    assert [(each.kind, each.name) for each in offers] == [(kind, EVERY) for kind in Kind]
    assert terms_of(offers, Kind.LANGUAGE, "ur", is_agreed=False) == MACHINE_DRAFT
    assert terms_of(offers, Kind.FORMAT, "bsl", is_agreed=False) == MACHINE_DRAFT


def test_a_wave_of_an_older_store_goes_on_offering_everything(config: Config) -> None:
    with closing(open_store(config)) as store:
        open_tiny_wave(store)
    make_older(config, "3")
    with closing(open_store(config)) as store:
        offers = offers_of(store, WAVE)
    assert [(each.kind, each.name, each.reason) for each in offers] == [(kind, EVERY, "machine") for kind in Kind]


def test_a_new_reason_takes_the_place_of_the_old_one(store: Store) -> None:
    open_tiny_wave(store)
    offer_it(store)
    own = Proposal(Kind.LANGUAGE, "pl", Reason.OWN, "Two people have read it.", "0300 123 4567")
    assert offer_it(store, own)
    assert terms(store) == Terms(Tier.DRAFT, Reason.OWN, "Two people have read it.", "0300 123 4567")
    assert not offer_it(store, own)
    assert len(offers_of(store, WAVE)) == 2
    assert audited(store) == ["offer", "offer"]


def test_what_is_withdrawn_is_offered_no_more_and_can_be_offered_again(store: Store) -> None:
    open_tiny_wave(store)
    offer_it(store)
    withdraw_it(store)
    assert terms(store) is None
    assert terms(store, is_agreed=True) is None
    with pytest.raises(OfferRefused, match=WhyNot.NOT_OFFERED):
        withdraw_it(store)
    assert offer_it(store)
    assert terms(store) == MACHINE_DRAFT
    assert audited(store) == ["offer", "withdraw offer", "offer"]


def test_a_language_that_is_agreed_can_be_withdrawn_though_nobody_offered_it(store: Store) -> None:
    open_tiny_wave(store)
    withdraw_it(store, is_agreed=True)
    assert terms(store, is_agreed=True) is None


def test_of_two_who_decide_at_once_the_second_is_told(store: Store) -> None:
    open_tiny_wave(store)
    own = Proposal(Kind.LANGUAGE, "pl", Reason.OWN, "Two people have read it.")

    def decide(proposal: Proposal) -> str:
        try:
            offer_it(store, proposal, seen=0)
        except OfferRefused as refused:
            return refused.reason
        return "offered"

    with ThreadPoolExecutor(2) as two:
        told = sorted(two.map(decide, [POLISH, own]))
    assert told == sorted(["offered", WhyNot.CHANGED_MEANWHILE])
    assert len(audited(store)) == 1


def test_a_withdrawal_that_nobody_saw_counts_as_a_change_too(store: Store) -> None:
    open_tiny_wave(store)
    offer_it(store)
    seen = times_decided(offers_of(store, WAVE), Kind.LANGUAGE, "pl")
    withdraw_it(store, seen=seen)
    with pytest.raises(OfferRefused, match=WhyNot.CHANGED_MEANWHILE):
        offer_it(store, seen=seen)


@pytest.mark.parametrize(
    ("proposal", "why_not"),
    [
        (Proposal(Kind.LANGUAGE, "pl", Reason.OWN), WhyNot.NO_REASON),
        (Proposal(Kind.LANGUAGE, "xx", Reason.MACHINE), WhyNot.UNKNOWN),
        (Proposal(Kind.LANGUAGE, "en", Reason.MACHINE), WhyNot.ALWAYS_OFFERED),
        (Proposal(Kind.LANGUAGE, "pl", Reason.MACHINE, "", "call us"), WhyNot.NO_NUMBER),
    ],
)
def test_what_is_refused_changes_nothing(store: Store, proposal: Proposal, why_not: WhyNot) -> None:
    open_tiny_wave(store)
    with pytest.raises(OfferRefused) as caught:
        offer_it(store, proposal)
    assert caught.value.reason is why_not
    assert offers_of(store, WAVE) == ()
    assert audited(store) == []


def test_a_closed_wave_offers_nothing_new(store: Store) -> None:
    open_tiny_wave(store)
    close_wave(store, WAVE, NOON)
    for refused in (lambda: offer_it(store), lambda: withdraw_it(store, is_agreed=True)):
        with pytest.raises(OfferRefused, match=WhyNot.CLOSED):
            refused()


# --- Formats ----------------------------------------------------------------------


def note(store: Store, reviewer: str, *, agrees: bool = True, words: str = "") -> bool:
    return note_review(
        store,
        "tiny",
        "v1",
        Format.EASYREAD,
        reviewer=reviewer,
        uses_it=True,
        agrees=agrees,
        words=words,
        by="sam",
        now=NOON,
    )


def said(store: Store) -> Sequence[tuple[str, bool]]:
    return [(review.reviewer, review.agrees) for review in reviews_of(store, "v1", Format.EASYREAD)]


def test_what_reviewers_say_is_kept_in_order_with_one_audit_row_each(store: Store) -> None:
    before = store.offers_changed
    assert note(store, "Rosa")
    assert note(store, "Rosa", agrees=False, words="The pictures are too small.")
    assert not note(store, "Rosa", agrees=False, words="The pictures are too small.")
    assert note(store, "Ade")
    assert said(store) == [("Rosa", True), ("Rosa", False), ("Ade", True)]
    assert len(audit_of(store, "version tiny v1")) == 3
    assert store.offers_changed > before


def test_a_review_without_a_name_or_without_a_reason_is_not_noted(store: Store) -> None:
    with pytest.raises(OfferRefused, match=WhyNot.NO_NAME):
        note(store, "")
    with pytest.raises(OfferRefused, match=WhyNot.NO_WORDS):
        note(store, "Rosa", agrees=False)
    assert said(store) == []
