"""The waves of a study: which ones are needed, and what each is split into when estimates were made of it before.

A part of a wave is a set of responses that the same makings used. A wave whose estimates are made again comes in two:
those who were there before and are there still, and the new ones. To the rules each part is a wave like any other, so
that what changed between two releases says no more of people than any other set of them. An attacker is taken to know
who has left, and what they had answered: what was published counts as published of those who are still there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from dashboard.analysis.tally import Tally
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError, load_analysis_file
from dashboard.publish.codes import COUNTED
from dashboard.publish.counts import WaveCounts
from dashboard.publish.history import History, Parts
from dashboard.publish.makings import Making, NoRecord, has_record, marks_of, marks_used
from dashboard.publish.study import POOLED

TRIAL = "trial"
"""The wave that is there for trying things out: pooled with nothing."""

Count = Callable[[AnalysisFile], WaveCounts]


@dataclass(frozen=True)
class Part:
    """Counts of the responses of one wave that the same makings used."""

    file: AnalysisFile
    counts: WaveCounts
    used_by: frozenset[Making]
    used_now: bool
    """Whether this release counts them; if not, an earlier one did."""


@dataclass(frozen=True)
class Split:
    """The waves of a study in their parts."""

    parts: tuple[Part, ...]
    marks: Mapping[str, str]
    """Queries for the marks of the responses of each wave that this release counts."""

    @property
    def counted(self) -> Mapping[str, Parts]:
        """The numbers of the parts of each wave that this release counts."""
        waves = {part.file.wave for part in self.parts}
        return {
            wave: frozenset(
                number for number, part in enumerate(self.parts) if part.used_now and part.file.wave == wave
            )
            for wave in waves
        }


@dataclass(frozen=True)
class Chosen:
    """The waves of a release: `window` is pooled, `files` are all that are needed, in order of time."""

    window: tuple[str, ...]
    files: tuple[AnalysisFile, ...]


def choose_waves(file: AnalysisFile, history: History, window: tuple[str, ...] | None) -> Chosen:
    """The waves a release of `file` needs; `window` where an earlier release has pooled already. Raises
    AnalysisFileError when the analysis file of one is not there."""
    others = {other.wave: other for other in _other_files(file)}
    before = sorted(
        (other for other in others.values() if other.opened_on < file.opened_on), key=lambda other: other.opened_on
    )
    window = window or (*(other.wave for other in before[-(POOLED - 1) :]), file.wave)
    needed = (history.waves_needed(window) | set(window)) - {file.wave}
    if needed - others.keys():
        raise AnalysisFileError(
            f"Wave {file.wave} shares published numbers with {', '.join(sorted(needed - others.keys()))}. Put the "
            f"analysis files of these waves beside {file.folder}, so that nothing can be worked out from both."
        )
    chosen = sorted([file, *(others[wave] for wave in needed)], key=lambda each: each.opened_on)
    return Chosen(window, tuple(chosen))


def check_records(file: AnalysisFile, history: History) -> None:
    """Raise NoRecord unless it is known which responses every making of the wave used."""
    for making in history.facts:
        if making.wave == file.wave and not has_record(making, history.makings):
            raise NoRecord(
                f"It is not known which responses the estimates of release {making.number} of wave {file.wave} were "
                f"made from ({history.makings / making.wave / f'{making.number:04d}'} is not there), so that "
                "they cannot be made again: the difference could give somebody away. What is published stays."
            )


def split_waves(
    connection: duckdb.DuckDBPyConnection,
    chosen: Chosen,
    history: History,
    count: Count,
    count_people: Count,
    folder: Path,
) -> Split:
    """Every wave in its parts. `count` weighs people and `count_people` does not; `folder` is for passing files.

    A wave of earlier releases is counted as its newest one did: late answers wait until it is made again itself.
    Raises NoRecord when a wave does not look like the one that was published.
    """
    parts: list[Part] = []
    marks: dict[str, str] = {}
    for number, file in enumerate(chosen.files):
        makings = [each for each, facts in history.facts.items() if file.wave in facts.pooled_waves]
        known = [making for making in makings if has_record(making, history.makings)]
        unknown = frozenset(makings) - frozenset(known)
        newest = history.newest(file.wave)
        now = newest if newest in known and file.wave != chosen.window[-1] else None
        patterns = _patterns(connection, file, number, known, now, history.makings)
        if newest in known:
            _check_still_there(connection, file, number, newest, history.makings)
        counted = " or ".join(f"({condition})" for condition, _, used_now in patterns if used_now)
        marks[file.wave] = f"select mark from marks_{number} where {counted}"
        parts += _counted(connection, file, number, patterns, unknown, counted, count, count_people, folder)
    return Split(tuple(parts), marks)


def used_parts(parts: Sequence[Part]) -> Mapping[tuple[Making, str], Parts]:
    """The numbers of the parts of each wave that each making used."""
    found: dict[tuple[Making, str], set[int]] = {}
    for number, part in enumerate(parts):
        for making in part.used_by:
            found.setdefault((making, part.file.wave), set()).add(number)
    return _Used({key: frozenset(numbers) for key, numbers in found.items()})


class _Used(dict[tuple[Making, str], Parts]):
    """Of a making whose responses have all left there is no part."""

    def __missing__(self, key: tuple[Making, str]) -> Parts:
        return frozenset()


def _patterns(
    connection: duckdb.DuckDBPyConnection,
    file: AnalysisFile,
    number: int,
    makings: Sequence[Making],
    now: Making | None,
    folder: Path,
) -> list[tuple[str, frozenset[Making], bool]]:
    """Conditions on the table `marks_<number>`, each with the makings that used its responses, and whether this does.

    The oldest come first.
    """
    columns = [f"p{at}" for at in range(len(makings))]
    joins = " ".join(
        f"left join ({marks_used(making, file.wave, folder)}) m{at} on m{at}.mark = here.mark"
        for at, making in enumerate(makings)
    )
    flags = "".join(f", m{at}.mark is not null as p{at}" for at in range(len(makings)))
    query = f"select here.mark{flags} from ({marks_of(connection, file, COUNTED)}) here {joins}"
    connection.execute(f"create or replace temp table marks_{number} as {query}")
    if not makings:
        return [("true", frozenset(), True)]
    listed = ", ".join(columns)
    found = connection.execute(f"select distinct {listed} from marks_{number} order by {listed}").fetchall()[::-1]
    patterns = []
    for row in found:
        used_by = frozenset(making for making, used in zip(makings, row, strict=True) if used)
        condition = " and ".join(name if used else f"not {name}" for name, used in zip(columns, row, strict=True))
        if now is None or used_by:
            patterns.append((condition, used_by, now is None or now in used_by))
    return patterns


def _check_still_there(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, number: int, newest: Making, folder: Path
) -> None:
    """Raise NoRecord when more than half of those who were counted are gone: such a file is of other people."""
    used = marks_used(newest, file.wave, folder)
    before, still = connection.execute(
        f"select count(*), count(*) filter (mark in (select mark from marks_{number})) from ({used})"
    ).fetchone() or (0, 0)
    if 2 * still < before:
        raise NoRecord(
            f"Fewer than half of the responses that release {newest.number} of wave {file.wave} was made from are in "
            f"{file.responses}, with the same answers: it looks like a file of another store. Export the wave again."
        )


def _counted(
    connection: duckdb.DuckDBPyConnection,
    file: AnalysisFile,
    number: int,
    patterns: list[tuple[str, frozenset[Making], bool]],
    unknown: frozenset[Making],
    wanted: str,
    count: Count,
    count_people: Count,
    folder: Path,
) -> list[Part]:
    """The parts of one wave. All weights are on the first that this release counts: its rows hold all of these."""

    def pick(condition: str) -> AnalysisFile:
        return _write_some(connection, file, number, condition, folder)

    (everyone,) = connection.execute(f"select count(*) from marks_{number}").fetchone() or (0,)
    (counted,) = connection.execute(f"select count(*) from marks_{number} where {wanted}").fetchone() or (0,)
    whole = count(file if counted == everyone else pick(wanted))
    if len(patterns) == 1:
        return [Part(file, whole, unknown | patterns[0][1], True)]
    patterns = sorted(patterns, key=lambda pattern: not pattern[2])
    people = [count_people(pick(condition)) for condition, _, _ in patterns]
    first = _with_weights(people[0], whole)
    return [
        Part(file, each, unknown | used_by, used_now)
        for each, (_, used_by, used_now) in zip(
            [first, *(_without_weights(each, whole) for each in people[1:])], patterns, strict=True
        )
    ]


def _with_weights(part: WaveCounts, whole: WaveCounts) -> WaveCounts:
    def of(people: Tally, weights: Tally) -> Tally:
        return Tally(people.people, weights.weights, weights.squares)

    return replace(
        whole,
        responses=part.responses,
        by_item={item: of(tally, whole.by_item[item]) for item, tally in part.by_item.items()},
        groups={key: of(tally, whole.groups[key]) for key, tally in part.groups.items()},
    )


def _without_weights(part: WaveCounts, whole: WaveCounts) -> WaveCounts:
    def of(tally: Tally) -> Tally:
        return Tally(tally.people, tally.weights * 0, tally.squares * 0)

    return replace(
        whole,
        responses=part.responses,
        by_item={item: of(tally) for item, tally in part.by_item.items()},
        groups={key: of(tally) for key, tally in part.groups.items()},
    )


def _write_some(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, number: int, condition: str, folder: Path
) -> AnalysisFile:
    """An analysis file of some of the responses alone."""
    target = folder / f"{number}-{len(list(folder.iterdir()))}"
    target.mkdir()
    marked = marks_of(connection, file, COUNTED).replace("select ", "select *, ", 1)
    connection.execute(
        f"copy (select * exclude (mark) from ({marked})"
        f" where mark in (select mark from marks_{number} where {condition}))"
        f" to '{str(target / 'responses.parquet').replace(chr(39), chr(39) * 2)}' (format parquet)"
    )
    return replace(file, folder=target)


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
