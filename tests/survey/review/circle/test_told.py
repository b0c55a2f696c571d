"""What everyone can read of a round whose review has ended, and the sponsor's answer to it."""

from __future__ import annotations

import pytest

from survey.coproduction.people import Office
from survey.coproduction.rounds import Act, Round
from survey.store.accounts import Role
from survey.store.clock import to_stored
from survey.store.group.rounds import move_round
from tests.survey.review.circle.speech import agree_on, audit, end_review, give_office, post, say
from tests.survey.review.group import Group

PUBLIC = "/what-changed/round-1"
SIGNED = {"words": "We will ask it as you said.", "signed_name": "Ann Other", "office": "Director", "sign": "yes"}


@pytest.fixture
def round_(group: Group) -> Round:
    return group.open_round()


def decide(group: Group, comment: int, **fields: str) -> None:
    given = {"seen": "0", "power": "group", **fields}
    assert post(group, "fay", f"/review/comments/{comment}/outcome", **given).status_code == 303


def read(group: Group, path: str = PUBLIC) -> str:
    """What somebody reads who is not signed in."""
    answer = group.app.test_client().get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def test_nobody_outside_reads_of_a_round_before_its_review_has_ended(group: Group, round_: Round) -> None:
    stranger = group.app.test_client()
    assert stranger.get(PUBLIC).status_code == 404
    assert stranger.get("/what-changed/round-99999999999999999999").status_code == 404
    assert "round-1" not in read(group, "/what-changed")
    end_review(group, round_)
    assert 'href="/what-changed/round-1"' in read(group, "/what-changed")


def test_the_page_says_what_was_asked_said_done_not_done_and_is_talked_about(group: Group, round_: Round) -> None:
    changed = say(group, round_, "lee", "Secret words of lee", item="helped")
    cannot, discussed = say(group, round_, "noor", "Secret words of noor"), say(group, round_, "sue")
    agree_on(group, round_)
    decide(group, changed, became="changed", words="It asks for most now.", suggestion="1")
    decide(group, cannot, became="cannot", words="The law asks for it.", power="law")
    decide(
        group,
        discussed,
        became="discuss",
        words="We ask more people.",
        owner="The facilitator",
        **{"due-day": "2", "due-month": "11", "due-year": "2026"},
    )
    end_review(group, round_)
    page = read(group)
    for words in (
        round_.plan.purpose,
        "3 people took part.",
        "There were 3 comments.",
        "It asks for most now.",
        "The law asks for it.",
        "We ask more people.",
        "By 2 November 2026.",
        "It is not agreed yet.",
        "The sponsor has not answered yet. The answer is due on 2 November 2026.",
    ):
        assert words in page
    for secret in ("Secret words", "lee", "noor", "sue", "With lived experience: 2"):
        assert secret not in page
    assert "This is late." not in page
    group.clock.advance(days=29)
    assert read(group).count("This is late.") == 2
    assert "is late." in read(group, "/what-changed")


def test_the_last_agreed_words_stay_where_the_group_did_not_agree(group: Group, round_: Round) -> None:
    end_review(group, round_)
    group.store.journal.run(lambda cursor: move_round(cursor, round_.id, Act.LET_STAND, group.clock()))
    assert "The last agreed words stay." in read(group)


def test_a_round_that_was_called_off_says_why(group: Group, round_: Round) -> None:
    moment = to_stored(group.clock())
    group.store.journal.run(
        lambda cursor: move_round(
            cursor, round_.id, Act.CALL_OFF, group.clock(), ended_at=moment, called_off_because="The law changed."
        )
    )
    assert "The law changed." in read(group)


def test_a_hidden_comment_leaves_no_trace_outside(group: Group, round_: Round) -> None:
    comment = say(group, round_, "lee")
    decide(group, comment, became="cannot", words="It names Ann.")
    group.store.journal.run(lambda cursor: cursor.execute("update comments set hidden_because = 'A name'"))
    end_review(group, round_)
    page = read(group)
    assert "It names Ann." not in page
    assert "Nobody said anything in this round." in page


def test_the_sponsor_signs_once_and_need_not_be_in_the_group(group: Group, round_: Round) -> None:
    name = group.add("ann", Role.STAFF).name
    give_office(group, name, Office.SPONSOR)
    page = "/review/rounds/1/answer"
    assert "still at work" in group.text(name, page)
    assert page not in group.text(name, "/staff/")
    end_review(group, round_)
    assert f'href="{page}"' in group.text(name, "/staff/"), "the sponsor is led to what the group waits for"
    for wrong in (
        {"words": ""},
        {"words": "x" * 1_000_000},
        {"signed_name": "\u202eeman"},
        {"office": ""},
        {"sign": ""},
    ):
        rows = len(audit(group))
        answer = post(group, name, page, **{**SIGNED, **wrong})
        assert answer.status_code == 400
        assert "Error:" in answer.get_data(as_text=True)
        assert len(audit(group)) == rows + 1
    assert "has not answered yet" in read(group)
    assert post(group, name, page, **SIGNED).status_code == 303
    for words in ("We will ask it as you said.", "Ann Other", "Director", "5 October 2026"):
        assert words in read(group)
    again = post(group, name, page, **{**SIGNED, "words": "Never mind."})
    assert again.status_code == 409
    assert "Never mind." not in read(group)
    assert "Sign and publish" not in group.text(name, page)
    assert page not in group.text(name, "/staff/")


def test_nobody_else_signs_for_the_sponsor(group: Group, round_: Round) -> None:
    end_review(group, round_)
    for name in ("lee", "fay"):
        assert group.get(name, "/review/rounds/1/answer").status_code == 403
        rows = len(audit(group))
        assert post(group, name, "/review/rounds/1/answer", **SIGNED).status_code == 403
        assert len(audit(group)) == rows + 1
    assert "has not answered yet" in read(group)
