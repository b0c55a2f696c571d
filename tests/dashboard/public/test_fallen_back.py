"""Where a catalogue of the public pages lacks strings, each string that is English says so, and so does a title."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from werkzeug.test import Client

from dashboard.public.speech import Tongue, make_tongue, write_title
from survey.i18n import RESULTS, Languages
from tests.dashboard.public.conftest import client_of
from tests.fallen_back import LOCALES, fallen_back_wrongly, halve_catalogues

PAGES = (
    "",
    "2026/",
    "2026/talk_matters",
    "2026/missing_help",
    "2026/places/QYG",
    "2026/places/london",
    "nowhere/at/all",
)


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> list[Tongue]:
    folder = tmp_path_factory.mktemp("halved")
    halve_catalogues(folder)
    return [make_tongue(catalogue) for catalogue in Languages(folder).catalogues(RESULTS)]


@pytest.fixture(scope="module")
def halved(folder: Path, speech: list[Tongue]) -> Client:
    return client_of(folder, speech)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("page", PAGES)
def test_what_a_catalogue_lacks_is_spoken_as_english(halved: Client, page: str, locale: str) -> None:
    html = halved.get(f"/results/{locale}/{page}").text
    names = {"Polski", "English", "Easy Read", *re.findall(r"<title>([^<:]+): ", html)}
    html = re.sub(r"(<title>)[^<:]+: ", r"\1", html)  # a place has its name in every language
    assert f'lang="{locale}"' in html
    assert fallen_back_wrongly(html, locale, names) == []


def test_both_kinds_of_strings_stand_on_the_pages(halved: Client, speech: list[Tongue]) -> None:
    """Else the test above would find nothing whatever the pages said."""
    for tongue in (each for each in speech if each.locale in LOCALES):
        html = "".join(halved.get(f"/results/{tongue.locale}/{page}").text for page in PAGES)
        assert html.count('<span lang="en" dir="ltr">') > 20
        assert len(tongue.translated) > 30


def test_a_title_of_which_a_part_is_english_is_english_as_a_whole(speech: list[Tongue]) -> None:
    tongue = next(each for each in speech if each.locale == "pl")
    known = tongue.say("Co powiedzieli ludzie", "What people said")
    lost = tongue.gettext("Never seen")
    assert write_title([known]) == "<title>Co powiedzieli ludzie</title>"
    assert write_title([known, lost]) == '<title lang="en" dir="ltr">What people said – Never seen</title>'


def test_words_of_the_language_in_a_sentence_that_is_english_keep_their_language(speech: list[Tongue]) -> None:
    tongue = next(each for each in speech if each.locale == "ur")
    said = tongue.gettext("Never seen: %(answer)s of %(place)s", answer=tongue.say("ہاں", "Yes"), place="<1>")
    assert said == ('<span lang="en" dir="ltr">Never seen: <span lang="ur" dir="rtl">ہاں</span> of &lt;1&gt;</span>')
    assert said.english == "Never seen: Yes of &lt;1&gt;"
