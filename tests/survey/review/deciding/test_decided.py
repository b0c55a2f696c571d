"""A decision after the count: its sentence, what people wrote, stops with their replies, and ties."""

from __future__ import annotations

import html
import re

import pytest

from survey.coproduction.deciding import Result
from survey.store.accounts import Role
from tests.survey.review.deciding.table import EVERYONE, SHORTER, Table

REPLY = "We will ask five people first."
PAGE = "/review/decisions/1"


@pytest.fixture
def table(empty_table: Table) -> Table:
    empty_table.put(SHORTER)
    return empty_table


def read(table: Table, name: str) -> str:
    """A page as people read it: without mark-up."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", table.group.text(name, PAGE))).split())


def send(table: Table, name: str, act: str, **fields: str) -> int:
    return table.group.post(name, f"{PAGE}/{act}", PAGE, **fields).status_code


def stop(table: Table) -> str:
    """Lee says stop; the votes are counted. The number of the stop on its page, which is not that of its author."""
    table.vote_all(1, lee="stop")
    table.count()
    return "1"


def test_a_count_reads_as_a_sentence_and_hides_sides_that_would_say_who_voted(table: Table) -> None:
    table.vote_all(1, tom="go_ahead")
    table.count()
    page = read(table, "lee")
    assert "6 agree, 1 goes ahead without agreeing, 0 say stop." in page
    assert "More people with lived experience have voted than staff. Agreed." in page
    assert "Lived experience 5" not in page


def test_sides_are_told_where_three_or_more_are_on_each(table: Table) -> None:
    ada = table.group.add("ada", Role.GROUP_STAFF)
    table.store.journal.run(lambda cursor: cursor.execute("insert into asked values (1, ?)", [ada.id]))
    table.vote_all(1)
    table.vote("ada", 1, "go_ahead")
    table.count()
    assert "7 agree, 1 goes ahead without agreeing, 0 say stop. Lived experience 5, staff 3. Agreed." in read(
        table, "sue"
    )


def test_what_people_wrote_is_read_after_the_count_as_they_chose_to_be_called(table: Table) -> None:
    for name in EVERYONE:
        table.vote(name, 1, "agree", "Quokka." if name == "tom" else "")
    assert "Quokka" not in table.group.text("lee", PAGE)
    assert "7 have voted of 7" in read(table, "lee")
    table.count()
    assert "tom (lives with a budget) Quokka." in read(table, "lee")


def test_a_stop_goes_from_reply_to_its_author_to_everyone_and_is_counted_again(table: Table) -> None:
    author = stop(table)
    assert "It is too long." in read(table, "noor")
    assert send(table, "noor", "reply", stop=author, words=REPLY, seen="") == 409
    assert send(table, "kim", "reply", stop=author, words=REPLY, seen="") == 303
    assert REPLY not in read(table, "lee")
    assert "You have signed. The other co-chair has not signed yet." in read(table, "kim")
    assert send(table, "raj", "reply", stop=author, words=REPLY, seen=REPLY) == 303
    for name in ("noor", "sue", "fay"):
        assert REPLY not in table.group.text(name, PAGE)
    assert send(table, "kim", "clear", stop=author) == 409
    assert REPLY in read(table, "lee")
    assert REPLY in read(table, "noor")
    assert "Let the reply sort it" in read(table, "kim")
    assert send(table, "kim", "clear", stop=author) == 303
    assert "6 agree, 0 go ahead without agreeing, 1 says stop." in read(table, "sue")
    assert table.at(1).result is Result.AGREED


def test_a_link_that_somebody_else_was_shown_does_not_let_a_reply_be_seen_first(table: Table) -> None:
    author = stop(table)
    for name, seen in (("kim", ""), ("raj", REPLY)):
        send(table, name, "reply", stop=author, words=REPLY, seen=seen)
    with table.group.client("lee").session_transaction() as session:
        session["through_supporter"] = True
    assert REPLY not in table.group.text("lee", PAGE)
    assert REPLY not in table.group.text("noor", PAGE)
    assert send(table, "lee", "clear", stop=author) == 409


def test_a_form_about_a_stop_says_nothing_of_whose_it_is(table: Table) -> None:
    table.vote_all(1, tom="stop")
    table.count()
    page = table.group.text("kim", PAGE)
    assert 'name="stop" value="1"' in page
    assert f'"words-{table.group.accounts["tom"].id}"' not in page
    for forged in (str(table.group.accounts["tom"].id), "0", "0" * 6000):
        assert send(table, "kim", "reply", stop=forged, words=REPLY, seen="") == 404


def test_the_author_says_that_it_is_sorted(table: Table) -> None:
    author = stop(table)
    assert "That sorts it for me" in read(table, "lee")
    assert "That sorts it for me" not in read(table, "noor")
    before = table.audit()
    assert send(table, "noor", "clear", stop=author) == 409
    assert table.audit() == before + 1
    assert send(table, "lee", "clear", stop=author) == 303
    assert "The person who said stop says that it is sorted." in read(table, "noor")


def test_a_reply_that_cannot_be_signed_is_told_at_its_field_and_kept(table: Table) -> None:
    author = stop(table)
    hidden = "Quokka\u202e"
    answer = table.group.post("kim", f"{PAGE}/reply", PAGE, stop=author, words=hidden, seen="")
    assert answer.status_code == 400
    assert f'href="#words-{author}"' in answer.get_data(as_text=True)
    assert "Quokka" in answer.get_data(as_text=True)
    assert send(table, "kim", "reply", stop="99", words=REPLY, seen="") == 404
    assert send(table, "kim", "reply", stop=author, words=REPLY, seen="", role="carer") == 409


def test_a_reply_that_the_other_co_chair_has_changed_is_not_signed_unread(table: Table) -> None:
    author = stop(table)
    send(table, "kim", "reply", stop=author, words=REPLY, seen="")
    answer = table.group.post("raj", f"{PAGE}/reply", PAGE, stop=author, words="Quokka.", seen="")
    assert answer.status_code == 409
    assert "Quokka." in answer.get_data(as_text=True)


def test_the_casting_votes_of_a_tie_are_shown_once_both_are_there(table: Table) -> None:
    for name in EVERYONE[:6]:
        table.vote(name, 1, "agree" if name in ("lee", "noor", "kim") else "go_ahead")
    table.after_the_day()
    table.count()
    assert "A tie: the two co-chairs decide." in read(table, "lee")
    assert send(table, "kim", "cast") == 400
    assert send(table, "lee", "cast", agrees="agree") == 409
    assert send(table, "kim", "cast", agrees="agree") == 303
    assert "The votes of the co-chairs" not in read(table, "raj") + read(table, "lee")
    assert "checked" not in table.group.text("raj", PAGE)
    assert "checked" in table.group.text("kim", PAGE)
    assert send(table, "raj", "cast", agrees="not") == 303
    assert "kim (lives with a budget): I agree raj (staff): I don’t agree" in read(table, "lee")
    assert table.at(1).result is Result.NOT_AGREED


def test_what_is_held_up_is_ended_after_the_second_date_by_who_runs_the_round(table: Table) -> None:
    stop(table)
    assert send(table, "fay", "let-stand") == 409
    assert send(table, "lee", "let-stand") == 409
    assert "End it without a decision" not in read(table, "fay")
