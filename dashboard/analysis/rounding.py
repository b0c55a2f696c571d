"""What is left of a number once it is rounded for publication: nothing finer leaves this package."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from dashboard.analysis.intervals import wilson

COARSENESS = 5
"""Bases, counts and missing voices are published to the nearest 5 people."""
SMALLEST_BASE = 10
"""Nothing is said of fewer people than this."""

Band = Literal["", "under", "over"]


def nearest_five(people: float) -> int:
    """The nearest multiple of 5; 2.5 goes up. 12 people are 10, 13 are 15."""
    return COARSENESS * floor(people / COARSENESS + 0.5)


def whole_per_cent(share: float) -> int:
    """A share between 0 and 1 as whole per cent; a half goes up. 1 of 8 is 13."""
    return floor(share * 100 + 0.5)


def share_step(base: int) -> int:
    """To how many per cent the shares of so many people are rounded: no share may stand for one pair of count and base.

    10 below a rounded base of 30, 5 below 80, 1 from 80. In whole per cent 42% of "20" could be nothing but 8 of 19;
    40% may be 7 of 18 to 20, 8 of 18 to 22, 9 of 21 or 22. From 80 up every whole per cent has two such pairs or more;
    of 75 people some have one. So few people have a likely range wider by far than what the rounding takes away.
    """
    rounded = nearest_five(base)
    return 10 if rounded < 30 else 5 if rounded < 80 else 1


def rounded_share(share: float, base: int) -> int:
    """A share of `base` people as per cent, to the `share_step`; a half goes up. 8 of 19 is 40, 80 of 190 is 42."""
    step = share_step(base)
    return step * floor(share * 100 / step + 0.5)


def band_limit(base: int) -> int:
    """Shares under this many per cent, or over 100 less it, are published as a band.

    If everyone said it, each one did: 0% and 100% must not be told from their neighbours. A band hides nobody when
    only 0 fits into it: "under 5%" of 10 people is nobody at all. So the limit grows as the base shrinks, and one
    person (and all but one) always falls into the band with nobody (and everyone): 15 for a rounded base of 10,
    10 for 15 and 20, 5 from 25. It depends on the rounded base alone, so that it gives nothing more away.

    For every base from 10 up, 1 person is a smaller share than the limit: 1 of 10 is 10%, 1 of 13 is 7.7%,
    1 of 23 is 4.3%.
    """
    rounded = nearest_five(base)
    return 15 if rounded <= 10 else 10 if rounded <= 20 else 5


def most_under(limit: int, base: int) -> int:
    """The most people of `base` whose share is under `limit` per cent: under 10% of 15 is at most 1."""
    return ceil(limit * base / 100) - 1


def fewest_over(limit: int, base: int) -> int:
    """The fewest people of `base` whose share is over `limit` per cent: over 90% of 15 is at least 14."""
    return floor(limit * base / 100) + 1


@dataclass(frozen=True)
class Figure:
    """A share as it is published: per cent to the `share_step` with limits, or the bound of a band without."""

    base: int
    """People who answered, not weighted, to the nearest 5."""
    effective: int
    """What the base is worth once people weigh differently, to the nearest 5 and at least 5; the base unweighted."""
    share: int
    band: Band = ""
    low: int | None = None
    high: int | None = None


def rounded_figure(share: float, base: int, effective: float) -> Figure:
    """A share of `base` people, with Wilson's limits computed from the rounded share and the rounded effective number.

    From an exact share and its limits the count comes back every time; from these it does not, as they hold nothing
    that the rounded numbers do not. 8 of 19, unweighted: base 20, 40%, 22% to 61%.
    """
    rounded = rounded_share(share, base)
    worth = max(COARSENESS, min(nearest_five(effective), nearest_five(base)))
    low, high = wilson(rounded / 100, worth)
    return Figure(nearest_five(base), worth, rounded, "", whole_per_cent(low), whole_per_cent(high))
