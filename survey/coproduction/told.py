"""What everyone may read of a round whose review has ended: how many took part, what was said, what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.coproduction.closing import Course
from survey.coproduction.people import FEWEST_TO_NAME_A_SEAT, Seat
from survey.coproduction.saying import Became, Comment, Kind, Outcome

MOST_QUESTIONS = 10
"""So many questions are listed with how often something was said about them."""


@dataclass(frozen=True)
class TookPart:
    """How many took part. `total` is None where they are so few that a number would say who."""

    total: int | None
    seats: Mapping[Seat, int]
    """Those that can be told; from these and the total no smaller group than three can be worked out."""


@dataclass(frozen=True)
class Told:
    """What was said in a round in numbers, and what became of it in the words of those who decided."""

    comments: int
    kinds: Mapping[Kind, int]
    """The most frequent first."""
    questions: Mapping[str, int]
    """By item, the most frequent first; '' is the questionnaire as a whole."""
    outcomes: Mapping[Became, tuple[Outcome, ...]]
    open_again: int
    """Comments that were opened again and have no new outcome yet."""


def count_who_took_part(seats: Iterable[Seat]) -> TookPart:
    """Count seats, one entry a person; a seat of one or two is left out, and with it as much as it takes to hide it.

    5 with lived experience, 3 staff and 1 facilitator: 9 in all, 5 with lived experience. The one is hidden among four.
    """
    counts = Counter(seats)
    total = sum(counts.values())
    if total < FEWEST_TO_NAME_A_SEAT:
        return TookPart(None, {})
    shown = {seat: counts[seat] for seat in Seat if counts[seat] >= FEWEST_TO_NAME_A_SEAT}
    while shown and 0 < total - sum(shown.values()) < FEWEST_TO_NAME_A_SEAT:
        del shown[min(shown, key=lambda seat: shown[seat])]
    return TookPart(total, shown)


def tell(comments: Iterable[Comment], courses: Mapping[int, Course]) -> Told:
    """Sum up a round. Comments that were hidden are left out, with what became of them."""
    told = [comment for comment in comments if comment.counts and not comment.hidden_because]
    outcomes: dict[Became, list[Outcome]] = {became: [] for became in Became}
    open_again = 0
    for comment in told:
        course = courses.get(comment.id, Course())
        if course.stands is not None:
            outcomes[course.stands.became].append(course.stands)
        open_again += course.is_reopened
    return Told(
        comments=len(told),
        kinds=dict(Counter(comment.kind for comment in told).most_common()),
        questions=dict(Counter(comment.place.item for comment in told).most_common(MOST_QUESTIONS)),
        outcomes={became: tuple(each) for became, each in outcomes.items()},
        open_again=open_again,
    )
