"""Who is asked, in words: every operator, every nesting, and what stands round the questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from survey.questionnaire.condition_model import Condition
from survey.questionnaire.in_words import Words, wording
from survey.questionnaire.model import End, Plural, Questionnaire, Repeat, SoftCheck, Variants
from tests.survey.questionnaire.builders import DONT_KNOW, choice, choices, option, page, questionnaire, scale

READ: TypeAdapter[Condition] = TypeAdapter(Condition)

NUMBER = {
    "id": "miles",
    "type": "number",
    "text": "How far?",
    "min": 0,
    "max": 5000,
    "unit": "miles",
    "options": [DONT_KNOW],
}
DATE = {"id": "since", "type": "date", "text": "Since when?", "options": [DONT_KNOW]}
GRID = {
    "id": "got",
    "type": "grid",
    "text": "How did it go?",
    "rows": [{"code": "health", "text": "My health"}, {"code": "home", "text": "My home"}],
    "options": [option("better"), option("worse"), DONT_KNOW],
}
RANK = {
    "id": "first",
    "type": "rank",
    "text": "What matters?",
    "options": [option("rest"), option("work"), {**DONT_KNOW, "exclusive": True}],
}


@pytest.fixture(scope="module")
def made() -> Questionnaire:
    ages = choice(
        "age",
        "young",
        "grown",
        "older",
        "old",
        "very_old",
        text="How old?",
    )
    return questionnaire(
        page(choice("money", "paid", "held", text="Who pays?")),
        page(ages),
        page(choices("uses", "care", "chair", "course", "rest", "trips", text="For what?")),
        page(scale("say", text="How much say?")),
        page(NUMBER),
        page(DATE),
        page(GRID),
        page(RANK),
        page(choice("piped", text="Is {miles|that} far?")),
    )


def in_lines(made: Questionnaire, written: dict[str, Any]) -> Iterator[str]:
    return Words(made).condition(READ.validate_json(json.dumps(written))).lines()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"item": "money", "is": "paid"}, "Asked only if the answer to “Who pays?” was “Paid”."),
        (
            {"item": "money", "any_of": ["paid", "held"]},
            "Asked only if the answer to “Who pays?” was “Paid” or “Held”.",
        ),
        ({"item": "money", "is_not": "paid"}, "Asked only if “Who pays?” was answered, and the answer was not “Paid”."),
        (
            {"any": [{"item": "money", "answered": False}, {"item": "money", "is_not": "paid"}]},
            "Asked unless the answer to “Who pays?” was “Paid”.",
        ),
        (
            {"any": [{"item": "money", "answered": False}, {"item": "money", "is": "paid"}]},
            "Asked only if the answer to “Who pays?” was “Paid”, or was left out.",
        ),
        (
            {"not": {"item": "money", "is": "paid"}},
            "Asked only if “Who pays?” was answered, and the answer was not “Paid”.",
        ),
        ({"item": "money", "answered": True}, "Asked only if “Who pays?” was answered."),
        ({"not": {"item": "money", "answered": True}}, "Asked only if “Who pays?” was not answered."),
        (
            {"item": "age", "any_of": ["grown", "older", "old", "very_old", "dont_know"]},
            "Asked only if “How old?” was answered, and the answer was not “Young” or “I would rather not say”.",
        ),
        ({"item": "uses", "is": "care"}, "Asked only if the answers to “For what?” included “Care”."),
        (
            {"item": "uses", "all_of": ["care", "chair"]},
            "Asked only if the answers to “For what?” included “Care” and “Chair”.",
        ),
        (
            {"not": {"item": "uses", "all_of": ["care", "chair"]}},
            "Asked only if “For what?” was answered, and the answers did not include both “Care” and “Chair”.",
        ),
        (
            {"item": "uses", "any_of": ["care", "chair", "course", "rest", "trips"]},
            "Asked only if the answers to “For what?” included one of these:\n"
            "- “Care”\n- “Chair”\n- “Course”\n- “Rest”\n- “Trips”",
        ),
        ({"item": "say", "at_least": 7}, "Asked only if the answer to “How much say?” was 7 or more."),
        ({"not": {"item": "say", "at_least": 7}}, "Asked only if the answer to “How much say?” was less than 7."),
        ({"item": "miles", "at_most": 1500}, "Asked only if the answer to “How far?” was 1,500 miles or less."),
        ({"not": {"item": "miles", "at_most": 20}}, "Asked only if the answer to “How far?” was more than 20 miles."),
        ({"item": "miles", "is": "dont_know"}, "Asked only if the answer to “How far?” was “I don't know”."),
        ({"item": "since", "answered": True}, "Asked only if “Since when?” was answered."),
        (
            {"item": "got__health", "is": "worse"},
            "Asked only if the answer to “My health” (part of “How did it go?”) was “Worse”.",
        ),
        ({"item": "first", "is": "rest"}, "Asked only if the answers to “What matters?” included “Rest”."),
        ({"item": "piped", "is": "yes"}, "Asked only if the answer to “Is [answer] far?” was “Yes”."),
    ],
)
def test_every_operator_is_a_sentence(made: Questionnaire, written: dict[str, Any], said: str) -> None:
    assert "\n".join(in_lines(made, written)) == said


def test_what_is_nested_is_a_list(made: Questionnaire) -> None:
    written = {
        "all": [
            {"item": "money", "is": "paid"},
            {"not": {"all": [{"item": "say", "at_least": 7}, {"item": "age", "is": "old"}]}},
            {"all": [{"item": "since", "answered": True}]},
        ]
    }
    assert list(in_lines(made, written)) == [
        "Asked only if all of these are true:",
        "- The answer to “Who pays?” was “Paid”",
        "- At least one of these is true:",
        "  - The answer to “How much say?” was less than 7",
        "  - “How old?” was answered, and the answer was not “Old”",
        "- “Since when?” was answered",
    ]


def test_ends_repeats_and_checks_are_sentences(made: Questionnaire) -> None:
    words = Words(made)
    refused = End.model_validate_json('{"kind": "refused", "when": {"item": "money", "is": "held"}}')
    assert words.end(refused).text == (
        "The survey ends here, and nothing is kept, if the answer to “Who pays?” was “Held”."
    )
    assert (
        words.end(End.model_validate_json('{"kind": "offer"}')).text == "Here people can send their answers, or go on."
    )
    assert words.repeat(Repeat.model_validate({"from": "uses", "at_most": 3})).text == (
        "These questions are asked once for each answer picked in “For what?”, at most 3 times."
    )
    assert words.repeat(Repeat.model_validate({"from": "miles", "at_most": 5})).text == (
        "These questions are asked as often as the answer to “How far?” says, at most 5 times."
    )
    check = SoftCheck.model_validate_json('{"when": {"item": "miles", "at_least": 900}, "text": "That is far."}')
    assert words.soft(check).text == "Asks once “That is far.” if the answer to “How far?” was 900 miles or more."


def test_a_text_is_read_as_one_person_reads_it() -> None:
    assert wording(Variants(self="You", proxy="They")) == "You"
    assert wording(Plural(count="miles", one="{miles} mile", other="{miles} miles")) == "[answer] miles"
