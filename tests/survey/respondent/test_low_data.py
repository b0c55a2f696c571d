"""Low data: bytes over the wire of the first page and of later ones, in every language that ships; fonts apart."""

from __future__ import annotations

import re

from survey import resources
from survey.compressing import Compressed
from survey.i18n import shipped_languages
from tests.bench.sizes import MOST_FIRST, MOST_LATER, Reader, files_of
from tests.browser import served
from tests.survey.respondent.conftest import Site

HEAVY = ("/survey/area", "/survey/ethnicity", "/comfort?to=/survey/area", "/accessibility")
"""The largest pages of the whole walk (`python -m tests.bench size`), and those beside it that are long."""


def test_every_language_keeps_within_what_an_old_phone_can_load(site: Site) -> None:
    with served(Compressed(site.app)) as url:
        port = int(url.rpartition(":")[2])
        for language in shipped_languages().offered:
            reader = Reader(port, language.tag)
            page = reader.open("/")
            assert f'<html lang="{language.tag}"' in page.html
            assert page.size <= MOST_FIRST, (language.tag, page.size)
            for _ in range(3):
                page = reader.go_on(page)
                assert page.size <= MOST_LATER, (language.tag, page.address, page.size)
            for address in HEAVY:
                page = reader.open(address)
                assert page.status == 200
                assert page.size <= MOST_LATER, (language.tag, page.address, page.size)
            reader.close()


def test_who_chose_a_theme_loads_it_once(site: Site) -> None:
    with served(Compressed(site.app)) as url:
        reader = Reader(int(url.rpartition(":")[2]), "en")
        plain = reader.open("/").size
        reader.cookies["phb-looks"] = "theme-dark"
        dressed = reader.open("/")
        again = reader.open("/")
        reader.close()
    assert plain + dressed.size <= MOST_FIRST + MOST_LATER
    assert again.size <= MOST_LATER


def test_style_sheets_and_scripts_ask_no_other_host() -> None:
    for sheet in resources.STATIC.glob("*.css"):
        for address in re.findall(r"url\(\"?([^)\"]+)", sheet.read_text(encoding="utf-8")):
            assert "//" not in address.partition("data:")[0], f"{sheet.name}: {address}"


def test_files_that_a_page_loads_are_found() -> None:
    html = '<link rel="alternate" href="x"><link rel="stylesheet" href="/a.css"><script src="b"></script><img src="c">'
    assert files_of(html) == ["/a.css", "b", "c"]
