"""The results page by group: one answer among each group of a dimension, in England."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.rows import Mark, draw_dots
from dashboard.layout import draw_page
from dashboard.model import GroupCell
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
from dashboard.release import ENGLAND, Span, Status
from dashboard.sentences.groups import name_answer, say_groups
from dashboard.views.groups import Groups, nearest_safe_group
from dashboard.words import _, find_limits, write_bases, write_share, write_span, write_status


def draw_groups(prefix: str, address: Address, view: Groups) -> list[Component]:
    """The whole page."""
    selects = select_results(
        view.setting, view.item, place=ENGLAND, by=view.division.id, divisions=view.divisions, span=view.span
    )
    title = _("%(dimension)s: share who said: %(answer)s (England, %(span)s)") % {
        "dimension": view.division.label,
        "answer": name_answer(view),
        "span": write_span(view.setting, view.span),
    }
    body: list[Child] = [
        draw_answers(prefix, address, view.item, view.answer, _("Answer to compare")),
        draw_table(
            title,
            [
                Column(view.division.label),
                Column(_("Share"), numeric=True),
                Column(_("Likely range"), numeric=True),
                Column(_("People who answered"), numeric=True),
            ],
            [[TableCell(row.label), *_draw_cell(prefix, address, view, row.cell)] for row in view.rows],
        ),
        draw_caution(),
        html.P(
            _("Among many groups, one or another looks different by chance. People may leave out what group they are."),
            className="nhsuk-hint",
        ),
        draw_download(prefix, address),
    ]
    shown = [row for row in view.rows if row.cell.status is Status.SHOWN]
    if shown:
        england = view.england if view.england and view.england.status is Status.SHOWN else None
        line = england.share if england and not england.band else None
        drawing = draw_dots(
            [_mark(row.label, row.cell) for row in shown],
            line=line,
            line_label=_("England %(share)s") % {"share": write_share(england)} if england else "",
        )
        body.append(draw_chart(drawing, title=title, sentence=say_groups(view), name="groups"))
    return draw_page(
        prefix,
        address,
        caption=view.item.section,
        title=view.item.text,
        setting=view.setting,
        base=write_bases([row.cell for row in view.rows]),
        lead=say_groups(view),
        body=[draw_columns(draw_form(prefix, Page.RESULTS, selects), body)],
    )


def _draw_cell(prefix: str, address: Address, view: Groups, cell: GroupCell) -> list[TableCell]:
    if cell.status is Status.SHOWN:
        return draw_figure(cell)
    return [
        TableCell(
            draw_hidden(write_status(cell.status), _find_way_on(prefix, address, view, cell)), quiet=True, columns=3
        )
    ]


def _find_way_on(prefix: str, address: Address, view: Groups, cell: GroupCell) -> tuple[str, str] | None:
    instead = nearest_safe_group(address, cell)
    if instead is None or instead.period is None:
        return None
    span = Span(instead.period)
    words = {"span": write_span(view.setting, span)}
    if instead.by is not None:
        return _("See %(span)s") % words, instead.href(prefix)
    everyone = _("See everyone") if span is view.span else _("See everyone, %(span)s") % words
    return everyone, instead.href(prefix)


def _mark(label: str, cell: GroupCell) -> Mark:
    low, high = find_limits(cell)
    return Mark(label, write_share(cell), None if cell.band else cell.share, low, high)
