"""Every way in which it can go wrong: a clear page, the right status, in the person's language, nothing lost."""

from __future__ import annotations

import pytest

from survey.questionnaire.model import Questionnaire
from survey.store.invitations import issue_codes
from survey.store.responses import Status, withdraw_response
from survey.store.waves import close_wave
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response


def invitation(site: Site, annual: Questionnaire) -> str:
    """A code of a wave that only codes open."""
    site.open(annual, open_link=False)
    return issue_codes(site.store, site.config.code_key, wave="trial", area="QOP", count=1, now=site.clock())[0]


# --- Codes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type your return code, or the code on your letter"),
        (" - ", "Type your return code, or the code on your letter"),
        ("ABCD", "The one you typed has 4"),
        ("ABCD-EFGH-JKMN-PQR0", "“0” is never part of a code"),
        ("2222-2222-2222-2223", "slip"),
        ("2222-2222-2222-2222", "We do not know this code"),
    ],
)
def test_a_wrong_return_code_is_explained_at_the_field(visitor: Visitor, typed: str, said: str) -> None:
    visitor.open("/return").type_code(typed)
    assert visitor.status == 422
    assert visitor.page.title.startswith("Error: ")
    assert said in visitor.page.text
    assert visitor.page.form.fields["code"].values == [typed]
    assert "#code" in visitor.page.links


def test_a_code_comes_back_without_what_nobody_can_type(visitor: Visitor) -> None:
    visitor.open("/return").type_code("AB\0CD\x1b\u200b")
    assert "The one you typed has 4" in visitor.page.text
    assert visitor.page.form.fields["code"].values == ["ABCD"]
    visitor.open("/c/AB%00CD")
    assert "\0" not in visitor.reply.text


def test_a_wrong_invitation_code_is_explained(site: Site, visitor: Visitor) -> None:
    visitor.open("/c/ABCD-EFGH-JKMN-PQR2")
    assert visitor.status == 404
    assert "slip" in visitor.page.text
    visitor.open("/c/2222-2222-2222-2222")
    assert visitor.status == 404
    assert "We do not know this code" in visitor.page.text


def test_the_code_of_a_closed_wave_says_when_it_closed(empty_site: Site, annual: Questionnaire) -> None:
    code = invitation(empty_site, annual)
    close_wave(empty_site.store, "trial", empty_site.clock())
    visitor = empty_site.visitor().open(f"/c/{code}")
    assert visitor.status == 410
    assert "5 October 2026" in visitor.page.text
    visitor.open("/return").type_code(code)
    assert visitor.status == 410


def test_a_used_invitation_asks_for_the_return_code(empty_site: Site, annual: Questionnaire) -> None:
    code = invitation(empty_site, annual)
    empty_site.visitor().open(f"/c/{code}").press().press(taking_part="yes")
    second = empty_site.visitor().open(f"/c/{code}")
    assert second.status == 409
    assert "return code" in second.page.text
    second.open("/return").type_code(code)
    assert second.status == 409


def test_an_invitation_opened_again_on_the_same_device_goes_on(empty_site: Site, annual: Questionnaire) -> None:
    code = invitation(empty_site, annual)
    visitor = empty_site.visitor().open(f"/c/{code}").press().press(taking_part="yes")
    visitor.open(f"/c/{code}")
    assert visitor.address == "/survey/answering"
    visitor.open("/return").type_code(code)
    assert visitor.address == "/survey/answering"
    visitor.open("/survey/check").press().open(f"/c/{code}")
    assert visitor.address == "/survey/done"


def test_a_response_that_was_withdrawn_leads_nowhere(site: Site, visitor: Visitor) -> None:
    visitor.start()
    withdraw_response(
        site.store, the_response(site).response, locale="en", format="standard", mode="web", now=site.clock()
    )
    visitor.open("/survey/answering")
    assert visitor.status == 403


def test_two_people_with_one_invitation_begin_one_response(empty_site: Site, annual: Questionnaire) -> None:
    code = invitation(empty_site, annual)
    first, second = empty_site.visitor().open(f"/c/{code}").press(), empty_site.visitor().open(f"/c/{code}").press()
    first.press(taking_part="yes")
    second.press(taking_part="yes")
    assert second.status == 409
    assert empty_site.count("responses") == 1


