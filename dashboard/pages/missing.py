"""The page that says who is missing: each group beside its benchmark, people first."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.address import Address, Page
from dashboard.figures.rows import Mark, draw_benchmark
from dashboard.footing import say_benchmark
from dashboard.gaps import Dimension, may_be_chance
from dashboard.layout import draw_page
from dashboard.model import Group
from dashboard.parts import (
    Child,
    Column,
    TableCell,
    draw_chart,
    draw_columns,
    draw_download,
    draw_form,
    draw_hidden,
    draw_table,
)
from dashboard.release import Status
from dashboard.selects import select_wave
from dashboard.sentences.missing import say_dimension, say_missing, write_group, write_group_heading
from dashboard.views.missing import Missing
from dashboard.words import _, find_limits, write_group_base, write_range, write_share, write_status


def draw_missing(prefix: str, address: Address, view: Missing) -> list[Component]:
    """The whole page."""
    body: list[Child] = []
    for dimension in view.dimensions:
        body.extend(_draw_dimension(dimension))
    body.append(draw_download(prefix, address))
    return draw_page(
        prefix,
        address,
        caption="",
        title=_("Who is missing"),
        setting=view.setting,
        base=write_group_base(view),
        lead=say_missing(view),
        body=[draw_columns(draw_form(prefix, Page.MISSING, [select_wave(view.setting)]), body)],
    )


def _draw_dimension(dimension: Dimension) -> list[Child]:
    marks = [
        _mark(group) for group in dimension.groups if group.status is Status.SHOWN and group.benchmark_share is not None
    ]
    parts: list[Child] = [
        html.H2(dimension.title, className="nhsuk-heading-m"),
        html.P(say_benchmark(dimension), className="nhsuk-hint"),
        draw_table(
            _("%(dimension)s: our answers beside the benchmark") % {"dimension": dimension.title},
            [
                Column(_("Group")),
                Column(write_group_heading(dimension)),
                Column(_("Our answers"), numeric=True),
                Column(_("Likely range"), numeric=True),
                Column(_("Benchmark"), numeric=True),
            ],
            [_draw_group(group) for group in dimension.groups],
            under_heading=True,
        ),
    ]
    if marks:
        parts.append(
            draw_chart(
                draw_benchmark(marks),
                title=_("Dot: share of our answers, with its likely range. Grey bar: the benchmark"),
                sentence=say_dimension(dimension),
                name=f"missing-{dimension.id}",
            )
        )
    return parts


def _draw_group(group: Group) -> list[TableCell]:
    benchmark = "–" if group.benchmark_share is None else _("%(share)g%%") % {"share": group.benchmark_share}
    if group.status is not Status.SHOWN:
        hidden = TableCell(draw_hidden(write_status(group.status), None), quiet=True, columns=3)
        return [TableCell(group.label), hidden, TableCell(benchmark)]
    return [
        TableCell(group.label),
        TableCell(write_group(group), quiet=group.missing is None or may_be_chance(group)),
        TableCell(write_share(group)),
        TableCell(write_range(group)),
        TableCell(benchmark),
    ]


def _mark(group: Group) -> Mark:
    low, high = find_limits(group)
    share = None if group.band else group.share
    return Mark(write_group(group), group.label, share, low, high, group.benchmark_share)
