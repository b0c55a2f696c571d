"""Pages of questions: what each type of item sends and shows."""

from __future__ import annotations

from typing import Literal, get_args, get_type_hints

from survey.questionnaire import model
from survey.questionnaire.check.structural import RESERVED_PAGES
from survey.respondent.fields import BUILDERS
from survey.respondent.shells import Shell
from survey.respondent.slots import flag_slot, text_slot
from tests.survey.questionnaire.builders import choice, page, questionnaire, scale, short_text, statement
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response


def test_every_type_of_item_has_its_field() -> None:
    kinds = [getattr(model, name) for name in dir(model) if name.endswith("Item") and name != "Item"]
    types = {get_args(get_type_hints(kind)["type"])[0] for kind in kinds}
    assert get_type_hints(model.ChoiceItem)["type"] == Literal["choice"]
    assert set(BUILDERS) == types


def test_the_addresses_round_the_questions_are_those_no_page_may_have(site: Site) -> None:
    rules = [rule.rule for rule in site.app.url_map.iter_rules() if rule.rule.startswith("/survey/")]
    asked = {"<page_id>", "<page_id>/<number>"}
    beside = {"preview", "media"}  # addresses that begin so, and are no page of a survey
    assert {rule.removeprefix("/survey/") for rule in rules} == (RESERVED_PAGES - beside) | asked


def test_a_question_is_the_heading_and_the_title(visitor: Visitor) -> None:
    visitor.start()
    assert visitor.page.heading == "Who is giving the answers?"
    assert visitor.page.title == "Who is giving the answers? – Personal health budget survey"
    assert "Section 1 of 9: Starting" in visitor.page.text


def test_every_question_can_be_left_out(site: Site, visitor: Visitor) -> None:
    visitor.start()
    seen = 0
    while visitor.address != "/survey/check":
        visitor.press()
        seen += 1
        assert visitor.status == 200
    assert seen > 30
    assert the_response(site).answers == {"taking_part": "yes"}


