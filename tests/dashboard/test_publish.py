"""A release from analysis files: what it says, what it keeps to itself, and what stops it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.analysis.rounding import nearest_five, rounded_share
from dashboard.publish.indicators import OPEN_LINK
from dashboard.publish.steps import Signature
from dashboard.publish.wave import PublishError, publish_wave
from dashboard.release import Facts, Step, check_release, newest_release, read_facts, release_folders
from dashboard.tables import TABLES
from tests.dashboard.analysis_files import (
    AREAS,
    BENCHMARKS,
    ITEMS,
    VINTAGE,
    Row,
    item,
    people,
    response,
    write_analysis,
)

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
BREAKS = {"S1Y5D", "D7T5G", "T6Y0W", "S0E4D", "S9B9J", "QRL"}


def publish(analysis: Path, releases: Path, **changes: Any) -> Path:
    settings: dict[str, Any] = {"areas": AREAS, "benchmarks": BENCHMARKS, "now": NOW, **changes}
    return publish_wave(analysis, releases, **settings)


def cells(release: Path, **where: str) -> list[dict[str, Any]]:
    return table(release, "estimates", **where)


def table(release: Path, name: str, **where: str) -> list[dict[str, Any]]:
    condition = " and ".join(f"{column} = '{value}'" for column, value in where.items()) or "true"
    found = duckdb.connect(":memory:").execute(f"select * from '{release / name}.parquet' where {condition}")
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def cell(release: Path, area: str, item_id: str, option: str, **where: str) -> dict[str, Any]:
    usual = {"span": "wave", "vintage": read_facts(release).vintage, **where}
    (found,) = cells(release, area=area, item=item_id, option=option, **usual)
    return found


@pytest.fixture(scope="module")
def answers() -> Mapping[str, list[dict[str, Any]]]:
    """Answers of three waves."""
    return {wave: people(420, VINTAGE[wave], seed=int(wave)) for wave in ("2024", "2025", "2026")}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, answers: Mapping[str, list[Row]]) -> Path:
    """Three waves published one after the other; the folder has `analysis` and `releases`."""
    folder = tmp_path_factory.mktemp("published")
    for wave, rows in answers.items():
        publish(write_analysis(folder / "analysis", wave, rows), folder / "releases")
    return folder


@pytest.fixture(scope="module")
def release(published: Path) -> Path:
    """The release of 2026."""
    return published / "releases" / "2026" / "0001"


# --- What it says -----------------------------------------------------------------


def test_a_release_is_whole_and_says_what_it_is(release: Path) -> None:
    facts = check_release(release)
    assert facts == Facts(
        number=1,
        wave="2026",
        released_at="2026-11-12T09:30:00+00:00",
        data_until=facts.data_until,
        step=Step.PROVISIONAL,
        signed_by=None,
        signed_at=None,
        made_up=True,
        vintage="2026",
        opened_on="2026-09-01",
        closed_on="2026-10-31",
        questionnaire={"id": "small", "version": "1", "status": "agreed", "title": "A small survey"},
        pooled_waves=("2024", "2025", "2026"),
        has_estimates=True,
        responses=420,
        method=facts.method,
        methods=facts.methods,
        notes=facts.notes,
        sign_note="",
        public_on=None,
        estimates_from=1,
        corrections=(),
    )
    assert {"who_counts", "base", "weighting", "intervals", "rounding", "hiding", "areas"} <= facts.method.keys()
    assert "made up" in facts.notes[0]


def test_england_says_the_rounded_share_of_those_who_answered(release: Path, answers: Mapping[str, list[Row]]) -> None:
    said = Counter(row.get("control") for row in answers["2026"])
    base = said.total() - said[None]
    shown = cell(release, "england", "control", "lot")
    assert (shown["status"], shown["base"]) == ("shown", nearest_five(base))
    assert shown["share"] == rounded_share(said["lot"] / base, base)
    assert shown["low"] < shown["share"] < shown["high"]
    measure = cell(release, "england", "control", "")
    assert (measure["kind"], measure["share"]) == ("measure", rounded_share((said["lot"] + said["some"]) / base, base))


def test_answers_of_people_who_did_not_send_count_and_withdrawn_ones_do_not(tmp_path: Path) -> None:
    rows = [response("QE1", control=code) for code in ("lot", "lot", "some", "none") for _ in range(5)]
    rows += [response("QE1", control=code, status="started") for code in ("some", "none") for _ in range(10)]
    rows += [response("QE1", status="withdrawn") for _ in range(20)]
    release = publish(write_analysis(tmp_path / "a", "2026", rows), tmp_path / "r")
    assert cell(release, "england", "control", "lot")["base"] == 40
    assert cell(release, "england", "control", "some")["share"] == rounded_share(15 / 40, 40)
    assert read_facts(release).responses == 40
    counts = {row["category"]: row["count"] for row in table(release, "fieldwork", dimension="status")}
    assert counts == {"submitted": 20, "started": 20, "withdrawn": 20}


def test_people_who_pick_several_are_each_counted_in_every_option(
    release: Path, answers: Mapping[str, list[Row]]
) -> None:
    picked = [row["help__money"] for row in answers["2026"] if row.get("help__money") is not None]
    shown = cell(release, "england", "help", "money")
    assert (shown["base"], shown["share"]) == (
        nearest_five(len(picked)),
        rounded_share(sum(picked) / len(picked), len(picked)),
    )


def test_options_under_headings_are_published_by_heading_alone(release: Path) -> None:
    (listed,) = [each for each in json.loads((release / "items.json").read_text()) if each["id"] == "ethnicity"]
    assert [option["code"] for option in listed["options"]] == ["white", "asian", "black", "other"]
    assert {row["option"] for row in cells(release, item="ethnicity")} == {"white", "asian", "black", "other"}


def test_consent_and_free_text_are_not_published(release: Path) -> None:
    assert {row["item"] for row in cells(release)} == {"control", "help", "say", "sex", "ethnicity", "harder"}


def test_a_scale_is_published_point_by_point_with_its_measure(release: Path) -> None:
    (listed,) = [each for each in json.loads((release / "items.json").read_text()) if each["id"] == "say"]
    assert [option["text"] for option in listed["options"]] == ["0 – None", "1", "2", "3 – All I want"]
    assert listed["measure"] == {"good": ["2", "3"], "text": "2–3"}
    assert cell(release, "england", "say", "2")["status"] == "shown"


def test_every_place_of_both_lists_has_every_cell_in_both_spans(release: Path) -> None:
    options = sum(
        len(each["options"]) + bool(each["measure"]) for each in json.loads((release / "items.json").read_text())
    )
    assert len(cells(release)) == 2 * options * ((1 + 7 + 42) + (1 + 7 + 36))


def test_pooled_waves_add_up_where_the_question_was_the_same(release: Path, answers: Mapping[str, list[Row]]) -> None:
    said = Counter(row.get("control") for rows in answers.values() for row in rows)
    base = said.total() - said[None]
    pooled = cell(release, "england", "control", "lot", span="pooled")
    assert (pooled["base"], pooled["share"]) == (nearest_five(base), rounded_share(said["lot"] / base, base))


def test_of_a_question_with_other_words_waves_are_not_pooled(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    reworded = [{**each, "text": "Other words?"} if each["id"] == "control" else each for each in ITEMS]
    write_analysis(tmp_path / "a", "2025", answers["2025"], items=reworded)
    release = publish(write_analysis(tmp_path / "a", "2026", answers["2026"]), tmp_path / "r")
    assert cell(release, "england", "control", "lot", span="pooled")["status"] == "not_asked"
    assert cell(release, "england", "say", "2", span="pooled")["base"] > cell(release, "england", "say", "2")["base"]


def test_waves_are_pooled_over_other_words_that_are_declared_to_be_equivalent(
    tmp_path: Path, answers: Mapping[str, list[Row]]
) -> None:
    reworded = [{**each, "text": "Other words?"} if each["id"] in ("control", "say") else each for each in ITEMS]
    earlier = write_analysis(tmp_path / "a", "2025", answers["2025"], items=reworded)
    version = json.loads((earlier / "codebook.json").read_text())["questionnaire"]["version"]
    declared = [
        {**each, "equivalent": [{"version": version, "reason": "Only a comma."}]} if each["id"] == "control" else each
        for each in ITEMS
    ]
    release = publish(write_analysis(tmp_path / "a", "2026", answers["2026"], items=declared), tmp_path / "r")
    pooled = cell(release, "england", "control", "lot", span="pooled")
    assert pooled["base"] > cell(release, "england", "control", "lot")["base"]
    assert cell(release, "england", "say", "2", span="pooled")["status"] == "not_asked"


def test_what_is_asked_again_and_again_is_not_published(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    repeated = [*ITEMS, {**item("why", "choice", "yes", "no"), "repeat": "one", "columns": []}]
    release = publish(write_analysis(tmp_path / "a", "2026", answers["2026"], items=repeated), tmp_path / "r")
    assert "why" not in {each["id"] for each in json.loads((release / "items.json").read_text())}


def test_two_waves_are_pooled_for_england_alone(published: Path) -> None:
    release = published / "releases" / "2025" / "0001"
    shown = {row["level"] for row in cells(release, span="pooled", status="shown")}
    assert shown == {"england"}
    assert {row["level"] for row in cells(release, span="wave", status="shown")} == {"england", "region", "area"}


def test_a_first_wave_is_pooled_with_itself(published: Path) -> None:
    release = published / "releases" / "2024" / "0001"
    without = [
        [{**row, "span": "", "nearest_safe": ""} for row in cells(release, span=span)] for span in ("wave", "pooled")
    ]
    assert without[0] == without[1]


# --- Areas ------------------------------------------------------------------------


def test_a_wave_of_2023_as_of_2026_shows_unchanged_areas_and_whole_unions_alone(published: Path) -> None:
    release = published / "releases" / "2025" / "0001"
    rows = cells(release, span="wave", vintage="2026", level="area", item="control", option="lot")
    assert {row["area"] for row in rows if row["status"] == "break"} == BREAKS
    old = {row["area"]: row for row in cells(release, span="wave", vintage="2023", item="control", option="lot")}
    for row in rows:
        if row["area"] in old and row["area"] not in BREAKS:
            assert {**row, "vintage": ""} == {**old[row["area"]], "vintage": ""}


def test_a_union_is_the_sum_of_those_who_went_into_it(tmp_path: Path) -> None:
    said = {("QMJ", "lot"): 20, ("QMJ", "some"): 15, ("QMJ", "none"): 10}
    said |= {("QRV", "lot"): 20, ("QRV", "some"): 25, ("QRV", "none"): 10}
    rows = [response(area, "2023", control=code) for (area, code), number in said.items() for _ in range(number)]
    release = publish(write_analysis(tmp_path / "a", "2025", rows), tmp_path / "r")
    union = cell(release, "Z9B2Z", "control", "lot", vintage="2026")
    assert (union["base"], union["share"]) == (100, 40)


def test_a_wave_of_2026_as_of_2023_shows_unchanged_areas_alone(release: Path) -> None:
    rows = cells(release, span="wave", vintage="2023", level="area", item="control", option="lot")
    broken = {row["area"] for row in rows if row["status"] == "break"}
    assert broken == {*("QHG", "QUE", "QM7", "QH8", "QJG", "QMM", "QNQ", "QU9", "QXU", "QNX", "QRL", "QMJ", "QRV")}


def test_england_and_regions_are_the_same_on_both_lists(release: Path) -> None:
    for level in ("england", "region"):
        lists = [
            [{**row, "vintage": ""} for row in cells(release, level=level, vintage=vintage)]
            for vintage in ("2023", "2026")
        ]
        assert lists[0] == lists[1]


def test_a_hidden_cell_leads_to_the_nearest_one_that_is_shown(release: Path) -> None:
    shown = {
        (f"{row['span']}:{row['level']}:{row['area']}", row["vintage"], row["item"], row["option"])
        for row in cells(release, status="shown")
    }
    hidden = [row for row in cells(release) if row["status"] != "shown"]
    assert len(hidden) > 100
    for row in hidden:
        if row["nearest_safe"] is not None:
            assert (row["nearest_safe"], row["vintage"], row["item"], row["option"]) in shown
    opinions = [row for row in hidden if row["item"] == "control" and row["level"] == "area"]
    assert {row["nearest_safe"].split(":")[1] for row in opinions} >= {"area", "region"}
    assert all(row["nearest_safe"] is None for row in cells(release, status="shown"))


# --- Who is missing ---------------------------------------------------------------


def test_groups_are_compared_with_the_benchmark_of_their_dimension(release: Path) -> None:
    female, male = table(release, "inclusion", dimension="sex")
    assert (female["label"], female["benchmark_share"], female["benchmark_of"]) == ("Female", 52.0, "phb_holders")
    assert "nvented" in female["benchmark_source"]
    assert female["ratio"] == round(female["share"] / 52, 1)
    assert female["missing"] == max(0, nearest_five(0.52 * female["base"] - female["count"]))
    assert male["dimension_label"] == "Sex"
    assert female["dissimilarity"] is not None


def test_a_small_group_is_hidden_with_another_and_says_why(release: Path) -> None:
    rows = {row["category"]: row for row in table(release, "inclusion", dimension="ethnicity")}
    hidden = {category for category, row in rows.items() if row["status"] == "suppressed"}
    assert "other" in hidden
    assert len(hidden) >= 2
    assert rows["other"]["count"] is rows["other"]["ratio"] is rows["other"]["missing"] is None
    assert "Too few" in rows["other"]["reason"]
    assert rows["white"]["dissimilarity"] is None


def test_without_a_benchmark_the_release_says_so(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    (tmp_path / "none").mkdir()
    release = publish(
        write_analysis(tmp_path / "a", "2026", answers["2026"]), tmp_path / "r", benchmarks=tmp_path / "none"
    )
    rows = table(release, "inclusion", dimension="sex")
    assert {row["reason"] for row in rows} == {"No benchmark is loaded for this group."}
    assert {row["ratio"] for row in rows} == {None}


def test_invented_benchmarks_are_for_made_up_waves_alone(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    release = publish(write_analysis(tmp_path / "a", "2026", answers["2026"], made_up=False), tmp_path / "r")
    assert {row["benchmark_share"] for row in table(release, "inclusion")} == {None}
    assert not [note for note in read_facts(release).notes if "made up" in note]


def test_a_release_says_who_leaves_what_out_how_places_are_covered_and_why_there_is_no_indicator(release: Path) -> None:
    assert {row["kind"] for row in table(release, "non_response", dimension="")} >= {"left_out", "dont_know"}
    assert {row["dimension"] for row in table(release, "non_response")} >= {"", "language", "format", "mode"}
    regions = table(release, "coverage", vintage="2026", level="region")
    assert sum(row["count"] or 0 for row in regions) > 0
    assert {row["reason"] for row in table(release, "indicators")} == {OPEN_LINK}


# --- Fieldwork --------------------------------------------------------------------


def test_an_open_wave_gets_fieldwork_counts_and_nothing_else(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    analysis = write_analysis(tmp_path / "a", "2026", answers["2026"], open=True, closed_on=None)
    release = publish(analysis, tmp_path / "r")
    facts = check_release(release)
    assert not facts.has_estimates
    assert cells(release) == table(release, "inclusion") == []
    weeks = table(release, "fieldwork", dimension="day_week")
    assert all(datetime.fromisoformat(week["category"]).weekday() == 0 for week in weeks)
    assert sum(week["count"] or 0 for week in weeks) == pytest.approx(420, abs=25)


def test_fieldwork_counts_are_rounded_and_few_are_a_band(release: Path) -> None:
    rows = table(release, "fieldwork")
    assert {row["dimension"] for row in rows} == {"day_week", "area", "mode", "language", "format", "status", "page"}
    assert all((row["count"] is None) == (row["band"] == "under 10") for row in rows)
    assert all(row["count"] is None or (row["count"] % 5 == 0 and row["count"] >= 10) for row in rows)


def test_areas_of_both_lists_are_counted_where_they_can_be(release: Path) -> None:
    areas = {
        vintage: {row["category"] for row in table(release, "fieldwork", dimension="area", vintage=vintage)}
        for vintage in ("2023", "2026")
    }
    assert len(areas["2026"]) == 36 + 1
    assert "unknown" in areas["2026"]
    assert "QMJ" not in areas["2023"]


# --- Again ------------------------------------------------------------------------


def test_estimates_are_made_once_and_fieldwork_is_brought_up_to_date(
    tmp_path: Path, answers: Mapping[str, list[Row]]
) -> None:
    """Before and after one more response nothing may differ but counts that are rounded anyway."""
    first = publish(write_analysis(tmp_path / "a", "2026", answers["2026"]), tmp_path / "r")
    more = [*answers["2026"], *(response("QE1", control="none") for _ in range(30))]
    second = publish(write_analysis(tmp_path / "a", "2026", more), tmp_path / "r")
    assert second.name == "0002"
    for name in ("estimates.parquet", "inclusion.parquet", "items.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    assert read_facts(second).responses == 450


def test_an_analyst_signs_what_is_there(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    analysis = write_analysis(tmp_path / "a", "2026", answers["2026"])
    first = publish(analysis, tmp_path / "r")
    signed = publish(analysis, tmp_path / "r", signature=Signature("A. Analyst"))
    facts = check_release(signed)
    assert (facts.number, facts.step, facts.signed_by, facts.signed_at) == (
        2,
        "signed",
        "A. Analyst",
        facts.released_at,
    )
    assert (first / "estimates.parquet").read_bytes() == (signed / "estimates.parquet").read_bytes()
    later = publish(analysis, tmp_path / "r")
    assert read_facts(later).signed_by == "A. Analyst"
    assert read_facts(publish(analysis, tmp_path / "r", signature=Signature("B. Boss"))).signed_by == "B. Boss"


def test_there_is_nothing_to_sign_while_a_wave_is_open(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    analysis = write_analysis(tmp_path / "a", "2026", answers["2026"], open=True)
    with pytest.raises(PublishError, match="no estimates to sign"):
        publish(analysis, tmp_path / "r", signature=Signature("A. Analyst"))
    assert release_folders(tmp_path / "r", "2026") == ()
    publish(analysis, tmp_path / "r")
    with pytest.raises(PublishError, match="no estimates to sign"):
        publish(analysis, tmp_path / "r", signature=Signature("A. Analyst"))


def test_a_trial_is_pooled_with_nothing_and_nothing_with_it(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    trial = {"vintage": "2023", "opened_on": "2025-01-01", "closed_on": "2025-02-01"}
    write_analysis(tmp_path / "a", "trial", answers["2025"], **trial)
    write_analysis(tmp_path / "a", "2024", answers["2024"])
    assert read_facts(publish(tmp_path / "a" / "trial", tmp_path / "r")).pooled_waves == ("trial",)
    release = publish(write_analysis(tmp_path / "a", "2026", answers["2026"]), tmp_path / "r")
    assert read_facts(release).pooled_waves == ("2024", "2026")


def test_two_publishers_at_once_leave_two_whole_releases(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    analysis = write_analysis(tmp_path / "a", "2026", answers["2026"], open=True)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: publish(analysis, tmp_path / "r"), range(4)))
    assert sorted(release.name for release in made) == ["0001", "0002", "0003", "0004"]
    for release in made:
        assert check_release(release).number == int(release.name)


def test_what_a_publisher_left_half_written_is_not_read_and_is_cleared(
    tmp_path: Path, answers: Mapping[str, list[Row]]
) -> None:
    half = tmp_path / "r" / "2026" / ".writing-0001"
    half.mkdir(parents=True)
    (half / "items.json").write_text("[")
    assert newest_release(tmp_path / "r", "2026") is None
    release = publish(write_analysis(tmp_path / "a", "2026", answers["2026"], open=True), tmp_path / "r")
    assert release.name == "0001"
    assert not half.exists()


# --- What stops it ----------------------------------------------------------------


Change = Callable[[Path, list[Row]], Path]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda folder, rows: write_analysis(folder, "2026", []), "holds no response"),
        (lambda folder, rows: write_analysis(folder, "2026", [*rows, response("QNX")]), r"QNX \(list of 2026\)"),
        (lambda folder, rows: write_analysis(folder, "2026", rows, vintage="2023"), r"not on the list of 2023"),
        (lambda folder, rows: write_analysis(folder, "2026", rows, vintage="2031"), "areas of 2031"),
        (lambda folder, rows: write_analysis(folder, "2026", rows, leave_out="control"), "lacks 1 columns.*control"),
        (lambda folder, rows: write_analysis(folder, "2026", rows, leave_out="meta_mode"), "lacks 1 .*meta_mode"),
        (lambda folder, rows: write_analysis(folder, "2026", [*rows, response("QE1", control="lots")]), "'control'"),
        (lambda folder, rows: folder / "2031", "export the wave first"),
    ],
)  # fmt: skip
def test_a_wrong_analysis_file_is_named_and_nothing_is_published(
    tmp_path: Path, answers: Mapping[str, list[Row]], change: Change, words: str
) -> None:
    analysis = change(tmp_path / "a", answers["2026"])
    with pytest.raises(PublishError, match=words):
        publish(analysis, tmp_path / "r")
    assert [path for path in (tmp_path / "r").rglob("*") if path.is_file() and path.name != ".lock"] == []


def test_a_broken_codebook_or_parquet_file_is_named(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    analysis = write_analysis(tmp_path / "a", "2026", answers["2026"])
    whole = (analysis / "responses.parquet").read_bytes()
    (analysis / "responses.parquet").write_bytes(whole[:2000])
    with pytest.raises(PublishError, match=r"responses\.parquet cannot be read"):
        publish(analysis, tmp_path / "r")
    (analysis / "codebook.json").write_text('{"wave": {}}')
    with pytest.raises(PublishError, match=r"codebook\.json is not the codebook of a wave: .*questionnaire"):
        publish(analysis, tmp_path / "r")


def test_a_code_that_could_be_sql_is_refused(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    wrong = [item("x') or (1=1", "choice", "a", "b")]
    analysis = write_analysis(tmp_path / "a", "2026", answers["2026"])
    book = json.loads((analysis / "codebook.json").read_text())
    (analysis / "codebook.json").write_text(json.dumps({**book, "items": wrong}))
    with pytest.raises(PublishError, match="is not a code"):
        publish(analysis, tmp_path / "r")


def test_a_wrong_benchmark_stops_it_and_the_last_release_is_served_on(
    tmp_path: Path, answers: Mapping[str, list[Row]]
) -> None:
    analysis = write_analysis(tmp_path / "a", "2026", answers["2026"], open=True)
    good = publish(analysis, tmp_path / "r")
    wrong = tmp_path / "benchmarks"
    shutil.copytree(BENCHMARKS, wrong)
    text = (wrong / "illustrative.csv").read_text()
    (wrong / "illustrative.csv").write_text(text.replace("sex,female,england,0.52", "sex,female,england,0.62"))
    write_analysis(tmp_path / "a", "2026", answers["2026"])
    with pytest.raises(PublishError, match=r"'sex' in 'england' add up to 1\.100 instead of 1"):
        publish(analysis, tmp_path / "r", benchmarks=wrong)
    assert newest_release(tmp_path / "r", "2026") == good


def test_a_wave_of_another_questionnaire_is_not_pooled(tmp_path: Path, answers: Mapping[str, list[Row]]) -> None:
    other = write_analysis(tmp_path / "a", "2025", answers["2025"])
    book = json.loads((other / "codebook.json").read_text())
    book["questionnaire"]["id"] = "other"
    (other / "codebook.json").write_text(json.dumps(book))
    release = publish(write_analysis(tmp_path / "a", "2026", answers["2026"]), tmp_path / "r")
    assert read_facts(release).pooled_waves == ("2026",)


def test_waves_that_earlier_releases_hold_must_be_there(tmp_path: Path, published: Path) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "copy"))
    write_analysis(folder / "analysis", "2027", people(420, "2026", seed=2027))
    shutil.rmtree(folder / "analysis" / "2024")
    with pytest.raises(PublishError, match="shares published numbers with 2024"):
        publish(folder / "analysis" / "2027", folder / "releases")


def test_a_fourth_wave_is_pooled_with_the_two_before_it(tmp_path: Path, published: Path) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "copy"))
    release = publish(write_analysis(folder / "analysis", "2027", people(420, "2026", seed=2027)), folder / "releases")
    assert check_release(release).pooled_waves == ("2025", "2026", "2027")
    assert {row["level"] for row in cells(release, span="pooled", status="shown")} == {"england", "region", "area"}


def test_tables_have_the_columns_that_are_written_down(release: Path) -> None:
    for name, columns in TABLES.items():
        assert duckdb.connect(":memory:").from_parquet(str(release / f"{name}.parquet")).columns == list(columns)
