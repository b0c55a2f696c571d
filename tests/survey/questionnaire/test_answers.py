"""Answers: what a form may send for each type of item, and what becomes of what it may not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.answers import (
    WRITE_IN_MAX_LENGTH,
    AnswerError,
    AnswerProblemKind,
    Value,
    check_answer,
    check_write_in,
    from_json,
    to_json,
    write_in_key,
)
from survey.questionnaire.model import ChoiceItem, Item
from survey.questionnaire.routing import Router
from tests.survey.questionnaire.builders import (
    DONT_KNOW,
    Json,
    area,
    choice,
    choices,
    long_text,
    option,
    page,
    questionnaire,
    scale,
    short_text,
    statement,
)

AREAS = frozenset({"QMJ", "QRL"})

NONE_OF_THESE = option("none", exclusive=True)


def item_of(written: Json) -> Item:
    return Router(questionnaire(page(written))).pages[0].page.items[0]


CONSENT = Router(
    questionnaire(
        page(
            choice("agree", role="consent", required=True),
            end={"kind": "refused", "when": {"item": "agree", "is": "no"}},
        )
    )
).items["agree"]
CHOICE = item_of(choice("keep"))
CHOICES = item_of({**choices("uses"), "options": [option("care"), option("chair"), NONE_OF_THESE]})
SCALE = item_of(scale("say", min=-2, max=10))
AREA = item_of(area())
SHORT = item_of(short_text("line", max_length=20))
LONG = item_of(long_text("story", max_length=50))
STATEMENT = item_of(statement("welcome"))

TAKEN: list[tuple[str, Item, list[str], Value | None]] = [
    ("a code", CHOICE, ["yes"], "yes"),
    ("a missing code", CHOICE, ["dont_know"], "dont_know"),
    ("a code with spaces around it", CHOICE, [" yes "], "yes"),
    ("the same code twice", CHOICE, ["yes", "yes"], "yes"),
    ("an empty field beside a code", CHOICE, ["", "yes"], "yes"),
    ("nothing", CHOICE, [], None),
    ("an empty field", CHOICE, [""], None),
    ("one of several", CHOICES, ["chair"], ("chair",)),
    ("several, in the order of the options", CHOICES, ["chair", "care", "chair"], ("care", "chair")),
    ("an exclusive option alone", CHOICES, ["none"], ("none",)),
    ("none of several", CHOICES, ["", ""], None),
    ("a number", SCALE, ["7"], 7),
    ("zero", SCALE, ["0"], 0),
    ("the lowest number", SCALE, ["-2"], -2),
    ("a number with zeros before it", SCALE, ["007"], 7),
    ("a missing code of a scale", SCALE, ["not_say"], "not_say"),
    ("no number", SCALE, [], None),
    ("an area", AREA, ["QRL"], "QRL"),
    ("a missing code of an area", AREA, ["dont_know"], "dont_know"),
    ("no area", AREA, [""], None),
    ("a line", SHORT, ["  Two words  "], "Two words"),
    ("a line with line feeds", SHORT, ["Two\r\nwords\there"], "Two words here"),
    ("only spaces", SHORT, ["  \n "], None),
    ("text with paragraphs", LONG, ["One\r\n\r\nTwo\rThree"], "One\n\nTwo\nThree"),
    ("text with a NUL and an escape", LONG, ["a\x00b\x1b[31mc\x7f"], "ab[31mc"),
    ("text with half a surrogate pair", LONG, ["a\ud83db"], "ab"),
    ("a letter and its accent apart", LONG, ["Cafe\u0301"], "Café"),
    ("emoji joined to one", LONG, ["👩\u200d🦽"], "👩\u200d🦽"),
    ("Urdu with its marks of direction", LONG, ["\u200fشکریہ\u200e"], "\u200fشکریہ\u200e"),
    ("HTML, which is only text", LONG, ["<b>no</b>"], "<b>no</b>"),
    ("only what cannot be seen", LONG, ["\x00\x00"], None),
    ("anything for a statement", STATEMENT, ["yes"], None),
    ("a yes to taking part", CONSENT, ["yes"], "yes"),
]


@pytest.mark.parametrize(("item", "raw", "value"), [case[1:] for case in TAKEN], ids=[case[0] for case in TAKEN])
def test_an_answer_is_taken(item: Item, raw: list[str], value: Value | None) -> None:
    assert check_answer(item, raw, area_codes=AREAS) == value


REFUSED: list[tuple[str, Item, list[str], AnswerProblemKind]] = [
    ("no answer to taking part", CONSENT, [], AnswerProblemKind.REQUIRED),
    ("an empty answer to taking part", CONSENT, [" "], AnswerProblemKind.REQUIRED),
    ("an option that does not exist", CHOICE, ["maybe"], AnswerProblemKind.UNKNOWN_OPTION),
    ("an option in capitals", CHOICE, ["YES"], AnswerProblemKind.UNKNOWN_OPTION),
    ("an option with a NUL", CHOICE, ["yes\x00"], AnswerProblemKind.UNKNOWN_OPTION),
    ("two options where one is asked for", CHOICE, ["yes", "no"], AnswerProblemKind.ONE_ONLY),
    ("one of several that does not exist", CHOICES, ["care", "cat"], AnswerProblemKind.UNKNOWN_OPTION),
    ("an exclusive option and another", CHOICES, ["none", "care"], AnswerProblemKind.EXCLUSIVE),
    ("a number below the scale", SCALE, ["-3"], AnswerProblemKind.OUT_OF_RANGE),
    ("a number above the scale", SCALE, ["11"], AnswerProblemKind.OUT_OF_RANGE),
    ("a fraction", SCALE, ["7.5"], AnswerProblemKind.NOT_A_NUMBER),
    ("a word", SCALE, ["seven"], AnswerProblemKind.NOT_A_NUMBER),
    ("a number of a hundred thousand digits", SCALE, ["9" * 100_000], AnswerProblemKind.NOT_A_NUMBER),
    ("two numbers", SCALE, ["7", "8"], AnswerProblemKind.ONE_ONLY),
    ("an area of no list", AREA, ["ZZZ"], AnswerProblemKind.UNKNOWN_AREA),
    ("a line that is too long", SHORT, ["a" * 21], AnswerProblemKind.TOO_LONG),
    ("text that is too long", LONG, ["a" * 100_000], AnswerProblemKind.TOO_LONG),
]


@pytest.mark.parametrize(("item", "raw", "kind"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_an_answer_is_refused_and_the_error_says_why(item: Item, raw: list[str], kind: AnswerProblemKind) -> None:
    with pytest.raises(AnswerError) as caught:
        check_answer(item, raw, area_codes=AREAS)
    assert (caught.value.item, caught.value.kind) == (item.id, kind)


def test_an_error_carries_the_numbers_its_message_needs() -> None:
    with pytest.raises(AnswerError) as too_long:
        check_answer(LONG, ["a" * 60], area_codes=AREAS)
    assert too_long.value.params == {"max_length": 50, "length": 60}
    with pytest.raises(AnswerError) as out_of_range:
        check_answer(SCALE, ["11"], area_codes=AREAS)
    assert out_of_range.value.params == {"min": -2, "max": 10}


def test_length_is_counted_as_the_text_is_kept() -> None:
    assert check_answer(LONG, [" " * 30 + "a\r\n" * 10 + "\x00" * 30 + "e\u0301" * 25], area_codes=AREAS) is not None


def test_a_write_in_is_one_clean_line_of_bounded_length() -> None:
    asked = item_of({**choice("language"), "options": [option("other", write_in="Say which"), option("b"), DONT_KNOW]})
    assert isinstance(asked, ChoiceItem)
    other = asked.options[0]
    assert check_write_in(other, " Syl\x00heti\n") == "Sylheti"
    assert check_write_in(other, "  ") is None
    with pytest.raises(AnswerError) as caught:
        check_write_in(other, "a" * (WRITE_IN_MAX_LENGTH + 1))
    assert (caught.value.item, caught.value.kind) == ("other", AnswerProblemKind.TOO_LONG)
    assert write_in_key("language", "other") == "language__other__text"


ITEMS = [CHOICE, CHOICES, SCALE, AREA, SHORT, LONG, STATEMENT, CONSENT]


@given(item=st.sampled_from(ITEMS), raw=st.lists(st.text(), max_size=3))
def test_whatever_is_sent_is_taken_or_refused_with_a_reason_and_what_is_taken_can_be_sent_again(
    item: Item, raw: list[str]
) -> None:
    try:
        value = check_answer(item, raw, area_codes=AREAS)
    except AnswerError:
        return
    if value is None:
        return
    sent = [str(code) for code in value] if isinstance(value, tuple) else [str(value)]
    assert check_answer(item, sent, area_codes=AREAS) == value


@given(raw=st.text(st.characters(), max_size=60))
def test_text_that_is_kept_has_no_control_characters_and_one_normal_form(raw: str) -> None:
    try:
        value = check_answer(LONG, [raw], area_codes=AREAS)
    except AnswerError:
        return
    if value is None:
        return
    assert isinstance(value, str)
    assert unicodedata.is_normalized("NFC", value)
    assert all(letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs") for letter in value)
    assert value.encode()


VALUES = st.text() | st.integers() | st.lists(st.text(max_size=5)).map(tuple)


@given(answers=st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True), VALUES))
def test_answers_come_back_from_the_store_as_they_went_in(answers: dict[str, Value]) -> None:
    assert from_json(to_json(answers)) == answers


def test_equal_answers_are_equal_text_whatever_their_order() -> None:
    assert to_json({"b": 1, "a": ("x",)}) == to_json({"a": ("x",), "b": 1}) == '{"a":["x"],"b":1}'
    assert to_json({"name": "Żółć"}) == '{"name":"Żółć"}'


NOT_ANSWERS = ["[]", "5", '{"a": null}', '{"a": true}', '{"a": 1.5}', '{"a": [1]}', '{"a": {}}', "{"]


@pytest.mark.parametrize("text", NOT_ANSWERS)
def test_what_was_not_written_by_the_store_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(text)
