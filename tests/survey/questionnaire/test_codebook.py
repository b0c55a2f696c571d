"""The codebook: a reader of the analysis file needs nothing else."""

from __future__ import annotations

import json
from typing import Any

from survey.questionnaire.codebook import codebook, columns, restricted_columns
from survey.questionnaire.columns import META_COLUMNS, Column
from tests.survey.questionnaire.builders import (
    DONT_KNOW,
    NOT_SAY,
    area,
    choice,
    choices,
    long_text,
    option,
    page,
    questionnaire,
    scale,
    section,
    short_text,
    statement,
)

ETHNICITY = {
    **choice("ethnicity", role="dimension:ethnicity", sensitive=True),
    "groups": [{"code": "asian", "text": "Asian"}, {"code": "other_group", "text": "Other"}],
    "options": [
        option("indian", group="asian"),
        option("any_other", group="other_group", write_in="Say which"),
        NOT_SAY,
    ],
}

WRITTEN = questionnaire(
    section(
        "main",
        page(statement("welcome")),
        page(choice("keep", text={"self": "Would you?", "proxy": "Would they?"}, measure={"good": ["yes"]})),
        page({**choices("uses", measure={"good": ["care", "chair"]}), "options": [*choices("uses")["options"][:4]]}),
        page(scale("say", min=1, max=5, labels=[{"number": 3, "text": "Half"}], measure={"good": [4, 5]})),
        page(area(role="area")),
        page(ETHNICITY),
        page(choice("orientation", off=True)),
        page(long_text("story"), short_text("line", sensitive=True)),
        page({**choice("answering", role="answering"), "options": [option("me", answering="self"), DONT_KNOW]}),
    )
)

BY_NAME = {column.name: column for column in columns(WRITTEN)}


def test_columns_are_meta_then_items_in_the_order_of_the_file() -> None:
    names = [column.name for column in columns(WRITTEN)]
    assert names[: len(META_COLUMNS)] == [
        "response",
        "meta_wave",
        "meta_version",
        "meta_area",
        "meta_area_source",
        "meta_vintage",
        "meta_locale",
        "meta_format",
        "meta_mode",
        "meta_answering",
        "meta_handover_to",
        "meta_handover_page",
        "meta_fifth",
        "meta_status",
        "meta_started_on",
        "meta_submitted_on",
        "meta_last_page",
    ]
    assert names[len(META_COLUMNS) :] == [
        *("keep", "keep__missing"),
        *("uses__care", "uses__chair", "uses__course", "uses__missing"),
        *("say", "say__missing"),
        *("area", "area__missing"),
        *("ethnicity", "ethnicity__missing"),
        *("story__missing", "line__missing"),
        *("answering", "answering__missing"),
    ]


def test_an_exporter_can_add_columns_after_the_meta_columns() -> None:
    added = Column("meta_fifth", "Deprivation fifth of the area of residence", "integer", "meta")
    assert columns(WRITTEN, [added])[len(META_COLUMNS)] == added
    assert columns(WRITTEN, [added])[len(META_COLUMNS) + 1].name == "keep"


def test_missing_codes_are_not_among_the_values_but_among_the_reasons() -> None:
    assert [value.code for value in BY_NAME["keep"].values] == ["yes", "no"]
    reasons = {name: [value.code for value in BY_NAME[f"{name}__missing"].values] for name in ("keep", "uses", "story")}
    assert reasons == {
        "keep": ["not_asked", "not_answered", "dont_know", "refused"],
        "uses": ["not_asked", "not_answered", "dont_know"],
        "story": ["not_asked", "not_answered"],
    }
    assert all(value.missing == value.code for value in BY_NAME["keep__missing"].values)


def test_a_column_carries_what_its_item_is_for() -> None:
    keep, ethnicity, say = BY_NAME["keep"], BY_NAME["ethnicity"], BY_NAME["say"]
    assert (keep.label, keep.type, keep.kind, keep.good, keep.section) == (
        "Would you?",
        "string",
        "answer",
        ("yes",),
        "main",
    )
    assert (ethnicity.dimension, ethnicity.sensitive, ethnicity.role) == ("ethnicity", True, "dimension:ethnicity")
    assert [group.code for group in ethnicity.groups] == ["asian", "other_group"]
    assert ethnicity.group_of == {"indian": "asian", "any_other": "other_group"}
    assert BY_NAME["ethnicity__missing"].sensitive
    assert (say.type, say.good, say.values) == ("integer", (4, 5), ())
    assert (BY_NAME["area"].role, BY_NAME["area"].values) == ("area", ())


def test_a_choices_item_has_a_column_of_noughts_and_ones_for_each_option() -> None:
    care, course = BY_NAME["uses__care"], BY_NAME["uses__course"]
    assert (care.item, care.option, care.type, care.good) == ("uses", "care", "integer", (1,))
    assert [value.code for value in care.values] == [0, 1]
    assert course.good == ()


def test_free_text_is_in_the_restricted_file_only() -> None:
    assert [column.name for column in restricted_columns(WRITTEN)] == ["ethnicity__any_other__text", "story", "line"]
    assert restricted_columns(WRITTEN)[0].option == "any_other"
    assert restricted_columns(WRITTEN)[2].sensitive


