"""Estimates of a wave made again: figures change where ten new people stand behind them, and nothing else follows."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from dashboard.analysis.disclosure.bands import State
from dashboard.analysis.disclosure.lattice import build_lattice
from dashboard.analysis.rounding import nearest_five
from dashboard.areas import load_geography
from dashboard.publish.analysis_file import load_analysis_file
from dashboard.publish.counts import count_answers
from dashboard.publish.estimates import EstimateRow
from dashboard.publish.kept import key_of
from dashboard.publish.makings import RowKey
from dashboard.publish.steps import Again, Signature
from dashboard.publish.study import ground_of, spots_of
from dashboard.publish.wave import PublishError, publish_wave
from dashboard.release import Step, check_release, read_facts
from dashboard.tables import TABLES
from tests.dashboard.analysis.disclosure.worlds import determined_cells
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, ITEMS, Row, people, response, write_analysis

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
LATE = Again("ana", "Answers on paper came in late.")
BUSY, QUIET = "QE1", "QOP"
SOME = [item for item in ITEMS if item["id"] in ("taking_part", "control", "sex")]


def publish(folder: Path, **changes: Any) -> Path:
    settings = {"areas": AREAS, "benchmarks": BENCHMARKS, "now": NOW, **changes}
    return publish_wave(folder / "a" / "2026", folder / "r", **settings)


def late(area: str, number: int, start: int) -> list[Row]:
    """New people of one area, who do not agree."""
    answers = [("lot", "female"), ("some", "male"), ("none", "female")]
    return [
        {**response(area, control=control, sex=sex, help=("peer",), say=at % 4), "response": f"late-{start + at}"}
        for at in range(number)
        for control, sex in [answers[at % 3]]
    ]


def table(release: Path, name: str) -> list[tuple[Any, ...]]:
    name, _, condition = name.partition(" ")
    return duckdb.connect(":memory:").execute(f"select * from '{release}/{name}.parquet' {condition}").fetchall()


def estimates(release: Path) -> dict[tuple[RowKey, str], EstimateRow]:
    names = ", ".join(EstimateRow._fields)
    found = duckdb.connect(":memory:").execute(f"select {names} from '{release}/estimates.parquet'").fetchall()
    rows = [EstimateRow._make(row) for row in found]
    return {(key_of(row), row.option): row._replace(nearest_safe=None) for row in rows}


def people_of(rows: Sequence[Row], place: str, item: str) -> int:
    """How many of the 2026 list's areas, or of England, answered an item."""
    column = {"help": "help__peer", "harder": "harder__money"}.get(item, item)
    regions = {area.code: area.region_code for area in load_geography(AREAS).lists["2026"]}
    return sum(
        row.get(column) is not None and place in ("england", row["meta_area"], regions.get(row["meta_area"] or ""))
        for row in rows
    )


