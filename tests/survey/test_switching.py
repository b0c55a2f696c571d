"""On every page of every survey that ships one can change the language and the format, and no answer is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random

import pytest
from jinja2 import FileSystemBytecodeCache

from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.i18n import EASY_READ, SOURCE_LOCALE, language, shipped_languages
from survey.questionnaire.answers import Value, instance_key
from survey.questionnaire.load import load_file
from survey.questionnaire.model import DateItem, Format, Item
from survey.questionnaire.routing import Router, split_page
from survey.store.connect import open_store
from tests.survey.respondent.conftest import Clock, Site
from tests.survey.test_generated_journeys import Fields, Walker, typed

LOCALES = (*(each.locale for each in shipped_languages().offered if not each.is_source), SOURCE_LOCALE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("live"))})
    store = open_store(config)
    clock = Clock()
    app = create_app(config, store, now=clock)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    yield Site(app, config, store, clock)
    store.close()


@dataclass
class Switcher(Walker):
    """Fills a page, changes the language and the format, looks whether all is still there, and goes on."""

    locales: Iterator[str] = field(default_factory=lambda: cycle(LOCALES))
    formats: Iterator[str] = field(default_factory=lambda: cycle(("easyread", "standard")))
    switched: set[str] = field(default_factory=set)

    def fill(self, key: str) -> None:
        placed = self.router.page(key)
        assert placed is not None
        _, number = split_page(key)
        fields: Fields = {}
        for item in placed.page.items:
            for asked in self.parts(item, number):
                value = self.value(asked)
                self.answers[asked.id if number is None else instance_key(asked.id, number)] = value
                fields |= typed(asked, value)
        wanted = {f"answer-{name}": [value] if isinstance(value, str) else value for name, value in fields.items()}
        locale, format = next(self.locales), next(self.formats)
        self.visitor.press(("switch", locale), **fields)
        self.check(key, wanted, locale, format="")
        self.visitor.press(("format", format))
        self.check(key, wanted, locale, format)
        self.switched |= {locale, format}
        self.visitor.press()
        if self.router.odd(key, self.answers):
            self.visitor.press()

    def value(self, item: Item) -> Value:
        if isinstance(item, DateItem) and item.earliest is not None:
            return str(item.earliest)[: 4 if item.finest == "year" else 7 if item.finest == "month" else 10]
        return super().value(item)

    def check(self, key: str, wanted: dict[str, list[str]], locale: str, format: str) -> None:
        assert self.visitor.status == 200, (key, locale)
        assert self.visitor.address.partition("?")[0] == f"/survey/{key}", locale
        page = self.visitor.page
        assert plain(page.form.answers) == plain(wanted), (key, locale, format)
        shown = EASY_READ if locale == SOURCE_LOCALE and format == Format.EASYREAD else locale
        assert format == "" or page.lang == language(shown).tag


def plain(answers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """A number is the same with and without a nought before it or behind its point."""
    return {name: [value.removesuffix(".0").lstrip("0") for value in values] for name, values in answers.items()}


@pytest.mark.parametrize("name", ["phb-annual", "gallery"])
def test_switching_language_and_format_on_every_page_keeps_every_answer(site: Site, name: str) -> None:
    questionnaire = load_file(Path(resources.QUESTIONNAIRES / f"{name}.json"))
    wave = site.open(questionnaire, f"made-up-{name}", made_up=True)
    walker = Switcher(site.visitor(), Router(questionnaire), Random(7))
    walker.visitor.open(f"/?survey={wave.id}").press().press(taking_part="yes").press()
    walker.answers["taking_part"] = "yes"
    walker.seen.append(walker.router.pages[0].page.id)
    walker.go_on()
    assert len(walker.seen) > 15
    assert len(walker.switched) == min(len(LOCALES), len(walker.seen) - 1) + 2
