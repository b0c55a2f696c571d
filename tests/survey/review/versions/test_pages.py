"""From decision to question on the pages: a review is closed, a version goes live, a question tells its life."""

from __future__ import annotations

import json
import re

from markupsafe import Markup

from survey.coproduction.deciding import Result
from survey.coproduction.fitting import DoesNotFit
from survey.coproduction.going_live import NotLive
from survey.coproduction.people import Hat, Way
from survey.coproduction.proposing import Unsettled
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import State
from survey.coproduction.saying import Kind, Place
from survey.review.outside import Found, Outside, keep_outside
from survey.review.reasons import explain
from survey.store.audit import list_audit
from survey.store.group.acting import carry_out_in_round
from survey.store.group.agreeing import let_stand
from survey.store.group.comments import add_comment
from survey.store.group.decisions import decisions_of
from survey.store.group.rounds import list_rounds, load_round
from survey.store.versions import load_version
from survey.store.waves import open_wave
from tests.survey.review.group import Group
from tests.survey.review.versions.scenes import HINT, agree, agreed_round, close_review, pass_days, suggest

REWORDED: dict[str, object] = {
    "do": "reword",
    "item": "control",
    "field": "text",
    "variant": "self",
    "words": "How much say do you have?",
}


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def say(group: Group, number: int, words: str = "I do not know what <b>control</b> means.") -> int:
    lee = group.accounts["lee"].id

    def work(cursor: object) -> int:
        return add_comment(
            cursor,  # type: ignore[arg-type]
            number,
            Place("control", "text"),
            Kind.CLARITY,
            words,
            author=lee,
            hat=Hat.MEMBER,
            way=Way.SELF,
            entered_by=lee,
            now=group.clock(),
        )

    return carry_out_in_round(group.store, group.deed("lee", "comment"), number, work)


def test_the_review_is_closed_on_a_page_that_first_says_what_is_missing_and_what_will_come_of_it(group: Group) -> None:
    opened = group.open_round()
    comment = say(group, opened.id)
    suggest(group, opened, REWORDED, comment=comment)
    path = f"/review/rounds/{opened.id}/propose"
    page = text_of(group.text("fay", path))
    assert "Some comments have no answer yet. Number of them: 1." in page
    assert "The last day to vote on suggestions has not passed." in page
    assert "Close the review and make the new version" not in page
    rows = len(list_audit(group.store))
    answer = group.post("fay", path, seen_on="/review/me", nothing="")
    assert answer.status_code == 409
    assert "Some comments have no answer yet" in answer.get_data(as_text=True)
    assert len(list_audit(group.store)) == rows + 1
    assert load_round(group.store, opened.id).state is State.IN_REVIEW
    group.store.journal.run(
        lambda cursor: cursor.execute("update comments set hidden_because = 'a name' where comment = ?", [comment])
    )
    pass_days(group)
    page = group.text("fay", path)
    assert "Everything is settled." in text_of(page)
    assert "<ins>say</ins>" in page
    answer = group.post("fay", path)
    assert (answer.status_code, answer.location) == (303, f"/review/rounds/{opened.id}/new-version")
    assert load_round(group.store, opened.id).state is State.PROPOSED
    again = group.post("fay", path, seen_on="/review/me")
    assert again.status_code == 409
    assert "This is not open now" in again.get_data(as_text=True)


def test_only_a_facilitator_closes_a_review_and_a_round_that_there_is_not_is_refused(group: Group) -> None:
    opened = group.open_round()
    for name in ("lee", "fay", "sue"):
        group.client(name)
    rows = len(list_audit(group.store))
    for name, path, status in (
        ("lee", f"/review/rounds/{opened.id}/propose", 403),
        ("fay", "/review/rounds/99/propose", 404),
        ("fay", f"/review/rounds/{10**30}/go-live", 404),
        ("sue", f"/review/rounds/{opened.id}/translate", 403),
        ("fay", f"/review/rounds/{opened.id}/translate", 409),
        ("fay", f"/review/rounds/{opened.id}/go-live", 409),
        ("fay", f"/review/rounds/{opened.id}/retire", 409),
    ):
        answer = group.post(name, path, seen_on="/review/me")
        assert answer.status_code == status, path
        rows += 1
        assert len(list_audit(group.store)) == rows, path
    assert load_round(group.store, opened.id) == opened
    assert group.get("lee", f"/review/rounds/{opened.id}/propose").status_code == 403


def test_the_new_version_says_what_is_different_who_asked_for_it_and_what_it_means(group: Group) -> None:
    opened = group.open_round()
    comment = say(group, opened.id)
    suggest(group, opened, REWORDED, comment=comment, why="“Control” is <i>vague</i>.")
    suggest(group, opened, {**REWORDED, "words": "How free are you?"}, agrees=3, author="noor", why="Freedom counts.")
    suggest(group, opened, {"do": "drop_question", "item": "helped"}, result=Result.NOT_AGREED)
    path = f"/review/rounds/{opened.id}/new-version"
    assert "There is no new version yet." in group.text("lee", path)
    group.store.journal.run(
        lambda cursor: cursor.execute("insert into outcomes select 1, 1, 'cannot', 'x', 'x', null, '', null, 1, now()")
    )
    pass_days(group)
    close_review(group, opened)
    page = group.text("lee", path)
    assert "<del>control</del>" in page
    assert "<ins>say</ins>" in page
    assert "“Control” is &lt;i&gt;vague&lt;/i&gt;." in page
    assert "I do not know what &lt;b&gt;control&lt;/b&gt; means." in page
    said = text_of(page)
    assert "The group votes on version 2 as a whole, until" in said
    assert "Suggested by: lee (lives with a budget). Why:" in said
    assert "5 agree, 1 goes ahead without agreeing, 0 say stop." in said
    assert "A new beginning for the results." in said
    assert "Agreed, but overtaken" in said
    assert "Freedom counts." in said
    assert "What helped you?" not in said
    whole = decisions_of(group.store, opened.id)[-1]
    assert f"/review/decisions/{whole.id}" in page
    assert "/review/rounds/1/translate" not in page


