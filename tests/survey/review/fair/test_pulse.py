"""The pulse of a round: once, by those who were asked, after it; kept and shown without who."""

from __future__ import annotations

import json

from survey.coproduction.rounds import Act
from survey.store.accounts import Role
from survey.store.audit import list_audit
from survey.store.clock import to_stored
from survey.store.group.acting import carry_out_in_round
from survey.store.group.rounds import move_round
from tests.survey.review.fair.acts import AGREES, end_review, refused
from tests.survey.review.fair.test_time import plain
from tests.survey.review.group import Group

PULSE = "/review/rounds/1/pulse"
FAIR = "/review/fair"
STAFF = ("sue", "raj", "fay")
MEMBERS = ("lee", "noor", "kim", "tom", "cara")


def give(group: Group, name: str, **fields: object) -> int:
    client = group.client(name)
    token = group.token(client, FAIR if "seen_on" in fields else PULSE)
    fields.pop("seen_on", None)
    return client.post(PULSE, data={**AGREES, **fields, "csrf_token": token}).status_code


def test_everyone_is_asked_the_same_and_nobody_can_find_an_answer_again(group: Group) -> None:
    end_review(group)
    assert (
        plain(group.text("lee", PULSE)).split("Signed in")[0] == plain(group.text("sue", PULSE)).split("Signed in")[0]
    )
    for number, name in enumerate(MEMBERS + STAFF):
        assert give(group, name, equality=str(1 + number % 5), words=f"Words {number}", ticks=["hard_time"]) == 303
    rows = group.store.rows("select side, answers, words from pulses order by rowid")
    assert len(rows) == 8
    assert [words for _, _, words in rows] != [f"Words {number}" for number in range(8)]
    assert {given.time().isoformat() for (given,) in group.store.rows("select given_at from pulses_given")} == {
        "00:00:00"
    }
    told = [row for row in list_audit(group.store) if row.action == "give a pulse"]
    assert len(told) == 8
    assert {json.dumps(dict(row.details)) for row in told} == {"{}"}


def test_nothing_is_shown_while_answers_may_still_come(group: Group) -> None:
    end_review(group)
    for name in (*MEMBERS, "sue", "raj"):
        give(group, name, words="A word")
    assert "nothing to show until the time to answer is over" in plain(group.text("lee", FAIR))
    give(group, "fay", words="A word")
    page = plain(group.text("lee", FAIR))
    assert "In round 1, 5 of 5 members and carers felt equal, and 3 of 3 staff." in page
    assert page.count("A word") == 8


def test_with_too_few_on_one_side_nothing_of_either_is_shown(group: Group) -> None:
    end_review(group)
    for name in (*MEMBERS, "sue", "raj"):
        give(group, name, ticks=["helped_payment"])
    group.clock.advance(days=29)
    group.sign_out()
    page = plain(group.text("lee", FAIR))
    assert "Too few people answered on one of the two sides." in page
    assert "felt equal" not in page
    assert "Being paid, and getting my costs back:" not in page


def test_what_changed_over_rounds_is_said_in_words(group: Group) -> None:
    end_review(group)
    for name in MEMBERS + STAFF:
        give(group, name, equality="2" if name in ("lee", "noor") else "5")
    end_review(group)
    for name in MEMBERS + STAFF:
        client = group.client(name)
        path = "/review/rounds/2/pulse"
        client.post(path, data={**AGREES, "csrf_token": group.token(client, path)})
    page = plain(group.text("sue", FAIR))
    assert "In round 2, 5 of 5 members and carers felt equal, and 3 of 3 staff." in page
    assert "In round 1, 3 of 5 members and carers felt equal, and 3 of 3 staff." in page
    assert "More members and carers felt equal than in the round before." in page


def test_a_pulse_is_given_once(group: Group) -> None:
    end_review(group)
    assert give(group, "lee") == 303
    assert give(group, "lee", seen_on=FAIR) == 409
    assert "You have told us already. Thank you." in group.text("lee", PULSE)
    assert group.store.rows("select count(*) from pulses") == [(1,)]
    assert len(refused(group)) == 1


def test_only_those_who_were_asked_answer_and_only_after_the_round(group: Group) -> None:
    opened = group.open_round()
    assert "You can tell us when this round is over." in group.text("lee", PULSE)
    assert give(group, "lee", seen_on=FAIR) == 409
    end_review(group, opened)
    group.add("zoe", Role.CARER)
    assert give(group, "zoe", seen_on=FAIR) == 409
    group.clock.advance(days=29)
    group.sign_out()
    assert give(group, "lee", seen_on=FAIR) == 409
    assert group.store.rows("select count(*) from pulses") == [(0,)]
    assert len(refused(group)) == 3
    assert group.get("lee", "/review/rounds/7/pulse").status_code == 404


def test_a_round_that_never_opened_has_no_pulse(group: Group) -> None:
    prepared = group.prepare_round()
    carry_out_in_round(
        group.store,
        group.deed("fay"),
        prepared.id,
        lambda cursor: move_round(cursor, prepared.id, Act.CALL_OFF, group.clock(), ended_at=to_stored(group.clock())),
    )
    assert "You can tell us when this round is over." in group.text("lee", PULSE)


def test_answers_that_are_not_offered_empty_ones_and_hidden_signs_are_refused_with_the_words_kept(group: Group) -> None:
    end_review(group)
    nothing = dict.fromkeys(AGREES, "not_say")
    for wrong, said in (
        ({"equality": "6"}, "Choose one of the answers on the page."),
        ({"equality": "-1"}, "Choose one of the answers on the page."),
        ({"ticks": ["nonsense"]}, "Choose one of the answers on the page."),
        (nothing, "There is nothing here yet."),
        ({"words": "turn \N{RIGHT-TO-LEFT OVERRIDE}round"}, "There are hidden characters"),
        ({"words": "x" * 1001}, "This text is too long."),
    ):
        client = group.client("lee")
        before = len(refused(group))
        sent = {
            **AGREES,
            "words": "" if wrong is nothing else "Kept",
            **wrong,
            "csrf_token": group.token(client, PULSE),
        }
        answer = client.post(PULSE, data=sent)
        assert answer.status_code == 400, wrong
        page = answer.get_data(as_text=True)
        assert said in page
        assert str(sent["words"]) in page
        assert len(refused(group)) == before + 1
    assert group.store.rows("select count(*) from pulses") == [(0,)]
