"""One comment from its first outcome over its author's answer to its second: who may do what, and what stays."""

from __future__ import annotations

import pytest

from survey.coproduction.letter_words import About, letter_words
from survey.coproduction.people import Office
from survey.coproduction.rounds import Round
from survey.coproduction.saying import Became
from survey.store.group.letters import letters_of
from survey.store.group.outcomes import latest_outcomes, load_course, without_outcome
from tests.survey.review.circle.speech import agree_on, audit, end_review, give_office, post, say
from tests.survey.review.group import Group

CANNOT = {"became": "cannot", "words": "The law asks for it.", "power": "law", "seen": "0"}
DISCUSS = {
    "became": "discuss",
    "words": "We ask more people.",
    "power": "group",
    "owner": "The facilitator",
    "due-day": "2",
    "due-month": "11",
    "due-year": "2026",
    "seen": "0",
}


@pytest.fixture
def round_(group: Group) -> Round:
    return group.open_round()


def send(group: Group, name: str, comment: int, what: str, **fields: str) -> int:
    return post(group, name, f"/review/comments/{comment}/{what}", **fields).status_code


def missing(group: Group, round_: Round) -> tuple[int, ...]:
    with group.store.as_of_now() as cursor:
        return without_outcome(cursor, round_.id)


def test_an_outcome_names_who_had_the_power_and_reaches_its_author(group: Group, round_: Round) -> None:
    comment = say(group, round_, "lee")
    assert missing(group, round_) == (comment,)
    assert send(group, "fay", comment, "outcome", **CANNOT) == 303
    assert missing(group, round_) == ()
    page = group.text("lee", "/review/mine")
    for words in ("What is control?", "Cannot change", "The law asks for it.", "The law</dd>", "5 October 2026"):
        assert words in page
    [letter] = letters_of(group.store, group.accounts["lee"].id)
    assert (letter.subject, letter.words) == letter_words(About.OUTCOME, round_.id)
    assert "give outcome" in {row.action for row in audit(group)}


def test_a_change_is_shown_as_a_difference(group: Group, round_: Round) -> None:
    comment, suggestion = say(group, round_, "lee", item="helped"), agree_on(group, round_)
    chosen = {"became": "changed", "words": "It asks for most now.", "power": "group", "suggestion": str(suggestion)}
    assert send(group, "fay", comment, "outcome", **chosen, seen="0") == 303
    for path in (f"/review/comments/{comment}", "/review/mine"):
        assert "<ins>you most?</ins>" in group.text("lee", path)


def test_the_next_comment_that_needs_an_outcome_comes_by_itself(group: Group, round_: Round) -> None:
    first, second = say(group, round_, "lee"), say(group, round_, "noor", "Too long")
    assert "2 comments need an answer." in group.text("fay", f"/review/rounds/{round_.id}/outcomes")
    answer = post(group, "fay", f"/review/comments/{first}/outcome", **CANNOT, action="next")
    assert answer.location == f"/review/comments/{second}"
    answer = post(group, "fay", f"/review/comments/{second}/outcome", **CANNOT, action="next")
    assert answer.location == f"/review/rounds/{round_.id}/outcomes"
    assert "Every comment has an answer." in group.text("fay", answer.location)


