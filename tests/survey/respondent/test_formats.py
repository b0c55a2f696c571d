"""The format is the person's to choose on any page; the question and the answer stay the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import BytecodeCache
from markupsafe import Markup

from survey import resources
from survey.i18n import EASY_READ, INTERFACE, read_catalogue
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Answering, Format, Questionnaire, Section
from survey.respondent.media_files import MediaFolder
from survey.respondent.worded import asked
from survey.respondent.wording import Wording
from survey.translations.catalogues import empty_catalogue
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.formats_site import SEASON, formats_site, write_questionnaire


@pytest.fixture
def outing(tmp_path: Path, compiled_templates: BytecodeCache) -> Iterator[Site]:
    with formats_site(tmp_path, compiled_templates) as site:
        yield site


@pytest.fixture
def person(outing: Site) -> Visitor:
    return outing.visitor().start().press(answering="me")


def without_formats(section: Section) -> Section:
    pages = tuple(
        page.model_copy(update={"items": tuple(item.model_copy(update={"formats": None}) for item in page.items)})
        for page in section.pages
    )
    return section.model_copy(update={"pages": pages})


PLAYERS = ("<audio", "<video", "data-app-listen")


# --- Choosing -------------------------------------------------------------------


def test_every_page_offers_the_formats_and_marks_the_one_chosen(person: Visitor) -> None:
    for address in ("/", "/return", "/survey/season", "/survey/check", "/survey/leave", "/survey/return-code"):
        person.open(address)
        assert person.page.form.buttons[0] == ("", ""), address
        offered = [value for name, value in person.page.form.buttons if name == "format"]
        assert offered == ["easyread", "audio", "bsl"], address
        assert 'aria-current="true">Standard<' in person.reply.text
    person.open("/help")
    assert "/format/bsl?to=/help" in person.page.links


def test_a_survey_without_formats_can_only_be_read_aloud(empty_site: Site, annual: Questionnaire) -> None:
    plain = annual.model_copy(update={"id": "plain", "sections": tuple(map(without_formats, annual.sections))})
    empty_site.open(plain)
    visitor = empty_site.visitor().open("/")
    assert [value for name, value in visitor.page.form.buttons if name == "format"] == ["audio"]
    visitor.press(("format", "audio")).start()
    assert "data-app-listen" in visitor.reply.text
    assert "This browser has no voice for this language" in visitor.page.text


@pytest.mark.parametrize("format", ["easyread", "audio", "bsl"])
def test_switching_keeps_what_was_typed(outing: Site, person: Visitor, format: str) -> None:
    person.press(("format", format), season="other", season__other__text="On a Sunday")
    assert person.address == "/survey/season"
    expected = {"answer-season": ["other"], "answer-season__other__text": ["On a Sunday"]}
    assert person.page.form.answers == expected
    person.press().press(("format", "standard"), notes="Every word")
    assert person.page.form.answers == {"answer-notes": ["Every word"]}
    assert person.open("/survey/season").page.form.answers == expected


def test_words_that_cannot_be_saved_stay_too(person: Visitor) -> None:
    person.press(season="summer").press(("format", "easyread"), notes="x" * 5000)
    assert person.page.form.answers == {"answer-notes": ["x" * 5000]}
    assert person.page.lang == "en-GB-x-easyread"


def test_changing_the_format_agrees_to_nothing(outing: Site) -> None:
    visitor = outing.visitor().open("/").press().press(("format", "easyread"), taking_part="yes")
    assert visitor.page.lang == "en-GB-x-easyread"
    assert visitor.page.form.answers == {"answer-taking_part": ["yes"]}
    assert outing.count("responses") == 0


def test_a_link_changes_the_format_and_goes_back(person: Visitor) -> None:
    assert person.open("/format/easyread?to=/help").address == "/help"
    assert person.page.lang == "en-GB-x-easyread"
    assert person.client.get("/format/bsl?to=//evil.example").headers["Location"] == "/"


@pytest.mark.parametrize("name", ["xx", "EASYREAD", "", "standard\0"])
def test_an_unknown_format_changes_nothing(person: Visitor, name: str) -> None:
    assert person.client.get(f"/format/{name}").status_code in {303, 404}
    person.open("/survey/season")
    person.send("/survey/season", {**person.page.form.sent(), "format": [name], "answer-season": ["summer"]})
    assert person.status == 200
    assert person.page.lang == "en"


def test_the_format_is_stored_with_the_answer(outing: Site, person: Visitor) -> None:
    person.press(("format", "easyread")).press(season="summer").press(("format", "bsl")).press(notes="").press()
    rows = outing.store.rows("select page, format, locale from events order by seq")
    assert rows == [
        ("taking-part", "standard", "en"),
        ("answering", "standard", "en"),
        ("season", "easyread", "en"),
        ("notes", "bsl", "en"),
    ]
    submitted = outing.store.rows("select format from statuses where status = 'submitted'")
    assert submitted == [("bsl",)]


def test_a_format_that_the_survey_does_not_have_is_not_stored(empty_site: Site, annual: Questionnaire) -> None:
    plain = annual.model_copy(update={"sections": tuple(map(without_formats, annual.sections))})
    empty_site.open(plain)
    empty_site.visitor().open("/format/bsl").start()
    assert empty_site.store.rows("select distinct format from events") == [("standard",)]


def test_finishing_on_a_device_keeps_the_language_and_format(person: Visitor) -> None:
    person.press(("format", "easyread")).open("/survey/leave").press(("action", "finish"))
    assert person.page.lang == "en-GB-x-easyread"


# --- Easy Read ------------------------------------------------------------------


def test_easy_read_has_a_picture_before_short_words(person: Visitor) -> None:
    page = person.press(("format", "easyread")).reply.text
    assert '<body class="app-format-easyread' in page
    assert person.page.heading == "When do you go out?"
    assert "When would you go for a day out?" not in page
    before = page.index("/media/outing/calendar.svg?v=")
    assert before < page.index("When do you go out?", before)
    assert page.index("/media/outing/star.svg?v=") < page.index(">Summer<")
    assert page.count("<img") == page.count('alt=""') == 3
    assert not any(player in page for player in PLAYERS)


def test_easy_read_has_words_of_its_own_for_what_the_survey_is_for_and_above_a_question(outing: Site) -> None:
    visitor = outing.visitor().open("/")
    assert "To try things out." in visitor.page.text
    visitor.press(("format", "easyread"))
    assert "We try things." in visitor.page.text
    assert "To try things out." not in visitor.page.text
    assert "/media/outing/star.svg?v=" in visitor.reply.text
    visitor.press().press(taking_part="yes").press()
    assert "One of you can answer." in visitor.page.text
    assert "in the place of another" not in visitor.page.text
    assert "/media/outing/question.svg?v=" in visitor.reply.text


def test_easy_read_has_pictures_on_the_pages_round_the_questions(outing: Site) -> None:
    visitor = outing.visitor().open("/help")
    assert "<img" not in visitor.reply.text
    seen: set[str] = set()
    for path in ("/format/easyread?to=/help", "/", "/survey/return-code", "/survey/leave", "/survey/done"):
        if path == "/survey/return-code":
            visitor.press().press(taking_part="yes")
        elif path == "/survey/done":
            visitor.open("/survey/check").press()
        else:
            visitor.open(path)
        found = set(
            re.findall(r'<img class="app-easy__picture" src="(/static/easyread/[^"]+)" alt=""', visitor.reply.text)
        )
        assert len(found) > 1, path
        seen |= found
    files = {resources.STATIC / address.removeprefix("/static/").partition("?")[0] for address in seen}
    assert [file.name for file in files if not file.is_file()] == []


def test_what_has_no_easy_words_keeps_the_standard_ones(person: Visitor) -> None:
    person.press(("format", "easyread"))
    assert "In the winter" in person.page.text
    assert "I don't know" in person.page.text
    assert "Choose one season." in person.page.text
    person.press(season="summer")
    assert person.page.heading == "Is there anything else?"
    assert "<img" not in person.reply.text


def test_the_interface_has_easy_words_and_falls_back_to_english_without_a_mark(outing: Site, person: Visitor) -> None:
    easy_read = outing.app.extensions["survey"].languages.catalogue(INTERFACE, EASY_READ)
    person.press(("format", "easyread"))
    assert easy_read.messages[None, "Clear my answer"] in person.page.text
    draft = "People who use Easy Read have not checked these words and pictures yet."
    assert easy_read.messages[None, draft] in person.page.text
    words = "Words that nobody has put into Easy Read"
    assert (None, words) not in easy_read.messages
    with outing.app.test_request_context(headers={"Cookie": f"phb={person.client.get_cookie('phb').value}"}):
        assert outing.app.jinja_env.from_string("{{ _(words) }}").render(words=words) == words


def test_an_error_is_said_in_easy_words(outing: Site, person: Visitor) -> None:
    person.press(("format", "easyread"), season="summer").press().press(notes="x" * 5000)
    assert person.status == 422
    assert "Your answer is too long." in person.page.text


def test_the_check_page_says_the_easy_words_without_pictures(person: Visitor) -> None:
    person.press(("format", "easyread")).press(season="summer").press(notes="")
    assert person.address == "/survey/check"
    assert "When do you go out?" in person.page.text
    assert "Summer" in person.page.text
    assert "<img" not in person.reply.text


def test_in_urdu_the_standard_words_stay_with_pictures_where_there_are_no_easy_ones(person: Visitor) -> None:
    person.press(("format", "easyread")).press(("switch", "ur"))
    assert (person.page.lang, person.page.dir) == ("ur", "rtl")
    assert "/media/outing/calendar.svg" in person.reply.text
    assert 'lang="en" dir="ltr">When do you go out?' in person.reply.text, "neither is translated: English, marked so"


# --- Read aloud and British Sign Language ---------------------------------------


def test_read_aloud_plays_nothing_and_fetches_nothing_by_itself(person: Visitor) -> None:
    page = person.press(("format", "audio")).reply.text
    assert '<audio class="app-alongside__player" controls preload="none" src="/media/outing/season.ogg?v=' in page
    assert "autoplay" not in page
    assert "listening.js" in page
    assert person.page.heading == "When would you go for a day out?"


def test_without_a_recording_a_hidden_button_waits_for_the_voice_of_the_browser(person: Visitor) -> None:
    page = person.press(("format", "audio")).press(season="summer").reply.text
    assert "<audio" not in page
    assert '<p class="app-alongside" hidden data-app-listen>' in page


def test_someone_who_answers_for_another_hears_no_recording_of_other_words(outing: Site) -> None:
    proxy = outing.visitor().start().press(answering="other").press(("format", "audio"))
    assert proxy.page.heading == "When would the person go for a day out?"
    assert "<audio" not in proxy.reply.text
    assert "<video" not in proxy.press(("format", "bsl")).reply.text


def test_a_film_stands_above_the_question_with_captions_and_a_transcript(person: Visitor) -> None:
    page = person.press(("format", "bsl")).reply.text
    film = page.index('<video class="app-alongside__film" controls preload="none" playsinline')
    assert film < page.index("When would you go for a day out?", page.index("<main"))
    assert '<track kind="captions" src="/media/outing/season.vtt?v=' in page
    assert "Spring or autumn: when?" in page
    assert "autoplay" not in page
    assert "<video" not in person.press(season="summer").reply.text


def test_the_standard_format_asks_for_no_media(person: Visitor) -> None:
    assert "/media/" not in person.reply.text
    assert "listening.js" not in person.reply.text


# --- Words in another language --------------------------------------------------


def urdu(folder: Path, **translated: str) -> Wording:
    catalogue = empty_catalogue("outing", "ur")
    for context, words in translated.items():
        source = {
            "text": SEASON["text"]["self"],
            "easyread__text": "When do you go out?",
            "easyread__hint": "Pick one.",
        }
        suffix = ".self" if context == "text" else ""
        catalogue.add(source[context], words, context=f"item.season.{context.replace('__', '.')}{suffix}")
    return Wording(read_catalogue(catalogue, "ur"), Answering.SELF, Format.EASYREAD, MediaFolder(folder, "outing"))


@pytest.mark.parametrize(
    ("translated", "question", "hint"),
    [
        ({"text": "STANDARD"}, "STANDARD", "Choose one season."),
        ({"text": "STANDARD", "easyread__text": "EASY"}, "EASY", "Pick one."),
        ({"text": "STANDARD", "easyread__text": "EASY", "easyread__hint": "ONE"}, "EASY", "ONE"),
        ({"easyread__text": "EASY"}, "EASY", "Pick one."),
        ({}, "When do you go out?", "Pick one."),
    ],
)
def test_easy_words_that_are_not_translated_give_way_to_standard_words_that_are(
    tmp_path: Path, translated: dict[str, str], question: str, hint: str
) -> None:
    item = load_file(write_questionnaire(tmp_path)).sections[0].pages[2].items[0]
    assert item.formats is not None
    assert item.formats.easyread is not None
    easy = item.formats.easyread.model_copy(update={"hint": "Pick one."})
    item = item.model_copy(update={"formats": item.formats.model_copy(update={"easyread": easy})})
    words, under = asked(item, urdu(tmp_path, **translated))
    assert (str(words), str(under)) == (question, hint)
    assert 'src="/media/outing/calendar.svg?v=' in Markup.escape(words)