@dataclass(frozen=True)
class Made:
    """A wave that was made three times: 420 people, 13 in a busy area and 6 in a quiet one, 6 more in the quiet one."""

    folder: Path
    releases: tuple[Path, ...]
    rows: tuple[list[Row], ...]
    """The responses of each."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("again")
    first: list[Row] = [*people(420, "2026", seed=2026)]
    first += [{**row, "response": f"early{row['response']}"} for row in late(QUIET, 20, 0)]
    second = [*first, *late(BUSY, 13, 100), *late(QUIET, 6, 200)]
    third = [*second, *late(QUIET, 6, 300)]
    write_analysis(folder / "a", "2026", first, items=SOME)
    releases = [publish(folder, signature=Signature("ana"))]
    for rows in (second, third):
        write_analysis(folder / "a", "2026", rows, items=SOME)
        releases.append(publish(folder, again=LATE))
    return Made(folder, tuple(releases), (first, second, third))


def copied(made: Made, folder: Path) -> Path:
    return Path(shutil.copytree(made.folder, folder / "copy"))


def test_it_is_a_correction_that_no_one_has_signed_yet(made: Made) -> None:
    facts = check_release(made.releases[2])
    assert (facts.step, facts.signed_by, facts.estimates_from) == (Step.PROVISIONAL, None, 3)
    what = {"on": "2026-12-01", "by": "ana", "what": LATE.because}
    assert facts.corrections == ({"release": "2", **what}, {"release": "3", **what})
    assert any(LATE.because in note for note in facts.notes)
    steps = [read_facts(release).step for release in made.releases[:2]]
    assert steps == [Step.SIGNED, Step.PROVISIONAL]


def test_a_figure_changes_only_where_ten_new_people_stand_behind_it(made: Made) -> None:
    before, after = estimates(made.releases[0]), estimates(made.releases[1])
    new = made.rows[1][len(made.rows[0]) :]
    changed = {key for key, row in after.items() if before[key] != row}
    assert after.keys() == before.keys()
    assert changed
    assert all(people_of(new, area, item) >= 10 for (_, vintage, area, item), _ in changed if vintage == "2026")
    england = after[("wave", "2026", "england", "control"), "lot"]
    assert england.base == nearest_five(people_of(made.rows[1], "england", "control"))
    assert {area for (_, _, area, item), _ in changed if item == "control"} >= {"england", BUSY}


def test_new_people_add_up_over_several_makings(made: Made) -> None:
    """Six new ones do not change the quiet area, six more do."""
    bases = [estimates(release)[("wave", "2026", QUIET, "control"), "lot"].base for release in made.releases]
    earlier = people_of(made.rows[0], QUIET, "control")
    assert bases == [nearest_five(earlier), nearest_five(earlier), nearest_five(earlier + 12)]


def test_nothing_follows_from_both_releases_together(made: Made) -> None:
    """Linear algebra, with those of the first and those new in the second told apart."""
    item_id = "control"
    geography = load_geography(AREAS)
    file = load_analysis_file(made.folder / "a" / "2026")
    item = next(each for each in file.items if each.id == item_id)
    parts = [made.rows[0], made.rows[1][len(made.rows[0]) :]]
    atoms = []
    for number, rows in enumerate(parts):
        part = load_analysis_file(write_analysis(made.folder / f"part{number}", "2026", rows, items=SOME))
        with duckdb.connect(":memory:") as connection:
            atoms.append(count_answers(connection, part, geography.codes("2026")).by_item[item_id].people)
    lattice = build_lattice([ground_of(geography, "2026")] * 2)
    counts = lattice.system.totals(np.vstack(atoms))
    states = np.full(counts.shape, State.HIDDEN, dtype=np.int8)
    units = {spot.code: spot.unit for spot in spots_of(geography, "2026")}
    since: dict[RowKey, int] = {}
    releases = [estimates(release) for release in made.releases[:2]]
    for number, found in enumerate(releases):
        for (key, option), row in found.items():
            if key[:2] != ("wave", "2026") or row.item != item_id or row.status != "shown":
                continue
            same = number and all(found[key, each] == releases[number - 1][key, each] for each in item.column_options)
            since[key] = since.get(key, number) if same else number
            at = lattice.index[frozenset(range(since[key] + 1)), units[row.area]]
            states[at, 1 + item.column_options.index(option)] = State.BANDED if row.band else State.EXACT
            states[at, 0] = State.EXACT
    base = counts[:, :1]
    secret = (base > 0) & ((base < 10) | (np.minimum(counts, base - counts) < 1))
    secret[:, 0] = False
    assert (states == State.EXACT).sum() > 20
    assert not ((states == State.EXACT) & secret).any()
    assert not (determined_cells(lattice, item.columns, states) & secret).any()


def test_who_left_or_changed_an_answer_changes_nothing_without_ten_new_people(made: Made, tmp_path: Path) -> None:
    """Someone who changed an answer has left and is new."""
    folder = copied(made, tmp_path)
    rows = [{**row, "control": "none"} if at < 3 else row for at, row in enumerate(made.rows[2][12:])]
    write_analysis(folder / "a", "2026", rows, items=SOME)
    release = publish(folder, again=Again("ana", "Twelve took their answers back, three were typed in wrongly."))
    assert estimates(release) == estimates(made.releases[2])
    assert table(release, "inclusion") == table(made.releases[2], "inclusion")


def test_a_corrected_benchmark_is_compared_with_what_was_published(made: Made, tmp_path: Path) -> None:
    folder = copied(made, tmp_path)
    corrected = Path(shutil.copytree(BENCHMARKS, tmp_path / "benchmarks"))
    text = (corrected / "illustrative.csv").read_text()
    for old, new in (
        ("sex,female,england,0.52", "sex,female,england,0.42"),
        ("male,england,0.48", "male,england,0.58"),
    ):
        assert old in text
        text = text.replace(old, new)
    (corrected / "illustrative.csv").write_text(text)
    release = publish(folder, benchmarks=corrected, again=Again("ana", "The benchmark of sex was of another year."))
    assert estimates(release) == estimates(made.releases[2])
    (before, after) = (table(each, "inclusion where category = 'female'")[0] for each in (made.releases[2], release))
    columns = list(TABLES["inclusion"])
    at = {name: columns.index(name) for name in ("base", "count", "share", "benchmark_share", "ratio")}
    assert [before[at[name]] for name in ("base", "count", "share")] == [
        after[at[name]] for name in ("base", "count", "share")
    ]
    assert (before[at["benchmark_share"]], after[at["benchmark_share"]]) == (52.0, 42.0)
    assert after[at["ratio"]] == round(after[at["share"]] / 42, 1)


def test_what_was_used_is_kept_beside_the_releases_for_the_owner_alone(made: Made) -> None:
    kept = made.folder / "publishing"
    files = [path for path in kept.rglob("*") if path.is_file()]
    assert {path.relative_to(kept).as_posix() for path in files} == {
        "2026/0001/responses.parquet",
        *(f"2026/{number}/{name}.parquet" for number in ("0002", "0003") for name in ("responses", "rows")),
    }
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in [kept, *kept.rglob("*")] if path.is_dir()} == {0o700}
    text = b"".join(path.read_bytes() for path in files)
    assert b"late-1" not in text


def test_the_next_wave_counts_this_one_as_it_was_published(made: Made, tmp_path: Path) -> None:
    folder = copied(made, tmp_path)
    write_analysis(folder / "a", "2026", [*made.rows[2], *late(QUIET, 3, 400)], items=SOME)
    write_analysis(folder / "a", "2027", people(100, "2026", seed=2027), items=SOME)
    release = publish_wave(folder / "a" / "2027", folder / "r", areas=AREAS, benchmarks=BENCHMARKS, now=NOW)
    pooled = estimates(release)[("pooled", "2026", "england", "control"), "lot"]
    everyone = [*made.rows[2], *people(100, "2026", seed=2027)]
    assert (pooled.status, pooled.base) == ("shown", nearest_five(people_of(everyone, "england", "control")))


# --- What stops it ----------------------------------------------------------------


def test_without_a_record_estimates_cannot_be_made_again(made: Made, tmp_path: Path) -> None:
    folder = copied(made, tmp_path)
    shutil.rmtree(folder / "publishing" / "2026" / "0002")
    with pytest.raises(PublishError, match="not known which responses the estimates of release 2 of wave 2026"):
        publish(folder, again=LATE)
    assert not (folder / "r" / "2026" / "0004").exists()


def test_a_file_of_other_people_is_refused(made: Made, tmp_path: Path) -> None:
    folder = copied(made, tmp_path)
    write_analysis(folder / "a", "2026", people(420, "2026", seed=1), items=SOME)
    with pytest.raises(PublishError, match="Fewer than half of the responses that release 3"):
        publish(folder, again=LATE)


def test_only_what_is_made_can_be_made_again(tmp_path: Path) -> None:
    write_analysis(tmp_path / "a", "2026", late(BUSY, 12, 0), open=True)
    with pytest.raises(PublishError, match="no estimates yet that could be made again"):
        publish(tmp_path, again=LATE)


def test_a_reason_is_needed(made: Made) -> None:
    with pytest.raises(PublishError, match="Say why"):
        publish(made.folder, again=Again("ana", " "))


def test_unweighted_goes_with_making_them(made: Made) -> None:
    with pytest.raises(PublishError, match="--unweighted goes with --again"):
        publish(made.folder, weighted=False)
    assert read_facts(made.releases[2]).number == 3
