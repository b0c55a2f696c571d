"""Entries on somebody's behalf: they wait, are shown to nobody else, and count once somebody who may says yes."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from survey.coproduction.confirming_rules import NotConfirmed, What
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed
from survey.review.saying.waiting import name_of
from survey.store.audit import list_audit
from survey.store.group.comments import comments_of
from survey.store.group.confirming import entries_of
from survey.store.group.stories import stories_of
from survey.store.group.suggestions import suggestions_of
from tests.survey.review.group import Group
from tests.survey.review.saying.sending import send

SAY = "/review/rounds/1/say?item=control"
WAITING = "/review/waiting"
WORDS = "I never know what this asks."


def enter(group: Group) -> int:
    """A comment, a suggestion and a story of lee's, written down by fay."""
    group.open_round()
    lee = group.accounts["lee"].id
    for path, fields in (
        (SAY, {"field": "all", "kind": "clarity", "words": WORDS}),
        ("/review/rounds/1/suggest/times/drop", {"why": "Nobody counts."}),
        ("/review/rounds/1/stories", {"words": "It took a year."}),
    ):
        assert send(group, "fay", path, member=str(lee), **fields).status_code == 303
    return lee


def give_office(group: Group, name: str, office: str) -> None:
    def work(cursor: DuckDBPyConnection) -> None:
        moment = group.clock().replace(tzinfo=None)
        cursor.execute("insert into offices values (?, ?, ?, null)", [office, group.accounts[name].id, moment])

    group.store.journal.run(work)


def address(group: Group, what: What, said: str) -> str:
    """Where yes or no is sent to the first entry of a kind."""
    (entry,) = entries_of(group.store, what, 1)
    with group.app.app_context():
        return f"{WAITING}/{what}/1/{name_of(entry)}/{said}"


def reasons(group: Group) -> list[str]:
    return [row.details["why"] for row in list_audit(group.store) if row.action.startswith("refused")]


def test_what_was_written_down_waits_and_the_member_says_yes_or_no(group: Group) -> None:
    lee = enter(group)
    assert comments_of(group.store, 1) + suggestions_of(group.store, 1) + stories_of(group.store, 1) == ()
    for name in ("noor", "fay"):
        assert WORDS not in group.text(name, "/review/rounds/1/comments")
        assert WORDS not in group.text(name, WAITING)
    page = group.text("lee", WAITING)
    for words in (WORDS, "Nobody counts.", "It took a year.", "Yes, I said this"):
        assert words in page
    assert (
        send(
            group,
            "noor",
            address(group, What.COMMENT, "yes"),
        ).status_code
        == 409
    )
    assert (
        send(
            group,
            "lee",
            address(group, What.COMMENT, "yes"),
        ).status_code
        == 303
    )
    assert (
        send(
            group,
            "lee",
            address(group, What.SUGGESTION, "no"),
        ).status_code
        == 303
    )
    assert (
        send(
            group,
            "lee",
            address(group, What.STORY, "no"),
        ).status_code
        == 303
    )
    (comment,) = comments_of(group.store, 1)
    assert (comment.author, comment.way, comment.counts) == (lee, Way.PAPER, True)
    assert (suggestions_of(group.store, 1), stories_of(group.store, 1)) == ((), ())
    assert "Nothing waits for you." in group.text("lee", WAITING)
    assert (
        send(
            group,
            "lee",
            address(group, What.STORY, "yes"),
        ).status_code
        == 409
    )
    assert (
        send(
            group,
            "lee",
            f"{WAITING}/letter/1/x/yes",
        ).status_code
        == 404
    )
    assert reasons(group) == [NotConfirmed.NOT_WAITING, NotAllowed.NOT_YOURS]


def test_a_second_person_says_how_the_member_told_them_but_not_who_wrote_it_down(group: Group) -> None:
    lee = enter(group)
    give_office(group, "fay", "named_contact")
    give_office(group, "cara", "co_chair")
    yes = address(group, What.COMMENT, "yes")
    assert f"/1/{lee}/" not in group.text("cara", WAITING), "a number would stand for somebody without a name"
    assert "Somebody else must say yes to this." in group.text("fay", WAITING)
    assert send(group, "fay", yes, how="on the phone").status_code == 409
    empty = send(group, "cara", yes, how=" ")
    assert empty.status_code == 400
    assert "<title>Error: " in empty.get_data(as_text=True)
    assert comments_of(group.store, 1) == ()
    assert send(group, "cara", yes, how="on the phone,\r\n3 November").status_code == 303
    assert len(comments_of(group.store, 1)) == 1
    ((how,),) = group.store.rows("select confirmed_how from comments")
    assert "on the phone,\\n3 November" in how
    assert reasons(group) == [NotAllowed.EMPTY, NotConfirmed.HAD_A_HAND_IN_IT]
    assert all("phone" not in str(row.details) for row in list_audit(group.store))


def test_a_vote_that_waits_shows_what_was_chosen_to_the_member_alone(group: Group) -> None:
    group.open_round()
    give_office(group, "cara", "co_chair")
    lee, fay, moment = group.accounts["lee"].id, group.accounts["fay"].id, group.clock().replace(tzinfo=None)

    def work(cursor: DuckDBPyConnection) -> None:
        cursor.execute(
            "insert into decisions by name select 1 as decision, 1 as round, 'open' as result, ? as opened_by,"
            " ?::timestamp as opened_at, '2026-11-02'::date as closes_on, '' as tally",
            [fay, moment],
        )
        cursor.execute(
            "insert into votes values (1, ?, 'lived_experience', 'stop', 'It hurts.', 'paper', ?, ?, null, '')",
            [lee, fay, moment],
        )

    group.store.journal.run(work)
    theirs, mine = group.text("cara", WAITING), group.text("lee", WAITING)
    assert "A vote" in theirs
    for words in ("Stop: sort this first", "It hurts."):
        assert words not in theirs
        assert words in mine
    assert (
        send(
            group,
            "lee",
            address(group, What.VOTE, "yes"),
        ).status_code
        == 303
    )
    assert group.store.rows("select confirmed_at, confirmed_how from votes") == [(moment, "self")]
    assert "stop" not in str(list_audit(group.store)[0].details)


def test_what_comes_through_a_link_that_somebody_else_was_shown_waits_for_the_member(group: Group) -> None:
    group.open_round()
    client = group.client("lee")
    with client.session_transaction() as session:
        session["through_supporter"] = True
    send(group, "lee", SAY, field="all", kind="clarity", words=WORDS)
    assert comments_of(group.store, 1) == ()
    yes = address(group, What.COMMENT, "yes")
    assert (
        send(
            group,
            "lee",
            yes,
        ).status_code
        == 409
    )
    with client.session_transaction() as session:
        del session["through_supporter"]
    assert (
        send(
            group,
            "lee",
            yes,
        ).status_code
        == 303
    )
    assert len(comments_of(group.store, 1)) == 1


def test_a_yes_is_to_what_was_read_and_to_nothing_that_was_entered_since(group: Group) -> None:
    lee = enter(group)
    yes = address(group, What.COMMENT, "yes")
    group.store.journal.run(
        lambda cursor: cursor.execute("update comments set words = 'No.', said_at = said_at + interval 1 second")
    )
    assert send(group, "lee", yes).status_code == 409
    assert comments_of(group.store, 1) == ()
    for path in (f"{WAITING}/comment/{10**60}/x/yes", f"{WAITING}/comment/1/{lee}/yes"):
        assert send(group, "lee", path).status_code == 409
    assert reasons(group) == [NotConfirmed.NOT_WAITING] * 3
