"""Answers in wording: what is a pipe and what is not, and what a translation must keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.pipes import Pipe, fill, keeps_marks, marks_in, pipes_in

FOUND = [
    ("no braces", ()),
    ("{uses}", (Pipe("uses", None, 0, 6),)),
    ("about {uses|what you buy}?", (Pipe("uses", "what you buy", 6, 25),)),
    ("{this} and {got__my_health|}", (Pipe("this", None, 0, 6), Pipe("got__my_health", "", 11, 28))),
    ("{uses||}", (Pipe("uses", "|", 0, 8),)),
    ("{{uses}}", (Pipe("uses", None, 1, 7),)),
    ("{uses", ()),
    ("uses}", ()),
    ("{}", ()),
    ("{Uses}", ()),
    ("{uses }", ()),
    ("{a___b}", ()),
    ("{uses|{kind}}", (Pipe("kind", None, 6, 12),)),
    ("{uses.__class__}", ()),
    ("{0}", ()),
]


@pytest.mark.parametrize(("text", "pipes"), FOUND, ids=[text for text, _ in FOUND])
def test_only_a_name_in_braces_with_or_without_other_words_is_a_pipe(text: str, pipes: tuple[Pipe, ...]) -> None:
    assert pipes_in(text) == pipes


def test_a_pipe_is_filled_with_the_answer_else_with_its_other_words() -> None:
    text = "Is {name|the person} happy with {uses}{, } now?"
    assert fill(text, {"name": "Sam", "uses": "care"}.get) == "Is Sam happy with care{, } now?"
    assert fill(text, {"name": ""}.get) == "Is the person happy with {, } now?"
    assert fill("{a}", lambda item: "{b}") == "{b}", "what people wrote is never read for pipes"


@given(before=st.text(), after=st.text("abc {}|"))
def test_any_text_can_be_searched_and_every_pipe_stands_where_it_says(before: str, after: str) -> None:
    text = before + after
    for pipe in pipes_in(text):
        assert text[pipe.start] == "{"
        assert text[pipe.end - 1] == "}"
        assert pipe.item in text[pipe.start : pipe.end]


KEPT = [
    (("Hello {name}",), ("Cześć {name}",), True),
    (("Hello {name}",), ("{name} {name}, cześć",), True),
    (("Hello {name|friend}",), ("Cześć {name|przyjacielu}",), True),
    (("Hello {name}",), ("Cześć",), False),
    (("Hello {name}",), ("Cześć {imię}",), False),
    (("Hello {name}",), ("Cześć {nmae}",), False),
    (("Hello {name|friend}",), ("Cześć {name}",), False),
    (("Hello {name}",), ("Cześć {name|ty}",), False),
    (("Hello {name}",), ("Cześć {name",), False),
    (("Hello",), ("Cześć {name}",), False),
    (("Hello",), ("Cześć }",), False),
    (("One {kind}", "{count} {kind}"), ("Jedna {kind}", "{count} {kind}", "{count} {kind}"), True),
    (("One {kind}", "{count} {kind}"), ("Jedna", "{count} {kind}", "{count} {kind}"), False),
    (("One {kind}", "{count} {kind}"), ("Jedna {kind}", "{kind}", "{kind}"), False),
    (("One {kind}", "{count} {kind}"), ("{kind}", "{kind}", "{count} {kind}"), True),
]


@pytest.mark.parametrize(("sources", "forms", "kept"), KEPT, ids=str)
def test_a_translation_keeps_the_answers_of_its_source(
    sources: tuple[str, ...], forms: tuple[str, ...], kept: bool
) -> None:
    assert keeps_marks(sources, forms) is kept


def test_other_words_may_be_translated_and_loose_braces_count() -> None:
    assert marks_in("{a|x} {b} {") == {"{a|…}", "{b}", "{"}
