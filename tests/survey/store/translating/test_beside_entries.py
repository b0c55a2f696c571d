"""Comments, glossary and credit: kept with their audit rows, refused in one, and nobody is named against their will."""

from __future__ import annotations

from dataclasses import replace

import pytest

from survey.adjudication.drafts import Key, Step
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.translating.comments import add_comment, comments_on
from survey.store.translating.credits import choose_credit, credit_of, credits_of
from survey.store.translating.glossary import glossary_of, write_term
from tests.survey.store.translating.conftest import CONTROL, Desk, reworded

UNSEEN = "a\N{RIGHT-TO-LEFT OVERRIDE}b"


def test_a_comment_stays_with_its_string_when_the_words_change(desk: Desk) -> None:
    add_comment(desk.store, desk.deed("ana", "comment"), CONTROL, " Is it power? ")
    (said,) = comments_on(desk.store, reworded(CONTROL, "How much say?"))
    assert (said.words, said.source, said.account) == ("Is it power?", CONTROL.source, desk.people["ana"].id)
    assert comments_on(desk.store, replace(CONTROL, locale="ur")) == ()
    page = Key("pl", "interface", "", "Back")
    add_comment(desk.store, desk.deed("ben", "comment"), page, "To where?")
    assert comments_on(desk.store, reworded(page, "Continue")) == ()
    assert desk.audit() == [("ana", "comment"), ("ben", "comment")]


def test_a_comment_that_cannot_be_read_is_refused_in_one_row(desk: Desk) -> None:
    for words, reason in (
        ("", NotAllowed.EMPTY),
        (UNSEEN, NotAllowed.HIDDEN_CHARACTERS),
        ("x" * 4001, NotAllowed.TOO_LONG),
    ):
        with pytest.raises(Refused) as refused:
            add_comment(desk.store, desk.deed("ana", "comment"), CONTROL, words)
        assert refused.value.reasons == (reason,)
    assert comments_on(desk.store, CONTROL) == ()
    assert desk.audit() == [("ana", "refused: comment")] * 3


def test_a_term_that_somebody_else_has_written_meanwhile_is_not_overwritten(desk: Desk) -> None:
    composed, apart = "caf\N{LATIN SMALL LETTER E WITH ACUTE}", "cafe\N{COMBINING ACUTE ACCENT}"
    write_term(desk.store, desk.deed("ana", "write a term"), "pl", composed, "kawiarnia", was="")
    for was in ("", "bar"):
        with pytest.raises(Refused) as refused:
            write_term(desk.store, desk.deed("ben", "write a term"), "pl", apart, "lokal", was=was)
        assert refused.value.reasons == (NotAllowed.CHANGED_MEANWHILE,)
    assert [term.words for term in glossary_of(desk.store, "pl")] == ["kawiarnia"]
    write_term(desk.store, desk.deed("ben", "write a term"), "pl", apart, "lokal", was=" kawiarnia ")
    assert [term.words for term in glossary_of(desk.store, "pl")] == ["lokal"]
    assert [action for _, action in desk.audit()].count("refused: write a term") == 2


def test_a_term_is_written_anew_and_taken_out(desk: Desk) -> None:
    write_term(
        desk.store, desk.deed("ana", "write a term"), "pl", "personal health budget", "budżet", "As on the leaflet"
    )
    write_term(desk.store, desk.deed("ben", "write a term"), "pl", "carer", "opiekun")
    write_term(desk.store, desk.deed("ben", "write a term"), "pl", "personal health budget", "osobisty budżet")
    assert [(term.term, term.words, term.note) for term in glossary_of(desk.store, "pl")] == [
        ("carer", "opiekun", ""),
        ("personal health budget", "osobisty budżet", ""),
    ]
    assert glossary_of(desk.store, "ur") == ()
    write_term(desk.store, desk.deed("ben", "write a term"), "pl", "carer", "")
    assert [term.term for term in glossary_of(desk.store, "pl")] == ["personal health budget"]
    with pytest.raises(Refused):
        write_term(desk.store, desk.deed("ana", "write a term"), "pl", "carer", UNSEEN)
    assert [term.term for term in glossary_of(desk.store, "pl")] == ["personal health budget"]
    assert desk.audit()[-1] == ("ana", "refused: write a term")


def test_those_are_named_who_chose_to_be_and_whose_words_are_served(desk: Desk) -> None:
    for name, chosen in (("ana", "Ana N."), ("ben", "Benedykt"), ("cat", ""), ("dee", "Dee")):
        choose_credit(desk.store, desk.deed(name, "choose credit"), chosen)
    assert credits_of(desk.store, "pl") == ()
    desk.decide("Ile kontroli?")
    assert credits_of(desk.store, "pl") == ("Benedykt", "Dee"), "Ana's words were not taken, Cat is not to be named"
    assert credits_of(desk.store, "ur") == ()
    choose_credit(desk.store, desk.deed("ben", "choose credit"), "")
    assert credits_of(desk.store, "pl") == ("Dee",)
    assert credit_of(desk.store, desk.people["ben"].id) == ""
    desk.step("ana", Step.DRAFT, "Nowe słowa")
    assert credits_of(desk.store, "pl") == ("Dee",), "what was decided is served until something else is"


def test_nobody_is_named_who_has_not_chosen(desk: Desk) -> None:
    desk.decide("Ile kontroli?")
    assert credits_of(desk.store, "pl") == ()
    assert credit_of(desk.store, desk.people["ben"].id) is None


def test_a_name_that_cannot_be_shown_is_refused(desk: Desk) -> None:
    for name in (UNSEEN, "x" * 81, "Ana\nN."):
        with pytest.raises(Refused):
            choose_credit(desk.store, desk.deed("ana", "choose credit"), name)
    assert credit_of(desk.store, desk.people["ana"].id) is None
    assert desk.audit() == [("ana", "refused: choose credit")] * 3
