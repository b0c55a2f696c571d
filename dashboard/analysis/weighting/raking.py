"""Raking: weights that give every margin its known shares, made cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dashboard.analysis.weighting.cap import capped_to_mean_one, check_cap, exceeds, share_at_the_cap
from dashboard.analysis.weighting.collapse import Collapse, collapse
from dashboard.analysis.weighting.diagnosis import Gap, contradicting, furthest_off, gaps, kish_design_effect
from dashboard.analysis.weighting.margin import Floats, Ints, Margin, RakingError

__all__ = ["Collapse", "Floats", "Gap", "Ints", "Margin", "NotConverged", "Raked", "RakingError", "rake"]


class NotConverged(RakingError):
    """No weights meet all targets for the people who answered: `margins` are the names of those that contradict."""

    def __init__(self, margins: tuple[str, ...], rounds: int) -> None:
        self.margins = margins
        named = ", ".join(f"'{name}'" for name in margins)
        super().__init__(
            f"The margins {named} cannot be met together by the people who answered (not within {rounds} rounds)."
            " Leave one of them out, or merge categories."
        )


@dataclass(frozen=True)
class Raked:
    """Weights, and how they came about."""

    weights: Floats
    """(cells,) of one unit of the base in each cell; their mean over the base is 1."""
    margins: tuple[Margin, ...]
    """As they were used, small categories merged; those that were left with one category are not among them."""
    rounds: int
    collapsed: tuple[Collapse, ...]
    capped: float
    """Share of people whose weight is at a limit."""
    met: bool
    """Whether every margin has its targets, to the tolerance; without caps always so."""
    off: float
    """The largest difference between a weighted share and its target."""
    gaps: tuple[Gap, ...]
    """Categories that are off by more than the tolerance, the furthest first."""
    largest: float
    smallest: float
    design_effect: float
    """Kish's, of the weights alone."""


def rake(
    base: Floats,
    margins: Sequence[Margin],
    *,
    smallest: int = 10,
    cap: tuple[float, float] = (0.2, 5.0),
    tolerance: float = 1e-10,
    most_rounds: int = 1000,
    people: Floats | None = None,
) -> Raked:
    """Weights by iterative proportional fitting.

    `base` (cells,) are the people of each cell, or their design weights added up; `people` are then the people, who
    decide what is too small. In a round every margin k in turn multiplies the weights of its category c by
    target_kc · Σw / Σ_{i in c} w_i. It ends when all shares are within `tolerance` of their targets.
    W. E. Deming and F. F. Stephan, "On a least squares adjustment of a sampled frequency table when the expected
    marginal totals are known", Annals of Mathematical Statistics 11 (1940) 427-444.

    Two margins of two halves on 40, 10, 20 and 30 people: weights 0.888, 1.449, 0.725 and 1.184.

    Categories of fewer than `smallest` people are merged first (`collapse`). Weights outside `cap` are set to the limit
    after every round, and the rounds go on: either the margins are met by weights within the limits, or the limits
    hold and `met`, `off` and `gaps` say how far from its target each category is.

    Raises NotConverged, and RakingError when there is nobody, or a target nobody can carry.
    """
    check_cap(cap)
    counted = base if people is None else people
    if not (np.all(np.isfinite(base)) and np.all(base >= 0) and base.sum() > 0):
        raise RakingError("There is nobody to weight.")
    merged = [collapse(margin, counted, smallest) for margin in margins]
    used = tuple(margin for margin, _ in merged if len(margin.targets) > 1)
    weights, rounds = _fit(base, used, tolerance, most_rounds)
    if rounds is None:
        against = contradicting(used, lambda some: _fit(base, some, tolerance, most_rounds)[1] is not None)
        raise NotConverged(tuple(margin.name for margin in against), most_rounds)
    limited = exceeds(weights[base > 0], cap)
    if limited:
        weights, more = _fit_within(base, used, weights, cap, tolerance, most_rounds)
        rounds += more
    off = furthest_off(base * weights, used)
    there = weights[base > 0]
    return Raked(
        weights=weights,
        margins=used,
        rounds=rounds,
        collapsed=tuple(each for _, told in merged for each in told),
        capped=share_at_the_cap(weights, base, cap) if limited else 0.0,
        met=off <= tolerance,
        off=off,
        gaps=gaps(base * weights, used, tolerance),
        largest=float(there.max()),
        smallest=float(there.min()),
        design_effect=kish_design_effect(weights, base),
    )


def _fit(base: Floats, margins: Sequence[Margin], tolerance: float, most_rounds: int) -> tuple[Floats, int | None]:
    """Weights of mean 1 and the rounds it took; None when the targets were not met."""
    weights = np.ones_like(base)
    if furthest_off(base, margins) <= tolerance:
        return weights, 0
    for done in range(1, most_rounds + 1):
        _adjust(weights, base, margins)
        if furthest_off(base * weights, margins) <= tolerance:
            return weights * (base.sum() / (base @ weights)), done
    return weights, None


def _adjust(weights: Floats, base: Floats, margins: Sequence[Margin]) -> None:
    """One round, in place."""
    for margin in margins:
        sums = margin.sums(base * weights)
        factors = np.divide(margin.targets * base.sum(), sums, out=np.ones_like(sums), where=sums > 0)
        weights *= factors[margin.of_cell]


def _fit_within(
    base: Floats,
    margins: Sequence[Margin],
    start: Floats,
    cap: tuple[float, float],
    tolerance: float,
    most_rounds: int,
) -> tuple[Floats, int]:
    """Weights within the limits, as near to the targets as the rounds come."""
    weights = np.clip(start, *cap)
    for done in range(1, most_rounds + 1):
        _adjust(weights, base, margins)
        weights = np.clip(weights, *cap)
        if furthest_off(base * weights, margins) <= tolerance:
            return capped_to_mean_one(weights, base, cap), done
    return capped_to_mean_one(weights, base, cap), most_rounds
