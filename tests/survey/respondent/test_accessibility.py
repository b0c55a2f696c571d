"""The page on accessibility: figures, gaps and trials from files, of which a broken one breaks nothing."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from survey import resources
from survey.i18n import INTERFACE
from survey.questionnaire.model import Questionnaire
from survey.respondent.statement import EVIDENCE, GAPS, TRIALS, load_statement
from survey.translations.overlay import decided_folder
from tests.survey.respondent.conftest import Site

COUNTED = {"looks": 1402, "checks": 80000, "findings": 3}
FILES = {
    EVIDENCE: {
        "date": "2026-11-21",
        "totals": {**COUNTED, "undecided": 5},
        "circumstances": [{"name": "forced colours", **COUNTED}, {"name": "held upside down", **COUNTED}],
    },
    GAPS: {
        "gaps": [
            {
                "id": "stiff-map",
                "what": "The map is <stiff>.",
                "who": "People who move it.",
                "since": "2026-05-04",
                "instead": "Read the table.",
            }
        ]
    },
    TRIALS: {
        "trials": [
            {
                "date": "2026-06-01",
                "who": "Two people who listen",
                "tried": "The whole survey",
                "found": "One long pause",
                "changed": "We took it away",
            }
        ]
    },
}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put files, as they are above or as given, where the site looks for them."""

    def written(**texts: str) -> None:
        folder = tmp_path / "accessibility"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, content in FILES.items():
            text = texts.get(name.partition(".")[0], json.dumps(content))
            (folder / name).write_text(text, encoding="utf-8")
        load_statement.cache_clear()
        monkeypatch.setattr(resources, "ACCESSIBILITY", folder)

    return written


def words(site: Site, language: str = "en") -> str:
    return " ".join(site.visitor(language).open("/accessibility").reply.text.split())


def test_figures_gaps_and_trials_are_shown(site: Site, write: Callable[..., None]) -> None:
    write()
    shown = words(site)
    assert "On 21 November 2026 a program looked at our pages 1,402 times" in shown
    assert "It found 3 faults." in shown
    assert "Only in your own colours" in shown
    assert "held upside down" not in shown
    assert "The map is &lt;stiff&gt;." in shown
    assert "Since: 4 May 2026" in shown
    assert "What you can do: <span>Read the table.</span>" in shown
    assert "1 June 2026: <span>Two people who listen</span>" in shown
    assert "We took it away" in shown
    assert "No disabled person" not in shown


def test_languages_are_counted_and_not_named(site: Site, write: Callable[..., None]) -> None:
    write()
    number = len(site.app.extensions["survey"].languages.offered) - 1
    assert f"in English and in {number} other languages. People have checked all the words in 0 of them." in words(site)


def test_a_language_is_checked_once_people_agreed_on_every_word_that_is_asked(
    empty_site: Site, annual: Questionnaire, write: Callable[..., None]
) -> None:
    write()
    for name in (INTERFACE, annual.id):
        shipped = resources.TRANSLATIONS / "pl" / "LC_MESSAGES" / f"{name}.po"
        decided = decided_folder(empty_site.config.data) / "pl" / "LC_MESSAGES" / shipped.name
        decided.parent.mkdir(parents=True, exist_ok=True)
        decided.write_text(shipped.read_text(encoding="utf-8").replace("machine-draft", "adjudicated"), "utf-8")
    empty_site.app.extensions["survey"].languages.read_again()
    empty_site.open(annual, "try-1", made_up=True)
    assert "People have checked all the words in 1 of them." in words(empty_site)
    empty_site.open(annual.model_copy(update={"title": "The survey, anew"}), "try-2", made_up=True)
    assert "People have checked all the words in 0 of them." in words(empty_site)


def test_what_the_files_say_is_marked_as_english(site: Site, write: Callable[..., None]) -> None:
    write()
    shown = words(site, "ur")
    assert '<span lang="en" dir="ltr">Read the table.</span>' in shown
    assert "21 نومبر، 2026" in shown


def test_without_a_trial_it_says_so(site: Site, write: Callable[..., None]) -> None:
    write(trials='{"trials": []}')
    assert "No disabled person has tried this site for us yet." in words(site)


@pytest.mark.parametrize(
    ("broken", "kept"),
    [
        ({"evidence": "{"}, "The map is"),
        ({"evidence": '{"date": "21/11/2026", "totals": {}, "circumstances": []}'}, "The map is"),
        ({"gaps": '{"gaps": [{"id": "A B"}]}'}, "It found 3 faults."),
        ({"trials": "[]"}, "The map is"),
    ],
)
def test_a_broken_file_is_left_out_and_the_log_says_which_and_what_to_do(
    site: Site, write: Callable[..., None], caplog: pytest.LogCaptureFixture, broken: dict[str, str], kept: str
) -> None:
    write(**broken)
    with caplog.at_level(logging.WARNING):
        shown = words(site)
    assert kept in shown
    assert "We cannot show this part now." in shown
    assert "No disabled person" not in shown
    (name,) = broken
    (said,) = [message for message in caplog.messages if "page on accessibility" in message]
    assert f"{name}.json" in said
    assert "make evidence" in said if name == "evidence" else "by hand" in said


def test_a_missing_folder_is_no_error_page(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "ACCESSIBILITY", tmp_path / "nowhere")
    assert words(site).count("We cannot show this part now.") == 3


def test_the_files_that_ship_can_be_read() -> None:
    load_statement.cache_clear()
    statement = load_statement(resources.ACCESSIBILITY)
    assert None not in (statement.gaps, statement.trials)
