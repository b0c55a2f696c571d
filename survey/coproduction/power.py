"""Whose words change the text: what became of comments and suggestions, by the seat of those who made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from survey.coproduction.people import FEWEST_TO_NAME_A_SEAT, Seat
from survey.coproduction.saying import Became, Comment, Outcome
from survey.coproduction.suggestions import Fate, Suggestion


@dataclass(frozen=True)
class Said:
    """What became of the comments of one seat; those that have no outcome yet are in `comments` alone."""

    comments: int = 0
    changed: int = 0
    cannot: int = 0
    discussed: int = 0

    def __add__(self, other: Said) -> Said:
        return Said(
            self.comments + other.comments,
            self.changed + other.changed,
            self.cannot + other.cannot,
            self.discussed + other.discussed,
        )


@dataclass(frozen=True)
class Suggested:
    """How many suggestions of one seat there were, and how many the group agreed on."""

    made: int = 0
    agreed: int = 0

    def __add__(self, other: Suggested) -> Suggested:
        return Suggested(self.made + other.made, self.agreed + other.agreed)


@dataclass(frozen=True)
class Power:
    """By seat, in the order of `Seat`; None where it is not shown, so that nobody's own score can be told."""

    said: Mapping[Seat, Said | None]
    suggested: Mapping[Seat, Suggested | None]


def weigh(
    comments: Iterable[Comment],
    outcomes: Mapping[int, Outcome],
    suggestions: Iterable[Suggestion],
    seats: Mapping[int, Seat],
    asked: Collection[int],
) -> Power:
    """The power meter of one round. `seats` are by account, of everyone who has said something or was asked.

    A comment that does not count, or was hidden, is left out; so is what nobody's seat is known of.
    """
    by_seat = _by_seat((each for each in comments if _is_told(each)), seats)
    made = _by_seat(suggestions, seats)
    holders = Counter(seats[account] for account in asked if account in seats)
    return Power(
        said=_shown({seat: _said(each, outcomes) for seat, each in by_seat.items()}, _people(by_seat), holders, Said()),
        suggested=_shown({seat: _made(each) for seat, each in made.items()}, _people(made), holders, Suggested()),
    )


def add_up(powers: Iterable[Power]) -> Power:
    """Over rounds: the sum of what is shown, so that no round that is not can be told from it."""
    rounds = tuple(powers)
    return Power(
        said=_sums((each.said for each in rounds), Said()),
        suggested=_sums((each.suggested for each in rounds), Suggested()),
    )


def hidden_seats(people: Mapping[Seat, int], holders: Mapping[Seat, int]) -> frozenset[Seat]:
    """The seats that are not shown, of those in `people` (how many spoke).

    Hidden are those that fewer than three hold or of which fewer than three spoke; and then, the fewest people first,
    as many more as it takes that the hidden ones are at least two, with three people who spoke between them. For the
    sum of all is known, and one that is missing in it would be told by it.
    """
    hidden = {seat for seat in people if min(people[seat], holders.get(seat, 0)) < FEWEST_TO_NAME_A_SEAT}
    rest = sorted(set(people) - hidden, key=lambda seat: (people[seat], seat))
    while hidden and rest and (len(hidden) < 2 or sum(people[seat] for seat in hidden) < FEWEST_TO_NAME_A_SEAT):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


Spoken = TypeVar("Spoken", Comment, Suggestion)
Figures = TypeVar("Figures", Said, Suggested)


def _is_told(comment: Comment) -> bool:
    return comment.counts and comment.hidden_because == ""


def _by_seat(spoken: Iterable[Spoken], seats: Mapping[int, Seat]) -> dict[Seat, list[Spoken]]:
    found: dict[Seat, list[Spoken]] = {}
    for each in spoken:
        if each.author in seats:
            found.setdefault(seats[each.author], []).append(each)
    return found


def _people(spoken: Mapping[Seat, Iterable[Comment | Suggestion]]) -> dict[Seat, int]:
    return {seat: len({each.author for each in found}) for seat, found in spoken.items()}


def _said(comments: Iterable[Comment], outcomes: Mapping[int, Outcome]) -> Said:
    ids = [comment.id for comment in comments]
    became = Counter(outcomes[each].became for each in ids if each in outcomes)
    return Said(len(ids), became[Became.CHANGED], became[Became.CANNOT], became[Became.DISCUSS])


def _made(suggestions: Iterable[Suggestion]) -> Suggested:
    fates = [suggestion.fate for suggestion in suggestions]
    return Suggested(len(fates), fates.count(Fate.AGREED))


def _shown(
    figures: Mapping[Seat, Figures], people: Mapping[Seat, int], holders: Mapping[Seat, int], nothing: Figures
) -> dict[Seat, Figures | None]:
    there = [seat for seat in Seat if seat in figures or (holders.get(seat, 0) and seat is not Seat.FACILITATOR)]
    hidden = hidden_seats({seat: people.get(seat, 0) for seat in there}, holders)
    return {seat: None if seat in hidden else figures.get(seat, nothing) for seat in there}


def _sums(rounds: Iterable[Mapping[Seat, Figures | None]], nothing: Figures) -> dict[Seat, Figures | None]:
    sums: dict[Seat, Figures | None] = {}
    for figures in rounds:
        for seat, each in figures.items():
            before = sums.get(seat)
            sums[seat] = before if each is None else each + (before or nothing)
    return {seat: sums[seat] for seat in Seat if seat in sums}
