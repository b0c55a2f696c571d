"""Words that arrive, or that are broken, while people answer: they read what there is, and never an error page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from survey import resources
from survey.app import create_app
from survey.i18n import INTERFACE
from survey.questionnaire.model import Questionnaire
from survey.respondent.site import current_site
from survey.store.connect import open_store
from survey.store.waves import list_waves
from survey.translations.overlay import decided_folder
from tests.survey.respondent.conftest import Clock, Site
from tests.survey.store.builders import config_for

POLISH = 'msgid "Continue"\nmsgstr "Dalej"\n\nmsgid "Back"\nmsgstr "<i>Wstecz</i>"\n'


@pytest.fixture
def site(tmp_path: Path, annual: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site with a few words of Polish, some of them broken, and with an Urdu that nobody can read."""
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path / "translations")
    for locale, words in (("pl", POLISH), ("ur", "a letter to my aunt")):
        write(tmp_path / "translations", locale, words)
    config, clock = config_for(tmp_path), Clock()
    with closing(open_store(config)) as store:
        site = Site(create_app(config, store, now=clock), config, store, clock)
        site.open(annual)
        yield site


def write(folder: Path, locale: str, words: str, name: str = INTERFACE) -> None:
    path = folder / locale / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")


def test_people_read_the_source_where_a_translation_is_broken(site: Site) -> None:
    visitor = site.visitor("pl").open("/").press().open("/survey/taking-part")
    assert (visitor.status, visitor.page.lang) == (200, "pl")
    assert "Dalej" in visitor.reply.text
    assert '<span lang="en" dir="ltr">Back</span>' in visitor.reply.text
    assert "Wstecz" not in visitor.reply.text
    visitor = site.visitor("ur").open("/")
    assert (visitor.status, visitor.page.lang, visitor.page.dir) == (200, "ur", "rtl")
    assert '<span lang="en" dir="ltr">' in visitor.reply.text


def test_new_words_are_on_every_page_once_they_are_read_again(site: Site) -> None:
    visitor = site.visitor("pl").open("/").press().open("/survey/taking-part")
    assert "Dalej" in visitor.reply.text
    over = decided_folder(site.config.data)
    write(over, "pl", '#, adjudicated\nmsgid "Continue"\nmsgstr "Idę dalej"\n')
    title = 'msgctxt "item.taking_part.text"\nmsgid "{source}"\nmsgstr "Weźmie Pan/Pani udział?"\n'
    with site.app.app_context():
        edition = current_site().editions.of_wave(list_waves(site.store)[0])
        source = edition.router.items["taking_part"].text
        write(over, "pl", title.format(source=source), edition.questionnaire.id)
        current_site().languages.read_again()
        current_site().editions.forget_drawings()
    visitor.open("/survey/taking-part")
    assert "Idę dalej" in visitor.reply.text
    assert "Weźmie Pan/Pani udział?" in visitor.reply.text


def test_what_nobody_knows_of_a_language_is_no_error(site: Site) -> None:
    for locale in ("xx", "zh-CN", "en_GB@easyread", "pl" * 5000, "%00", "..%2f..%2fetc"):
        visitor = site.visitor("pl").open(f"/language/{locale}?to=/")
        assert visitor.status in {200, 404}, locale
        assert visitor.open("/").page.lang == "pl"
    for header in ("pl," + "x" * 10_000, "((((," * 2000 + "pl", '"' * 10_000, ";q=," * 2500):
        assert site.visitor(header).open("/").status == 200
