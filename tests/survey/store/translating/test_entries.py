"""Entries in the store: each step with its audit row, and what is refused changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from survey.adjudication.drafts import Key, Origin, Step, stage_after
from survey.adjudication.problems import Wrong
from survey.adjudication.rules import NotTranslated
from survey.coproduction.refusals import NotAllowed, Refused
from survey.questionnaire.stages import Stage
from survey.store.translating.entries import add_entry, decided_in, histories, history_of
from tests.survey.store.translating.conftest import CONTROL, Desk, reworded

CUPS = Key("pl", "interface", "", "%(num)s cup")


def test_a_string_goes_its_way_and_every_step_has_its_row_in_the_audit(desk: Desk) -> None:
    desk.decide("Ile kontroli?")
    desk.step("ana", Step.PRETEST, "Ile kontroli?", note="Three people understood it.")
    history = history_of(desk.store, CONTROL)
    assert [(entry.step, entry.account) for entry in history] == [
        (Step.DRAFT, desk.people["ana"].id),
        (Step.DRAFT, desk.people["ben"].id),
        (Step.REVIEW, desk.people["cat"].id),
        (Step.ADJUDICATE, desk.people["dee"].id),
        (Step.PRETEST, desk.people["ana"].id),
    ]
    assert history[-1].note == "Three people understood it."
    assert history[-1].made_at == desk.now
    assert history[0].origin is Origin.OWN
    assert desk.audit() == [
        ("ana", "draft a translation"),
        ("ben", "draft a translation"),
        ("cat", "review a translation"),
        ("dee", "adjudicate a translation"),
        ("ana", "pretest a translation"),
    ]


REFUSED = (
    ("ana", Step.REVIEW, ("Ile kontroli?",), "", NotTranslated.OWN_WORDS),
    ("cat", Step.DRAFT, ("Ile kontroli?",), "", NotTranslated.DRAFTED_TWICE),
    ("dee", Step.ADJUDICATE, ("Ile kontroli?",), "", NotTranslated.NOT_REVIEWED),
    ("ana", Step.DRAFT, ("",), "", Wrong.EMPTY),
    ("ana", Step.DRAFT, ("Ile", "kontroli"), "", Wrong.FORMS),
    ("ana", Step.DRAFT, ("Ile <b>kontroli</b>?",), "", Wrong.MARK_UP),
    ("ana", Step.DRAFT, ("Ile {control}?",), "", Wrong.PIPES),
    ("ana", Step.DRAFT, ("Ile\N{RIGHT-TO-LEFT OVERRIDE} kontroli?",), "", Wrong.HIDDEN),
    ("ana", Step.DRAFT, ("Ile",), "\N{RIGHT-TO-LEFT OVERRIDE}", NotAllowed.HIDDEN_CHARACTERS),
    ("ana", Step.DRAFT, ("x" * 4001,), "", NotAllowed.TOO_LONG),
)


def test_what_is_refused_leaves_one_row_in_the_audit_and_changes_nothing(desk: Desk) -> None:
    desk.step("ana", Step.DRAFT, "Ile kontroli?")
    desk.step("ben", Step.DRAFT, "Jaka kontrola?")
    before, rows = history_of(desk.store, CONTROL), len(desk.audit())
    for name, step, forms, note, reason in REFUSED:
        with pytest.raises(Refused) as refused:
            desk.step(name, step, *forms, note=note)
        assert refused.value.reasons == (reason,)
        rows += 1
        assert len(desk.audit()) == rows
        assert desk.audit()[-1] == (name, f"refused: {step} a translation")
    assert history_of(desk.store, CONTROL) == before


def test_a_translation_that_is_long_is_taken(desk: Desk) -> None:
    assert desk.step("ana", Step.DRAFT, "x" * 400).forms == ("x" * 400,)


def test_who_saw_an_older_history_is_refused(desk: Desk) -> None:
    desk.step("ana", Step.DRAFT, "Ile kontroli?", seen=0)
    with pytest.raises(Refused) as refused:
        desk.step("ben", Step.DRAFT, "Jaka kontrola?", seen=0)
    assert refused.value.reasons == (NotAllowed.CHANGED_MEANWHILE,)


def test_of_many_who_draft_at_once_two_are_taken(desk: Desk) -> None:
    deeds = {name: desk.deed(name) for name in desk.people}

    def draft(name: str) -> bool:
        try:
            add_entry(
                desk.store, deeds[name], CONTROL, "", Step.DRAFT, (name,), origin=Origin.OWN, note="", forms_wanted=3
            )
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(draft, desk.people)) == 2
    assert len(history_of(desk.store, CONTROL)) == 2


def test_a_new_wording_of_a_question_is_stale_and_keeps_what_was_made_of_the_old(desk: Desk) -> None:
    desk.decide("Ile kontroli?")
    new = reworded(CONTROL, "How much say?")
    history = history_of(desk.store, new)
    assert stage_after(history, new.source) is Stage.STALE
    assert history[-1].source == CONTROL.source
    desk.step("ana", Step.DRAFT, "Ile do powiedzenia?", key=new)
    assert stage_after(history_of(desk.store, new), new.source) is Stage.DRAFTED
    every = histories(desk.store, "pl", "phb-annual")
    assert every[CONTROL.context, CONTROL.source] == history
    assert [entry.step for entry in every[new.context, new.source]] == [Step.DRAFT]
    assert list(decided_in(desk.store, "pl", "phb-annual")) == [(CONTROL.context, CONTROL.source)]


def test_strings_of_pages_are_known_by_their_words_alone(desk: Desk) -> None:
    first, second = Key("pl", "interface", "", "Continue"), Key("pl", "interface", "", "Back")
    desk.step("ana", Step.DRAFT, "Dalej", key=first)
    assert history_of(desk.store, second) == ()
    assert histories(desk.store, "pl", "interface").get(("", "Back")) is None
    assert histories(desk.store, "ur", "interface") == {}


def test_a_string_that_counts_has_all_forms_of_its_language(desk: Desk) -> None:
    forms = ("%(num)s filiżanka", "%(num)s filiżanki", "%(num)s filiżanek")
    entry = desk.step("ana", Step.DRAFT, *forms, key=CUPS, plural="%(num)s cups")
    assert (entry.forms, entry.plural) == (forms, "%(num)s cups")
    with pytest.raises(Refused) as refused:
        desk.step("ben", Step.DRAFT, *forms[:2], key=CUPS, plural="%(num)s cups")
    assert refused.value.reasons == (Wrong.FORMS,)
    assert refused.value.about == {Wrong.FORMS: "2, not 3"}


def test_words_are_kept_composed_and_without_spaces_round_them(desk: Desk) -> None:
    assert desk.step("ana", Step.DRAFT, "  Ile kontroli z\N{COMBINING DOT ABOVE}? ").forms == ("Ile kontroli ż?",)
