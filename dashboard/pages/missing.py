"""The page that says who is missing: each group beside its benchmark, then places, then where people stop."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.rows import Mark, draw_benchmark
from dashboard.footing import say_benchmark
from dashboard.gaps import Dimension, may_be_chance
from dashboard.layout import draw_page
from dashboard.model import Group
from dashboard.pages.contents import draw_contents
from dashboard.pages.coverage import draw_coverage
from dashboard.pages.stops import draw_left_out, draw_stops, draw_ways
from dashboard.parts import (
    Child,
    Choice,
    Column,
    Select,
    TableCell,
    draw_chart,
    draw_columns,
    draw_download,
    draw_form,
    draw_hidden,
    draw_table,
)
from dashboard.release import Status
from dashboard.selects import select_areas, select_wave
from dashboard.sentences.missing import say_dimension, say_missing, write_group, write_group_heading
from dashboard.sentences.stops import SPLITS
from dashboard.views.missing import Missing
from dashboard.words import _, find_limits, write_group_base, write_range, write_share, write_status

PARTS = (
    ("by-group", _("By group")),
    ("by-area", _("By area")),
    ("by-way", _("By language, format and how people took part")),
    ("stops", _("Where people stop")),
    ("left-out", _("What people leave out")),
)


def draw_missing(prefix: str, address: Address, view: Missing) -> list[Component]:
    """The whole page."""
    (group, of_group), (area, of_area), (way, of_way), (stops, of_stops), (left_out, of_left_out) = PARTS
    body: list[Child] = [
        draw_contents(PARTS),
        html.H2(of_group, id=group, className="nhsuk-heading-m"),
        *(part for dimension in view.dimensions for part in _draw_dimension(dimension)),
        draw_download(prefix, address),
        html.H2(of_area, id=area, className="nhsuk-heading-m"),
        *draw_coverage(prefix, address, view),
        html.H2(of_way, id=way, className="nhsuk-heading-m"),
        *draw_ways(prefix, address, view.stops),
        html.H2(of_stops, id=stops, className="nhsuk-heading-m"),
        *draw_stops(prefix, address, view.stops),
        html.H2(of_left_out, id=left_out, className="nhsuk-heading-m"),
        *draw_left_out(prefix, address, view.stops),
    ]
    form = draw_form(
        prefix, Page.MISSING, [select_wave(view.setting), select_areas(view.setting), *_select_split(view)]
    )
    return draw_page(
        prefix,
        address,
        caption="",
        title=_("Who is missing"),
        setting=view.setting,
        base=write_group_base(view),
        lead=say_missing(view),
        body=[draw_columns(form, body)],
    )


def _select_split(view: Missing) -> tuple[Select, ...]:
    """By what people can be told apart where they stop; nothing where the release has it of everyone alone."""
    stops = view.stops
    if not stops.offered:
        return ()
    choices = (Choice("", _("Everyone")), *(Choice(split.value, SPLITS[split]) for split in stops.offered))
    return (Select("split", _("Where people stop, by"), (("", choices),), stops.split.value if stops.split else ""),)


def _draw_dimension(dimension: Dimension) -> list[Child]:
    marks = [
        _mark(group) for group in dimension.groups if group.status is Status.SHOWN and group.benchmark_share is not None
    ]
    parts: list[Child] = [
        html.H3(dimension.title, className="nhsuk-heading-s"),
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
