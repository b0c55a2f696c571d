"""From sums to the rows of `estimates.parquet`: every place, span and answer, each with its figure or the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypedDict

from dashboard.analysis.disclosure.bands import State, States
from dashboard.analysis.rounding import SMALLEST_BASE, Figure, band_limit, most_under, rounded_figure
from dashboard.analysis.tally import Tally
from dashboard.publish.analysis_file import Item
from dashboard.publish.study import ItemResult, Spot, Study
from dashboard.release import ENGLAND as ENGLAND_CODE
from dashboard.release import Level, Span, Status

WEIGHTED, UNWEIGHTED = "weighted", "unweighted"
"""The method of a number: the keys of `methods` in `release.json`."""


class FigureColumns(TypedDict):
    """The columns of a figure."""

    base: int | None
    effective: int | None
    share: int | None
    band: str
    low: int | None
    high: int | None


class EstimateRow(NamedTuple):
    """A row of `estimates.parquet`; the fields are its columns."""

    span: str
    vintage: str
    level: str
    area: str
    item: str
    kind: str
    option: str
    status: str
    base: int | None
    effective: int | None
    share: int | None
    band: str
    low: int | None
    high: int | None
    nearest_safe: str | None
    method: str


def method_of(item: Item, weighted: bool) -> str:
    """How the shares of an item are made: those of groups are compared with a benchmark and so never weighted to it."""
    return WEIGHTED if weighted and item.dimension is None else UNWEIGHTED


def estimate_rows(study: Study, results: Sequence[ItemResult]) -> Iterator[EstimateRow]:
    """The rows of `estimates.parquet`."""
    for result in results:
        for vintage, spots in study.spots.items():
            cells = {
                (span, spot.level, spot.code): _cells(study, result, span, spot) for span in Span for spot in spots
            }
            regions = {spot.code: spot.region for spot in spots}
            for (span, level, code), found in cells.items():
                ways = ways_on(span, level, code, regions[code])
                for number, option in enumerate(result.item.column_options):
                    status, figure = found[number]
                    safe = next((way for way in ways if cells[way][number][0] is Status.SHOWN), None)
                    yield EstimateRow(
                        span=span.value,
                        vintage=vintage,
                        level=level.value,
                        area=code,
                        item=result.item.id,
                        kind="option" if option else "measure",
                        option=option,
                        status=status.value,
                        **figure_columns(figure),
                        nearest_safe=":".join(safe) if safe and status is not Status.SHOWN else None,
                        method=method_of(result.item, study.weighted),
                    )


def england_row(study: Study, result: ItemResult) -> tuple[list[int], list[tuple[Status, Figure | None]]]:
    """England in the wave: exact counts, not to be published, and cells, both by column option."""
    england = next(spot for spot in study.spots[study.file.vintage] if spot.level is Level.ENGLAND)
    row = study.row(study.spans[Span.WAVE], england)
    return result.tally.people[row, 1:].tolist(), _cells(study, result, Span.WAVE, england)


def _cells(study: Study, result: ItemResult, span: Span, spot: Spot) -> list[tuple[Status, Figure | None]]:
    width = len(result.item.column_options)
    row = study.row(study.spans[span], spot)
    if row is None:
        return [(Status.BREAK, None)] * width
    if span is Span.POOLED and not result.pooled:
        return [(Status.NOT_ASKED, None)] * width
    return row_cells(result.tally, result.states, row)


def row_cells(tally: Tally, states: States, row: int) -> list[tuple[Status, Figure | None]]:
    """The cells of one row, without the base, as they are published."""
    one = tally.row(row)
    people, shares, effective = one.people[0].tolist(), one.shares()[0].tolist(), float(one.effective[0])
    return [
        _cell(people[0], people[column], shares[column], effective, State(states[row, column]))
        for column in range(1, len(people))
    ]


def _cell(base: int, count: int, share: float, effective: float, state: State) -> tuple[Status, Figure | None]:
    if state is State.HIDDEN:
        return (Status.TOO_FEW if base < SMALLEST_BASE else Status.SUPPRESSED), None
    limit = band_limit(base)
    figure = rounded_figure(share, base, effective)
    if state is State.EXACT and 0 < figure.share < 100:
        return Status.SHOWN, figure
    if count <= most_under(limit, base) if state is State.BANDED else figure.share == 0:
        return Status.SHOWN, replace(figure, share=limit, band="under", low=None, high=None)
    return Status.SHOWN, replace(figure, share=100 - limit, band="over", low=None, high=None)


def figure_columns(figure: Figure | None) -> FigureColumns:
    """A figure, or none, as it stands in the tables."""
    if figure is None:
        return {"base": None, "effective": None, "share": None, "band": "", "low": None, "high": None}
    return {
        "base": figure.base,
        "effective": figure.effective,
        "share": figure.share,
        "band": figure.band,
        "low": figure.low,
        "high": figure.high,
    }


def ways_on(span: Span, level: Level, code: str, region: str) -> list[tuple[Span, Level, str]]:
    """Where to look instead of a hidden cell, nearest first."""
    other = Span.POOLED if span is Span.WAVE else Span.WAVE
    ways = [(other, level, code)]
    if level is Level.AREA:
        ways += [(each, Level.REGION, region) for each in (span, other)]
    if level is not Level.ENGLAND:
        ways += [(each, Level.ENGLAND, ENGLAND_CODE) for each in (span, other)]
    return ways
