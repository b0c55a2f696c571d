"""What the results pages share: the form, links to another answer, and what likely ranges leave out."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import html
from dashboard.address import Address
from dashboard.model import Figure, Item, Option
from dashboard.parts import Child, Select, TableCell, aria
from dashboard.release import Span
from dashboard.selects import select_areas, select_by, select_period, select_place, select_question, select_wave
from dashboard.views.choices import MEASURE, Division
from dashboard.views.setting import Setting
from dashboard.words import _, write_number, write_range, write_share


def select_results(
    setting: Setting, item: Item, *, place: str, by: str, divisions: Sequence[Division], span: Span | None
) -> list[Select]:
    """The form of every results page; without years where `span` is None."""
    return [
        select_question(setting.release.items, item),
        select_place(setting, place),
        select_by(divisions, by),
        *(select_period(setting, span) if span else ()),
        select_areas(setting),
        select_wave(setting),
    ]


def draw_answers(prefix: str, address: Address, item: Item, chosen: Option | None, title: str) -> Child:
    """Links to compare another answer; a second form would carry answers of another question along."""
    codes = ([""] if item.measure else []) + [option.code for option in item.options if option.text != item.measure]
    selected = chosen.code if chosen else ""
    return html.Nav(
        [
            html.H2(title, className="nhsuk-heading-s", id="answers"),
            html.Ul(
                [
                    html.Li(
                        html.A(
                            item.name_answer(code),
                            href=address.with_changes(answer=code or MEASURE).href(prefix),
                            **(aria(current="true") if code == selected else {}),
                        )
                    )
                    for code in codes
                ],
                className="dash-answers",
            ),
        ],
        **aria(labelledby="answers"),
    )


def draw_figure(figure: Figure) -> list[TableCell]:
    """A shown figure as three cells: share, likely range, people."""
    return [TableCell(write_share(figure)), TableCell(write_range(figure)), TableCell(write_number(figure.base))]


def draw_caution() -> Child:
    """What likely ranges leave out."""
    return html.P(
        _(
            "The likely range allows for chance alone. People chose for themselves to answer, "
            "so they may differ from all who have a budget."
        ),
        className="nhsuk-hint",
    )
