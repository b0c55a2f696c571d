"""Wording: who reads which variant, and what a translator is given."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Answering, Plural, Text, Variants
from survey.questionnaire.text import Unit, choose, translation_units
from tests.survey.questionnaire.builders import area, choice, option, page, questionnaire, scale, section, statement
from tests.survey.questionnaire.defects import grid, number

SELF, SUPPORTED, PROXY, CHILD = Answering


def variants(**wordings: str) -> Variants:
    return Variants.model_validate(wordings)


ONLY_SELF = variants(self="you")
WITH_PROXY = variants(self="you", proxy="the person")
WITH_CHILD = variants(self="you", child="your child")
WHOLE = variants(self="you", supported="you both", proxy="the person", child="your child")

COUNTED = Plural(count="services", one="One service", other="Several services")

CHOSEN = [
    (COUNTED, SELF, ("Several services", "")),
    (COUNTED, CHILD, ("Several services", "")),
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


ODD = {"when": {"item": "hours", "at_least": 4}, "text": "Is that right?"}
FORMATS = {
    "easyread": {"text": "Are you well?", "hint": "Pick a face.", "image": "well.svg"},
    "bsl": {"video": "got.mp4", "captions": "got.vtt", "transcript": "You well?"},
}

WRITTEN = questionnaire(
    section(
        "your-budget",
        page(number("hours_before", options=[]) | {"text": "Hours before?"}),
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
        page(number("hours", unit={"count": "hours_before", "one": "hour", "other": "hours"}, options=[], soft=[ODD])),
        page(
            grid(
                "got",
                rows=[{"code": "health", "text": "Your health", "easyread": {"text": "Health"}}],
                formats=FORMATS,
            )
            | {"options": [option("well", easyread={"text": "Good"}), option("badly", easyread={"image": "bad.svg"})]}
        ),
    ),
    title="The survey",
    purpose="To hear how it is going.",
    glossary=[{"code": "phb", "term": "PHB", "meaning": "Money for your health"}],
)

CONTEXTS = {
    "title": "The survey",
    "purpose": "To hear how it is going.",
    "section.your-budget.title": "Title of your-budget",
    "item.hours_before.text": "Hours before?",
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
    "item.hours.text": "How many?",
    "item.hours.unit": "hour",
    "item.hours.soft.0": "Is that right?",
    "item.got.text": "Words of got?",
    "item.got.easyread.text": "Are you well?",
    "item.got.easyread.hint": "Pick a face.",
    "item.got.bsl.transcript": "You well?",
    "item.got.row.health.text": "Your health",
    "item.got.row.health.easyread.text": "Health",
    "item.got.option.well.text": "Well",
    "item.got.option.well.easyread.text": "Good",
    "item.got.option.badly.text": "Badly",
    "glossary.phb.term": "PHB",
    "glossary.phb.meaning": "Money for your health",
}


def test_every_string_is_given_to_translators_in_the_order_of_the_file() -> None:
    assert [(unit.context, unit.source) for unit in translation_units(WRITTEN)] == list(CONTEXTS.items())


def test_a_wording_by_number_is_one_unit_with_both_forms() -> None:
    plurals = {unit.context: unit for unit in translation_units(WRITTEN) if unit.plural is not None}
    assert list(plurals) == ["item.hours.unit"]
    assert (plurals["item.hours.unit"].source, plurals["item.hours.unit"].plural) == ("hour", "hours")
    assert "hours_before" in plurals["item.hours.unit"].comment


def test_a_translator_is_told_what_a_string_is_and_who_reads_it() -> None:
    comments = {unit.context: unit.comment for unit in translation_units(WRITTEN)}
    assert comments["item.language.text.child"] == "Question (to someone who answers for a child)"
    assert comments["item.language.option.b.text"] == "Answer to: Your language?"
    assert comments["item.thanks.text"] == "Words to read"


def test_the_suffix_of_a_chosen_wording_leads_to_its_translation_unit() -> None:
    item = WRITTEN.sections[0].pages[1].items[0]
    units = set(translation_units(WRITTEN))
    for answering in Answering:
        source, suffix = choose(item.text, answering)
        context = f"item.language.text.{suffix}"
        assert any((unit.context, unit.source) == (context, source) for unit in units)
    assert Unit("title", "The survey", "Name of the survey") in units
