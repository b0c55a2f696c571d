"""The public pages of results speak what translators have decided by now."""

from __future__ import annotations

from pathlib import Path

from survey.i18n import INTERFACE, RESULTS, Languages
from survey.po_files import write_po_file
from survey.together.application import speak
from survey.translations.catalogues import empty_catalogue


def write(folder: Path, name: str, source: str, words: str) -> None:
    catalog = empty_catalogue(name, "pl")
    catalog.add(source, words, flags=["adjudicated"])
    write_po_file(folder / "pl" / "LC_MESSAGES" / f"{name}.po", catalog)


def test_what_is_decided_is_spoken_without_a_restart(tmp_path: Path) -> None:
    shipped, decided = tmp_path / "shipped", tmp_path / "decided"
    write(shipped, INTERFACE, "Continue", "Dalej")
    write(shipped, RESULTS, "Region", "Obszar")
    languages = Languages(shipped, decided)
    assert [tongue.name for tongue in speak(languages)] == ["English", "Polski", "Easy Read"]
    assert speak(languages)[1].gettext("Region") == "Obszar"
    write(decided, RESULTS, "Region", "Region")
    languages.read_again()
    assert speak(languages)[1].gettext("Region") == "Region"
