"""Each type of question, answered as a browser without JavaScript does; the items are the documented examples."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from survey import resources
from survey.questionnaire.answers import Value
from tests.survey.questionnaire.builders import page, questionnaire, statement
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response

DOCUMENTED = (resources.PACKAGE.parent / "docs" / "question-types.md").read_text(encoding="utf-8")


def section_of(kind: str) -> str:
    """What the documentation says of a type."""
    found = re.search(rf"^## `{kind}`$(.*?)(?=^## |\Z)", DOCUMENTED, re.MULTILINE | re.DOTALL)
    assert found, f"docs/question-types.md has no section `{kind}`"
    return found[1]


def example_of(kind: str) -> dict[str, Any]:
    """The item that the documentation gives as an example."""
    found = re.search(r"```json\n(.*?)```", section_of(kind), re.DOTALL)
    assert found, f"docs/question-types.md has no example of `{kind}`"
    example: dict[str, Any] = json.loads(found[1])
    return example


@dataclass(frozen=True)
class Journey:
    """What is sent for the documented example, by the name of the input without its prefix, and what is kept."""

    good: Mapping[str, str | list[str]]
    kept: Mapping[str, Value]
    bad: Mapping[str, str | list[str]] = field(default_factory=dict)
    """Something that cannot be taken; the rest of the page is as it was."""
    at: str = ""
    """The input that the message about it leads to."""
    typed: bool = True
    """Whether what was bad can be shown again: a code that is no option cannot."""


JOURNEYS = {
    "choice": Journey(
        {"control": "other", "control__other__text": "Mostly"},
        {"control": "other", "control__other__text": "Mostly"},
        {"control__other__text": "m" * 300},
        "control__other__text",
    ),
    "choices": Journey(
        {"used_for": ["chair", "care"]},
        {"used_for": ("care", "chair")},
        {"used_for": ["care", "nothing"]},
        "used_for",
    ),
    "scale": Journey({"say_now": "0"}, {"say_now": 0}, {"say_now": "11"}, "say_now", typed=False),
    "grid": Journey(
        {"got__my_health": "none", "got__my_days": "dont_know"},
        {"got__my_health": "none", "got__my_days": "dont_know"},
        {"got__my_days": "most"},
        "got__my_days",
        typed=False,
    ),
    "rank": Journey(
        {"priorities__rest__place": "1", "priorities__company__place": "2"},
        {"priorities": ("rest", "company")},
        {"priorities__company__place": "1"},
        "priorities__company__place",
    ),
    "number": Journey({"hours": "1,5"}, {"hours": 1.5}, {"hours": "many"}, "hours"),
    "date": Journey(
        {"began__month": "5", "began__year": "2024"}, {"began": "2024-05"}, {"began__month": "13"}, "began__month"
    ),
    "area": Journey({"area": "QWO"}, {"area": "QWO"}, {"area": "QXX"}, "area", typed=False),
    "short_text": Journey(
        {"in_a_word": " Better\u0301 "}, {"in_a_word": "Bette\u0155"}, {"in_a_word": "b" * 61}, "in_a_word"
    ),
    "long_text": Journey({"anything": "One\r\nTwo"}, {"anything": "One\nTwo"}, {"anything": "1" * 2001}, "anything"),
    "statement": Journey({}, {}),
}


def open_example(site: Site, kind: str) -> str:
    """Open a wave with the example between two pages; gives the example's address."""
    asked = page(example_of(kind))
    site.open(questionnaire(page(statement("first")), asked, page(statement("last"))))
    return f"/survey/{asked['id']}"


@pytest.mark.parametrize("kind", JOURNEYS)
def test_a_type_is_answered_shown_again_and_cleared(kind: str, empty_site: Site) -> None:
    address, journey = open_example(empty_site, kind), JOURNEYS[kind]
    visitor = empty_site.visitor().open("/").press().press().open(address)
    untouched = visitor.page.form.sent()
    visitor.press()
    assert visitor.address == "/survey/last"
    assert dict(the_response(empty_site).answers) == {}
    visitor.open(address)
    assert {**untouched, "csrf_token": []} == {**visitor.page.form.sent(), "csrf_token": []}
    visitor.press(**journey.good)
    assert visitor.address == "/survey/last"
    assert dict(the_response(empty_site).answers) == dict(journey.kept)
    visitor.open(address).press()
    assert dict(the_response(empty_site).answers) == dict(journey.kept)
    visitor.open("/survey/check")
    assert visitor.status == 200
    visitor.open(address)
    if journey.kept:
        visitor.press(("action", "clear"))
        assert visitor.address == address
        assert dict(the_response(empty_site).answers) == {}
        assert not any(any(values) for values in visitor.page.form.answers.values())


