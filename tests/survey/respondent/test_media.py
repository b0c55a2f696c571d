"""Pictures, recordings and films: served as they should be, and nothing but them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import BytecodeCache
from markupsafe import Markup
from werkzeug.test import TestResponse

from survey.i18n import language, read_catalogue
from survey.offering import formats_of
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Answering, Format, Item, Plural, Questionnaire
from survey.respondent.alongside import Signed, Spoken, alongside
from survey.respondent.media_files import MediaFolder
from survey.respondent.worded import asked
from survey.respondent.wording import Wording
from survey.translations.catalogues import empty_catalogue
from tests.survey.respondent.conftest import Site
from tests.survey.respondent.formats_site import formats_site, write_questionnaire


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, compiled_templates: BytecodeCache) -> Iterator[Site]:
    with formats_site(tmp_path_factory.mktemp("formats"), compiled_templates) as site:
        yield site


def get(site: Site, address: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.app.test_client().get(address, headers=named, buffered=True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("calendar.svg", "image/svg+xml; charset=utf-8"),
        ("season.ogg", "audio/ogg"),
        ("season.mp4", "video/mp4"),
        ("season.vtt", "text/vtt; charset=utf-8"),
    ],
)
def test_a_file_that_the_questionnaire_names_is_served_as_what_it_is(site: Site, name: str, kind: str) -> None:
    reply = get(site, f"/media/outing/{name}")
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == kind
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.data == (site.config.questionnaires / "outing" / name).read_bytes()
    assert "Set-Cookie" not in reply.headers


def test_a_picture_that_is_opened_by_itself_runs_no_script(site: Site) -> None:
    policy = get(site, "/media/outing/star.svg").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox" in policy
    assert "script" not in policy


def test_pages_may_play_only_what_comes_from_here(site: Site) -> None:
    assert "media-src 'self'" in get(site, "/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "/media/outing/unnamed.svg",
        "/media/outing/README.md",
        "/media/outing/nothing.svg",
        "/media/gallery/calendar.svg",
        "/media/phb-annual/person.svg",
        "/media/nobody/calendar.svg",
        "/media/outing.json",
        "/media/outing/../outing.json",
        "/media/outing/..%2Fouting.json",
        "/media/outing/%2e%2e/outing/star.svg",
        "/media/../outing/star.svg",
        "/media/./star.svg",
        "/media/outing/star.svg%00",
        "/media/outing/%00/star.svg",
        "/media/outing/pl/season.ogg",
        "/media/outing/xx/season.ogg",
        "/media/outing/en_GB@easyread/season.ogg",
        "/media/outing/../season.ogg",
        "/media/outing/STAR.svg",
    ],
)
def test_nothing_else_is_served(site: Site, address: str) -> None:
    assert get(site, address).status_code == 404


def test_a_name_with_its_hash_is_kept_for_a_year_and_one_without_is_asked_for_again(site: Site) -> None:
    address = MediaFolder(site.config.questionnaires, "outing").address("star.svg")
    assert address is not None
    assert get(site, address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert get(site, "/media/outing/star.svg").headers["Cache-Control"] == "no-cache"
    assert get(site, "/media/outing/star.svg?v=another").headers["Cache-Control"] == "no-cache"


def test_a_file_that_was_changed_has_another_address(tmp_path: Path) -> None:
    write_questionnaire(tmp_path)
    folder = MediaFolder(tmp_path, "outing")
    before = folder.address("star.svg")
    (tmp_path / "outing" / "star.svg").write_text("<svg/>")
    assert folder.address("star.svg") != before
    assert folder.address("nothing.svg") is None


def test_a_browser_that_has_the_file_is_not_sent_it_again(site: Site) -> None:
    tag = get(site, "/media/outing/season.mp4").headers["ETag"]
    reply = get(site, "/media/outing/season.mp4", If_None_Match=tag)
    assert (reply.status_code, reply.data) == (304, b"")


def test_a_player_can_ask_for_a_part(site: Site) -> None:
    whole = (site.config.questionnaires / "outing" / "season.mp4").read_bytes()
    reply = get(site, "/media/outing/season.mp4", Range="bytes=10-19")
    assert (reply.status_code, reply.data) == (206, whole[10:20])
    assert reply.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert get(site, "/media/outing/season.mp4", Range=f"bytes={len(whole)}-").status_code == 416


def test_a_recording_in_another_language_lies_in_the_folder_of_its_locale(site: Site) -> None:
    folder = site.config.questionnaires / "outing" / "ur"
    folder.mkdir()
    (folder / "season.ogg").write_bytes(b"urdu")
    assert get(site, "/media/outing/ur/season.ogg").data == b"urdu"
    assert get(site, "/media/outing/season.ogg").data != b"urdu"


# --- Which recording, which film ------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> MediaFolder:
    write_questionnaire(tmp_path)
    return MediaFolder(tmp_path, "outing")


def wording(folder: MediaFolder, format: Format, answering: Answering = Answering.SELF, locale: str = "en") -> Wording:
    catalogue = read_catalogue(empty_catalogue("outing", locale), locale)
    assert catalogue.language == language(locale)
    return Wording(catalogue, answering, format, folder)


@pytest.fixture
def questionnaire(folder: MediaFolder) -> Questionnaire:
    return load_file(folder.root / "outing.json")


def the_item(questionnaire: Questionnaire, page: int = 2, **changes: object) -> Item:
    return questionnaire.sections[0].pages[page].items[0].model_copy(update=changes)


def test_formats_are_offered_that_some_question_has(questionnaire: Questionnaire) -> None:
    assert formats_of(questionnaire) == (Format.STANDARD, Format.EASYREAD, Format.AUDIO, Format.BSL)
    section = questionnaire.sections[0]
    pages = tuple(page for page in section.pages if page.id != "season")
    without = questionnaire.model_copy(update={"sections": (section.model_copy(update={"pages": pages}),)})
    assert formats_of(without) == (Format.STANDARD, Format.AUDIO)


def test_a_recording_stands_above_the_words_it_says(folder: MediaFolder, questionnaire: Questionnaire) -> None:
    heard = alongside(the_item(questionnaire), wording(folder, Format.AUDIO))
    assert heard == Spoken(folder.address("season.ogg"))
    seen = alongside(the_item(questionnaire), wording(folder, Format.BSL))
    assert isinstance(seen, Signed)
    assert (seen.film, seen.captions) == (folder.address("season.mp4"), folder.address("season.vtt"))
    assert str(seen.transcript) == "Spring or autumn: when?"


def test_nothing_stands_above_the_words_in_other_formats(folder: MediaFolder, questionnaire: Questionnaire) -> None:
    for format in (Format.STANDARD, Format.EASYREAD):
        assert alongside(the_item(questionnaire), wording(folder, format)) is None


def test_the_voice_of_the_browser_stands_in_for_a_recording(folder: MediaFolder, questionnaire: Questionnaire) -> None:
    without = the_item(questionnaire, page=3)
    assert alongside(without, wording(folder, Format.AUDIO)) == Spoken(None)
    assert alongside(without, wording(folder, Format.BSL)) is None


@pytest.mark.parametrize("answering", Answering)
def test_what_was_recorded_for_oneself_is_not_played_to_someone_who_reads_other_words(
    folder: MediaFolder, questionnaire: Questionnaire, answering: Answering
) -> None:
    reads_the_same = answering in {Answering.SELF, Answering.SUPPORTED}
    heard = alongside(the_item(questionnaire), wording(folder, Format.AUDIO, answering))
    assert heard == Spoken(folder.address("season.ogg") if reads_the_same else None)
    assert (alongside(the_item(questionnaire), wording(folder, Format.BSL, answering)) is not None) is reads_the_same


def test_words_that_are_another_for_each_person_are_not_played(
    folder: MediaFolder, questionnaire: Questionnaire
) -> None:
    for hint in ("You said {answering}.", Plural(count="visits", one="One visit", other="More visits")):
        heard = alongside(the_item(questionnaire, hint=hint), wording(folder, Format.AUDIO))
        assert heard == Spoken(None)


def test_an_english_recording_is_not_played_to_someone_who_reads_urdu(
    folder: MediaFolder, questionnaire: Questionnaire
) -> None:
    assert alongside(the_item(questionnaire), wording(folder, Format.AUDIO, locale="ur")) == Spoken(None)
    (folder.root / "outing" / "ur").mkdir()
    (folder.root / "outing" / "ur" / "season.ogg").write_bytes(b"urdu")
    heard = alongside(the_item(questionnaire), wording(folder, Format.AUDIO, locale="ur"))
    assert heard == Spoken(folder.address("season.ogg", "ur"))
    assert heard.recording.startswith("/media/outing/ur/season.ogg?v=")


def test_a_file_that_is_missing_leaves_the_words(folder: MediaFolder, questionnaire: Questionnaire) -> None:
    for path in (folder.root / "outing").iterdir():
        path.unlink()
    assert alongside(the_item(questionnaire), wording(folder, Format.AUDIO)) == Spoken(None)
    assert alongside(the_item(questionnaire), wording(folder, Format.BSL)) is None
    text, _ = asked(the_item(questionnaire), wording(folder, Format.EASYREAD))
    assert Markup.escape(text) == "When do you go out?"
