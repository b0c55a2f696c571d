"""What to do next, by written rules from what a release and its promises say; no number that is not in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from dashboard.analysis.rounding import COARSENESS, SMALLEST_BASE
from dashboard.findings import Finding, State
from dashboard.gaps import HOLDERS
from dashboard.model import Coverage, Group, Place
from dashboard.views.highlights import Said


@dataclass(frozen=True)
class Promise:
    """A finding of a wave with what is promised about it."""

    finding: Finding
    wave: str
    is_late: bool


class Rule(StrEnum):
    """Why a step is there."""

    LATE = "late"
    """A promised day has passed."""
    FIND_OUT = "find_out"
    """Of the things people said, one is worth a look and worse than in the rest of England."""
    LEARN = "learn"
    """None is worse, and one is worth a look and better."""
    INVITE = "invite"
    """Fewer than ten answered, and from a response rate follows how many more invitations that takes."""
    ASK_WHY = "ask_why"
    """Fewer than ten answered, though as many were invited as that should take."""
    INVITE_MORE = "invite_more"
    """Fewer than ten answered, and there is no response rate to reckon with."""
    MISSING_HERE = "missing_here"
    """Clearly fewer answered than there are holders of a budget here."""
    REACH = "reach"
    """A group is clearly missing in England."""
    BEGIN = "begin"
    """Nothing is worth a look: the thing that fewest said."""
    DECIDE = "decide"
    """Nobody has promised anything about a finding, or about anything at all."""


@dataclass(frozen=True)
class NextStep:
    """One thing to do, and what it is about; None for what does not belong to its rule."""

    rule: Rule
    promise: Promise | None = None
    said: Said | None = None
    group: Group | None = None
    number: int | None = None
    """INVITE: invitations more; ASK_WHY: invitations sent; MISSING_HERE: people."""
    rate: Coverage | None = None
    """Where the response rate of INVITE is from."""


def choose_next_steps(
    *,
    coverage: Coverage | None,
    region_coverage: Coverage | None,
    missing: Sequence[Group],
    said: Sequence[Said],
    promises: Sequence[Promise],
    place: Place,
) -> tuple[NextStep, ...]:
    """At most four steps, in the order in which to take them.

    1. A promise that is late: say what became of it.
    2. What is worth a look and worse, of the area before its region: find out why. Else what is better: learn from it.
    3. Fewer than ten answered here: invite more. Else people are clearly missing here: reach them.
    4. The group most clearly missing in England: look whether it is so here.
    5. There is nothing of the second kind: begin with the thing that fewest said, of the area itself if it has any.
    6. Nothing is late, and a finding has no promise, or there is none: decide who acts.

    The first and the last exclude each other, and so do the second and the fifth.
    """
    late = next((promise for promise in promises if promise.is_late), None)
    look = _look_into(said, place)
    steps = [
        NextStep(Rule.LATE, promise=late) if late else None,
        look,
        _invite(coverage, region_coverage),
        NextStep(Rule.REACH, group=missing[0]) if missing else None,
        None if look else _begin(said, place),
        None if late else _decide(promises),
    ]
    return tuple(step for step in steps if step is not None)


def invitations_needed(rate: int) -> int:
    """Invitations that bring ten answers when `rate` per cent answer, to the next 5: at 30% they are 35."""
    return COARSENESS * ceil(SMALLEST_BASE * 100 / rate / COARSENESS)


def _look_into(said: Sequence[Said], place: Place) -> NextStep | None:
    standing_out = [each for each in said if each.stands_out]
    lower = next((each for each in standing_out if _points(each) < 0), None)
    if lower is not None:
        return NextStep(Rule.FIND_OUT, said=lower)
    higher = next((each for each in standing_out if each.measure.area == place.code), None)
    return NextStep(Rule.LEARN, said=higher) if higher else None


def _begin(said: Sequence[Said], place: Place) -> NextStep | None:
    own = [each for each in said if each.measure.area == place.code]
    fewest = min(own or said, key=_most, default=None)
    return NextStep(Rule.BEGIN, said=fewest) if fewest else None


def _invite(coverage: Coverage | None, region: Coverage | None) -> NextStep | None:
    if coverage is None:
        return None
    if coverage.count is not None:
        is_clear = coverage.ratio_high is not None and coverage.ratio_high < 1 and coverage.benchmark_of == HOLDERS
        return NextStep(Rule.MISSING_HERE, number=coverage.missing) if is_clear and coverage.missing else None
    if not coverage.band:
        return None  # answers cannot be added up to this area
    known = next((each for each in (coverage, region) if each and each.response_rate), None)
    if known is None or known.response_rate is None:
        return NextStep(Rule.INVITE_MORE)
    sent = coverage.invited or 0
    more = invitations_needed(known.response_rate) - sent
    if more > 0:
        return NextStep(Rule.INVITE, number=more, rate=known)
    return NextStep(Rule.ASK_WHY, number=sent)


def _decide(promises: Sequence[Promise]) -> NextStep | None:
    unowned = next((promise for promise in promises if promise.finding.state is State.OPEN), None)
    return NextStep(Rule.DECIDE, promise=unowned) if unowned or not promises else None


def _points(said: Said) -> int:
    return (said.comparison.difference or 0) if said.comparison else 0


def _most(said: Said) -> int:
    """A share to put things in order by; a band counts as its far end."""
    share = said.measure.share or 0
    return 0 if said.measure.band == "under" else 100 if said.measure.band == "over" else share