def test_words_beside_an_option_are_saved_with_it(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/language").press(language="another", language__another__text="Kurdî")
    assert the_response(site).answers["language__another__text"] == "Kurdî"
    visitor.open("/survey/language")
    assert visitor.page.form.answers == {
        "answer-language": ["another"],
        "answer-language__another__text": ["Kurdî"],
    }
    visitor.open("/survey/check")
    assert "Kurdî" in visitor.page.text


def test_words_without_their_option_pick_it(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/language").press(language__another__text="Kurdî")
    assert the_response(site).answers["language"] == "another"


def test_words_beside_another_option_do_not_count(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/language").press(language="polish", language__another__text="K" * 500)
    assert visitor.status == 200
    assert the_response(site).answers["language"] == "polish"
    visitor.open("/survey/check")
    assert "KKK" not in visitor.page.text


def test_too_many_words_beside_an_option_are_an_error_at_their_field(visitor: Visitor) -> None:
    visitor.start().open("/survey/language").press(language="another", language__another__text="K" * 500)
    assert visitor.status == 422
    assert "#answer-language__another__text" in visitor.page.links
    assert visitor.page.form.answers["answer-language__another__text"] == ["K" * 500]


def test_groups_of_options_share_one_question(visitor: Visitor) -> None:
    visitor.start().open("/survey/ethnicity")
    field = visitor.page.form.fields["answer-ethnicity"]
    assert len(field.options) == 20
    assert visitor.reply.text.count("<fieldset") == visitor.reply.text.count("<legend") == 1
    assert 'aria-labelledby="answer-ethnicity-heading"' in visitor.reply.text
    visitor.press(ethnicity="arab").open("/survey/ethnicity")
    assert visitor.page.form.answers == {"answer-ethnicity": ["arab"]}


def test_a_scale_keeps_its_nought(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/say-now").press(say_now="0")
    assert the_response(site).answers["say_now"] == 0
    visitor.open("/survey/say-now")
    assert visitor.page.form.answers == {"answer-say_now": ["0"]}
    assert visitor.page.form.fields["answer-say_now"].options == [*map(str, range(11)), "dont_know"]
    visitor.open("/survey/check")
    assert "How much say do you have over your support now?" in visitor.page.text


def test_an_area_is_chosen_from_the_list_of_the_wave(site: Site, visitor: Visitor) -> None:
    visitor.start().press(answering="self")
    options = visitor.page.form.fields["answer-area"].options
    assert options[:3] == ["", "dont_know", "not_say"]
    assert len(options) == 3 + 36
    visitor.press(area="QOP").open("/survey/area")
    assert visitor.page.form.answers == {"answer-area": ["QOP"]}
    assert the_response(site).answers["area"] == "QOP"


def test_several_boxes_can_be_ticked(site: Site, visitor: Visitor) -> None:
    visitor.start().open("/survey/difficulty").press(difficulty=["hearing", "seeing"])
    assert the_response(site).answers["difficulty"] == ("seeing", "hearing")


def test_the_way_back_follows_the_path(visitor: Visitor) -> None:
    visitor.start()
    assert "/survey/taking-part" in visitor.page.links
    visitor.press(answering="child")
    assert visitor.address == "/survey/proxy-view"
    visitor.press()
    assert "/survey/proxy-view" in visitor.page.links


def test_a_kept_page_never_shows_what_somebody_else_answered(site: Site) -> None:
    first, second = site.visitor().start(), site.visitor().start()
    first.open("/survey/anything").press(anything="A secret").open("/survey/anything")
    second.open("/survey/anything")
    assert "A secret" in first.reply.text
    assert "A secret" not in second.reply.text
    assert first.page.form.fields["csrf_token"].values != second.page.form.fields["csrf_token"].values


def test_a_shell_is_filled_with_what_stands_in_its_fields() -> None:
    html = f"<input{flag_slot('checked', 'a', 'x')}><input{flag_slot('checked', 'a', 'y')}><p>{text_slot('b')}</p>"
    shell = Shell(html)
    assert shell.fill({}, {}) == "<input><input><p></p>"
    assert shell.fill({}, {"a": ["y"], "b": ["1 < 2"]}) == "<input><input checked><p>1 &lt; 2</p>"
    assert shell.fill({"b": "<b>safe</b>"}, {"a": ["x", "y"]}) == "<input checked><input checked><p><b>safe</b></p>"


# --- Questionnaires that are not the annual one -------------------------------------


def test_a_page_with_several_questions_has_the_section_as_its_heading(empty_site: Site) -> None:
    asked = page(choice("control"), short_text("words"), scale("say", options=[]), intro="Please say.")
    empty_site.open(questionnaire(asked), "2026", made_up=True)
    visitor = empty_site.visitor().open("/").press()
    assert visitor.page.heading == "Title of main"
    assert visitor.reply.text.count("<legend") == 2
    assert visitor.reply.text.count("<h1") == 1
    visitor.press(control="yes", words="  some\nwords ", say="10")
    answers = the_response(empty_site).answers
    assert answers == {"control": "yes", "words": "some words", "say": 10}
    visitor.open("/survey/control")
    assert visitor.page.form.answers == {
        "answer-control": ["yes"],
        "answer-words": ["some words"],
        "answer-say": ["10"],
    }


def test_without_a_question_of_agreement_the_first_page_begins_the_response(empty_site: Site) -> None:
    empty_site.open(questionnaire(page(choice("control")), page(statement("so"))), "2026", made_up=True)
    visitor = empty_site.visitor().open("/").press()
    assert empty_site.count("responses") == 0
    visitor.press()
    assert visitor.address == "/survey/return-code"
    visitor.press()
    assert visitor.page.heading == "Words to read."
    visitor.press().press()
    assert visitor.address == "/survey/done"


def test_the_message_of_one_question_stands_at_that_question(empty_site: Site) -> None:
    asked = page(choice("control"), short_text("words", max_length=5))
    empty_site.open(questionnaire(asked), "2026", made_up=True)
    visitor = empty_site.visitor().open("/").press().press(control="yes", words="too long")
    assert visitor.status == 422
    assert visitor.page.title.startswith("Error: Title of main")
    assert 'id="answer-words-error"' in visitor.reply.text
    assert 'id="answer-control-error"' not in visitor.reply.text
    assert visitor.page.form.answers == {"answer-control": ["yes"], "answer-words": ["too long"]}