@pytest.mark.parametrize("kind", [kind for kind, journey in JOURNEYS.items() if journey.bad])
def test_what_cannot_be_taken_stays_and_the_message_leads_to_it(kind: str, empty_site: Site) -> None:
    address, journey = open_example(empty_site, kind), JOURNEYS[kind]
    visitor = empty_site.visitor().open("/").press().press().open(address)
    sent = {**journey.good, **journey.bad}
    visitor.press(**sent)
    assert visitor.status == 422
    assert visitor.page.title.startswith("Error: ")
    assert f"#answer-{journey.at}" in visitor.page.links
    assert f'id="answer-{journey.at}"' in visitor.reply.text
    assert 'aria-describedby="' in visitor.reply.text
    shown = visitor.page.form.answers
    for name, value in (sent if journey.typed else {}).items():
        assert shown[f"answer-{name}"] == (value if isinstance(value, list) else [value])
    assert dict(the_response(empty_site).answers) == {}


# --- Answers in parts ---------------------------------------------------------------


def visit(site: Site, kind: str, language: str | None = None, **changes: Any) -> Visitor:
    """Someone at the example, changed as said."""
    asked = page({**example_of(kind), **changes})
    site.open(questionnaire(page(statement("first")), asked, page(statement("last"))))
    return site.visitor(language).open("/").press().press().open(f"/survey/{asked['id']}")


def test_a_number_and_a_ticked_box_are_one_problem_with_one_message(empty_site: Site) -> None:
    visitor = visit(empty_site, "number").press(hours="12", hours__missing="dont_know")
    assert visitor.status == 422
    assert visitor.page.links.count("#answer-hours") == 1
    assert "You typed a number and ticked an answer below it. Keep one of the two" in visitor.page.text
    assert visitor.page.form.answers == {"answer-hours": ["12"], "answer-hours__missing": ["dont_know"]}
    visitor.press(hours=None)
    assert the_response(empty_site).answers == {"hours": "dont_know"}
    visitor.open("/survey/hours")
    assert visitor.page.form.answers == {"answer-hours__missing": ["dont_know"]}


def test_bounds_of_a_number_are_said_as_the_language_writes_them(empty_site: Site) -> None:
    visitor = visit(empty_site, "number", max=12500, decimals=0).press(hours="99999")
    assert "Type a number from 0 to 12,500" in visitor.page.text
    visitor.press(("switch", "pl")).press()
    assert "12\xa0500" in visitor.page.text


def test_the_unit_of_a_number_is_part_of_the_name_of_its_box(empty_site: Site) -> None:
    visitor = visit(empty_site, "number")
    label = re.search(r'<label[^>]*for="answer-hours">(.*?)</label>', visitor.reply.text, re.S)
    assert label is not None
    assert "(hours a week)" in label[1]
    assert 'inputmode="decimal"' in visitor.reply.text
    assert 'type="number"' not in visitor.reply.text


def test_a_number_without_other_answers_has_the_question_as_its_label(empty_site: Site) -> None:
    visitor = visit(empty_site, "number", options=[], unit="£")
    assert "<fieldset" not in visitor.reply.text
    label = re.search(r'<label[^>]*for="answer-hours">(.*?)</label>', visitor.reply.text, re.S)
    assert label is not None
    assert "(£)" in label[1]
    assert "nhsuk-input-wrapper__prefix" in visitor.reply.text


@pytest.mark.parametrize(
    ("parts", "said", "wrong"),
    [
        (("32", "5", "2024"), "Type the day as a number from 1 to 31", {"day"}),
        (("1", "13", "2024"), "Type the month as a number from 1 to 12", {"month"}),
        (("1", "5", "24"), "Type the year with 4 digits", {"year"}),
        (("31", "2", "2024"), "There is no such date", {"day", "month", "year"}),
        (("", "5", ""), "Type the year too", {"year"}),
        (("3", "", "2024"), "Type the month too, or leave the day empty", {"month"}),
        (("31", "12", "2013"), "not before 1 January 2014", {"day", "month", "year"}),
        (("6", "10", "2026"), "not after 5 October 2026", {"day", "month", "year"}),
    ],
)
def test_a_message_about_a_date_names_the_part_and_marks_it(
    empty_site: Site, parts: tuple[str, str, str], said: str, wrong: set[str]
) -> None:
    day, month, year = parts
    visitor = visit(empty_site, "date").press(began__day=day, began__month=month, began__year=year)
    assert visitor.status == 422
    assert said in visitor.page.text
    marked = re.findall(r'class="[^"]*nhsuk-input--error[^"]*" id="answer-began__([a-z]+)"', visitor.reply.text)
    assert set(marked) == wrong
    first = next(part for part in ("day", "month", "year") if part in wrong)
    assert f"#answer-began__{first}" in visitor.page.links
    shown = visitor.page.form.answers
    assert [shown.get(f"answer-began__{part}", [""])[0] for part in ("day", "month", "year")] == list(parts)


