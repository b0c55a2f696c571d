"""Walking: nothing that is asked, read or decided is passed by, and everything is found at its place."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from survey.questionnaire.condition_model import Comparison
from survey.questionnaire.load import dump_questionnaire
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Location
from survey.questionnaire.text import translation_units
from survey.questionnaire.walk import comparisons_of, conditions_of, strings_of, texts_of, variables_of
from tests.survey.questionnaire.builders import built, choice, page, section
from tests.survey.questionnaire.defects import grid, number
from tests.survey.questionnaire.generated import questionnaires

ASKED = {"item": "gate", "is": "yes"}
EASY_READ: dict[str, Any] = {"text": "Easy.", "hint": "Easy hint.", "image": "easy.svg"}

WRITTEN = built(
    section(
        "first",
        page(choice("gate"), end={"kind": "refused", "when": ASKED}),
        page(number("services"), intro="Long.", easyread={"text": "Short."}),
    ),
    section(
        "each",
        page(
            grid(
                "got",
                rows=[
                    {"code": "a", "text": "A", "easyread": {"text": "Easy A"}},
                    {"code": "b", "text": "B", "show_if": ASKED},
                ],
                soft=[{"when": {"item": "got__a", "is": "well"}, "text": "Sure?"}],
                formats={
                    "easyread": EASY_READ,
                    "bsl": {"video": "got.mp4", "captions": "got.vtt", "transcript": "Signed."},
                },
            ),
            show_if=ASKED,
        ),
        page(number("cost", unit={"count": "services", "one": "pound", "other": "pounds"})),
        show_if=ASKED,
        repeat={"from": "services", "at_most": 3},
    ),
    glossary=[{"code": "phb", "term": "PHB", "meaning": "Personal health budget"}],
    easyread={"text": "Easy start."},
)


def at(document: Any, location: Location) -> Any:
    for step in location:
        document = document[step]
    return document


def written(questionnaire: Questionnaire) -> Any:
    return json.loads(dump_questionnaire(questionnaire))


def test_what_a_condition_can_name_is_every_item_and_every_row_of_a_grid_but_no_grid() -> None:
    assert [item.id for item in variables_of(WRITTEN)] == ["gate", "services", "got__a", "got__b", "cost"]


def test_every_condition_is_found_with_the_pages_that_are_known_there() -> None:
    found = {location: before for location, before, _ in conditions_of(WRITTEN)}
    got: Location = ("sections", 1, "pages", 0)
    assert found == {
        ("sections", 1, "show_if"): 2,
        ("sections", 0, "pages", 0, "end", "when"): 1,
        (*got, "show_if"): 2,
        (*got, "items", 0, "rows", 1, "show_if"): 2,
        (*got, "items", 0, "soft", 0, "when"): 3,
    }


def test_every_text_of_the_new_parts_is_read() -> None:
    item: Location = ("sections", 1, "pages", 0, "items", 0)
    unit: Location = ("sections", 1, "pages", 1, "items", 0, "unit")
    strings = dict(strings_of(WRITTEN))
    expected = {
        (*item, "formats", "easyread", "text"): "Easy.",
        (*item, "formats", "easyread", "hint"): "Easy hint.",
        (*item, "formats", "bsl", "transcript"): "Signed.",
        (*item, "rows", 0, "text"): "A",
        (*item, "rows", 0, "easyread", "text"): "Easy A",
        (*item, "soft", 0, "text"): "Sure?",
        (*unit, "one"): "pound",
        ("easyread", "text"): "Easy start.",
        ("sections", 0, "pages", 1, "easyread", "text"): "Short.",
        (*unit, "other"): "pounds",
        ("glossary", 0, "term"): "PHB",
        ("glossary", 0, "meaning"): "Personal health budget",
    }
    assert expected.items() <= strings.items()
    assert unit in dict(texts_of(WRITTEN))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaire=questionnaires())
def test_every_string_stands_where_it_is_said_to_and_is_given_to_translators(questionnaire: Questionnaire) -> None:
    document = written(questionnaire)
    strings = list(strings_of(questionnaire))
    assert all(at(document, location) == text for location, text in strings)
    to_translate = [text for location, text in strings if location[0] != "contact"]
    units = [text for unit in translation_units(questionnaire) for text in (unit.source, unit.plural) if text]
    assert sorted(to_translate) == sorted(units)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaire=questionnaires())
def test_every_condition_stands_where_it_is_said_to(questionnaire: Questionnaire) -> None:
    document = written(questionnaire)
    found = json.dumps(document).count('"item":')
    comparisons = list(comparisons_of(questionnaire))
    assert len(comparisons) == found
    for location, _, comparison in comparisons:
        assert at(document, location) == json.loads(comparison.model_dump_json())
        assert isinstance(comparison, Comparison)