def test_where_the_group_did_not_agree_the_version_that_stands_is_named(group: Group) -> None:
    for agreed in (False, True):
        if agreed:
            agreed_round(group, HINT)
        opened = group.open_round()
        suggest(group, opened, REWORDED)
        pass_days(group)
        close_review(group, opened)
        carry_out_in_round(
            group.store,
            group.deed("fay", "count"),
            opened.id,
            lambda cursor, number=opened.id: let_stand(cursor, number, group.clock()),  # type: ignore[misc]
        )
        said = text_of(group.text("lee", f"/review/rounds/{opened.id}/new-version"))
        assert ("No version was agreed before." in said) is not agreed
        assert ("which was agreed before, stays in use" in said) is agreed


def test_an_agreed_version_is_translated_goes_live_with_a_reason_and_is_retired(group: Group) -> None:
    agreed = agreed_round(group, REWORDED)
    path = f"/review/rounds/{agreed.id}"
    assert group.post("fay", f"{path}/translate", seen_on=f"{path}/new-version").status_code == 303
    rows = len(list_audit(group.store))
    live = f"{path}/go-live"
    assert "0 of 11 pieces of text." in text_of(group.text("fay", live))
    for typed, said, status in (
        ("", "Some languages are not complete.", 409),
        ("a\u202eb", "There are hidden characters", 400),
        ("x" * 501, "Make this shorter", 400),
    ):
        answer = group.post("fay", live, because=typed)
        page = answer.get_data(as_text=True)
        assert (answer.status_code, said in page, typed in page) == (status, True, True)
        rows += 1
        assert len(list_audit(group.store)) == rows
    assert load_round(group.store, agreed.id).state is State.TRANSLATING
    answer = group.post("fay", live, because="The rest follows in May.")
    assert (answer.status_code, load_round(group.store, agreed.id).state) == (303, State.LIVE)
    page = group.text("lee", f"{path}/new-version")
    assert "The rest follows in May." in page
    assert "The rest follows" not in json.dumps([dict(row.details) for row in list_audit(group.store)])
    assert group.post("fay", f"{path}/retire", seen_on=f"{path}/new-version").status_code == 303
    assert [each.state for each in list_rounds(group.store)] == [State.RETIRED]


def test_a_question_tells_its_life_over_rounds_and_waves(group: Group) -> None:
    found = (
        Found("2025", "1 May 2026", Markup("12 in 100 had a lot of control."), Markup("<svg></svg>")),
        Found("trial", "1 June 2026", Markup("Everyone had."), Markup("<svg></svg>")),
    )
    keep_outside(group.app, Outside(found=lambda questionnaire, item: found if item == "control" else ()))
    first = group.open_round()
    open_wave(
        group.store,
        wave="trial",
        questionnaire=load_version(group.store, first.version),
        vintage="2026",
        open_link=True,
        made_up=False,
        now=group.clock(),
    )
    comment = say(group, first.id)
    suggest(group, first, REWORDED, comment=comment)
    suggest(group, first, {"do": "drop_question", "item": "helped"}, why="Nobody reads it.")
    group.store.journal.run(
        lambda cursor: cursor.execute("insert into outcomes select 1, 1, 'cannot', 'x', 'x', null, '', null, 1, now()")
    )
    pass_days(group)
    close_review(group, first)
    agree(group, first)
    page = group.text("noor", "/review/questions/small/control")
    said = text_of(page)
    order = [
        "Version 1 asks it first",
        "How much control do you have over your support?",
        "What the survey trial found, as of 1 June 2026: Everyone had.",
        "Version 2 asks it in another way",
        "Suggested by: lee (lives with a budget). Why: It is clearer.",
        "It answers this comment of: lee (lives with a budget) I do not know what",
        "5 agree, 1 goes ahead",
        "A new beginning for the results.",
        "What it found in other surveys",
        "12 in 100 had",
    ]
    places = [said.index(each) for each in order]
    assert places == sorted(places)
    gone = text_of(group.text("noor", "/review/questions/small/helped"))
    assert "Version 2 no longer asks it" in gone
    assert "Nobody reads it." in gone
    assert group.get("noor", "/review/questions/small/nothing").status_code == 404
    assert group.get("noor", "/review/questions/none/control").status_code == 404


def test_all_versions_are_listed_with_their_rounds_and_what_is_different(group: Group) -> None:
    agreed = agreed_round(group, HINT)
    group.prepare_round(
        {**load_version(group.store, agreed.new_version).model_dump(mode="json", by_alias=True), "version": "9"}
    )
    page = group.text("lee", "/review/versions/small")
    said = text_of(page)
    assert re.findall(r"<h2[^>]*>Version <bdi dir=\"ltr\">(.)</bdi>", page) == ["2", "1"]
    assert "Made in: The questions for next year" in said
    assert "<ins>12 months.</ins>" in page
    assert 'Version <bdi dir="ltr">9' in group.text("fay", "/review/versions/small")
    assert group.get("lee", "/review/versions/none").status_code == 404
    assert group.app.test_client().get("/review/versions/small").status_code == 303


def test_every_reason_has_words(group: Group) -> None:
    with group.app.test_request_context():
        for reason in (*DoesNotFit, *Unsettled, *NotLive):
            (words,) = explain(Refused(reason, about={reason: "this"}))
            assert words.endswith((".", "this")), reason
