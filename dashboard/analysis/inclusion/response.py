"""How many of those who could have answered did: response rate, and how far people came before they stopped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def response_rate(answered: float, invited: float) -> float:
    """People who answered, in part or to the end, of everyone who was invited: I + P of all.

    AAPOR's response rate 2 ("Standard Definitions", 10th edition, 2023), with every invitation taken for a person who
    could have answered: it is not known which letters came to nobody. 210 of 1,000: 0.21.

    Raises ValueError for more people than were invited, and when nobody was.
    """
    if not 0 <= answered <= invited or not invited:
        raise ValueError(f"there is no response rate of {answered} of {invited} people")
    return answered / invited


def came_that_far(stopped: Ints, finished: Ints) -> Ints:
    """How many people came to each page or further, from those who stopped at each and those who sent their answers.

    `stopped` is (pages, groups) in the order of the pages, `finished` (groups,). Of 100 people 5 stop at the first of
    two pages, 10 at the second, and 85 send: 100 and 95 came that far.
    """
    return np.asarray(stopped[::-1].cumsum(axis=0)[::-1] + finished)
