"""Saying something about a draft: said once, kept as it was typed where it cannot be said, and taken back."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from survey.coproduction.people import Hat, Way
from survey.coproduction.refusals import NotAllowed
from survey.coproduction.rounds import Act
from survey.coproduction.saying import Comment, Kind, Place
from survey.coproduction.saying_rules import NotSaid
from survey.store.accounts import Role
from survey.store.audit import AuditRow, list_audit
from survey.store.group.acting import carry_out_in_round
from survey.store.group.comments import add_comment, comments_of
from survey.store.group.rounds import move_round
from tests.survey.review.group import Group
from tests.survey.review.saying.sending import send

FORM = "/review/rounds/1/say?item=control"
TYPED = {"field": "text", "kind": "clarity", "words": "What is “control”?"}


def said(group: Group) -> tuple[Comment, ...]:
    return comments_of(group.store, 1)


def refusals(group: Group) -> list[AuditRow]:
    return [row for row in list_audit(group.store) if row.action.startswith("refused")]


def test_a_member_says_something_and_the_group_reads_it(group: Group) -> None:
    group.open_round()
    answer = send(group, "lee", FORM, **TYPED)
    assert (answer.status_code, answer.location) == (303, "/review/rounds/1/questions/1#said")
    (comment,) = said(group)
    assert (comment.place, comment.kind, comment.words) == (Place("control", "text"), Kind.CLARITY, TYPED["words"])
    assert (comment.author, comment.hat, comment.way) == (group.accounts["lee"].id, Hat.MEMBER, Way.SELF)
    page = group.text("noor", "/review/rounds/1/comments")
    assert TYPED["words"] in page
    assert list_audit(group.store)[0].details == {}


def test_the_same_form_sent_twice_is_said_once_and_kindly(group: Group) -> None:
    group.open_round()
    for _ in range(2):
        answer = send(group, "lee", FORM, **TYPED)
        assert answer.status_code == 303
    assert len(said(group)) == 1
    assert [row.details["why"] for row in refusals(group)] == [NotSaid.SAID_ALREADY]
    assert "You have said this already. We kept it once." in group.text("lee", "/review/rounds/1/comments")


WRONG: tuple[tuple[dict[str, str], str, str], ...] = (
    ({"words": "x" * 1_000_000}, NotAllowed.TOO_LONG, "This text is too long."),
    ({"words": "all good \u202eton"}, NotAllowed.HIDDEN_CHARACTERS, "There are hidden characters"),
    ({"words": " "}, NotAllowed.EMPTY, "There is nothing here yet."),
    ({"kind": "shout"}, NotSaid.NO_KIND, "Choose what kind of comment it is."),
    ({"field": "option.none_such"}, NotSaid.NO_SUCH_PLACE, "Choose which part you mean."),
    ({"hat": "job"}, NotSaid.NOT_THIS_HAT, "Choose who you speak as."),
)


def test_what_cannot_be_said_is_put_right_in_the_form(group: Group) -> None:
    group.open_round()
    for wrong, why, words in WRONG:
        before = len(refusals(group))
        answer = send(group, "lee", FORM, **{**TYPED, **wrong})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert words in page
        assert "<title>Error: Say something" in page
        assert wrong.get("words", TYPED["words"]).strip()[:99] in page
        assert refusals(group)[0].details["why"] == why
        assert len(refusals(group)) == before + 1
    assert said(group) == ()


def test_script_is_words_like_any_other(group: Group) -> None:
    group.open_round()
    send(group, "lee", FORM, **{**TYPED, "words": "<script>alert(1)</script>"})
    page = group.text("noor", "/review/rounds/1/questions/1")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_who_says_it_how_and_on_which_version_is_not_for_the_form_to_say(group: Group) -> None:
    group.open_round()
    noor = str(group.accounts["noor"].id)
    send(
        group, "lee", FORM, **TYPED, author=noor, round="9", version="0", way="paper", confirmed_at="", entered_by=noor
    )
    (comment,) = said(group)
    assert (comment.author, comment.round, comment.way) == (group.accounts["lee"].id, 1, Way.SELF)


def test_a_member_cannot_speak_for_another(group: Group) -> None:
    group.open_round()
    forged = (str(group.accounts["noor"].id), "9999", "-1", "x")
    for member in forged:
        answer = send(group, "lee", FORM, **TYPED, member=member)
        assert answer.status_code == 409
        assert "This is for somebody else to do." in answer.get_data(as_text=True)
        assert TYPED["words"] in answer.get_data(as_text=True)
    assert [row.details["why"] for row in refusals(group)] == [NotAllowed.NOT_YOURS] * len(forged)
    assert group.store.rows("select * from comments") == []


def test_staff_say_as_what_they_speak(group: Group) -> None:
    group.open_round()
    assert "I speak as" in group.text("sue", FORM)
    assert "I speak as" not in group.text("lee", FORM)
    assert send(group, "sue", FORM, **TYPED).status_code == 400
    assert send(group, "sue", FORM, **TYPED, hat="lived_experience").status_code == 303
    assert said(group)[0].hat is Hat.LIVED_EXPERIENCE


def test_as_what_staff_speak_is_not_shown_where_it_would_tell_who_an_anonymous_member_is(group: Group) -> None:
    group.open_round()
    send(group, "sue", FORM, **TYPED, hat="job")
    assert "someone doing their job" in group.text("noor", "/review/rounds/1/comments")
    sue = group.accounts["sue"].id
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "insert into members by name select ?::bigint as account, '' as display_name, 'anonymous' as naming,"
            " false as lives_it, 'self' as way, '' as supporter, '' as email, '[]' as needs, '' as needs_words,"
            " 60 as minutes_a_month, false as wants_pay, '{}' as about, 1 as revision, ?::timestamp as changed_at",
            [sue, group.clock().replace(tzinfo=None)],
        )
    )
    page = group.text("noor", "/review/rounds/1/comments")
    assert "Somebody who gives no name" in page
    assert "sue" not in page
    assert "someone doing their job" not in page


def test_nothing_is_said_after_the_last_day_or_in_a_round_that_is_over(group: Group) -> None:
    group.open_round()
    group.clock.advance(days=21)
    group.sign_out()
    assert send(group, "lee", FORM, **TYPED).status_code == 303
    group.clock.advance(days=1)
    group.sign_out()
    late = send(group, "noor", FORM, **TYPED)
    assert late.status_code == 409
    assert "This is not open now." in late.get_data(as_text=True)
    assert TYPED["words"] in late.get_data(as_text=True)
    assert "Say something</h2>" not in group.text("noor", "/review/rounds/1/questions/1")
    assert len(said(group)) == 1
    assert [row.details["why"] for row in refusals(group)] == [NotAllowed.OVER]


def test_nothing_is_said_by_a_stranger_or_in_a_round_that_is_called_off(group: Group) -> None:
    group.open_round()
    group.add("ida", Role.LIVED_EXPERIENCE)
    assert send(group, "ida", FORM, **TYPED).status_code == 409
    assert [row.details["why"] for row in refusals(group)] == [NotAllowed.NOT_ASKED]
    answer = send(group, "lee", "/review/rounds/1/say?item=nothing", **TYPED)
    assert answer.status_code == 409
    assert refusals(group)[0].details["why"] == NotSaid.NO_SUCH_PLACE
    carry_out_in_round(
        group.store,
        group.deed("fay"),
        1,
        lambda cursor: move_round(cursor, 1, Act.CALL_OFF, group.clock(), called_off_because="x"),
    )
    assert send(group, "lee", FORM, **TYPED).status_code == 409
    assert said(group) == ()


def test_a_round_that_is_being_prepared_is_not_there_for_members(group: Group) -> None:
    group.prepare_round()
    assert group.get("lee", FORM).status_code == 404
    assert group.get("fay", FORM).status_code == 200
    assert group.get("lee", "/review/rounds/99/comments").status_code == 404


def test_an_author_takes_a_comment_back_until_it_has_an_outcome(group: Group) -> None:
    group.open_round()
    for words in ("One", "Two"):
        send(group, "lee", FORM, **{**TYPED, "words": words})
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "insert into outcomes by name select 2 as comment, 1 as seq, 'cannot' as became, 'x' as words,"
            " 'x' as power, '' as owner, 1 as decided_by, current_timestamp::timestamp as decided_at"
        )
    )
    assert (
        send(
            group,
            "noor",
            "/review/comments/1/take-back",
        ).status_code
        == 409
    )
    assert (
        send(
            group,
            "lee",
            "/review/comments/2/take-back",
        ).status_code
        == 409
    )
    assert (
        send(
            group,
            "lee",
            "/review/comments/1/take-back",
        ).status_code
        == 303
    )
    assert [comment.words for comment in said(group)] == ["Two"]
    assert group.store.rows("select count(*) from comments") == [(2,)]
    assert [row.details["why"] for row in refusals(group)] == [NotSaid.HAS_OUTCOME, NotAllowed.NOT_YOURS]


def test_what_a_facilitator_hides_is_read_by_its_author_with_the_reason_and_by_nobody_else(group: Group) -> None:
    group.open_round()
    send(group, "lee", FORM, **TYPED)
    page = "/review/rounds/1/comments"
    assert send(group, "noor", "/review/comments/1/hide", because="x").status_code == 409
    assert send(group, "fay", "/review/comments/1/hide", because=" ").status_code == 409
    assert send(group, "fay", "/review/comments/1/hide", because="It names a nurse.").status_code == 303
    for name, reads in (("noor", False), ("lee", True), ("fay", True)):
        text = group.text(name, page)
        assert "It names a nurse." in text
        assert (TYPED["words"] in text) is reads, name
    assert (
        send(
            group,
            "fay",
            "/review/comments/1/show",
        ).status_code
        == 303
    )
    assert TYPED["words"] in group.text("noor", page)


def test_the_list_shows_what_is_asked_of_it_a_page_at_a_time(group: Group) -> None:
    group.open_round()
    lee, now = group.accounts["lee"].id, group.clock()

    def say_much(cursor: DuckDBPyConnection) -> None:
        for number in range(51):
            add_comment(
                cursor,
                1,
                Place("control"),
                Kind.CLARITY,
                f"Remark {number}.",
                author=lee,
                hat=Hat.MEMBER,
                way=Way.SELF,
                entered_by=lee,
                now=now,
            )

    group.store.journal.run(say_much)
    send(group, "noor", "/review/rounds/1/say", **{"field": "order", "kind": "other", "words": "Start with money."})
    first, second = (
        group.text("kim", "/review/rounds/1/comments"),
        group.text("kim", "/review/rounds/1/comments?page=2"),
    )
    assert "52 comments" in first
    assert ("Remark 50." in first, "Remark 1." in first) == (True, False)
    assert ("Remark 50." in second, "Remark 1." in second) == (False, True)
    for query in ("item=whole", "kind=other", "mine=1"):
        page = group.text("noor", f"/review/rounds/1/comments?{query}")
        assert "Start with money." in page
        assert "Remark 50." not in page
    assert "52 comments" in group.text("kim", "/review/rounds/1/comments?open=1&page=99999999")


def test_no_round_closes_over_a_comment_that_was_hidden_until_it_had_closed(group: Group) -> None:
    group.open_round()
    path = "/review/rounds/1/say?item=control"
    assert send(group, "lee", path, field="all", kind="clarity", words="Which support?").status_code == 303
    assert send(group, "fay", "/review/comments/1/hide", because="Later.").status_code == 303
    group.store.journal.run(lambda cursor: move_round(cursor, 1, Act.PROPOSE, group.clock()))
    before = len(list_audit(group.store))
    answer = send(group, "fay", "/review/comments/1/show")
    assert answer.status_code == 409
    assert "Say first what became of this." in answer.get_data(as_text=True)
    assert len(list_audit(group.store)) == before + 1
