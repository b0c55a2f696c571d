"""The made-up group at work: a round that was played to its end in spring, and one that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from survey.coproduction.closing import Answer, Drafted, Power
from survey.coproduction.deciding import Choice, Result
from survey.coproduction.pay import Entry, Work
from survey.coproduction.people import Hat, Person, Way
from survey.coproduction.pulse import Answers, Tick, Value
from survey.coproduction.rounds import Plan, Round
from survey.coproduction.saying import Became
from survey.coproduction.working_days import add_working_days
from survey.dates import ENGLAND
from survey.demo import group_words as words
from survey.questionnaire.model import Questionnaire
from survey.store.accounts import Account
from survey.store.connect import Store
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.closing import answer_round, give_outcome, reopen_comment
from survey.store.group.comments import add_comment, comments_of
from survey.store.group.decisions import decisions_of, put_to_vote
from survey.store.group.going_live import send_to_translation
from survey.store.group.ledger import pay_entry, put_down
from survey.store.group.people import find_person
from survey.store.group.proposing import propose
from survey.store.group.pulses import give_pulse
from survey.store.group.rounds import load_round
from survey.store.group.running import EMPTY_PLAN, Written, open_round, prepare_round
from survey.store.group.settling import count
from survey.store.group.stops import clear_stop, note_seen, sign_reply
from survey.store.group.suggestions import add_suggestion, suggestions_of
from survey.store.group.votes import Filled, cast_votes

SAY, DECIDE = timedelta(days=25), timedelta(days=32)
"""How long members of the made-up group have to speak, and to vote."""
VOTERS = ("lee", "noor", "kim", "tom", "cara", "sue", "raj")
NOBODY: Mapping[str, set[int]] = {}


@dataclass(frozen=True)
class Play:
    """A round while it is played; `now` moves on."""

    store: Store
    accounts: dict[str, Account]
    now: datetime
    round: Round

    @property
    def today(self) -> date:
        """The day it is in England."""
        return self.now.astimezone(ENGLAND).date()

    def on(self, days: float) -> Play:
        """So many days later."""
        return replace(self, now=self.now + timedelta(days=days), round=load_round(self.store, self.round.id))

    def deed(self, name: str, action: str) -> Deed:
        """Somebody does something in the round now."""
        return Deed(self.accounts[name], action, f"round {self.round.id}", self.now)

    def person(self, name: str) -> Person:
        """Somebody of the group."""
        return find_person(self.store, self.accounts[name])


def begin(store: Store, accounts: dict[str, Account], questionnaire: Questionnaire, title: str, now: datetime) -> Play:
    """Prepare a round and open it."""
    deed = Deed(accounts["fay"], "prepare round", "a round", now)
    day = now.astimezone(ENGLAND).date()
    plan = Plan(
        **words.PLAN,
        title=title,
        say_until=day + SAY,
        decide_until=day + DECIDE,
        quorum=5,
        load_reason=words.LOAD_REASON,
    )
    prepared = prepare_round(store, deed, EMPTY_PLAN, questionnaire)
    play = Play(store, accounts, now, prepared)
    written = Written(plan, prepared.asked, prepared.revision)
    opened = open_round(store, play.deed("fay", "open round"), prepared.id, written, play.today)
    return replace(play, round=opened)


def play_first_round(play: Play, sponsor: str) -> None:
    """From what was said to the version that goes to translation: with a stop, its reply, and a comment reopened."""
    play = play.on(6)
    _say(play, words.FIRST_SAID)
    _suggest(play, words.FIRST_SUGGESTED)
    play = play.on(3)
    put_to_vote(play.store, play.deed("fay", "put to the vote"), play.round.id, range(1, 5), play.today, Way.SELF)
    play = play.on(4)
    _vote(play, against={"tom": {3}, "cara": {3}, "lee": {3}, "noor": {3}}, stops={"tom": {4}})
    play = play.on(26)
    count(play.store, play.deed("fay", "count"), play.round.id, play.today, Way.SELF)
    _sort_the_stop(play.on(1))
    play = play.on(2)
    _give_outcomes(play)
    _reopen(play.on(0.1))
    play = play.on(3)
    propose(play.store, play.deed("fay", "propose"), play.person("fay"), play.round.id, play.today)
    play = play.on(2)
    _vote(play)
    play = play.on(1)
    count(play.store, play.deed("sue", "count"), play.round.id, play.today, Way.SELF)
    play = play.on(3)
    answer = Answer(play.round.id, words.SPONSOR_SAYS, sponsor, "Programme office for the survey", play.now)
    answer_round(play.store, play.deed(sponsor, "answer round"), answer, is_signed=True)
    _take_pulses(play)
    _pay(play)
    play = play.on(4)
    send_to_translation(play.store, play.deed("fay", "send to translation"), play.person("fay"), play.round.id)


def play_open_round(play: Play) -> None:
    """Four days in: some have spoken, one suggestion is put to the vote."""
    play = play.on(2)
    _say(play, words.SECOND_SAID)
    _suggest(play, [words.SECOND_SUGGESTED])
    play = play.on(1)
    number = suggestions_of(play.store, play.round.id)[-1].id
    put_to_vote(play.store, play.deed("fay", "put to the vote"), play.round.id, [number], play.today, Way.SELF)
    _vote(play.on(0.5), ["noor", "cara"])


def _say(play: Play, said: Iterable[words.Said]) -> None:
    for each in said:
        add = partial(add_comment, number=play.round.id, place=each.place, kind=each.kind, words=each.words)
        _put_in(play, each.by, "comment", add)


def _suggest(play: Play, suggested: Iterable[words.Suggested]) -> None:
    for each in suggested:
        add = partial(add_suggestion, number=play.round.id, change=each.change, why=each.why, comment=None)
        _put_in(play, each.by, "suggest", add)


def _put_in(play: Play, name: str, action: str, add: Callable[..., int]) -> None:
    """Put into the round what somebody says or suggests in a session of their own."""
    author, hat = play.accounts[name].id, Hat.JOB if name in ("sue", "raj") else Hat.MEMBER
    work = partial(add, author=author, hat=hat, way=Way.SELF, entered_by=author, now=play.now)
    carry_out_in_round(play.store, play.deed(name, action), play.round.id, work)


def _vote(
    play: Play,
    voters: Iterable[str] = VOTERS,
    *,
    against: Mapping[str, set[int]] = NOBODY,
    stops: Mapping[str, set[int]] = NOBODY,
) -> None:
    """Each votes on all that is open; `against` and `stops` have the places on the ballot, from 1."""
    for name in voters:
        filled = {}
        for place, decision in enumerate(decisions_of(play.store, play.round.id), start=1):
            if decision.result is not Result.OPEN:
                continue
            filled[decision.id] = Filled(Choice.AGREE, "")
            if place in against.get(name, ()):
                filled[decision.id] = Filled(Choice.GO_AHEAD, "")
            if place in stops.get(name, ()):
                filled[decision.id] = Filled(Choice.STOP, words.STOP)
        cast_votes(play.store, play.deed(name, "vote"), play.round.id, filled, play.today, Way.SELF)


def _sort_the_stop(play: Play) -> None:
    stopped = next(each for each in decisions_of(play.store, play.round.id) if each.result is Result.STOPPED)
    author, number = play.accounts["tom"].id, play.round.id
    sign_reply(play.store, play.deed("lee", "reply"), number, stopped.id, author, words.REPLY, "", Way.SELF)
    sign_reply(play.store, play.deed("sue", "reply"), number, stopped.id, author, words.REPLY, words.REPLY, Way.SELF)
    note_seen(play.store, play.deed("tom", "read reply"), stopped.id)
    clear_stop(play.store, play.deed("tom", "clear stop"), number, stopped.id, author, Way.SELF)


def _give_outcomes(play: Play) -> None:
    due = add_working_days(play.today, 20)
    drafted = {
        "missing_help": Drafted(Became.CHANGED, "There is an answer for getting to meetings now.", Power.GROUP, 1),
        "know_whom": Drafted(Became.CHANGED, "It asks what to do if you are not happy.", Power.GROUP, 2),
        "held_how": Drafted(Became.CANNOT, "The group wants to keep the hint short. The names stay.", Power.GROUP),
        "": Drafted(Became.CANNOT, "How long it is goes by what the law asks about equality.", Power.PROGRAMME),
        "reviewed": Drafted(Became.CANNOT, "A year is what is promised: one talk in each.", Power.LAW),
    }
    talk = Drafted(Became.DISCUSS, "We ask people who know this well first.", Power.GROUP, owner="Fay", due_on=due)
    for comment in comments_of(play.store, play.round.id):
        became = drafted.get(comment.place.item, talk)
        give_outcome(play.store, play.deed("fay", "give outcome"), comment, lambda it=became: it, 0, play.today)  # type: ignore[misc]


def _reopen(play: Play) -> None:
    """Tom is not content, and gets another answer."""
    comment = next(each for each in comments_of(play.store, play.round.id) if each.author == play.accounts["tom"].id)
    deed = play.deed("tom", "reopen")
    reopen_comment(play.store, deed, comment, 1, "Not all of it is asked by law.", Way.SELF, play.today)
    later = play.on(1)
    due = add_working_days(later.today, 60)
    promise = "We look together at what can wait for another year, before next summer."
    talk = Drafted(Became.DISCUSS, promise, Power.PROGRAMME, owner="Survey team", due_on=due)
    give_outcome(play.store, later.deed("fay", "give outcome"), comment, lambda: talk, 1, later.today)


def _take_pulses(play: Play) -> None:
    for place, name in enumerate(VOTERS):
        points = {value: 3 + (place + number) % 3 for number, value in enumerate(Value)}
        ticks = frozenset({Tick.HELPED_FACILITATOR, Tick.HELPED_PLANNING} if place % 2 else {Tick.HELPED_CODE})

        deed = play.deed(name, "give pulse")
        give_pulse(play.store, deed, play.round.id, play.person(name), play.today, Answers(points, ticks, ""))


def _pay(play: Play) -> None:
    """Time is put down, and paid a week later; of one member three days too late."""
    for place, name in enumerate(("lee", "noor", "kim", "tom", "cara")):
        entry = Entry(play.accounts[name].id, Work.READING, play.today, 90, play.round.id, offered=3750, expenses=420)
        put = put_down(play.store, play.deed("fay", "put down time"), entry, play.today)
        later = play.on(7 if place else 17)
        pay_entry(later.store, later.deed("fay", "pay"), put.id, put.revision, later.today)
