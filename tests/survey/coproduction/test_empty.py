"""An empty page: whole by the rules of questionnaires, and under a name of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.coproduction.empty import empty_questionnaire, name_questionnaire
from survey.questionnaire.load import dump_questionnaire, load_questionnaire
from survey.questionnaire.model import Contact

CONTACT = Contact(name="Survey team", email="team@example.org", phone="01632 960 123")


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=120).filter(str.strip))
def test_an_empty_questionnaire_can_be_used_whatever_its_title(title: str) -> None:
    made = empty_questionnaire(name_questionnaire(title, ()), title, CONTACT)
    assert load_questionnaire(dump_questionnaire(made), name="made") == made


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Your day", (), "your-day"),
        ("Your day!", ("your-day",), "your-day-2"),
        ("Your day", ("your-day", "your-day-2"), "your-day-3"),
        ("2027: Été", (), "ete"),
        ("آپ کا دن", (), "group"),
        ("a" * 90, (), "a" * 40),
    ],
)
def test_it_is_named_by_its_title(title: str, taken: tuple[str, ...], name: str) -> None:
    assert name_questionnaire(title, taken) == name