def test_a_code_from_a_letter_also_works_where_a_return_code_is_asked_for(
    empty_site: Site, annual: Questionnaire
) -> None:
    visitor = empty_site.visitor().open("/return").type_code(invitation(empty_site, annual))
    assert visitor.address == "/survey/taking-part"


# --- Pages ----------------------------------------------------------------------


def test_an_unknown_page_is_a_404_that_leads_back(visitor: Visitor) -> None:
    visitor.start().open("/survey/no-such-page")
    assert visitor.status == 404
    assert "/survey/check" in visitor.page.links
    visitor.open("/nothing/here")
    assert visitor.status == 404


def test_an_unknown_page_speaks_the_language_of_the_person(site: Site) -> None:
    visitor = site.visitor("ur").open("/survey/no-such-page")
    assert (visitor.page.lang, visitor.page.dir) == ("ur", "rtl")


def test_a_page_off_the_path_leads_to_the_first_that_needs_an_answer(visitor: Visitor) -> None:
    visitor.start().press(answering="self").open("/survey/proxy-view")
    assert visitor.address == "/survey/area"
    assert visitor.status == 200
    assert "not one of your questions" in visitor.page.text
    visitor.open("/survey/area")
    assert "not one of your questions" not in visitor.page.text


def test_before_agreeing_every_page_leads_to_the_question_of_taking_part(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press().open("/survey/anything")
    assert visitor.address == "/survey/taking-part"


def test_an_answer_to_a_page_that_left_the_path_is_kept(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").press().press().press(budget_status="now")
    first_tab = visitor.page.form.sent()
    visitor.open("/survey/budget-status").press(budget_status="told_no")
    visitor.send("/survey/budget-for", {**first_tab, "answer-budget_for": ["wheelchair"]})
    assert visitor.address == "/survey/sex"
    assert the_response(site).answers["budget_for"] == ("wheelchair",)


# --- Twice, too late, in two places ---------------------------------------------


def test_two_tabs_save_what_each_of_them_shows(site: Site, visitor: Visitor) -> None:
    visitor.start()
    first = visitor.page.form.sent()
    visitor.open("/survey/holder-age")
    second = visitor.page.form.sent()
    visitor.send("/survey/holder-age", {**second, "answer-holder_age": ["age_35_44"]})
    visitor.send("/survey/answering", {**first, "answer-answering": ["self"]})
    answers = the_response(site).answers
    assert (answers["answering"], answers["holder_age"]) == ("self", "age_35_44")


def test_a_double_click_on_the_first_answer_begins_one_response(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press()
    sent = {**visitor.page.form.sent(), "answer-taking_part": ["yes"]}
    cookie = visitor.client.get_cookie("phb")
    assert cookie is not None
    for _ in range(2):
        visitor.client.set_cookie("phb", cookie.value)
        visitor.send("/survey/taking-part", sent)
        assert visitor.address == "/survey/return-code"
    assert site.count("responses") == 1


def test_sending_the_same_page_twice_changes_nothing(site: Site, visitor: Visitor) -> None:
    visitor.start()
    sent = {**visitor.page.form.sent(), "answer-answering": ["self"]}
    visitor.send("/survey/answering", sent).send("/survey/answering", sent)
    assert visitor.address == "/survey/area"
    assert the_response(site).answers["answering"] == "self"


def test_sending_the_survey_twice_is_sending_it_once(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/check")
    sent = visitor.page.form.sent()
    visitor.send("/survey/check", sent).send("/survey/check", sent)
    assert visitor.address == "/survey/done"
    assert site.store.rows("select status from statuses") == [("submitted",)]


def test_going_back_after_sending_shows_that_it_was_sent(site: Site, visitor: Visitor) -> None:
    visitor.start()
    page_before = visitor.page.form.sent()
    visitor.open("/survey/check").press().open("/survey/answering")
    assert visitor.address == "/survey/done"
    visitor.send("/survey/answering", {**page_before, "answer-answering": ["self"]})
    assert visitor.status == 409
    assert "already sent" in visitor.page.heading
    assert the_response(site).status is Status.SUBMITTED


@pytest.mark.parametrize("address", ["/survey/leave", "/survey/return-code", "/survey/check", "/survey/goodbye"])
def test_after_sending_every_page_round_the_questions_leads_to_the_end(visitor: Visitor, address: str) -> None:
    visitor.start().open("/survey/check").press().open(address)
    assert visitor.address == "/survey/done"


@pytest.mark.parametrize("address", ["/survey/leave", "/survey/return-code", "/survey/check", "/survey/anything"])
def test_after_saying_no_every_page_round_the_questions_leads_to_the_goodbye(visitor: Visitor, address: str) -> None:
    visitor.start().press(answering="self").open("/survey/taking-part").press(taking_part="no").open(address)
    assert visitor.address == "/survey/goodbye"
    assert "not one of your questions" not in visitor.page.text


def test_the_goodbye_is_for_those_who_said_no(visitor: Visitor) -> None:
    assert visitor.open("/survey/goodbye").address == "/"
    assert visitor.press().open("/survey/goodbye").address == "/survey/taking-part"
    assert visitor.press(taking_part="yes").open("/survey/goodbye").address == "/survey/answering"


def test_words_written_after_sending_can_be_copied(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/anything")
    late = {**visitor.page.form.sent(), "answer-anything": ["One more thing"]}
    visitor.open("/survey/check").press().send("/survey/anything", late)
    assert visitor.status == 409
    assert "One more thing" in visitor.page.text


def test_a_wave_that_closes_meanwhile_says_so_and_shows_what_was_typed(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").open("/survey/anything")
    late = {**visitor.page.form.sent(), "answer-anything": ["One more thing"]}
    close_wave(site.store, "trial", site.clock())
    visitor.send("/survey/anything", late)
    assert visitor.status == 410
    assert "One more thing" in visitor.page.text
    visitor.open("/survey/answering")
    assert visitor.status == 410
    assert the_response(site).answers["answering"] == "self"


def test_a_wave_that_closes_before_anyone_agreed_stores_nothing(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press()
    close_wave(site.store, "trial", site.clock())
    visitor.press(taking_part="yes")
    assert visitor.status == 410
    assert site.count("responses") == 0


def test_who_has_sent_still_sees_that_it_worked_after_the_close(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/check").press()
    close_wave(site.store, "trial", site.clock())
    visitor.open("/survey/done")
    assert visitor.status == 200


# --- What is typed ---------------------------------------------------------------


def test_a_text_of_100000_characters_is_kept_and_explained(visitor: Visitor) -> None:
    long = "Żółw 😀 " * 12_500
    visitor.start().open("/survey/anything").press(anything=long + "x" * (100_000 - len(long)))
    assert visitor.status == 422
    assert "Make your answer shorter by 96,000 characters" in visitor.page.text
    assert visitor.page.form.answers["answer-anything"][0].startswith(long)


def test_more_than_anyone_types_is_a_413(visitor: Visitor) -> None:
    visitor.start().open("/survey/anything").press(anything="x" * 5_000_000)
    assert visitor.status == 413
    assert "far longer" in visitor.page.text


@pytest.mark.parametrize(
    "text", ["Dobrze 😀👩🏽‍🦽", "یہ اچھا ہے\nبہت اچھا", '<b>bold</b> & "quoted"', "  \n first line empty", "ﬁ ½ ①"]
)
def test_words_come_back_as_they_were_written(site: Site, visitor: Visitor, text: str) -> None:
    visitor.start().open("/survey/anything").press(anything=text)
    assert the_response(site).answers["anything"] == text.strip()
    visitor.open("/survey/anything")
    assert visitor.page.form.answers["answer-anything"] == [text.strip()]
    visitor.open("/survey/check")
    assert text.strip() in visitor.page.text


def test_a_nul_byte_is_left_out(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/anything").press(anything="be\0fore")
    assert the_response(site).answers["anything"] == "before"


def test_an_option_that_does_not_exist_is_refused(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="somebody")
    assert visitor.status == 422
    assert visitor.page.title.startswith("Error: ")
    assert "#answer-answering" in visitor.page.links
    assert "answering" not in the_response(site).answers
    visitor.open("/survey/area").press(area="XXX")
    assert visitor.status == 422
    visitor.open("/survey/say-now").press(say_now="11")
    assert visitor.status == 422


def test_answers_that_exclude_each_other_are_refused_and_kept_on_the_page(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/difficulty").press(difficulty=["seeing", "none"])
    assert visitor.status == 422
    assert visitor.page.form.answers == {"answer-difficulty": ["seeing", "none"]}


# --- Cookie, token, store --------------------------------------------------------


def test_an_old_form_gets_the_same_page_back_with_what_was_typed(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/anything")
    visitor.send("/survey/anything", {"csrf_token": ["old"], "answer-anything": ["Every word"]})
    assert visitor.status == 400
    assert visitor.page.form.answers == {"answer-anything": ["Every word"]}
    assert "anything" not in the_response(site).answers
    visitor.press()
    assert the_response(site).answers["anything"] == "Every word"


def test_a_form_that_arrived_in_part_is_not_told_that_it_is_old(visitor: Visitor) -> None:
    visitor.start().open("/survey/anything")
    visitor.send("/survey/anything", {"answer-anything": ["Every word"]})
    assert visitor.status == 400
    assert "Not everything on this page reached us" in visitor.page.text
    assert "open for a long time" not in visitor.page.text
    assert visitor.page.form.answers == {"answer-anything": ["Every word"]}


def test_a_tampered_cookie_costs_nothing_that_was_typed(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").open("/survey/anything")
    code, sent = visitor.return_code, visitor.page.form.sent()
    cookie = visitor.client.get_cookie("phb")
    assert cookie is not None
    visitor.client.set_cookie("phb", cookie.value[:-2] + "xx")
    visitor.send("/survey/anything", {**sent, "answer-anything": ["Every word"]})
    assert visitor.status == 403
    assert "cannot tell which answers are yours" in visitor.page.text
    assert site.count("responses") == 1
    visitor.type_code(code)
    assert the_response(site).answers["anything"] == "Every word"


@pytest.mark.parametrize("cookie", ["", "x", "e30.x", "{}", "a.b.c", "\\u0000", "YQ.YQ", "😀"])
def test_no_cookie_is_too_strange(site: Site, visitor: Visitor, cookie: str) -> None:
    reply = visitor.client.get("/survey/answering", headers={"Cookie": f"phb={cookie}".encode().decode("latin-1")})
    assert reply.status_code == 403


def test_a_store_that_cannot_save_says_so_and_keeps_the_page(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/anything")
    site.store.journal.close()
    visitor.press(anything="Every word")
    assert visitor.status == 503
    assert "could not save" in visitor.page.text
    assert visitor.page.form.answers == {"answer-anything": ["Every word"]}
    visitor.open("/survey/check").press()
    assert visitor.status == 503
    assert "could not save" in visitor.page.text


def test_a_store_that_cannot_save_keeps_what_a_lost_browser_brought_along(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/anything")
    code, sent = visitor.return_code, visitor.page.form.sent()
    visitor.client.delete_cookie("phb")
    visitor.send("/survey/anything", {**sent, "answer-anything": ["Every word"]})
    site.store.journal.close()
    visitor.type_code(code)
    assert visitor.status == 503
    assert visitor.page.form.answers == {"answer-anything": ["Every word"]}


@pytest.mark.parametrize("token", ["old", None])
def test_a_page_off_the_path_keeps_what_was_typed_too(visitor: Visitor, token: str | None) -> None:
    visitor.start().press(answering="supported").open("/survey/carer-hours")
    sent = {**visitor.page.form.sent(), "answer-carer_hours": ["no such option"]}
    visitor.open("/survey/answering").press(answering="self")
    visitor.send("/survey/carer-hours", {**sent, "csrf_token": [token]} if token else sent)
    assert visitor.status == (400 if token else 422)


def test_a_store_that_cannot_save_does_not_begin_a_response(site: Site, visitor: Visitor) -> None:
    visitor.open("/").press()
    site.store.journal.close()
    visitor.press(taking_part="yes")
    assert visitor.status == 503
    assert visitor.page.form.answers == {"answer-taking_part": ["yes"]}


def test_somebody_who_lost_the_store_of_a_response_is_told_kindly(site: Site, visitor: Visitor) -> None:
    visitor.start()
    with visitor.client.session_transaction() as session:
        session["visit"] = {**session["visit"], "response": 42}
    visitor.open("/survey/answering")
    assert visitor.status == 403
