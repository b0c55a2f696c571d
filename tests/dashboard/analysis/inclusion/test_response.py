"""Response rate, and how far people came."""

from __future__ import annotations

import numpy as np
import pytest

from dashboard.analysis.inclusion.response import came_that_far, response_rate


def test_the_response_rate_is_of_everyone_who_was_invited() -> None:
    assert response_rate(210, 1000) == 0.21
    assert (response_rate(0, 5), response_rate(5, 5)) == (0, 1)


@pytest.mark.parametrize(("answered", "invited"), [(0, 0), (6, 5), (-1, 5)])
def test_a_rate_of_nobody_or_of_more_than_all_is_refused(answered: int, invited: int) -> None:
    with pytest.raises(ValueError, match="no response rate"):
        response_rate(answered, invited)


def test_whoever_came_further_came_that_far() -> None:
    assert came_that_far(np.array([[5], [10]]), np.array([85])).tolist() == [[100], [95]]
    assert came_that_far(np.array([[1, 0], [0, 2], [3, 0]]), np.array([4, 6])).tolist() == [[8, 8], [7, 8], [7, 6]]
