"""Translation memory: what is like a string, by worked numbers."""

from __future__ import annotations

import pytest

from survey.adjudication.memory import find_similar

KNOWN = {
    "Do you like milk?": "Czy lubi Pan/Pani mleko?",
    "DO YOU LIKE TEA?": "CZY LUBI PAN/PANI HERBATĘ?",
    "Who pays for it?": "Kto za to płaci?",
    "Continue": "Dalej",
}


def test_the_likest_comes_first_with_the_worked_numbers() -> None:
    found = find_similar("Do you like tea?", KNOWN)
    assert [similar.source for similar in found] == ["DO YOU LIKE TEA?", "Do you like milk?"]
    assert found[0].likeness == 1
    assert found[1].likeness == pytest.approx(2 * 13 / 33)
    assert found[1].words == "Czy lubi Pan/Pani mleko?"


def test_no_more_come_than_are_wanted_and_none_where_nothing_is_like() -> None:
    assert len(find_similar("Do you like tea?", KNOWN, at_most=1)) == 1
    assert find_similar("Zażółć", KNOWN) == ()
    assert find_similar("", KNOWN) == ()
