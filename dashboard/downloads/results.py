"""The figures of a question, as a download."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import FIGURE, Sheet, write_figure
from dashboard.views.results import show_results


def list_results(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each answer, or each place. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_results(releases, address)
    columns = ("years", "level", "area", "area_name", "item", "question", "option", "answer", *FIGURE)
    rows = (
        (
            view.span.value if view.span.value == "wave" else "+".join(view.setting.release.facts.pooled_waves),
            row.cell.level.value,
            row.place.code,
            row.place.name,
            view.item.id,
            view.item.text,
            row.option or "measure",
            view.item.name_answer(row.option),
            *write_figure(row.cell),
        )
        for row in view.rows
    )
    return (Sheet(view.setting, "figures", view.item.text, columns, tuple(rows)),)
