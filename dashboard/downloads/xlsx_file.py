"""A spreadsheet for Excel."""

from __future__ import annotations

import io
from datetime import UTC

import xlsxwriter

from dashboard.downloads.book import Book, Worksheet, fit_columns


def write_xlsx(book: Book) -> bytes:
    """The file. What is text stays text, whatever a spreadsheet would make of it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        made.set_properties({"title": book.title, "created": book.made_at.astimezone(UTC).replace(tzinfo=None)})
        made.set_size(1920, 1080)
        for worksheet in book.worksheets:
            _write_sheet(made, worksheet)
    return file.getvalue()


def _write_sheet(made: xlsxwriter.Workbook, worksheet: Worksheet) -> None:
    sheet = made.add_worksheet(worksheet.name)
    title, head = made.add_format({"bold": True, "font_size": 16}), made.add_format({"bold": True, "text_wrap": True})
    text = made.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, worksheet.title, title)
    for number, line in enumerate(worksheet.lines, 1):
        sheet.write_string(number, 0, line, None if worksheet.columns else text)
    for at, width in enumerate(fit_columns(worksheet)):
        sheet.set_column(at, at, width)
    top = len(worksheet.lines) + 1
    if worksheet.rows:
        _mark_table(sheet, worksheet, top, head)
    for below, row in enumerate(worksheet.rows, 1):
        for at, value in enumerate(row):
            if not isinstance(value, str):
                sheet.write_number(top + below, at, value)
            elif worksheet.links and at == 0:
                sheet.write_url(top + below, at, f"internal:{value}!A1", string=value)
            else:
                sheet.write_string(top + below, at, value, text)


def _mark_table(
    sheet: xlsxwriter.worksheet.Worksheet, worksheet: Worksheet, top: int, head: xlsxwriter.format.Format
) -> None:
    """A screen reader reads the heads of a table that is marked as one."""
    columns = [{"header": column, "header_format": head} for column in worksheet.columns]
    options = {"name": f"Of_{worksheet.name}", "columns": columns, "autofilter": False, "style": None}
    sheet.add_table(top, 0, top + len(worksheet.rows), len(columns) - 1, options)
