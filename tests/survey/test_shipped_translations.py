"""The catalogues that ship: whole, translated, up to date, and nothing in them that would break a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from babel.core import get_global
from babel.messages.catalog import Catalog

from survey.i18n import EASY_READ, INTERFACE, RESULTS, SOURCE_LOCALE, WORKSPACE, shipped_languages
from survey.po_files import forms_of
from survey.translations.catalogues import key_of, messages_of
from survey.translations.extract import extract_all
from survey.translations.status import CatalogueStatus, folder_status

ROOT = Path(__file__).parents[2]
ANNUAL = "phb-annual"
WHOLE = (INTERFACE, WORKSPACE, RESULTS, ANNUAL)
LOCALES = sorted(shipped_languages().locales - {SOURCE_LOCALE})

PLACEHOLDER_OR_PIPE = re.compile(r"%\(\w+\)[a-z]|\{[^{}]*\}")

NAMES = {
    "Easy Read": "people know it by this name in England",
    "England": "a name",
    "NHS": "it is called so in every language",
}
"""What may be the same in every language, and why."""
SPELT_ALIKE = {
    "Administrator": "the same word in Polish and Romanian",
    "Facilitator": "the same word in Romanian",
    "%(num)d text": "the same word in Romanian",
    "Arab": "the name of a people",
    "Roma": "the name of a people",
    "Hindu": "the name of a religion",
    "Sikh": "the name of a religion",
    "Urdu": "the name of a language",
    "Bisexual": "the same word in Spanish, Portuguese and Romanian",
    "Cookies": "the same word in Spanish",
    "Error": "the same word in Spanish",
    "Error:": "the same word in Spanish",
    **dict.fromkeys(
        (f"Error: %({filled})s" for filled in ("heading", "name", "page", "question", "title")),
        "the same word in Spanish",
    ),
    "Format": "the same word in Romanian and Turkish",
    "No": "the same word in Spanish",
    "Region": "the same word in Polish",
    **dict.fromkeys(("Staff", "staff", "Staff: %(count)s"), "the same word in Welsh"),
    "Standard": "the same word in Romanian",
    "Transport": "the same word in Polish and Romanian",
}
"""What may be the same in a language that is written in the Latin script, and why."""


@pytest.fixture(scope="module")
def templates() -> Mapping[str, Catalog]:
    return extract_all(ROOT / "survey", ROOT / "dashboard" / "public", ROOT / "questionnaires")


@pytest.fixture(scope="module")
def shipped(templates: Mapping[str, Catalog]) -> list[CatalogueStatus]:
    return [
        status
        for status in folder_status(ROOT / "translations", templates)
        if (ROOT / "translations" / status.locale / "LC_MESSAGES" / f"{status.name}.po").is_file()
    ]


def test_the_interface_and_every_questionnaire_have_a_template(templates: Mapping[str, Catalog]) -> None:
    assert list(templates)[:3] == ["interface", "workspace", "results"]
    assert all(
        message.locations[0][0].startswith("dashboard/public/") for message in templates["results"] if message.id
    )
    assert {path.stem for path in (ROOT / "questionnaires").glob("*.json")} <= set(templates)
    assert all(len(template) > 0 for template in templates.values())


def test_no_catalogue_that_ships_breaks_a_page(shipped: list[CatalogueStatus]) -> None:
    assert {"pl", "ur"} <= {status.locale for status in shipped if status.name == ANNUAL}
    assert [(status.locale, status.name, *status.broken) for status in shipped if status.broken] == []
    broken = [(status.locale, problem) for status in shipped for problem in status.problems if problem.stops]
    assert broken == []


def test_the_catalogues_that_ship_are_up_to_date(shipped: list[CatalogueStatus]) -> None:
    assert [(status.locale, status.name) for status in shipped if status.out_of_date] == [], (
        "run `phb translations merge`, then commit the catalogues"
    )


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("locale", LOCALES)
def test_everything_that_somebody_meets_is_translated(templates: Mapping[str, Catalog], locale: str, name: str) -> None:
    served = shipped_languages().catalogue(name, locale).messages
    missing = [key for key in map(key_of, messages_of(templates[name])) if key not in served]
    assert missing == []


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_left_in_english(templates: Mapping[str, Catalog], locale: str) -> None:
    known = {*NAMES, *(SPELT_ALIKE if is_in_latin_script(locale) else {})}
    same = [
        (name, source)
        for name in WHOLE
        for source in left_in_english(locale, name, templates[name])
        if source not in known
    ]
    assert same == []


@pytest.mark.parametrize("name", [INTERFACE, WORKSPACE, RESULTS])
def test_easy_read_has_words_for_everything_around_the_questions(templates: Mapping[str, Catalog], name: str) -> None:
    served = shipped_languages().catalogue(name, EASY_READ).messages
    assert [key for key in map(key_of, messages_of(templates[name])) if key not in served] == []


def left_in_english(locale: str, name: str, template: Catalog) -> Iterator[str]:
    """The sources of strings of which some form is the source, where there is something in it to translate."""
    served = shipped_languages().catalogue(name, locale).messages
    for message in messages_of(template):
        context, _ = key_of(message)
        for source in forms_of(message.id):
            if has_words(source) and served.get((context, source), "").casefold() == source.casefold():
                yield source


def has_words(source: str) -> bool:
    """Whether there is a letter outside what is put in."""
    filled = source
    for mark in PLACEHOLDER_OR_PIPE.findall(source):
        filled = filled.replace(mark, "")
    return any(letter.isalpha() for letter in filled)


def is_in_latin_script(locale: str) -> bool:
    """By Unicode's table of likely subtags."""
    return "Latn" in (get_global("likely_subtags").get(locale) or locale)