def test_a_date_is_as_fine_as_it_is_asked_for(empty_site: Site) -> None:
    visitor = visit(empty_site, "date", finest="year")
    assert [name for name in visitor.page.form.fields if name.startswith("answer-")] == [
        "answer-began__year",
        "answer-began__missing",
    ]
    visitor.press(began__year="2020")
    assert the_response(empty_site).answers == {"began": "2020"}


# --- Ranks --------------------------------------------------------------------------


def places(visitor: Visitor) -> dict[str, str]:
    """What the selects say."""
    fields = visitor.page.form.fields.items()
    return {name.split("__")[1]: read.values[0] for name, read in fields if name.endswith("__place")}


def test_buttons_move_an_option_without_checking_or_saving_the_page(empty_site: Site) -> None:
    asked = [page(statement("first")), page(example_of("rank"), example_of("short_text"))]
    empty_site.open(questionnaire(*asked))
    visitor = empty_site.visitor().open("/").press().press().open("/survey/priorities")
    up = ("action", "up:answer-priorities:rest")
    visitor.press(up, priorities__company__place="1", priorities__rest__place="2", in_a_word="b" * 61)
    assert visitor.status == 200
    assert places(visitor) == {"company": "2", "choice": "", "rest": "1"}
    assert "Time to rest: First" in visitor.page.text
    assert visitor.page.form.answers["answer-in_a_word"] == ["b" * 61]
    assert the_response(empty_site).answers == {}
    visitor.press(up)
    assert places(visitor) == {"company": "2", "choice": "", "rest": "1"}
    visitor.press(("action", "down:answer-priorities:rest")).press(in_a_word="brief")
    assert the_response(empty_site).answers == {"priorities": ("company", "rest"), "in_a_word": "brief"}


def test_only_what_is_picked_has_its_buttons_shown(empty_site: Site) -> None:
    visitor = visit(empty_site, "rank")
    assert len(re.findall(r"data-app-move=\S* hidden", visitor.reply.text)) == 6
    visitor.press(priorities__rest__place="1").open("/survey/priorities")
    assert len(re.findall(r"data-app-move=\S* hidden", visitor.reply.text)) == 4


@pytest.mark.parametrize(
    "action", ["up:", "up:answer-priorities", "up:answer-priorities:nothing", "down:x:y", "up:csrf_token:a"]
)
def test_a_button_that_no_page_has_does_no_harm(empty_site: Site, action: str) -> None:
    visitor = visit(empty_site, "rank")
    sent = visitor.page.form.sent() | {"answer-priorities__rest__place": ["1"], "action": [action]}
    assert visitor.send("/survey/priorities", sent).status == 200


def test_equal_places_are_marked_and_more_than_may_be_chosen_is_said(empty_site: Site) -> None:
    visitor = visit(empty_site, "rank", at_most=3)
    visitor.press(priorities__company__place="2", priorities__rest__place="2", priorities__choice__place="1")
    assert "You gave the same place to more than one answer" in visitor.page.text
    marked = re.findall(r'nhsuk-select--error" id="answer-priorities__([a-z]+)__place"', visitor.reply.text)
    assert marked == ["company", "rest"]
    sent = visitor.page.form.sent() | {
        f"answer-priorities__{code}__place": [place]
        for code, place in {"company": "1", "rest": "", "choice": "3"}.items()
    }
    assert visitor.send("/survey/priorities", sent).address == "/survey/last"
    assert the_response(empty_site).answers == {"priorities": ("company", "choice")}


@pytest.mark.parametrize("place", ["99", "0", "-1"])
def test_a_place_that_no_list_has_is_refused_and_marked(empty_site: Site, place: str) -> None:
    visitor = visit(empty_site, "rank")
    visitor.press(priorities__rest__place=place, priorities__company__place="1")
    assert visitor.status == 422
    assert "Choose one of the answers on this page. We could not use the one that arrived" in visitor.page.text
    assert "#answer-priorities__rest__place" in visitor.page.links
    assert "#answer-priorities__company__place" not in visitor.page.links
    assert the_response(empty_site).answers == {}


def test_enter_on_a_page_with_a_rank_goes_on(empty_site: Site) -> None:
    assert visit(empty_site, "rank").page.form.buttons[0] == ("", "")


# --- Grids and texts ----------------------------------------------------------------


def test_each_row_of_a_grid_is_a_fieldset_with_a_message_of_its_own(empty_site: Site) -> None:
    visitor = visit(empty_site, "grid")
    assert visitor.page.heading == "How much of what you need did you get?"
    assert visitor.reply.text.count("<fieldset") == 2
    assert "<table" not in visitor.reply.text
    visitor.press(got__my_health="no", got__my_days="no")
    assert [link for link in visitor.page.links if link.startswith("#answer")] == [
        "#answer-got__my_health",
        "#answer-got__my_days",
    ]


