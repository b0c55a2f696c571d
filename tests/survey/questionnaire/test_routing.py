"""The path: who is asked what, what counts, and where it ends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.answers import Answers
from survey.questionnaire.conditions import evaluate
from survey.questionnaire.model import Answering, EndKind, Questionnaire
from survey.questionnaire.routing import Router
from tests.survey.questionnaire.builders import (
    area,
    choice,
    choices,
    long_text,
    option,
    page,
    questionnaire,
    scale,
    section,
    statement,
)


def is_yes(item: str) -> dict[str, Any]:
    return {"item": item, "is": "yes"}


def test_a_page_without_condition_is_always_on_the_path() -> None:
    router = Router(questionnaire(page(choice("gate")), page(long_text("anything"))))
    assert router.path({}).pages == ("gate", "anything")


def test_a_page_is_shown_only_when_its_condition_is_true() -> None:
    router = Router(questionnaire(page(choice("gate")), page(choice("more"), show_if=is_yes("gate"))))
    assert router.path({"gate": "yes"}).pages == ("gate", "more")
    assert router.path({"gate": "no"}).pages == ("gate",)
    assert router.path({}).pages == ("gate",), "unknown is not shown"


def test_a_section_that_is_not_shown_takes_its_pages_along() -> None:
    router = Router(
        questionnaire(
            section("first", page(choice("gate"))),
            section("second", page(choice("one")), page(choice("two")), show_if=is_yes("gate")),
            section("third", page(choice("three"))),
        )
    )
    assert router.path({"gate": "no", "one": "yes"}).pages == ("gate", "three")
    assert router.path({"one": "yes"}).pages == ("gate", "three"), "unknown is not shown"
    assert router.path({"gate": "yes"}).pages == ("gate", "one", "two", "three")


OPERATORS_THAT_HOLD_ON_PATH = [
    {"item": "hidden", "is": "yes"},
    {"item": "hidden", "is_not": "no"},
    {"item": "hidden", "any_of": ["yes"]},
    {"item": "hidden", "none_of": ["no"]},
    {"item": "hidden_picks", "all_of": ["care"]},
    {"item": "hidden_scale", "at_least": 5},
    {"item": "hidden_scale", "at_most": 5},
    {"item": "hidden", "answered": True},
]


@pytest.mark.parametrize("condition", OPERATORS_THAT_HOLD_ON_PATH, ids=str)
def test_an_answer_off_the_path_counts_as_unanswered(condition: dict[str, Any]) -> None:
    hidden = [choice("hidden"), choices("hidden_picks"), scale("hidden_scale")]
    unanswered = {"item": condition["item"], "answered": False}
    router = Router(
        questionnaire(
            page(choice("gate")),
            page(*hidden, show_if=is_yes("gate")),
            page(choice("told"), show_if=condition),
            page(choice("turned"), show_if={"not": condition}),
            page(choice("missed"), show_if=unanswered),
        )
    )
    answers: Answers = {"hidden": "yes", "hidden_picks": ("care",), "hidden_scale": 5}
    on_path = router.path({"gate": "yes", **answers})
    assert on_path.pages == ("gate", "hidden", "told")
    off_path = router.path({"gate": "no", **answers})
    never_unknown = "answered" in condition
    assert off_path.pages == (("gate", "turned", "missed") if never_unknown else ("gate", "missed"))
    assert off_path.answers == {"gate": "no"}


def test_what_hides_a_gate_hides_what_hangs_on_the_gate() -> None:
    router = Router(
        questionnaire(
            page(choice("one")),
            page(choice("two"), show_if=is_yes("one")),
            page(choice("three"), show_if=is_yes("two")),
        )
    )
    assert router.path({"one": "yes", "two": "yes"}).pages == ("one", "two", "three")
    assert router.path({"one": "no", "two": "yes"}).pages == ("one",)


def test_the_agreed_idiom_keeps_follow_ups_for_those_who_skip_the_gate() -> None:
    follow = {"any": [{"item": "gate", "answered": False}, {"item": "gate", "is_not": "no"}]}
    router = Router(questionnaire(page(choice("gate")), page(choice("more"), show_if=follow)))
    shown = {answer: "more" in router.path({"gate": answer}).pages for answer in ("yes", "no", "dont_know")}
    assert shown == {"yes": True, "no": False, "dont_know": True}
    assert "more" in router.path({}).pages


CONSENT = page(
    choice("taking_part", role="consent", required=True),
    end={"kind": "refused", "when": {"item": "taking_part", "is": "no"}},
)


def test_a_refusal_ends_the_path_at_its_page() -> None:
    router = Router(questionnaire(section("start", CONSENT), section("rest", page(choice("more")))))
    refused = router.path({"taking_part": "no", "more": "yes"})
    assert (refused.pages, refused.ended) == (("taking-part",), EndKind.REFUSED)
    assert refused.answers == {"taking_part": "no"}
    assert router.path({"taking_part": "yes"}).ended is None
    assert router.path({}).ended is None, "unknown does not end anything"


def test_an_offer_to_send_now_does_not_end_the_path() -> None:
    router = Router(questionnaire(page(statement("so_far"), end={"kind": "offer"}), page(choice("more"))))
    assert router.path({}).pages == ("so-far", "more")


def test_items_switched_off_are_not_asked_and_their_page_goes_with_them() -> None:
    router = Router(
        questionnaire(
            section("first", page(choice("one"), choice("two", off=True))),
            section("second", page(choice("three", off=True))),
            section("third", page(choice("four"), show_if={"item": "three", "answered": False})),
        )
    )
    assert [placed.page.id for placed in router.pages] == ["one", "four"]
    assert [placed.section_number for placed in router.pages] == [1, 2], "a section never asked is not counted"
    assert list(router.items) == ["one", "four"]
    assert [item.id for item in router.pages[0].page.items] == ["one"]
    assert router.path({"three": "yes", "two": "no"}).answers == {}
    assert router.path({"three": "yes"}).pages == ("one", "four")


def test_a_page_that_asks_only_what_is_given_is_left_out() -> None:
    router = Router(questionnaire(page(area()), page(area("second"), choice("gate")), page(choice("more"))))
    assert router.path({}, frozenset({"area"})).pages == ("second", "more")
    assert router.path({}, frozenset({"area", "second"})).pages == ("second", "more"), "the page asks something else"


def test_the_answer_to_a_given_item_counts() -> None:
    router = Router(questionnaire(page(area()), page(choice("local"), show_if={"item": "area", "is": "QMJ"})))
    assert router.path({"area": "QMJ"}, frozenset({"area"})).pages == ("local",)


def test_a_write_in_counts_only_with_its_option_picked() -> None:
    other = option("other", write_in="Say which")
    single = {**choice("language"), "options": [option("english"), other]}
    several = {**choices("uses"), "options": [option("care"), other]}
    router = Router(questionnaire(page(single), page(several)))
    written: Answers = {"language__other__text": "Sylheti", "uses__other__text": "a boat"}
    both: Answers = {"language": "other", "uses": ("care", "other"), **written}
    assert router.path(both).answers == both
    neither: Answers = {"language": "english", "uses": ("care",)}
    assert router.path({**neither, **written}).answers == neither
    assert router.path(written).answers == {}


def test_what_is_empty_or_unheard_of_is_not_among_the_answers() -> None:
    router = Router(
        questionnaire(page(choice("gate")), page(choices("uses")), page(scale("say")), page(long_text("x")))
    )
    assert router.path({"gate": "", "uses": (), "say": 0, "x": "", "other": "yes"}).answers == {"say": 0}


def test_who_answers_drives_the_wording_and_is_the_person_until_known() -> None:
    options = [option(f"{who}_answers", answering=who) for who in Answering]
    asked = {**choice("answering", role="answering"), "options": options}
    router = Router(questionnaire(page(choice("gate")), page(asked, show_if=is_yes("gate"))))
    for who in Answering:
        assert router.path({"gate": "yes", "answering": f"{who}_answers"}).answering is who
        assert router.path({"gate": "no", "answering": f"{who}_answers"}).answering is Answering.SELF
    assert router.path({}).answering is Answering.SELF


def test_a_page_knows_its_neighbours_on_the_path() -> None:
    router = Router(
        questionnaire(page(choice("one")), page(choice("two"), show_if=is_yes("one")), page(choice("three")))
    )
    path = router.path({"one": "no"})
    assert [path.before(name) for name in ("one", "two", "three", "none")] == [None, None, "one", None]
    assert [path.after(name) for name in ("one", "two", "three", "none")] == ["three", None, None, None]


def test_someone_who_comes_back_goes_on_at_the_first_page_not_yet_saved() -> None:
    pages = [page(choice("one")), page(choice("two"), show_if=is_yes("one")), page(choice("three"))]
    router = Router(questionnaire(*pages))
    assert router.path({}).first_unanswered(()) == "one"
    assert router.path({"one": "no"}).first_unanswered({"one"}) == "three"
    assert router.path({"one": "yes", "three": "yes"}).first_unanswered({"one", "three"}) == "two"
    assert router.path({"one": "no"}).first_unanswered({"one", "three"}) is None


def test_an_unknown_page_is_none() -> None:
    router = Router(questionnaire(page(choice("one"))))
    assert router.page("two") is None
    found = router.page("one")
    assert found is not None
    assert found.page.items[0].id == "one"


# --- What holds for every questionnaire and every set of answers ----------------

CODES = ["yes", "no", "dont_know"]


@st.composite
def routed_questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Up to nine pages in up to three sections, with conditions on earlier items only."""
    sections, earlier = [], ["item0"]
    pages = [page(choice("item0"))]
    for number in range(1, draw(st.integers(2, 8))):
        more = {"show_if": draw(_conditions(earlier))} if draw(st.booleans()) else {}
        pages.append(page(choice(f"item{number}"), **more))
        if draw(st.integers(0, 2)) == 0:
            sections.append(section(f"section{number}", *pages))
            pages = []
        earlier = [*earlier, f"item{number}"]
    return questionnaire(*sections, *([section("last", *pages)] if pages else []))


