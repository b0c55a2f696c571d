"""Downloads as spreadsheets: what the guidance on accessible ones asks for, read back from the files themselves."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import odfdo
import pytest

from dashboard.address import Address, Page, read_download
from dashboard.data import Releases
from dashboard.downloads.book import CONFIDENTIAL, LOW, UNAVAILABLE, Book, Worksheet, make_book
from dashboard.downloads.csv_file import write_csv
from dashboard.downloads.ods_file import write_ods
from dashboard.downloads.xlsx_file import write_xlsx
from dashboard.release import Step
from tests.dashboard.releases import write_release

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Rows = list[list[Any]]


def read_ods(data: bytes) -> dict[str, Rows]:
    document = odfdo.Document(io.BytesIO(data))
    return {table.name: [list(row) for row in table.get_values()] for table in document.body.tables}


def read_xlsx(data: bytes) -> dict[str, Rows]:
    """Every cell of every sheet; a formula would be a key of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        shared = ["".join(node.itertext()) for node in xml(archive, "xl/sharedStrings.xml")]
        names = [node.attrib["name"] for node in xml(archive, "xl/workbook.xml").iter(f"{SHEET}sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            sheet = xml(archive, f"xl/worksheets/sheet{number}.xml")
            assert not list(sheet.iter(f"{SHEET}f")), "a formula"
            found[name] = [[read_cell(cell, shared) for cell in row] for row in sheet.iter(f"{SHEET}row")]
        return found


def xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))  # noqa: S314  # our own file


def read_cell(cell: ElementTree.Element, shared: list[str]) -> Any:
    text = cell.findtext(f"{SHEET}v") or ""
    return shared[int(text)] if cell.get("t") == "s" else float(text)


def same(rows: Rows) -> Rows:
    """Rows without the empty cells that fill a row to the width of its sheet, numbers as numbers."""
    return [[float(c) if not isinstance(c, str) else c for c in row if c is not None] for row in rows]


@pytest.fixture(scope="module")
def book(releases: Releases) -> Book:
    return make_book(releases, Address(Page.RESULTS, place="areas"))


@pytest.fixture(scope="module")
def ods(book: Book) -> bytes:
    return write_ods(book)


@pytest.mark.parametrize("page", Page)
def test_every_page_comes_as_cover_contents_notes_and_one_table_a_sheet(releases: Releases, page: Page) -> None:
    address = Address(page, place="QYG" if page is Page.PROFILE else None)
    made = make_book(releases, address)
    cover, contents, notes, *tables = made.worksheets
    assert [sheet.name for sheet in (cover, contents, notes)] == ["Cover", "Contents", "Notes"]
    assert [row[0] for row in contents.rows] == ["Notes", *(table.name for table in tables)]
    assert tables
    for table in (contents, notes, *tables):
        assert table.title
        assert len(table.lines) == 1
        assert len(set(table.columns)) == len(table.columns)
        for row in table.rows:
            assert len(row) == len(table.columns)
            assert all(cell not in ("", None) for cell in row)


def test_both_files_hold_the_same_cells(book: Book, ods: bytes) -> None:
    sheets = read_xlsx(write_xlsx(book))
    assert {name: same(rows) for name, rows in read_ods(ods).items()} == sheets
    assert [len(rows) for rows in sheets.values()][3] == 2 + 1 + 36


def test_the_numbers_are_those_of_the_csv_and_hidden_ones_are_marks(releases: Releases, book: Book) -> None:
    _name, text = write_csv(releases, read_download("page=results&place=areas"))
    table = book.worksheets[3]
    share, status, code = (table.columns.index(name) for name in ("Share", "Status", "Area"))
    marks = {
        "Too few to show": LOW,
        "Held back to protect people": CONFIDENTIAL,
        "Not known: the area changed": UNAVAILABLE,
    }
    seen = set()
    for row in table.rows:
        seen.add(row[status])
        assert row[share] == marks[str(row[status])] if row[status] in marks else isinstance(row[share], int)
        assert f",{row[code]}," in text
    assert {"Shown", "Too few to show"} <= seen
    explained = {row[0] for row in book.worksheets[2].rows}
    assert {CONFIDENTIAL, LOW, UNAVAILABLE} <= explained


def test_made_up_and_provisional_are_said_on_the_cover_on_each_table_and_in_the_name(book: Book) -> None:
    assert [line.partition(".")[0] for line in book.worksheets[0].lines[:2]] == ["Made-up data", "Provisional"]
    assert book.worksheets[3].lines[0].endswith("Made-up data. Provisional.")
    assert book.name == "phb-results-2026-release-2-provisional"


def test_a_signed_release_of_real_people_says_neither(tmp_path: Path) -> None:
    write_release(tmp_path, step=Step.SIGNED, signed_by="A. Analyst", made_up=False, sign_note="Small numbers.")
    made = make_book(Releases(tmp_path), Address(Page.RESULTS))
    words = "\n".join(made.worksheets[0].lines)
    assert "Provisional" not in words
    assert "Made-up" not in words
    assert "Whoever signed says: Small numbers." in words
    assert made.name == "phb-results-2026-release-1"


def test_the_open_file_has_title_language_and_columns_that_fit(ods: bytes) -> None:
    document = odfdo.Document(io.BytesIO(ods))
    assert document.meta.title == "Personal health budget survey 2026: Results"
    assert document.meta.language == document.language == "en-GB"
    with zipfile.ZipFile(io.BytesIO(ods)) as archive:
        content = archive.read("content.xml").decode()
    assert "number-columns-spanned" not in content
    assert "background-color" not in content
    assert content.count("style:column-width=") > 10
    assert re.findall(r'xlink:href="#(\w+)\.A1"', content) == ["Notes", "Table_1"]


def test_a_text_is_a_text_whatever_a_spreadsheet_would_make_of_it() -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "https://example.org", "1", "TRUE"]
    table = Worksheet("Table_1", "=1+1", ("=1+1",), ("=1+1",), tuple((text,) for text in texts))
    made = Book("name", "=1+1", datetime(2026, 11, 12, tzinfo=UTC), (table,))
    assert [row[0] for row in read_xlsx(write_xlsx(made))["Table_1"]] == ["=1+1"] * 3 + texts
    with zipfile.ZipFile(io.BytesIO(write_ods(made))) as archive:
        content = archive.read("content.xml").decode()
    assert "table:formula" not in content
    assert re.findall(r'office:value-type="(\w+)"', content) == ["string"] * (3 + len(texts))


def test_characters_that_no_spreadsheet_holds_are_left_out(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    items = (folder / "items.json").read_text().replace('"A little"', '"A\\u0007 li\\u0000tt\\ufffel\\uffffe"')
    (folder / "items.json").write_text(items)
    made = make_book(Releases(tmp_path), Address(Page.RESULTS, question="talk_matters"))
    assert "A little" in made.worksheets[3].rows[1]
    assert write_ods(made)