def test_the_whole_codebook_is_json_and_names_its_questionnaire() -> None:
    book: dict[str, Any] = json.loads(json.dumps(codebook(WRITTEN)))
    assert book["questionnaire"]["id"] == "made-up"
    assert book["questionnaire"]["status"] == "draft"
    assert book["sections"] == [{"id": "main", "title": "Title of main"}]
    pages = WRITTEN.sections[0].pages
    assert [(each["id"], each["section"]) for each in book["pages"]] == [(each.id, "main") for each in pages]
    assert book["pages"][0]["text"] == pages[0].items[0].text
    assert {each["id"]: each["page"] for each in book["items"]} | {"story": "story", "line": "story"} == {
        item.id: page.id for page in pages for item in page.items if not item.off and item.type != "statement"
    }
    assert [column["name"] for column in book["columns"]] == list(BY_NAME)
    assert [column["name"] for column in book["restricted_columns"]] == ["ethnicity__any_other__text", "story", "line"]


def test_items_are_described_so_that_results_can_be_worded() -> None:
    items = {item["id"]: item for item in codebook(WRITTEN)["items"]}
    assert list(items) == ["keep", "uses", "say", "area", "ethnicity", "story", "line", "answering"]
    assert items["keep"]["options"][2] == {
        "code": "dont_know",
        "text": "I don't know",
        "missing": "dont_know",
        "group": None,
    }
    assert items["ethnicity"]["groups"][0] == {"code": "asian", "text": "Asian"}
    assert items["uses"]["columns"] == ["uses__care", "uses__chair", "uses__course", "uses__missing"]
    assert items["uses"]["good"] == ["care", "chair"]
    assert (items["say"]["min"], items["say"]["max"]) == (1, 5)
    assert items["say"]["labels"] == [
        {"number": 1, "text": "None"},
        {"number": 3, "text": "Half"},
        {"number": 5, "text": "All I want"},
    ]


def test_every_column_of_an_item_is_in_the_list_of_columns() -> None:
    described = [name for item in codebook(WRITTEN)["items"] for name in item["columns"]]
    assert described == [column.name for column in columns(WRITTEN)[len(META_COLUMNS) :]]


# --- Every type -------------------------------------------------------------------

OPTIONS = [option("better"), option("worse"), DONT_KNOW, NOT_SAY]
GRID = {"id": "got", "type": "grid", "text": "How did it go?", "options": OPTIONS, "measure": {"good": ["better"]}}
ROWS = [{"code": "health", "text": "My health"}, {"code": "home", "text": {"self": "My home", "proxy": "Their home"}}]
RANK = {"id": "order", "type": "rank", "text": "What matters?", "options": [option("rest"), option("food")]}
NUMBER = {"id": "hours", "type": "number", "text": "How long?", "min": 0, "max": 50, "decimals": 1, "unit": "hours"}
COUNT = {"id": "stops", "type": "number", "text": "How many?", "min": 0, "max": 5, "options": [DONT_KNOW]}
DATE = {"id": "began", "type": "date", "text": "When did it begin?", "finest": "month"}

EVERY = questionnaire(
    section("once", page({**GRID, "rows": ROWS}), page(RANK), page(NUMBER), page(COUNT), page(DATE)),
    section("each-stop", page(choice("why")), page(short_text("words")), repeat={"from": "stops", "at_most": 5}),
)


def names_of(item: str) -> list[str]:
    return [column.name for column in columns(EVERY) if column.item == item]


def test_a_row_of_a_grid_is_a_choice_with_the_words_of_both() -> None:
    assert names_of("got__health") == ["got__health", "got__health__missing"]
    column = next(column for column in columns(EVERY) if column.name == "got__home")
    assert (column.label, column.good) == ("How did it go? – My home", ("better",))
    assert [value.code for value in column.values] == ["better", "worse"]
    rows = [item for item in codebook(EVERY)["items"] if item["grid"] == "got"]
    assert [(row["id"], row["type"], row["good"]) for row in rows] == [
        ("got__health", "choice", ["better"]),
        ("got__home", "choice", ["better"]),
    ]


def test_a_rank_has_a_column_of_places_for_each_option() -> None:
    assert names_of("order") == ["order__rest", "order__food", "order__missing"]
    column = next(column for column in columns(EVERY) if column.name == "order__food")
    assert (column.type, column.option, column.label) == ("integer", "food", "What matters? – place of: Food")
    assert [(value.code, value.label) for value in column.values] == [(0, "Not chosen")]


def test_numbers_are_whole_or_not_as_their_item_says() -> None:
    types = {column.name: column.type for column in columns(EVERY)}
    assert (types["hours"], types["stops"], types["began"]) == ("number", "integer", "string")
    hours = next(item for item in codebook(EVERY)["items"] if item["id"] == "hours")
    assert (hours["min"], hours["max"], hours["decimals"], hours["unit"]) == (0, 50, 1, "hours")


def test_what_is_asked_again_and_again_is_a_file_of_its_own() -> None:
    assert names_of("why") == []
    repeat = codebook(EVERY)["repeats"][0]
    assert (repeat["section"], repeat["from"]) == ("each-stop", "stops")
    assert [column["name"] for column in repeat["columns"]] == [
        "response",
        "meta_round",
        "meta_about",
        "why",
        "why__missing",
        "words__missing",
    ]
    assert [item["repeat"] for item in codebook(EVERY)["items"] if item["id"] in ("hours", "why")] == [
        None,
        "each-stop",
    ]


def test_what_an_item_is_said_to_be_comparable_with_is_told() -> None:
    told = {"version": "2025.1", "reason": "Only a comma was added."}
    changed = questionnaire(page(choice("keep", equivalent=[told])))
    assert codebook(changed)["items"][0]["equivalent"] == [told]


def test_where_an_answer_is_put_in_the_label_says_that_there_is_one() -> None:
    made = questionnaire(
        section("main", page(choice("keep"))),
        section("more", page(choice("why", text="You said {keep|nothing}. Why?"))),
    )
    assert {column.name: column.label for column in columns(made)}["why"] == "You said [answer]. Why?"
