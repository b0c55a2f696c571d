"""Languages: what is served, what falls back to English and says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale, get_domain

from survey import resources
from survey.i18n import (
    EASY_READ,
    INTERFACE,
    SOURCE_LOCALE,
    Languages,
    Phrase,
    gettext,
    init_babel,
    language,
    shipped_languages,
    translate,
    translate_plural,
    write_day,
)
from survey.po_files import CatalogueError, forms_of

POLISH = """
msgid ""
msgstr ""
"Language: pl\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

#, machine-draft
msgid "Continue"
msgstr "Dalej"

#, fuzzy
msgid "Back"
msgstr "Plecy"

msgid "%(num)s page"
msgid_plural "%(num)s pages"
msgstr[0] "%(num)s strona"
msgstr[1] "%(num)s strony"
msgstr[2] "%(num)s stron"

msgctxt "item.services.text"
msgid "One service"
msgid_plural "{services} services"
msgstr[0] "Jedna usługa"
msgstr[1] "{services} usługi"
msgstr[2] "{services} usług"

msgctxt "item.half.text"
msgid "One half"
msgid_plural "Halves"
msgstr[0] "Połowa"
msgstr[1] "Połowy"
msgstr[2] ""

msgctxt "item.lost.text"
msgid "One of {uses}"
msgid_plural "{uses}"
msgstr[0] "Jedno z {uses}"
msgstr[1] "{uses}"
msgstr[2] "zgubione"

msgctxt "item.misspelt.text"
msgid "About {uses|what you buy}"
msgstr "O {uzes|tym, co kupujesz}"

msgctxt "item.piped.text"
msgid "About {uses|what you buy}"
msgstr "O {uses|tym, co kupujesz}"

msgctxt "item.control.text"
msgid "How much control?"
msgstr "Ile kontroli?"

