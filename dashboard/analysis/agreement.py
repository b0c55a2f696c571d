"""How far two readers agree beyond what chance would give, in a word."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Strength(StrEnum):
    """What kappa is called by Landis and Koch 1977, The measurement of observer agreement for categorical data,
    Biometrics 33, 159-174: under 0, to 0.20, to 0.40, to 0.60, to 0.80, and above."""

    POOR = "poor"
    SLIGHT = "slight"
    FAIR = "fair"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"
    ALMOST_PERFECT = "almost perfect"


_UP_TO = ((0.2, Strength.SLIGHT), (0.4, Strength.FAIR), (0.6, Strength.MODERATE), (0.8, Strength.SUBSTANTIAL))


def measure_kappa(agreed: float, by_chance: float) -> float:
    """Cohen's kappa, (po - pe) / (1 - pe), with po the share of decisions that are the same and pe that by chance.

    Cohen 1960, Educational and Psychological Measurement 20, 37-46; `by_chance` is less than 1.
    """
    return (agreed - by_chance) / (1 - by_chance)


def name_kappa(kappa: float) -> Strength:
    """The word for kappa to 0.01."""
    rounded = round(kappa, 2)
    if rounded < 0:
        return Strength.POOR
    return next((word for limit, word in _UP_TO if rounded <= limit), Strength.ALMOST_PERFECT)


def name_agreement(agreed: int, shares: Sequence[int]) -> Strength:
    """The word for per cent of same decisions on themes with these shares, each more than 0 and less than 100 per cent.

    It is worked out from what is published, so it holds nothing that the published numbers do not: from exact counts
    kappa, and at its borders even the word, would give back what rounding hides. Both readers count as finding as much.
    """
    found = sum(shares) / (100 * len(shares))
    return name_kappa(measure_kappa(agreed / 100, found**2 + (1 - found) ** 2))
