"""What became of the margins and the weights: how far off, how uneven, and which margins contradict one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.analysis.weighting.margin import Floats, Margin


@dataclass(frozen=True)
class Gap:
    """A category whose weighted share is not its target."""

    margin: str
    label: str
    target: float
    reached: float


def furthest_off(weighted: Floats, margins: Sequence[Margin]) -> float:
    """The largest difference, over all categories, between weighted share and target; `weighted` (cells,) sums."""
    total = weighted.sum()
    return max((float(abs(margin.sums(weighted) / total - margin.targets).max()) for margin in margins), default=0.0)


def gaps(weighted: Floats, margins: Sequence[Margin], tolerance: float) -> tuple[Gap, ...]:
    """Categories off by more than the tolerance, the furthest first."""
    total = weighted.sum()
    found = [
        Gap(margin.name, label, float(target), float(reached))
        for margin in margins
        for label, target, reached in zip(margin.labels, margin.targets, margin.sums(weighted) / total, strict=True)
        if abs(reached - target) > tolerance
    ]
    return tuple(sorted(found, key=lambda gap: -abs(gap.reached - gap.target)))


def kish_design_effect(weights: Floats, base: Floats) -> float:
    """n Σw² / (Σw)² over people: what uneven weights alone do to a variance; `base` (cells,) people of each weight.

    L. Kish, "Survey Sampling" (1965), 11.7. Three people who weigh 1, 1 and 2: 3 · 6 / 16 = 1.125.
    """
    return float(base.sum() * (base @ weights**2) / (base @ weights) ** 2)


def contradicting(margins: Sequence[Margin], agree: Callable[[Sequence[Margin]], bool]) -> tuple[Margin, ...]:
    """The fewest margins that cannot be met together: leaving out any one of them, the others can.

    A margin is left out for good when those that remain still do not `agree` (a deletion filter: J. W. Chinneck,
    "Feasibility and Infeasibility in Optimization" (2008), 6.2).
    """
    kept = list(margins)
    for margin in margins:
        others = [each for each in kept if each is not margin]
        if others and not agree(others):
            kept = others
    return tuple(kept)
