"""Letters that a phone may lack: the files that the style sheets name are there, and only its pages ask."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from survey import resources
from survey.i18n import shipped_languages

SHEETS = ("app.css", "app-rtl.css")


def sheet(name: str) -> str:
    return (resources.STATIC / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", sorted(resources.STATIC.glob("*.css")), ids=lambda sheet: sheet.name)
def test_every_file_that_a_style_sheet_names_is_there(sheet: Path) -> None:
    named = set(re.findall(r"url\(\"?([^\")]+)", sheet.read_text(encoding="utf-8")))
    assert [path for path in named if not (resources.STATIC / path).is_file()] == []


@pytest.mark.parametrize("name", SHEETS)
def test_every_font_is_served_with_its_licence(name: str) -> None:
    fonts = {path for path in re.findall(r"url\(\"?([^\")]+)", sheet(name)) if path.endswith(".woff2")}
    assert len(fonts) == 4
    for path in fonts:
        assert (resources.STATIC / path).read_bytes()[:4] == b"wOF2"
        licence = re.sub(r"-[\d.]+\.woff2$", ".txt", path)
        assert "SIL Open Font License" in (resources.STATIC / licence).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHEETS)
def test_a_font_is_looked_for_on_the_device_first_and_never_holds_up_reading(name: str) -> None:
    for face in re.findall(r"@font-face\{([^}]*)\}", sheet(name)):
        assert face.partition("src:")[2].startswith("local(")
        assert "url(" not in face or "font-display:optional" in face


@pytest.mark.parametrize("name", SHEETS)
def test_only_a_page_in_the_language_fetches_its_letters(name: str) -> None:
    """A list of languages names many scripts on every page."""
    fetched = [face for face in re.findall(r"@font-face\{([^}]*)\}", sheet(name)) if "url(" in face]
    for family in (re.findall(r"font-family:\"?([^\";]+)", face)[0] for face in fetched):
        users = re.findall(rf"([^{{}}]+)\{{font-family:\"?{family}[\",]", sheet(name).replace("@font-face{", ""))
        assert users
        assert all(user.startswith("html:lang(") for user in users), (family, users)


def test_the_letters_named_for_a_language_are_those_of_a_language_there_is() -> None:
    named = set(re.findall(r"html:lang\((\w+)", sheet("app.css")))
    assert {"ur"} <= named & {locale.partition("_")[0] for locale in shipped_languages().locales}
