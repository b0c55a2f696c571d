"""The ballot paper: filled in, sealed for everyone, counted by those who may; and what is refused."""

from __future__ import annotations

import re

import pytest

from survey.coproduction.deciding import Choice, Result
from survey.coproduction.people import Way
from survey.store.accounts import Role
from survey.store.group.votes import own_votes
from tests.survey.review.deciding.table import HINT, OTHERWISE, SHORTER, Table

QUOKKA, WOMBAT, NUMBAT = "Quokka by the ferry", "Wombat on the hill", "Numbat in the tree"


@pytest.fixture
def table(empty_table: Table) -> Table:
    empty_table.put(SHORTER, OTHERWISE)
    return empty_table


def ballot(table: Table) -> str:
    return f"/review/rounds/{table.round}/decisions"


def send(table: Table, name: str, **fields: str) -> int:
    """Send the ballot paper; `choice_1` is the field `choice-1`."""
    named = {field.replace("_", "-"): value for field, value in fields.items()}
    return table.group.post(name, ballot(table), **named).status_code


def test_a_member_votes_and_changes_the_vote_and_sees_it(table: Table) -> None:
    page = table.group.text("lee", ballot(table))
    assert page.count("I don’t agree, but go ahead") == 2
    assert "If both are agreed, the one with more votes is used." in page
    assert "0 have voted of 7" in page
    assert send(table, "lee", choice_1="agree", words_1=QUOKKA) == 303
    assert send(table, "lee", choice_1="go_ahead", words_1=QUOKKA, choice_2="agree") == 303
    page = table.group.text("lee", ballot(table))
    assert len(re.findall(r'type="radio"[^>]*checked', page)) == 2
    assert QUOKKA in page
    assert "1 has voted of 7" in page
    votes = own_votes(table.store, table.round, table.group.accounts["lee"].id)
    assert [vote.choice for vote in votes.values()] == [Choice.GO_AHEAD, Choice.AGREE]


def test_a_stop_without_words_is_told_at_its_field_and_nothing_is_lost(table: Table) -> None:
    table.group.client("lee")
    before = table.audit()
    answer = table.group.post("lee", ballot(table), **{"choice-1": "stop", "choice-2": "agree", "words-2": QUOKKA})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'href="#words-1"' in page
    assert "Say what has to be sorted first." in page
    assert QUOKKA in page
    assert own_votes(table.store, table.round, table.group.accounts["lee"].id) == {}
    assert table.audit() == before + 1
    assert table.last_audit().action == "refused: vote"


def test_a_forged_field_is_refused_with_one_audit_row(table: Table) -> None:
    table.group.client("sue")
    for forged in ({"seat": "lived_experience"}, {"role": "carer"}, {"account": "1"}, {"choice-9": "agree"}):
        before = table.audit()
        answer = table.group.post("sue", ballot(table), **{"choice-1": "agree", "words-1": QUOKKA, **forged})
        assert answer.status_code == 409
        assert QUOKKA in answer.get_data(as_text=True)
        assert table.audit() == before + 1
    assert own_votes(table.store, table.round, table.group.accounts["sue"].id) == {}


def test_who_has_no_vote_sees_why_and_a_vote_of_theirs_is_refused(table: Table) -> None:
    page = table.group.text("fay", ballot(table))
    assert "There is no ballot for you. You have no vote here." in page
    assert 'type="radio"' not in page
    before = table.audit()
    assert send(table, "fay", choice_1="agree") == 409
    assert table.audit() == before + 1


def test_staff_outside_the_group_and_strangers_come_no_further_than_the_door(table: Table) -> None:
    table.group.add("ina", Role.STAFF)
    assert table.group.get("ina", ballot(table)).status_code == 403
    stranger = table.group.app.test_client()
    assert stranger.get(ballot(table)).status_code == 303
    assert stranger.get("/review/decisions/1").status_code == 303


def test_an_old_page_sent_after_the_count_is_refused_and_what_was_typed_is_given_back(table: Table) -> None:
    client = table.group.client("lee")
    token = table.group.token(client, ballot(table))
    table.vote_all(1)
    table.count(decision=1)
    before, tally = table.audit(), table.at(1).tally
    answer = client.post(ballot(table), data={"choice-1": "stop", "words-1": QUOKKA, "csrf_token": token})
    assert answer.status_code == 409
    assert QUOKKA in answer.get_data(as_text=True)
    assert table.at(1).tally == tally
    assert table.audit() == before + 1


