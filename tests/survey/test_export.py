"""The analysis file: what it holds of each response, what it must not, and that it survives a spreadsheet."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyreadstat
import pytest

from survey import resources
from survey.config import Config, load_config
from survey.export.wave import export_wave
from survey.questionnaire.answers import Value
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.store.connect import Store, open_store
from survey.store.invitations import find_invitation, issue_codes
from survey.store.responses import save_page, start_response, submit_response, withdraw_response
from survey.store.waves import Wave, open_wave

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
HOW: dict[str, str] = {"locale": "en", "format": "standard", "mode": "web"}
Row = dict[str, Any]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load_config({"PHB_DATA": str(tmp_path / "live")})


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    opened = open_store(config)
    yield opened
    opened.close()


@pytest.fixture
def annual() -> Questionnaire:
    return load_file(resources.QUESTIONNAIRES / "phb-annual.json")


@pytest.fixture
def wave(store: Store, annual: Questionnaire) -> Wave:
    return open_wave(
        store,
        wave="2026",
        questionnaire=annual,
        vintage="2026",
        open_link=True,
        made_up=True,
        now=NOW - timedelta(days=1),
    )


Answer = Callable[..., int]


@pytest.fixture
def answer(store: Store, wave: Wave, config: Config) -> Answer:
    """Begin a response and save pages in the order given, as `page_id={item: value}` with dashes as underscores."""
    random = Random(1)

    def begin_and_save(invited_to: str | None = None, **pages: dict[str, Value]) -> int:
        invitation = None
        if invited_to is not None:
            [code] = issue_codes(store, config.code_key, wave=wave.id, area=invited_to, count=1, now=NOW)
            invitation = find_invitation(store, config.code_key, code)
        state, _ = start_response(
            store,
            config.code_key,
            wave=wave.id,
            invitation=invitation,
            page="taking-part",
            answers={"taking_part": "yes"},
            now=NOW,
            random=random,
            **HOW,
        )
        for number, (page, answers) in enumerate(pages.items(), start=1):
            saved_at = NOW + timedelta(minutes=number)
            save_page(store, state.response, page=page.replace("_", "-"), answers=answers, now=saved_at, **HOW)
        return state.response

    return begin_and_save


@pytest.fixture
def exported(store: Store, wave: Wave, config: Config, tmp_path: Path) -> Callable[[], list[Row]]:
    """Write the analysis file to `tmp_path/out` and give its rows."""

    def export_and_read() -> list[Row]:
        export_wave(store, wave, tmp_path / "out", config.code_key, lambda done, of: None, now=NOW)
        return rows_of(tmp_path / "out" / "responses.parquet")

    return export_and_read


def rows_of(path: Path) -> list[Row]:
    with duckdb.connect() as connection:
        found = connection.execute("from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


Exported = Callable[[], list[Row]]


def test_a_choice_is_its_code_and_what_was_skipped_says_so(answer: Answer, exported: Exported) -> None:
    answer(answering={"answering": "self"}, area={}, holder_age={"holder_age": "age_25_34"})
    [row] = exported()
    assert row["holder_age"] == "age_25_34"
    assert row["holder_age__missing"] is None
    assert (row["area"], row["area__missing"]) == (None, "not_answered")
    assert (row["proxy_view"], row["proxy_view__missing"]) == (None, "not_asked")


def test_what_lies_beyond_the_last_page_saved_was_not_asked(answer: Answer, exported: Exported) -> None:
    answer(answering={}, holder_age={})
    [row] = exported()
    assert row["area__missing"] == "not_answered"  # passed by on the way to the age
    assert row["holder_age__missing"] == "not_answered"
    assert row["budget_status__missing"] == "not_asked"
    assert row["meta_last_page"] == "holder-age"


def test_do_not_know_and_rather_not_say_are_reasons_and_no_values(answer: Answer, exported: Exported) -> None:
    answer(
        area={"area": "not_say"}, budget_status={"budget_status": "dont_know"}, budget_for={"budget_for": ("not_say",)}
    )
    answer(budget_for={"budget_for": ("not_say",)})
    by_status = {row["budget_status__missing"]: row for row in exported()}
    known = by_status["dont_know"]
    assert (known["budget_status"], known["area"], known["area__missing"]) == (None, None, "refused")
    assert known["budget_for__missing"] == "not_asked"  # of no one whose status is not known
    skipped = by_status["not_answered"]
    assert skipped["budget_for__missing"] == "refused"
    assert skipped["budget_for__wheelchair"] is None


def test_several_choices_are_a_column_of_0_and_1_each(answer: Answer, exported: Exported) -> None:
    answer(budget_status={"budget_status": "now"}, budget_for={"budget_for": ("wheelchair", "one_off")})
    [row] = exported()
    picked = {name: value for name, value in row.items() if name.startswith("budget_for__") and value is not None}
    assert {name for name, value in picked.items() if value == 1} == {"budget_for__wheelchair", "budget_for__one_off"}
    assert {name for name, value in picked.items() if value == 0} > {"budget_for__joint", "budget_for__other"}
    assert row["budget_for__missing"] is None


def test_a_scale_is_a_number_and_nought_is_one(answer: Answer, exported: Exported) -> None:
    answer(say_now={"say_now": 0})
    [row] = exported()
    assert (row["say_now"], row["say_now__missing"]) == (0, None)


def test_answers_that_have_left_the_path_are_not_there(answer: Answer, exported: Exported) -> None:
    answer(
        answering={"answering": "proxy"},
        proxy_view={"proxy_view": "together"},
        budget_status={"budget_status": "now"},
        held_how={"held_how": "notional"},
        area={"area": "QMJ"},
    )
    answer(
        proxy_view={"proxy_view": "together"},
        held_how={"held_how": "notional"},
        answering={"answering": "self"},
        budget_status={"budget_status": "told_no"},
    )
    rows = exported()
    assert {(row["proxy_view"], row["held_how"]) for row in rows} == {("together", "notional"), (None, None)}
    off_path = next(row for row in rows if row["held_how"] is None)
    assert off_path["held_how__missing"] == off_path["proxy_view__missing"] == "not_asked"


def test_the_latest_answer_of_a_page_counts(store: Store, answer: Answer, exported: Exported) -> None:
    response = answer(answering={"answering": "self"})
    later = NOW + timedelta(days=3)
    save_page(
        store, response, page="answering", answers={"answering": "supported"}, now=later, **{**HOW, "locale": "pl"}
    )
    [row] = exported()
    assert (row["answering"], row["meta_answering"], row["meta_locale"]) == ("supported", "supported", "pl")


def test_meta_says_how_a_response_came_in(store: Store, answer: Answer, exported: Exported, wave: Wave) -> None:
    sent = answer(invited_to="QMJ", answering={"answering": "child"})
    submit_response(store, sent, now=NOW + timedelta(days=2), **HOW)
    [row] = exported()
    assert {name: value for name, value in row.items() if name.startswith("meta_")} == {
        "meta_wave": "2026",
        "meta_version": wave.version,
        "meta_area": "QMJ",
        "meta_area_source": "invitation",
        "meta_vintage": "2026",
        "meta_locale": "en",
        "meta_format": "standard",
        "meta_mode": "web",
        "meta_answering": "child",
        "meta_handover_to": None,
        "meta_handover_page": None,
        "meta_fifth": None,
        "meta_area_2023": None,
        "meta_status": "submitted",
        "meta_started_on": date(2026, 5, 4),
        "meta_submitted_on": date(2026, 5, 6),
        "meta_last_page": "answering",
    }


def test_the_area_is_the_invitations_or_else_the_answered_one(answer: Answer, exported: Exported) -> None:
    answer(invited_to="QMJ")
    answer(area={"area": "QRL"})
    answer(area={"area": "dont_know"})
    found = {(row["meta_area"], row["meta_area_source"], row["area__missing"]) for row in exported()}
    assert found == {("QMJ", "invitation", "not_asked"), ("QRL", "answer", None), (None, None, "dont_know")}


def test_nobody_is_said_to_answer_for_themselves_who_did_not_say_so(answer: Answer, exported: Exported) -> None:
    answer()
    [row] = exported()
    assert row["meta_answering"] is None
    assert row["meta_last_page"] == "taking-part"


def test_a_withdrawn_response_is_a_row_without_answers(store: Store, answer: Answer, exported: Exported) -> None:
    response = answer(
        answering={"answering": "self"}, area={"area": "QMJ"}, anything={"anything": "Please forget this."}
    )
    submit_response(store, response, now=NOW + timedelta(days=1), **HOW)
    withdraw_response(store, response, now=NOW + timedelta(days=2), **HOW)
    [row] = exported()
    kept = {name: value for name, value in row.items() if value is not None}
    assert kept.pop("response")
    assert kept["meta_status"] == "withdrawn"
    assert kept.keys() <= {name for name in row if name.startswith("meta_")} - {"meta_area", "meta_answering"}


def test_free_text_is_in_the_restricted_file_only(answer: Answer, exported: Exported, tmp_path: Path) -> None:
    answer(
        ethnicity={"ethnicity": "white_other", "ethnicity__white_other__text": "Kashubian"},
        anything={"anything": '=HYPERLINK("http://example.org")\nمرحبا 🙂'},
    )
    answer(anything={})
    rows = exported()
    out = tmp_path / "out"
    assert {(row["ethnicity"], row["anything__missing"]) for row in rows} == {
        ("white_other", None),
        (None, "not_answered"),
    }
    assert "anything" not in rows[0]
    for path in out.glob("responses.*"):
        assert b"Kashubian" not in path.read_bytes()
        assert b"HYPERLINK" not in path.read_bytes()
    [texts] = rows_of(out / "restricted" / "free_text.parquet")
    assert texts["ethnicity__white_other__text"] == "Kashubian"
    assert texts["anything"].endswith("مرحبا 🙂")
    assert texts["missed"] is None
    assert texts["response"] in {row["response"] for row in rows}
    assert stat.S_IMODE((out / "restricted").stat().st_mode) == 0o700


def test_a_write_in_without_its_option_is_nowhere(answer: Answer, exported: Exported, tmp_path: Path) -> None:
    answer(ethnicity={"ethnicity": "white_british", "ethnicity__white_other__text": "Kashubian"})
    exported()
    assert rows_of(tmp_path / "out" / "restricted" / "free_text.parquet") == []


def test_times_leave_neither_as_moments_nor_as_the_order_of_rows(answer: Answer, exported: Exported) -> None:
    for holder_age in ("age_0_4", "age_5_10", "age_16_17", "age_18_24", "age_25_34", "age_85_over"):
        answer(holder_age={"holder_age": holder_age})
    rows = exported()
    assert not any(isinstance(value, datetime) for row in rows for value in row.values())
    assert [row["response"] for row in rows] == sorted(row["response"] for row in rows)
    assert len({row["response"] for row in rows}) == 6


def test_what_a_response_is_called_depends_on_the_key(
    store: Store, wave: Wave, answer: Answer, exported: Exported, tmp_path: Path
) -> None:
    response = answer()
    [row] = exported()
    export_wave(store, wave, tmp_path / "other", b"another key, just as long", lambda done, of: None, now=NOW)
    [other] = rows_of(tmp_path / "other" / "responses.parquet")
    assert row["response"] != other["response"]
    assert str(response) not in row["response"]


def test_no_cell_of_the_csv_can_run_as_a_formula(answer: Answer, exported: Exported, tmp_path: Path) -> None:
    answer(
        area={"area": "QMJ"},
        ethnicity={"ethnicity": "any_other", "ethnicity__any_other__text": "=1+1"},
        say_now={"say_now": 0},
        anything={"anything": "@SUM(A1)"},
        missed={"missed": "-2+3"},
    )
    rows = exported()
    with (tmp_path / "out" / "responses.csv").open(encoding="utf-8", newline="") as file:
        header, *cells = csv.reader(file)
    assert header == list(rows[0])
    assert [cell for row in (header, *cells) for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert len(cells) == 1
    assert dict(zip(header, cells[0], strict=True))["say_now"] == "0"


def test_spss_gets_numbers_with_labels_and_negative_codes_for_what_is_missing(
    store: Store, answer: Answer, exported: Exported, tmp_path: Path
) -> None:
    answer(
        answering={"answering": "self"},
        area={"area": "QMJ"},
        holder_age={"holder_age": "not_say"},
        budget_status={"budget_status": "now"},
        budget_for={"budget_for": ("wheelchair",)},
        say_now={"say_now": 7},
        anything={"anything": "something"},
    )
    exported()
    frame, meta = pyreadstat.read_sav(str(tmp_path / "out" / "responses.sav"), user_missing=True)
    row = frame.iloc[0]
    assert (row["answering"], row["holder_age"], row["proxy_view"], row["sex"]) == (1, -9, -1, -2)
    assert (row["budget_for__wheelchair"], row["budget_for__joint"], row["say_now"]) == (1, 0, 7)
    assert row["meta_started_on"] == date(2026, 5, 4)
    assert (row["anything__missing"], row["missed__missing"]) == (1, -1)
    assert meta.variable_value_labels["answering"][1.0].startswith("Me")
    assert meta.variable_value_labels["area"][1.0] == "QMJ"
    assert meta.variable_value_labels["area"][-9.0] == "Answered that they would rather not say"
    assert meta.missing_ranges["holder_age"] == [{"lo": -9.0, "hi": -1.0}]
    assert str(meta.column_names_to_labels["holder_age"]).startswith("How old")


def test_the_codebook_names_every_column_and_the_wave(answer: Answer, exported: Exported, tmp_path: Path) -> None:
    answer(invited_to="QMJ")
    [row] = exported()
    book = json.loads((tmp_path / "out" / "codebook.json").read_text(encoding="utf-8"))
    assert [column["name"] for column in book["columns"]] == list(row)
    assert book["questionnaire"]["status"] == "draft"
    assert book["wave"] | {"version": ""} == {
        "id": "2026",
        "version": "",
        "vintage": "2026",
        "made_up": True,
        "open": True,
        "opened_on": "2026-05-03",
        "closed_on": None,
        "exported_at": "2026-05-04T10:00:00+00:00",
        "responses": 1,
        "invited": {"QMJ": 1},
    }


def test_a_wave_nobody_has_answered_gives_empty_files_with_all_columns(exported: Exported, tmp_path: Path) -> None:
    assert exported() == []
    with (tmp_path / "out" / "responses.csv").open(encoding="utf-8") as file:
        assert len(next(file).split(",")) > 150
    frame, _ = pyreadstat.read_sav(str(tmp_path / "out" / "responses.sav"))
    assert frame.empty


def test_a_column_nobody_has_a_value_in_is_of_the_same_type_as_ever(
    answer: Answer, exported: Exported, tmp_path: Path
) -> None:
    answer()
    exported()
    with duckdb.connect() as connection:
        found = connection.execute("describe from read_parquet(?)", [str(tmp_path / "out" / "responses.parquet")])
        types = {name: kind for name, kind, *_ in found.fetchall()}
    assert {types[name] for name in ("meta_area", "meta_area_source", "keep", "keep__missing")} == {"VARCHAR"}
    assert types["say_now"] == "INTEGER"
    assert types["hoped_for__health"] == "TINYINT"


def test_a_new_export_replaces_the_old_files_and_leaves_nothing_half_written(
    answer: Answer, exported: Exported, tmp_path: Path
) -> None:
    answer()
    assert len(exported()) == 1
    answer()
    assert len(exported()) == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "codebook.html",
        "codebook.json",
        "responses.csv",
        "responses.parquet",
        "responses.sav",
        "restricted",
    ]


def test_an_export_that_cannot_be_written_leaves_the_last_one_as_it_was(
    answer: Answer, exported: Exported, tmp_path: Path
) -> None:
    answer()
    exported()
    (tmp_path / "out" / "restricted" / "free_text.parquet").unlink()
    (tmp_path / "out" / "restricted").rmdir()
    (tmp_path / "out" / "restricted").write_text("in the way")
    before = (tmp_path / "out" / "codebook.json").read_bytes()
    answer()
    with pytest.raises(OSError, match="restricted"):
        exported()
    assert len(rows_of(tmp_path / "out" / "responses.parquet")) == 1
    assert (tmp_path / "out" / "codebook.json").read_bytes() == before
    assert list((tmp_path / "out").glob(".*")) == []


def test_columns_have_the_same_types_whatever_was_answered(answer: Answer, exported: Exported, tmp_path: Path) -> None:
    def types() -> list[tuple[str, str]]:
        with duckdb.connect() as connection:
            path = str(tmp_path / "out" / "responses.parquet")
            return [
                (name, kind)
                for name, kind, *_ in connection.execute("describe from read_parquet(?)", [path]).fetchall()
            ]

    exported()
    empty = types()
    answer()
    exported()
    begun = types()
    answer(
        area={"area": "QRL"}, budget_for={"budget_for": ("joint",)}, say_now={"say_now": 3}, cover={"cover": "family"}
    )
    exported()
    assert empty == begun == types()
    assert dict(empty) | {"area": "VARCHAR", "say_now": "INTEGER", "meta_started_on": "DATE"} == dict(empty)
    assert dict(empty)["budget_for__joint"] == "TINYINT"
