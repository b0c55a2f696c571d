"""Sections that are asked again: each round under its own address, saved and shown by itself."""

from __future__ import annotations

from typing import Any

import pytest

from survey.questionnaire.model import Questionnaire
from tests.survey.questionnaire.builders import (
    choice,
    choices,
    long_text,
    option,
    page,
    questionnaire,
    section,
    short_text,
)
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response

NUMBER = {"type": "number", "min": 0, "max": 90}


def number(item_id: str, **more: Any) -> dict[str, Any]:
    return {"id": item_id, "text": f"Words of {item_id}?", **NUMBER, **more}


def by_number(at_most: int = 50) -> Questionnaire:
    """As many rounds as a number says, of two pages each."""
    return questionnaire(
        section("start", page(number("services"))),
        section(
            "each",
            page(short_text("name")),
            page(choice("good"), show_if={"item": "name", "answered": True}),
            repeat={"from": "services", "at_most": at_most},
        ),
        section("end", page(long_text("more"))),
    )


def by_options() -> Questionnaire:
    """A round for each option picked."""
    options = [
        option("travel"),
        option("care"),
        option("other", write_in="What is it?"),
        option("nothing", exclusive=True),
    ]
    return questionnaire(
        section("start", page(choices("uses", options=options))),
        section(
            "each",
            page(choice("good", text="Is your {this} good?")),
            title="Service",
            repeat={"from": "uses", "at_most": 3},
        ),
        section("end", page(long_text("more"))),
    )


def begin(site: Site, asked: Questionnaire) -> Visitor:
    """Somebody on the first page."""
    site.open(asked, "2026", made_up=True)
    return site.visitor().open("/").press()


def test_each_round_has_its_address_and_keeps_its_answers_apart(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press()
    assert visitor.address == "/survey/name/1"
    visitor.press(name="Taxi")
    assert visitor.address == "/survey/good/1"
    visitor.press(good="yes")
    assert visitor.address == "/survey/name/2"
    assert visitor.page.form.answers == {}
    visitor.press(name="Gym").press(good="no")
    assert visitor.address == "/survey/more"
    state = the_response(empty_site)
    assert state.pages["name/2"] == {"name@2": "Gym"}
    assert state.answers == {"services": 2, "name@1": "Taxi", "good@1": "yes", "name@2": "Gym", "good@2": "no"}
    assert visitor.open("/survey/name/1").page.form.answers == {"answer-name": ["Taxi"]}


def test_a_round_decides_by_its_own_answers(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press().press()
    assert visitor.address == "/survey/name/2"
    visitor.press(name="Gym")
    assert visitor.address == "/survey/good/2"


def test_back_leave_clear_and_return_know_the_round(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press().press(name="Taxi").press()
    assert visitor.address == "/survey/name/2"
    assert "/survey/good/1" in visitor.page.links
    visitor.press(("action", "leave"), name="Gym").press()
    assert visitor.address == "/survey/good/2"
    visitor.open("/survey/name/2").press(("action", "clear"))
    assert (visitor.address, visitor.page.form.answers) == ("/survey/name/2", {})
    other = empty_site.visitor().open("/return").type_code(visitor.return_code)
    assert other.address == "/survey/more"


def test_an_error_in_a_round_keeps_what_was_typed(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="1").press().press(name="x" * 300)
    assert visitor.status == 422
    assert visitor.page.form.action == "/survey/name/1"
    assert visitor.page.form.answers == {"answer-name": ["x" * 300]}


def test_the_check_page_lists_each_round_and_leads_back_to_it(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press()
    visitor.press(name="Taxi").press(good="yes").press(name="Gym").press(good="no").press()
    assert visitor.address == "/survey/check"
    for heading in ("Title of each: 1", "Title of each: 2"):
        assert heading in visitor.page.text
    assert "/survey/good/2?from=check" in visitor.page.links
    visitor.open("/survey/good/2?from=check").press(good="yes")
    assert visitor.address == "/survey/check"
    assert the_response(empty_site).answers["good@2"] == "yes"


def test_rounds_of_options_keep_their_number_when_others_are_picked(empty_site: Site) -> None:
    visitor = begin(empty_site, by_options()).press(uses=["care"]).press()
    assert visitor.address == "/survey/good/2"
    assert visitor.page.heading == "Is your Care good?"
    assert "Service: Care" in visitor.page.text
    visitor.press(good="yes").open("/survey/uses").press(uses=["travel", "care"])
    assert visitor.address == "/survey/good/1"
    visitor.press().open("/survey/check")
    assert visitor.page.text.index("Service: Travel") < visitor.page.text.index("Service: Care")
    assert the_response(empty_site).answers["good@2"] == "yes"


def test_a_round_about_something_written_names_what_was_written(empty_site: Site) -> None:
    visitor = begin(empty_site, by_options()).press(uses=["other"], uses__other__text="My <b>{uses}</b> garden").press()
    assert visitor.address == "/survey/good/3"
    assert visitor.page.heading == "Is your My <b>{uses}</b> garden good?"
    assert "&lt;b&gt;{uses}&lt;/b&gt;" in visitor.reply.text


def test_an_option_that_stands_alone_makes_no_round(empty_site: Site) -> None:
    visitor = begin(empty_site, by_options()).press(uses=["nothing"]).press()
    assert visitor.address == "/survey/more"


@pytest.mark.parametrize(
    "part", ["0", "51", "-1", "1000000000", "9" * 5000, "one", "1.0", "01", "٣", "1/1", "", " 1", "%00"]
)
def test_a_round_that_cannot_be_is_a_404(empty_site: Site, part: str) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press()
    token = visitor.page.form.sent()
    assert visitor.open(f"/survey/name/{part}").status == 404
    assert visitor.send(f"/survey/name/{part}", {**token, "answer-name": ["Gym"]}).status == 404
    assert the_response(empty_site).answers == {"services": 2}


def test_a_page_with_rounds_has_no_address_without_one_nor_another_page_one_with(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2")
    assert visitor.open("/survey/name").status == 404
    assert visitor.open("/survey/services/1").status == 404


def test_a_round_beyond_those_asked_leads_to_where_one_can_go_on(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press().open("/survey/name/3")
    assert visitor.address == "/survey/name/1"
    assert "not one of your questions" in visitor.page.text


def test_a_lost_browser_brings_the_answers_of_a_round_along(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press().open("/survey/name/2")
    code, sent = visitor.return_code, visitor.page.form.sent()
    visitor.client.delete_cookie("phb")
    visitor.send("/survey/name/2", {**sent, "answer-name": ["Gym"]})
    assert visitor.status == 403
    visitor.type_code(code)
    assert the_response(empty_site).answers["name@2"] == "Gym"


def test_fewer_rounds_later_keep_what_was_said_in_the_others(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="2").press().open("/survey/name/2").press(name="Gym")
    visitor.open("/survey/services").press(services="1").open("/survey/check")
    assert "Gym" not in visitor.page.text
    visitor.open("/survey/services").press(services="2").open("/survey/check")
    assert "Gym" in visitor.page.text


def test_fifty_rounds_can_be_walked_and_leave_the_cookie_as_it_was(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="50").press()
    sizes = []
    for each in range(1, 51):
        assert visitor.address == f"/survey/name/{each}"
        visitor.press(name=f"Service {each}").press(good="yes")
        cookie = visitor.client.get_cookie("phb")
        assert cookie is not None
        sizes.append(len(cookie.value))
    assert visitor.address == "/survey/more"
    assert max(sizes) - min(sizes) < 20
    assert visitor.press().page.text.count("Title of each: ") == 50
