"""Names for new questions and answers, made from their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from survey.coproduction.new_names import name_from
from survey.questionnaire.text_model import Code

CODE: TypeAdapter[str] = TypeAdapter(Code)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("How much help did you get?", "how_much_help_did"),
        ("Café – très bien", "cafe_tres_bien"),
        ("I don't know", "i_dont_know"),
        ("3 times", "times"),
        ("کتنی بار؟", "question"),
        ("?!", "question"),
    ],
)
def test_a_name_is_made_from_the_first_words(words: str, name: str) -> None:
    assert name_from(words, (), "question") == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert name_from("A lot", {"a_lot", "a_lot_2"}, "answer") == "a_lot_3"


@given(st.text(max_size=200), st.integers(0, 12))
def test_whatever_the_words_a_name_fits_the_format(words: str, taken: int) -> None:
    there = {name_from(words, (), "answer"), *(f"{name_from(words, (), 'answer')}_{number}" for number in range(taken))}
    name = name_from(words, there, "answer")
    assert name not in there
    assert CODE.validate_python(name) == name
