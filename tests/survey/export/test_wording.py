"""What a wave asks in other languages, written beside its releases in the words that the dashboard reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.wording import Wording, parse_wordings
from survey import resources
from survey.export.wording import FILE, write_wording
from survey.i18n import EASY_READ, SOURCE_LOCALE, Languages, shipped_languages
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire


@pytest.fixture(scope="module")
def annual() -> Questionnaire:
    return load_file(resources.QUESTIONNAIRES / "phb-annual.json")


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages(resources.TRANSLATIONS)


@pytest.fixture(scope="module")
def written(
    annual: Questionnaire, languages: Languages, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Wording]:
    folder = tmp_path_factory.mktemp("2026")
    write_wording(annual, languages, folder)
    return dict(parse_wordings((folder / FILE).read_text(encoding="utf-8")).locales)


def test_every_language_on_offer_and_easy_read_have_their_words(written: dict[str, Wording]) -> None:
    assert written.keys() == {*shipped_languages().locales - {SOURCE_LOCALE}, EASY_READ}
    assert written["ur"].machine_draft
    asked = written["pl"].items["talk_matters"]
    assert asked.text == "Czy ktoś poświęcił czas, żeby dowiedzieć się, co dla Ciebie znaczy dobre życie?"
    assert asked.options is not None
    assert asked.measure == asked.options["enough"]
    assert asked.section not in ("", "Planning the support")


def test_headings_rows_of_grids_and_scales_are_worded_as_results_show_them(written: dict[str, Wording]) -> None:
    items = written["pl"].items
    assert {"white", "mixed", "asian"} <= (items["ethnicity"].options or {}).keys()
    assert "white_irish" not in (items["ethnicity"].options or {})
    assert " – " in items["got__health"].text
    assert (items["say_now"].options or {})["0"].startswith("0 – ")
    assert items["say_now"].measure == "7–10"


def test_easy_read_has_its_short_questions_and_standard_answers(
    annual: Questionnaire, written: dict[str, Wording]
) -> None:
    items = written[EASY_READ].items
    assert items["talk_matters"].text not in (
        "",
        "Did someone take time to find out what a good life looks like for you?",
    )
    assert all(items[name].options for name in ("talk_matters", "got__health"))


def test_what_is_not_translated_or_not_to_be_served_is_left_out(annual: Questionnaire, tmp_path: Path) -> None:
    folder = tmp_path / "translations" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "interface.po").write_text('msgid ""\nmsgstr ""\n')
    (folder / "phb-annual.po").write_text(
        'msgid ""\nmsgstr ""\n\n#, fuzzy\nmsgctxt "item.talk_matters.text.self"\n'
        'msgid "x"\nmsgstr "NOT TO BE SERVED"\n\n'
        'msgctxt "item.talk_matters.option.no.text"\nmsgid "No"\nmsgstr "Nie"\n'
    )
    write_wording(annual, Languages(tmp_path / "translations"), tmp_path)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    items = parse_wordings(text).locales["pl"].items
    assert items.keys() == {"talk_matters", "say_now"}  # numbers are the same in every language
    assert (items["talk_matters"].text, items["talk_matters"].options) == ("", {"no": "Nie"})
    assert "NOT TO BE SERVED" not in text


def test_a_file_that_says_the_same_is_not_written_again(
    annual: Questionnaire, languages: Languages, tmp_path: Path
) -> None:
    write_wording(annual, languages, tmp_path / "never")
    assert not (tmp_path / "never").exists()
    write_wording(annual, languages, tmp_path)
    before = (tmp_path / FILE).stat()
    write_wording(annual, languages, tmp_path)
    assert (tmp_path / FILE).stat().st_ino == before.st_ino
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_folder_that_cannot_be_written_stops_nobody(
    annual: Questionnaire, languages: Languages, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).mkdir()
    write_wording(annual, languages, tmp_path)
    assert "could not be written" in caplog.text
