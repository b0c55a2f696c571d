"""Stops and ties in the store: reply, signatures, who sees it first, clearing, and casting votes."""

from __future__ import annotations

import pytest

from survey.coproduction.deciding import Result, Stop
from survey.coproduction.decision_rules import NotDecided
from survey.coproduction.people import Office, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.suggestions import Fate
from survey.store.group.letters import letters_of
from survey.store.group.offices import give_office, take_office
from survey.store.group.stops import UnknownStop, cast, clear_stop, note_seen, sign_reply, stops_of
from tests.survey.review.deciding.table import SHORTER, Table

REPLY = "We will try it with five people first."


@pytest.fixture
def table(bare_table: Table) -> Table:
    bare_table.put(SHORTER)
    return bare_table


@pytest.fixture
def stopped(table: Table) -> Table:
    """Lee has stopped it; the others agree."""
    table.vote_all(table.decisions[0], lee="stop")
    table.count()
    return table


def sign(table: Table, name: str, words: str = REPLY, seen: str = "", author: str = "lee") -> Stop:
    account = table.group.accounts[author].id
    deed = table.group.deed(name, "sign reply")
    return sign_reply(table.store, deed, table.round, table.decisions[0], account, words, seen, Way.SELF)


def clear(table: Table, name: str, author: str = "lee", way: Way = Way.SELF) -> Result:
    deed = table.group.deed(name, "clear stop")
    return clear_stop(table.store, deed, table.round, table.decisions[0], table.group.accounts[author].id, way)


def give_vote(table: Table, name: str, *, agrees: bool) -> Result:
    return cast(table.store, table.group.deed(name, "cast"), table.round, table.decisions[0], agrees, Way.SELF)


def test_the_author_clears_a_stop_and_the_votes_are_counted_again(stopped: Table) -> None:
    assert clear(stopped, "lee") is Result.AGREED
    (stop,) = stops_of(stopped.store, stopped.decisions[0])
    assert (stop.cleared_by, stop.cleared_at) == ("author", stopped.group.clock())
    assert stopped.fate(stopped.decisions[0]) is Fate.AGREED
    with pytest.raises(Refused):
        clear(stopped, "lee")


def test_a_second_stop_still_stands_when_the_first_is_cleared(table: Table) -> None:
    table.vote_all(table.decisions[0], lee="stop", sue="stop")
    table.count()
    assert clear(table, "lee") is Result.STOPPED
    assert clear(table, "sue", "sue") is Result.AGREED


def test_nobody_else_clears_it_and_nobody_with_a_link_that_was_shown(stopped: Table) -> None:
    for name in ("noor", "sue", "fay", "kim"):
        before = stopped.audit()
        with pytest.raises(Refused):
            clear(stopped, name)
        assert stopped.audit() == before + 1
    with pytest.raises(Refused) as caught:
        clear(stopped, "lee", way=Way.SUPPORTER)
    assert caught.value.reasons == (NotDecided.NOT_IN_PERSON,)
    assert stopped.at(stopped.decisions[0]).result is Result.STOPPED


def test_both_co_chairs_sign_one_text_and_its_author_gets_a_letter(stopped: Table) -> None:
    lee = stopped.group.accounts["lee"].id
    assert sign(stopped, "kim").replied_at is None
    assert not letters_of(stopped.store, lee)
    assert sign(stopped, "raj", seen=REPLY).replied_at == stopped.group.clock()
    assert len(letters_of(stopped.store, lee)) == 1


def test_other_words_take_the_first_signature_off(stopped: Table) -> None:
    sign(stopped, "kim")
    changed = sign(stopped, "raj", "We will try it with ten people.", seen=REPLY)
    assert changed.replied_by == {stopped.group.accounts["raj"].id}
    with pytest.raises(Refused) as caught:
        clear(stopped, "kim")
    assert caught.value.reasons == (NotDecided.NOT_SIGNED,)


def test_words_that_were_changed_after_the_author_saw_them_are_to_be_seen_again(stopped: Table) -> None:
    sign(stopped, "kim")
    sign(stopped, "raj", seen=REPLY)
    assert note_seen(stopped.store, stopped.group.deed("lee", "see reply"), stopped.decisions[0])
    changed = sign(stopped, "kim", "Something else.", seen=REPLY)
    assert (changed.seen_at, changed.replied_at) == (None, None)


