"""The overview page: how many, where and when, beside the wave before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboard.address import Address, Page
from dashboard.figures.hexmap import Tile, draw_map, find_ratio
from dashboard.figures.weeks import draw_weeks
from dashboard.layout import draw_page
from dashboard.model import Count
from dashboard.parts import Child, Column, TableCell, draw_chart, draw_columns, draw_download, draw_form, draw_table
from dashboard.selects import select_areas, select_wave
from dashboard.sentences.overview import say_before, say_begun, say_changed, say_gap, say_map, say_overview, say_weeks
from dashboard.views.overview import Numbers, Overview
from dashboard.words import _, say_count, write_begun, write_date, write_number, write_people, write_tile, write_where


def draw_overview(prefix: str, address: Address, view: Overview) -> list[Component]:
    """The whole page."""
    form = draw_form(prefix, Page.OVERVIEW, [select_wave(view.setting), select_areas(view.setting)])
    body: list[Child] = [
        _draw_numbers(view),
        html.H2(_("People who began, by integrated care system (ICS)"), className="nhsuk-heading-m"),
        html.Div([_draw_map(view), _draw_areas(view)], className="dash-pair"),
        *_explain_changed(view),
        draw_download(prefix, address),
        *_draw_weeks(view.by_week),
    ]
    return draw_page(
        prefix,
        address,
        caption="",
        title=_("Overview"),
        setting=view.setting,
        base=write_people(view.now.responses),
        lead=say_overview(view),
        body=[draw_columns(form, body)],
    )


def _draw_numbers(view: Overview) -> Component:
    now, before = view.now, view.before
    shown = _("%(shown)s of %(areas)d") % {"shown": write_number(now.areas_shown), "areas": now.areas}
    figures = [
        (
            write_begun(now.responses),
            say_begun(now),
            say_before(before, write_begun(before.responses) if before else None),
        ),
        (
            shown if now.areas_shown is not None else _("not yet"),
            _("ICSs with enough answers to show by themselves"),
            _("%(shown)d of %(areas)d in %(wave)s")
            % {"shown": before.areas_shown, "areas": before.areas, "wave": before.wave}
            if before and before.areas_shown is not None
            else say_before(None, None),
        ),
        (
            _write_gap(now),
            say_gap(now),
            say_before(before, write_number(before.gap.people) if before and before.gap else None),
        ),
    ]
    return html.Ul(
        [
            html.Li(
                [
                    html.Span([number, " "], className="dash-number"),
                    html.Span([words, " "], className="dash-number-words"),
                    html.Span(earlier, className="dash-number-before"),
                ]
            )
            for number, words, earlier in figures
        ],
        className="dash-numbers",
    )


def _write_gap(numbers: Numbers) -> str:
    if numbers.gap is not None:
        return write_number(numbers.gap.people)
    return _("not yet") if numbers.areas_shown is None else _("no one")


def _draw_areas(view: Overview) -> Component:
    rows = [
        [TableCell([place.short_name, " ", html.Span(write_where(place), className="dash-under")]), _draw_count(count)]
        for place, count in view.by_area
    ]
    if view.unknown_area is not None:
        rows.append([TableCell(_("Area not known")), _draw_count(view.unknown_area)])
    columns = [Column(_("ICS")), Column(_("People"), numeric=True)]
    return draw_table(_("People who began, by ICS"), columns, rows, under_heading=True)


def _explain_changed(view: Overview) -> list[Child]:
    if all(count is not None for _place, count in view.by_area):
        return []
    return [html.P(say_changed(view.setting), className="nhsuk-hint")]


def _draw_count(count: Count | None) -> TableCell:
    return TableCell(say_count(count), quiet=count is None or count.count is None)


def _draw_map(view: Overview) -> Component:
    tiles = [
        Tile(
            place.hex[0],
            place.hex[1],
            place.code,
            place.name,
            write_tile(count),
            count.count if count else None,
        )
        for place, count in view.by_area
        if place.hex is not None
    ]
    return draw_chart(
        draw_map(tiles),
        title=_("Where people began: a tile for each ICS, darker where there are more"),
        sentence=say_map(view),
        name="map",
        ratio=find_ratio(tiles),
    )


def _draw_weeks(weeks: Sequence[Count]) -> list[Child]:
    """The chart with its table to open; the table alone where the chart would be empty."""
    if not weeks:
        return []
    heading = html.H2(_("People who began, by week"), className="nhsuk-heading-m")
    if all(week.count is None for week in weeks):
        return [heading, _draw_week_table(weeks)]
    return [
        heading,
        draw_chart(
            draw_weeks([(week.category, week.count) for week in weeks]),
            title=_("How many began each week"),
            sentence=say_weeks(weeks),
            name="weeks",
        ),
        html.Details(
            [
                html.Summary(
                    html.Span(_("The same as a table"), className="nhsuk-details__summary-text"),
                    className="nhsuk-details__summary",
                ),
                html.Div(_draw_week_table(weeks), className="nhsuk-details__text"),
            ],
            className="nhsuk-details",
        ),
    ]


def _draw_week_table(weeks: Sequence[Count]) -> Component:
    return draw_table(
        _("People who began, by week"),
        [Column(_("Week beginning")), Column(_("People"), numeric=True)],
        [[TableCell(write_date(date.fromisoformat(week.category))), _draw_count(week)] for week in weeks],
        under_heading=True,
    )
