"""The results page: one question in one place, or one answer side by side."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.address import Address, Page
from dashboard.figures.paper import Drawing
from dashboard.figures.rows import Mark, draw_bars, draw_dots
from dashboard.footing import say_nearest
from dashboard.layout import draw_page
from dashboard.model import Cell
from dashboard.parts import (
    Child,
    Column,
    TableCell,
    aria,
    draw_chart,
    draw_columns,
    draw_download,
    draw_form,
    draw_hidden,
    draw_table,
)
from dashboard.release import Level, Span, Status
from dashboard.selects import select_areas, select_period, select_place, select_question, select_wave
from dashboard.sentences.results import say_results
from dashboard.views.choices import MEASURE
from dashboard.views.results import Results, Row, nearest_safe
from dashboard.words import (
    _,
    find_limits,
    write_bases,
    write_number,
    write_place,
    write_range,
    write_share,
    write_span,
    write_status,
)


def draw_results(prefix: str, address: Address, view: Results) -> list[Component]:
    """The whole page."""
    period = select_period(view)
    selects = [
        select_question(view),
        select_place(view),
        *([period] if period else []),
        select_areas(view.setting),
        select_wave(view.setting),
    ]
    body: list[Child] = [
        *(_draw_answers(prefix, address, view) if view.side_by_side else []),
        _draw_rows(prefix, address, view),
        html.P(
            _(
                "The likely range allows for chance alone. People chose for themselves to answer, "
                "so they may differ from all who have a budget."
            ),
            className="nhsuk-hint",
        ),
        draw_download(prefix, address),
    ]
    if any(row.cell.status is Status.SHOWN for row in view.rows):
        body.append(
            draw_chart(
                _draw_marks(view),
                title=_name_figure(view),
                sentence=say_results(view),
                name="results",
            )
        )
    return draw_page(
        prefix,
        address,
        caption=view.item.section,
        title=view.item.text,
        setting=view.setting,
        base=write_bases(view.rows),
        lead=say_results(view),
        body=[draw_columns(draw_form(prefix, Page.RESULTS, selects), body)],
    )


def _name_figure(view: Results) -> str:
    words = {"span": write_span(view.setting, view.span)}
    if view.place is not None:
        return _("Answers in %(place)s, %(span)s") % {**words, "place": write_place(view.place)}
    return _("Share who said: %(answer)s (%(span)s)") % {
        **words,
        "answer": view.item.name_answer(view.answer.code if view.answer else ""),
    }


def _draw_answers(prefix: str, address: Address, view: Results) -> list[Child]:
    """Links to compare another answer; a second form would carry answers of another question along."""
    measure = view.item.measure
    codes = ([""] if measure else []) + [option.code for option in view.item.options if option.text != measure]
    chosen = view.answer.code if view.answer else ""
    return [
        html.Nav(
            [
                html.H2(_("Answer to compare"), className="nhsuk-heading-s", id="answers"),
                html.Ul(
                    [
                        html.Li(
                            html.A(
                                view.item.name_answer(code),
                                href=address.with_changes(answer=code or MEASURE).href(prefix),
                                **(aria(current="true") if code == chosen else {}),
                            )
                        )
                        for code in codes
                    ],
                    className="dash-answers",
                ),
            ],
            **aria(labelledby="answers"),
        )
    ]


def _draw_rows(prefix: str, address: Address, view: Results) -> Component:
    first = _("Answer") if view.place is not None else _("Area")
    return draw_table(
        _name_figure(view),
        [
            Column(first),
            Column(_("Share"), numeric=True),
            Column(_("Likely range"), numeric=True),
            Column(_("People who answered"), numeric=True),
        ],
        [[_name_row(row), *_draw_cell(prefix, address, view, row.cell)] for row in view.rows],
    )


def _name_row(row: Row) -> TableCell:
    is_place = row.label == row.place.short_name and row.place.level is Level.AREA
    region = html.Span(row.place.region, className="dash-under")
    return TableCell([row.label, " ", region] if is_place else row.label)


def _draw_cell(prefix: str, address: Address, view: Results, cell: Cell) -> Sequence[TableCell]:
    if cell.status is Status.SHOWN:
        return [TableCell(write_share(cell)), TableCell(write_range(cell)), TableCell(write_number(cell.base))]
    way_on = _find_way_on(prefix, address, view, cell)
    return [TableCell(draw_hidden(write_status(cell.status), way_on), quiet=True, columns=3)]


def _find_way_on(prefix: str, address: Address, view: Results, cell: Cell) -> tuple[str, str] | None:
    instead = nearest_safe(address, cell)
    if instead is None or instead.place is None or instead.period is None:
        return None
    place = view.setting.release.place(view.setting.vintage, instead.place)
    if place is None or (place == view.place and instead.period == view.span.value):
        return None
    return say_nearest(view, place, Span(instead.period)), instead.href(prefix)


def _draw_marks(view: Results) -> Drawing:
    if view.place is not None:
        return draw_bars([_mark(row.label, row.cell) for row in view.rows])
    marks = [_mark(row.label, row.cell) for row in view.rows if row.cell.status is Status.SHOWN]
    england = view.measure
    shown = england is not None and england.status is Status.SHOWN and not england.band
    return draw_dots(
        marks,
        line=england.share if shown and england else None,
        line_label=_("England %(share)s") % {"share": write_share(england)} if shown and england else "",
    )


def _mark(label: str, cell: Cell) -> Mark:
    if cell.status is not Status.SHOWN:
        return Mark(label, write_status(cell.status), None)
    low, high = find_limits(cell)
    return Mark(label, write_share(cell), None if cell.band else cell.share, low, high)
