"""The JSON Schema for editors says what the loader asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from survey.questionnaire.condition_model import Operator
from survey.questionnaire.load import QuestionnaireError, load_questionnaire
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.schema import HOLDERS, json_schema, written_as
from tests.survey.questionnaire.builders import Json, choice, document, option, page, section
from tests.survey.questionnaire.defects import date, grid, number, rank

SCHEMA = json_schema()
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if "$ref" in value else set()
        return own.union(*(references(part) for part in value.values()))
    return set().union(*(references(part) for part in value)) if isinstance(value, list) else set()


def test_every_definition_is_used_and_every_reference_leads_somewhere() -> None:
    assert references(SCHEMA) == {f"#/$defs/{name}" for name in DEFINITIONS}


def test_no_object_takes_keys_it_does_not_know() -> None:
    objects = [SCHEMA, *(one for one in DEFINITIONS.values() if one.get("type") == "object")]
    assert all(one["additionalProperties"] is False for one in [*objects, *DEFINITIONS["Comparison"]["oneOf"]])


def test_a_comparison_is_described_as_it_is_written() -> None:
    written = DEFINITIONS["Comparison"]["oneOf"]
    assert [set(one["required"]) for one in written] == [{"item", operator.value} for operator in Operator]


def test_conditions_are_described_by_the_keys_authors_write() -> None:
    assert [set(DEFINITIONS[name]["properties"]) for name in ("All", "AnyOf", "Not")] == [{"all"}, {"any"}, {"not"}]


def test_an_item_is_told_by_its_type() -> None:
    items = DEFINITIONS["Page"]["properties"]["items"]["items"]
    assert set(items["discriminator"]["mapping"]) == {
        "choice",
        "choices",
        "scale",
        "grid",
        "rank",
        "number",
        "date",
        "area",
        "short_text",
        "long_text",
        "statement",
    }


def without(key: str, item: Json) -> Json:
    return {name: value for name, value in item.items() if name != key}


def repeated(repeat: Any) -> Json:
    return document(section("first", page(number("times"))), section("each", page(choice("x")), repeat=repeat))


ITEM = "$.sections[0].pages[0].items[0]"
ROWS = [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]
WRONG_FILE = "Write small letters, digits and hyphens, then"
IN_QUOTES = "Write digits without quotation marks."

# What is wrong, where it is said to be, under which rule, and how the remedy begins.
WRONG: list[tuple[str, Json, str, str, str]] = [
    (
        "a misspelt key of a row",
        document(page(grid("got", rows=[{**ROWS[0], "showif": {}}, ROWS[1]]))),
        f"{ITEM}.rows[0].showif",
        "key-unknown",
        "Did you mean `show_if`?",
    ),
    (
        "a row without code",
        document(page(grid("got", rows=[{"text": "A"}]))),
        f"{ITEM}.rows[0].code",
        "key-missing",
        "Add",
    ),
    ("no rows", document(page(without("rows", grid("got")))), f"{ITEM}.rows", "key-missing", "Add"),
    (
        "one row as an object",
        document(page(grid("got", rows=ROWS[0]))),
        f"{ITEM}.rows",
        "type",
        "Write square brackets",
    ),
    (
        "a misspelt format",
        document(page(choice("x", formats={"easy_read": {"text": "X", "image": "x.svg"}}))),
        f"{ITEM}.formats.easy_read",
        "key-unknown",
        "Did you mean `easyread`?",
    ),
    (
        "Easy Read without picture",
        document(page(choice("x", formats={"easyread": {"text": "X"}}))),
        f"{ITEM}.formats.easyread.image",
        "key-missing",
        "Add",
    ),
    (
        "a picture in another folder",
        document(page(choice("x", formats={"easyread": {"text": "X", "image": "../x.svg"}}))),
        f"{ITEM}.formats.easyread.image",
        "pattern",
        WRONG_FILE,
    ),
    (
        "a film in capitals",
        document(page(choice("x", formats={"bsl": {"video": "X.MP4", "captions": "x.vtt", "transcript": "X"}}))),
        f"{ITEM}.formats.bsl.video",
        "pattern",
        WRONG_FILE,
    ),
    (
        "a film without words",
        document(page(choice("x", formats={"bsl": {"video": "x.mp4", "captions": "x.vtt"}}))),
        f"{ITEM}.formats.bsl.transcript",
        "key-missing",
        "Add",
    ),
    (
        "a label with the key of a question",
        document(page({**choice("x"), "options": [option("a", easyread={"text": "A", "img": "a.svg"}), option("b")]})),
        f"{ITEM}.options[0].easyread.img",
        "key-unknown",
        "Did you mean `image`?",
    ),
    ("a bound in quotation marks", document(page(number("x", min="0"))), f"{ITEM}.min", "type", IN_QUOTES),
    ("half a decimal", document(page(number("x", decimals=1.5))), f"{ITEM}.decimals", "type", IN_QUOTES),
    ("a number without end", document(page(without("max", number("x")))), f"{ITEM}.max", "key-missing", "Add"),
    (
        "a part of no date",
        document(page(date("x", finest="week"))),
        f"{ITEM}.finest",
        "value-unknown",
        "Use one of: 'year'",
    ),
    (
        "a day as it is spoken",
        document(page(date("x", latest="1 May 2026"))),
        f"{ITEM}.latest",
        "pattern",
        "Write a day as in 2026-04-01",
    ),
    ("nothing to rank", document(page(rank("x", at_most=0))), f"{ITEM}.at_most", "value", "Write 1 or more."),
    (
        "a key too many of a repeat",
        repeated({"from": "times", "at_most": 3, "at_least": 1}),
        "$.sections[1].repeat.at_least",
        "key-unknown",
        "Take it out.",
    ),
    ("no bound of rounds", repeated({"from": "times"}), "$.sections[1].repeat.at_most", "key-missing", "Add"),
    ("a repeat in one word", repeated("times"), "$.sections[1].repeat", "type", "Write curly brackets"),
    (
        "a plural of three forms",
        document(page(number("n")), page(choice("x", text={"count": "n", "one": "A", "other": "B", "many": "C"}))),
        "$.sections[0].pages[1].items[0].text.many",
        "key-unknown",
        "Take it out.",
    ),
    (
        "a plural without many",
        document(page(number("n")), page(choice("x", text={"count": "n", "one": "A"}))),
        "$.sections[0].pages[1].items[0].text.other",
        "key-missing",
        "Add",
    ),
    (
        "a soft check with a misspelt operator",
        document(page(number("n", soft=[{"when": {"item": "n", "atleast": 4}, "text": "Sure?"}]))),
        f"{ITEM}.soft[0].when.atleast",
        "operator-unknown",
        "Did you mean `at_least`?",
    ),
    (
        "a comparison with a number in quotation marks",
        document(page(number("n")), page(choice("x"), show_if={"item": "n", "at_least": "4"})),
        "$.sections[0].pages[1].show_if.at_least",
        "operand",
        "Write a number.",
    ),
    (
        "a term without meaning",
        document(page(choice("x")), glossary=[{"code": "a", "term": "A"}]),
        "$.glossary[0].meaning",
        "key-missing",
        "Add",
    ),
    (
        "a finding accepted without reason",
        document(page(choice("x")), accepted=[{"rule": "text-long"}]),
        "$.accepted[0].reason",
        "key-missing",
        "Add",
    ),
]


@pytest.mark.parametrize(
    ("wrong", "path", "rule", "remedy"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_what_does_not_fit_is_said_once_at_its_place_with_what_to_do(
    wrong: Json, path: str, rule: str, remedy: str
) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(json.dumps(wrong).encode(), name="made-up.json")
    (problem,) = caught.value.problems
    assert (problem.path, problem.rule) == (path, rule)
    assert problem.remedy.startswith(remedy)


OPTIONS = [option("a"), option("b")]
# What is wrong, and all that is said of it.
IN_PLAIN_WORDS: list[tuple[str, Json, str]] = [
    (
        "one option",
        document(page(choice("x", options=OPTIONS[:1]))),
        "An item of type `choice` needs at least 2 options; it has 1. Add what is missing.",
    ),
    (
        "no rows",
        document(page(grid("x", rows=[]))),
        "An item of type `grid` needs at least 1 row; it has none. Add one.",
    ),
    ("no sections", document(sections=[]), "A questionnaire needs at least 1 section; it has none. Add one."),
    (
        "all of nothing",
        document(page(choice("x")), page(choice("y"), show_if={"all": []})),
        "`all` needs at least 1 condition; it has none. Add one.",
    ),
    ("no minutes", document(page(choice("x")), minutes=0), "`minutes` is `0`, which is too small. Write 1 or more."),
    ("hours", document(page(choice("x")), minutes=600), "`minutes` is `600`, which is too large. Write 120 or less."),
    (
        "an item's id in capitals",
        document(page(choice("How long?"), id="x")),
        "`How long?` is not an id. "
        "Write small letters, digits and single underscores, beginning with a letter, as in `how_long`.",
    ),
    (
        "a page's id with underscores",
        document(page(choice("x"), id="how_long")),
        "`how_long` is not an id. "
        "Write small letters, digits and single hyphens, beginning with a letter, as in `how-long`.",
    ),
    (
        "a code of two lines",
        document(page(choice("x", options=[option("a"), option("b\n")]))),
        "`b\\n` is not a code. "
        "Write small letters, digits and single underscores, beginning with a letter, as in `how_long`.",
    ),
    (
        "a role that does not exist",
        document(page(choice("x", role="boss"))),
        "`boss` is not a role. "
        "Write `consent`, `answering`, `area`, or `dimension:` and a name, as in `dimension:control`.",
    ),
    (
        "a long id",
        document(page(choice("x" * 33), id="x")),
        f"`{'x' * 33}` has 33 characters, and may have 32. Shorten it.",
    ),
]


@pytest.mark.parametrize(("wrong", "said"), [case[1:] for case in IN_PLAIN_WORDS], ids=[x[0] for x in IN_PLAIN_WORDS])
def test_what_is_out_of_bounds_is_said_in_plain_words(wrong: Json, said: str) -> None:
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(json.dumps(wrong).encode(), name="made-up.json")
    (problem,) = caught.value.problems
    assert f"{problem.message} {problem.remedy}" == said


def limits() -> Iterator[tuple[str, str]]:
    """Every limit that the format sets to lists and text, and the key it is set for."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    for described in (schema, *schema["$defs"].values()):
        for key, value in described.get("properties", {}).items():
            for each in (value, *value.get("anyOf", ()), value.get("items", {})):
                yield from ((limit, key) for limit in each if limit in ("pattern", "minItems", "maxItems", "minLength"))


def test_every_limit_of_the_format_has_words() -> None:
    assert {limit for limit, _ in limits()} == {"pattern", "minItems"}
    for limit, key in limits():
        assert written_as((key,)) if limit == "pattern" else key in HOLDERS, key


def test_a_number_may_have_decimals_wherever_one_is_compared() -> None:
    written = document(
        page(number("cost", decimals=1, min=0.5)),
        page(choice("x"), show_if={"item": "cost", "any_of": [1.5, "not_say"]}),
    )
    loaded = load_questionnaire(json.dumps(written).encode(), name="made-up.json")
    assert loaded.sections[0].pages[1].show_if is not None
