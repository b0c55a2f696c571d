"""The results page survey by survey: a line with gaps where surveys may not be joined."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.trend import Point, draw_trend
from dashboard.layout import draw_page
from dashboard.model import Trend
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
from dashboard.release import Status
from dashboard.sentences.trend import name_answer, say_breaks, say_trend, write_break, write_change
from dashboard.views.choices import WAVES
from dashboard.views.trend import OverTime, nearest_safe_wave
from dashboard.words import _, find_limits, write_bases, write_place, write_share, write_status


def draw_over_time(prefix: str, address: Address, view: OverTime) -> list[Component]:
    """The whole page."""
    selects = select_results(
        view.setting, view.item, place=view.place.code, by=WAVES, divisions=view.divisions, span=None
    )
    title = _("Share who said: %(answer)s (%(place)s, survey by survey)") % {
        "answer": name_answer(view),
        "place": write_place(view.place),
    }
    body: list[Child] = [
        draw_answers(prefix, address, view.item, view.answer, _("Answer to follow")),
        draw_table(
            title,
            [
                Column(_("Survey")),
                Column(_("Share"), numeric=True),
                Column(_("Likely range"), numeric=True),
                Column(_("People who answered"), numeric=True),
                Column(_("Points from the survey before")),
            ],
            [
                _draw_row(prefix, address, view, row, before)
                for row, before in zip(view.rows, (None, *view.rows), strict=False)
            ],
        ),
        *[html.P(sentence) for sentence in say_breaks(view.rows)],
        draw_caution(),
        html.P(
            _("A change stands out when it still does once all changes of this release are judged together."),
            className="nhsuk-hint",
        ),
        draw_download(prefix, address),
    ]
    if any(row.status is Status.SHOWN for row in view.rows):
        drawing = draw_trend([_point(row) for row in view.rows], gap_words=_("Not joined:"))
        body.append(draw_chart(drawing, title=title, sentence=say_trend(view), name="trend"))
    return draw_page(
        prefix,
        address,
        caption=view.item.section,
        title=view.item.text,
        setting=view.setting,
        base=write_bases(view.rows),
        lead=say_trend(view),
        body=[draw_columns(draw_form(prefix, Page.RESULTS, selects), body)],
    )


def _draw_row(prefix: str, address: Address, view: OverTime, row: Trend, before: Trend | None) -> list[TableCell]:
    name = TableCell(row.wave)
    if row.status is Status.SHOWN:
        return [name, *draw_figure(row), TableCell(write_change(row, before))]
    way_on = _find_way_on(prefix, address, view, row)
    return [name, TableCell(draw_hidden(write_status(row.status), way_on), quiet=True, columns=4)]


def _find_way_on(prefix: str, address: Address, view: OverTime, row: Trend) -> tuple[str, str] | None:
    instead = nearest_safe_wave(address, view, row)
    if instead is None:
        return None
    words = _("See England") if instead.by else _("See England, all surveys together")
    return words, instead.href(prefix)


def _point(row: Trend) -> Point:
    if row.status is not Status.SHOWN:
        return Point(row.wave, write_status(row.status), None, None, None, write_break(row))
    low, high = find_limits(row)
    return Point(row.wave, write_share(row), None if row.band else row.share, low, high, write_break(row))
