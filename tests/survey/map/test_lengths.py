"""The shortest and the longest way, against every way there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from survey.map.lengths import Lengths, find_lengths
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.routing import Router
from survey.resources import QUESTIONNAIRES
from tests.survey.questionnaire.builders import choice, choices, option, page, questionnaire, scale, section, statement

CONSENT = {
    "id": "consent",
    "type": "choice",
    "role": "consent",
    "required": True,
    "text": "Take part?",
    "options": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
}
END = {"kind": "refused", "when": {"item": "consent", "is": "no"}}


def branching() -> Questionnaire:
    """Gates of three types, one that can be left out, one behind another, and an offer to send in the middle."""
    return questionnaire(
        page(CONSENT, end=END),
        page(choice("gate")),
        page(choices("uses", "care", "chair"), show_if={"item": "gate", "is": "yes"}),
        page(choice("if_both"), choice("with_it"), show_if={"item": "uses", "all_of": ["care", "chair"]}),
        page(statement("offer"), end={"kind": "offer"}),
        page(scale("say")),
        page(choice("if_high"), show_if={"item": "say", "at_least": 7}),
        page(choice("if_low"), show_if={"any": [{"item": "say", "answered": False}, {"item": "say", "at_most": 6}]}),
        page(choice("if_not"), show_if={"any": [{"item": "gate", "answered": False}, {"item": "gate", "is": "no"}]}),
    )


def every_length(made: Questionnaire) -> Iterator[int]:
    router = Router(made)
    asked = [item for placed in router.pages for item in placed.page.items if item.type != "statement"]
    uses: list[Any] = [None, ("care",), ("chair",), ("care", "chair"), ("dont_know",)]
    values = {"uses": uses, "say": [None, 0, 6, 7, 10, "dont_know"], "gate": [None, "yes", "no", "dont_know"]}
    for chosen in product(*values.values()):
        answers = {name: value for name, value in zip(values, chosen, strict=True) if value is not None}
        path = router.path({**answers, "consent": "yes"})
        on_path = {item.id for key in path.pages for item in router.page(key).page.items}  # type: ignore[union-attr]
        yield sum(item.id in on_path for item in asked)


def test_the_shortest_and_the_longest_way_are_those_among_all_ways() -> None:
    found = find_lengths(branching())
    lengths = list(every_length(branching()))
    assert found is not None
    assert (found.fewest, found.most) == (min(lengths), max(lengths))


def test_who_sends_at_the_offer_answers_fewer() -> None:
    found = find_lengths(branching())
    assert found is not None
    assert (found.fewest_to_offer, found.most_to_offer) == (2, 5)


def test_rounds_count_as_often_as_they_can_be_asked() -> None:
    rounds = section("rounds", page(choice("cost")), page(choice("why"), show_if={"item": "cost", "is": "yes"}))
    made = questionnaire(
        section("main", page(choices("uses", "a", "b", "c", "d"))),
        {**rounds, "repeat": {"from": "uses", "at_most": 3}},
    )
    assert find_lengths(made) == Lengths(fewest=1, most=1 + 3 * 2)


def test_a_grid_without_a_row_for_someone_is_no_question() -> None:
    rows = [{**option(code), "show_if": {"item": "uses", "is": code}} for code in ("care", "chair")]
    grid = {"id": "got", "type": "grid", "text": "How?", "rows": rows, "options": [option("well"), option("badly")]}
    worse = {"item": "got__chair", "is": "badly"}
    made = questionnaire(page(choices("uses")), page(grid), page(choice("why"), choice("when"), show_if=worse))
    assert find_lengths(made) == Lengths(fewest=1, most=4)
    shut = questionnaire(
        page(choices("uses")), page(grid, show_if={"item": "uses", "is": "care"}), page(choice("why"), show_if=worse)
    )
    assert find_lengths(shut) == Lengths(fewest=1, most=3)


def test_nobody_goes_on_without_what_is_required() -> None:
    agreed = page(choice("gate"), show_if={"item": "consent", "is": "yes"})
    assert find_lengths(questionnaire(page(CONSENT, end=END), agreed)) == Lengths(fewest=2, most=2)


def test_where_branches_are_too_many_nothing_is_claimed() -> None:
    gates = [choice(f"gate_{number}") for number in range(24)]
    opened = [page(choice(f"q_{number}"), show_if={"item": f"gate_{number}", "is": "yes"}) for number in range(24)]
    made = questionnaire(section("gates", *map(page, gates)), section("opened", *opened))
    assert find_lengths(made) is None


@pytest.mark.parametrize("name", ["phb-annual", "gallery"])
def test_the_lengths_of_our_questionnaires_are_worked_out(name: str) -> None:
    found = find_lengths(load_file(QUESTIONNAIRES / f"{name}.json"))
    assert found is not None
    assert 1 < found.fewest < found.most