def test_who_takes_it_on_is_late_after_the_day(group: Group, round_: Round) -> None:
    comment = say(group, round_, "lee")
    assert send(group, "fay", comment, "outcome", **DISCUSS) == 303
    assert "This is late." not in group.text("lee", "/review/mine")
    group.clock.advance(days=29)
    group.sign_out()
    assert "This is late." in group.text("lee", "/review/mine")
    assert "This is late." in group.text("fay", f"/review/rounds/{round_.id}/outcomes")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"became": ""}, "Choose one of the answers"),
        ({"became": "forged"}, "Choose one of the answers"),
        ({"words": ""}, "There is nothing here yet"),
        ({"words": "x" * 1_000_000}, "This text is too long"),
        ({"words": "\u202etxet"}, "There are hidden characters"),
        ({"power": ""}, "Say who had the power to decide this"),
        ({"power": "else", "power_words": "Off\u200bice"}, "There are hidden characters"),
        ({"became": "changed", "suggestion": ""}, "Choose the change that the group agreed on"),
        ({"became": "changed", "suggestion": "version"}, "Choose the change that the group agreed on"),
        ({"became": "changed", "suggestion": "999999999999"}, "Choose the change that the group agreed on"),
        ({"became": "discuss", "due-day": "31", "due-month": "2", "due-year": "2027"}, "There is no such date"),
        ({"became": "discuss", "owner": "Ann"}, "Give the day by which it will be talked about"),
        ({**DISCUSS, "due-year": "2025"}, "Choose a day after today"),
    ],
)
def test_a_wrong_outcome_is_refused_at_its_field_with_what_was_typed(
    group: Group, round_: Round, changed: dict[str, str], says: str
) -> None:
    comment = say(group, round_, "lee")
    group.client("fay")
    before = len(audit(group))
    answer = post(group, "fay", f"/review/comments/{comment}/outcome", **{**CANNOT, **changed})
    text = answer.get_data(as_text=True)
    assert (answer.status_code, says in text) == (400, True)
    assert "<title>Error:" in text.replace("\n", "")
    assert missing(group, round_) == (comment,)
    assert [row.action for row in audit(group)[: len(audit(group)) - before]] == ["refused: give outcome"]


def test_of_two_outcomes_at_once_the_second_sees_the_first_and_keeps_what_was_typed(
    group: Group, round_: Round
) -> None:
    give_office(group, "noor", Office.CO_CHAIR_LIVED)
    comment = say(group, round_, "lee")
    assert send(group, "fay", comment, "outcome", **CANNOT) == 303
    answer = post(group, "noor", f"/review/comments/{comment}/outcome", **{**CANNOT, "words": "We cannot."})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    for words in ("Somebody else has answered", "The law asks for it.", "We cannot.", 'name="seen" value="1"'):
        assert words in text
    assert latest_outcomes(group.store, round_.id)[comment].seq == 1
    assert audit(group)[0].action == "refused: give outcome"
    assert send(group, "noor", comment, "outcome", **{**CANNOT, "seen": "1"}) == 303
    assert latest_outcomes(group.store, round_.id)[comment].seq == 2


@pytest.mark.parametrize("name", ["sue", "lee"])
def test_members_give_no_outcomes(group: Group, round_: Round, name: str) -> None:
    comment = say(group, round_, "lee")
    assert send(group, name, comment, "outcome", **CANNOT) == 409
    assert audit(group)[0].action == "refused: give outcome"
    assert missing(group, round_) == (comment,)
    assert group.get(name, f"/review/rounds/{round_.id}/outcomes").status_code == 403


def test_nobody_decides_about_their_own_comment(group: Group, round_: Round) -> None:
    comment = say(group, round_, "fay")
    assert "Give an answer" not in group.text("fay", f"/review/comments/{comment}")
    assert send(group, "fay", comment, "outcome", **CANNOT) == 409


def test_its_author_says_whether_it_reflects_what_they_said(group: Group, round_: Round) -> None:
    comment = say(group, round_, "lee")
    send(group, "fay", comment, "outcome", **CANNOT)
    assert "Does this reflect what you said?" in group.text("lee", "/review/mine")
    assert send(group, "lee", comment, "reflection", seen="1", reflects="partly", reflection="Half of it.") == 303
    page = group.text("fay", f"/review/rounds/{round_.id}/outcomes")
    assert "The answer does not fit" in page
    assert "Half of it." in group.text("fay", f"/review/comments/{comment}")


@pytest.mark.parametrize(
    ("name", "fields", "status"),
    [
        ("noor", {"reflects": "no", "seen": "1"}, 409),
        ("lee", {"reflects": "", "seen": "1"}, 400),
        ("lee", {"reflects": "forged", "seen": "1"}, 400),
        ("lee", {"reflects": "no", "reflection": "\u202eon", "seen": "1"}, 400),
        ("lee", {"reflects": "no", "seen": "7"}, 409),
    ],
)
def test_a_wrong_reflection_changes_nothing(
    group: Group, round_: Round, name: str, fields: dict[str, str], status: int
) -> None:
    comment = say(group, round_, "lee")
    send(group, "fay", comment, "outcome", **CANNOT)
    assert send(group, name, comment, "reflection", **fields) == status
    assert audit(group)[0].action == "refused: say if it reflects"
    assert load_course(group.store, comment).reflections == ()


