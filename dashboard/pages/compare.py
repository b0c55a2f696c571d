"""The page that compares areas: a funnel, what is worth a look and why, and never a rank."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.funnel import Dot, FunnelWords, draw_funnel
from dashboard.figures.paper import Drawing
from dashboard.footing import say_nearest
from dashboard.layout import draw_page
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
from dashboard.selects import select_areas, select_level, select_period, select_question, select_wave
from dashboard.sentences.compare import (
    say_compare,
    say_detectable,
    say_drawn,
    say_funnel,
    say_why_not,
    say_why_worth_a_look,
    write_noticed,
)
from dashboard.sentences.differences import write_points
from dashboard.views.compare import Compare, ComparedRow, nearest_safe_results
from dashboard.words import (
    _,
    write_bases,
    write_number,
    write_share,
    write_span,
    write_status,
    write_where,
)


def draw_compare(prefix: str, address: Address, view: Compare) -> list[Component]:
    """The whole page."""
    measured = [item for item in view.setting.release.items if item.measure]
    selects = [
        select_question(measured, view.item),
        select_level(view.level),
        *select_period(view.setting, view.span),
        select_areas(view.setting),
        select_wave(view.setting),
    ]
    return draw_page(
        prefix,
        address,
        caption=_("Compare areas"),
        title=view.item.text,
        setting=view.setting,
        base=write_bases([row.cell for row in view.rows]),
        lead=say_compare(view),
        body=[
            draw_columns(
                draw_form(prefix, Page.COMPARE, selects),
                [
                    *_draw_worth_a_look(prefix, address, view),
                    *_draw_funnel(view),
                    *_draw_noticed(view),
                    *_draw_rows(prefix, address, view),
                    draw_download(prefix, address),
                ],
            )
        ],
    )


def _draw_worth_a_look(prefix: str, address: Address, view: Compare) -> list[Child]:
    parts: list[Child] = [html.H2(_("Worth a look"), className="nhsuk-heading-m")]
    found = view.worth_a_look
    if not found:
        sentence = _("No place stands out. Smaller differences may be there that so few people cannot show.")
        return [*parts, html.P(sentence)]
    entries = [
        html.Li(
            [
                html.A(_name(row), href=_results_of(address, view, row).href(prefix)),
                ". ",
                " ".join(part for part in (say_why_worth_a_look(view, row), say_drawn(row)) if part),
            ]
        )
        for row in found
    ]
    ask = _("Ask there what lies behind it. The figures cannot tell, and they put nobody in order.")
    return [*parts, html.Ul(entries, className="nhsuk-list nhsuk-list--bullet"), html.P(ask)]


def _draw_funnel(view: Compare) -> list[Child]:
    if not any(row.in_funnel for row in view.rows):
        return []
    return [
        html.H2(_("What chance alone would do"), className="nhsuk-heading-m"),
        html.P(say_funnel(view)),
        html.P(
            _(
                "Each dot is one place. The fewer people answered, the further chance alone moves its share, so the "
                "limits are wide at the left. If every place were like England, 19 in 20 would lie inside the 95% "
                "limits, and nearly all inside the 99.8% limits. Dots at the same spot stand side by side."
            ),
            className="nhsuk-hint",
        ),
        draw_chart(
            _draw_dots(view),
            title=_("Share who said: %(answer)s (%(span)s)")
            % {"answer": view.item.measure, "span": write_span(view.setting, view.span)},
            sentence=say_funnel(view),
            name="funnel",
        ),
    ]


def _draw_dots(view: Compare) -> Drawing:
    england = view.england
    line = england.share if england and england.status is Status.SHOWN and not england.band else None
    words = FunnelWords(
        people=_("People who answered"),
        line=_("England<br>%(share)d%%") % {"share": line or 0},
        limits=_("95%"),
        far_limits=_("99.8%"),
    )
    return draw_funnel([_dot(row) for row in view.rows if row.in_funnel], line=line, words=words)


def _dot(row: ComparedRow) -> Dot:
    found = row.comparison
    apart = bool(found.worth_a_look)
    named = apart or row.is_outside
    code = row.place.code if row.place.level is Level.AREA else row.place.short_name
    return Dot(
        people=row.cell.base or 0,
        share=found.share or 0,
        limits=(found.funnel_low or 0, found.funnel_high or 0),
        far_limits=(found.funnel_low_998 or 0, found.funnel_high_998 or 0),
        label=code if named else "",
        apart=apart,
    )


def _draw_noticed(view: Compare) -> list[Child]:
    sentences = say_detectable(view)
    if not sentences:
        return []
    return [
        html.H2(_("What we could have noticed"), className="nhsuk-heading-m"),
        html.P(" ".join(sentences)),
        html.P(
            _("Smaller differences may be there. In four of five cases one of that size would have been noticed."),
            className="nhsuk-hint",
        ),
    ]


def _draw_rows(prefix: str, address: Address, view: Compare) -> list[Child]:
    toward = (
        _("Drawn toward the region, likely range")
        if view.level is Level.AREA
        else _("Drawn toward England, likely range")
    )
    return [
        html.H2(_("All places, by region and name"), className="nhsuk-heading-m"),
        html.P(
            _(
                "Chance moves the share of few people far. Drawn toward those around them, it is a more careful guess: "
                "the fewer people, the more it leans on the others."
            ),
            className="nhsuk-hint",
        ),
        draw_table(
            _("Share who said: %(answer)s, against the rest of England (%(span)s)")
            % {"answer": view.item.measure, "span": write_span(view.setting, view.span)},
            [
                Column(_("Area")),
                Column(_("People"), numeric=True),
                Column(_("Share, likely range")),
                Column(_("Rest of England")),
                Column(_("Difference in points, likely range")),
                Column(toward),
                Column(_("Noticed from"), numeric=True),
            ],
            [[_draw_name(row), *_draw_cells(prefix, address, view, row)] for row in view.rows],
        ),
    ]


def _draw_name(row: ComparedRow) -> TableCell:
    if row.place.level is not Level.AREA:
        return TableCell(row.place.short_name)
    return TableCell([row.place.short_name, " ", html.Span(write_where(row.place), className="dash-under")])


def _draw_cells(prefix: str, address: Address, view: Compare, row: ComparedRow) -> Sequence[TableCell]:
    if not row.is_shown:
        hidden = draw_hidden(write_status(row.cell.status), _find_way_on(prefix, address, view, row))
        return [TableCell(hidden, quiet=True, columns=6)]
    own = [TableCell(write_number(row.cell.base)), _draw_own(row)]
    if not row.is_compared:
        return [*own, TableCell(draw_hidden(say_why_not(row), None), quiet=True, columns=4)]
    found = row.comparison
    return [
        *own,
        TableCell(_("%(share)d%%") % {"share": found.rest or 0}),
        _draw_range(write_points(found.difference), write_points(found.low), write_points(found.high)),
        _draw_range(_write_share(found.shrunk), _write_share(found.shrunk_low), _write_share(found.shrunk_high)),
        TableCell(write_noticed(row)),
    ]


def _draw_own(row: ComparedRow) -> TableCell:
    share = write_share(row.cell)
    return (
        TableCell(share)
        if row.cell.band
        else _draw_range(share, _write_share(row.cell.low), _write_share(row.cell.high))
    )


def _write_share(share: int | None) -> str:
    return "–" if share is None else _("%(share)d%%") % {"share": share}


def _draw_range(value: str, low: str, high: str) -> TableCell:
    """A figure with its likely range in a line of its own."""
    if value == "–":
        return TableCell(value)
    likely = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return TableCell([value, " ", html.Span(likely, className="dash-range")])


def _name(row: ComparedRow) -> str:
    if row.place.level is not Level.AREA:
        return row.place.short_name
    return _("%(area)s (%(where)s)") % {"area": row.place.short_name, "where": write_where(row.place)}


def _results_of(address: Address, view: Compare, row: ComparedRow) -> Address:
    return address.with_changes(page=Page.RESULTS, question=view.item.id, place=row.place.code, period=view.span.value)


def _find_way_on(prefix: str, address: Address, view: Compare, row: ComparedRow) -> tuple[str, str] | None:
    instead = nearest_safe_results(address.with_changes(question=view.item.id), row)
    if instead is None or instead.place is None or instead.period is None:
        return None
    place = view.setting.release.place(view.setting.vintage, instead.place)
    return (say_nearest(view, place, Span(instead.period)), instead.href(prefix)) if place else None