def _conditions(earlier: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    items, codes = st.sampled_from(earlier), st.sampled_from(CODES)
    comparison = st.one_of(
        st.builds(lambda item, code: {"item": item, "is": code}, items, codes),
        st.builds(lambda item, code: {"item": item, "is_not": code}, items, codes),
        st.builds(lambda item, yes: {"item": item, "answered": yes}, items, st.booleans()),
    )
    parts = st.lists(comparison, min_size=1)
    joined = st.builds(lambda key, parts: {key: parts}, st.sampled_from(["all", "any"]), parts)
    return st.one_of(comparison, joined, st.builds(lambda part: {"not": part}, joined))


answer_sets = st.dictionaries(st.sampled_from([f"item{number}" for number in range(9)]), st.sampled_from(CODES))


@given(written=routed_questionnaires(), answers=answer_sets)
def test_working_out_a_path_from_its_own_answers_gives_the_same_path(written: Questionnaire, answers: Answers) -> None:
    router = Router(written)
    path = router.path(answers)
    assert router.path(path.answers) == path


@given(written=routed_questionnaires(), answers=answer_sets)
def test_a_path_shows_a_page_exactly_when_its_conditions_are_true(written: Questionnaire, answers: Answers) -> None:
    router = Router(written)
    path = router.path(answers)
    known = {item.id: item for placed in router.pages for item in placed.page.items}
    for placed in router.pages:
        asked = [condition for condition in (placed.section.show_if, placed.page.show_if) if condition is not None]
        shown = all(evaluate(condition, path.answers, known) is True for condition in asked)
        assert shown == (placed.page.id in path.pages)


@given(written=routed_questionnaires(), answers=answer_sets)
def test_answers_off_the_path_change_nothing(written: Questionnaire, answers: Answers) -> None:
    router = Router(written)
    path = router.path(answers)
    on_path = {item.id for placed in router.pages if placed.page.id in path.pages for item in placed.page.items}
    assert path.answers == {item: value for item, value in answers.items() if item in on_path}
    assert list(path.pages) == [placed.page.id for placed in router.pages if placed.page.id in path.pages]
