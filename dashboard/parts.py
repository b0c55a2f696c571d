"""The parts of a page: columns, form, table, chart, download, and what stands where no number can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc
from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.paper import Drawing
from dashboard.words import _

Child = Component | str


@dataclass(frozen=True)
class Choice:
    """One option of a select."""

    value: str
    text: str


@dataclass(frozen=True)
class Select:
    """A native select of a form; `groups` are (heading or '', choices)."""

    name: str
    label: str
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    selected: str
    hint: str = ""


@dataclass(frozen=True)
class Column:
    """The head of a column; numbers stand at its right."""

    title: str
    numeric: bool = False


@dataclass(frozen=True)
class TableCell:
    """What stands in a table: text, or parts; `quiet` where there is no number, then over as many `columns`."""

    content: Child | Sequence[Child]
    quiet: bool = False
    columns: int = 1


def aria(**attributes: str) -> dict[str, Any]:
    """`aria(label="Pages")` as the keyword `aria-label` that a component takes."""
    return {f"aria-{name}": value for name, value in attributes.items()}


def draw_columns(form: Component, body: Sequence[Child]) -> Component:
    """The form at the left on a wide screen, above on a narrow one."""
    return html.Div([form, html.Div(list(body), className="dash-body")], className="dash-columns")


def draw_form(prefix: str, page: Page, selects: Sequence[Select]) -> Component:
    """A plain form whose answer is the next address; it works by keyboard and without our script."""
    fields: list[Child] = []
    for select in selects:
        field_id = f"choose-{select.name}"
        hint_id = f"{field_id}-hint"
        described = aria(describedby=hint_id) if select.hint else {}
        fields.append(
            html.Div(
                [
                    html.Label(select.label, htmlFor=field_id, className="nhsuk-label"),
                    *([html.Div(select.hint, id=hint_id, className="nhsuk-hint")] if select.hint else []),
                    html.Select(
                        _draw_options(select),
                        id=field_id,
                        name=select.name,
                        className="nhsuk-select dash-select",
                        disable_n_clicks=True,
                        **described,
                    ),
                ],
                className="nhsuk-form-group dash-field",
            )
        )
    return html.Form(
        [
            html.H2(_("Choose what to see"), className="nhsuk-heading-s"),
            *fields,
            html.Button(_("Show"), type="submit", className="nhsuk-button nhsuk-button--small"),
        ],
        action=f"{prefix}{page.value}",
        method="GET",
        className="dash-form",
        # Another address is another form, so that the selects show what is chosen and not what was clicked.
        key="|".join(select.selected for select in selects),
    )


def _draw_options(select: Select) -> list[Component]:
    def draw(choices: Sequence[Choice]) -> list[Component]:
        return [
            html.Option(choice.text, value=choice.value, selected=choice.value == select.selected) for choice in choices
        ]

    options: list[Component] = []
    for heading, choices in select.groups:
        options.extend([html.Optgroup(draw(choices), label=heading)] if heading else draw(choices))
    return options


def draw_table(
    caption: str, columns: Sequence[Column], rows: Sequence[Sequence[TableCell]], *, under_heading: bool = False
) -> Component:
    """A table whose first column names the row; on a narrow screen each row stands by itself, headed by its name.

    One of two columns fits any screen. `under_heading`: a heading above says the same, so the caption is only read out.
    """
    heading = "nhsuk-u-visually-hidden" if under_heading else "nhsuk-table__caption nhsuk-table__caption--m"
    head = html.Thead(
        html.Tr(
            [
                html.Th(
                    column.title,
                    scope="col",
                    className="nhsuk-table__header" + (" dash-numeric" if column.numeric else ""),
                    role="columnheader",
                )
                for column in columns
            ],
            role="row",
        ),
        className="nhsuk-table__head",
        role="rowgroup",
    )
    body = html.Tbody([_draw_row(columns, row) for row in rows], className="nhsuk-table__body", role="rowgroup")
    return html.Table(
        [html.Caption(caption, className=heading), head, body],
        className=("nhsuk-table-responsive" if len(columns) > 2 else "nhsuk-table") + " dash-table",
        role="table",
    )


def _draw_row(columns: Sequence[Column], row: Sequence[TableCell]) -> Component:
    name, *others = row
    cells: list[Component] = [
        html.Th(_children(name), scope="row", className="nhsuk-table__header dash-row-name", role="rowheader")
    ]
    column = 1
    for cell in others:
        head = columns[column]
        numeric = " dash-numeric" if head.numeric and cell.columns == 1 else ""
        heading = html.Span([head.title, " "], className="nhsuk-table-responsive__heading", **aria(hidden="true"))
        cells.append(
            html.Td(
                [*([heading] if len(columns) > 2 else []), html.Span(_children(cell), className="dash-cell")],
                className="nhsuk-table__cell" + numeric + (" dash-quiet" if cell.quiet else ""),
                role="cell",
                colSpan=cell.columns,
            )
        )
        column += cell.columns
    return html.Tr(cells, className="nhsuk-table__row", role="row")


def _children(cell: TableCell) -> list[Child]:
    return [cell.content] if isinstance(cell.content, (str, Component)) else list(cell.content)


def draw_chart(drawing: Drawing, *, title: str, sentence: str, name: str, ratio: float = 1.0) -> Component:
    """A chart with its sentence as text alternative; the same numbers stand in a table outside it.

    A drawing without a height keeps its shape: as wide as the page lets it, `ratio` times as high.
    """
    height = drawing["layout"].get("height")
    style = {"height": f"{height}px"} if height else {"aspectRatio": f"1 / {ratio:.3f}"}
    return html.Figure(
        [
            html.Figcaption(title, className="dash-figcaption"),
            html.Div(
                dcc.Graph(
                    id=f"chart-{name}",
                    figure=drawing,
                    config={"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False},
                    style=style,
                ),
                role="img",
                **aria(label=sentence),
            ),
        ],
        className="dash-figure",
    )


def draw_details(summary: str, content: Child) -> Component:
    """What is folded away until someone opens it; on paper it is open."""
    return html.Details(
        [
            html.Summary(
                html.Span(summary, className="nhsuk-details__summary-text"), className="nhsuk-details__summary"
            ),
            html.Div(content, className="nhsuk-details__text"),
        ],
        className="nhsuk-details",
    )


def draw_download(prefix: str, address: Address, table: str | None = None) -> Component:
    """Where the same numbers are had as a file; `table` is the name of a sheet, None the page's first.

    A spreadsheet holds all sheets of the page, so it is offered once.
    """
    links: list[Child] = [html.A(_("Download these figures (CSV)"), href=address.download_href(prefix, table))]
    if table is None:
        for kind, words in (("xlsx", _("With notes, for Excel (XLSX)")), ("ods", _("With notes, open format (ODS)"))):
            links.extend([" ", html.A(words, href=address.download_href(prefix, kind=kind))])
    return html.P(links, className="dash-download")


def draw_hidden(words: str, way_on: tuple[str, str] | None) -> list[Child]:
    """What stands where a number cannot: a quiet mark, why, and the nearest view that can be shown."""
    mark = html.Span("○", className="dash-quiet-mark", **aria(hidden="true"))
    parts: list[Child] = [mark, html.Span(words)]
    if way_on:
        parts.extend([" ", html.A(way_on[0], href=way_on[1], className="dash-way-on")])
    return parts
