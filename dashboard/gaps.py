"""Groups beside their benchmarks: dimension by dimension, and where most people are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.model import Group
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


def is_clearly_missing(group: Group) -> bool:
    """Whether fewer are heard than chance explains: the whole likely range lies below the benchmark.

    46% (41% to 51%) beside 48% may be chance; 3% (2% to 5%) beside 9% is not.
    """
    return group.benchmark_share is not None and _is_compared(group) and (group.high or 0) < group.benchmark_share


def may_be_chance(group: Group) -> bool:
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


def _is_compared(group: Group) -> bool:
    return group.status is Status.SHOWN and bool(group.missing) and group.high is not None


def _order(group: Group) -> tuple[bool, bool, int]:
    return group.status is not Status.SHOWN, not is_clearly_missing(group), -(group.missing or 0)


def _by_dimension(groups: Sequence[Group]) -> tuple[tuple[Group, ...], ...]:
    names = dict.fromkeys(group.dimension for group in groups)
    return tuple(tuple(group for group in groups if group.dimension == name) for name in names)
