"""The page that asks whether all work as equals: whose words count, how it felt, who is there, who waits for pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template

from survey.coproduction.makeup import Category, categories_of, find_present
from survey.coproduction.people import Seat
from survey.coproduction.power import Power, add_up, weigh
from survey.coproduction.pulse import (
    FEWEST_WORDS,
    Shares,
    Tick,
    Value,
    count_ticks,
    is_closed,
    share_out,
    words_of,
)
from survey.coproduction.rounds import Round, State
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.fair.drawing import begun_rounds
from survey.review.fair.pulse_page import may_give
from survey.review.fair.words import SEATS, SIDES, STATEMENTS, TICKS, say_change, say_equality, say_power
from survey.review.outside import Missing, current_outside
from survey.store.accounts import list_accounts
from survey.store.connect import Store
from survey.store.group.comments import comments_of
from survey.store.group.ledger import days_late_in_all, list_entries
from survey.store.group.members import list_members
from survey.store.group.outcomes import latest_outcomes
from survey.store.group.people import SEATS as SEATS_OF_ROLES
from survey.store.group.pulses import pulses_of
from survey.store.group.rounds import list_rounds
from survey.store.group.suggestions import suggestions_of
from survey.store.versions import load_version


@dataclass(frozen=True)
class Weighed:
    """The power meter of one round."""

    round: Round
    power: Power


@dataclass(frozen=True)
class Felt:
    """What the pulse of one round shows, once it is closed."""

    round: Round
    shares: Shares | None
    ticks: Mapping[Tick, int]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Absent:
    """A group of people missing in the survey, and whether three or more of it are in this group."""

    missing: Missing
    is_here: bool


def show_fair() -> Answer:
    """The page, the same for every member."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    today = site.today()
    ended = [round_ for round_ in begun_rounds(site.store) if round_.state is not State.IN_REVIEW]
    weighed = _weigh(site.store, ended)
    felt = _felt(site.store, ended)
    entries = list_entries(site.store)
    absent = _absent(site.store)
    return render_template(
        "review/fair/fair.html",
        weighed=weighed,
        power=add_up(each.power for each in weighed),
        say_power=say_power,
        seats=SEATS,
        sides=SIDES,
        statements=STATEMENTS,
        ticks=TICKS,
        felt=felt,
        equality=_say_equality(felt),
        fewest_words=FEWEST_WORDS,
        to_give=[round_ for round_ in ended if may_give(guest, round_)],
        absent=absent,
        released_on=next((each.missing.released_on for each in absent if each.missing.released_on), None),
        days_late=days_late_in_all(site.store, today),
        late=sum(entry.paid_on is None and entry.days_late(today) > 0 for entry in entries),
        paid=sum(entry.paid_on is not None for entry in entries),
    )


def _weigh(store: Store, rounds: Sequence[Round]) -> list[Weighed]:
    """Seats are those of the accounts: somebody who has left has said what they said."""
    seats: dict[int, Seat] = {
        account.id: SEATS_OF_ROLES[account.role] for account in list_accounts(store) if account.role in SEATS_OF_ROLES
    }
    return [
        Weighed(
            round_,
            weigh(
                comments_of(store, round_.id),
                latest_outcomes(store, round_.id),
                suggestions_of(store, round_.id),
                seats,
                round_.asked,
            ),
        )
        for round_ in rounds
    ]


def _felt(store: Store, rounds: Sequence[Round]) -> list[Felt]:
    """Of pulses that are closed: while one is open, each answer could be told from what changed on this page."""
    today = current_site().today()
    felt = []
    for round_ in rounds:
        pulses = pulses_of(store, round_.id)
        if is_closed(round_, len(pulses), today):
            shares = share_out(pulses)
            ticks = count_ticks(pulses) if shares is not None else {}
            felt.append(Felt(round_, shares, ticks, words_of(pulses)))
    return felt


def _say_equality(felt: Sequence[Felt]) -> list[str]:
    """The two latest rounds that can be told of, in sentences."""
    told = [(each.round.id, shares) for each in felt if each.shares and (shares := each.shares[Value.EQUALITY])]
    sentences = [say_equality(number, shares) for number, shares in told[:2]]
    if len(told) > 1:
        sentences.append(say_change(told[1][1], told[0][1]))
    return sentences


def _absent(store: Store) -> list[Absent]:
    """Those who are missing in the survey, first the ones of whom fewer than three are in the group."""
    present = find_present((member.profile.about for member in list_members(store)), _categories(store))
    absent = [Absent(each, (each.dimension, each.category) in present) for each in current_outside().missing()]
    return sorted(absent, key=lambda each: each.is_here)


def _categories(store: Store) -> dict[Category, str]:
    """As the questionnaire of the latest round groups its answers."""
    latest = next(iter(list_rounds(store)), None)
    return {} if latest is None else categories_of(load_version(store, latest.version))