def test_a_text_says_its_limit_and_every_plural_of_the_count(empty_site: Site) -> None:
    visitor = visit(empty_site, "long_text")
    assert "You can enter up to 2,000 characters" in visitor.page.text
    assert 'data-maxlength="2000"' in visitor.reply.text
    assert 'data-i18n.characters-under-limit.one="%{count} character left"' in visitor.reply.text
    visitor.press(("switch", "pl"))
    for rule in ("one", "few", "many", "other"):
        assert f"data-i18n.characters-over-limit.{rule}=" in visitor.reply.text


def test_digits_without_end_are_a_mistake_like_any_other(empty_site: Site) -> None:
    date, rank = ({"id": kind, "type": kind, "text": "Which?"} for kind in ("date", "rank"))
    rank["options"] = [{"code": code, "text": code.title()} for code in ("tea", "rest")]
    empty_site.open(questionnaire(page(statement("hello")), page(date, rank)), "endless", made_up=True)
    visitor = empty_site.visitor().open("/").press().press().press()
    visitor.press(date__day="1", date__month="5", date__year="9" * 5000)
    assert visitor.status == 422
    assert visitor.page.form.answers["answer-date__year"] == ["9" * 5000]
    assert "year with 4 digits" in visitor.page.text
    places = {
        "answer-rank__tea__place": ["9" * 5000],
        "answer-rank__rest__place": ["1"],
        "action": ["up:answer-rank:tea"],
    }
    visitor.send("/survey/date", visitor.page.form.sent() | places)
    assert visitor.status == 200


def test_only_the_sign_of_a_currency_stands_before_its_number(empty_site: Site) -> None:
    hours, cost = (
        {"id": name, "type": "number", "text": "How many?", "min": 0, "max": 90, "unit": unit}
        for name, unit in (("hours", "h"), ("cost", "£"))
    )
    empty_site.open(questionnaire(page(statement("hello")), page(hours, cost)), "units", made_up=True)
    visitor = empty_site.visitor().open("/").press().press().press().press(hours="5", cost="5").open("/survey/check")
    assert "<p>5 h</p>" in visitor.reply.text
    assert "<p>£5</p>" in visitor.reply.text


def test_a_grid_names_no_description_that_is_not_there(empty_site: Site) -> None:
    options = [{"code": code, "text": code.title()} for code in ("yes", "no")]
    grid = {"id": "got", "type": "grid", "text": "What did you get?", "rows": options[:1], "options": options}
    empty_site.open(questionnaire(page(grid)), "bare", made_up=True)
    assert 'aria-describedby=""' not in empty_site.visitor().open("/").press().reply.text


# --- What comes back ----------------------------------------------------------------


def answered_once(site: Site, item: dict[str, Any], language: str | None = None) -> Visitor:
    """Somebody on the page of one item, which is followed by a page to read."""
    site.open(questionnaire(page(item), page(statement("last"))))
    return site.visitor(language).open("/").press().press().open(f"/survey/{item['id'].replace('_', '-')}")


PRICE = {"id": "price", "type": "number", "text": "How much?", "min": 0, "max": 500, "decimals": 2, "unit": "pounds"}


@pytest.mark.parametrize(("typed", "shown"), [("99", "99"), ("12.5", "12.50"), ("12.50 pounds", "12.50")])
def test_a_price_comes_back_as_prices_are_written(empty_site: Site, typed: str, shown: str) -> None:
    visitor = answered_once(empty_site, PRICE).press(price=typed).open("/survey/price")
    assert visitor.page.form.answers == {"answer-price": [shown]}
    assert f"{shown} pounds" in visitor.open("/survey/check").page.text


@pytest.mark.parametrize(("language", "month"), [("ur", "مارچ"), ("pl", "marca"), ("pl", "March"), ("en", "mar")])
def test_a_month_may_stand_in_words_of_the_pages_language(empty_site: Site, language: str, month: str) -> None:
    item = {"id": "began", "type": "date", "text": "When?"}
    visitor = answered_once(empty_site, item, language)
    visitor.press(began__day="4", began__month=month, began__year="2024")
    assert the_response(empty_site).answers == {"began": "2024-03-04"}


def test_a_number_of_a_scale_that_has_words_is_read_back_with_them(empty_site: Site) -> None:
    labels = [{"number": 2, "text": "Middling"}]
    ends = {"min": 1, "max": 3, "min_text": "Bad", "max_text": "Good"}
    item = {"id": "mood", "type": "scale", "text": "How is it?", "labels": labels, **ends}
    visitor = answered_once(empty_site, item).press(mood="2")
    assert "2 – Middling" in visitor.open("/survey/check").page.text
