"""Wording: who reads which variant, and what a translator is given."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Answering, Text, Variants
from survey.questionnaire.text import Unit, choose, translation_units
from tests.survey.questionnaire.builders import area, choice, option, page, questionnaire, scale, section, statement

SELF, SUPPORTED, PROXY, CHILD = Answering


def variants(**wordings: str) -> Variants:
    return Variants.model_validate(wordings)


ONLY_SELF = variants(self="you")
WITH_PROXY = variants(self="you", proxy="the person")
WITH_CHILD = variants(self="you", child="your child")
WHOLE = variants(self="you", supported="you both", proxy="the person", child="your child")

CHOSEN = [
    ("plain", SELF, ("plain", "")),
    ("plain", CHILD, ("plain", "")),
    (ONLY_SELF, SELF, ("you", "self")),
    (ONLY_SELF, SUPPORTED, ("you", "self")),
    (ONLY_SELF, PROXY, ("you", "self")),
    (ONLY_SELF, CHILD, ("you", "self")),
    (WITH_PROXY, SUPPORTED, ("you", "self")),
    (WITH_PROXY, PROXY, ("the person", "proxy")),
    (WITH_PROXY, CHILD, ("the person", "proxy")),
    (WITH_CHILD, PROXY, ("you", "self")),
    (WITH_CHILD, CHILD, ("your child", "child")),
    (WHOLE, SELF, ("you", "self")),
    (WHOLE, SUPPORTED, ("you both", "supported")),
    (WHOLE, PROXY, ("the person", "proxy")),
    (WHOLE, CHILD, ("your child", "child")),
]


@pytest.mark.parametrize(("text", "answering", "chosen"), CHOSEN, ids=str)
def test_a_variant_falls_back_to_the_nearest_one_there_is(
    text: Text, answering: Answering, chosen: tuple[str, str]
) -> None:
    assert choose(text, answering) == chosen


WRITTEN = questionnaire(
    section(
        "your-budget",
        page(
            choice(
                "language",
                text={"self": "Your language?", "child": "Your child's language?"},
                hint="Pick one.",
                groups=[{"code": "here", "text": "From here"}],
            )
            | {"options": [option("other", write_in="Say which", hint="Any", group="here"), option("b", group="here")]},
            intro="A few words first.",
        ),
        page(scale("say", off=True) | {"options": []}),
        page(area() | {"options": []}, statement("thanks")),
    ),
    title="The survey",
    purpose="To hear how it is going.",
)

CONTEXTS = {
    "title": "The survey",
    "purpose": "To hear how it is going.",
    "section.your-budget.title": "Title of your-budget",
    "page.language.intro": "A few words first.",
    "item.language.text.self": "Your language?",
    "item.language.text.child": "Your child's language?",
    "item.language.hint": "Pick one.",
    "item.language.group.here.text": "From here",
    "item.language.option.other.text": "Other",
    "item.language.option.other.hint": "Any",
    "item.language.option.other.write_in": "Say which",
    "item.language.option.b.text": "B",
    "item.say.text": "Words of say?",
    "item.say.min_text": "None",
    "item.say.max_text": "All I want",
    "item.area.text": "Which NHS area?",
    "item.thanks.text": "Words to read.",
}


def test_every_string_is_given_to_translators_in_the_order_of_the_file() -> None:
    assert [(unit.context, unit.source) for unit in translation_units(WRITTEN)] == list(CONTEXTS.items())


def test_a_translator_is_told_what_a_string_is_and_who_reads_it() -> None:
    comments = {unit.context: unit.comment for unit in translation_units(WRITTEN)}
    assert comments["item.language.text.child"] == "Question (to someone who answers for a child)"
    assert comments["item.language.option.b.text"] == "Answer to: Your language?"
    assert comments["item.thanks.text"] == "Words to read"


def test_the_suffix_of_a_chosen_wording_leads_to_its_translation_unit() -> None:
    item = WRITTEN.sections[0].pages[0].items[0]
    units = set(translation_units(WRITTEN))
    for answering in Answering:
        source, suffix = choose(item.text, answering)
        context = f"item.language.text.{suffix}"
        assert any((unit.context, unit.source) == (context, source) for unit in units)
    assert Unit("title", "The survey", "Name of the survey") in units