msgctxt "item.control.hint"
msgid "Empty"
msgstr ""
"""


def write(folder: Path, locale: str, name: str, text: str) -> None:
    path = folder / locale / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def languages(tmp_path: Path) -> Languages:
    write(tmp_path, "pl", INTERFACE, POLISH)
    write(tmp_path, "cy", "phb-annual", 'msgid ""\nmsgstr ""\n')
    return Languages(tmp_path)


@pytest.fixture
def app(languages: Languages) -> Flask:
    app = Flask(__name__)
    init_babel(app, languages, lambda: "en")
    return app


def test_english_and_every_language_with_an_interface_are_offered(languages: Languages) -> None:
    assert [(each.locale, each.name) for each in languages.offered] == [("en", "English"), ("pl", "Polski")]


def test_easy_read_is_no_language_to_choose_and_falls_back_to_english_as_english(tmp_path: Path) -> None:
    write(tmp_path, EASY_READ, INTERFACE, 'msgid "Continue"\nmsgstr "Next"\n')
    languages = Languages(tmp_path)
    assert languages.locales == {"en"}
    assert languages.choose(EASY_READ, ["en-GB-x-easyread"]) == "en"
    easy_read = languages.catalogue(INTERFACE, EASY_READ)
    assert easy_read.messages == {(None, "Continue"): "Next"}
    assert easy_read.language.tag == "en-GB-x-easyread"
    assert "Back" in easy_read, "it is English and needs no mark"
    assert Languages(tmp_path / "nothing").catalogue(INTERFACE, EASY_READ).messages == {}


def test_a_catalogue_that_is_not_there_is_empty(languages: Languages) -> None:
    assert translate(languages.catalogue("phb-annual", "pl"), "title", "A title").foreign


def test_a_broken_catalogue_stops_the_start_with_its_name(tmp_path: Path) -> None:
    write(tmp_path, "pl", INTERFACE, "nothing of this kind\n")
    with pytest.raises(CatalogueError, match=r"interface\.po"):
        Languages(tmp_path)


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        ("pl", [], "pl"),
        ("en", ["pl"], "en"),
        (None, ["de", "pl-PL", "en"], "pl"),
        (None, ["en-GB", "pl"], "en"),
        (None, ["de"], "en"),
        ("../../etc", ["pl"], "pl"),
    ],
)
def test_the_language_is_the_one_chosen_or_the_first_the_browser_asks_for(
    languages: Languages, wanted: str | None, accepted: list[str], chosen: str
) -> None:
    assert languages.choose(wanted, accepted) == chosen


def test_a_machine_draft_is_served_and_known(languages: Languages, app: Flask) -> None:
    assert languages.catalogue(INTERFACE, "pl").machine_draft
    assert not languages.catalogue(INTERFACE, "en").machine_draft
    with app.test_request_context(), force_locale("pl"):
        assert gettext("Continue") == "Dalej"


def test_a_fuzzy_translation_is_never_served(app: Flask) -> None:
    with app.test_request_context(), force_locale("pl"):
        assert gettext("Back") == "Back"
        assert get_domain().marked_gettext("Back") == '<span lang="en" dir="ltr">Back</span>'


@pytest.mark.parametrize(("number", "words"), [(1, "1 strona"), (3, "3 strony"), (12, "12 stron"), (22, "22 strony")])
def test_plural_forms_follow_the_language(app: Flask, number: int, words: str) -> None:
    with app.test_request_context(), force_locale("pl"):
        assert get_domain().ngettext("%(num)s page", "%(num)s pages", number) == words


def test_a_template_marks_what_is_not_translated(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ _('Continue') }} {{ _('Help') }} {{ _('Help')|striptags }}")
    with app.test_request_context(), force_locale("pl"):
        assert template.render() == 'Dalej <span lang="en" dir="ltr">Help</span> Help'
    with app.test_request_context():
        assert template.render() == "Continue Help Help"


def test_a_questionnaire_is_translated_by_context(languages: Languages) -> None:
    polish = languages.catalogue(INTERFACE, "pl")
    assert translate(polish, "item.control.text", "How much control?").text == "Ile kontroli?"
    assert translate(polish, "item.other.text", "How much control?").foreign
    assert translate(polish, "item.control.text", "How much control now?").foreign
    assert translate(polish, "item.control.hint", "Empty").foreign


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "Jedna usługa"), (3, "{services} usługi"), (5, "{services} usług"), (0, "{services} usług")],
)
def test_a_wording_by_number_has_the_form_of_its_language(languages: Languages, number: int, words: str) -> None:
    polish = languages.catalogue(INTERFACE, "pl")
    said = translate_plural(polish, "item.services.text", "One service", "{services} services", number)
    assert (said.text, said.foreign) == (words, False)


@pytest.mark.parametrize(
    ("context", "one", "other"),
    [
        ("item.nowhere.text", "One service", "{services} services"),
        ("item.services.text", "One service", "{services} other services"),
        ("item.half.text", "One half", "Halves"),
        ("item.lost.text", "One of {uses}", "{uses}"),
    ],
)
def test_a_wording_by_number_falls_back_to_english_where_its_translation_is_not_whole(
    languages: Languages, context: str, one: str, other: str
) -> None:
    polish, english = languages.catalogue(INTERFACE, "pl"), languages.catalogue(INTERFACE, "en")
    for number, words in ((1, one), (0, other), (3, other), (5, other)):
        said = translate_plural(polish, context, one, other, number)
        assert (said.text, said.foreign) == (words, True)
        said = translate_plural(english, context, one, other, number)
        assert (said.text, said.foreign) == (words, False)


def test_a_translation_that_lost_or_misspelt_an_answer_is_never_served(languages: Languages) -> None:
    polish = languages.catalogue(INTERFACE, "pl")
    source = "About {uses|what you buy}"
    assert translate(polish, "item.piped.text", source).text == "O {uses|tym, co kupujesz}"
    assert translate(polish, "item.misspelt.text", source).foreign
    assert polish.translations.upgettext("item.misspelt.text", source) == source, "nor is it compiled"


def test_what_falls_back_says_its_language_and_is_escaped() -> None:
    english = language("en")
    assert Phrase("a < b", english).__html__() == "a &lt; b"
    assert Phrase("a < b", english, foreign=True).__html__() == '<span lang="en" dir="ltr">a &lt; b</span>'
    assert Phrase("x", english).attributes == ""


def test_languages_know_their_name_and_direction() -> None:
    urdu = language("ur")
    assert (urdu.name, urdu.direction, urdu.tag) == ("اردو", "rtl", "ur")
    assert language("en_GB").tag == "en-GB"


def test_a_day_is_written_as_people_in_england_know_it() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert write_day(late, "en") == "1 July 2026"
    assert write_day(late, "pl") == "1 lipca 2026"


@pytest.mark.parametrize("locale", sorted(shipped_languages().locales - {SOURCE_LOCALE}))
def test_every_word_a_respondent_meets_is_translated(locale: str) -> None:
    from survey.translations.extract import extract_interface

    catalogue = shipped_languages().catalogue(INTERFACE, locale)
    sources = [forms_of(message.id)[0] for message in extract_interface(resources.PACKAGE)[0]]
    assert [source for source in sources if source and source not in catalogue] == []
