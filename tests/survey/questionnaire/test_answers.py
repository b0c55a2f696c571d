"""Answers: what a form may send for each type of item, and what becomes of what it may not."""

from __future__ import annotations

import math
import unicodedata
from datetime import date

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
    date_parts,
    from_json,
    instance_key,
    split_instance,
    to_json,
    write_in_key,
)
from survey.questionnaire.model import ChoiceItem, GridItem, Item, row_items
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
from tests.survey.questionnaire.defects import date as date_item
from tests.survey.questionnaire.defects import grid, number, rank

TODAY = date(2026, 7, 1)
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
NUMBER = item_of(number("hours", min=-10, max=20_000))
MONEY = item_of(number("cost", min=0, max=20_000, decimals=2))
FINE = item_of(number("share", min=0, max=20_000, decimals=3))
DATE = item_of(date_item("since", earliest="2014-10-05", latest="today"))
MONTH = item_of(date_item("moved", finest="month"))
YEAR = item_of(date_item("born", finest="year", earliest="1900-01-01"))
ANY_DATE = item_of(date_item("when"))
RANK = item_of(rank("matters", at_most=2))
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
    ("a typed number", NUMBER, ["12"], 12),
    ("a number below nought", NUMBER, ["-3"], -3),
    ("a number with a real minus sign", NUMBER, ["\u22123"], -3),
    ("nought", NUMBER, ["0"], 0),
    ("no minus nought", MONEY, ["-0"], 0.0),
    ("a number with noughts after the point", NUMBER, ["20.00"], 20),
    ("pounds", NUMBER, ["£20"], 20),
    ("pounds with a space", NUMBER, [" £ 20 "], 20),
    ("thousands with a comma", NUMBER, ["1,500"], 1500),
    ("thousands with a space", NUMBER, ["1 500"], 1500),
    ("thousands with the narrow space of a Polish phone", NUMBER, ["1\u202f500"], 1500),
    ("a decimal comma", MONEY, ["1,5"], 1.5),
    ("a decimal point", MONEY, ["1.55"], 1.55),
    ("only decimals", MONEY, [".5"], 0.5),
    ("a point and nothing", MONEY, ["5."], 5.0),
    ("thousands and a decimal point", MONEY, ["£1,500.50"], 1500.5),
    ("thousands and a decimal comma", MONEY, ["1.500,50"], 1500.5),
    ("thousands in spaces and a decimal comma", MONEY, ["1 500,5"], 1500.5),
    ("a comma that can only set thousands apart", MONEY, ["1,500"], 1500.0),
    ("a comma that cannot set thousands apart", FINE, ["0,500"], 0.5),
    ("three decimals", FINE, ["1.125"], 1.125),
    ("digits of an Urdu keyboard", NUMBER, ["۱۲"], 12),
    ("an Urdu decimal mark", MONEY, ["۱٫۵"], 1.5),
    ("a missing code of a number", NUMBER, ["", "not_say"], "not_say"),
    ("no typed number", NUMBER, [" "], None),
    ("a whole date", DATE, ["17", "5", "2024"], "2024-05-17"),
    ("a date with noughts", DATE, ["07", "05", "2024"], "2024-05-07"),
    ("a date without day", DATE, ["", "5", "2024"], "2024-05"),
    ("a date of which only the year is known", DATE, ["", "", "2024"], "2024"),
    ("a month in words", DATE, ["17", "May", "2024"], "2024-05-17"),
    ("a month in short", DATE, ["17", "sept.", "2024"], "2024-09-17"),
    ("a date of an Urdu keyboard", DATE, ["۱۷", "۵", "۲۰۲۴"], "2024-05-17"),
    ("the first day there may be", DATE, ["5", "10", "2014"], "2014-10-05"),
    ("today", DATE, ["1", "7", "2026"], "2026-07-01"),
    ("a month that began too early and ended in time", DATE, ["", "10", "2014"], "2014-10"),
    ("this year, which is not over", DATE, ["", "", "2026"], "2026"),
    ("a leap day", DATE, ["29", "2", "2024"], "2024-02-29"),
    ("a month where no day is asked for", MONTH, ["5", "2024"], "2024-05"),
    ("a year where nothing else is asked for", YEAR, ["1948"], "1948"),
    ("a missing code of a date", DATE, ["", "", "", "not_say"], "not_say"),
    ("no date", DATE, ["", " ", ""], None),
    ("places in order", RANK, ["chair:1", "care:2", "course:"], ("chair", "care")),
    ("places with gaps", RANK, ["care:9", "chair:3"], ("chair", "care")),
    ("one place", RANK, ["care:", "chair:2"], ("chair",)),
    ("no places", RANK, ["care:", "chair: "], None),
    ("a missing code of a rank", RANK, ["care:", "dont_know"], ("dont_know",)),
    ("anything for a statement", STATEMENT, ["yes"], None),
    ("a yes to taking part", CONSENT, ["yes"], "yes"),
]


