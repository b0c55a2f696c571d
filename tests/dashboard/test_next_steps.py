"""What to do next follows from rules: each rule, what it needs, and what it leaves unsaid."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.findings import State
from dashboard.views.next_steps import NextStep, Rule, choose_next_steps, invitations_needed
from tests.dashboard.profiles import DEVON, SOUTH_WEST, coverage, group, promise, said


def steps(**facts: Any) -> tuple[NextStep, ...]:
    """The steps from `facts`, where else there is nothing to say but that all is promised."""
    nothing: dict[str, Any] = {
        "coverage": None,
        "region_coverage": None,
        "missing": (),
        "said": (),
        "promises": (promise(),),
        "place": DEVON,
    }
    return choose_next_steps(**{**nothing, **facts})


def rules(**facts: Any) -> list[Rule]:
    return [step.rule for step in steps(**facts)]


def test_where_all_is_promised_and_nothing_else_is_known_there_is_no_step() -> None:
    assert rules() == []


def test_without_any_promise_someone_has_to_decide() -> None:
    assert rules(promises=()) == [Rule.DECIDE]


def test_a_finding_without_a_promise_is_the_one_to_decide_about() -> None:
    unowned = promise(number=7, state=State.OPEN)
    (step,) = steps(promises=(promise(), unowned))
    assert (step.rule, step.promise) == (Rule.DECIDE, unowned)


def test_a_late_promise_comes_first_and_leaves_no_room_to_decide_anew() -> None:
    late = promise(number=3, is_late=True)
    found = steps(promises=(late, promise(state=State.OPEN)), missing=(group(),))
    assert [step.rule for step in found] == [Rule.LATE, Rule.REACH]
    assert found[0].promise is late


def test_what_is_worth_a_look_and_worse_is_looked_into_before_what_is_better() -> None:
    worse, better = said("plan", points=-20), said("heard", points=25)
    (step,) = steps(said=(better, worse))
    assert (step.rule, step.said) == (Rule.FIND_OUT, worse)


def test_what_is_better_is_learnt_from_where_nothing_is_worse() -> None:
    better = said("heard", points=25)
    assert rules(said=(better, said("plan"))) == [Rule.LEARN]


def test_what_is_better_in_the_region_says_nothing_of_the_area() -> None:
    assert rules(said=(said("heard", SOUTH_WEST, points=25),)) == [Rule.BEGIN]


def test_where_nothing_stands_out_one_begins_with_what_fewest_said_here() -> None:
    few_elsewhere, few_here = said("plan", SOUTH_WEST, share=20), said("heard", share=30)
    (step,) = steps(said=(said("keep", share=80), few_elsewhere, few_here))
    assert (step.rule, step.said) == (Rule.BEGIN, few_here)


def test_a_band_counts_as_its_far_end() -> None:
    over, under = said("keep", share=10, band="over"), said("plan", share=15, band="under")
    (step,) = steps(said=(over, said("heard", share=12), under))
    assert step.said is under


@pytest.mark.parametrize(("rate", "needed"), [(100, 10), (30, 35), (25, 40), (18, 60), (1, 1000)])
def test_how_many_invitations_bring_ten_answers(rate: int, needed: int) -> None:
    assert invitations_needed(rate) == needed


REGION = coverage(count=45, band="", invited=250, response_rate=18, area=SOUTH_WEST)


@pytest.mark.parametrize(
    ("own", "region", "rule", "number"),
    [
        (coverage(), None, Rule.INVITE_MORE, None),
        (coverage(), coverage(count=45, band=""), Rule.INVITE_MORE, None),
        (coverage(), REGION, Rule.INVITE, 60),
        (coverage(invited=20), REGION, Rule.INVITE, 40),
        (coverage(invited=60), REGION, Rule.ASK_WHY, 60),
        (coverage(count=10, band="", missing=20, ratio_high=0.7, benchmark_of="phb_holders"), None, "missing", 20),
    ],
)
def test_where_few_answered_more_are_invited(own: Any, region: Any, rule: str, number: int | None) -> None:
    (step,) = steps(coverage=own, region_coverage=region)
    assert (step.rule, step.number) == (Rule.MISSING_HERE if rule == "missing" else rule, number)


@pytest.mark.parametrize(
    "own",
    [
        None,
        coverage(band=""),
        coverage(count=20, band=""),
        coverage(count=20, band="", missing=5, ratio_high=1.1, benchmark_of="phb_holders"),
        coverage(count=20, band="", missing=0, ratio_high=1.4, benchmark_of="phb_holders"),
        coverage(count=20, band="", missing=20, ratio_high=0.7, benchmark_of="population"),
    ],
    ids=["no row", "changed ground", "no benchmark", "may be chance", "no one missing", "not of holders"],
)
def test_nobody_is_asked_for_where_it_cannot_be_told_that_people_are_missing(own: Any) -> None:
    assert rules(coverage=own, region_coverage=REGION) == []


def test_the_group_most_clearly_missing_is_to_be_reached() -> None:
    (step,) = steps(missing=(group("Urdu"), group("Polish")))
    assert step.rule is Rule.REACH
    assert step.group is not None
    assert step.group.label == "Urdu"


def test_there_are_never_more_than_four_steps() -> None:
    late, lower = (promise(is_late=True),), (said("plan", points=-20), said("heard", points=20))
    for promises in ((), late, (promise(state=State.OPEN),)):
        for heard in ((), lower, (said("keep"),), (said("heard", points=20),)):
            found = steps(promises=promises, said=heard, coverage=coverage(), missing=(group(),))
            assert len(found) <= 4, [step.rule for step in found]
