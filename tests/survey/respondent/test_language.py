"""Changing the language on any page, with what was typed kept."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Questionnaire
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response


def test_the_browser_chooses_the_first_language(site: Site) -> None:
    assert site.visitor("pl-PL,pl;q=0.9,en;q=0.5").open("/").page.lang == "pl"
    assert site.visitor("de,ur;q=0.5").open("/").page.lang == "ur"
    assert site.visitor("de").open("/").page.lang == "en"


def test_urdu_is_written_from_right_to_left(site: Site) -> None:
    visitor = site.visitor("ur").open("/")
    assert (visitor.page.lang, visitor.page.dir) == ("ur", "rtl")
    assert "app-rtl.css" in visitor.reply.text


def test_the_first_button_of_every_form_is_the_unnamed_default(site: Site, visitor: Visitor) -> None:
    for address in ("/", "/return", "/survey/taking-part"):
        visitor.open("/").press().open(address)
        assert visitor.page.form.buttons[0] == ("", "")
    visitor.press(taking_part="yes")
    for address in ("/survey/return-code", "/survey/answering", "/survey/core-done", "/survey/check", "/survey/leave"):
        visitor.open(address)
        assert visitor.page.form.buttons[0] == ("", ""), address
        assert ("switch", "pl") in visitor.page.form.buttons, address


def test_typed_words_stay_when_the_language_changes(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/anything").press(("switch", "ur"), anything="Every word")
    assert visitor.page.lang == "ur"
    assert visitor.address == "/survey/anything"
    assert visitor.page.form.answers == {"answer-anything": ["Every word"]}
    visitor.open("/survey/anything")
    assert visitor.page.form.answers == {"answer-anything": ["Every word"]}


def test_words_that_cannot_be_saved_stay_too(visitor: Visitor) -> None:
    visitor.start().open("/survey/anything").press(("switch", "pl"), anything="x" * 5000)
    assert visitor.page.lang == "pl"
    assert visitor.page.form.answers == {"answer-anything": ["x" * 5000]}


def test_changing_the_language_agrees_to_nothing(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press().press(("switch", "pl"), taking_part="yes")
    assert visitor.page.lang == "pl"
    assert visitor.page.form.answers == {"answer-taking_part": ["yes"]}
    assert site.count("responses") == 0


def test_a_page_one_has_not_answered_stays_unanswered(site: Site, visitor: Visitor) -> None:
    visitor.start().press(("switch", "pl"))
    assert visitor.address == "/survey/answering"
    assert list(the_response(site).pages) == ["taking-part"]


def test_a_typed_code_stays(site: Site, visitor: Visitor) -> None:
    visitor.open("/return")
    visitor.send("/return", {**visitor.page.form.sent(), "code": ["ABCD"], "switch": ["ur"]})
    assert visitor.page.lang == "ur"
    assert visitor.page.form.fields["code"].values == ["ABCD"]


def test_a_language_that_is_not_offered_changes_nothing(visitor: Visitor) -> None:
    visitor.open("/language/xx")
    assert visitor.page.lang == "en"
    visitor.start()
    visitor.send("/survey/answering", {**visitor.page.form.sent(), "answer-answering": ["self"], "switch": ["xx"]})
    assert visitor.page.lang == "en"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "evil", ""])
def test_the_way_back_never_leads_off_the_site(visitor: Visitor, to: str) -> None:
    reply = visitor.client.get("/language/pl", query_string={"to": to})
    assert reply.headers["Location"] == "/"


def test_a_link_changes_the_language_and_goes_back(visitor: Visitor) -> None:
    visitor.open("/language/pl?to=/help")
    assert visitor.address == "/help"
    assert visitor.page.lang == "pl"


def test_the_language_is_stored_with_the_answer(site: Site, visitor: Visitor) -> None:
    visitor.start().press(("switch", "ur")).press(answering="self")
    rows = site.store.rows("select page, locale from events order by seq")
    assert rows == [("taking-part", "en"), ("answering", "ur")]


def test_a_machine_draft_is_announced_in_its_language(site: Site) -> None:
    polish = site.visitor("pl").open("/").page.text
    assert "Tłumaczenie komputerowe" in polish
    assert "Computer translation" not in site.visitor("en").open("/").page.text


def test_a_string_without_translation_says_that_it_is_english(empty_site: Site, annual: Questionnaire) -> None:
    empty_site.open(annual.model_copy(update={"id": "not-translated"}))
    visitor = empty_site.visitor("ur").open("/").press()
    assert '<span lang="en" dir="ltr">Do you want to take part?</span>' in visitor.reply.text
    assert '<title lang="en" dir="ltr">Do you want to take part? –' in visitor.reply.text


def test_the_names_of_areas_say_that_they_are_english(site: Site) -> None:
    visitor = site.visitor("ur").start().open("/survey/area")
    assert '<optgroup label="London" lang="en" dir="ltr">' in visitor.reply.text


def test_the_name_of_who_runs_the_survey_says_that_it_is_english(site: Site, annual: Questionnaire) -> None:
    assert f'<bdi lang="en-GB">{annual.contact.name}</bdi>' in site.visitor("ur").open("/privacy").reply.text


def test_staff_can_change_the_language_too(site: Site) -> None:
    visitor = site.visitor("ur").open("/staff/sign-in")
    assert (visitor.page.lang, visitor.page.dir) == ("ur", "rtl")
    assert "#language" in visitor.page.links
    assert "/language/en?to=/staff/sign-in" in visitor.page.links
    visitor.open("/language/en?to=/staff/sign-in")
    assert (visitor.address, visitor.page.lang) == ("/staff/sign-in", "en")
