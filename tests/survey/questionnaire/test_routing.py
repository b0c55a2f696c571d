"""The path: who is asked what, what counts, and where it ends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.questionnaire.answers import Answers, Value, instance_key
from survey.questionnaire.conditions import evaluate
from survey.questionnaire.model import Answering, EndKind, GridItem, Questionnaire, options_of, row_key
from survey.questionnaire.routing import Path, Router, page_key, split_page
from survey.questionnaire.walk import variables_of
from tests.survey.questionnaire.builders import (
    area,
    built,
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
from tests.survey.questionnaire.defects import grid
from tests.survey.questionnaire.defects import number as number_item
from tests.survey.questionnaire.generated import questionnaires


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


# --- Repeats --------------------------------------------------------------------

COUNTED = Router(
    questionnaire(
        section("first", page(number_item("services", max=9))),
        section(
            "each",
            page(choice("kind")),
            page(number_item("cost"), show_if=is_yes("kind")),
            page(
                choice("worth"), show_if={"all": [{"item": "cost", "at_least": 2}, {"item": "services", "at_least": 2}]}
            ),
            repeat={"from": "services", "at_most": 3},
        ),
        section("last", page(choice("more"))),
    )
)


def test_a_section_is_asked_again_as_often_as_a_number_says() -> None:
    assert COUNTED.path({}).pages == ("services", "more")
    assert COUNTED.path({"services": 2}).pages == ("services", "kind/1", "kind/2", "more")
    assert COUNTED.path({"services": 9}).pages == ("services", "kind/1", "kind/2", "kind/3", "more"), "at most 3"
    assert [COUNTED.path({"services": said}).pages for said in (0, "not_say", 0.5)] == [("services", "more")] * 3


def test_conditions_in_a_round_ask_its_own_answers_and_those_before_the_repeat() -> None:
    path = COUNTED.path({"services": 2, "kind@1": "no", "kind@2": "yes", "cost@2": 5})
    assert path.pages == ("services", "kind/1", "kind/2", "cost/2", "worth/2", "more")
    alone = COUNTED.path({"services": 1, "kind@1": "yes", "cost@1": 5})
    assert alone.pages == ("services", "kind/1", "cost/1", "more")


def test_only_answers_of_rounds_that_there_are_count() -> None:
    given_answers: Answers = {
        "services": 1,
        "kind@1": "yes",
        "kind@2": "yes",
        "cost@1": 1,
        "kind": "no",
        "more@1": "yes",
    }
    assert COUNTED.path(given_answers).answers == {"services": 1, "kind@1": "yes", "cost@1": 1}


def test_a_round_about_an_option_keeps_its_number_whatever_else_is_picked() -> None:
    asked = choices("uses")
    asked["options"].insert(3, option("nothing", exclusive=True))
    rounds = section("each", page(choice("worth")), repeat={"from": "uses", "at_most": 2})
    router = Router(built(section("first", page(asked)), rounds))
    assert router.path({"uses": ("care", "course")}).pages == ("uses", "worth/1", "worth/3")
    assert router.path({"uses": ("course",), "worth@3": "yes"}).answers == {"uses": ("course",), "worth@3": "yes"}
    assert router.path({"uses": ("care", "chair", "course")}).pages == ("uses", "worth/1", "worth/2"), "at most 2"
    assert [router.path({"uses": (code,)}).pages for code in ("nothing", "dont_know")] == [("uses",)] * 2
    assert [router.rounds["each"].option(place) for place in (1, 3, 4)] == ["care", "course", None]


def test_neighbours_and_the_first_unanswered_page_go_by_rounds() -> None:
    path = COUNTED.path({"services": 2})
    assert [path.before(key) for key in ("kind/1", "kind/2", "kind/3", "kind")] == ["services", "kind/1", None, None]
    assert [path.after(key) for key in ("kind/1", "kind/2", "kind")] == ["kind/2", "more", None]
    assert path.first_unanswered({"services", "kind/1"}) == "kind/2"


def test_a_page_is_found_by_its_key_where_there_can_be_such_a_round() -> None:
    assert [COUNTED.page(key) is not None for key in ("kind", "kind/1", "kind/3")] == [True] * 3
    wrong = ("kind/4", "kind/0", "kind/01", "kind/x", "kind/", "services/1", "kind/1/1", "kind/99999")
    assert [COUNTED.page(key) for key in wrong] == [None] * len(wrong)
    assert split_page("kind/3") == ("kind", 3)
    assert split_page(page_key("kind", None)) == ("kind", None)


def test_a_write_in_of_a_round_counts_with_its_option_in_that_round() -> None:
    other = {**choice("kind"), "options": [option("care"), option("other", write_in="Say which")]}
    router = Router(
        questionnaire(
            section("first", page(number_item("services"))),
            section("each", page(other), repeat={"from": "services", "at_most": 5}),
        )
    )
    right: Answers = {"services": 2, "kind@1": "care", "kind@2": "other", "kind__other__text@2": "a boat"}
    assert router.path({**right, "kind__other__text@1": "a horse", "kind__other__text": "a cow"}).answers == right


# --- Rows of grids --------------------------------------------------------------


def rows(*conditions: dict[str, Any] | None) -> list[dict[str, Any]]:
    codes = ("health", "home", "work")
    return [
        {"code": code, "text": code, **({"show_if": condition} if condition else {})}
        for code, condition in zip(codes, conditions, strict=False)
    ]


GRIDS = Router(
    questionnaire(
        page(choice("gate")),
        page(grid("got", rows=rows(None, is_yes("gate")))),
        page(grid("lost", rows=rows(is_yes("gate"), {"item": "got__home", "is": "well"}))),
        page(choice("more"), show_if={"item": "got__home", "is": "well"}),
    )
)


def test_a_row_that_is_not_for_this_person_is_off_the_path() -> None:
    answers: Answers = {"gate": "no", "got__health": "well", "got__home": "well", "got": "well"}
    path = GRIDS.path(answers)
    assert path.answers == {"gate": "no", "got__health": "well"}
    assert path.pages == ("gate", "got"), "a grid of which no row is shown is left out"
    seen = GRIDS.path({**answers, "gate": "yes"})
    assert seen.answers == {"gate": "yes", "got__health": "well", "got__home": "well"}
    assert seen.pages == ("gate", "got", "lost", "more")


def test_the_rows_shown_are_told_by_the_answers_of_the_path() -> None:
    got, lost = GRIDS.items["got"], GRIDS.items["lost"]
    assert isinstance(got, GridItem)
    assert isinstance(lost, GridItem)
    assert GRIDS.shown_rows(got, {"gate": "no"}) == ("health",)
    assert GRIDS.shown_rows(lost, {"gate": "yes"}) == ("health",)
    assert GRIDS.shown_rows(lost, {"gate": "yes", "got__home": "well"}) == ("health", "home")


def test_rows_in_a_round_are_told_by_that_round() -> None:
    router = Router(
        questionnaire(
            section("first", page(number_item("services"))),
            section(
                "each",
                page(choice("gate")),
                page(grid("got", rows=rows(is_yes("gate")))),
                repeat={"from": "services", "at_most": 5},
            ),
        )
    )
    got = router.items["got"]
    assert isinstance(got, GridItem)
    answers: Answers = {"services": 2, "gate@2": "yes", "got__health@1": "well", "got__health@2": "well"}
    path = router.path(answers)
    assert path.pages == ("services", "gate/1", "gate/2", "got/2")
    assert "got__health@1" not in path.answers
    assert [router.shown_rows(got, path.answers, number) for number in (1, 2)] == [(), ("health",)]


# --- Odd answers, areas found, someone else going on -----------------------------


def test_an_odd_answer_is_told_with_what_the_page_is_about_to_save() -> None:
    many = {"when": {"item": "hours", "at_least": 4}, "text": "Is that right?"}
    beside = {"when": {"all": [{"item": "hours", "at_most": 1}, is_yes("gate")]}, "text": "Is that all?"}
    router = Router(
        questionnaire(
            section("first", page(choice("gate")), page(number_item("hours", soft=[many, beside]))),
            section(
                "each",
                page(number_item("cost", soft=[{**many, "when": {"item": "cost", "at_least": 4}}])),
                repeat={"from": "hours", "at_most": 3},
            ),
        )
    )
    assert router.odd("hours", {"hours": 5}) == (("hours", 0),)
    assert router.odd("hours", {"hours": 1, "gate": "yes"}) == (("hours", 1),)
    assert [router.odd("hours", answers) for answers in ({"hours": 1}, {"hours": 3}, {"hours": ""}, {})] == [()] * 4
    assert router.odd("gate", {"hours": 5}) == ()
    assert router.odd("cost/2", {"hours": 2, "cost@1": 5, "cost@2": 1}) == ()
    assert router.odd("cost/1", {"hours": 2, "cost@1": 5, "cost@2": 1}) == (("cost", 0),)


def test_what_a_postcode_says_beside_its_area_counts_with_the_area() -> None:
    router = Router(questionnaire(page(area()), page(choice("more"))))
    found: Answers = {"area": "QMJ", "area__2023": "QRL", "area__fifth": 1}
    assert router.path({**found, "area__postcode": "AB1 2CD"}).answers == found
    assert router.path({**found, "area": "dont_know"}).answers == {"area": "dont_know"}
    assert router.path({"area__2023": "QRL", "area__fifth": 1}).answers == {}


def test_someone_else_who_goes_on_is_worded_for_and_changes_no_page() -> None:
    options = [option("me", answering="self"), option("helper", answering="proxy")]
    asked = {**choice("answering", role="answering"), "options": options}
    router = Router(questionnaire(page(asked), page(choice("more"), show_if={"item": "answering", "is": "me"})))
    handover: Answers = {"handover__to": "proxy", "handover__page": "more"}
    path = router.path({"answering": "me", **handover})
    assert (path.answering, path.began_answering) == (Answering.PROXY, Answering.SELF)
    assert path.pages == ("answering", "more")
    assert path.answers == {"answering": "me", **handover}
    nobody = router.path({"answering": "helper", "handover__to": "the cat", "handover__page": "more"})
    assert (nobody.answering, nobody.began_answering) == (Answering.PROXY, Answering.PROXY)
    assert nobody.answers == {"answering": "helper"}


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
    return built(*sections, *([section("last", *pages)] if pages else []))


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


def any_answers(written: Questionnaire) -> st.SearchStrategy[dict[str, Value]]:
    """Answers to anything the questionnaire asks, in rounds or not, right or wrong."""
    names = [item.id for item in variables_of(written)]
    codes = [option.code for item in variables_of(written) for option in options_of(item)]
    values = st.one_of(
        st.integers(-1, 60),
        st.floats(-1, 10),
        st.sampled_from(["", "words", "QMJ", "2024-05", *codes]),
        st.lists(st.sampled_from([*codes, "words"]), max_size=4).map(tuple),
    )
    keys = st.builds(
        lambda name, number: instance_key(name, number) if number else name,
        st.sampled_from([*names, "handover__to", "handover__page", "area__2023"]),
        st.integers(0, 4),
    )
    return st.dictionaries(keys, values, max_size=30)


def keys_asked(router: Router, path: Path) -> set[str]:
    """The keys of every answer that the pages of a path ask for."""
    found = set()
    for key in path.pages:
        page_id, number = split_page(key)
        placed = router.page(page_id)
        assert placed is not None
        for item in placed.page.items:
            parts = [item.id]
            if isinstance(item, GridItem):
                parts = [row_key(item.id, row) for row in router.shown_rows(item, path.answers, number)]
            found |= {part if number is None else instance_key(part, number) for part in parts}
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(written=questionnaires(), data=st.data())
def test_any_answers_to_any_questionnaire_have_a_path_and_only_what_it_asks_counts(
    written: Questionnaire, data: st.DataObject
) -> None:
    router = Router(written)
    answers = data.draw(any_answers(written))
    path = router.path(answers)
    assert router.path(path.answers) == path
    assert path.answers == {key: answers[key] for key in path.answers}
    asked = keys_asked(router, path)
    assert {key for key in path.answers if "__" not in key or key in asked} <= asked
    assert len(set(path.pages)) == len(path.pages)
    for key in path.pages:
        router.odd(key, answers)
