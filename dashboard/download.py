"""The figures of a view as a CSV file: exactly the cells of the release, with the reason where there is no number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.gaps import is_clearly_missing
from dashboard.model import Figure, Group, Release
from dashboard.quality_report import Cells
from dashboard.release import Status
from dashboard.views import UNKNOWN_AREA, Setting, show_missing, show_overview, show_quality, show_results

Field = str | int | float | None
Table = tuple[Sequence[str], Iterable[Sequence[Field]]]

_RELEASE = ("wave", "release", "released_on", "step", "made_up", "vintage")
_FIGURE = ("status", "base", "share", "band", "low", "high")


def write_csv(releases: Releases, address: Address) -> tuple[str, str]:
    """The file's name and its text. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    if address.page is Page.RESULTS:
        setting, (columns, rows) = _results(releases, address)
    elif address.page is Page.MISSING:
        setting, (columns, rows) = _missing(releases, address)
    elif address.page is Page.QUALITY:
        setting, (columns, rows) = _quality(releases, address)
    else:
        setting, (columns, rows) = _overview(releases, address)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*_RELEASE, *columns])
    about = _describe(setting.release, setting.vintage)
    writer.writerows([[*about, *map(_defuse, row)] for row in rows])
    name = f"phb-{address.page.name.lower()}-{setting.release.facts.wave}-release-{setting.release.facts.number}.csv"
    return name, text.getvalue()


def _results(releases: Releases, address: Address) -> tuple[Setting, Table]:
    view = show_results(releases, address)
    columns = ("years", "level", "area", "area_name", "item", "question", "option", "answer", *_FIGURE)
    rows = (
        (
            view.span.value if view.span.value == "wave" else "+".join(view.setting.release.facts.pooled_waves),
            row.cell.level.value,
            row.place.code,
            row.place.name,
            view.item.id,
            view.item.text,
            row.option or "measure",
            view.item.name_answer(row.option),
            *_write_figure(row.cell),
        )
        for row in view.rows
    )
    return view.setting, (columns, rows)


def _missing(releases: Releases, address: Address) -> tuple[Setting, Table]:
    view = show_missing(releases, address)
    columns = (
        *("dimension", "category", "label", "count", *_FIGURE),
        *("benchmark_share", "benchmark_of", "benchmark_source", "benchmark_date"),
        *("ratio_low", "ratio_high", "missing", "clearly_missing", "reason"),
    )
    rows = (
        (
            *(group.dimension, group.category, group.label, group.count, *_write_figure(group)),
            *(group.benchmark_share, group.benchmark_of, group.benchmark_source, group.benchmark_date),
            *(group.ratio_low, group.ratio_high, group.missing, _write_clear(group), group.reason),
        )
        for dimension in view.dimensions
        for group in dimension.groups
    )
    return view.setting, (columns, rows)


def _quality(releases: Releases, address: Address) -> tuple[Setting, Table]:
    """What became of the cells of each table, by span and level."""
    view = show_quality(releases, address)
    columns = tuple(field.name for field in fields(Cells))
    return view.setting, (columns, [astuple(cells) for cells in view.report.cells])


def _overview(releases: Releases, address: Address) -> tuple[Setting, Table]:
    view = show_overview(releases, address)
    columns = ("area", "area_name", "region", "status", "began", "band")
    counted = [((place.code, place.name, place.region), count) for place, count in view.by_area]
    if view.unknown_area is not None:
        counted.append(((UNKNOWN_AREA, "", ""), view.unknown_area))
    rows = (
        (*area, Status.SHOWN.value, count.count, count.band) if count else (*area, Status.BREAK.value, None, "")
        for area, count in counted
    )
    return view.setting, (columns, rows)


def _describe(release: Release, vintage: str) -> tuple[Field, ...]:
    made_up = "yes" if release.facts.made_up else "no"
    return (
        release.facts.wave,
        release.facts.number,
        release.facts.released_at[:10],
        release.facts.step.value,
        made_up,
        vintage,
    )


def _write_figure(figure: Figure) -> tuple[Field, ...]:
    return (figure.status.value, figure.base, figure.share, figure.band, figure.low, figure.high)


def _write_clear(group: Group) -> Field:
    """Whether a gap is more than chance; nothing where people are not counted."""
    return None if group.missing is None else "yes" if is_clearly_missing(group) else "no"


def _defuse(field: Field) -> Field:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{field}" if isinstance(field, str) and field.startswith(("=", "+", "-", "@", "\t", "\r")) else field
