"""From the analysis files of a survey to a release of one wave: counts, rules, tables, a folder in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from dashboard.analysis.rounding import nearest_five
from dashboard.areas import AreaError, Geography, load_geography
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError, load_analysis_file
from dashboard.publish.benchmarks import BenchmarkError, load_benchmarks
from dashboard.publish.contents import ESTIMATE_FILES, write_estimates, write_fieldwork, write_no_estimates
from dashboard.publish.counts import WaveCounts, count_answers
from dashboard.publish.estimates import UNWEIGHTED
from dashboard.publish.folder import copy_files, new_release, only_publisher
from dashboard.publish.history import read_history
from dashboard.publish.method import describe_method, describe_number, write_notes
from dashboard.publish.study import POOLED, Study
from dashboard.release import Facts, ReleaseError, Step, newest_release, read_facts

TRIAL = "trial"
"""The wave that is there for trying things out: pooled with nothing."""


class PublishError(Exception):
    """Nothing was published; the message says why and what to do."""


def publish_wave(
    analysis: Path, releases: Path, *, areas: Path, benchmarks: Path, signed_by: str | None = None, now: datetime
) -> Path:
    """Make a release of the wave whose analysis file is in the folder `analysis`, and return its folder.

    Folders beside `analysis` hold the other waves: the two before are pooled with this one, and those of other
    releases are needed so that nothing follows from both. While the wave is open the release has fieldwork counts only.
    Estimates are made once, by the first release after the close; a later release of the wave takes them over as they
    are and brings the fieldwork counts up to date. Raises PublishError, and leaves everything as it was.
    """
    try:
        with only_publisher(releases), duckdb.connect(":memory:") as connection:
            file = load_analysis_file(analysis)
            geography = load_geography(areas)
            if file.vintage not in geography.lists:
                raise PublishError(
                    f"Wave {file.wave} is on the areas of {file.vintage}; there is no such list in {areas}."
                )
            counts = count_answers(connection, file, geography.codes(file.vintage))
            earlier = _with_estimates(releases, file.wave)
            facts = _first_facts(file, counts, now)
            if earlier is not None:
                facts = _taken_over(facts, read_facts(earlier))
            study = None if earlier or file.is_open else _study(connection, file, counts, geography, releases)
            if study is not None:
                facts = replace(facts, has_estimates=True, pooled_waves=study.window)
            if signed_by is not None:
                facts = _signed(facts, signed_by, now)
            with new_release(releases, facts) as (folder, numbered):
                write_fieldwork(connection, folder, file, geography)
                if study is not None:
                    areas_known = {spot.code for spots in study.spots.values() for spot in spots}
                    known = load_benchmarks(benchmarks, areas_known, made_up=file.made_up)
                    write_estimates(connection, folder, study, known)
                elif earlier is not None:
                    copy_files(earlier, folder, ESTIMATE_FILES)
                else:
                    write_no_estimates(connection, folder, file)
            return releases / file.wave / f"{numbered.number:04d}"
    except (AnalysisFileError, AreaError, BenchmarkError, ReleaseError) as error:
        raise PublishError(str(error)) from error
    except duckdb.Error as error:
        raise PublishError(f"The analysis file in {analysis} could not be counted: {error}") from error


# --- The waves of a release -------------------------------------------------------


def _with_estimates(releases: Path, wave: str) -> Path | None:
    newest = newest_release(releases, wave)
    return newest if newest is not None and read_facts(newest).has_estimates else None


def _study(
    connection: duckdb.DuckDBPyConnection,
    file: AnalysisFile,
    counts: WaveCounts,
    geography: Geography,
    releases: Path,
) -> Study:
    others = {other.wave: other for other in _other_files(file)}
    history = read_history(releases, file.wave, file.questionnaire["id"], file.made_up)
    before = sorted(
        (other for other in others.values() if other.opened_on < file.opened_on), key=lambda other: other.opened_on
    )
    window = (*(other.wave for other in before[-(POOLED - 1) :]), file.wave)
    needed = (history.waves_needed(window) | set(window)) - {file.wave}
    if needed - others.keys():
        raise PublishError(
            f"Wave {file.wave} shares published numbers with {', '.join(sorted(needed - others.keys()))}. Put the "
            f"analysis files of these waves beside {file.folder}, so that nothing can be worked out from both."
        )
    chosen = sorted([file, *(others[wave] for wave in needed)], key=lambda each: each.opened_on)
    counted = [
        counts if each is file else count_answers(connection, each, geography.codes(each.vintage)) for each in chosen
    ]
    return Study(geography, tuple(chosen), tuple(counted), file.wave, window, history.cells(connection, window))


def _other_files(file: AnalysisFile) -> list[AnalysisFile]:
    """Closed waves of the same survey whose analysis files are beside this one."""
    if file.wave == TRIAL:
        return []
    found = [
        load_analysis_file(path.parent)
        for path in sorted(file.folder.resolve().parent.glob("*/codebook.json"))
        if path.parent != file.folder.resolve()
    ]
    return [
        other
        for other in found
        if other.questionnaire["id"] == file.questionnaire["id"]
        and (other.made_up, other.is_open) == (file.made_up, False)
        and other.wave not in (file.wave, TRIAL)
    ]


# --- Facts ------------------------------------------------------------------------


def _first_facts(file: AnalysisFile, counts: WaveCounts, now: datetime) -> Facts:
    return Facts(
        number=0,
        wave=file.wave,
        released_at=now.isoformat(timespec="seconds"),
        data_until=counts.data_until,
        step=Step.PROVISIONAL,
        signed_by=None,
        signed_at=None,
        made_up=file.made_up,
        vintage=file.vintage,
        opened_on=file.opened_on,
        closed_on=file.closed_on,
        questionnaire=dict(file.questionnaire),
        pooled_waves=(file.wave,),
        has_estimates=False,
        responses=nearest_five(counts.responses),
        method=describe_method(),
        methods={UNWEIGHTED: describe_number(file)},
        notes=write_notes(file),
        sign_note="",
        public_on=None,
        estimates_from=0,
        corrections=(),
    )


def _taken_over(facts: Facts, earlier: Facts) -> Facts:
    """Facts of a release that keeps the estimates of an earlier one, and whoever signed them."""
    return replace(
        facts,
        step=earlier.step,
        signed_by=earlier.signed_by,
        signed_at=earlier.signed_at,
        pooled_waves=earlier.pooled_waves,
        has_estimates=True,
        method=earlier.method,
        methods=earlier.methods,
        notes=earlier.notes,
        sign_note=earlier.sign_note,
        public_on=earlier.public_on,
        estimates_from=earlier.estimates_from,
        corrections=earlier.corrections,
    )


def _signed(facts: Facts, signed_by: str, now: datetime) -> Facts:
    if not facts.has_estimates:
        raise PublishError(f"Wave {facts.wave} has no estimates to sign: close it and publish it first.")
    at = now.isoformat(timespec="seconds")
    return replace(facts, released_at=at, step=Step.SIGNED, signed_by=signed_by, signed_at=at)
