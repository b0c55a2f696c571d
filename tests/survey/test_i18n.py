"""Languages: what is served, what falls back to English and says so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale, get_domain

from survey.dates import write_day
from survey.i18n import (
    EASY_READ,
    INTERFACE,
    WORKSPACE,
    Languages,
    Phrase,
    gettext,
    language,
    translate,
    translate_plural,
)
from survey.questionnaire.stages import Stage
from survey.speaking import init_babel

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


BROKEN = {
    "no catalogue at all": (b"a letter to my aunt\n", "near line 1"),
    "a byte-order mark": (POLISH.encode("utf-8-sig"), "line 1: the file begins with a byte-order mark"),
    "another encoding": (POLISH.encode("iso8859-2"), "line 25: the file is not UTF-8"),
    "a formula nobody can compute": (POLISH.replace("n==1 ? 0", "import os").encode(), "Plural-Forms cannot be used"),
}


@pytest.mark.parametrize(("content", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_catalogue_is_said_and_its_language_stays_in_english(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes, said: str
) -> None:
    write(tmp_path, "ur", INTERFACE, 'msgid "Continue"\nmsgstr "جاری رکھیں"\n')
    write(tmp_path, "pl", INTERFACE, "")
    path = tmp_path / "pl" / "LC_MESSAGES" / "interface.po"
    path.write_bytes(content)
    languages = Languages(tmp_path)
    (record,) = caplog.records
    assert record.message.startswith(f"{path}")
    assert said in record.message
    assert record.message.endswith("Until then nothing of it is served.")
    assert languages.locales == {"en", "pl", "ur"}
    assert languages.catalogue(INTERFACE, "pl").messages == {}
    assert "Continue" in languages.catalogue(INTERFACE, "ur")


def test_the_pages_of_the_group_are_read_in_a_language_when_somebody_comes_to_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, "pl", INTERFACE, 'msgid "Continue"\nmsgstr "Dalej"\n')
    path = tmp_path / "pl" / "LC_MESSAGES" / "workspace.po"
    path.write_text("a letter to my aunt")
    languages = Languages(tmp_path)
    assert languages.catalogue_with("Continue", "pl").messages == {(None, "Continue"): "Dalej"}
    assert caplog.records == []
    assert "Round" not in languages.catalogue_with("Round", "pl")
    assert "Round" not in languages.catalogue_with("Round", "pl")
    (record,) = caplog.records
    assert record.message.startswith(f"{path}")
    write(tmp_path, "pl", WORKSPACE, 'msgid "Round"\nmsgstr "Runda"\n')
    languages.read_again()
    languages.read_the_rest()
    path.unlink()
    assert languages.catalogue_with("Round", "pl").messages == {(None, "Round"): "Runda"}


def test_each_string_that_would_break_a_page_is_said_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(
        tmp_path,
        "pl",
        INTERFACE,
        POLISH.replace("%(num)s stron", "%(liczba)s stron").replace('"Dalej"', '"<script>Dalej</script>"'),
    )
    languages = Languages(tmp_path)
    told = {record.message.split(": ")[1]: record.message for record in caplog.records}
    assert set(told) == {
        "'Continue'",
        "'%(num)s page'",
        "'item.half.text'",
        "'item.lost.text'",
        "'item.misspelt.text'",
    }
    assert (
        "the mark-up differs from that of the source (</script>, <script> is not in the source)" in told["'Continue'"]
    )
    assert "a form is empty" in told["'item.half.text'"]
    assert "Continue" not in languages.catalogue(INTERFACE, "pl")
    app = Flask(__name__)
    init_babel(app, languages, lambda: "pl")
    with app.test_request_context():
        assert get_domain().marked_gettext("Continue") == '<span lang="en" dir="ltr">Continue</span>'


def test_a_folder_that_is_no_language_is_said_and_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "xx", INTERFACE, POLISH)
    write(tmp_path, "ur.bak", INTERFACE, POLISH)
    assert Languages(tmp_path).locales == {"en"}
    assert len(caplog.records) == 2
    assert "'xx' is not a language" in caplog.text


def test_a_later_folder_is_laid_over_the_earlier_string_by_string(tmp_path: Path) -> None:
    shipped, decided = tmp_path / "shipped", tmp_path / "decided"
    write(shipped, "pl", INTERFACE, POLISH)
    write(shipped, "pl", "workspace", 'msgid "Your vote"\nmsgstr "Twój głos"\n')
    over = '#, adjudicated\nmsgid "Continue"\nmsgstr "Kontynuuj"\n\n#, fuzzy\nmsgid "Help"\nmsgstr "Co"\n'
    spoilt = '\nmsgctxt "item.piped.text"\nmsgid "About {uses|what you buy}"\nmsgstr "O czym"\n'
    write(decided, "pl", INTERFACE, over + spoilt)
    languages = Languages(shipped, decided)
    polish = languages.catalogue(INTERFACE, "pl")
    assert polish.messages[None, "Continue"] == "Kontynuuj"
    assert polish.stages[None, "Continue"] is Stage.ADJUDICATED
    assert polish.stages[None, "Help"] is Stage.STALE
    assert translate(polish, "item.piped.text", "About {uses|what you buy}").text == "O {uses|tym, co kupujesz}"
    app = Flask(__name__)
    init_babel(app, languages, lambda: "pl")
    with app.test_request_context():
        assert [gettext(words) for words in ("Continue", "Your vote")] == ["Kontynuuj", "Twój głos"]
        assert get_domain().ngettext("%(num)s page", "%(num)s pages", 5) == "5 stron"
    assert Languages(shipped).catalogue(INTERFACE, "pl").messages[None, "Continue"] == "Dalej"


def test_what_the_files_say_now_is_served_once_they_are_read_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, "pl", INTERFACE, POLISH)
    languages = Languages(tmp_path)
    said = len(caplog.records)
    app = Flask(__name__)
    init_babel(app, languages, lambda: "pl")
    write(tmp_path, "pl", INTERFACE, POLISH.replace('"Dalej"', '"Kontynuuj"'))
    write(tmp_path, "so", INTERFACE, 'msgid "Continue"\nmsgstr "Sii wad"\n')
    with app.test_request_context():
        assert gettext("Continue") == "Dalej"
        languages.read_again()
        assert gettext("Continue") == "Kontynuuj"
    assert languages.locales == {"en", "pl", "so"}
    languages.read_again()
    assert len(caplog.records) == said, "what is known to be wrong is said once"


def test_threads_that_read_meanwhile_see_one_state_or_the_other(tmp_path: Path) -> None:
    write(tmp_path, "pl", INTERFACE, POLISH)
    languages = Languages(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        reading = [
            pool.submit(lambda: {len(languages.catalogue(INTERFACE, "pl").messages) for _ in range(2000)})
            for _ in range(3)
        ]
        for _ in range(20):
            languages.read_again()
        assert set().union(*(each.result() for each in reading)) == {len(languages.catalogue(INTERFACE, "pl").messages)}


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


def test_a_language_is_chosen_only_among_those_that_may_be(languages: Languages) -> None:
    assert languages.choose("pl", ["pl"], ("en",)) == "en"


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


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("zh_Hans", "简体中文"),
        ("cy", "Cymraeg"),
        ("ro", "Română"),
        ("es", "Español"),
        ("fa", "فارسی"),
        ("ka", "ქართული"),
    ],
)
def test_a_language_is_called_what_those_who_speak_it_call_it(locale: str, name: str) -> None:
    assert language(locale).name == name


def test_a_day_is_written_as_people_in_england_know_it() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert write_day(late, "en") == "1 July 2026"
    assert write_day(late, "pl") == "1 lipca 2026"
