"""Where people stop and what they leave out: counted right, by one dimension at a time, and nobody given away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError, load_analysis_file
from dashboard.publish.non_response import non_response_rows
from dashboard.tables import NON_RESPONSE
from tests.dashboard.analysis_files import ITEMS, item, response
from tests.dashboard.crowds import write_crowd

PAGES = ("start", "control", "money", "end")
Cell = Mapping[str, Any]


def cells(file: AnalysisFile) -> dict[tuple[str, str, str, str], Cell]:
    """The rows by kind, subject, dimension and category."""
    with duckdb.connect(":memory:") as connection:
        rows: list[dict[str, Any]] = [
            dict(zip(NON_RESPONSE, row, strict=True)) for row in non_response_rows(connection, file)
        ]
    found: dict[tuple[str, str, str, str], Cell] = {
        (row["kind"], row["subject"], row["dimension"], row["category"]): row for row in rows
    }
    assert len(found) == len(rows)
    return found


def stopped(page: str | None, *, sent: bool = False, locale: str = "en", **more: Any) -> dict[str, Any]:
    status = "submitted" if sent else "started"
    return {**response(None, status=status), "meta_last_page": page, "meta_locale": locale, **more}


def missing(item_id: str, reason: str | None, *, locale: str = "en") -> dict[str, Any]:
    return stopped("end", sent=True, locale=locale, **{f"{item_id}__missing": reason})


def test_a_page_is_left_by_those_who_came_that_far_and_did_not_send(tmp_path: Path) -> None:
    rows = [stopped("start")] * 10 + [stopped("money")] * 30 + [stopped("end", sent=True)] * 60
    found = cells(load_analysis_file(write_crowd(tmp_path, rows, pages=PAGES)))
    pages = [found["break_off", page, "", ""] for page in PAGES]
    assert [page["base"] for page in pages] == [100, 90, 90, 60]
    assert [(page["share"], page["band"]) for page in pages] == [(10, ""), (5, "under"), (33, ""), (5, "under")]
    assert pages[2]["low"] < 33 < pages[2]["high"]


def test_whoever_sent_came_through_every_page_whatever_their_last_one(tmp_path: Path) -> None:
    rows = [stopped("start", sent=True)] * 40 + [stopped("control")] * 40
    assert cells(load_analysis_file(write_crowd(tmp_path, rows, pages=PAGES)))["break_off", "end", "", ""]["base"] == 40


def test_rounds_of_a_page_are_one_and_unknown_pages_and_withdrawn_answers_none(tmp_path: Path) -> None:
    rows = [stopped("money/1")] * 15 + [stopped("money/12")] * 15 + [stopped("end", sent=True)] * 30
    rows += [stopped("of-an-older-version")] * 20 + [stopped(None)] * 20
    rows += [{**stopped("money"), "meta_status": "withdrawn"}] * 50
    found = cells(load_analysis_file(write_crowd(tmp_path, rows, pages=PAGES)))
    assert (found["break_off", "money", "", ""]["base"], found["break_off", "money", "", ""]["share"]) == (60, 50)


def test_items_are_left_out_not_known_or_refused_of_those_who_were_asked(tmp_path: Path) -> None:
    reasons: Sequence[tuple[str | None, int]] = [
        *((None, 50), ("not_answered", 20), ("dont_know", 30), ("refused", 0), ("not_asked", 40))
    ]
    rows = [missing("control", reason) for reason, people in reasons for _ in range(people)]
    found = cells(load_analysis_file(write_crowd(tmp_path, rows, pages=PAGES)))
    left, unknown = found["left_out", "control", "", ""], found["dont_know", "control", "", ""]
    assert (left["base"], left["share"], unknown["base"], unknown["share"]) == (100, 20, 100, 30)
    assert ("refused", "control", "", "") not in found, "nobody was offered to say so"


def test_each_dimension_is_shown_by_itself(tmp_path: Path) -> None:
    rows = [missing("control", "not_answered" if number % 4 else None) for number in range(100)]
    rows += [missing("control", "not_answered" if number % 2 else None, locale="pl") for number in range(60)]
    found = cells(load_analysis_file(write_crowd(tmp_path, [{**row, "meta_answering": "proxy"} for row in rows])))
    assert found["left_out", "control", "language", "en"]["share"] == 75
    assert found["left_out", "control", "language", "pl"]["share"] == 50
    assert found["left_out", "control", "answering", "proxy"]["base"] == 160
    assert {dimension for _, _, dimension, _ in found} == {"", "language", "format", "mode", "answering"}


def test_a_group_of_few_is_hidden_and_so_is_the_one_that_would_give_it_away(tmp_path: Path) -> None:
    rows = [missing("control", "not_answered" if number % 3 else None) for number in range(90)]
    rows += [missing("control", None, locale="pl")] * 6
    found = cells(load_analysis_file(write_crowd(tmp_path, rows, pages=PAGES)))
    assert found["left_out", "control", "", ""]["status"] == "shown"
    assert ("left_out", "control", "language", "pl") not in found
    assert found["left_out", "control", "language", "en"]["status"] == "suppressed"
    assert found["left_out", "control", "format", "standard"]["status"] == "shown"


def test_what_all_or_none_did_is_a_band_in_every_group(tmp_path: Path) -> None:
    rows = [missing("control", "not_answered")] * 40 + [missing("control", None, locale="pl")] * 40
    found = cells(load_analysis_file(write_crowd(tmp_path, rows, pages=PAGES)))
    assert found["left_out", "control", "", ""]["share"] == 50
    assert found["left_out", "control", "language", "en"]["band"] == "over"
    assert found["left_out", "control", "language", "pl"]["band"] == "under"


def test_people_of_whom_a_dimension_is_not_known_are_in_everyone_alone(tmp_path: Path) -> None:
    rows = [missing("control", reason) for reason in ("not_answered", None)] * 30
    known = [{**row, "meta_answering": "self" if number < 40 else None} for number, row in enumerate(rows)]
    found = cells(load_analysis_file(write_crowd(tmp_path, known)))
    assert found["left_out", "control", "answering", "self"]["base"] == 40
    assert found["left_out", "control", "", ""]["base"] == 60
    assert {category for _, _, dimension, category in found if dimension == "answering"} == {"self"}


def test_what_the_file_does_not_have_is_left_out(tmp_path: Path) -> None:
    without = {"control__missing", "meta_answering"}
    found = cells(load_analysis_file(write_crowd(tmp_path, [missing("help", None)] * 30, without=without)))
    assert {subject for _, subject, _, _ in found} == {"help", "say", "sex", "ethnicity", "harder"}
    assert {dimension for _, _, dimension, _ in found} == {"", "language", "format", "mode"}


def test_with_few_people_or_none_nothing_is_shown(tmp_path: Path) -> None:
    few = cells(load_analysis_file(write_crowd(tmp_path / "few", [stopped("money")] * 9, pages=PAGES)))
    assert {cell["status"] for cell in few.values()} == {"too_few"}
    none = cells(load_analysis_file(write_crowd(tmp_path / "none", [], pages=PAGES)))
    assert {(cell["status"], cell["dimension"]) for cell in none.values()} == {("too_few", "")}


def test_a_reason_that_is_none_is_an_error(tmp_path: Path) -> None:
    file = load_analysis_file(write_crowd(tmp_path, [missing("control", "no idea")] * 20))
    with pytest.raises(AnalysisFileError, match="control__missing"):
        cells(file)


def test_counts_are_those_of_plain_sql(tmp_path: Path) -> None:
    random = np.random.default_rng(5)

    def pick(*values: str | None) -> str | None:
        return values[int(random.integers(len(values)))]

    rows = [
        {
            **stopped(pick(*PAGES), sent=bool(random.random() < 0.6), locale=pick("en", "pl", "ur") or ""),
            **{"meta_mode": pick("web", "phone"), "meta_answering": pick("self", "proxy", None)},
            "say__missing": pick(None, "not_answered", "not_asked"),
        }
        for _ in range(200)
    ]
    file = load_analysis_file(write_crowd(tmp_path, rows, pages=PAGES))
    found = cells(file)
    with duckdb.connect(":memory:") as connection:
        query = (
            "select meta_mode, count(*) filter (where say__missing = 'not_answered') / count(*), count(*)"
            f" from '{file.responses}' where say__missing is distinct from 'not_asked' group by 1"
        )
        for mode, share, people in connection.execute(query).fetchall():
            cell = found["left_out", "say", "mode", mode]
            assert abs(cell["share"] - share * 100) <= (0.5 if people >= 78 else 2.5)
            assert abs(cell["base"] - people) <= 2.5


def test_more_items_than_are_read_at_once_are_all_there(tmp_path: Path) -> None:
    more = tuple(item(f"more_{number}", "choice", "yes", "no", "dont_know!") for number in range(20))
    target = write_crowd(tmp_path, [response(None)] * 12, items=[*ITEMS, *more])
    with duckdb.connect(":memory:") as connection:
        rows = list(non_response_rows(connection, load_analysis_file(target)))
    assert len({row[1] for row in rows}) == 26
