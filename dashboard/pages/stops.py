"""The parts of the page about who is missing that say how people answered, where they stop and what they leave out."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address
from dashboard.figures.rows import Mark, draw_bars
from dashboard.figures.spread import draw_course
from dashboard.model import NonResponse
from dashboard.parts import Child, Column, TableCell, draw_chart, draw_details, draw_download, draw_hidden, draw_table
from dashboard.release import Status
from dashboard.sentences.stops import (
    KINDS,
    SPLITS,
    find_course,
    say_course,
    say_courses,
    say_left_out,
    say_other_pages,
    say_other_questions,
    say_stops,
    say_ways,
    write_base,
    write_began,
    write_course,
    write_way,
    write_worst,
)
from dashboard.views.stops import Line, Stops
from dashboard.words import _, write_range, write_share, write_status

LISTED = 12
"""Pages and questions that are listed; the download has the others."""


def draw_ways(prefix: str, address: Address, stops: Stops) -> list[Child]:
    """A row for each way of answering."""
    texts = {line.subject: line.text for line in (*stops.pages, *stops.left_out)}
    columns = [
        Column(_("How people answered")),
        Column(_("People who began"), numeric=True),
        Column(_("Most stopped")),
        Column(_("Most left out")),
    ]
    rows = [
        [
            TableCell([write_way(way.split, way.category), " ", html.Span(SPLITS[way.split], className="dash-under")]),
            TableCell(write_began(way.began), quiet=way.began.count is None),
            TableCell(write_worst(way.stops, texts), quiet=_is_hidden(way.stops)),
            TableCell(write_worst(way.leaves_out, texts), quiet=_is_hidden(way.leaves_out)),
        ]
        for way in stops.ways
    ]
    if not rows:
        return [html.P(say_ways(stops.ways))]
    return [
        html.P(say_ways(stops.ways)),
        html.P(
            _("There is no benchmark of how people would like to answer, so nobody can be said to be missing here."),
            className="nhsuk-hint",
        ),
        draw_table(_("How people answered"), columns, rows, under_heading=True),
        draw_download(prefix, address, "ways"),
    ]


def draw_stops(prefix: str, address: Address, stops: Stops) -> list[Child]:
    """How far people came, then the pages where more than a few stopped."""
    if not stops.pages:
        return [html.P(say_stops(stops))]
    standing_out = sorted((line for line in stops.pages if line.most), key=lambda line: -line.most)[:LISTED]
    return [
        html.P(say_stops(stops)),
        *(_draw_courses(stops) if stops.split else _draw_course(stops.pages)),
        *(
            [_draw_lines(_("Pages where most people stop"), _("Page that asks"), standing_out, stops)]
            if standing_out
            else []
        ),
        html.P(say_other_pages(len(stops.pages) - len(standing_out)), className="nhsuk-hint"),
        draw_download(prefix, address, "stops"),
    ]


def draw_left_out(prefix: str, address: Address, stops: Stops) -> list[Child]:
    """The questions that more than a few left out, did not know or would not answer."""
    standing_out = [line for line in stops.left_out if line.most][:LISTED]
    parts: list[Child] = [html.P(say_left_out(stops))]
    if standing_out:
        parts.append(_draw_lines(_("Questions without an answer"), _("Question"), standing_out, stops))
    if stops.left_out:
        parts.append(html.P(say_other_questions(len(stops.left_out) - len(standing_out)), className="nhsuk-hint"))
        parts.append(draw_download(prefix, address, "stops"))
    return parts


def _draw_course(pages: Sequence[Line]) -> list[Child]:
    """The line of everyone, with the same as a table to open."""
    reached = find_course(pages, 0)
    if reached is None:
        return []
    columns = [
        Column(_("Page that asks")),
        Column(_("Came this far"), numeric=True),
        Column(_("Stopped"), numeric=True),
    ]
    rows = [[TableCell(line.text), TableCell(write_base(line.figures[0])), _draw(line.figures[0])] for line in pages]
    table = draw_table(_("How far people came"), columns, rows, under_heading=True)
    return [
        draw_chart(
            draw_course(
                [line.figures[0].base for line in pages],
                first=_("%(people)d began") % {"people": reached[0]},
                last=_("%(people)d at the last page") % {"people": reached[1]},
                axis=_("Page"),
            ),
            title=_("How many people came to each page"),
            sentence=say_course(pages),
            name="course",
        ),
        draw_details(_("The same as a table"), table),
    ]


def _draw_courses(stops: Stops) -> list[Child]:
    """Of each category, how many came to the last page: a table, then bars."""
    assert stops.split is not None
    courses = [
        (write_way(stops.split, category), find_course(stops.pages, number))
        for number, category in enumerate(stops.categories)
    ]
    rows = [
        [
            TableCell(name),
            TableCell(write_course(reached))
            if reached
            else TableCell(draw_hidden(write_course(reached), None), quiet=True),
        ]
        for name, reached in courses
    ]
    marks = [Mark(write_course(reached), name, 100 * reached[1] / reached[0]) for name, reached in courses if reached]
    columns = [Column(SPLITS[stops.split]), Column(_("Came to the last page"))]
    parts: list[Child] = [draw_table(_("How many came to the last page"), columns, rows)]
    if marks:
        title = _("How many came to the last page, of those who began")
        parts.append(draw_chart(draw_bars(marks), title=title, sentence=say_courses(stops), name="courses"))
    return parts


def _draw_lines(caption: str, head: str, lines: Sequence[Line], stops: Stops) -> Component:
    """Of everyone share, range and base; of a split its categories side by side."""
    if stops.split is None:
        columns = [
            Column(head),
            Column(_("Share"), numeric=True),
            Column(_("Likely range"), numeric=True),
            Column(_("Of"), numeric=True),
        ]
        rows = [
            [
                _name(line),
                _draw(line.figures[0]),
                TableCell(write_range(line.figures[0])),
                TableCell(write_base(line.figures[0])),
            ]
            for line in lines
        ]
    else:
        columns = [Column(head), *(Column(write_way(stops.split, each)) for each in stops.categories)]
        rows = [[_name(line), *map(_draw, line.figures)] for line in lines]
    return draw_table(caption, columns, rows)


def _name(line: Line) -> TableCell:
    return TableCell([line.text, " ", html.Span(KINDS[line.kind], className="dash-under")])


def _draw(figure: NonResponse) -> TableCell:
    if figure.status is not Status.SHOWN:
        return TableCell(draw_hidden(write_status(figure.status), None), quiet=True)
    return TableCell(write_share(figure))


def _is_hidden(figures: Sequence[NonResponse]) -> bool:
    return all(figure.status is not Status.SHOWN for figure in figures)
