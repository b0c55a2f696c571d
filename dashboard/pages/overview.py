"""The overview page: how many, where and when, beside the wave before."""

from __future__ import annotations

from datetime import date

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.hexmap import Tile, draw_map, find_ratio
from dashboard.figures.weeks import Line, draw_weeks
from dashboard.layout import draw_page
from dashboard.model import Count
from dashboard.parts import (
    Child,
    Column,
    TableCell,
    draw_chart,
    draw_columns,
    draw_details,
    draw_download,
    draw_form,
    draw_table,
)
from dashboard.selects import select_areas, select_wave
from dashboard.sentences.overview import (
    say_answered,
    say_before,
    say_begun,
    say_changed,
    say_gap,
    say_map,
    say_most_missing,
    say_stands_out,
    say_weeks,
)
from dashboard.views.overview import Numbers, Overview
from dashboard.words import _, say_count, write_begun, write_date, write_number, write_people, write_tile, write_where

BY_AREA = "by-area"
BY_WEEK = "by-week"
"""Parts of the page that its sentences lead to."""
WEEKS = "weeks"
"""The sheet of the weeks."""


def draw_overview(prefix: str, address: Address, view: Overview) -> list[Component]:
    """The whole page."""
    form = draw_form(prefix, Page.OVERVIEW, [select_wave(view.setting), select_areas(view.setting)])
    body: list[Child] = [
        _draw_numbers(view),
        *_draw_weeks(prefix, address, view),
        html.H2(_("People who began, by integrated care system (ICS)"), id=BY_AREA, className="nhsuk-heading-m"),
        html.Div([_draw_map(view), _draw_areas(view)], className="dash-pair"),
        *_explain_changed(view),
        draw_download(prefix, address),
    ]
    return draw_page(
        prefix,
        address,
        caption="",
        title=_("Overview"),
        setting=view.setting,
        base=write_people(view.now.responses),
        body=[_draw_matters(prefix, view), draw_columns(form, body)],
    )


def _draw_matters(prefix: str, view: Overview) -> Component:
    """The sentences that say what matters, each with the way to what it rests on."""
    chosen = Address(Page.OVERVIEW, wave=view.now.wave, areas=view.setting.vintage)
    anchor = f"#{BY_WEEK if view.by_week else BY_AREA}"
    lines = [(say_answered(view), _("See when people began"), anchor)]
    if view.setting.release.facts.has_estimates:
        missing = chosen.with_changes(page=Page.MISSING)
        lines.append((say_most_missing(view), _("See who is missing"), missing.href(prefix)))
        lines.append((say_stands_out(view), *_lead_to_results(prefix, view, chosen.with_changes(page=Page.RESULTS))))
    elif view.before:
        words = _("See who was missing in %(wave)s") % {"wave": view.before.wave}
        missing = Address(Page.MISSING, wave=view.before.wave)
        lines.append((say_most_missing(view), words, missing.href(prefix)))
    else:
        lines.append((say_most_missing(view), _("See where people began"), f"#{BY_AREA}"))
    return html.Ul(
        [html.Li([sentence, " ", html.A(words, href=href)]) for sentence, words, href in lines],
        className="dash-matters",
    )


def _lead_to_results(prefix: str, view: Overview, results: Address) -> tuple[str, str]:
    """Where the third sentence can be seen."""
    change = view.changes.largest
    if change is not None:
        by_wave = results.with_changes(question=change.item.id, by="waves", answer=change.trend.option or "measure")
        return _("See this question year by year"), by_wave.href(prefix)
    if view.changes.since is None and view.now.areas_shown:
        return _("See all ICSs side by side"), results.with_changes(place="areas").href(prefix)
    return _("See what people said"), results.href(prefix)


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


def _draw_weeks(prefix: str, address: Address, view: Overview) -> list[Child]:
    """The chart with its table to open; the table alone where the chart would be empty."""
    weeks, earlier = view.by_week, view.weeks_before
    if not weeks:
        return []
    heading = html.H2(_("People who began, by week"), id=BY_WEEK, className="nhsuk-heading-m")
    download = draw_download(prefix, address, WEEKS)
    if all(week.count is None for week in weeks):
        return [heading, _draw_week_table(view), download]
    before = view.before.wave if view.before else ""
    return [
        heading,
        draw_chart(
            draw_weeks(
                Line(view.now.wave, tuple((week.category, week.count) for week in weeks)),
                Line(before, tuple((week.category, week.count) for week in earlier)) if earlier else None,
            ),
            title=_("How many began each week; the paler line: %(wave)s, by weeks since it opened") % {"wave": before}
            if earlier
            else _("How many began each week"),
            sentence=say_weeks(weeks, earlier, before),
            name="weeks",
        ),
        draw_details(_("The same as a table"), _draw_week_table(view)),
        download,
    ]


def _draw_week_table(view: Overview) -> Component:
    """A row for each week; where there is a wave before, its same week since opening beside it."""
    now = {week.category: week for week in view.by_week}
    earlier = {week.category: week for week in view.weeks_before}
    columns = [Column(_("Week beginning")), Column(view.now.wave if earlier else _("People"), numeric=True)]
    if earlier and view.before:
        columns.append(Column(_("%(wave)s, as long after opening") % {"wave": view.before.wave}, numeric=True))
    rows = [
        [
            TableCell(write_date(date.fromisoformat(monday))),
            *(_draw_week(weeks.get(monday)) for weeks in ((now, earlier) if earlier else (now,))),
        ]
        for monday in sorted(now.keys() | earlier.keys())
    ]
    return draw_table(_("People who began, by week"), columns, rows, under_heading=True)


def _draw_week(week: Count | None) -> TableCell:
    return TableCell("–", quiet=True) if week is None else _draw_count(week)
