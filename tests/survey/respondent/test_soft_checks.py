"""Odd but possible answers: the page asks once whether it is right, and then takes them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.survey.questionnaire.builders import page, questionnaire, section, short_text
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response
from tests.survey.respondent.test_repeats import begin, number

MANY = {"when": {"item": "hours", "at_least": 60}, "text": "That is more than 8 hours a day."}
NONE = {"when": {"item": "hours", "at_most": 0}, "text": "Is it none at all, {helper|you}?"}


def asking(**more: Any) -> Any:
    """A page with a question that has two checks, between two others."""
    return questionnaire(
        page(short_text("helper")),
        page(number("hours", soft=[MANY, NONE], **more), short_text("words", max_length=10)),
        page(short_text("last")),
    )


def at_hours(site: Site) -> Visitor:
    """Somebody on that page."""
    return begin(site, asking()).press(helper="Anna <3").press()


def is_asked(visitor: Visitor) -> bool:
    """Whether the page asks if an answer is right."""
    return "Is this right?" in visitor.page.text


def test_an_odd_answer_is_asked_about_once_and_then_taken(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(hours="80", words="So")
    assert (visitor.status, visitor.address) == (200, "/survey/hours")
    assert is_asked(visitor)
    assert "That is more than 8 hours a day." in visitor.page.text
    assert "There is a problem" not in visitor.page.text
    assert "#answer-hours" in visitor.page.links
    assert 'aria-describedby="soft-hours' in visitor.reply.text
    assert "Yes, go on" in visitor.page.text
    assert visitor.page.form.buttons[0] == ("", "")
    assert visitor.page.form.answers == {"answer-hours": ["80"], "answer-words": ["So"]}
    assert "hours" not in the_response(empty_site).answers
    visitor.press()
    assert visitor.address == "/survey/last"
    assert the_response(empty_site).answers["hours"] == 80


def test_an_answer_that_is_not_odd_is_not_asked_about(empty_site: Site) -> None:
    assert at_hours(empty_site).press(hours="20").address == "/survey/last"


def test_a_changed_answer_is_asked_about_again_only_for_another_reason(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(hours="80").press(hours="0")
    assert visitor.address == "/survey/hours"
    assert 'Is it none at all, <bdi dir="auto">Anna &lt;3</bdi>?' in visitor.reply.text
    visitor.press()
    assert visitor.address == "/survey/last"
    assert the_response(empty_site).answers["hours"] == 0


def test_a_changed_answer_that_is_odd_in_the_same_way_is_taken(empty_site: Site) -> None:
    assert at_hours(empty_site).press(hours="80").press(hours="85").address == "/survey/last"


def test_what_was_saved_is_not_asked_about_again(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(hours="80").press().open("/survey/hours")
    assert not is_asked(visitor)
    assert visitor.press(words="More").address == "/survey/last"
    visitor.open("/survey/hours").press(hours="81")
    assert is_asked(visitor), "another odd answer is another answer"


def test_what_cannot_be_taken_comes_first(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(hours="80", words="far too many words")
    assert visitor.status == 422
    assert not is_asked(visitor)
    visitor.press(words="Short")
    assert is_asked(visitor)


def test_leaving_and_clearing_do_not_ask(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(("action", "leave"), hours="80")
    assert visitor.address == "/survey/leave"
    assert the_response(empty_site).answers["hours"] == 80
    visitor.open("/survey/hours").press(("action", "clear"))
    assert the_response(empty_site).pages["hours"] == {}


def test_changing_the_language_meanwhile_asks_in_the_other_language(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(hours="80").press(("switch", "pl"))
    assert visitor.page.lang == "pl"
    assert "That is more than 8 hours a day." in visitor.page.text
    assert visitor.page.form.answers == {"answer-hours": ["80"]}
    assert "hours" not in the_response(empty_site).answers
    assert visitor.press().address == "/survey/last"


def test_changing_the_language_first_saves_nothing_odd_unasked(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(("switch", "pl"), hours="80")
    assert "That is more than" not in visitor.page.text
    assert visitor.page.form.answers == {"answer-hours": ["80"]}
    visitor.press()
    assert "That is more than" in visitor.page.text
    assert "hours" not in the_response(empty_site).answers


def test_an_old_form_keeps_an_odd_answer_and_asks_then(empty_site: Site) -> None:
    visitor = at_hours(empty_site)
    visitor.send("/survey/hours", {"csrf_token": ["old"], "answer-hours": ["80"]})
    assert visitor.status == 400
    assert is_asked(visitor.press())


@pytest.mark.parametrize("asked", ["hours:9", "x" * 10_000, "hours:0 hours:x", "\0", "hours:99999999999999999999"])
def test_what_a_program_claims_was_asked_harms_nothing(empty_site: Site, asked: str) -> None:
    visitor = at_hours(empty_site)
    visitor.send("/survey/hours", {**visitor.page.form.sent(), "answer-hours": ["80"], "asked": [asked]})
    assert visitor.status == 200


def test_each_round_is_asked_about_by_itself(empty_site: Site) -> None:
    asked = questionnaire(
        section("start", page(number("services"))),
        section("each", page(number("hours", soft=[MANY])), repeat={"from": "services", "at_most": 5}),
    )
    visitor = begin(empty_site, asked).press(services="2").press().press(hours="80")
    assert is_asked(visitor)
    visitor.press()
    assert visitor.address == "/survey/hours/2"
    assert not is_asked(visitor)
    assert is_asked(visitor.press(hours="80"))
    assert visitor.press().address == "/survey/check"


def test_the_change_page_asks_and_leads_back(empty_site: Site) -> None:
    visitor = at_hours(empty_site).press(hours="20").press().open("/survey/hours?from=check").press(hours="80")
    assert is_asked(visitor)
    assert visitor.press().address == "/survey/check"


def test_changing_the_format_meanwhile_asks_the_whole_page_in_the_other_format(empty_site: Site) -> None:
    easy = {"easyread": {"text": "How long?", "image": "clock.svg"}}
    asked = questionnaire(page(short_text("helper")), page(number("hours", soft=[MANY], formats=easy)))
    visitor = begin(empty_site, asked).press().press().press(hours="80").press(("format", "easyread"))
    assert is_asked(visitor)
    assert visitor.page.heading == "How long?"
    assert visitor.page.form.answers == {"answer-hours": ["80"]}
