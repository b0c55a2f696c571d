"""What would be different in a draft, as the group reads it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.versions.changes import Kind, mark_words
from survey.review.difference import Difference, Neighbour, differences
from tests.survey.review.group import SMALL, Group

Page = dict[str, Any]


def between(edit: Callable[[list[Page]], object]) -> tuple[Difference, ...]:
    """What is different after the pages of the small draft were edited."""
    source = copy.deepcopy(SMALL)
    edit(source["sections"][0]["pages"])  # type: ignore[index]
    return differences(read(SMALL), read(source))


def read(source: dict[str, object]) -> Questionnaire:
    return Questionnaire.model_validate_json(json.dumps(source))


def lines(side: tuple[tuple[Any, ...], ...]) -> list[str]:
    return [" ".join(piece.text for piece in line) for line in side]


def test_other_words_are_marked_word_by_word() -> None:
    (found,) = between(lambda pages: pages[1]["items"][0].update(text="What helped you most?"))
    assert (found.kind, found.number, found.field) == (Kind.REWORDED, 2, "text")
    assert [piece.text for piece in found.old[0] if piece.changed] == ["you?"]
    assert [piece.text for piece in found.new[0] if piece.changed] == ["you most?"]


def test_words_for_some_readers_say_for_whom() -> None:
    (found,) = between(lambda pages: pages[0]["items"][0]["text"].update(proxy="How much control do they have?"))
    assert [str(reader) for reader in found.readers] == ["proxy", "child"]


def test_a_hint_that_goes_has_no_new_words() -> None:
    (found,) = between(lambda pages: pages[0]["items"][0].pop("hint"))
    assert (found.field, lines(found.old), found.new) == ("hint", ["Think about the last year."], ())


def test_a_new_answer_is_shown_with_its_question() -> None:
    (found,) = between(lambda pages: pages[0]["items"][0]["options"].append({"code": "unsure", "text": "Not sure"}))
    assert (found.kind, found.question) == (Kind.OPTION_ADDED, "How much control do you have over your support?")
    assert lines(found.new) == ["Not sure"]


def test_answers_in_another_order_are_shown_as_two_lists() -> None:
    (found,) = between(lambda pages: pages[0]["items"][0]["options"].reverse())
    assert (lines(found.old), lines(found.new)) == (["A lot", "Some", "None"], ["None", "Some", "A lot"])


def test_a_question_that_moves_says_after_which_it_stood_and_will_stand() -> None:
    (found,) = between(lambda pages: pages.insert(0, pages.pop(1)))
    assert found.kind is Kind.MOVED
    assert found.number == 2
    assert found.was_after == Neighbour(1, "How much control do you have over your support?")
    assert found.after is None


def test_a_new_question_is_shown_whole_and_says_where() -> None:
    added = {"id": "sleep", "type": "choice", "text": "Do you sleep well?", "hint": "At night."}
    options = [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}]
    (found,) = between(lambda pages: pages.append({"id": "sleep", "items": [{**added, "options": options}]}))
    assert lines(found.new) == ["Do you sleep well?", "At night.", "Yes", "No"]
    assert found.after == Neighbour(3, "How often did you ask for help?")


def test_a_question_that_goes_is_shown_whole() -> None:
    (found,) = between(lambda pages: pages.pop(1))
    assert (found.kind, found.number, lines(found.old), found.new) == (Kind.REMOVED, 2, ["What helped you?"], ())


def test_the_address_of_a_page_is_nothing_that_people_read() -> None:
    assert between(lambda pages: pages[1].update(id="other")) == ()


def test_the_same_draft_has_no_differences() -> None:
    assert between(lambda pages: None) == ()


@given(st.text("ab c", max_size=12), st.text("ab c", max_size=12))
def test_marking_words_loses_none(old: str, new: str) -> None:
    left, right = mark_words(old, new)
    assert " ".join(piece.text for piece in left) == " ".join(old.split())
    assert " ".join(piece.text for piece in right) == " ".join(new.split())


def test_each_kind_of_difference_is_put_into_words(group: Group) -> None:
    """None may fail to be drawn, and what people wrote in a draft is escaped."""
    nasty = between(lambda pages: pages[1]["items"][0].update(text="<b>What?</b>"))
    with group.app.test_request_context("/review/"):
        template = group.app.jinja_env.get_template("review/difference.html")
        macro: Callable[[object], str] = vars(template.make_module({}))["show_differences"]
        for kind in Kind:
            piece = mark_words("old words", "new words")
            shown = macro([Difference(kind, 1, "What?", "text", (piece[0],), (piece[1],), (), "en-GB", None, None)])
            assert "Question 1" in shown
        assert "&lt;b&gt;What?&lt;/b&gt;" in macro(nasty)
        assert "<b>What" not in macro(nasty)
