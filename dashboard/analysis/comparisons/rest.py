"""Everyone but the people of one area: their share, worked out from the published figures of all and of the area."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.comparisons.published import Floats, Published
from dashboard.analysis.rounding import SMALLEST_BASE

WIDEST = 0.05
"""The rest is not told where rounding leaves its share open by more than this."""
_PEOPLE_ASTRAY = 2
"""How many people a base may be from the multiple of 5 it is published as."""


@dataclass(frozen=True)
class Rest:
    """The rest beside each area."""

    share: Floats
    """(cells,) from the published figures as they stand."""
    effective: Floats
    """(cells,)"""
    shares: Floats
    """(ways, cells) what rounding allows."""
    area_shares: Floats
    """(ways, cells) the share of the area that belongs to each."""
    told: NDArray[np.bool_]
    """(cells,) false where the area is so large a part that too little is left to tell the rest by."""


def rest_of(area: Published, everyone: Published) -> Rest:
    """The rest beside each area: everyone less the people of the area.

    With P of N people and p of the n of them who live in the area

        R = (N P - n p) / (N - n),   n_eff of the rest = (N - n)² / (N²/M - n²/m)

    with M, m the effective numbers: Kish's (Σw)²/Σw² solved for Σw², which add up as people do. P and p may be half of
    what they are rounded to from the truth, and N and n two people, so R is worked out for every corner of that; it is
    monotone in each, so nothing lies outside; where that leaves more than `WIDEST` open, the rest is not told.
    Weighted, the area's part of everyone is not quite n/N: its people are taken to weigh on average up to half a
    standard deviation of the weights, √(N/M - 1), more or less than everyone, which widens `shares` further.

    50% of 420 and 70% of 60 of them: 46.7% of 360, between 45.5% and 47.8%. 50% of 420 and 55% of 400 of them: not
    told; the 20 others may be anything.
    """
    uneven = np.sqrt(np.maximum(0, everyone.base / everyone.effective - 1)) / 2
    bases = (area.base - _PEOPLE_ASTRAY, area.base + _PEOPLE_ASTRAY)
    fewest, most = bases[0] * np.maximum(0, 1 - uneven), bases[1] * (1 + uneven)
    enough = everyone.base - _PEOPLE_ASTRAY - most >= SMALLEST_BASE
    rounded, _ = _corners(area, everyone, bases, enough)
    shares, area_shares = _corners(area, everyone, (fewest, most), enough)
    low, high = rounded.min(axis=0), rounded.max(axis=0)
    told = enough & (low <= 1) & (high >= 0) & (np.clip(high, 0, 1) - np.clip(low, 0, 1) <= WIDEST)
    share = _share(everyone.share, everyone.base, area.share, area.base, enough)
    people = np.where(enough, everyone.base - area.base, 1.0)
    squares = everyone.base**2 / everyone.effective - area.base**2 / area.effective
    effective = people**2 / np.maximum(squares, people)
    return Rest(np.clip(share, 0, 1), effective, np.clip(shares, 0, 1), area_shares, told)


def _corners(
    area: Published, everyone: Published, area_people: tuple[Floats, Floats], enough: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Shares of the rest, and those of the area they belong to, for every corner of what rounding allows."""
    ways = list(product((-1, 1), (-1, 1), (-_PEOPLE_ASTRAY, _PEOPLE_ASTRAY), area_people))
    own = [np.clip(area.share + way * area.astray, 0, 1) for way, _, _, _ in ways]
    rest = [
        _share(everyone.share + way * everyone.astray, everyone.base + people, share, fewer_or_more, enough)
        for share, (_, way, people, fewer_or_more) in zip(own, ways, strict=True)
    ]
    return np.array(rest), np.array(own)


def _share(everyone: Floats, people: Floats, area: Floats, area_people: Floats, enough: NDArray[np.bool_]) -> Floats:
    left = np.where(enough, people - area_people, 1.0)
    rest: Floats = (people * everyone - area_people * area) / left
    return rest