@pytest.mark.parametrize(("item", "raw", "value"), [case[1:] for case in TAKEN], ids=[case[0] for case in TAKEN])
def test_an_answer_is_taken(item: Item, raw: list[str], value: Value | None) -> None:
    assert check_answer(item, raw, area_codes=AREAS, today=TODAY) == value


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
    ("a typed word", NUMBER, ["twelve"], AnswerProblemKind.NOT_A_NUMBER),
    ("infinity", MONEY, ["inf"], AnswerProblemKind.NOT_A_NUMBER),
    ("no number at all", MONEY, ["nan"], AnswerProblemKind.NOT_A_NUMBER),
    ("powers of ten", MONEY, ["1e3"], AnswerProblemKind.NOT_A_NUMBER),
    ("two numbers in one field", NUMBER, ["5-6"], AnswerProblemKind.NOT_A_NUMBER),
    ("groups that are no thousands", NUMBER, ["1,50,0"], AnswerProblemKind.NOT_A_NUMBER),
    ("two decimal marks", MONEY, ["1.500.50"], AnswerProblemKind.NOT_A_NUMBER),
    ("a comma that could be either", FINE, ["1,500"], AnswerProblemKind.NOT_A_NUMBER),
    ("a typed novel of digits", NUMBER, ["9" * 100_000], AnswerProblemKind.NOT_A_NUMBER),
    ("more digits than a float can hold", NUMBER, ["9" * 16], AnswerProblemKind.NOT_A_NUMBER),
    ("a point that could be either", MONEY, ["1.500"], AnswerProblemKind.TOO_MANY_DECIMALS),
    ("decimals where none are asked for", NUMBER, ["1.5"], AnswerProblemKind.TOO_MANY_DECIMALS),
    ("a number that is too large", NUMBER, ["20001"], AnswerProblemKind.OUT_OF_RANGE),
    ("a number and a missing code", NUMBER, ["5", "not_say"], AnswerProblemKind.ONE_ONLY),
    ("a day without month", DATE, ["5", "", "2024"], AnswerProblemKind.DATE_INCOMPLETE),
    ("a month without year", DATE, ["", "5", ""], AnswerProblemKind.DATE_INCOMPLETE),
    ("a day that no calendar has", DATE, ["31", "6", "2024"], AnswerProblemKind.NOT_A_DATE),
    ("a leap day of another year", DATE, ["29", "2", "2023"], AnswerProblemKind.NOT_A_DATE),
    ("a month that no calendar has", DATE, ["", "13", "2024"], AnswerProblemKind.NOT_A_DATE),
    ("a year of two digits", DATE, ["17", "5", "24"], AnswerProblemKind.NOT_A_DATE),
    ("a date in words", DATE, ["", "", "last year"], AnswerProblemKind.NOT_A_DATE),
    ("a day where none is asked for", MONTH, ["1", "5", "2024"], AnswerProblemKind.NOT_A_DATE),
    ("four parts of a date", DATE, ["1", "1", "5", "2024"], AnswerProblemKind.NOT_A_DATE),
    ("a date and a missing code", DATE, ["", "5", "2024", "not_say"], AnswerProblemKind.ONE_ONLY),
    ("the day before the first", DATE, ["4", "10", "2014"], AnswerProblemKind.DATE_TOO_EARLY),
    ("a year before the first", DATE, ["", "", "2013"], AnswerProblemKind.DATE_TOO_EARLY),
    ("tomorrow", DATE, ["2", "7", "2026"], AnswerProblemKind.DATE_TOO_LATE),
    ("next month", DATE, ["", "8", "2026"], AnswerProblemKind.DATE_TOO_LATE),
    ("two on one place", RANK, ["care:1", "chair:1"], AnswerProblemKind.RANK_TWICE),
    ("more than can be ranked", RANK, ["care:1", "chair:2", "course:3"], AnswerProblemKind.TOO_MANY),
    ("a place and a missing code", RANK, ["care:1", "dont_know"], AnswerProblemKind.EXCLUSIVE),
    ("an option without place", RANK, ["care"], AnswerProblemKind.UNKNOWN_OPTION),
    ("a rank of what is no option", RANK, ["cat:1"], AnswerProblemKind.UNKNOWN_OPTION),
    ("a place in words", RANK, ["care:first"], AnswerProblemKind.NOT_A_NUMBER),
    ("two places for one", RANK, ["care:1", "care:2"], AnswerProblemKind.ONE_ONLY),
    ("an area of no list", AREA, ["ZZZ"], AnswerProblemKind.UNKNOWN_AREA),
    ("a line that is too long", SHORT, ["a" * 21], AnswerProblemKind.TOO_LONG),
    ("text that is too long", LONG, ["a" * 100_000], AnswerProblemKind.TOO_LONG),
]


