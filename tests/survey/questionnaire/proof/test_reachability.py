"""Who can come to which page: against every set of answers there is, put through the router one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.answers import Answers, Value
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.proof.reachability import Proof
from survey.questionnaire.routing import Path, Router, split_page
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import (
    DONT_KNOW,
    NOT_SAY,
    Json,
    area,
    choice,
    choices,
    document,
    long_text,
    option,
    page,
    scale,
    section,
    statement,
)
from tests.survey.questionnaire.defects import date, number, rank

ALONE = {**DONT_KNOW, "exclusive": True}
EQUALITY = ("is", "is_not", "any_of", "none_of")
ORDER = ("at_least", "at_most")

Kind = tuple[dict[str, Any], list[Value], tuple[str, ...], list[Any]]

KINDS: dict[str, Kind] = {
    # what it is besides its id, all its answers, the operators that fit, what they can be asked about
    "choice": ({"options": [option("a"), option("b"), DONT_KNOW]}, ["a", "b", "dont_know"], EQUALITY, ["a", "b"]),
    "choices": (
        {"options": [option("a"), option("b"), ALONE]},
        [("a",), ("b",), ("a", "b"), ("dont_know",)],
        (*EQUALITY, "all_of"),
        ["a", "b", "dont_know"],
    ),
    "rank": (
        {"options": [option("a"), option("b"), option("c")], "at_most": 2},
        [p for count in (1, 2) for p in permutations("abc", count)],
        (*EQUALITY, "all_of"),
        ["a", "b", "c"],
    ),
    "scale": ({"min": 0, "max": 2, "options": [NOT_SAY]}, [0, 1, 2, "not_say"], (*EQUALITY, *ORDER), [0, 1, 2]),
    "number": (
        {"min": 0, "max": 0.3, "decimals": 1, "options": []},
        [0.0, 0.1, 0.2, 0.3],
        (*EQUALITY, *ORDER),
        [0, 0.1, 0.15, 0.2, 0.3],
    ),
    "date": ({"options": [NOT_SAY]}, ["2024", "not_say"], EQUALITY, ["not_say"]),
    "area": ({"options": [NOT_SAY]}, ["QMJ", "QWO", "not_say"], EQUALITY, ["QMJ", "not_say"]),
    "long_text": ({}, ["words"], (), []),
}
MAKERS = {
    "choice": choice,
    "choices": choices,
    "rank": rank,
    "scale": scale,
    "number": number,
    "date": date,
    "area": area,
    "long_text": long_text,
}


@st.composite
def comparisons(draw: st.DrawFn, earlier: Mapping[str, str]) -> Json:
    name = draw(st.sampled_from(sorted(earlier)))
    _, _, operators, operands = KINDS[earlier[name]]
    operator = draw(st.sampled_from((*operators, "answered")))
    if operator == "answered":
        return {"item": name, "answered": draw(st.booleans())}
    several = operator in ("any_of", "none_of", "all_of")
    one = st.sampled_from(operands)
    return {"item": name, operator: draw(st.lists(one, min_size=1, max_size=2, unique=True) if several else one)}


@st.composite
def conditions(draw: st.DrawFn, earlier: Mapping[str, str], depth: int = 2) -> Json:
    shape = draw(st.sampled_from(("one", "one", "all", "any", "not"))) if depth else "one"
    if shape == "one":
        return draw(comparisons(earlier))
    if shape == "not":
        return {"not": draw(conditions(earlier, depth - 1))}
    return {shape: draw(st.lists(conditions(earlier, depth - 1), min_size=1, max_size=3))}


@st.composite
def tangles(draw: st.DrawFn) -> tuple[Questionnaire, dict[str, list[Value]]]:
    """A small questionnaire with much that cannot be reached, and all answers of everything it asks."""
    agreed = choice("agreed", role="consent", required=True, options=[option("yes"), option("no")])
    end = {"kind": "refused", "when": {"item": "agreed", "is": "no"}}
    kinds, answers = {"agreed": "choice"}, {"agreed": ["yes", "no"]}
    pages = [page(agreed, end=end)] if draw(st.booleans()) else [page(statement("hello"))]
    if pages[0]["id"] == "hello":
        kinds, answers = {}, {}
    sections: list[Json] = []
    start = 0

    def maybe(chance: float) -> bool:
        return draw(st.floats(0, 1)) < chance

    def show_if(chance: float = 0.6) -> dict[str, Any]:
        known = {name: kind for name, kind in kinds.items() if name != "agreed"}
        return {"show_if": draw(conditions(known))} if known and maybe(chance) else {}

    head: dict[str, Any] = {}
    for step in range(draw(st.integers(2, 4))):
        kind = draw(st.sampled_from((*KINDS, "grid", "choice")))
        more = show_if()
        if kind == "grid":
            rows = [{"code": code, "text": code, **show_if()} for code in ("first", "second")]
            item = {**choice(f"item{step}"), "type": "grid", "rows": rows, "options": KINDS["choice"][0]["options"]}
            found = {f"item{step}__first": "choice", f"item{step}__second": "choice"}
        else:
            item = {**MAKERS[kind](f"item{step}"), **KINDS[kind][0]}
            found = {f"item{step}": kind}
        if maybe(0.1):
            item["off"] = True
        answers |= {name: KINDS[each][1] for name, each in found.items()}
        if maybe(0.1) and kind == "choice":
            more["end"] = {"kind": "refused", "when": draw(comparisons(found))}
        pages.append(page(item, **more))
        kinds |= found
        if maybe(0.3):
            sections.append(section(f"section{start}", *pages, **head))
            pages, head, start = [], show_if(0.5), start + 1
    pages.append(page(statement("last"), **show_if()))
    sections.append(section("last", *pages, **head))
    sources = [name for name, kind in kinds.items() if kind == "choices"]
    if sources and maybe(0.5):
        inner = page({**choice("inner"), **KINDS["choice"][0]}, **show_if())
        beyond = page(statement("beyond"), show_if=draw(comparisons({"inner": "choice"})))
        sections.append(section("again", inner, beyond, repeat={"from": sources[0], "at_most": 2}))
        answers |= {f"inner@{place}": KINDS["choice"][1] for place in (1, 2)}
    return fit_to_format(document(*sections)), answers


def paths_of(questionnaire: Questionnaire, answers: Mapping[str, list[Value]]) -> Iterator[Path]:
    """The path of every set of answers that a person could give."""
    router = Router(questionnaire)
    required = "agreed" in answers
    for case in product(*([None, *values] for values in answers.values())):
        given_answers = {name: value for name, value in zip(answers, case, strict=True) if value is not None}
        if not required or "agreed" in given_answers:
            yield router.path(given_answers)


@settings(max_examples=60, deadline=None)
@given(made=tangles())
def test_what_the_proof_says_is_what_every_path_says(made: tuple[Questionnaire, dict[str, list[Value]]]) -> None:
    questionnaire, answers = made
    proof, router = Proof(questionnaire), Router(questionnaire)
    paths = list(paths_of(questionnaire, answers))
    reached = {split_page(key)[0] for path in paths for key in path.pages}
    for part in proof.encoding.sections:
        for each in part.pages:
            way = proof.can_be_shown(each.page.id)
            assert (way is not None) == (each.page.id in reached), each.page.id
            if way is not None:
                assert each.page.id in {split_page(key)[0] for key in router.path(way).pages}, way
                assert router.path(way).answers == way, "every answer on the way counts"
                for left_out in set(way) - {"agreed"}:
                    fewer = {name: value for name, value in way.items() if name != left_out}
                    shown = {split_page(key)[0] for key in router.path(fewer).pages}
                    assert each.page.id not in shown, f"{left_out} is not needed"
            for row in each.rows:
                assert proof.can_be(row.shown) == any(row.id in path.answers for path in paths), row.id
    assert proof.can_be(proof.encoding.finish) == any(path.ended is None for path in paths)
    if any(item.off for part in questionnaire.sections for each in part.pages for item in each.items):
        return  # what is always answered is so with items switched on, too, which the paths here do not do
    for page_id in reached - {"inner", "beyond"}:
        seen = [path.answers for path in paths if page_id in path.pages]
        for name in answers:
            if "@" not in name:
                always = all(name in each for each in seen)
                assert proof.is_always_answered(page_id, name) == always, (page_id, name)


# --- One by one -------------------------------------------------------------------


def made_of(*parts: Json) -> Questionnaire:
    return fit_to_format(document(*parts))


YES = {"item": "gate", "is": "yes"}


def test_the_way_to_a_page_holds_no_answer_that_it_does_not_need() -> None:
    proof = Proof(
        made_of(
            page(choice("agreed", role="consent", required=True)),
            page(choice("gate")),
            page(choice("other")),
            page(choice("more"), show_if={"any": [YES, {"item": "other", "is": "yes"}]}),
            page(choice("else"), show_if={"item": "more", "answered": True}),
        )
    )
    assert proof.can_be_shown("agreed") == {}
    assert set(proof.can_be_shown("gate") or ()) == {"agreed"}
    assert len(proof.can_be_shown("more") or ()) == 2
    assert len(proof.can_be_shown("else") or ()) == 3


@pytest.mark.parametrize(
    ("source", "way"),
    [
        (number("count", max=1, options=[]), {"count": 1, "kind@1": "yes"}),
        (choices("count", "one", "two"), {"count": ("one",), "kind@1": "yes"}),
    ],
    ids=["number", "choices"],
)
def test_the_way_into_a_repeat_leads_to_its_first_round(source: Json, way: Answers) -> None:
    inside = section(
        "rounds",
        page(choice("kind")),
        page(choice("cost"), show_if={"item": "kind", "is": "yes"}),
        repeat={"from": "count", "at_most": 3},
    )
    questionnaire = made_of(section("first", page(source)), inside, section("behind", page(choice("last"))))
    found = Proof(questionnaire).can_be_shown("cost")
    assert found == way
    assert Proof(questionnaire).can_be_shown("last") == {}
    assert "cost/1" in Router(questionnaire).path(found or {}).pages


def test_a_round_without_an_option_of_its_own_is_none() -> None:
    source = choices("count", "one", "two")
    rounds = section("rounds", page(choice("kind")), repeat={"from": "count", "at_most": 3})
    shown_to = {"any": [{"item": "count", "answered": False}, {"item": "count", "is": "not_say"}]}
    assert Proof(made_of(section("first", page(source)), rounds)).can_be_shown("kind") is not None
    assert Proof(made_of(section("first", page(source)), {**rounds, "show_if": shown_to})).can_be_shown("kind") is None


def test_a_row_may_ask_whether_an_item_was_always_answered() -> None:
    rows = [{"code": "one", "text": "One"}, {"code": "two", "text": "Two", "show_if": YES}]
    grid = {**choice("got"), "type": "grid", "rows": rows}
    last = page(choice("more"), show_if={"item": "got__two", "answered": True})
    proof = Proof(made_of(page(choice("gate")), page(grid), last))
    assert proof.is_always_answered("more", "got__two")
    assert proof.is_always_answered("more", "gate"), "the row is for those who said yes"
    assert not proof.is_always_answered("more", "got__one")
    assert not proof.is_always_answered("got", "gate")


def test_what_is_switched_off_is_not_shown_and_is_no_way() -> None:
    proof = Proof(
        made_of(
            page(choice("gate", off=True)),
            page(choice("more"), show_if=YES),
            page(choice("less"), show_if={"item": "gate", "answered": False}),
        )
    )
    assert proof.can_be_shown("gate") is None
    assert proof.can_be_shown("more") is None
    assert proof.can_be_shown("less") == {}
    more = proof.encoding.sections[0].pages[1].place
    assert proof.could_be(more.shown)
    assert not proof.can_be(more.shown)


def test_a_page_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        Proof(made_of(page(choice("gate")))).can_be_shown("none")


def test_the_areas_that_a_way_names_are_those_there_are() -> None:
    questionnaire = made_of(page(area("area")), page(choice("more"), show_if={"item": "area", "none_of": ["QMJ"]}))
    way = Proof(questionnaire, ["QMJ", "QWO"]).can_be_shown("more")
    assert way is not None
    assert way["area"] in ("QWO", "dont_know", "not_say")


def test_an_end_lets_nobody_past_whom_it_leads_out() -> None:
    end = {"kind": "refused", "when": {"item": "gate", "is_not": "yes"}}
    proof = Proof(made_of(page(choice("gate"), end=end), page(choice("more"), show_if={"item": "gate", "is": "no"})))
    assert proof.can_be_shown("more") is None


def test_combinations_of_picks_are_all_there_are() -> None:
    """Two that exclude each other: one of them is exclusive."""
    both = {"all": [{"item": "uses", "is": "care"}, {"item": "uses", "is": "not_say"}]}
    for pair in combinations(("care", "chair", "course"), 2):
        questionnaire = made_of(page(choices("uses")), page(choice("more"), show_if={"item": "uses", "all_of": pair}))
        assert Proof(questionnaire).can_be_shown("more") == {"uses": pair}
    assert Proof(made_of(page(choices("uses")), page(choice("more"), show_if=both))).can_be_shown("more") is None
