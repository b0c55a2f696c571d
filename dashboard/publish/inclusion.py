"""From England's cells and benchmarks to the rows of `inclusion.parquet`: who is heard, and who is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from dashboard.analysis.inclusion.representation import (
    dissimilarity,
    dissimilarity_by_chance,
    missing_voices,
    representation,
)
from dashboard.analysis.rounding import Figure, nearest_five, whole_per_cent
from dashboard.publish.analysis_file import Item
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.estimates import england_row
from dashboard.publish.study import ItemResult, Study
from dashboard.release import ENGLAND, Status

LABELS = {
    "age": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnic group",
    "language": "Main language",
    "english": "How well English is used",
    "limits": "Whether everyday things are harder",
    "difficulty": "What is difficult",
}
"""Dimensions in plain words; another is called by its question."""

NO_BENCHMARK = "No benchmark is loaded for this group."
NOT_ONE_GROUP = "People can be in several of these groups: there is no benchmark for that."
HIDDEN = "Too few people answered to show this group."
NOBODY_IN_BENCHMARK = "The benchmark has nobody in this group."
NEARLY_NOBODY = "So few, or nearly all, are in this group that its share is not shown to the per cent."
OTHER_GROUPS = "The benchmark has groups that the question does not: the groups together cannot be compared."


Shown = tuple[Status, Figure | None, int | None]
"""Status, figure and rounded count of a group."""


def inclusion_rows(
    study: Study, results: Sequence[ItemResult], benchmarks: Sequence[Benchmark]
) -> Iterator[tuple[object, ...]]:
    """The rows of `inclusion.parquet`, in the order of its columns. Everything is computed from published figures."""
    for result in results:
        if result.item.dimension is not None:
            yield from rows_of_dimension(result.item, _england(study, result), benchmarks)


def rows_of_dimension(
    item: Item, figures: Mapping[str, Shown], benchmarks: Sequence[Benchmark]
) -> Iterator[tuple[object, ...]]:
    """The rows of one dimension, from what is shown of each of its groups."""
    known = {
        benchmark.category: benchmark
        for benchmark in benchmarks
        if benchmark.dimension == item.dimension and benchmark.area == ENGLAND
    }
    groups = {option.code: figures[option.code] for option in item.options}
    index = (None, None) if item.takes_several else _dissimilarity(groups, known)
    label = LABELS.get(item.dimension or "", item.text)
    for option in item.options:
        status, figure, count = groups[option.code]
        yield (
            *(item.dimension, label, option.code, option.text, status.value),
            *_counted(figure, count),
            *_compared(item, figure, count, known.get(option.code)),
            *index,
            _reason(item, figure, known.get(option.code), known.keys()),
        )


def _england(study: Study, result: ItemResult) -> dict[str, Shown]:
    """England in the wave, by option."""
    counts, cells = england_row(study, result)
    found = zip(result.item.column_options, counts, cells, strict=True)
    return {
        option: (status, figure, rounded_people(figure, count) if figure else None)
        for option, count, (status, figure) in found
    }


def rounded_people(figure: Figure, count: int) -> int:
    """The people of a group, to the nearest 5, from its rounded share and base; from their number beside a band.

    A count rounded by itself would, beside the share, often tell the people: "35" with 11% of "285" are 33 of 287 and
    nobody else. From the two it is 30, which says nothing that they do not.
    """
    return nearest_five(count if figure.band else figure.share * figure.base / 100)


def _counted(figure: Figure | None, count: int | None) -> tuple[int | str | None, ...]:
    if figure is None:
        return None, None, None, "", None, None
    return figure.base, count, figure.share, figure.band, figure.low, figure.high


def _compared(
    item: Item, figure: Figure | None, count: int | None, benchmark: Benchmark | None
) -> tuple[float | int | str | None, ...]:
    """Benchmark share, of, source, date, ratio with limits, people missing."""
    if benchmark is None or item.takes_several:
        return None, "", "", "", None, None, None, None
    about = (round(benchmark.share * 100, 1), benchmark.of, benchmark.source, benchmark.date)
    if figure is None or figure.low is None or figure.high is None or count is None or not benchmark.share:
        return *about, None, None, None, None
    ratio = representation(figure.share / 100, figure.low / 100, figure.high / 100, benchmark.share)
    return *about, ratio.ratio, ratio.low, ratio.high, missing_voices(count, figure.base, benchmark.share)


def _dissimilarity(figures: Mapping[str, Shown], known: Mapping[str, Benchmark]) -> tuple[int | None, int | None]:
    """The index and its chance level; None where a group has no share or no benchmark, or the benchmark has others."""
    shown = [figure for _, figure, _ in figures.values() if figure is not None and not figure.band]
    if figures.keys() != known.keys() or len(shown) < len(figures):
        return None, None
    benchmark = [known[code].share for code in figures]
    index = dissimilarity([figure.share / 100 for figure in shown], benchmark)
    return whole_per_cent(index), whole_per_cent(dissimilarity_by_chance(shown[0].base, benchmark))


def _reason(item: Item, figure: Figure | None, benchmark: Benchmark | None, known: Set[str]) -> str:
    """Why a comparison is not there: that of the group or, where it is, that of all groups together."""
    if item.takes_several:
        return NOT_ONE_GROUP
    if benchmark is None:
        return NO_BENCHMARK
    if figure is None:
        return HIDDEN
    if figure.band:
        return NEARLY_NOBODY
    if not benchmark.share:
        return NOBODY_IN_BENCHMARK
    return OTHER_GROUPS if known - {option.code for option in item.options} else ""
