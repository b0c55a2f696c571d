"""The page of one question of a draft: who may read it, what it says beside the question, and going on to the next."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from survey.coproduction.rounds import Act
from survey.questionnaire.model import Questionnaire
from survey.review.reading.draft import find_standing
from survey.store.accounts import Role
from survey.store.audit import list_audit
from survey.store.clock import to_stored
from survey.store.group.acting import carry_out_in_round
from survey.store.group.reading_progress import read_items
from survey.store.group.rounds import list_rounds, load_round, move_round
from survey.store.waves import open_wave
from tests.survey.review.group import SMALL, Group
from tests.survey.store.group.test_item_history import insert, say


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def open_last_year(group: Group, text: str) -> None:
    """The wave of 2025 asked the first question in other words, and did not ask the last."""
    source = json.loads(json.dumps(SMALL))
    source["sections"][0]["pages"][0]["items"][0]["text"] = text
    source["sections"][0]["pages"].pop()
    questionnaire = Questionnaire.model_validate_json(json.dumps(source))
    open_wave(
        group.store,
        wave="2025",
        questionnaire=questionnaire,
        vintage="2026",
        open_link=True,
        made_up=True,
        now=group.clock(),
    )


def test_a_question_stands_with_all_that_helps_to_judge_it(group: Group) -> None:
    open_last_year(group, "How much control do you have?")
    group.clock.advance(hours=1)
    first = group.open_round()
    comment = say(group, "lee", first.id, "Control <b>over</b> what?")
    insert(
        group,
        "outcomes",
        comment=comment,
        seq=1,
        became="changed",
        words="We say what over.",
        power="The group",
        owner="",
        decided_by=8,
        decided_at=to_stored(group.clock()),
    )
    group.clock.advance(days=30)
    round = group.open_round()

    page = words_of(group.text("noor", f"/review/rounds/{round.id}/questions/1"))
    assert "Question 1 of 3" in page
    assert "You have read 0 of 3 questions." in page
    assert "Everyone is asked." in page
    assert "The answer decides who is asked question: Question 3" in page
    assert "The survey of 2025 asked: How much control do you have?" in page
    assert "Then How much control do you have?" in page
    assert "Now How much control do you have over your support?" in page
    assert "lee , 5 October 2026, The questions for next year . What it means." in page
    assert "Control &lt;b&gt;over&lt;/b&gt; what?" in page
    assert "Changed. We say what over. Decided by: The group" in page
    assert "Asked what they think The question is here" in page
    assert "People who live with a budget have said what they think of it." in page

    third = words_of(group.text("noor", f"/review/rounds/{round.id}/questions/3"))
    assert "Asked only if “How much control do you have over your support?” was answered" in third
    assert "The survey of 2025 did not ask this. It is a new question." in third
    assert "Told about it The question is here" in third


def test_a_hard_wording_is_named_with_what_to_do_about_it(group: Group) -> None:
    source = {**SMALL, "sections": [{**SMALL["sections"][0]}]}  # type: ignore[index]
    page = dict(source["sections"][0]["pages"][1])  # type: ignore[index]
    page["items"] = [{**page["items"][0], "text": "Did you utilise your budget recently?"}]
    source["sections"][0]["pages"] = [page]  # type: ignore[index]
    round = group.open_round(source)
    said = words_of(group.text("lee", f"/review/rounds/{round.id}/questions/1"))
    assert "An unclear time recently is a different time for each person. Name a time" in said
    assert "This survey has not been asked before." in said


def test_going_on_marks_a_question_as_read_and_ends_at_the_round(group: Group) -> None:
    round = group.open_round()
    here = f"/review/rounds/{round.id}/questions"
    answer = group.post("lee", f"{here}/1", locale="ur", format="audio", answering="proxy")
    assert answer.status_code == 303
    assert answer.location == f"{here}/2?locale=ur&format=audio&answering=proxy"
    assert "You have read 1 of 3 questions." in words_of(group.text("lee", f"{here}/2"))
    assert "You have read this one." in words_of(group.text("lee", f"{here}/1"))
    assert group.post("lee", f"{here}/3").location == f"/review/rounds/{round.id}"
    assert read_items(group.store, round.id, group.accounts["lee"].id) == {"control", "times"}
    assert read_items(group.store, round.id, group.accounts["noor"].id) == frozenset()


def test_only_those_who_were_asked_read_it(group: Group) -> None:
    round = group.open_round()
    prepared = group.prepare_round()
    group.add("zed", Role.CARER)
    group.add("ana", Role.ANALYST)
    stranger = group.app.test_client()
    for page in ("questions/1", "frame/1", "order", "map", "pack", "pack.pdf"):
        refused = group.get("zed", f"/review/rounds/{round.id}/{page}")
        assert refused.status_code == 409
        assert "You were not asked to take part in this round." in refused.get_data(as_text=True)
        assert stranger.get(f"/review/rounds/{round.id}/{page}").location.startswith("/staff/")
    assert group.get("lee", f"/review/rounds/{prepared.id}/questions/1").status_code == 409
    assert group.get("ana", f"/review/rounds/{round.id}/questions/1").status_code == 403
    for number in (99, 10**30):
        assert group.get("lee", f"/review/rounds/{number}/questions/1").status_code == 404
    assert "This round is not open yet." in group.text("fay", f"/review/rounds/{prepared.id}/questions/1")
    for nowhere in (0, 4, 10**30):
        assert group.get("lee", f"/review/rounds/{round.id}/questions/{nowhere}").status_code == 404

    before = list_audit(group.store)
    answer = group.post("zed", f"/review/rounds/{round.id}/questions/1", seen_on="/review/")
    assert answer.status_code == 409
    row, *rest = list_audit(group.store)
    assert len(rest) == len(before)
    assert (row.actor, row.action) == ("zed", "refused: mark question read")
    assert read_items(group.store, round.id, group.accounts["zed"].id) == frozenset()


def test_an_old_draft_says_at_the_top_since_when_and_what_came_after(group: Group) -> None:
    first = group.open_round()
    pages = [f"/review/rounds/{first.id}/{page}" for page in ("questions/1", "order", "pack")]
    for page in pages:
        assert "This is how it stood on" not in group.text("lee", page)
    group.clock.advance(days=30)
    second = group.open_round(title="The second look")
    for page in pages:
        said = words_of(group.text("kim", page))
        assert "This is how it stood on 4 November 2026." in said
        assert "There is a newer round: The second look" in said
    carry_out_in_round(
        group.store,
        group.deed("fay"),
        second.id,
        lambda cursor: move_round(
            cursor, second.id, Act.CALL_OFF, group.clock(), ended_at=to_stored(group.clock() + timedelta(days=1))
        ),
    )
    over = load_round(group.store, second.id)
    standing = find_standing(over, list_rounds(group.store))
    assert (standing.is_over, standing.has_new_version, standing.newer) == (True, False, None)
    page = words_of(group.text("kim", f"/review/rounds/{second.id}/questions/1"))
    assert "This is how it stood on 5 November 2026. Nothing can be said about it here any more." in page
    assert "I have read this" not in page
    assert group.post("kim", f"/review/rounds/{second.id}/questions/1", seen_on="/review/").status_code == 409
