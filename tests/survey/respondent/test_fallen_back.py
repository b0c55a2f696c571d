"""Where a translation lacks strings, each of them says that it is English, on every page that people meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from jinja2 import BytecodeCache

from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.store.connect import open_store
from tests.fallen_back import LOCALES, fallen_back_wrongly, halve_catalogues
from tests.survey.respondent.conftest import Clock, Site, Visitor

WAVES = {"phb-annual": "trial", "gallery": "try-2"}
TYPED = "x"
NEVER_A_QUESTION = (
    "/help",
    "/help/support",
    "/privacy",
    "/accessibility",
    "/what-changed",
    "/return",
    "/comfort",
    "/finished",
    "/nowhere",
    "/?survey=none",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, compiled_templates: BytecodeCache) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("halved")
    halve_catalogues(folder)
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("data"))})
    with pytest.MonkeyPatch.context() as patch, closing(open_store(config)) as store:
        patch.setattr(resources, "TRANSLATIONS", folder)
        clock = Clock()
        app = create_app(config, store, now=clock)
        app.jinja_env.bytecode_cache = compiled_templates
        site = Site(app, config, store, clock)
        for questionnaire, wave in WAVES.items():
            site.open(load_file(resources.QUESTIONNAIRES / f"{questionnaire}.json"), wave, made_up=True)
        yield site


def wrong(visitor: Visitor, locale: str) -> list[str]:
    names = {"Polski", TYPED, *WAVES.values(), *(f"({wave})" for wave in WAVES.values())}
    found = fallen_back_wrongly(visitor.reply.text, locale, names)
    return [f"{visitor.address}: {each}" for each in found]


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_beside_the_survey_say_what_is_english(site: Site, locale: str) -> None:
    visitor = site.visitor(locale)
    found: list[str] = []
    for address in ("/", *NEVER_A_QUESTION):
        found += wrong(visitor.open(address), locale)
    visitor.open("/return")
    for code in ("", "ABC", "ABCD-EFGH-JKLM-NPQR", "????-EFGH-JKLM-NPQR"):
        found += wrong(visitor.type_code(code), locale)
    found += wrong(site.visitor(locale).open("/survey/answering"), locale)
    assert not found, "\n".join(sorted(set(found)))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("questionnaire", WAVES)
def test_every_page_of_a_survey_says_what_is_english(site: Site, questionnaire: str, locale: str) -> None:
    visitor = site.visitor(locale).open(f"/?survey={WAVES[questionnaire]}")
    found = wrong(visitor, locale)
    visitor.press()
    seen: set[str] = set()
    while visitor.address not in {"/survey/check", *seen}:
        seen.add(visitor.address)
        found += wrong(visitor, locale)
        form, here = visitor.page.form, visitor.address
        asked = {name: field for name, field in form.fields.items() if name.startswith("answer-")}
        if len(seen) > 1:
            found += wrong(
                visitor.send(form.action or here, {**form.sent(), **{name: [TYPED] for name in asked}}), locale
            )
            visitor.open(here)
        consent = {name: field.options[:1] for name, field in asked.items()} if len(seen) == 1 else {}
        visitor.send(form.action or here, {**form.sent(), **consent})
    for address in ("/survey/return-code", "/survey/leave", "/survey/handover", "/survey/check"):
        found += wrong(visitor.open(address), locale)
    assert len(seen) > 10
    found += wrong(visitor.press(), locale)
    assert visitor.address == "/survey/done"
    assert not found, "\n".join(sorted(set(found)))
