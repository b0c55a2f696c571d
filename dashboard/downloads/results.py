"""The figures of a question, as a download: as answers or places, by group, or survey by survey."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import FIGURE, Field, Sheet, write_figure
from dashboard.model import Item, Option
from dashboard.release import Span
from dashboard.views.choices import MEASURE, WAVES
from dashboard.views.groups import show_groups
from dashboard.views.results import show_results
from dashboard.views.setting import Setting
from dashboard.views.trend import show_trend

_QUESTION = ("item", "question", "option", "answer")


def list_results(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each answer, place, group or survey. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    if address.by is None:
        return (_list_answers(releases, address),)
    return (_list_waves(releases, address) if address.by == WAVES else _list_groups(releases, address),)


def name_years(setting: Setting, span: Span) -> str:
    """The waves of a span: `wave`, or those that are pooled, joined by `+`."""
    return span.value if span is Span.WAVE else "+".join(setting.release.facts.pooled_waves)


def _list_answers(releases: Releases, address: Address) -> Sheet:
    view = show_results(releases, address)
    columns = ("years", "level", "area", "area_name", *_QUESTION, *FIGURE)
    rows = (
        (
            *(name_years(view.setting, view.span), row.cell.level.value, row.place.code, row.place.name),
            *(view.item.id, view.item.text, row.option or MEASURE, view.item.name_answer(row.option)),
            *write_figure(row.cell),
        )
        for row in view.rows
    )
    return Sheet(view.setting, "figures", view.item.text, columns, tuple(rows))


def _list_groups(releases: Releases, address: Address) -> Sheet:
    view = show_groups(releases, address)
    columns = ("years", "dimension", "dimension_label", "group", "group_label", *_QUESTION, *FIGURE)
    rows = (
        (
            *(name_years(view.setting, view.span), view.division.id, view.division.label, row.cell.category, row.label),
            *(*_describe(view.item, view.answer), *write_figure(row.cell)),
        )
        for row in view.rows
    )
    return Sheet(view.setting, "groups", view.item.text, columns, tuple(rows))


def _list_waves(releases: Releases, address: Address) -> Sheet:
    view = show_trend(releases, address)
    columns = (
        *("of_wave", "from_release", "level", "area", "area_name", *_QUESTION, *FIGURE),
        *("break_reason", "difference", "difference_low", "difference_high", "stands_out"),
    )
    rows = (
        (
            *(row.wave, row.release, row.level.value, view.place.code, view.place.name),
            *(*_describe(view.item, view.answer), *write_figure(row), row.break_reason),
            *(row.difference, row.difference_low, row.difference_high),
            None if row.changed is None else "yes" if row.changed else "no",
        )
        for row in view.rows
    )
    return Sheet(view.setting, "waves", view.item.text, columns, tuple(rows))


def _describe(item: Item, answer: Option | None) -> tuple[Field, ...]:
    option = answer.code if answer else ""
    return (item.id, item.text, option or MEASURE, item.name_answer(option))
