"""What happened to one question over the rounds: what was said before with its outcome, and who took part."""

from __future__ import annotations

from survey.coproduction.ladder import TakenPart
from survey.coproduction.people import Hat, Way
from survey.coproduction.rounds import Round
from survey.coproduction.saying import Became, Kind, Place
from survey.coproduction.suggestions import AddQuestion, Change, DropOption, Fate
from survey.questionnaire.model import LongTextItem
from survey.store.clock import to_stored
from survey.store.group.comments import add_comment, hide_comment
from survey.store.group.item_history import said_before, taken_part
from survey.store.group.suggestions import add_suggestion, settle_suggestion
from tests.survey.review.conftest import group
from tests.survey.review.group import Group

__all__ = ["group"]


def say(group: Group, name: str, number: int, words: str, *, item: str = "control", way: Way = Way.SELF) -> int:
    account = group.accounts[name].id
    return group.store.journal.run(
        lambda cursor: add_comment(
            cursor,
            number,
            Place(item, "text"),
            Kind.CLARITY,
            words,
            author=account,
            hat=Hat.MEMBER,
            way=way,
            entered_by=account,
            now=group.clock(),
        )
    )


def suggest(group: Group, name: str, number: int, change: Change) -> int:
    account = group.accounts[name].id
    return group.store.journal.run(
        lambda cursor: add_suggestion(
            cursor,
            number,
            change,
            "It is simpler.",
            comment=None,
            author=account,
            hat=Hat.MEMBER,
            way=Way.SELF,
            entered_by=account,
            now=group.clock(),
        )
    )


def settle(group: Group, suggestion: int, fate: Fate) -> None:
    group.store.journal.run(lambda cursor: settle_suggestion(cursor, suggestion, fate, group.clock()))


def insert(group: Group, table: str, **columns: object) -> None:
    sql = f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
    group.store.journal.run(lambda cursor: cursor.execute(sql, [*columns.values()]))


def vote(group: Group, suggestion: int, number: int, name: str, seat: str, *, counted: bool) -> None:
    moment = to_stored(group.clock())
    insert(
        group,
        "decisions",
        decision=suggestion,
        round=number,
        suggestion=suggestion,
        result="open",
        opened_by=1,
        opened_at=moment,
        closes_on=group.clock().date(),
        counted_at=moment if counted else None,
        tally="",
    )
    insert(
        group,
        "votes",
        decision=suggestion,
        account=group.accounts[name].id,
        seat=seat,
        choice="agree",
        words="",
        way="self",
        entered_by=1,
        cast_at=moment,
        confirmed_at=moment,
        confirmed_how="self",
    )


def taken(group: Group, round: Round, item: str = "control") -> TakenPart:
    return taken_part(group.store, round, item)


def test_what_was_said_in_earlier_rounds_comes_with_its_newest_outcome(group: Group) -> None:
    first = group.open_round()
    comment = say(group, "lee", first.id, "Control of what?")
    say(group, "lee", first.id, "About another question", item="helped")
    waiting = say(group, "kim", first.id, "Not confirmed yet", way=Way.PAPER)
    hidden = say(group, "tom", first.id, "Names somebody")
    moment = to_stored(group.clock())
    group.store.journal.run(lambda cursor: hide_comment(cursor, hidden, "It names somebody.", 1, group.clock()))
    for seq, became in ((1, "discuss"), (2, "changed")):
        words = {"words": f"Outcome {seq}", "power": "the group", "owner": "", "decided_by": 8}
        insert(group, "outcomes", comment=comment, seq=seq, became=became, decided_at=moment, **words)
    group.clock.advance(days=40)
    second = group.open_round()
    say(group, "lee", second.id, "Said in this round")
    (found,) = said_before(group.store, second, "control")
    assert (found.comment, found.words, found.became, found.outcome) == (
        comment,
        "Control of what?",
        Became.CHANGED,
        "Outcome 2",
    )
    assert found.round == first.id
    assert waiting != comment
    assert said_before(group.store, first, "control") == ()


def test_only_what_the_side_of_lived_experience_did_counts(group: Group) -> None:
    round = group.open_round()
    assert taken(group, round) == TakenPart()
    say(group, "sue", round.id, "Staff say so")
    say(group, "fay", round.id, "The facilitator says so")
    assert taken(group, round) == TakenPart()
    say(group, "cara", round.id, "A carer says so")
    assert taken(group, round) == TakenPart(commented=True)


def test_a_withdrawn_suggestion_and_a_sealed_vote_lift_nothing(group: Group) -> None:
    round = group.open_round()
    settle(group, suggest(group, "lee", round.id, DropOption(item="control", code="some")), Fate.WITHDRAWN)
    assert taken(group, round) == TakenPart()
    of_staff = suggest(group, "sue", round.id, DropOption(item="control", code="a_lot"))
    vote(group, of_staff, round.id, "lee", "lived_experience", counted=False)
    assert taken(group, round) == TakenPart()
    other = suggest(group, "raj", round.id, DropOption(item="control", code="none"))
    vote(group, other, round.id, "lee", "lived_experience", counted=True)
    assert taken(group, round) == TakenPart(voted=True)


def test_an_agreed_change_and_a_question_of_their_own_are_kept_for_later_rounds(group: Group) -> None:
    first = group.open_round()
    settle(group, suggest(group, "lee", first.id, DropOption(item="control", code="some")), Fate.AGREED)
    new = LongTextItem(id="better", type="long_text", text="What would be better?")
    settle(group, suggest(group, "noor", first.id, AddQuestion(question=new, after="control")), Fate.AGREED)
    second = group.open_round()
    assert taken(group, second) == TakenPart(suggested=True, change_agreed=True)
    assert taken(group, second, "better") == TakenPart(suggested=True, change_agreed=True, asked_first=True)
