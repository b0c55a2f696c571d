"""The quality report says what the tables say, and is read back as it was written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.publish.analysis_file import AnalysisFile
from dashboard.publish.quality import LONGEST_LIST, report_quality
from dashboard.quality_report import Cells, Places, QualityError, QualityReport, Rate, dump_report, parse_report
from dashboard.tables import TABLES

FILE = AnalysisFile(
    folder=Path(),
    wave="2026",
    vintage="2026",
    is_open=False,
    made_up=True,
    opened_on="2026-09-01",
    closed_on="2026-10-31",
    questionnaire={},
    items=(),
    columns=(),
)
FIGURE = {"status": "shown", "base": 400, "effective": 400, "share": 5, "band": "", "low": 3, "high": 8}
HIDDEN: dict[str, Any] = {"base": None, "effective": None, "share": None, "low": None, "high": None}


def report(**tables: list[dict[str, Any]]) -> QualityReport:
    rows = {
        table: [tuple(row.get(column) for column in columns) for row in tables.get(table, [])]
        for table, columns in TABLES.items()
    }
    return report_quality(
        rows, replace(FILE, texts={"item_19": "How is it going?"}), design_effects={"a": 1.04, "b": 2.0}
    )


def area(code: str, status: str, *, span: str = "wave", vintage: str = "2026") -> dict[str, Any]:
    about = {"span": span, "vintage": vintage, "level": "area", "area": code, "item": "a", "kind": "option"}
    return {**about, "option": "x", **FIGURE, **({} if status == "shown" else HIDDEN), "status": status}


def left_out(item: str, share: int, **more: Any) -> dict[str, Any]:
    return {"kind": "left_out", "subject": item, "dimension": "", "category": "", **FIGURE, "share": share, **more}


def test_cells_are_counted_by_what_became_of_them() -> None:
    found = report(estimates=[area("QE1", "shown"), area("QF7", "too_few"), area("QRL", "break")])
    assert found.cells == (Cells("estimates", "wave", "area", 1, 1, 0, 0, 1),)
    assert found.cells[0].all == 3


def test_areas_are_those_of_the_waves_own_list() -> None:
    rows = [area("QE1", "shown"), area("QF7", "too_few"), area("QF7", "shown", vintage="2023")]
    assert report(estimates=rows).places == (Places("wave", 1, 2), Places("pooled", 0, 0))


def test_the_items_most_people_left_out_come_first_and_rare_ones_not_at_all() -> None:
    rows = [left_out(f"item_{number}", number) for number in range(1, 20)]
    rows += [left_out("rare", 5, band="under"), left_out("of_poles", 90, dimension="language", category="pl")]
    found = report(non_response=rows).left_out
    assert found[0] == Rate("item_19", "How is it going?", 19, "", 400)
    assert [rate.share for rate in found] == list(range(19, 19 - LONGEST_LIST, -1))


def test_pages_are_named_by_what_they_ask_in_the_order_of_the_questionnaire() -> None:
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
    found = report_quality(rows, replace(FILE, pages=("sex", "age"), texts={"age": "How old are you?"}))
    assert list(found.pages.items()) == [("sex", "sex"), ("age", "How old are you?")]


def test_a_report_without_numbers_has_no_lists() -> None:
    found = report()
    assert (found.cells, found.breaks_off, found.left_out, found.indicators) == ((), (), (), ())


def test_the_largest_design_effect_comes_first_and_rounded() -> None:
    assert [(each.item, each.value) for each in report().design_effects] == [("b", 2.0), ("a", 1.0)]


def test_a_report_is_read_back_as_it_was_written() -> None:
    found = report(estimates=[area("QE1", "shown")], non_response=[left_out("a", 7)])
    assert parse_report(dump_report(found)) == found


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"places": []}', "{"])
def test_another_text_is_no_report(text: str) -> None:
    with pytest.raises(QualityError):
        parse_report(text)


def test_an_unknown_key_is_a_mistake() -> None:
    with pytest.raises(QualityError, match="1 mistakes"):
        parse_report(dump_report(report()).replace("{", '{"surprise": 1,', 1))
