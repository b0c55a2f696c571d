"""The profile of one integrated care system, for a screen and for one sheet of paper; and the page to choose one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash.development.base_component import Component

from dashboard import html
from dashboard.address import Address, Page
from dashboard.figures.rows import Mark, draw_dots
from dashboard.layout import draw_page
from dashboard.model import Place
from dashboard.parts import (
    Child,
    Choice,
    Column,
    Select,
    TableCell,
    draw_chart,
    draw_columns,
    draw_download,
    draw_form,
    draw_table,
)
from dashboard.selects import select_areas, select_wave
from dashboard.sentences.highlights import (
    explain_said,
    head_changes,
    head_said,
    list_changes,
    list_said,
    say_changes,
    say_said,
)
from dashboard.sentences.next_steps import list_next_steps, list_promises, say_no_promise
from dashboard.sentences.profile import (
    explain_responses,
    list_missing_groups,
    list_responses,
    say_profile,
    say_who_is_missing,
    write_counted,
)
from dashboard.views.highlights import Said
from dashboard.views.profile import Profile, ProfileChoice
from dashboard.views.setting import Setting
from dashboard.words import _, find_limits, write_people, write_place, write_share


def draw_profile(prefix: str, address: Address, view: Profile | ProfileChoice) -> list[Component]:
    """The whole page."""
    return _draw_choice(prefix, address, view) if isinstance(view, ProfileChoice) else _draw_area(prefix, address, view)


def _draw_choice(prefix: str, address: Address, view: ProfileChoice) -> list[Component]:
    rows = [
        [
            TableCell(html.A(area.short_name, href=address.with_changes(place=area.code).href(prefix))),
            TableCell(area.region),
            TableCell(write_counted(coverage), quiet=coverage is None or coverage.count is None),
        ]
        for area, coverage in view.areas
    ]
    columns = [Column(_("ICS")), Column(_("Region")), Column(_("Who answered"))]
    return draw_page(
        prefix,
        address,
        caption="",
        title=_("ICS profile"),
        setting=view.setting,
        base=write_people(view.setting.release.facts.responses),
        lead=_("One page about one integrated care system (ICS), to read, print and take to a board. Choose the ICS."),
        body=[
            draw_columns(
                _draw_form(prefix, view.setting, [area for area, _coverage in view.areas], ""),
                [
                    draw_table(_("Integrated care systems (ICSs) and how many people answered"), columns, rows),
                    draw_download(prefix, address),
                ],
            )
        ],
    )


def _draw_area(prefix: str, address: Address, view: Profile) -> list[Component]:
    body: list[Child] = [
        html.P(
            html.A(_("This page as a PDF: one sheet of A4"), href=address.pdf_href(prefix)), className="dash-download"
        ),
        *_draw_responses(view),
        *_draw_part(_("Who is missing"), say_who_is_missing(view), list_missing_groups(view)),
        *_draw_said(view),
        *_draw_part(head_changes(view), "", list_changes(view), say_changes(view)),
        *_draw_part(_("What we will do"), "" if view.promises else say_no_promise(view), list_promises(view)),
        _draw_steps(view),
        draw_download(prefix, address),
    ]
    return draw_page(
        prefix,
        address,
        caption=_("Integrated care system (ICS) profile"),
        title=view.place.short_name,
        setting=view.setting,
        base=write_counted(view.coverage),
        lead=say_profile(view),
        body=[
            html.Div(
                draw_columns(_draw_form(prefix, view.setting, view.areas, view.place.code), body),
                className="dash-profile",
            )
        ],
    )


def _draw_form(prefix: str, setting: Setting, areas: Sequence[Place], chosen: str) -> Component:
    by_region = groupby(areas, key=lambda area: area.region)
    groups = tuple((region, tuple(Choice(area.code, area.short_name) for area in found)) for region, found in by_region)
    first = (("", (Choice("", _("Choose an ICS")),)),)
    place = Select("place", _("ICS"), (*first, *groups), chosen)
    return draw_form(prefix, Page.PROFILE, [place, select_areas(setting), select_wave(setting)])


def _draw_responses(view: Profile) -> list[Child]:
    heads, rows = list_responses(view)
    title = _("Who answered")
    return [
        html.H2(title, className="nhsuk-heading-m"),
        _draw_words(title, heads, rows),
        *[html.P(line, className="nhsuk-hint") for line in explain_responses(view)],
    ]


def _draw_said(view: Profile) -> list[Child]:
    title = head_said(view)
    heading = html.H2(title, className="nhsuk-heading-m")
    if not view.said:
        return [heading, html.P(_("Nothing can be shown, not of England either: too few people answered."))]
    heads, rows = list_said(view)
    return [
        heading,
        _draw_words(title, heads, rows),
        html.P(explain_said(), className="nhsuk-hint"),
        draw_chart(
            draw_dots([_mark(view, said) for said in view.said], line=None, line_label=""),
            title=_("The same, with the likely range"),
            sentence=say_said(view),
            name="profile",
        ),
    ]


def _draw_part(title: str, before: str, lines: Sequence[str], after: Sequence[str] = ()) -> list[Child]:
    parts: list[Child] = [html.H2(title, className="nhsuk-heading-m")]
    if before:
        parts.append(html.P(before))
    if lines:
        parts.append(html.Ul([html.Li(line) for line in lines], className="nhsuk-list nhsuk-list--bullet"))
    parts.extend(html.P(sentence) for sentence in after)
    return parts


def _draw_steps(view: Profile) -> Component:
    steps = [html.Li([html.Strong(do), " ", why]) for do, why in list_next_steps(view)]
    return html.Div(
        [
            html.H2(_("What to do next"), className="nhsuk-heading-m"),
            html.Ol(steps, className="nhsuk-list nhsuk-list--number"),
        ],
        className="dash-next",
    )


def _draw_words(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Component:
    cells = [[TableCell(words) for words in row] for row in rows]
    return draw_table(title, [Column(head) for head in heads], cells, under_heading=True)


def _mark(view: Profile, said: Said) -> Mark:
    low, high = find_limits(said.measure)
    label = _("%(answer)s – %(place)s") % {
        "answer": said.item.measure,
        "place": write_place(view.name_area(said.measure.area)),
    }
    return Mark(label, write_share(said.measure), None if said.measure.band else said.measure.share, low, high)
