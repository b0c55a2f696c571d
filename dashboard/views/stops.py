"""Where people stop and what they leave out: page by page, item by item, for everyone or by how they answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.model import Count, NonResponse
from dashboard.release import Status
from dashboard.views.setting import NoSuchView, Reason, Setting

BREAK_OFF = "break_off"


class Split(StrEnum):
    """By what people can be told apart: how they answered."""

    LANGUAGE = "language"
    FORMAT = "format"
    MODE = "mode"
    ANSWERING = "answering"


@dataclass(frozen=True)
class Way:
    """People who answered in one way, such as by phone: how many, and where most of them stopped or left out most."""

    split: Split
    category: str
    began: Count
    stops: tuple[NonResponse, ...]
    leaves_out: tuple[NonResponse, ...]


@dataclass(frozen=True)
class Line:
    """What became of a page or an item, by category of the split; of everyone it has one figure."""

    kind: str
    subject: str
    text: str
    """What the page or the item asks."""
    figures: tuple[NonResponse, ...]

    @property
    def most(self) -> int:
        """The largest share that is more than a bound from above; 0 where there is none."""
        return most(self.figures)


@dataclass(frozen=True)
class Stops:
    """Where people stop and what they leave out."""

    offered: tuple[Split, ...]
    split: Split | None
    categories: tuple[str, ...]
    """Of the split; one that is empty, for everyone."""
    pages: tuple[Line, ...]
    """In the order people come to them."""
    left_out: tuple[Line, ...]
    """Where most is left out first."""
    ways: tuple[Way, ...]


def read_stops(releases: Releases, setting: Setting, address: Address) -> Stops:
    """Raises ReleaseGone, NoSuchView."""
    release = setting.release
    rows = releases.read(release, NonResponse)
    known = {row.dimension for row in rows}
    offered = tuple(split for split in Split if split.value in known)
    if address.split is not None and address.split not in offered:
        raise NoSuchView(Reason.UNKNOWN_SPLIT, setting, address.with_changes(split=None))
    split = Split(address.split) if address.split else None
    chosen = [row for row in rows if row.dimension == (split.value if split else "")]
    categories = tuple(dict.fromkeys(row.category for row in chosen))
    texts = {**releases.quality(release).pages, **{item.id: item.text for item in release.items}}
    lines = _lines(chosen, categories, texts)
    return Stops(
        offered=offered,
        split=split,
        categories=categories,
        pages=tuple(line for line in lines if line.kind == BREAK_OFF),
        left_out=tuple(sorted((line for line in lines if line.kind != BREAK_OFF), key=lambda line: -line.most)),
        ways=tuple(way for each in offered for way in _ways(each, rows, releases.fieldwork(release, each.value))),
    )


def most(figures: Sequence[NonResponse]) -> int:
    """The largest share of `figures` that is more than a bound from above; 0 where there is none."""
    return max((figure.share or 0 for figure in figures if figure.band != "under"), default=0)


def _lines(rows: Sequence[NonResponse], categories: Sequence[str], texts: Mapping[str, str]) -> list[Line]:
    found: dict[tuple[str, str], dict[str, NonResponse]] = {}
    for row in rows:
        found.setdefault((row.kind, row.subject), {})[row.category] = row
    return [
        Line(kind, subject, texts.get(subject, subject), tuple(by[each] for each in categories if each in by))
        for (kind, subject), by in found.items()
    ]


def _ways(split: Split, rows: Sequence[NonResponse], counts: Sequence[Count]) -> list[Way]:
    """Who answered in which way is not counted for everything: then it is those who came to the first page."""
    name = split.value
    own = [row for row in rows if row.dimension == name]
    counted = {count.category: count for count in counts}
    ways = []
    for category in dict.fromkeys([*counted, *(row.category for row in own)]):
        stops = tuple(row for row in own if row.category == category and row.kind == BREAK_OFF)
        first = next((row.base for row in stops if row.status is Status.SHOWN), None)
        began = counted.get(category) or Count(category, first, "" if first else "under 10")
        left_out = tuple(row for row in own if row.category == category and row.kind == "left_out")
        ways.append(Way(split, category, began, stops, left_out))
    return sorted(ways, key=lambda way: -(way.began.count or 0))
