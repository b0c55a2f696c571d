"""Whole journeys, as a program walks them: by filling the one form of each page."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Questionnaire
from survey.store.invitations import issue_codes
from survey.store.responses import ResponseState, Status, load_response
from tests.survey.respondent.conftest import Site, Visitor


def walk(visitor: Visitor, **choices: str) -> list[str]:
    """Answer the first option of everything, or what `choices` says, until nothing is left; the pages seen."""
    seen = []
    while visitor.address.startswith("/survey/") and visitor.address != "/survey/done":
        assert visitor.status == 200, visitor.reply.text
        if "asked" not in visitor.page.form.fields:  # else it is the same page, which asks about an odd answer
            seen.append(visitor.address)
        answers: dict[str, str | list[str] | None] = {}
        for name, read in visitor.page.form.fields.items():
            item = name.removeprefix("answer-")
            if read.kind == "select" and "1" in read.options:
                continue  # a place in an order: no two may have the same
            if name.startswith("answer-") and read.options:
                answers[item] = choices.get(item, next(option for option in read.options if option))
            elif read.kind == "textarea":
                answers[item] = "It goes well."
        visitor.press(**answers)
    return seen


def the_response(site: Site) -> ResponseState:
    """The only response of the store, fresh from its tables."""
    ((number,),) = site.store.rows("select response from responses")
    state = load_response(site.store, number, fresh=True)
    assert state is not None
    return state


def test_a_program_can_walk_the_whole_survey_by_filling_forms(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press()
    seen = walk(visitor)
    assert visitor.address == "/survey/done"
    assert "not decided yet on which day" in visitor.page.text
    assert seen[:2] == ["/survey/taking-part", "/survey/return-code"]
    assert seen[-1] == "/survey/check"
    assert len(seen) == len(set(seen)) > 30
    state = the_response(site)
    assert state.status is Status.SUBMITTED
    assert state.answers["answering"] == "self"
    assert state.answers["anything"] == "It goes well."


@pytest.mark.parametrize(("who", "words"), [("proxy", "the person"), ("child", "your child")])
def test_who_answers_for_somebody_else_reads_it_so(site: Site, visitor: Visitor, who: str, words: str) -> None:
    visitor.start().press(answering=who)
    seen = walk(visitor, answering=who, holder_age="age_0_4")
    assert "/survey/proxy-view" in seen
    assert "/survey/carer-hours" in seen
    assert the_response(site).status is Status.SUBMITTED
    visitor = site.visitor()
    visitor.start().press(answering=who).open("/survey/say-now")
    assert words in visitor.page.heading.lower()


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_the_survey_can_be_walked_in_each_language(site: Site, language: str) -> None:
    visitor = site.visitor(language)
    visitor.open("/")
    assert visitor.page.lang == language
    visitor.press()
    walk(visitor)
    assert visitor.address == "/survey/done"
    locales = site.store.rows("select distinct locale from events")
    assert locales == [(language,)]


def test_nothing_is_stored_before_somebody_agrees(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press()
    assert visitor.address == "/survey/taking-part"
    visitor.press()
    assert visitor.status == 422
    assert site.count("responses") == site.count("events") == 0


def test_no_ends_kindly_and_stores_nothing(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press().press(taking_part="no")
    assert visitor.address == "/survey/goodbye"
    assert visitor.status == 200
    assert "We have kept nothing" in visitor.page.text
    assert "We have kept nothing" in visitor.open("/survey/goodbye").page.text, "after a reload too"
    assert site.count("responses") == site.count("events") == 0
    with visitor.client.session_transaction() as session:
        assert "visit" not in session


def test_who_says_no_later_is_left_out_and_can_come_back(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self")
    visitor.open("/survey/taking-part").press(taking_part="no")
    assert visitor.address == "/survey/goodbye"
    assert visitor.return_code in visitor.page.text
    visitor.open("/survey/check")
    assert visitor.address == "/survey/goodbye"
    other = site.visitor().open("/return").type_code(visitor.return_code)
    assert other.address == "/survey/goodbye"
    assert "/survey/taking-part" in other.page.links
    other.open("/survey/taking-part").press(taking_part="yes")
    assert the_response(site).answers["answering"] == "self"


def test_the_return_code_leads_back_from_another_device(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self")
    visitor.press(("action", "leave"))
    assert visitor.address == "/survey/leave"
    code = visitor.return_code
    assert code in visitor.page.text
    assert visitor.page.text.count("-") >= 3
    other = site.visitor()
    other.open("/return").type_code(code.replace("-", " ").lower())
    assert other.address == "/survey/area"
    other.open("/survey/answering")
    assert other.page.form.answers == {"answer-answering": ["self"]}
    assert site.count("responses") == 1


def test_leaving_saves_what_is_on_the_page(site: Site, visitor: Visitor) -> None:
    visitor.start().press(("action", "leave"), answering="supported")
    assert visitor.address == "/survey/leave"
    assert the_response(site).answers["answering"] == "supported"
    visitor.press()
    assert visitor.address == "/survey/area"


def test_finishing_makes_the_device_forget_and_keeps_the_answers(site: Site, visitor: Visitor) -> None:
    visitor.start().press(("action", "leave"))
    code = visitor.return_code
    visitor.press(("action", "finish"))
    assert visitor.address.startswith("/finished")
    assert "forgotten" in visitor.page.text
    visitor.open("/survey/answering")
    assert visitor.status == 403
    visitor.type_code(code)
    assert visitor.address == "/survey/answering"


def test_the_language_stays_when_a_device_forgets(site: Site, visitor: Visitor) -> None:
    visitor.start().press(("switch", "pl"))
    visitor.press(("action", "leave")).press(("action", "finish"))
    assert visitor.page.lang == "pl"


def test_a_changed_answer_changes_the_path(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self")
    for _ in range(2):
        visitor.press()
    visitor.press(budget_status="now")
    assert visitor.address == "/survey/budget-for"
    visitor.press(budget_for=["wheelchair"])
    visitor.open("/survey/budget-status").press(budget_status="told_no")
    assert visitor.address == "/survey/sex"
    visitor.open("/survey/budget-for")
    assert visitor.address == "/survey/sex"
    assert "not one of your questions" in visitor.page.text


def test_after_the_main_questions_one_can_send(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self")
    visitor.open("/survey/core-done")
    assert visitor.page.form.buttons[:2] == [("", ""), ("action", "send")]
    visitor.press(("action", "send"))
    assert visitor.address == "/survey/check"
    assert "have not seen" in visitor.page.text
    visitor.press()
    assert visitor.address == "/survey/done"
    assert the_response(site).status is Status.SUBMITTED


def test_or_go_on(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self")
    visitor.open("/survey/core-done").press()
    assert visitor.address == "/survey/used-for"


def test_an_answer_can_be_cleared(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self")
    visitor.open("/survey/answering").press(("action", "clear"))
    assert visitor.address == "/survey/answering"
    assert visitor.page.form.answers == {}
    assert "answering" not in the_response(site).answers
    visitor.open("/survey/check")
    assert "Left out" in visitor.page.text


def test_a_change_from_the_check_page_leads_back_there(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").press().press()
    visitor.open("/survey/check").open("/survey/area?from=check")
    assert "/survey/check" in visitor.page.links
    visitor.press(area="QOP")
    assert visitor.address == "/survey/check"
    assert "Greater Manchester" in visitor.page.text


def test_a_change_that_opens_questions_asks_them_before_the_check_page(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").press().press()
    visitor.press(budget_status="told_no")
    visitor.open("/survey/budget-status?from=check").press(budget_status="now")
    assert visitor.address == "/survey/budget-for?from=check"
    visitor.press()
    assert visitor.address == "/survey/held-how?from=check"


def test_an_invitation_brings_its_area_along(empty_site: Site, annual: Questionnaire) -> None:
    site = empty_site
    site.open(annual, open_link=False)
    (code,) = issue_codes(site.store, site.config.code_key, wave="trial", area="QOP", count=1, now=site.clock())
    visitor = site.visitor().open(f"/c/{code}")
    assert visitor.status == 200
    assert visitor.reply.headers["Referrer-Policy"] == "no-referrer"
    assert site.count("responses") == 0
    visitor.press().press(taking_part="yes").press()
    visitor.press(answering="self")
    assert visitor.address == "/survey/holder-age"
    assert the_response(site).area == "QOP"


def test_with_an_open_link_closed_to_all_the_start_page_asks_for_a_code(
    empty_site: Site, annual: Questionnaire
) -> None:
    site = empty_site
    site.open(annual, open_link=False)
    visitor = site.visitor().open("/")
    assert visitor.status == 200
    assert "No survey is open to everyone" in visitor.page.heading
    assert "/return" in visitor.page.links


def test_of_two_open_surveys_one_is_chosen(empty_site: Site, annual: Questionnaire) -> None:
    site = empty_site
    site.open(annual, "2025", made_up=True)
    site.open(annual, "2026", made_up=True)
    visitor = site.visitor().open("/")
    assert visitor.page.heading == "Choose a survey"
    visitor.open("/?survey=2025").press().press(taking_part="yes")
    assert the_response(site).wave == "2025"


def test_made_up_data_and_drafts_say_so_on_every_page(empty_site: Site, annual: Questionnaire) -> None:
    site = empty_site
    site.open(annual, "2026", made_up=True)
    visitor = site.visitor()
    for address in ("/", "/survey/taking-part", "/privacy", "/return", "/survey/nonsense"):
        visitor.open("/").press().open(address)
        assert "Made-up data" in visitor.page.text, address
        assert "These questions are a draft" in visitor.page.text, address


def test_somebody_who_begun_sees_the_way_on_at_the_start_page(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").open("/")
    assert "Answers were begun on this device" in visitor.page.text
    assert "/survey/area" in visitor.page.links
    visitor.press().press(taking_part="yes")
    assert site.count("responses") == 2