@pytest.mark.parametrize(("item", "raw", "kind"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_an_answer_is_refused_and_the_error_says_why(item: Item, raw: list[str], kind: AnswerProblemKind) -> None:
    with pytest.raises(AnswerError) as caught:
        check_answer(item, raw, area_codes=AREAS, today=TODAY)
    assert (caught.value.item, caught.value.kind) == (item.id, kind)


def test_an_error_carries_the_numbers_its_message_needs() -> None:
    with pytest.raises(AnswerError) as too_long:
        check_answer(LONG, ["a" * 60], area_codes=AREAS, today=TODAY)
    assert too_long.value.params == {"max_length": 50, "length": 60}
    with pytest.raises(AnswerError) as out_of_range:
        check_answer(SCALE, ["11"], area_codes=AREAS, today=TODAY)
    assert out_of_range.value.params == {"min": -2, "max": 10}
    with pytest.raises(AnswerError) as decimals:
        check_answer(MONEY, ["1.555"], area_codes=AREAS, today=TODAY)
    assert decimals.value.params == {"decimals": 2}
    with pytest.raises(AnswerError) as too_many:
        check_answer(RANK, ["care:1", "chair:2", "course:3"], area_codes=AREAS, today=TODAY)
    assert too_many.value.params == {"most": 2}


def test_an_error_of_a_date_carries_the_day_it_may_not_pass() -> None:
    with pytest.raises(AnswerError) as early:
        check_answer(DATE, ["", "", "2013"], area_codes=AREAS, today=TODAY)
    assert early.value.bound == "2014-10-05"
    with pytest.raises(AnswerError) as late:
        check_answer(DATE, ["", "8", "2026"], area_codes=AREAS, today=TODAY)
    assert late.value.bound == "2026-07-01"


def test_a_grid_is_checked_row_by_row() -> None:
    asked = item_of(grid("got"))
    assert isinstance(asked, GridItem)
    health, _ = row_items(asked)
    assert check_answer(asked, ["well"], area_codes=AREAS, today=TODAY) is None
    assert check_answer(health, ["well"], area_codes=AREAS, today=TODAY) == "well"
    with pytest.raises(AnswerError) as caught:
        check_answer(health, ["awfully"], area_codes=AREAS, today=TODAY)
    assert caught.value.item == "got__health"


def test_keys_of_a_repeat_come_apart_again() -> None:
    assert instance_key("cost", 2) == "cost@2"
    assert split_instance("uses__other__text@12") == ("uses__other__text", 12)
    assert [split_instance(key) for key in ("cost", "cost@", "cost@02", "cost@0", "cost@x")] == [
        ("cost", None),
        ("cost@", None),
        ("cost@02", None),
        ("cost@0", None),
        ("cost@x", None),
    ]


def test_length_is_counted_as_the_text_is_kept() -> None:
    assert (
        check_answer(LONG, [" " * 30 + "a\r\n" * 10 + "\x00" * 30 + "e\u0301" * 25], area_codes=AREAS, today=TODAY)
        is not None
    )


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


ITEMS = [CHOICE, CHOICES, SCALE, NUMBER, MONEY, FINE, DATE, MONTH, YEAR, RANK, AREA, SHORT, LONG, STATEMENT, CONSENT]


TYPED = st.one_of(
    st.text(),
    st.text("0123456789.,- £", max_size=12),
    st.integers(-3000, 3000).map(str),
    st.sampled_from(["care:1", "chair:2", "yes", "dont_know", "not_say", "QMJ", "may"]),
)


@given(item=st.sampled_from(ITEMS), raw=st.lists(TYPED, max_size=4))
def test_whatever_is_sent_is_taken_or_refused_with_a_reason_and_what_is_taken_can_be_sent_again(
    item: Item, raw: list[str]
) -> None:
    try:
        value = check_answer(item, raw, area_codes=AREAS, today=TODAY)
    except AnswerError:
        return
    if value is None:
        return
    assert check_answer(item, sent_again(item, value), area_codes=AREAS, today=TODAY) == value
    assert from_json(to_json({item.id: value})) == {item.id: value}


def sent_again(item: Item, value: Value) -> list[str]:
    if item.type == "date" and isinstance(value, str) and value[0].isdigit():
        return list(date_parts(value))
    if item.type == "rank" and isinstance(value, tuple) and value[0] not in ("dont_know", "not_say"):
        return [f"{code}:{place}" for place, code in enumerate(value)]
    return [str(code) for code in value] if isinstance(value, tuple) else [str(value)]


@given(year=st.integers(1900, 2100), month=st.integers(0, 12), day=st.integers(0, 31))
def test_a_date_comes_apart_as_it_was_typed(year: int, month: int, day: int) -> None:
    parts = [str(day or ""), str(month or ""), str(year)]
    try:
        value = check_answer(ANY_DATE, parts, area_codes=AREAS, today=TODAY)
    except AnswerError:
        return
    assert isinstance(value, str)
    assert list(date_parts(value)) == parts


@given(number=st.floats(-1e15, 1e15) | st.integers(-(10**15), 10**15))
def test_a_number_keeps_its_exact_value_and_kind_in_the_store(number: float) -> None:
    (back,) = from_json(to_json({"cost": number})).values()
    assert back == number
    assert type(back) is type(number)
    assert math.copysign(1, back) == math.copysign(1, number)


@given(raw=st.text(st.characters(), max_size=60))
def test_text_that_is_kept_has_no_control_characters_and_one_normal_form(raw: str) -> None:
    try:
        value = check_answer(LONG, [raw], area_codes=AREAS, today=TODAY)
    except AnswerError:
        return
    if value is None:
        return
    assert isinstance(value, str)
    assert unicodedata.is_normalized("NFC", value)
    assert all(letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs") for letter in value)
    assert value.encode()


NUMBERS = st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15)
VALUES = st.text() | NUMBERS | st.lists(st.text(max_size=5)).map(tuple)


@given(answers=st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True), VALUES))
def test_answers_come_back_from_the_store_as_they_went_in(answers: dict[str, Value]) -> None:
    assert from_json(to_json(answers)) == answers


def test_equal_answers_are_equal_text_whatever_their_order() -> None:
    assert to_json({"b": 1, "a": ("x",)}) == to_json({"a": ("x",), "b": 1}) == '{"a":["x"],"b":1}'
    assert to_json({"name": "Żółć"}) == '{"name":"Żółć"}'


NOT_ANSWERS = [
    "[]",
    "5",
    '{"a": null}',
    '{"a": true}',
    '{"a": [1]}',
    '{"a": {}}',
    '{"a": NaN}',
    '{"a": Infinity}',
    '{"a": -Infinity}',
    '{"a": 1e999}',
    '{"a": 1e16}',
    '{"a": 12345678901234567}',
    f'{{"a": {"9" * 5000}}}',
    "{",
]


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_number_is_not_written_to_the_store(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"cost": number})


@pytest.mark.parametrize("text", NOT_ANSWERS, ids=lambda text: text[:20])
def test_what_was_not_written_by_the_store_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(text)
