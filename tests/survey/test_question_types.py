"""Every type of item of the model is complete: field, macro, words about it, columns, an example, and a journey.

To add a type, run this and do what fails.
"""

from __future__ import annotations

import re
from typing import get_args, get_type_hints

import pytest

from survey import resources
from survey.i18n import Languages
from survey.questionnaire import model
from survey.questionnaire.check.conditions import FITTING
from survey.questionnaire.codebook import codebook, columns
from survey.questionnaire.condition_model import Operator
from survey.questionnaire.load import load_file
from survey.respondent.drawings import AreaChoice
from survey.respondent.fields import BUILDERS
from survey.respondent.wording import Wording
from tests.survey.questionnaire.builders import page, questionnaire
from tests.survey.respondent.test_fields import DOCUMENTED, JOURNEYS, example_of, section_of

TYPES = sorted(
    get_args(get_type_hints(kind)["type"])[0]
    for name in dir(model)
    if name.endswith("Item") and name != "Item" and "type" in get_type_hints(kind := getattr(model, name))
)


def test_the_model_has_the_types_that_are_meant() -> None:
    assert len(TYPES) == 11
    assert re.findall(r"^## `(.*)`$", DOCUMENTED, re.MULTILINE) == list(BUILDERS)


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_has_its_field_its_macro_its_operators_and_a_journey(kind: str) -> None:
    item = questionnaire(page(example_of(kind))).sections[0].pages[0].items[0]
    assert kind in BUILDERS, f"BUILDERS of survey/respondent/fields.py lacks {kind}"
    wording = Wording(Languages(resources.TRANSLATIONS).catalogue("made-up", "en"), model.Answering.SELF)
    drawing = BUILDERS[kind].draw(item, wording, AreaChoice("2026", ()))
    template = (resources.PACKAGE / "templates" / drawing.template).read_text(encoding="utf-8")
    assert f"{{% macro {drawing.macro}(field, form, is_heading, described_by) %}}" in template
    assert kind in FITTING, f"check_conditions lacks the operators of {kind}"
    assert kind in JOURNEYS, f"tests/survey/respondent/test_fields.py lacks a journey of {kind}"


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_is_documented_with_all_there_is_to_know(kind: str) -> None:
    section = section_of(kind)
    for part in ("**Answer**", "**Columns**", "**Conditions**"):
        assert part in section
    assert example_of(kind)["type"] == kind
    own = {str(operator) for operator in FITTING[kind]}
    alike = {"scale": "choice", "choices": "choice", "area": "choice", "number": "scale", "rank": "choices"}.get(kind)
    told = set(re.findall(r"`([a-z_]+)`", section.partition("**Conditions**")[2]))
    if kind != "grid":  # its rows are choices
        assert own - ({str(operator) for operator in FITTING[alike]} if alike else set()) <= told
        assert told & {str(operator) for operator in Operator} <= own


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind != "statement"])
def test_a_type_has_its_columns_and_its_entry_in_the_codebook(kind: str) -> None:
    whole = questionnaire(page(example_of(kind)))
    names = {column.name for column in columns(whole) if column.kind != "meta"}
    assert names
    described = [item for item in codebook(whole)["items"] if item["columns"]]
    assert {name for item in described for name in item["columns"]} == names
    documented = section_of(kind).partition("**Columns**")[2].partition("- **Conditions**")[0]
    assert {name for name in re.findall(r"`([a-z_]+)`", documented) if name in names}, documented


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_has_an_example_in_the_gallery(kind: str) -> None:
    gallery = load_file(resources.QUESTIONNAIRES / "gallery.json")
    assert kind in {item.type for section in gallery.sections for each in section.pages for item in each.items}
