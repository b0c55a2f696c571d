"""Suggesting changes: each kind from its form to its difference, sent once, withdrawn until it is in the vote."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from survey.coproduction.fitting import DoesNotFit
from survey.coproduction.refusals import NotAllowed
from survey.coproduction.saying_rules import NotSaid
from survey.coproduction.suggestions import (
    AddOption,
    AddQuestion,
    DropOption,
    DropQuestion,
    Fate,
    MoveQuestion,
    OrderOptions,
    Reword,
    Suggestion,
)
from survey.questionnaire.model import ChoiceItem, NumberItem, ScaleItem
from survey.store.audit import list_audit
from survey.store.group.suggestions import settle_suggestion, suggestions_of
from tests.survey.review.group import Group
from tests.survey.review.saying.sending import send

BASE = "/review/rounds/1/suggest"
ORDER = {"place-a_lot": "3", "place-some": "2", "place-none": "1"}
CHOICE = {"type": "choice", "text": "Who helps you?", "hint": "Pick one.", "answers": "A friend\n\nNobody\nA friend"}


def suggested(group: Group) -> tuple[Suggestion, ...]:
    return suggestions_of(group.store, 1)


def reasons(group: Group) -> list[str]:
    return [row.details["why"] for row in list_audit(group.store) if row.action.startswith("refused")]


def test_every_kind_of_change_is_read_from_its_form_and_shown_as_a_difference(group: Group) -> None:
    group.open_round()
    forms = (
        ("control/words/text:proxy", {"words": "How much say do they have?"}),
        ("control/words/hint", {"words": ""}),
        ("control/words/option.some.text", {"words": "A bit"}),
        ("helped/words/hint", {"words": "Big or small."}),
        ("control/answer", {"words": "I do not know", "before": "none"}),
        ("control/drop-answer", {"code": "some"}),
        ("control/order", ORDER),
        ("times/drop", {"why": "Nobody counts."}),
        ("times/move", {"after": "control"}),
    )
    for path, fields in forms:
        assert send(group, "lee", f"{BASE}/{path}", **fields).status_code == 303, path
    assert [each.change for each in suggested(group)] == [
        Reword(item="control", field="text", variant="proxy", words="How much say do they have?"),
        Reword(item="control", field="hint", words=""),
        Reword(item="control", field="option.some.text", words="A bit"),
        Reword(item="helped", field="hint", words="Big or small."),
        AddOption(item="control", code="i_do_not_know", words="I do not know", before="none"),
        DropOption(item="control", code="some"),
        OrderOptions(item="control", codes=("none", "some", "a_lot")),
        DropQuestion(item="times"),
        MoveQuestion(item="times", after="control"),
    ]
    page = group.text("noor", "/review/rounds/1/questions/1")
    assert "<del>control does the person have over their support?</del>" in page
    assert "<ins>A bit</ins>" in page
    assert "<ins>I do not know</ins>" in page
    assert "Nobody counts." in group.text("noor", "/review/rounds/1/suggestions")


def test_a_new_question_of_each_kind_gets_its_names_from_its_words(group: Group) -> None:
    group.open_round()
    forms = (
        {**CHOICE, "after": "control"},
        {"type": "scale", "text": "How happy are you?", "answers": "Not at all\nVery", "after": "first"},
        {"type": "number", "text": "How old are you?", "after": "helped"},
        *({"type": kind, "text": f"About {kind}", "after": "helped"} for kind in ("date", "short_text", "long_text")),
        {"type": "statement", "text": "Thank you.", "after": "times"},
        {"type": "choices", "text": "کون مدد کرتا ہے؟", "answers": "دوست\nکوئی نہیں", "after": "times"},
    )
    for fields in forms:
        assert send(group, "lee", BASE, **fields).status_code == 303, fields
    changes = [each.change for each in suggested(group)]
    questions = [change.question for change in changes if isinstance(change, AddQuestion)]
    assert [each.id for each in questions][:3] == ["who_helps_you", "how_happy_are_you", "how_old_are_you"]
    assert questions[-1].id == "question"
    first, scale, number = questions[:3]
    assert isinstance(first, ChoiceItem)
    assert [option.code for option in first.options] == ["a_friend", "nobody", "a_friend_2"]
    assert isinstance(scale, ScaleItem)
    assert (scale.min_text, scale.max_text) == ("Not at all", "Very")
    assert isinstance(number, NumberItem)
    assert isinstance(changes[1], AddQuestion)
    assert changes[1].after == ""


def test_a_change_is_looked_at_before_it_is_sent_and_sent_once(group: Group) -> None:
    group.open_round()
    path = f"{BASE}/control/words/text:self"
    assert "How much control do you have over your support?" in group.text("lee", path)
    looked = send(group, "lee", path, words="How much say do you have?", why="Shorter.", action="look")
    page = looked.get_data(as_text=True)
    assert "<ins>say</ins>" in page
    assert "Shorter.</textarea>" in page
    assert suggested(group) == ()
    for _ in range(2):
        assert send(group, "lee", path, words="How much say do you have?").status_code == 303
    question = {**CHOICE, "after": "control"}
    for _ in range(2):
        assert send(group, "lee", BASE, **question).status_code == 303
    assert len(suggested(group)) == 2
    assert reasons(group) == [NotSaid.SAID_ALREADY] * 2
    send(group, "noor", BASE, **{**question, "answers": "Nobody\nMy sister"})
    ids = [each.change.question.id for each in suggested(group) if isinstance(each.change, AddQuestion)]
    assert ids == ["who_helps_you", "who_helps_you_2"]


def test_what_does_not_fit_is_put_right_in_the_form(group: Group) -> None:
    group.open_round()
    wrong: tuple[tuple[str, dict[str, str], str], ...] = (
        (
            "/control/words/text:self",
            {"words": "How much control do you have over your support?"},
            DoesNotFit.NOTHING_NEW,
        ),
        ("/control/words/text:self", {"words": "turn \u202eround"}, NotAllowed.HIDDEN_CHARACTERS),
        ("/control/words/text:self", {"words": "x" * 1_000_000}, NotAllowed.TOO_LONG),
        ("/control/words/text:self", {"words": ""}, NotAllowed.EMPTY),
        ("/control/drop-answer", {"code": "nothing"}, DoesNotFit.NO_ANSWER),
        ("/control/drop-answer", {}, NotSaid.NOTHING_CHOSEN),
        ("/control/order", {**ORDER, "place-some": "3"}, NotSaid.NOTHING_CHOSEN),
        ("/control/drop", {}, DoesNotFit.DEPENDED_ON),
        ("/control/move", {"after": "times"}, DoesNotFit.TOO_EARLY),
        ("", {**CHOICE, "after": "nothing"}, DoesNotFit.NO_QUESTION),
        ("", {**CHOICE, "answers": "Only one", "after": "control"}, NotSaid.TOO_FEW_ANSWERS),
        ("", {**CHOICE, "type": "area", "after": "control"}, NotSaid.NOTHING_CHOSEN),
    )
    for path, fields, why in wrong:
        before = len(reasons(group))
        answer = send(group, "lee", f"{BASE}{path}", **fields)
        assert answer.status_code == 400, (path, fields)
        assert "<title>Error: " in answer.get_data(as_text=True)
        assert reasons(group)[0].startswith(why), path
        assert len(reasons(group)) == before + 1
    assert suggested(group) == ()
    nowhere = ("/nothing/drop", "/control/sing", "/helped/order", "/control/words/option.x.text", "/control/words")
    for path in nowhere:
        assert group.get("lee", f"{BASE}{path}").status_code == 404, path


def test_nothing_is_suggested_after_the_last_day(group: Group) -> None:
    group.open_round()
    path = f"{BASE}/times/drop"
    assert send(group, "lee", path, hat="job").status_code == 400
    assert reasons(group) == [NotSaid.NOT_THIS_HAT]
    group.clock.advance(days=22)
    group.sign_out()
    assert (
        send(
            group,
            "lee",
            path,
        ).status_code
        == 409
    )
    assert suggested(group) == ()


def test_a_suggestion_answers_a_comment_of_its_own_round(group: Group) -> None:
    group.open_round()
    said = {"field": "all", "kind": "other", "words": "Too long."}
    send(group, "noor", "/review/rounds/1/say?item=times", **said)
    assert "suggest/times/drop?comment=1" in group.text("lee", f"{BASE}/times?comment=1")
    path = f"{BASE}/times/drop"
    for number in ("7", "9" * 60, "-" + "9" * 60):
        assert send(group, "lee", path, comment=number).status_code == 400
    send(group, "lee", f"{path}?comment=1", comment="1")
    (suggestion,) = suggested(group)
    assert suggestion.comment == 1


def test_an_author_withdraws_a_suggestion_until_it_is_put_to_the_vote(group: Group) -> None:
    group.open_round()
    for path in ("times/drop", "helped/drop"):
        send(group, "lee", f"{BASE}/{path}")

    def put_to_the_vote(cursor: DuckDBPyConnection) -> None:
        settle_suggestion(cursor, 2, Fate.IN_VOTE, group.clock())

    group.store.journal.run(put_to_the_vote)
    page = "/review/rounds/1/suggestions"
    assert (
        send(
            group,
            "noor",
            "/review/suggestions/1/withdraw",
        ).status_code
        == 409
    )
    assert (
        send(
            group,
            "lee",
            "/review/suggestions/2/withdraw",
        ).status_code
        == 409
    )
    assert (
        send(
            group,
            "lee",
            "/review/suggestions/9/withdraw",
        ).status_code
        == 404
    )
    assert (
        send(
            group,
            "lee",
            "/review/suggestions/1/withdraw",
        ).status_code
        == 303
    )
    assert [each.fate for each in suggested(group)] == [Fate.WITHDRAWN, Fate.IN_VOTE]
    assert 'id="suggestion-1"' not in group.text("noor", page)
    assert send(group, "lee", f"{BASE}/times/drop").status_code == 303
    assert len(suggested(group)) == 3