def test_its_author_opens_it_again_once(group: Group, round_: Round) -> None:
    comment = say(group, round_, "lee")
    send(group, "fay", comment, "outcome", **CANNOT)
    assert send(group, "lee", comment, "reopen", seen="1", reason="") == 400
    assert send(group, "lee", comment, "reopen", seen="1", reason="That is not the law.") == 303
    assert missing(group, round_) == (comment,)
    assert "Opened again" in group.text("fay", f"/review/rounds/{round_.id}/outcomes")
    assert send(group, "fay", comment, "outcome", **{**CANNOT, "seen": "1"}) == 303
    assert missing(group, round_) == ()
    rows = len(audit(group))
    assert send(group, "lee", comment, "reopen", seen="2", reason="Still not.") == 409
    assert len(audit(group)) == rows + 1
    assert missing(group, round_) == ()
    page = group.text("lee", f"/review/comments/{comment}")
    assert page.index("Cannot change") < page.index("That is not the law.")
    assert "Open it again</button>" not in page


def test_nobody_opens_the_comment_of_somebody_else(group: Group, round_: Round) -> None:
    comment = say(group, round_, "lee")
    send(group, "fay", comment, "outcome", **CANNOT)
    for name in ("noor", "fay"):
        assert send(group, name, comment, "reopen", seen="1", reason="No.") == 409
        assert audit(group)[0].action == "refused: reopen comment"
    assert load_course(group.store, comment).reopening is None


def test_opened_after_the_review_it_is_to_be_talked_about_until_a_day(group: Group, round_: Round) -> None:
    comment, late = say(group, round_, "lee"), say(group, round_, "lee", "Another")
    for each in (comment, late):
        send(group, "fay", each, "outcome", **CANNOT)
    end_review(group, round_)
    assert "2 November 2026" in group.text("lee", f"/review/comments/{comment}")  # 20 working days after 5 October
    assert send(group, "lee", comment, "reopen", seen="1", reason="No.") == 303
    outcome = latest_outcomes(group.store, round_.id)[comment]
    assert (outcome.became, outcome.seq, str(outcome.due_on)) == (Became.DISCUSS, 2, "2026-11-02")
    assert missing(group, round_) == ()
    group.clock.advance(days=29)
    group.sign_out()
    assert send(group, "lee", late, "reopen", seen="1", reason="No.") == 409
    assert load_course(group.store, late).reopening is None


def test_a_comment_is_seen_by_those_who_were_asked_and_by_nobody_else(group: Group, round_: Round) -> None:
    comment = say(group, round_, "lee")
    page = f"/review/comments/{comment}"
    assert "What is control?" in group.text("sue", page)
    assert group.app.test_client().get(page).status_code == 303
    group.store.journal.run(
        lambda cursor: cursor.execute("delete from asked where account = ?", [group.accounts["tom"].id])
    )
    assert group.get("tom", page).status_code == 404
    assert group.get("lee", "/review/comments/99999999999999999999").status_code == 404


def test_what_was_hidden_or_not_confirmed_is_not_shown_to_others(group: Group, round_: Round) -> None:
    hidden, waiting = say(group, round_, "lee", "A name"), say(group, round_, "lee", "On paper")
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "update comments set hidden_because = 'It names somebody' where comment = ?", [hidden]
        )
    )
    group.store.journal.run(
        lambda cursor: cursor.execute("update comments set confirmed_at = null where comment = ?", [waiting])
    )
    page = group.text("noor", f"/review/comments/{hidden}")
    assert "A name" not in page
    assert "It names somebody" in page
    assert "A name" in group.text("lee", f"/review/comments/{hidden}")
    assert group.get("noor", f"/review/comments/{waiting}").status_code == 404
    assert missing(group, round_) == ()
