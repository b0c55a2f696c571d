"""What the group's pages are told of releases."""

from __future__ import annotations

from survey.review.outside import Outside


def outside_of_the_group() -> Outside:
    """What is known of results and of people missing."""
    return Outside()
