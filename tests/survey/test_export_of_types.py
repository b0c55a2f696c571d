"""Every type of question in the analysis file: what was answered comes out again, in Parquet and in SPSS."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyreadstat
import pytest

from survey.config import load_config
from survey.export.one_by_one import add_response
from survey.export.repeat_table import RepeatTable
from survey.export.response_table import ResponseTable
from survey.export.spss import write_spss
from survey.export.version import Version
from survey.export.wave import export_wave
from survey.questionnaire.answers import Value
from survey.questionnaire.model import Questionnaire
from survey.store.analysis import StoredResponse
from survey.store.connect import Store, open_store
from survey.store.responses import Status, save_page, start_response, withdraw_response
from survey.store.waves import list_waves, open_wave
from tests.survey.questionnaire.builders import (
    DONT_KNOW,
    NOT_SAY,
    area,
    choice,
    choices,
    option,
    page,
    questionnaire,
    section,
    short_text,
)

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)
ALONE = {**DONT_KNOW, "exclusive": True}
ROWS = [
    {"code": "health", "text": "My health"},
    {"code": "home", "text": "My home", "show_if": {"item": "hoped_for", "is": "chair"}},
]
OPTIONS = [option("better"), option("worse"), NOT_SAY]
EVERY = questionnaire(
    section(
        "once",
        page({**choice("who", role="answering"), "options": [option("me", answering="self"), DONT_KNOW]}),
        page(choices("hoped_for")),
        page({"id": "got", "type": "grid", "text": "How did it go?", "rows": ROWS, "options": OPTIONS}),
        page(
            {
                "id": "order",
                "type": "rank",
                "text": "What matters?",
                "options": [option("rest"), option("food"), option("talk"), ALONE],
            }
        ),
        page(
            {"id": "warmth", "type": "number", "text": "How warm?", "min": -20, "max": 40, "options": [DONT_KNOW]},
            {"id": "hours", "type": "number", "text": "How long?", "min": 0, "max": 50, "decimals": 2},
        ),
        page({"id": "began", "type": "date", "text": "When did it begin?", "options": [DONT_KNOW]}),
        page(area(role="area")),
        page({"id": "stops", "type": "number", "text": "How many?", "min": 0, "max": 5}),
    ),
    section("each-stop", page(choice("why")), page(short_text("words")), repeat={"from": "stops", "at_most": 5}),
    section("each-hope", page(choice("met")), repeat={"from": "hoped_for", "at_most": 5}),
)

Row = dict[str, Any]
Export = Callable[..., Row]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(load_config({"PHB_DATA": str(tmp_path / "live")}))
    yield opened
    opened.close()


@pytest.fixture
def export(store: Store, tmp_path: Path) -> Export:
    """Save the pages given, by their keys, and give the one row of the analysis file."""
    wave = open_wave(store, wave="trial", questionnaire=EVERY, vintage="2026", open_link=True, made_up=True, now=NOW)

    def save_and_export(pages: dict[str, dict[str, Value]]) -> Row:
        how = {"locale": "en", "format": "easyread", "mode": "web"}
        first, *others = pages.items()
        begun, _ = start_response(
            store, b"key", wave=wave.id, invitation=None, page=first[0], answers=first[1], now=NOW, **how
        )
        for number, (key, answers) in enumerate(others, start=1):
            save_page(store, begun.response, page=key, answers=answers, now=NOW + timedelta(minutes=number), **how)
        export_wave(store, wave, tmp_path / "out", b"key", lambda done, of: None, now=NOW)
        [row] = rows_of(tmp_path / "out" / "responses.parquet")
        return row

    return save_and_export


def rows_of(path: Path) -> list[Row]:
    with duckdb.connect() as connection:
        found = connection.execute("from read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def spss_of(path: Path) -> Row:
    frame, _ = pyreadstat.read_sav(str(path), user_missing=True)
    return frame.iloc[0].to_dict()


def test_each_row_of_a_grid_is_a_column_and_a_row_not_shown_was_not_asked(export: Export, tmp_path: Path) -> None:
    row = export({"who": {"who": "me"}, "hoped-for": {"hoped_for": ("care",)}, "got": {"got__health": "better"}})
    assert (row["got__health"], row["got__health__missing"]) == ("better", None)
    assert (row["got__home"], row["got__home__missing"]) == (None, "not_asked")
    assert spss_of(tmp_path / "out" / "responses.sav")["got__home"] == -1


def test_a_row_that_was_shown_and_left_out_was_not_answered(export: Export) -> None:
    row = export({"who": {"who": "me"}, "hoped-for": {"hoped_for": ("chair",)}, "got": {"got__home": "not_say"}})
    assert (row["got__home"], row["got__home__missing"]) == (None, "refused")
    assert (row["got__health"], row["got__health__missing"]) == (None, "not_answered")


def test_a_rank_gives_each_option_its_place_and_nought_to_the_others(export: Export, tmp_path: Path) -> None:
    row = export({"who": {"who": "me"}, "order": {"order": ("talk", "rest")}})
    assert (row["order__rest"], row["order__food"], row["order__talk"]) == (2, 0, 1)
    spss = spss_of(tmp_path / "out" / "responses.sav")
    assert (spss["order__rest"], spss["order__food"], spss["order__talk"]) == (2, 0, 1)


def test_who_does_not_know_an_order_has_put_nothing_in_place(export: Export) -> None:
    row = export({"who": {"who": "me"}, "order": {"order": ("dont_know",)}})
    assert (row["order__rest"], row["order__missing"]) == (None, "dont_know")


def test_numbers_keep_their_decimals_and_may_be_below_nought(export: Export, tmp_path: Path) -> None:
    row = export({"who": {"who": "me"}, "warmth": {"warmth": -9, "hours": 2.25}})
    assert (row["warmth"], row["hours"]) == (-9, 2.25)
    spss = spss_of(tmp_path / "out" / "responses.sav")
    assert (spss["warmth"], spss["hours"]) == (-9, 2.25)


def test_a_number_below_nought_is_never_taken_for_a_reason(export: Export, tmp_path: Path) -> None:
    export({"who": {"who": "me"}, "warmth": {"warmth": "dont_know"}})
    assert spss_of(tmp_path / "out" / "responses.sav")["warmth"] == -108
    counted, _ = pyreadstat.read_sav(str(tmp_path / "out" / "responses.sav"))
    assert math.isnan(counted.iloc[0]["warmth"])


def test_a_date_is_written_as_far_as_it_is_known(export: Export, tmp_path: Path) -> None:
    row = export({"who": {"who": "me"}, "began": {"began": "2024-05"}})
    assert (row["began"], row["began__missing"]) == ("2024-05", None)
    spss = spss_of(tmp_path / "out" / "responses.sav")
    assert (spss["began"], spss["began__missing"]) == ("2024-05", 1)


def test_a_date_that_nobody_knows_has_its_reason_beside_it(export: Export, tmp_path: Path) -> None:
    assert export({"who": {"who": "me"}, "began": {"began": "dont_know"}})["began__missing"] == "dont_know"
    spss = spss_of(tmp_path / "out" / "responses.sav")
    assert (spss["began"], spss["began__missing"]) == ("", -8)


def test_what_a_postcode_gave_is_the_area_on_every_list_and_the_fifth(export: Export) -> None:
    row = export({"who": {"who": "me"}, "area": {"area": "QMJ", "area__2023": "QRV", "area__fifth": 1}})
    assert (row["meta_area"], row["area"]) == ("QMJ", "QMJ")
    assert (row["meta_area_2023"], row["meta_fifth"]) == ("QRV", 1)


def test_a_handover_is_data_and_says_who_began_and_who_went_on(export: Export) -> None:
    row = export(
        {"who": {"who": "me"}, "handover": {"handover__to": "proxy", "handover__page": "hoped-for"}, "hoped-for": {}}
    )
    assert (row["meta_answering"], row["meta_handover_to"]) == ("self", "proxy")
    assert (row["meta_handover_page"], row["meta_format"]) == ("hoped-for", "easyread")


def test_rounds_are_rows_of_a_file_of_their_own(export: Export, tmp_path: Path) -> None:
    row = export(
        {
            "who": {"who": "me"},
            "stops": {"stops": 3},
            "why/1": {"why@1": "yes"},
            "words/1": {"words@1": "A secret"},
            "why/2": {},
        }
    )
    rounds = rows_of(tmp_path / "out" / "repeat_each_stop.parquet")
    assert [(each["meta_round"], each["meta_about"], each["why"], each["why__missing"]) for each in rounds] == [
        (1, None, "yes", None),
        (2, None, None, "not_answered"),
    ]
    assert {each["response"] for each in rounds} == {row["response"]}
    assert "why" not in row
    assert (tmp_path / "out" / "repeat_each_stop.sav").is_file()
    book = json.loads((tmp_path / "out" / "codebook.json").read_text())
    assert [column["name"] for column in book["repeats"][0]["columns"]] == list(rounds[0])


def test_a_round_about_a_picked_option_names_it(export: Export, tmp_path: Path) -> None:
    export({"who": {"who": "me"}, "hoped-for": {"hoped_for": ("course",)}, "met/3": {"met@3": "no"}})
    [row] = rows_of(tmp_path / "out" / "repeat_each_hope.parquet")
    assert (row["meta_round"], row["meta_about"], row["met"]) == (3, "course", "no")


def test_what_was_written_in_a_round_is_in_the_restricted_file_only(export: Export, tmp_path: Path) -> None:
    export({"who": {"who": "me"}, "stops": {"stops": 1}, "words/1": {"words@1": "A secret"}})
    [texts] = rows_of(tmp_path / "out" / "restricted" / "free_text.parquet")
    assert (texts["meta_round"], texts["words"]) == (1, "A secret")
    files = [path for path in (tmp_path / "out").glob("*") if path.is_file()]
    assert all(b"A secret" not in path.read_bytes() for path in files)


# --- Questions beside the one about the NHS area -----------------------------------


def test_another_question_about_an_area_is_asked_of_the_invited_too(tmp_path: Path) -> None:
    written = questionnaire(
        section(
            "main",
            page(choice("keep")),
            page(area(role="area")),
            page(area("cared_for_in")),
            page(choices("uses")),
        ),
        section("each-use", page(area("where")), repeat={"from": "uses", "at_most": 3}),
    )
    answers = {"keep": "yes", "cared_for_in": "QWO", "uses": ("care",), "where@1": "QMJ"}
    pages = ["keep", "cared-for-in", "uses", "where/1"]
    row, table = exported(tmp_path, written, stored(answers, pages, area="QOP"), written)
    assert (row["meta_area"], row["cared_for_in"], row["cared_for_in__missing"]) == ("QOP", "QWO", None)
    assert row["area__missing"] == "not_asked"
    assert first_of(table.repeats["each-use"])["where"] == "QMJ"


def test_questions_of_a_round_may_be_called_round_and_about(tmp_path: Path) -> None:
    written = questionnaire(
        section("main", page(choices("uses"))),
        section("each", page(short_text("round")), page(choice("about")), repeat={"from": "uses", "at_most": 3}),
    )
    answers = {"uses": ("chair",), "round@2": "The first", "about@2": "no"}
    _, table = exported(tmp_path, written, stored(answers, ["uses", "round/2", "about/2"]), written)
    found = first_of(table.repeats["each"])
    assert (found["meta_round"], found["meta_about"], found["about"]) == (2, "chair", "no")
    [words] = table.texts().to_dict("records")
    assert (words["meta_round"], words["round"]) == (2, "The first")


# --- Responses that began with another version ----------------------------------------


def test_a_response_that_began_with_an_older_version_is_read_by_that_one(tmp_path: Path) -> None:
    rows = [{"code": "health", "text": "My health"}]
    grid = {"id": "got", "type": "grid", "text": "How did it go?", "rows": rows, "options": OPTIONS}
    older = questionnaire(
        section("main", page(choice("keep")), page(choice("gone")), page(grid), page(choices("uses"))),
        section("each-use", page(choice("met")), repeat={"from": "uses", "at_most": 3}),
        section("each-again", page(choice("again")), repeat={"from": "uses", "at_most": 3}),
    )
    newer = questionnaire(
        section("main", page(choice("keep", "always", "never")), page(choice("come")), page(choices("uses"))),
        section("each-use", page(choice("met"), choice("well")), repeat={"from": "uses", "at_most": 3}),
        section("last", page(choice("again"))),
    )
    answers = {"keep": "yes", "gone": "no", "got__health": "better", "uses": ("course",), "met@3": "no"}
    pages = ["keep", "gone", "got", "uses", "met/3", "again/3"]
    row, table = exported(tmp_path, newer, stored({**answers, "again@3": "yes"}, pages), older)
    assert (row["uses__course"], row["come__missing"], row["again__missing"]) == (1, "not_asked", "not_asked")
    assert (row["keep"], row["meta_last_page"]) == (None, "again/3")
    [repeat] = table.repeats.values()
    found = first_of(repeat)
    assert (found["meta_about"], found["met"], found["well__missing"]) == ("course", "no", "not_asked")


def test_a_withdrawn_response_has_no_rounds_and_no_words(store: Store, export: Export, tmp_path: Path) -> None:
    pages = {"who": {"who": "me"}, "stops": {"stops": 1}, "why/1": {"why@1": "yes"}, "words/1": {"words@1": "A secret"}}
    assert export(pages)["stops"] == 1
    [(response,)] = store.rows("select response from responses")
    withdraw_response(store, response, locale="en", format="standard", mode="web", now=NOW + timedelta(days=1))
    [wave] = list_waves(store)
    export_wave(store, wave, tmp_path / "out", b"key", lambda done, of: None, now=NOW)
    [row] = rows_of(tmp_path / "out" / "responses.parquet")
    assert (row["meta_status"], row["stops"], row["stops__missing"]) == ("withdrawn", None, None)
    assert rows_of(tmp_path / "out" / "repeat_each_stop.parquet") == []
    assert rows_of(tmp_path / "out" / "restricted" / "free_text.parquet") == []


def stored(answers: dict[str, Value], pages: list[str], **more: Any) -> StoredResponse:
    day = NOW.date()
    kept = {"area": None, "status": Status.SUBMITTED, "locale": "en", "format": "standard", "mode": "web", **more}
    return StoredResponse(
        response=1,
        wave="trial",
        version="older",
        vintage="2026",
        started_on=day,
        submitted_on=day,
        pages=frozenset(pages),
        answers=answers,
        **kept,
    )


def exported(
    folder: Path, wanted: Questionnaire, response: StoredResponse, began_with: Questionnaire
) -> tuple[Row, ResponseTable]:
    """Its row in the analysis file of the version wanted, written to SPSS too."""
    table = ResponseTable(wanted, 1)
    add_response(table, "a", response, Version(began_with, table.items))
    write_spss(table, table.order(), folder / "responses.sav")
    return first_of(table), table


def first_of(table: ResponseTable | RepeatTable) -> Row:
    frame = table.frame(table.order())
    return {name: None if pandas.isna(value) else value for name, value in frame.iloc[0].items()}