def test_a_reply_that_was_changed_meanwhile_is_not_written_over(stopped: Table) -> None:
    sign(stopped, "kim", "First words.")
    sign(stopped, "kim", "Second words.", seen="First words.")
    with pytest.raises(Refused) as caught:
        sign(stopped, "raj", "First words.", seen="First words.")
    assert caught.value.reasons == (NotAllowed.CHANGED_MEANWHILE,)
    assert stops_of(stopped.store, stopped.decisions[0])[0].reply == "Second words."


def test_a_signed_reply_clears_the_stop_once_its_author_has_seen_it(stopped: Table) -> None:
    sign(stopped, "kim")
    sign(stopped, "raj", seen=REPLY)
    with pytest.raises(Refused) as caught:
        clear(stopped, "kim")
    assert caught.value.reasons == (NotDecided.AUTHOR_NOT_YET,)
    decision = stopped.decisions[0]
    assert not note_seen(stopped.store, stopped.group.deed("noor", "see reply"), decision)
    assert note_seen(stopped.store, stopped.group.deed("lee", "see reply"), decision)
    assert not note_seen(stopped.store, stopped.group.deed("lee", "see reply"), decision)
    assert clear(stopped, "raj") is Result.AGREED
    assert stops_of(stopped.store, decision)[0].cleared_by == "co_chairs"


def test_a_reply_that_its_author_does_not_look_at_clears_the_stop_after_five_days(stopped: Table) -> None:
    sign(stopped, "kim")
    sign(stopped, "raj", seen=REPLY)
    stopped.group.clock.advance(days=4, hours=23)
    with pytest.raises(Refused):
        clear(stopped, "kim")
    stopped.group.clock.advance(hours=1)
    assert clear(stopped, "kim") is Result.AGREED


def test_one_who_signed_and_is_no_longer_co_chair_does_not_count(stopped: Table) -> None:
    sign(stopped, "kim")
    sign(stopped, "raj", seen=REPLY)
    accounts, deed = stopped.group.accounts, stopped.group.deed("fay", "offices")
    take_office(stopped.store, deed, accounts["raj"].id, Office.CO_CHAIR)
    give_office(stopped.store, deed, accounts["noor"].id, Office.CO_CHAIR)
    with pytest.raises(Refused) as caught:
        clear(stopped, "kim")
    assert caught.value.reasons == (NotDecided.NOT_SIGNED,)
    assert sign(stopped, "noor", seen=REPLY).replied_at is not None


def test_a_co_chair_clears_a_stop_of_their_own_but_does_not_reply_to_it(table: Table) -> None:
    table.vote_all(table.decisions[0], kim="stop")
    table.count()
    with pytest.raises(Refused) as caught:
        sign(table, "kim", author="kim")
    assert caught.value.reasons == (NotDecided.OWN_STOP,)
    sign(table, "raj", author="kim")
    with pytest.raises(Refused):
        clear(table, "raj", "kim")
    assert clear(table, "kim", "kim") is Result.AGREED


def test_a_stop_that_there_is_not_is_not_found(stopped: Table) -> None:
    with pytest.raises(UnknownStop):
        sign(stopped, "kim", author="noor")


@pytest.fixture
def tied(table: Table) -> Table:
    """Three agree and three do not."""
    decision = table.decisions[0]
    for name in ("lee", "noor", "kim"):
        table.vote(name, decision)
    for name in ("tom", "cara", "sue"):
        table.vote(name, decision, "go_ahead")
    table.after_the_day()
    table.count()
    return table


@pytest.mark.parametrize(("kim", "raj", "result"), [(True, True, "agreed"), (True, False, "not_agreed")])
def test_a_tie_is_decided_by_both_co_chairs(tied: Table, kim: bool, raj: bool, result: str) -> None:
    assert tied.at(tied.decisions[0]).result is Result.TIED
    assert give_vote(tied, "kim", agrees=not kim) is Result.TIED
    assert give_vote(tied, "kim", agrees=kim) is Result.TIED
    assert give_vote(tied, "raj", agrees=raj) is Result(result)
    with pytest.raises(Refused):
        give_vote(tied, "raj", agrees=not raj)


def test_a_tie_is_not_for_members_or_who_facilitates(tied: Table) -> None:
    for name in ("lee", "fay"):
        with pytest.raises(Refused) as caught:
            give_vote(tied, name, agrees=True)
        assert caught.value.reasons == (NotAllowed.NOT_YOURS,)
