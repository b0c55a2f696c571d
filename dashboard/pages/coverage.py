"""The part of the page about who is missing that goes by area: regions, then ICSs."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address
from dashboard.figures.rows import Mark
from dashboard.figures.spread import draw_places
from dashboard.gaps import Covered, may_be_chance
from dashboard.parts import Child, Column, TableCell, draw_chart, draw_details, draw_download, draw_table
from dashboard.release import Level
from dashboard.sentences.coverage import (
    find_reasons,
    say_ground,
    say_place,
    say_places,
    say_regions,
    write_answered,
    write_rate,
)
from dashboard.views.missing import Missing
from dashboard.words import _, write_where


def draw_coverage(prefix: str, address: Address, view: Missing) -> list[Child]:
    """Regions as a table and a chart, ICSs as a table, and why something cannot be told."""
    places = (*view.regions, *view.areas)
    if not places:
        return [html.P(_("Answers of this release are not counted by area."))]
    return [
        html.P(say_places(view.regions, view.areas)),
        html.P(say_ground(places), className="nhsuk-hint"),
        *_draw_regions(view.regions),
        html.H3(_("Integrated care systems (ICSs)"), className="nhsuk-heading-s"),
        *_draw_areas(view.areas),
        *_draw_reasons(places),
        draw_download(prefix, address, "areas"),
    ]


def _draw_regions(regions: Sequence[Covered]) -> list[Child]:
    marks = [mark for mark in map(_mark, regions) if mark is not None]
    parts: list[Child] = [
        html.H3(_("Regions"), className="nhsuk-heading-s"),
        _draw_table(_("Regions: how many answered, and how many are missing"), _("Region"), regions),
    ]
    if marks:
        parts.append(
            draw_chart(
                draw_places(marks),
                title=_("Dot: share of our answers, with its likely range. Grey bar: the benchmark"),
                sentence=say_regions(regions),
                name="missing-regions",
            )
        )
    return parts


def _draw_areas(areas: Sequence[Covered]) -> list[Child]:
    """The ICSs of which it can be told whether people are missing; the others are folded away."""
    told = [each for each in areas if each.coverage.missing is not None]
    others = [each for each in areas if each.coverage.missing is None]
    parts: list[Child] = []
    if told:
        parts.append(_draw_table(_("ICSs: how many answered, and how many are missing"), _("ICS"), told))
    if others:
        words = _("ICSs of which it cannot be told (%(number)d)") % {"number": len(others)}
        parts.append(draw_details(words, _draw_table(_("ICSs of which it cannot be told"), _("ICS"), others)))
    return parts


def _draw_table(caption: str, head: str, places: Sequence[Covered]) -> Component:
    """The response rate has a column where any place has one."""
    has_rate = any(each.coverage.invited is not None for each in places)
    columns = [
        Column(head),
        Column(_("Compared with the benchmark")),
        Column(_("People who answered"), numeric=True),
        *([Column(_("Of those invited"), numeric=True)] if has_rate else []),
        Column(_("Benchmark"), numeric=True),
    ]
    return draw_table(caption, columns, [_draw_place(each, has_rate) for each in places], under_heading=True)


def _draw_place(covered: Covered, has_rate: bool) -> list[TableCell]:
    place, found = covered.place, covered.coverage
    name: list[Child] = [place.short_name]
    if place.level is Level.AREA:
        name += [" ", html.Span(write_where(place), className="dash-under")]
    share = found.benchmark_share
    return [
        TableCell(name),
        TableCell(say_place(found), quiet=found.missing is None or may_be_chance(found)),
        TableCell(write_answered(found), quiet=found.count is None),
        *([TableCell(write_rate(found), quiet=found.response_rate is None)] if has_rate else []),
        TableCell("–" if share is None else _("%(share)g%%") % {"share": share}, quiet=share is None),
    ]


def _draw_reasons(places: Sequence[Covered]) -> list[Child]:
    reasons = find_reasons(places)
    if not reasons:
        return []
    listed = html.Ul([html.Li(reason) for reason in reasons], className="nhsuk-list nhsuk-list--bullet")
    return [draw_details(_("Why something cannot be told"), listed)]


def _mark(covered: Covered) -> Mark | None:
    """The share of a place, worked out of its published ratio; nothing where there is none."""
    found = covered.coverage
    if None in (found.benchmark_share, found.ratio, found.ratio_low, found.ratio_high):
        return None
    benchmark = found.benchmark_share or 0
    share, low, high = (benchmark * (ratio or 0) for ratio in (found.ratio, found.ratio_low, found.ratio_high))
    return Mark(say_place(found), covered.place.short_name, share, low, high, benchmark)
