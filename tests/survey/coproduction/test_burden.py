"""The time that reading takes, against numbers worked out by hand."""

from __future__ import annotations

import json

import pytest

from survey.coproduction.burden import overloaded, reading_minutes
from survey.questionnaire.model import Questionnaire
from tests.survey.review.group import SMALL


def made_of(*items: dict[str, object]) -> Questionnaire:
    pages = [{"id": f"page-{number}", "items": [item]} for number, item in enumerate(items)]
    whole = {**SMALL, "title": "Six words " * 3, "purpose": "A"}
    return Questionnaire.model_validate_json(
        json.dumps({**whole, "sections": [{"id": "one", "title": "One", "pages": pages}]})
    )


def long_text(name: str, words: int, **more: object) -> dict[str, object]:
    return {"id": name, "type": "long_text", "text": " ".join(["word"] * words), "max_length": 100, **more}


def test_a_draft_takes_its_words_and_two_minutes_a_question() -> None:
    """The example of the docstring: 6 + 1 + 1 words around the questions and 142 in them are 150."""
    questionnaire = made_of(long_text("a", 100), long_text("b", 22, hint=" ".join(["hint"] * 10)), long_text("c", 10))
    assert reading_minutes(questionnaire) == 8


def test_a_minute_that_is_full_is_not_rounded_up() -> None:
    assert reading_minutes(made_of(long_text("a", 112))) == 1 + 2
    assert reading_minutes(made_of(long_text("a", 113))) == 2 + 2


def test_one_reads_one_wording_and_no_statement_is_asked() -> None:
    both = {"self": " ".join(["you"] * 112), "proxy": " ".join(["they"] * 500)}
    assert reading_minutes(made_of({**long_text("a", 1), "text": both})) == 3
    easy = {"easyread": {"text": " ".join(["easy"] * 500), "image": "home.svg"}}
    assert reading_minutes(made_of(long_text("a", 112, formats=easy))) == 3
    statement: dict[str, object] = {"id": "b", "type": "statement", "text": " ".join(["said"] * 112)}
    assert reading_minutes(made_of(statement)) == 1


@pytest.mark.parametrize(
    ("asked", "already", "budget", "too_much"),
    [
        (60, 60, 120, False),
        (61, 60, 120, True),
        (0, 0, 0, False),
        (1, 0, 0, True),
        (31, 0, 30, True),
        (150, 0, 180, False),
        (0, 200, 120, True),
    ],
)
def test_more_than_the_budget_of_the_month_is_too_much(asked: int, already: int, budget: int, too_much: bool) -> None:
    assert overloaded(asked, already, budget) is too_much
