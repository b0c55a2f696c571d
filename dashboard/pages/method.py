"""The page that says how the numbers were made and how far to trust them: method, oracles, quality report."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.layout import draw_page
from dashboard.pages.contents import draw_contents
from dashboard.pages.making import draw_making, draw_oracles, draw_who_sees
from dashboard.parts import Child, Column, TableCell, draw_columns, draw_download, draw_form, draw_table
from dashboard.quality_report import Cells, Rate
from dashboard.release import Level, Span
from dashboard.selects import select_wave
from dashboard.views.method import Method
from dashboard.words import _, write_number, write_people, write_share, write_span

PARTS = (
    ("made", _("What was done")),
    ("who-sees", _("Who sees what, and when")),
    ("oracles", _("Our numbers beside R’s")),
    ("shown", _("What is shown, and what is not")),
    ("weights", _("How answers were weighted")),
    ("corrections", _("What was put right")),
)


def draw_method(prefix: str, address: Address, view: Method) -> list[Component]:
    """The whole page."""
    body = [
        draw_contents(PARTS),
        *draw_making(view),
        *draw_who_sees(),
        *draw_oracles(prefix, address, view),
        *_draw_shown(prefix, address, view),
        *_draw_rates(
            view.report.breaks_off,
            _("Where people stop"),
            _("Of the people who came this far, how many stopped here and did not send."),
            _("Page that asks"),
        ),
        *_draw_rates(
            view.report.left_out,
            _("What people leave out"),
            _("Of the people who were asked, how many gave no answer and did not say why."),
            _("Question"),
        ),
        *_draw_indicators(view),
        *_draw_weights(view),
        *_draw_corrections(view),
    ]
    return draw_page(
        prefix,
        address,
        caption="",
        title=_("How the numbers were made"),
        setting=view.setting,
        base=write_people(view.setting.release.facts.responses),
        lead=_say_places(view),
        body=[draw_columns(draw_form(prefix, Page.METHOD, [select_wave(view.setting)]), body)],
    )


def _say_places(view: Method) -> str:
    shown = {places.span: places for places in view.report.places}
    wave, pooled = shown[Span.WAVE], shown[Span.POOLED]
    return _("Of %(areas)d ICSs, %(wave)d can be shown by themselves for %(name)s, and %(pooled)d for %(span)s.") % {
        "areas": wave.areas,
        "wave": wave.shown,
        "name": view.setting.release.facts.wave,
        "pooled": pooled.shown,
        "span": write_span(view.setting, Span.POOLED),
    }


def _draw_shown(prefix: str, address: Address, view: Method) -> list[Child]:
    columns = [
        Column(_("Figures")),
        Column(_("Shown"), numeric=True),
        Column(_("Too few"), numeric=True),
        Column(_("Held back"), numeric=True),
        Column(_("Not asked or known"), numeric=True),
    ]
    rows = [
        [
            TableCell(_name_cells(cells, view)),
            *(
                TableCell(_("%(number)s (%(share)d%%)") % {"number": write_number(part), "share": share})
                for part, share in _shares(cells)
            ),
        ]
        for cells in view.report.cells
    ]
    return [
        html.H2(_("What is shown, and what is not"), id="shown", className="nhsuk-heading-m"),
        html.P(
            _("Each figure is one answer, in one place or group. Less is shown so that nobody can be found in it."),
            className="nhsuk-hint",
        ),
        draw_table(_("What is shown, and what is not"), columns, rows, under_heading=True),
        draw_download(prefix, address),
    ]


def _shares(cells: Cells) -> list[tuple[int, int]]:
    parts = (cells.shown, cells.too_few, cells.suppressed, cells.not_asked + cells.changed_ground)
    return [(part, round(100 * part / max(cells.all, 1))) for part in parts]


def _name_cells(cells: Cells, view: Method) -> str:
    place = {
        Level.ENGLAND.value: _("England"),
        Level.REGION.value: _("Regions"),
        Level.AREA.value: _("ICSs"),
    }.get(cells.level, "")
    name = {
        "estimates": place,
        "groups": _("England by group"),
        "non_response": _("Where people stop, what they leave out"),
        "inclusion": _("Who answered"),
    }[cells.table]
    if not cells.span:
        return name
    return _("%(name)s, %(span)s") % {"name": name, "span": write_span(view.setting, Span(cells.span))}


def _draw_rates(rates: Sequence[Rate], title: str, hint: str, subject: str) -> list[Child]:
    heading = html.H2(title, className="nhsuk-heading-m")
    if not rates:
        return [heading, html.P(_("Nowhere often enough to be shown."))]
    columns = [Column(subject), Column(_("Share"), numeric=True), Column(_("Based on"), numeric=True)]
    rows = [[TableCell(rate.text), TableCell(write_share(rate)), TableCell(write_people(rate.base))] for rate in rates]
    return [heading, html.P(hint, className="nhsuk-hint"), draw_table(title, columns, rows, under_heading=True)]


def _draw_indicators(view: Method) -> list[Child]:
    names = {
        "response_rate": _("How many of those invited answered"),
        "r_indicator": _("How alike those who answered are to those invited (R-indicator; 1 is alike)"),
        "coefficient_of_variation": _("How far results could be off because of that (coefficient of variation)"),
    }
    rows = [
        [
            TableCell(names.get(each.name, each.name)),
            TableCell(each.reason, quiet=True) if each.value is None else TableCell(_write_value(each.value)),
            TableCell(_write_limits(each.low, each.high)),
        ]
        for each in view.report.indicators
    ]
    if not rows:
        return []
    title = _("Who was invited, and who answered")
    columns = [Column(_("What")), Column(_("Value")), Column(_("Likely range"), numeric=True)]
    return [html.H2(title, className="nhsuk-heading-m"), draw_table(title, columns, rows, under_heading=True)]


def _write_value(value: float) -> str:
    return f"{value:.2f}"


def _write_limits(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{low:.2f}–{high:.2f}"


def _draw_weights(view: Method) -> list[Child]:
    title = _("How answers were weighted")
    lines = list(view.report.weighting.values()) or [_("Figures are not weighted: they describe those who answered.")]
    parts: list[Child] = [
        html.H2(title, id="weights", className="nhsuk-heading-m"),
        html.Ul([html.Li(line) for line in lines], className="nhsuk-list nhsuk-list--bullet"),
    ]
    if view.report.design_effects:
        effects = _("How much wider weights make the likely range")
        columns = [Column(_("Question")), Column(_("Design effect"), numeric=True)]
        rows = [[TableCell(each.text), TableCell(f"{each.value:.1f}")] for each in view.report.design_effects]
        parts.append(draw_table(effects, columns, rows))
    return parts


def _draw_corrections(view: Method) -> list[Child]:
    facts = view.setting.release.facts
    lines = [_("Release %(release)s, %(on)s: %(what)s") % correction for correction in facts.corrections] or [
        _("Nothing has been put right since the first release.")
    ]
    if view.report.changes is not None:
        words = {"release": view.report.changes.release, "cells": write_number(view.report.changes.cells)}
        lines.append(_("%(cells)s figures say something else than in release %(release)s.") % words)
    return [
        html.H2(_("What was put right"), id="corrections", className="nhsuk-heading-m"),
        html.Ul([html.Li(line) for line in lines], className="nhsuk-list nhsuk-list--bullet"),
    ]
