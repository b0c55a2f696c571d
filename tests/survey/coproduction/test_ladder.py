"""The ladder of participation as a truth table: what happened decides, and the highest rung wins."""

from __future__ import annotations

import pytest

from survey.coproduction.ladder import Because, Rung, TakenPart, find_rung


@pytest.mark.parametrize(
    ("taken", "rung", "because"),
    [
        (TakenPart(), Rung.INFORMED, Because.NOTHING_SAID),
        (TakenPart(commented=True), Rung.CONSULTED, Because.COMMENTED),
        (TakenPart(voted=True), Rung.INVOLVED, Because.VOTED),
        (TakenPart(suggested=True), Rung.INVOLVED, Because.SUGGESTED),
        (TakenPart(commented=True, suggested=True, voted=True), Rung.INVOLVED, Because.SUGGESTED),
        (TakenPart(suggested=True, change_agreed=True), Rung.CO_DESIGNED, Because.CHANGE_AGREED),
        (TakenPart(suggested=True, change_agreed=True, asked_first=True), Rung.LED_BY_MEMBERS, Because.ASKED_FIRST),
    ],
)
def test_a_question_stands_on_the_highest_rung_that_what_happened_allows(
    taken: TakenPart, rung: Rung, because: Because
) -> None:
    assert find_rung(taken) == (rung, because)


def test_more_participation_never_leads_to_a_lower_rung() -> None:
    order = list(Rung)
    nothing, everything = TakenPart(), TakenPart(True, True, True, True, True)
    for name in vars(nothing):
        one = TakenPart(**{name: True})
        assert order.index(find_rung(one)[0]) > order.index(find_rung(nothing)[0])
        assert order.index(find_rung(one)[0]) <= order.index(find_rung(everything)[0])
