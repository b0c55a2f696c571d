"""A decision after the count, as one person may see it: what it came to, words beside votes, stops and replies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.coproduction.counting import sides_to_show
from survey.coproduction.deciding import OVER, Choice, Decision, Result, Stop, Tally
from survey.coproduction.decision_rules import (
    Matter,
    can_cast,
    can_clear,
    can_let_stand,
    can_reply,
    is_published,
    is_signed,
)
from survey.coproduction.people import Shown, Side, Way
from survey.respondent.site import current_site
from survey.review.deciding.papers import Subject
from survey.review.door import Guest
from survey.review.saying.shown import STRANGER
from survey.store.group.people import how_people_are_shown
from survey.store.group.stops import casting_votes, co_chairs, stops_of
from survey.store.group.votes import words_beside


@dataclass(frozen=True)
class ShownStop:
    """A stop for one reader. `reply` is '' where it is not for their eyes yet."""

    stop: Stop
    who: Shown
    is_mine: bool
    reply: str
    is_signed: bool
    is_published: bool
    signed_by: tuple[Shown, ...]
    have_signed: bool
    """Whether the reader has."""
    may_reply: bool
    may_clear: bool


@dataclass(frozen=True)
class Words:
    """What somebody wrote beside a vote that was no stop."""

    words: str
    who: Shown
    is_mine: bool


@dataclass(frozen=True)
class Counted:
    """A decision that was counted, for one reader."""

    matter: Matter
    subject: Subject
    sides: Mapping[Side, int] | None
    """None where they would say who has voted."""
    words: tuple[Words, ...]
    stops: tuple[ShownStop, ...]
    may_cast: bool
    own_casting: bool | None
    casting: tuple[tuple[Shown, bool], ...]
    """Of both co-chairs, once both are there."""
    may_let_stand: bool

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.matter.decision

    @property
    def tally(self) -> Tally:
        """What was counted."""
        assert self.matter.decision.tally is not None
        return self.matter.decision.tally


def show_counted(matter: Matter, subject: Subject, guest: Guest) -> Counted:
    """A decision that was counted, for a reader."""
    store, decision = current_site().store, matter.decision
    people = how_people_are_shown(store)
    assert decision.tally is not None
    casting = casting_votes(store, decision.id)
    return Counted(
        matter=matter,
        subject=subject,
        sides=sides_to_show(decision.tally),
        words=tuple(
            Words(vote.words, people.get(vote.account, STRANGER), vote.account == guest.account.id)
            for vote in words_beside(store, decision.id)
            if vote.choice is not Choice.STOP
        ),
        stops=tuple(_stop(matter, stop, guest, people) for stop in stops_of(store, decision.id)),
        may_cast=can_cast(matter, guest.person),
        own_casting=casting.get(guest.account.id) if can_cast(matter, guest.person) else None,
        casting=tuple((people.get(account, STRANGER), agrees) for account, agrees in sorted(casting.items()))
        if decision.result in OVER and decision.result is not Result.NO_DECISION
        else (),
        may_let_stand=can_let_stand(matter, guest.person, current_site().today()),
    )


def _stop(matter: Matter, stop: Stop, guest: Guest, people: Mapping[int, Shown]) -> ShownStop:
    site = current_site()
    chairs, person, now = co_chairs(site.store), guest.person, site.now()
    signed, published = is_signed(stop, chairs), is_published(stop, chairs, now)
    may_reply = can_reply(matter, stop, person, stop.reply or "-")
    reads_it = published or may_reply or (signed and stop.author == person.id and person.way is Way.SELF)
    return ShownStop(
        stop=stop,
        who=people.get(stop.author, STRANGER),
        is_mine=stop.author == person.id,
        reply=stop.reply if reads_it else "",
        is_signed=signed,
        is_published=published,
        signed_by=tuple(people.get(account, STRANGER) for account in sorted(stop.replied_by)) if reads_it else (),
        have_signed=person.id in stop.replied_by,
        may_reply=may_reply,
        may_clear=can_clear(matter, stop, person, chairs, now),
    )
