"""Small releases by the hundred, and holes planted in them, held against the auditor."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.disclosure.audit import Finding, Proof, audit
from dashboard.analysis.disclosure.audit_item import Answers, Board, puzzles_of
from dashboard.analysis.disclosure.audit_told import ContradictionError, Told, counts_of
from dashboard.analysis.disclosure.equations import Ints
from tests.dashboard.attacks.generated import generate, repair
from tests.dashboard.attacks.planted import holes, is_unsafe

TWO = np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.int64)
"""Rows: a region and its three areas."""


def found(answers: Answers, told: list[Told], sets: Ints = TWO) -> list[Finding]:
    return [finding for puzzle in puzzles_of(answers, Board(sets), told) for finding in audit(puzzle)]


def shown(row: int, base: int, *shares: int, **more: object) -> list[Told]:
    return [Told(row, at, "shown", base, share, **more) for at, share in enumerate(shares, start=1)]  # type: ignore[arg-type]


def hidden(row: int, way: str = "suppressed") -> list[Told]:
    return [Told(row, column, way) for column in (1, 2)]  # type: ignore[arg-type]


OPINION = Answers(2, (), strict=False, takes_several=False)


def test_weights_loosen_what_a_share_says_of_people() -> None:
    assert counts_of(Told(0, 1, "shown", 100, 42), 98) == (41, 41)
    assert counts_of(Told(0, 1, "shown", 20, 40), 19) == (7, 8)
    assert counts_of(Told(0, 1, "shown", 20, 40, ratio=4), 20) == (3, 15)


def test_a_row_that_is_hidden_among_many_is_safe() -> None:
    told = [*shown(0, 60, 50, 50), *shown(1, 30, 50, 50), *hidden(2), *hidden(3)]
    assert found(OPINION, told) == []


def test_what_a_region_leaves_of_few_people_is_found_where_counts_are_known() -> None:
    told = [Told(0, at, "shown", 30, 50, count=(30, 15)) for at in (1, 2)]
    told += [Told(1, at, "shown", 25, share, count=(24, count)) for at, share, count in ((1, 54, 13), (2, 46, 11))]
    findings = found(OPINION, [*told, *hidden(2, "too_few"), *hidden(3, "too_few")])
    exact = {(each.atoms, each.column): each.low for each in findings if each.proof is Proof.EXACT}
    assert exact == {((1, 2), 1): 2, ((1, 2), 2): 4}


def test_how_many_answered_in_two_places_may_be_known_but_not_what() -> None:
    """Of 18 people in two places of fewer than ten each, nine are in both: their statuses say so."""
    known = [*shown(0, 20, 50, 50, count=(18, 9)), *hidden(1, "too_few"), *hidden(2, "too_few")]
    assert found(OPINION, known, TWO[[0, 1, 2]] * [1, 1, 0]) == []
    everyone = [Told(0, 1, "shown", 20, 90, count=(18, 17)), *hidden(1, "too_few"), *hidden(2, "too_few")]
    assert found(OPINION, everyone, TWO[[0, 1, 2]] * [1, 1, 0]) == []


def test_numbers_that_cannot_be_of_the_same_people_are_refused() -> None:
    with pytest.raises(ContradictionError):
        found(OPINION, [*shown(0, 20, 50, 50), *shown(1, 40, 50, 50)])


def test_generated_releases_give_nothing_away() -> None:
    """What could be told after all would be repaired before it is published."""
    read, known = [], []
    for seed in range(80):
        generated = generate(seed)
        read.append(repair(generated))
        if seed % 2:
            known.append(repair(generated, exact=True))
    assert sum(turn != 0 for turn in read) <= 1
    assert None not in read
    assert sum(turn != 0 for turn in known) <= 3


def test_planted_holes_are_found_where_a_search_in_whole_numbers_proves_them() -> None:
    unsafe = caught = 0
    for seed, every in ((3, 90), (21, 80)):
        generated = generate(seed)
        for told in list(holes(generated, exact=True))[::every]:
            unsafe_ones = [puzzle for puzzle in generated.puzzles(told) if is_unsafe(puzzle)]
            unsafe += len(unsafe_ones)
            caught += sum(bool(audit(puzzle)) for puzzle in unsafe_ones)
    assert unsafe >= 1
    assert caught == unsafe
