"""How many answered in each region and area, beside those invited and those who have a budget: `coverage.parquet`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from dashboard.analysis.fieldwork import rounded_count
from dashboard.analysis.inclusion.representation import missing_voices, representation
from dashboard.analysis.inclusion.response import response_rate
from dashboard.analysis.intervals import wilson
from dashboard.analysis.rounding import nearest_five, whole_per_cent
from dashboard.areas import Geography
from dashboard.publish.analysis_file import AnalysisFile, AnalysisFileError
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.codes import COUNTED
from dashboard.publish.study import spots_of
from dashboard.release import ENGLAND, Level

AREA = "area"
"""The dimension of a benchmark that says which share of all people lives in which area."""

NOBODY_INVITED = "Nobody here was invited by a code of their own, so there is no response rate."
FEW_INVITED_ANSWERED = "Fewer than ten people here answered an invitation: too few for a response rate."
MORE_THAN_INVITED = "More people answered by invitation than invitations are recorded for this place."
NO_BENCHMARK = "No benchmark is loaded for this place."
OTHER_GROUND = "The benchmark is by other areas, which cannot be added up to this place."
FEW_ANSWERED = "Fewer than ten people answered here: too few for a comparison."
CHANGED_GROUND = "Answers cannot be added up to this area: its ground changed and a part of it cannot be told."


@dataclass(frozen=True)
class Located:
    """People by area of the wave's list who answered, and those of them whose area is that of their invitation."""

    answered: Mapping[str, int]
    by_invitation: Mapping[str, int]
    elsewhere: int
    """People who answered whose area is not known."""


def count_located(connection: duckdb.DuckDBPyConnection, file: AnalysisFile) -> Located:
    """The people of a wave by area."""
    invitation = "meta_area_source::varchar = 'invitation'" if "meta_area_source" in file.columns else "false"
    rows = connection.execute(
        f"select meta_area, count(*), count(*) filter ({invitation}) from read_parquet($file)"
        " where meta_status in $counted group by meta_area",
        {"file": str(file.responses), "counted": list(COUNTED)},
    ).fetchall()
    known = [row for row in rows if row[0] is not None]
    return Located(
        answered={area: people for area, people, _ in known},
        by_invitation={area: people for area, _, people in known},
        elsewhere=sum(people for area, people, _ in rows if area is None),
    )


def add_up_to_places(
    geography: Geography, vintage: str, by_area: Mapping[str, float]
) -> dict[tuple[str, Level, str], float | None]:
    """Sums of what areas of the list `vintage` have, by list, level and code of every region and area of every list.

    None for areas of another list that areas of this one cannot be added up to.
    """
    found: dict[tuple[str, Level, str], float | None] = {}
    region_of = {area.code: area.region_code for area in geography.lists[vintage]}
    for other in geography.lists:
        for spot in spots_of(geography, other):
            if spot.level is Level.REGION:
                parts: Sequence[str] = [code for code, region in region_of.items() if region == spot.code]
            elif spot.level is Level.AREA and other == vintage:
                parts = (spot.code,)
            elif spot.level is Level.AREA and geography.is_exact(other, spot.code):
                parts = geography.members(vintage, geography.block_of[other, spot.code])
            else:
                parts = ()
            if spot.level is not Level.ENGLAND:
                total = sum(by_area.get(code, 0) for code in parts)
                found[other, spot.level, spot.code] = total if parts else None
    return found


def coverage_rows(
    geography: Geography, file: AnalysisFile, located: Located, benchmarks: Sequence[Benchmark]
) -> Iterator[tuple[object, ...]]:
    """The rows of `coverage.parquet`, in the order of its columns.

    Response rate, ratio and missing people are worked out of the published, rounded numbers of the place alone, and
    of the number of people whose area is known, to the nearest 5.
    """
    _check_invited(geography, file)
    answered = add_up_to_places(geography, file.vintage, located.answered)
    by_invitation = add_up_to_places(geography, file.vintage, located.by_invitation)
    invited = add_up_to_places(geography, file.vintage, file.invited)
    known = {each.category: each for each in benchmarks if each.dimension == AREA and each.area == ENGLAND}
    shares = _benchmark_shares(geography, file.vintage, known)
    base = nearest_five(sum(located.answered.values()))
    for place, people in answered.items():
        vintage, level, code = place
        if people is None:
            yield (vintage, level.value, code, None, "", *[None] * 3, "", "", "", *[None] * 4, CHANGED_GROUND)
            continue
        count = rounded_count(int(people))
        sent, rate, no_rate = _rate(int(by_invitation[place] or 0), int(invited[place] or 0))
        compared, no_comparison = _compared(count.count, base, shares.get(place), known.get(code), known)
        reasons = " ".join(reason for reason in (no_rate, no_comparison) if reason)
        yield (vintage, level.value, code, count.count, count.band, sent, rate, *compared, reasons)


def _check_invited(geography: Geography, file: AnalysisFile) -> None:
    unknown = sorted(file.invited.keys() - set(geography.codes(file.vintage)))
    if unknown or any(codes < 0 for codes in file.invited.values()):
        raise AnalysisFileError(
            f"The codebook in {file.folder} has invitations to areas that are not on the list of {file.vintage}, or"
            f" fewer than none: {', '.join(unknown) or 'a number below 0'}. Export the wave again."
        )


def _rate(by_invitation: int, invited: int) -> tuple[int | None, int | None, str]:
    """Invited to the nearest 5, response rate in whole per cent, and why there is none."""
    if not invited:
        return None, None, NOBODY_INVITED
    sent = nearest_five(invited)
    answered = rounded_count(by_invitation).count
    if answered is None:
        return sent, None, FEW_INVITED_ANSWERED
    if answered > sent:
        return sent, None, MORE_THAN_INVITED
    return sent, whole_per_cent(response_rate(answered, sent)), ""


def _benchmark_shares(
    geography: Geography, own: str, known: Mapping[str, Benchmark]
) -> dict[tuple[str, Level, str], float | None]:
    """The share of every place in the benchmark, from areas of the first list that has them all, the wave's before."""
    by_area = {code: benchmark.share for code, benchmark in known.items()}
    for vintage in sorted(geography.lists, key=lambda vintage: (vintage != own, vintage)):
        if by_area and by_area.keys() <= set(geography.codes(vintage)):
            return add_up_to_places(geography, vintage, by_area)
    regions = {area.region_code for areas in geography.lists.values() for area in areas}
    return {
        (vintage, Level.REGION, code): share
        for vintage in geography.lists
        for code, share in by_area.items()
        if code in regions
    }


def _compared(
    count: int | None, base: int, share: float | None, own: Benchmark | None, known: Mapping[str, Benchmark]
) -> tuple[tuple[float | int | str | None, ...], str]:
    """Benchmark share, of, source, date, ratio with limits, people missing; and why there is no ratio.

    The source of a place that is no row of the benchmark is that of its first row.
    """
    if not share:
        return (None, "", "", "", None, None, None, None), OTHER_GROUND if known else NO_BENCHMARK
    benchmark = own or next(iter(known.values()))
    about = (round(share * 100, 1), benchmark.of, benchmark.source, benchmark.date)
    if count is None:
        return (*about, None, None, None, None), FEW_ANSWERED
    ours = min(1.0, count / base)
    ratio = representation(ours, *wilson(ours, base), share)
    return (*about, ratio.ratio, ratio.low, ratio.high, missing_voices(count, base, share)), ""
