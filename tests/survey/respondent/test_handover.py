"""Somebody else goes on: recorded as data, with nothing lost, and undone the same way."""

from __future__ import annotations

import pytest

from survey.store.responses import Status
from survey.store.waves import close_wave
from tests.survey.questionnaire.builders import choice, page, questionnaire, short_text
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response
from tests.survey.respondent.test_repeats import begin, by_number

HAND_OVER = ("action", "handover")


def take_over(visitor: Visitor, who: str) -> Visitor:
    """Say who goes on, on the page that asks for it."""
    return visitor.send(visitor.page.form.action or "", {**visitor.page.form.sent(), "handover-to": [who]})


def test_a_handover_saves_what_was_typed_and_comes_back_in_other_words(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").open("/survey/say-now")
    assert "you" in visitor.page.heading.lower()
    visitor.press(HAND_OVER, say_now="4")
    assert visitor.address == "/survey/handover?page=say-now"
    assert visitor.page.heading == "Who answers from now on?"
    take_over(visitor, "proxy")
    assert visitor.address == "/survey/say-now"
    assert "the person" in visitor.page.heading.lower()
    assert "we have noted it" in visitor.page.text
    assert visitor.page.form.answers == {"answer-say_now": ["4"]}
    state = the_response(site)
    assert state.pages["handover"] == {"handover__to": "proxy", "handover__page": "say-now"}
    assert (state.answers["say_now"], state.answers["answering"]) == (4, "self")
    assert site.store.rows("select page from events order by seq desc limit 1") == [("handover",)]


def test_a_page_left_empty_is_still_to_be_answered(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").press(HAND_OVER)
    take_over(visitor, "proxy")
    assert visitor.address == "/survey/area"
    assert "area" not in the_response(site).pages


def test_an_answer_that_cannot_be_taken_is_mended_first(visitor: Visitor) -> None:
    visitor.start().open("/survey/language").press(HAND_OVER, language="another", language__another__text="K" * 500)
    assert visitor.status == 422
    assert visitor.page.form.answers["answer-language__another__text"] == ["K" * 500]


def test_a_handover_can_happen_again_and_be_undone(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").open("/survey/say-now").press(HAND_OVER)
    take_over(visitor, "proxy").press(HAND_OVER)
    take_over(visitor, "self")
    assert "the person" not in visitor.page.heading.lower()
    assert site.store.rows("select count(*) from events where page = 'handover'") == [(2,)]


def test_the_check_page_says_from_where_somebody_else_answered(visitor: Visitor) -> None:
    visitor.start().press(answering="self").press().press(HAND_OVER)
    take_over(visitor, "proxy").press().open("/survey/check")
    text = visitor.page.text
    assert "From here on someone else answered" in text
    assert text.index("Which NHS area") < text.index("From here on someone else") < text.index("How old")
    assert "/survey/handover?page=holder-age" in visitor.page.links
    visitor.open("/survey/handover?page=holder-age")
    take_over(visitor, "self").open("/survey/check")
    assert "From here on the one who began answered again" in visitor.page.text
    assert "From here on someone else answered" not in visitor.page.text


def test_a_handover_after_which_nothing_was_answered_yet_is_said_at_the_end(visitor: Visitor) -> None:
    visitor.start().press(answering="self").press().press(HAND_OVER)
    take_over(visitor, "proxy").open("/survey/check")
    text = visitor.page.text
    assert text.index("Which NHS area") < text.index("From here on someone else") < text.index("Send your answers")


def test_the_same_person_going_on_changes_nothing(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").press(HAND_OVER)
    take_over(visitor, "self")
    assert visitor.address == "/survey/area"
    assert "handover" not in the_response(site).pages


def test_in_a_round_one_comes_back_to_the_round(empty_site: Site) -> None:
    who = choice(
        "who",
        role="answering",
        options=[
            {"code": "me", "text": "Me", "answering": "self"},
            {"code": "friend", "text": "A friend", "answering": "proxy"},
            {"code": "nobody", "text": "I don't know", "missing": "dont_know"},
        ],
    )
    rounds = by_number()
    asked = rounds.model_copy(update={"sections": (questionnaire(page(who)).sections[0], *rounds.sections)})
    visitor = begin(empty_site, asked).press(who="me").press().press(services="2").press(HAND_OVER, name="Taxi")
    assert visitor.page.form.fields["handover-to"].options == ["me", "friend"], "not knowing is nobody"
    take_over(visitor, "friend")
    assert visitor.address == "/survey/name/1"
    assert visitor.page.form.answers == {"answer-name": ["Taxi"]}


def test_nobody_chosen_is_asked_again(visitor: Visitor) -> None:
    visitor.start().press(answering="self").press(HAND_OVER).press()
    assert visitor.status == 422
    assert visitor.page.title.startswith("Error: ")
    assert "#handover-to" in visitor.page.links
    assert take_over(visitor, "somebody").status == 422


def test_changing_the_language_keeps_who_was_chosen(visitor: Visitor) -> None:
    visitor.start().press(answering="self").press(HAND_OVER)
    sent = {**visitor.page.form.sent(), "handover-to": ["proxy"], "switch": ["pl"]}
    visitor.send(visitor.page.form.action or "", sent)
    assert visitor.page.lang == "pl"
    assert visitor.page.form.fields["handover-to"].values == ["proxy"]


def test_an_old_form_and_a_store_that_cannot_save_keep_who_was_chosen(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").press(HAND_OVER)
    visitor.send(visitor.page.form.action or "", {"csrf_token": ["old"], "handover-to": ["proxy"]})
    assert visitor.status == 400
    assert visitor.page.form.fields["handover-to"].values == ["proxy"]
    site.store.journal.close()
    visitor.press()
    assert visitor.status == 503
    assert visitor.page.form.fields["handover-to"].values == ["proxy"]


@pytest.mark.parametrize("page_asked", ["no-such-page", "proxy-view", "//elsewhere", "x" * 5000, "say-now/3", ""])
def test_the_way_back_is_always_a_page_of_the_person(visitor: Visitor, page_asked: str) -> None:
    visitor.start().press(answering="self").open(f"/survey/handover?page={page_asked}")
    take_over(visitor, "supported")
    assert visitor.address == "/survey/area"


def test_the_question_of_who_answers_does_not_offer_it(visitor: Visitor) -> None:
    visitor.start()
    assert visitor.address == "/survey/answering"
    assert HAND_OVER not in visitor.page.form.buttons
    assert HAND_OVER in visitor.press(answering="self").page.form.buttons


def test_without_a_question_of_who_answers_there_is_no_handover(empty_site: Site) -> None:
    visitor = begin(empty_site, by_number()).press(services="1").press()
    assert HAND_OVER not in visitor.page.form.buttons
    assert visitor.open("/survey/handover").status == 404


def test_a_handover_is_for_responses_that_have_begun_and_are_open(site: Site, visitor: Visitor) -> None:
    assert visitor.open("/survey/handover").status == 403
    assert visitor.open("/").press().open("/survey/handover").status == 403
    visitor = site.visitor().start().press(answering="self").press(HAND_OVER)
    sent = {**visitor.page.form.sent(), "handover-to": ["proxy"]}
    visitor.open("/survey/check").press()
    assert visitor.open("/survey/handover").address == "/survey/done"
    assert visitor.send("/survey/handover?page=area", sent).status == 409
    assert the_response(site).status is Status.SUBMITTED


def test_after_saying_no_or_after_the_close_nobody_takes_over(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self").open("/survey/taking-part").press(taking_part="no")
    assert visitor.open("/survey/handover").address == "/survey/goodbye"
    visitor.open("/survey/taking-part").press(taking_part="yes")
    close_wave(site.store, "trial", site.clock())
    assert visitor.open("/survey/handover").status == 410


def test_who_answers_can_be_said_with_an_answer_in_it(empty_site: Site) -> None:
    who = choice(
        "who",
        role="answering",
        options=[
            {"code": "me", "text": "I do", "answering": "self"},
            {"code": "helper", "text": "{helper|A helper} does", "answering": "proxy"},
        ],
    )
    visitor = begin(empty_site, questionnaire(page(short_text("helper")), page(who), page(short_text("last"))))
    visitor.press(helper="A & B").press().press(who="me").press(HAND_OVER)
    assert '<bdi dir="auto">A &amp; B</bdi> does' in visitor.reply.text
    take_over(visitor, "helper")
    assert "From here on: A & B does" in visitor.page.text
    assert "\ue000" not in visitor.reply.text
