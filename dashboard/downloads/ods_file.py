"""A spreadsheet in the open format that the government asks for."""

from __future__ import annotations

import io
from collections.abc import Sequence

from odfdo import Cell, Column, Document, Link, Paragraph, Row, Style, Table

from dashboard.downloads.book import Book, Worksheet, fit_columns

LANGUAGE = "en-GB"
_STYLES = (
    ("title", True, "16pt", "no-wrap"),
    ("line", False, "12pt", "no-wrap"),
    ("head", True, "12pt", "wrap"),
    ("body", False, "12pt", "wrap"),
)


def write_ods(book: Book) -> bytes:
    """The file. What is text stays text, whatever a spreadsheet would make of it."""
    document = Document("spreadsheet")
    document.body.clear()
    document.language = LANGUAGE
    document.meta.title = book.title
    document.meta.creation_date = book.made_at
    for name, bold, size, wrap in _STYLES:
        style = Style("table-cell", name=name, area="text", bold=bold)
        style.set_properties({"fo:font-size": size}, area="text")
        style.set_properties({"fo:wrap-option": wrap, "style:vertical-align": "top"}, area="table-cell")
        document.insert_style(style, automatic=True)
    for worksheet in book.worksheets:
        document.body.append(_make_table(document, worksheet))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _make_table(document: Document, worksheet: Worksheet) -> Table:
    table = Table(worksheet.name)
    for width in fit_columns(worksheet):
        style = document.insert_style(Style("table-column", width=f"{width * 0.2:.1f}cm"), automatic=True)
        table.append(Column(style=style))
    table.append(_make_row([worksheet.title], style="title"))
    for line in worksheet.lines:
        table.append(_make_row([line], style="body" if not worksheet.columns else "line"))
    if worksheet.columns:
        table.append(_make_row(worksheet.columns, style="head"))
    for row in worksheet.rows:
        table.append(_make_row(row, style="body", links=worksheet.links))
    return table


def _make_row(values: Sequence[str | int | float], *, style: str, links: bool = False) -> Row:
    row = Row()
    for at, value in enumerate(values):
        cell = Cell(value, cell_type="string" if isinstance(value, str) else "float", style=style)
        if links and at == 0:
            words = Paragraph()
            words.append(Link(f"#{value}.A1", text=str(value)))
            cell.replace_element(cell.get_elements("text:p")[0], words)
        row.append_cell(cell, clone=False)
    return row
