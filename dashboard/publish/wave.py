"""From the analysis files of a survey to a release of one wave: counts, rules, tables, a folder in its place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb

from dashboard.areas import AreaError, Geography, load_geography
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError, load_analysis_file
from dashboard.publish.audit import audit_release
from dashboard.publish.benchmarks import Benchmark, BenchmarkError, load_benchmarks
from dashboard.publish.contents import ESTIMATE_FILES, write_fieldwork, write_no_estimates, write_others, write_shares
from dashboard.publish.counts import WaveCounts, count_answers, count_responses, weighted_alike
from dashboard.publish.estimates import WEIGHTED
from dashboard.publish.folder import copy_files, new_release, next_number, only_publisher
from dashboard.publish.history import newest_facts, read_history
from dashboard.publish.kept import Earlier, rows_before
from dashboard.publish.makings import Making, NoRecord, RowKey, read_rows, write_record
from dashboard.publish.repair import write_without_leaks
from dashboard.publish.steps import (
    Again,
    Signature,
    StepError,
    check_making,
    check_same_questions,
    check_steps,
    first_facts,
    put_right,
    signed,
    taken_over,
    with_estimates,
)
from dashboard.publish.study import Study, spots_of
from dashboard.publish.waves import check_records, choose_waves, split_waves, used_parts
from dashboard.publish.weights import NOT_YET, WeightingError, write_weights
from dashboard.release import Facts, ReleaseError

_COUNTING = ".counting-"


class PublishError(Exception):
    """Nothing was published; the message says why and what to do."""


def publish_wave(
    analysis: Path,
    releases: Path,
    *,
    areas: Path,
    benchmarks: Path,
    makings: Path | None = None,
    signature: Signature | None = None,
    again: Again | None = None,
    weighted: bool = True,
    now: datetime,
) -> Path:
    """Make a release of the wave whose analysis file is in the folder `analysis`, and return its folder.

    Folders beside `analysis` hold the other waves: the two before are pooled with this one, and those of other
    releases are needed so that nothing follows from both. While the wave is open the release has fieldwork counts only.
    Estimates are made once, by the first release after the close; a later release of the wave takes them over as they
    are and brings the fieldwork counts up to date. Made `again` they change where ten new people or more stand behind
    a figure; for that `makings`, a folder (`publishing`, beside the releases) that only its owner may open, keeps which
    responses were used. Raises PublishError, and leaves everything as it was.
    """
    places = _Places(analysis, releases, areas, benchmarks, makings or releases.with_name("publishing"))
    try:
        check_steps(signature, again, now)
        with only_publisher(releases), duckdb.connect(":memory:") as connection:
            return _publish(connection, places, signature, again, weighted, now)
    except (AnalysisFileError, AreaError, BenchmarkError, NoRecord, ReleaseError, StepError) as error:
        raise PublishError(str(error)) from error
    except WeightingError as error:
        raise PublishError(f"{error} They are in {benchmarks}. With --unweighted nobody is weighted.") from error
    except OSError as error:
        where = error.filename or releases
        raise PublishError(f"{where}: {error.strerror or error}. Nothing was published.") from error
    except duckdb.Error as error:
        raise PublishError(f"Wave {analysis.name} could not be counted or written: {error}") from error


@dataclass(frozen=True)
class _Places:
    """Where everything is."""

    analysis: Path
    releases: Path
    areas: Path
    benchmarks: Path
    makings: Path


def _publish(
    connection: duckdb.DuckDBPyConnection,
    places: _Places,
    signature: Signature | None,
    again: Again | None,
    weighted: bool,
    now: datetime,
) -> Path:
    file = load_analysis_file(places.analysis)
    geography = load_geography(places.areas)
    if file.vintage not in geography.lists:
        raise PublishError(
            f"Wave {file.wave} is on the areas of {file.vintage}; there is no such list in {places.areas}."
        )
    before = newest_facts(places.releases, file.wave)
    check_same_questions(file, before)
    earlier = _earlier(connection, places, before) if before is not None and before.has_estimates else None
    check_making(file, signature, again, has_estimates=earlier is not None, weighted=weighted)
    makes = not file.is_open and (earlier is None or again is not None)
    known = load_benchmarks(places.benchmarks, _codes(geography), made_up=file.made_up)
    counted = count_responses(connection, file, geography.codes(file.vintage))
    facts = first_facts(file, *counted, number=next_number(places.releases, file.wave), now=now)
    with _private_folder(places.makings) as working:
        used = known if weighted else None
        found = _study(connection, places, file, geography, earlier, used, working) if makes else None
        if found is not None:
            facts = with_estimates(facts, found.study)
        if earlier is not None:
            if again is not None and found is not None:
                facts = put_right(facts, earlier.facts, again, now, keeps_weighting=found.study.keeps_weighting)
            else:
                facts = taken_over(facts, earlier.facts)
        if signature is not None:
            facts = signed(facts, signature, now)
        with new_release(places.releases, facts) as folder:
            write_fieldwork(connection, folder, file, geography)
            if found is not None:
                write_weights(connection, file, found.study.own.cells, found.study.own.weighting)
                kept = _write_estimates(connection, places, folder, facts, found.study, known, earlier)
                making = Making(facts.wave, facts.number)
                write_record(connection, making, places.makings, marks=found.marks, rows=kept)
            elif earlier is not None:
                copy_files(earlier.folder, folder, ESTIMATE_FILES)
            else:
                write_no_estimates(connection, folder, file)
    return places.releases / facts.wave / f"{facts.number:04d}"


def _write_estimates(
    connection: duckdb.DuckDBPyConnection,
    places: _Places,
    folder: Path,
    facts: Facts,
    study: Study,
    known: Sequence[Benchmark],
    earlier: Earlier | None,
) -> Mapping[RowKey, int]:
    """Write the estimates, with more hidden while the auditor still finds anything."""
    vintages = {file.wave: file.vintage for file in study.files}
    shares = write_without_leaks(
        study,
        lambda withheld, before: write_shares(connection, folder, study, earlier, withheld, before),
        lambda only: audit_release(connection, folder, facts, places.releases, study.geography, vintages, only),
    )
    write_others(connection, folder, study, shares, known, earlier)
    return shares.kept


@dataclass(frozen=True)
class _Found:
    """A study, and queries for the marks of the responses of each wave that it counts."""

    study: Study
    marks: Mapping[str, str]


def _study(
    connection: duckdb.DuckDBPyConnection,
    places: _Places,
    file: AnalysisFile,
    geography: Geography,
    earlier: Earlier | None,
    benchmarks: Sequence[Benchmark] | None,
    working: Path,
) -> _Found:
    history = read_history(places.releases, places.makings, file.questionnaire["id"], file.made_up)
    if earlier is not None:
        check_records(file, history)
    chosen = choose_waves(file, history, earlier.facts.pooled_waves if earlier else None)

    def count(each: AnalysisFile) -> WaveCounts:
        return count_answers(
            connection, each, geography.codes(each.vintage), benchmarks or (), weighted=benchmarks is not None
        )

    def count_people(each: AnalysisFile) -> WaveCounts:
        return count_answers(connection, each, geography.codes(each.vintage), weighted=False)

    split = split_waves(connection, chosen, history, count, count_people, working)
    used = used_parts(split.parts)
    pooled = {number for wave in chosen.window for number in split.counted[wave]}
    study = Study(
        geography,
        files=tuple(part.file for part in split.parts),
        counts=weighted_alike([part.counts for part in split.parts], pooled),
        wave=file.wave,
        window=chosen.window,
        parts=split.counted,
        released=history.cells(connection, chosen.window, used),
        released_groups=history.groups(connection, chosen.window, used),
        before=rows_before(connection, earlier, used) if earlier else {},
    )
    if earlier is not None and study.keeps_weighting and WEIGHTED not in earlier.facts.methods:
        study = replace(study, counts=tuple(each.unweighted(NOT_YET) for each in study.counts))
    return _Found(study, {wave: query for wave, query in split.marks.items() if wave in chosen.window})


def _earlier(connection: duckdb.DuckDBPyConnection, places: _Places, before: Facts) -> Earlier:
    making = Making(before.wave, before.estimates_from)
    folder = places.releases / before.wave / f"{before.number:04d}"
    return Earlier(folder, before, read_rows(connection, making, places.makings))


def _codes(geography: Geography) -> set[str]:
    return {spot.code for vintage in geography.lists for spot in spots_of(geography, vintage)}


@contextmanager
def _private_folder(makings: Path) -> Iterator[Path]:
    """A folder for files of a part of the responses, empty, and gone in the end; what was left behind goes, too."""
    makings.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_behind in makings.glob(f"{_COUNTING}*"):
        shutil.rmtree(left_behind)
    with tempfile.TemporaryDirectory(prefix=_COUNTING, dir=makings) as folder:
        yield Path(folder)
