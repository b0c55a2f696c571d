"""Stories: told, hidden with a reason and taken back; without votes, kinds or outcomes."""

from __future__ import annotations

from survey.coproduction.refusals import NotAllowed
from survey.store.audit import list_audit
from survey.store.group.stories import stories_of
from tests.survey.review.group import Group
from tests.survey.review.saying.sending import send

PAGE = "/review/rounds/1/stories"


def test_a_story_is_told_once_hidden_with_a_reason_and_taken_back(group: Group) -> None:
    group.open_round()
    for _ in range(2):
        assert send(group, "lee", PAGE, words="It took a year.\r\nThen it came.").status_code == 303
    (story,) = stories_of(group.store, 1)
    assert story.words == "It took a year.\nThen it came."
    assert "It took a year." in group.text("noor", PAGE)
    assert send(group, "noor", "/review/stories/1/hide", because="x").status_code == 409
    assert send(group, "fay", "/review/stories/1/hide", because="It names a nurse.").status_code == 303
    assert send(group, "fay", "/review/stories/1/hide", because="Again.").status_code == 409
    hidden = group.text("noor", PAGE)
    assert "It names a nurse." in hidden
    assert "It took a year." not in hidden
    assert (
        send(
            group,
            "fay",
            "/review/stories/1/show",
        ).status_code
        == 303
    )
    assert "It took a year." in group.text("noor", PAGE)
    assert (
        send(
            group,
            "noor",
            "/review/stories/1/take-back",
        ).status_code
        == 409
    )
    assert (
        send(
            group,
            "lee",
            "/review/stories/1/take-back",
        ).status_code
        == 303
    )
    assert stories_of(group.store, 1) == ()
    assert group.store.rows("select count(*) from stories") == [(1,)]
    assert all("year" not in str(row.details) for row in list_audit(group.store))


def test_a_story_that_cannot_be_told_stays_in_the_form(group: Group) -> None:
    group.open_round()
    answer = send(group, "lee", PAGE, words="A secret\u200b.")
    assert answer.status_code == 400
    assert "There are hidden characters" in answer.get_data(as_text=True)
    assert list_audit(group.store)[0].details["why"] == NotAllowed.HIDDEN_CHARACTERS
    group.clock.advance(days=22)
    group.sign_out()
    assert "Tell your story" not in group.text("lee", PAGE)
