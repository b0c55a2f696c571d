"""What a download holds: exactly the cells of a view, with the reason where there is no number."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.model import Figure
from dashboard.release import is_provisional
from dashboard.views.setting import Setting

Field = str | int | float | None
FIGURE = ("status", "base", "share", "band", "low", "high")


@dataclass(frozen=True)
class Sheet:
    """The figures of a view, or of a part of it: a row each, and what its columns are called in a file."""

    setting: Setting
    name: str
    """What an address calls it, such as `areas`; each sheet of a page has its own."""
    title: str
    """What it is, for people."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Field, ...], ...]


def write_figure(figure: Figure) -> tuple[Field, ...]:
    """A figure as the columns of FIGURE."""
    return (figure.status.value, figure.base, figure.share, figure.band, figure.low, figure.high)


def name_file(address: Address, setting: Setting, part: str = "") -> str:
    """What a file is called, without what comes after the point; `part` where it holds not all of the page."""
    facts = setting.release.facts
    parts = [address.page.name.lower(), *([part] if part else []), facts.wave, "release", str(facts.number)]
    return "-".join(["phb", *parts, *(["provisional"] if is_provisional(facts) else [])])