def test_a_facilitator_puts_suggestions_to_the_vote_and_counts(table: Table) -> None:
    suggestion = table.suggest(HINT)
    page = table.group.text("fay", ballot(table))
    assert f'value="{suggestion}"' in page
    assert 'name="suggestion"' not in table.group.text("lee", ballot(table))
    assert table.group.post("fay", f"{ballot(table)}/put", ballot(table), suggestion=str(suggestion)).status_code == 303
    table.vote_all(3)
    answer = table.group.post("fay", f"{ballot(table)}/count", ballot(table), decision="3")
    assert answer.headers["Location"].endswith("/review/decisions/3")
    assert table.at(3).result is Result.AGREED
    table.group.client("kim")
    before = table.audit()
    again = table.group.post("kim", f"{ballot(table)}/count", ballot(table), decision="3")
    assert again.status_code == 409
    assert "The votes have been counted." in again.get_data(as_text=True)
    assert table.audit() == before + 1


def test_a_vote_on_paper_is_written_down_and_its_choice_shown_to_the_member_alone(table: Table) -> None:
    tom, paper = str(table.group.accounts["tom"].id), f"{ballot(table)}/paper"
    assert table.group.get("lee", paper).status_code == 403
    sent = {"member": tom, "decision": "1", "choice": "go_ahead", "words": QUOKKA}
    assert table.group.post("fay", paper, **sent).status_code == 303
    assert QUOKKA not in table.group.text("fay", ballot(table)) + table.group.text("fay", paper)
    page = table.group.text("tom", ballot(table))
    assert QUOKKA in page
    assert "Somebody wrote it down for you." in page
    assert table.group.post("fay", paper, **{**sent, "choice": "stop", "words": ""}).status_code == 400
    assert table.group.post("fay", paper, **{**sent, "decision": "99"}).status_code == 404


def test_a_link_that_somebody_else_was_shown_shows_no_vote_and_its_votes_wait(table: Table) -> None:
    table.vote("lee", 1, "go_ahead", QUOKKA)
    client = table.group.client("lee")
    with client.session_transaction() as session:
        session["through_supporter"] = True
    page = table.group.text("lee", ballot(table))
    assert QUOKKA not in page
    assert "checked" not in page
    assert send(table, "lee", choice_2="agree") == 303
    assert own_votes(table.store, table.round, table.group.accounts["lee"].id)[2].way is Way.SUPPORTER
    assert send(table, "lee", choice_1="agree") == 400


def test_no_page_shows_anything_of_anyones_vote_before_the_count_to_anyone(table: Table) -> None:
    """Every page of the group there is, for each role: of all but the voter's own, nothing but how many have voted."""
    table.vote("noor", 1, "stop", QUOKKA)
    table.vote("cara", 1, "go_ahead", WOMBAT)
    table.vote("raj", 1, "agree", NUMBAT)
    with table.group.app.test_request_context():
        rules = [rule for rule in table.group.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = {re.sub(r"<[^>]*>", "1", rule.rule) for rule in rules if rule.rule.startswith(("/review", "/what-changed"))}
    assert {ballot(table), "/review/decisions/1", "/review/"} <= pages
    for name in ("lee", "kim", "sue", "fay"):
        for path in sorted(pages):
            body = table.group.get(name, path).get_data().decode(errors="replace")
            for mark in (QUOKKA, WOMBAT, NUMBAT, " checked", "Lived experience ", "say stop", "says stop", "1 agrees"):
                assert mark not in body or (mark == " checked" and "decisions" not in path), (name, path, mark)
    assert "3 have voted of 7" in table.group.text("lee", ballot(table))
    assert QUOKKA in table.group.text("noor", ballot(table))


def test_pages_of_votes_that_there_are_not_are_not_found(table: Table) -> None:
    table.group.client("lee")
    for path in ("/review/decisions/99", f"/review/decisions/{2**70}", "/review/rounds/99/decisions"):
        assert table.group.get("lee", path).status_code == 404
    answer = table.group.post("fay", f"{ballot(table)}/count", ballot(table), decision="x")
    assert answer.status_code == 404
