"""Weights of a wave: which benchmarks people are raked to, and the files that say what each response weighs."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from dashboard.analysis.tally import Floats
from dashboard.analysis.weighting.raking import Margin, NotConverged, Raked, RakingError, rake
from dashboard.publish.analysis_file import AnalysisFile, Item
from dashboard.publish.benchmarks import Benchmark
from dashboard.publish.cells import Cells
from dashboard.publish.codes import COUNTED, category_sql
from dashboard.release import ENGLAND

OF_HOLDERS = "phb_holders"
CAP = (0.2, 5.0)
"""No one counts for less than a fifth of the average person, or for more than five of them."""
WEIGHT_FILES = ("weights.parquet", "weights.csv")
NOT_KNOWN = "not known"

NOT_WANTED = "Whoever published them chose so."
NO_BENCHMARK = "There is no benchmark of the people who have a budget to weight them to."
TOO_FEW = "Too few people answered to weight them to a benchmark."
NOT_YET = "They could not be weighted when fewer had answered, and fewer than ten people are new."
NOT_EVERY_WAVE = "Another of the years that are added up could not be weighted."


class WeightingError(Exception):
    """The people who answered cannot be weighted to the benchmarks; the message says why and what to do."""


@dataclass(frozen=True)
class Weighting:
    """How the people of a wave were weighted, or why they were not."""

    weights: Floats | None
    """(cells,) of a person in each cell, mean 1; None without weights."""
    margins: tuple[Margin, ...] = ()
    """As they were chosen; `raked.margins` are those that were used."""
    raked: Raked | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    """By name of the margin: source and date of its benchmark."""
    reason: str = ""
    """Why there are no weights, a sentence."""

    @classmethod
    def none(cls, reason: str) -> Weighting:
        """Everyone weighs 1."""
        return cls(None, reason=reason)

    @property
    def ratio(self) -> float:
        """The largest weight over the smallest."""
        return 1.0 if self.raked is None else self.raked.largest / self.raked.smallest


def weigh(file: AnalysisFile, cells: Cells, benchmarks: Sequence[Benchmark]) -> Weighting:
    """Rake the people of a wave to England's benchmarks of people who have a budget. Raises WeightingError.

    A dimension is a margin when it puts people into one group each and every group has a benchmark. People who left
    its question out are a category of their own, whose target is their own share.
    """
    known = dict(_usable(cells, benchmarks))
    if not known:
        return Weighting.none(NO_BENCHMARK)
    margins = tuple(_margin(cells, item, shares) for item, shares in known.items())
    sources = {item.dimension or "": _source(shares) for item, shares in known.items()}
    try:
        raked = rake(cells.people.astype(np.float64), margins, cap=CAP)
    except RakingError as error:
        names = error.margins if isinstance(error, NotConverged) else tuple(sources)
        about = "; ".join(f"{name}: {sources[name]}" for name in names)
        raise WeightingError(
            f"Wave {file.wave} cannot be weighted: {error} The benchmarks are those of {about}."
        ) from error
    if not raked.margins:
        return Weighting.none(TOO_FEW)
    return Weighting(raked.weights, margins, raked, {margin.name: sources[margin.name] for margin in raked.margins})


def weight_ratio(weightings: Sequence[Weighting]) -> float:
    """The largest weight of several waves over the smallest, rounded up to a tenth: at least what it is."""
    raked = [weighting.raked for weighting in weightings if weighting.raked is not None]
    if not raked:
        return 1.0
    ratio = max(each.largest for each in raked) / min(each.smallest for each in raked)
    return math.ceil(ratio * 10) / 10


def write_weights(
    connection: duckdb.DuckDBPyConnection, file: AnalysisFile, cells: Cells, weighting: Weighting
) -> None:
    """Write what each response weighs beside the analysis file, each file moved there whole; none without weights.

    Raises OSError.
    """
    if weighting.weights is None:
        for name in WEIGHT_FILES:
            (file.folder / name).unlink(missing_ok=True)
        return
    places = [f"c{number}" for number in range(len(cells.dimensions))]
    values = [*(cells.categories[:, number].tolist() for number in range(len(places))), weighting.weights.tolist()]
    columns = ", ".join(f"unnest(${number}) as {name}" for number, name in enumerate([*places, "weight"], start=1))
    connection.execute(f"create or replace temp table weight_of_cell as select {columns}", values)
    found = ", ".join(f"{category_sql(item)} as {place}" for item, place in zip(cells.dimensions, places, strict=True))
    counted = ", ".join(f"'{status}'" for status in COUNTED)
    table, text = (file.folder / name for name in WEIGHT_FILES)
    beside = {path: path.with_name(f".writing-{path.name}") for path in (table, text)}
    connection.execute(
        f"copy (select response, weight from (select response, {found} from read_parquet({_quoted(file.responses)})"
        f" where meta_status in ({counted})) join weight_of_cell using ({', '.join(places)}))"
        f" to {_quoted(beside[table])} (format parquet, compression zstd)"
    )
    connection.execute(
        f"copy (select * from read_parquet({_quoted(beside[table])})) to {_quoted(beside[text])} (format csv, header)"
    )
    for path, written in beside.items():
        os.replace(written, path)
    connection.execute("drop table weight_of_cell")


def _usable(cells: Cells, benchmarks: Sequence[Benchmark]) -> Iterator[tuple[Item, list[Benchmark]]]:
    for item in cells.dimensions:
        found = {
            benchmark.category: benchmark
            for benchmark in benchmarks
            if (benchmark.dimension, benchmark.area, benchmark.of) == (item.dimension, ENGLAND, OF_HOLDERS)
        }
        codes = [option.code for option in item.options]
        if found.keys() == set(codes):
            yield item, [found[code] for code in codes]


def _margin(cells: Cells, item: Item, benchmarks: Sequence[Benchmark]) -> Margin:
    of_cell = cells.categories[:, cells.dimensions.index(item)]
    silent = float(cells.people[of_cell == len(item.options)].sum() / cells.people.sum())
    shares = np.array([benchmark.share for benchmark in benchmarks])
    return Margin(
        name=item.dimension or "",
        of_cell=of_cell,
        targets=np.append(shares / shares.sum() * (1 - silent), silent),
        labels=(*(option.text for option in item.options), NOT_KNOWN),
        apart=len(item.options),
    )


def _source(benchmarks: Sequence[Benchmark]) -> str:
    return "; ".join(dict.fromkeys(f"{benchmark.source}, {benchmark.date}" for benchmark in benchmarks))


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
