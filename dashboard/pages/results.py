"""The results page: one question in one place, or one answer side by side."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.diverging import Segment, draw_diverging
from dashboard.figures.paper import Drawing
from dashboard.figures.rows import Mark, draw_bars, draw_dots
from dashboard.footing import say_nearest
from dashboard.layout import draw_page
from dashboard.model import Cell
from dashboard.pages.answers import draw_answers, draw_caution, draw_figure, select_results
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
from dashboard.release import Level, Span, Status
from dashboard.sentences.results import say_results
from dashboard.views.results import Results, Row, nearest_safe
from dashboard.words import (
    _,
    find_limits,
    write_bases,
    write_place,
    write_share,
    write_span,
    write_status,
)


def draw_results(prefix: str, address: Address, view: Results) -> list[Component]:
    """The whole page."""
    selects = select_results(
        view.setting, view.item, place=_chosen_place(view), by="", divisions=view.divisions, span=view.span
    )
    answers = _("Answer to compare")
    body: list[Child] = [
        *([draw_answers(prefix, address, view.item, view.answer, answers)] if view.side_by_side else []),
        _draw_rows(prefix, address, view),
        draw_caution(),
        draw_download(prefix, address),
    ]
    if any(row.cell.status is Status.SHOWN for row in view.rows):
        body.append(
            draw_chart(
                _draw_marks(view),
                title=_name_chart(view),
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
        base=write_bases([row.cell for row in view.rows]),
        lead=say_results(view),
        body=[draw_columns(draw_form(prefix, Page.RESULTS, selects), body)],
    )


def _chosen_place(view: Results) -> str:
    if view.place is not None:
        return view.place.code
    return "regions" if view.level is Level.REGION else "areas"


def _is_diverging(view: Results) -> bool:
    """Whether the answers have an order, and there is a share of them to draw."""
    figures = [row.cell for row in view.rows]
    return view.place is not None and view.item.is_ordered and any(_exact(figure) is not None for figure in figures)


def _name_chart(view: Results) -> str:
    name = _name_figure(view)
    if not _is_diverging(view):
        return name
    return _("%(figure)s. Right of the line: %(good)s. Left of it: every other answer") % {
        "figure": name,
        "good": view.item.measure,
    }


def _name_figure(view: Results) -> str:
    words = {"span": write_span(view.setting, view.span)}
    if view.place is not None:
        return _("Answers in %(place)s, %(span)s") % {**words, "place": write_place(view.place)}
    return _("Share who said: %(answer)s (%(span)s)") % {
        **words,
        "answer": view.item.name_answer(view.answer.code if view.answer else ""),
    }


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
        return draw_figure(cell)
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
    if _is_diverging(view):
        return draw_diverging([_segment(view, number, row) for number, row in enumerate(view.rows)])
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


def _segment(view: Results, number: int, row: Row) -> Segment:
    """An answer by a letter; on a scale by its own number."""
    shown = row.cell.status is Status.SHOWN
    return Segment(
        letter=row.option if view.item.type == "scale" else chr(ord("A") + number),
        label=row.label,
        value=write_share(row.cell) if shown else write_status(row.cell.status),
        share=_exact(row.cell),
        good=row.option in view.item.good,
    )


def _exact(cell: Cell) -> int | None:
    return cell.share if cell.status is Status.SHOWN and not cell.band else None


def _mark(label: str, cell: Cell) -> Mark:
    if cell.status is not Status.SHOWN:
        return Mark(label, write_status(cell.status), None)
    low, high = find_limits(cell)
    return Mark(label, write_share(cell), None if cell.band else cell.share, low, high)
