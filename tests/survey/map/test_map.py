"""The map of a questionnaire: everything in it is said, drawn once, and needs nothing else."""

from __future__ import annotations

import re
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

from survey.map.layout import NARROW, WIDE, lay_out
from survey.map.outline import Outline, outline_questionnaire
from survey.map.page import content_policy, draw_page, draw_picture, question_list
from survey.map.questions import HOW
from survey.questionnaire.item_model import Item
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.text import translation_units
from survey.resources import QUESTIONNAIRES
from tests.survey.questionnaire.builders import choice, choices, page, questionnaire, section, statement

ANNUAL = QUESTIONNAIRES / "phb-annual.json"
GATE = {"item": "gate", "is": "yes"}
SHOWN = (".text", ".text.self", ".hint", ".hint.self", ".intro", ".title", ".min_text", ".max_text")
OTHER = {"item": "other", "is": "no"}


@pytest.fixture(scope="module")
def annual() -> Questionnaire:
    return load_file(ANNUAL)


@pytest.fixture(scope="module")
def outline(annual: Questionnaire) -> Outline:
    return outline_questionnaire(annual)


def made() -> Questionnaire:
    return questionnaire(
        section("first", page(choice("gate")), page(choice("other")), page(choices("uses"))),
        section(
            "second",
            page(choice("one"), show_if=GATE),
            page(choice("two"), show_if={"all": [GATE, OTHER]}),
            page(choice("three"), show_if={"all": [OTHER, GATE]}),
        ),
        section("rounds", page(choice("each_one")), repeat={"from": "uses", "at_most": 2}),
        section("last", page(statement("offer"), end={"kind": "offer"}), page(choice("end"))),
    )


def test_what_is_common_to_a_section_is_said_once() -> None:
    second = outline_questionnaire(made()).sections[1]
    assert second.asked is not None
    assert second.asked.text == "Everything in this section is asked only if the answer to “Words of gate?” was “Yes”."
    assert [(block.asked and block.asked.text, len(block.pages)) for block in second.blocks] == [
        (None, 1),
        ("These 2 are asked only if the answer to “Words of other?” was “No”.", 2),
    ]


def test_each_deciding_question_knows_what_it_decides_about() -> None:
    outline = outline_questionnaire(made())
    assert outline.opens == {1: (4, 5, 6), 2: (5, 6), 3: (7,)}


def test_numbers_in_a_row_are_said_short() -> None:
    assert question_list((7,)) == "question 7"
    assert question_list((1, 2, 3, 5, 6)) == "questions 1 to 3, 5 and 6"


def test_every_type_says_how_it_is_answered() -> None:
    types = {get_args(each.model_fields["type"].annotation)[0] for each in get_args(get_args(Item)[0])}
    assert set(HOW) == types


@pytest.mark.parametrize("shape", [WIDE, NARROW])
def test_nothing_overlaps_in_the_picture(outline: Outline, shape: Any) -> None:
    picture = lay_out(outline, shape)
    for above, below in zip(picture.boxes, picture.boxes[1:], strict=False):
        assert above.top + above.height < below.top
    for number, lane in enumerate(picture.lanes):
        assert 0 < lane.x < picture.shape.left
        for other in picture.lanes[number + 1 :]:
            assert other.x != lane.x or other.top > lane.bottom or other.bottom < lane.top


def test_every_question_has_one_box_and_every_deciding_one_a_line(outline: Outline) -> None:
    picture = lay_out(outline, WIDE)
    numbers = [box.number for box in picture.boxes if box.number is not None and box.kind.name != "SECTION"]
    assert numbers == list(range(1, outline.questions + 1))
    assert {lane.decider for lane in picture.lanes} == set(outline.opens)


def test_the_picture_is_a_file_that_reads_itself_out() -> None:
    root = ElementTree.fromstring(draw_picture(made()))  # noqa: S314
    names = {child.tag.rpartition("}")[2]: child.text for child in root}
    assert root.get("role") == "img"
    assert names["title"] == "Map of: A made-up survey"
    assert "decides about question" in str(names["desc"])


def test_the_page_says_every_question_and_answer_and_needs_nothing_else(annual: Questionnaire) -> None:
    html = draw_page(annual)
    said = html.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    assert "<script" not in html
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"", html) == []
    assert "style=" not in html
    units = [unit for unit in translation_units(annual) if unit.context.endswith(SHOWN)]
    words = [
        unit.source
        for unit in units
        if not re.search(r"^purpose|\.(option|row)\..*(easyread|hint)|easyread\.hint", unit.context)
    ]
    assert len(words) > 300
    assert [text for text in words if "{" not in text and text not in said] == []


def test_words_of_a_file_cannot_become_mark_up() -> None:
    html = draw_page(questionnaire(page(choice("a", text="Is 1 < 2 & 3?"))))
    assert "Is 1 &lt; 2 &amp; 3?" in html
    assert "< 2" not in html


def test_the_policy_lets_the_page_have_its_own_styles_only(annual: Questionnaire) -> None:
    assert content_policy().startswith("default-src 'none'; style-src 'sha256-")
