"""What a wave does not offer is reached by no way; what it offers as a draft says why; nobody loses their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from flask.testing import FlaskClient
from jinja2 import BytecodeCache

from survey.adjudication.gate import ADJUDICATED, Kind, Proposal, Reason, Terms
from survey.app import create_app
from survey.config import load_config
from survey.i18n import INTERFACE, SOURCE_LOCALE, Languages, shipped_languages
from survey.offering import offered_in
from survey.po_files import write_po_file
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Format, Questionnaire, Status
from survey.questionnaire.text import translation_units
from survey.store.connect import open_store
from survey.store.offers import offer, withdraw
from survey.translations.catalogues import empty_catalogue
from tests.survey.respondent.conftest import Clock, Site, Visitor
from tests.survey.respondent.formats_site import formats_site, write_questionnaire

WAVE = "2026"
LATER = "Two people have read <b>every</b> word of it."


def decide(site: Site, kind: Kind, name: str, because: str = "", interpreter: str = "") -> None:
    reason = Reason.OWN if because else Reason.MACHINE
    proposal = Proposal(kind, name, reason, because, interpreter)
    offer(site.store, WAVE, proposal, there_are={name}, is_agreed=False, by="sam", now=site.clock())


def take_back(site: Site, kind: Kind, name: str, wave: str = WAVE) -> None:
    withdraw(site.store, wave, kind, name, there_are={name}, is_agreed=False, by="sam", now=site.clock())


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, compiled_templates: BytecodeCache, annual: Questionnaire
) -> Iterator[Site]:
    config = load_config({"PHB_DATA": str(tmp_path_factory.mktemp("offered"))})
    with closing(open_store(config)) as store:
        clock = Clock()
        app = create_app(config, store, now=clock)
        app.jinja_env.bytecode_cache = compiled_templates
        site = Site(app, config, store, clock)
        site.open(annual.model_copy(update={"status": Status.AGREED}), WAVE)
        yield site


@pytest.fixture
def site(shared: Site) -> Iterator[Site]:
    """A wave for real, which offers no draft and has no answers."""
    yield shared

    def work(cursor: DuckDBPyConnection) -> None:
        cursor.execute("delete from offers; delete from events; delete from waves where wave <> ?", [WAVE])

    shared.store.journal.run(work)
    shared.store.offers_changed += 1


def choices(visitor: Visitor) -> set[str]:
    """The languages and formats that the panel of the page has buttons for."""
    return {value for name, value in visitor.page.form.buttons if name in {"switch", "format"}}


# --- What is not offered ----------------------------------------------------------


def test_a_wave_for_real_speaks_english_in_the_standard_format_and_offers_nothing_else(site: Site) -> None:
    visitor = site.visitor("ur,pl;q=0.5").open("/")
    assert (visitor.page.lang, choices(visitor)) == ("en", set())
    visitor.start()
    assert (visitor.page.lang, choices(visitor)) == ("en", set())
    assert "#language" in visitor.page.links


@pytest.mark.parametrize(
    ("address", "lang"), [("/help", "ur"), ("/privacy", "ur"), ("/return", "ur"), ("/staff/sign-in", "ur"), ("/", "en")]
)
def test_pages_that_belong_to_no_survey_speak_every_language(site: Site, address: str, lang: str) -> None:
    assert site.visitor("ur").open(address).page.lang == lang


def test_the_list_of_several_surveys_speaks_every_language(site: Site, annual: Questionnaire) -> None:
    site.open(annual, "trial")
    visitor = site.visitor("ur").open("/")
    assert visitor.page.lang == "ur"
    assert visitor.open("/?survey=trial").page.lang == "ur"
    assert visitor.open(f"/?survey={WAVE}").page.lang == "en"


def test_neither_an_address_nor_a_cookie_brings_in_what_is_not_offered(site: Site) -> None:
    visitor = site.visitor().start()
    for address in ("/language/ur?to=/survey/answering", "/format/easyread?to=/survey/answering"):
        visitor.open(address)
        assert (visitor.address, visitor.page.lang) == ("/survey/answering", "en")
    assert 'class="app-format-easyread"' not in visitor.reply.text
    visitor.press(answering="self")
    rows = site.store.rows("select distinct locale, format from events")
    assert rows == [("en", "standard")]
    assert visitor.open("/help").page.lang == "ur"


@pytest.mark.parametrize(
    ("name", "value"), [("switch", "ur"), ("switch", "xx"), ("format", "easyread"), ("format", "x")]
)
def test_a_forged_button_changes_nothing_and_loses_no_answer(site: Site, name: str, value: str) -> None:
    visitor = site.visitor().start()
    visitor.send("/survey/answering", {**visitor.page.form.sent(), "answer-answering": ["self"], name: [value]})
    assert visitor.page.lang == "en"
    assert 'class="app-format-easyread"' not in visitor.reply.text
    visitor.open("/survey/answering")
    assert visitor.page.form.answers == {"answer-answering": ["self"]}


def test_a_forged_button_on_the_first_page_changes_nothing(site: Site) -> None:
    visitor = site.visitor().open("/")
    visitor.send("/", {**visitor.page.form.sent(), "switch": ["ur"]})
    assert (visitor.address, visitor.page.lang) == ("/survey/taking-part", "en")


def test_a_wish_of_ten_kilobytes_for_languages_gets_a_page(site: Site) -> None:
    wish = ",".join(f"x{number}-ur;q=0.{number % 10}" for number in range(1000))
    assert len(wish) > 10_000
    visitor = site.visitor(wish).open("/")
    assert (visitor.status, visitor.page.lang) == (200, "en")


@pytest.mark.parametrize(
    ("accepted", "locale"),
    [
        (["pl-PL"], "pl"),
        (["PL"], "pl"),
        (["zh-CN"], "zh_Hans"),
        (["zh"], "zh_Hans"),
        (["zh-Hans-SG"], "zh_Hans"),
        (["zh-TW", "pl"], "pl"),
        (["pa-IN"], "pa"),
        (["xx", "", "*", "-", "_", "zh-", "\0"], "en"),
        (["ur"], "en"),
    ],
)
def test_a_browser_gets_the_language_it_means(accepted: Sequence[str], locale: str) -> None:
    among = {"en", "pl", "pa", "zh_Hans"}
    assert shipped_languages().choose(None, accepted, among) == locale
    assert shipped_languages().choose("ur", accepted, among) == locale
    assert shipped_languages().choose("pa", accepted, among) == "pa"


# --- What is a draft --------------------------------------------------------------


def test_a_draft_says_why_it_is_offered_and_how_else_one_can_answer(site: Site) -> None:
    visitor = site.visitor("pl,ur;q=0.9").start()
    assert visitor.page.lang == "en"
    decide(site, Kind.LANGUAGE, "pl", interpreter="0300 123 4567")
    visitor.open("/survey/answering")
    assert visitor.page.lang == "en"  # that was remembered when they began, and can be changed on every page
    assert choices(visitor) == {"pl"}
    visitor.press(("switch", "pl"))
    assert visitor.page.lang == "pl"
    band = band_of(visitor)
    assert 'href="tel:03001234567"' in band
    assert 'href="#language"' in band
    assert choices(visitor) == {"en"}


def test_the_reason_of_staff_is_shown_as_they_wrote_it_and_runs_nothing(site: Site) -> None:
    decide(site, Kind.LANGUAGE, "ur", because=LATER)
    visitor = site.visitor("ur").open("/")
    assert '<span lang="en" dir="auto">Two people have read &lt;b&gt;every&lt;/b&gt; word of it.</span>' in band_of(
        visitor
    )
    decide(site, Kind.LANGUAGE, "ur", because="دو لوگوں نے اسے پڑھا ہے۔")
    assert '<span lang="ur" dir="auto">دو لوگوں' in band_of(visitor.open("/"))


def test_a_draft_of_a_format_says_so(site: Site) -> None:
    decide(site, Kind.FORMAT, "easyread")
    decide(site, Kind.FORMAT, "audio", because="Four people have listened to it.")
    visitor = site.visitor().start()
    assert choices(visitor) == {"easyread", "audio"}
    visitor.press(("format", "easyread"))
    assert "People who use Easy Read have not checked" in band_of(visitor, "format")
    visitor.press(("format", "audio"))
    assert "Four people have listened to it." in band_of(visitor, "format")


def band_of(visitor: Visitor, what: str = "language") -> str:
    band = rf'<section [^>]*aria-labelledby="band-{what}[ "][^>]*>(.*?)</section>'
    found = re.search(band, visitor.reply.text, re.DOTALL)
    assert found is not None, visitor.reply.text
    return " ".join(found[1].split())


def test_pages_that_were_drawn_before_say_what_is_offered_now(site: Site) -> None:
    visitor = site.visitor().start()
    assert choices(visitor) == set()
    decide(site, Kind.LANGUAGE, "pl")
    assert choices(visitor.open("/survey/answering")) == {"pl"}
    take_back(site, Kind.LANGUAGE, "pl")
    assert choices(visitor.open("/survey/answering")) == set()


def test_a_page_of_questions_asks_the_store_for_no_offers(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = site.visitor().start()
    asked: list[str] = []
    rows = site.store.rows

    def listen(sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        asked.append(sql)
        return rows(sql, parameters)

    monkeypatch.setattr(site.store, "rows", listen)
    visitor.press(answering="self").open("/survey/answering")
    assert not [sql for sql in asked if "offers" in sql or "format_reviews" in sql]


# --- What is withdrawn ------------------------------------------------------------


def test_who_has_answered_in_a_language_goes_on_in_it_when_it_is_withdrawn(site: Site) -> None:
    decide(site, Kind.LANGUAGE, "pl", because=LATER)
    polish, late = site.visitor("pl").start(), site.visitor("pl").open("/").press()
    take_back(site, Kind.LANGUAGE, "pl")
    assert polish.open("/survey/answering").page.lang == "pl"
    assert "Two people" in band_of(polish)
    polish.press(answering="self")
    assert polish.page.lang == "pl"
    assert polish.press(("switch", "en")).page.lang == "en"
    assert polish.press(("switch", "pl")).page.lang == "pl"
    assert late.open("/survey/taking-part").page.lang == "en"  # nothing was answered yet
    assert site.visitor("pl").start().page.lang == "en"


def test_it_is_kept_on_another_device_too(site: Site) -> None:
    decide(site, Kind.LANGUAGE, "pl")
    code = site.visitor("pl").start().return_code
    take_back(site, Kind.LANGUAGE, "pl")
    elsewhere = site.visitor("pl").open("/return").type_code(code)
    assert (elsewhere.address, elsewhere.page.lang) == ("/survey/answering", "pl")
    site.store.responses.clear()
    assert elsewhere.open("/survey/answering").page.lang == "pl"


def test_a_format_is_kept_as_a_language_is(site: Site) -> None:
    decide(site, Kind.FORMAT, "easyread")
    visitor = site.visitor().start().press(("format", "easyread")).press(answering="self")
    take_back(site, Kind.FORMAT, "easyread")
    assert "app-format-easyread" in visitor.open("/survey/answering").reply.text
    assert "easyread" not in choices(site.visitor().start())


# --- Media ------------------------------------------------------------------------


def test_media_of_what_is_not_offered_are_served_to_those_alone_who_keep_it(
    tmp_path: Path, compiled_templates: BytecodeCache
) -> None:
    with formats_site(tmp_path, compiled_templates) as outing:
        keeper = outing.visitor().start().press(("format", "audio"), answering="me").press()
        addresses = ("/media/outing/season.ogg", "/media/outing/star.svg")

        def served(client: FlaskClient) -> list[int]:
            return [client.get(address, buffered=True).status_code for address in addresses]

        stranger = outing.app.test_client()
        assert served(stranger) == [200, 200]
        for name in ("audio", "easyread"):
            take_back(outing, Kind.FORMAT, name, "trial")
        assert served(stranger) == [404, 404]
        assert served(keeper.client) == [200, 404]


# --- What is agreed ---------------------------------------------------------------


def write_catalogues(folder: Path, questionnaire: Questionnaire, adjudicated: Collection[str]) -> Languages:
    """Two languages with everything translated; in the first as far as it says, in the second not at all read."""
    units = [(unit.context, unit.source) for unit in translation_units(questionnaire)]
    for locale in ("pl", "ur"):
        for name, strings in ((INTERFACE, [(None, "Continue"), (None, "Back")]), (questionnaire.id, units)):
            catalog = empty_catalogue(name, locale)
            for context, source in strings:
                is_far = locale == "pl" and name in adjudicated
                catalog.add(source, f"{source} ({locale})", context=context, flags=["adjudicated"] * is_far)
            write_po_file(folder / locale / "LC_MESSAGES" / f"{name}.po", catalog)
    return Languages(folder)


def terms_in(site: Site, languages: Languages, questionnaire: Questionnaire) -> dict[str, Terms]:
    return dict(offered_in(site.store, languages, WAVE, questionnaire).languages)


def test_a_language_is_offered_when_every_string_is_adjudicated(site: Site, tmp_path: Path) -> None:
    questionnaire = load_file(write_questionnaire(tmp_path))
    for name, adjudicated in (("words", {INTERFACE}), ("page", {questionnaire.id})):
        languages = write_catalogues(tmp_path / name, questionnaire, adjudicated)
        assert list(terms_in(site, languages, questionnaire)) == [SOURCE_LOCALE]
    languages = write_catalogues(tmp_path / "all", questionnaire, {INTERFACE, questionnaire.id})
    assert terms_in(site, languages, questionnaire) == {"en": ADJUDICATED, "pl": ADJUDICATED}
    assert list(offered_in(site.store, languages, WAVE, questionnaire).formats) == [Format.STANDARD]


def test_words_that_pages_said_once_need_no_translation_into_any_language(site: Site, tmp_path: Path) -> None:
    questionnaire = load_file(write_questionnaire(tmp_path))
    write_catalogues(tmp_path / "shipped", questionnaire, {INTERFACE, questionnaire.id})
    decided = empty_catalogue(INTERFACE, "ur")
    decided.add("Go on", "Go on (ur)", flags=["adjudicated"])
    write_po_file(tmp_path / "decided" / "ur" / "LC_MESSAGES" / "interface.po", decided)
    languages = Languages(tmp_path / "shipped", tmp_path / "decided")
    assert terms_in(site, languages, questionnaire) == {"en": ADJUDICATED, "pl": ADJUDICATED}
