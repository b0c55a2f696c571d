"""Groups and places beside their benchmarks: who is clearly missing, and where most people are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.model import Coverage, Group, Place
from dashboard.release import Status

HOLDERS = "phb_holders"


@dataclass(frozen=True)
class Dimension:
    """The groups of one dimension, those of whom most are clearly missing first."""

    id: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Gap:
    """How many people of one dimension would have to be there, or be others, to look like the benchmark."""

    dimension: str
    people: int
    of_holders: bool


@dataclass(frozen=True)
class Covered:
    """A region or area, and how many answered there."""

    place: Place
    coverage: Coverage


def is_clearly_missing(group: Group | Coverage) -> bool:
    """Whether fewer are heard than chance explains: the whole likely range lies below the benchmark.

    46% (41% to 51%) beside 48% may be chance; 3% (2% to 5%) beside 9% is not. Of a place the range is that of its
    share over the benchmark's: 0.9 (0.7 to 1.1) may be chance, 0.5 (0.4 to 0.7) is not.
    """
    if isinstance(group, Coverage):
        return _is_compared(group) and (group.ratio_high or 0) < 1
    return group.benchmark_share is not None and _is_compared(group) and (group.high or 0) < group.benchmark_share


def may_be_chance(group: Group | Coverage) -> bool:
    """Whether people seem to be missing, and chance alone could explain it."""
    return _is_compared(group) and not is_clearly_missing(group)


def read_dimensions(groups: Sequence[Group]) -> tuple[Dimension, ...]:
    """The groups by dimension, in the order of the release; within one the group most clearly missing first.

    Then come those whose gap may be chance, those of whom no one is missing, and those that are not shown.
    """
    return tuple(
        Dimension(
            of_dimension[0].dimension,
            of_dimension[0].dimension_label,
            tuple(sorted(of_dimension, key=_order)),
        )
        for of_dimension in _by_dimension(groups)
    )


def widest_gap(groups: Sequence[Group]) -> Gap | None:
    """The dimension in which most people are clearly missing, as a sum of published figures; None if none can be told.

    Only holders of a budget can be missing, so another comparison counts where there is no other.
    """
    gaps = [
        Gap(
            dimension=of_dimension[0].dimension_label,
            people=sum(group.missing or 0 for group in of_dimension),
            of_holders=of_dimension[0].benchmark_of == HOLDERS,
        )
        for of_dimension in _by_dimension([group for group in groups if is_clearly_missing(group)])
    ]
    told = [gap for gap in gaps if gap.of_holders] or gaps
    return max(told, key=lambda gap: gap.people, default=None)


def sort_places(places: Iterable[Covered]) -> tuple[Covered, ...]:
    """Those of whom most are clearly missing first, then as groups are; those of whom nothing can be told last."""

    def order(covered: Covered) -> tuple[bool, bool, int, str]:
        found = covered.coverage
        people = found.missing or 0
        return found.missing is None, not is_clearly_missing(found), -people, covered.place.short_name

    return tuple(sorted(places, key=order))


def _is_compared(group: Group | Coverage) -> bool:
    if isinstance(group, Coverage):
        return bool(group.missing) and group.ratio_high is not None
    return group.status is Status.SHOWN and bool(group.missing) and group.high is not None


def _order(group: Group) -> tuple[bool, bool, int]:
    return group.status is not Status.SHOWN, not is_clearly_missing(group), -(group.missing or 0)


def _by_dimension(groups: Sequence[Group]) -> tuple[tuple[Group, ...], ...]:
    names = dict.fromkeys(group.dimension for group in groups)
    return tuple(tuple(group for group in groups if group.dimension == name) for name in names)
