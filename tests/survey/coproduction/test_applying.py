"""Suggested changes made to a questionnaire: each kind, what does not fit, and what overtakes what."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from survey.coproduction.applying import Ranked, apply_all, apply_change, check_change, next_version
from survey.coproduction.fitting import DoesNotFit
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.suggestions import CHANGE, Change
from survey.questionnaire.check.structural import check_questionnaire
from survey.questionnaire.model import Answering, Questionnaire, Status
from survey.questionnaire.problems import Severity
from survey.questionnaire.text import choose
from survey.questionnaire.walk import items_of, pages_of


def option(code: str, text: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "text": text, **more}


def page(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": items[0]["id"].replace("_", "-"), "items": list(items), **more}


CONSENT = {
    "id": "consent",
    "type": "choice",
    "role": "consent",
    "required": True,
    "text": "Do you want to take part?",
    "options": [option("yes", "Yes"), option("no", "No")],
}
ANSWERING = {
    "id": "answering",
    "type": "choice",
    "role": "answering",
    "text": "Who is answering?",
    "options": [option("me", "Me", answering="self"), option("other", "Someone else", answering="proxy")],
}
CONTROL = {
    "id": "control",
    "type": "choice",
    "text": {"self": "How much control do you have?", "proxy": "How much control does the person have?"},
    "hint": "Think about the last year.",
    "options": [
        option("a_lot", "A lot", group="more"),
        option("some", "Some", group="more"),
        option("none", "None", group="less"),
    ],
    "groups": [{"code": "more", "text": "More"}, {"code": "less", "text": "Less"}],
    "measure": {"good": ["a_lot"]},
    "equivalent": [{"version": "2025.1", "reason": "Only a full stop was taken out of the wording."}],
}
USES = {
    "id": "uses",
    "type": "choice",
    "text": "What do you mostly buy?",
    "options": [option("care", "care at home"), option("things", "things")],
}
HELPED = {
    "id": "helped",
    "type": "long_text",
    "text": "How did {uses|what you buy} help?",
    "formats": {"easyread": {"text": "Did it help?", "image": "help.svg"}},
}
PARTS = {
    "id": "parts",
    "type": "grid",
    "text": "How easy was it?",
    "rows": [option("plan", "Making a plan"), option("pay", "Paying")],
    "options": [option("easy", "Easy"), option("hard", "Hard")],
}
WHY = {"id": "why", "type": "long_text", "text": "Why is that?"}

SOURCE: dict[str, Any] = {
    "id": "small",
    "version": "2026.1",
    "status": "draft",
    "language": "en-GB",
    "title": "A small survey",
    "purpose": "To hear how your budget is going.",
    "minutes": 5,
    "contact": {"name": "Survey team", "email": "team@example.org", "phone": "01632 960 123"},
    "accepted": [{"rule": "grammar", "at": "item.why.text", "reason": "The group wants it just as short as this."}],
    "sections": [
        {
            "id": "start",
            "title": "Start",
            "pages": [
                page(CONSENT, end={"kind": "refused", "when": {"item": "consent", "is": "no"}}),
                page(ANSWERING),
            ],
        },
        {"id": "budget", "title": "Your budget", "pages": [page(CONTROL), page(USES), page(HELPED)]},
        {
            "id": "more",
            "title": "More",
            "pages": [page(PARTS), page(WHY, show_if={"item": "control", "is": "none"})],
        },
    ],
}


def questionnaire(**more: Any) -> Questionnaire:
    return Questionnaire.model_validate_json(json.dumps({**copy.deepcopy(SOURCE), **more}))


def change(**parts: Any) -> Change:
    return CHANGE.validate_json(json.dumps(parts))


def reword(field: str, words: str, item: str = "control", variant: str = "") -> Change:
    return change(do="reword", item=item, field=field, words=words, variant=variant)


def applied(made: Change, **more: Any) -> Questionnaire:
    """A questionnaire with the change, which must be one that can be asked."""
    result = apply_change(questionnaire(**more), made)
    assert not [each for each in check_questionnaire(result) if each.severity is Severity.ERROR]
    return result


def item(result: Questionnaire, name: str) -> Any:
    return next(each for _, _, each in items_of(result) if each.id == name)


def order(result: Questionnaire) -> list[str]:
    return [each.id for _, _, each in items_of(result)]


def test_the_questionnaire_of_these_tests_can_be_asked() -> None:
    assert not [each for each in check_questionnaire(questionnaire()) if each.severity is Severity.ERROR]


# --- Words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "name", "found"),
    [
        ("hint", "control", lambda each: each.hint),
        ("text", "why", lambda each: each.text),
        ("hint", "why", lambda each: each.hint),
        ("option.some.text", "control", lambda each: each.options[1].text),
        ("option.some.hint", "control", lambda each: each.options[1].hint),
        ("row.pay.text", "parts", lambda each: each.rows[1].text),
        ("easyread.text", "helped", lambda each: each.formats.easyread.text),
        ("easyread.hint", "helped", lambda each: each.formats.easyread.hint),
    ],
)
def test_words_are_changed_wherever_there_are_words(field: str, name: str, found: Any) -> None:
    result = applied(reword(field, " Other words ", item=name))
    assert found(item(result, name)) == "Other words"
    assert [option.code for option in item(result, "control").options] == ["a_lot", "some", "none"]


def test_a_hint_can_be_taken_away_but_no_question_or_answer_can() -> None:
    assert item(applied(reword("hint", "")), "control").hint is None
    for field in ("option.some.text", "text"):
        with pytest.raises(Refused) as refused:
            check_change(questionnaire(), reword(field, " ", item="uses" if field == "text" else "control"))
        assert refused.value.reasons == (NotAllowed.EMPTY,)


def read(text: Any) -> list[str]:
    return [choose(text, answering)[0] for answering in Answering]


def test_words_for_one_kind_of_reader_leave_the_others_theirs() -> None:
    old = "What do you mostly buy?"
    proxy = item(applied(reword("text", "What do they buy?", item="uses", variant="proxy")), "uses").text
    assert read(proxy) == [old, old, "What do they buy?", "What do they buy?"]
    own = item(applied(reword("text", "What do you buy?", item="uses", variant="self")), "uses").text
    assert read(own) == ["What do you buy?", "What do you buy?", old, old]
    child = item(applied(reword("text", "What is bought for your child?", variant="child")), "control").text
    assert read(child)[2:] == ["How much control does the person have?", "What is bought for your child?"]
    without = item(applied(reword("text", "", variant="proxy")), "control").text
    assert without == "How much control do you have?"


def test_a_wording_by_how_many_keeps_its_two_forms() -> None:
    counted = {**WHY, "text": {"count": "uses_many", "one": "Why this one?", "other": "Why these?"}}
    many = {**USES, "id": "uses_many", "type": "choices"}
    sections = [*SOURCE["sections"][:2], {"id": "more", "title": "More", "pages": [page(many), page(counted)]}]
    result = applied(reword("text", "Why all of these?", item="why", variant="other"), sections=sections)
    assert (item(result, "why").text.one, item(result, "why").text.other) == ("Why this one?", "Why all of these?")


def test_a_change_of_no_more_than_signs_is_a_change() -> None:
    assert item(applied(reword("hint", "Think about the last year")), "control").hint == "Think about the last year"


def test_other_words_end_the_claim_that_answers_are_those_to_earlier_words_and_a_hint_does_not() -> None:
    assert item(applied(reword("text", "How much say do you have?", variant="self")), "control").equivalent == ()
    assert len(item(applied(reword("hint", "Think back.")), "control").equivalent) == 1


# --- Answers and questions --------------------------------------------------------


def test_an_answer_is_added_in_its_place_and_in_the_group_beside_it() -> None:
    added = applied(change(do="add_option", item="control", code="a_bit", words="A bit", before="none"))
    assert [(each.code, each.group) for each in item(added, "control").options][2] == ("a_bit", "less")
    at_the_end = applied(change(do="add_option", item="uses", code="both", words="Both"))
    assert [each.code for each in item(at_the_end, "uses").options] == ["care", "things", "both"]


def test_an_answer_goes_with_what_was_said_of_it_alone() -> None:
    sections = copy.deepcopy(SOURCE["sections"])
    sections[2]["pages"].pop()
    left = applied(change(do="drop_option", item="control", code="none"), sections=sections, accepted=[])
    assert [group.code for group in item(left, "control").groups] == ["more"]


def test_answers_are_put_in_another_order() -> None:
    turned = applied(change(do="order_options", item="control", codes=["none", "some", "a_lot"]))
    assert [(each.code, each.text) for each in item(turned, "control").options] == [
        ("none", "None"),
        ("some", "Some"),
        ("a_lot", "A lot"),
    ]


def test_a_question_is_added_on_a_page_of_its_own_whose_address_is_free() -> None:
    question = {"id": "goodbye", "type": "short_text", "text": "Anything else?"}
    added = applied(change(do="add_question", question=question, after="control"))
    assert order(added)[2:4] == ["control", "goodbye"]
    assert [each.page.id for each in pages_of(added)][3] == "goodbye-2"


def test_a_question_is_dropped_with_its_page_its_section_and_what_was_accepted_of_it() -> None:
    dropped = applied(change(do="drop_question", item="why"))
    assert "why" not in order(dropped)
    assert dropped.accepted == ()
    both = apply_change(dropped, change(do="drop_question", item="parts"))
    assert [section.id for section in both.sections] == ["start", "budget"]


def test_a_question_is_moved_with_its_page() -> None:
    moved = applied(change(do="move_question", item="why", after="control"))
    assert order(moved) == ["consent", "answering", "control", "why", "uses", "helped", "parts"]
    assert next(each.page.show_if for each in pages_of(moved) if each.page.id == "why") is not None


def test_a_question_is_moved_on_its_page() -> None:
    sections = [*SOURCE["sections"][:2], {"id": "more", "title": "More", "pages": [page(PARTS, WHY)]}]
    assert order(applied(change(do="move_question", item="parts", after="why"), sections=sections))[-2:] == [
        "why",
        "parts",
    ]


# --- What does not fit ------------------------------------------------------------

NEW = {"id": "control", "type": "short_text", "text": "New?"}
HIDDEN = "Some \N{RIGHT-TO-LEFT OVERRIDE}words"


@pytest.mark.parametrize(
    ("suggested", "reason", "about"),
    [
        ({"do": "reword", "item": "gone", "field": "text", "words": "x"}, DoesNotFit.NO_QUESTION, ""),
        ({"do": "reword", "item": "uses", "field": "measure.good", "words": "x"}, DoesNotFit.NO_WORDS, ""),
        ({"do": "reword", "item": "why", "field": "easyread.text", "words": "x"}, DoesNotFit.NO_WORDS, ""),
        ({"do": "reword", "item": "uses", "field": "option.gone.text", "words": "x"}, DoesNotFit.NO_ANSWER, ""),
        ({"do": "reword", "item": "control", "field": "text", "words": "x"}, DoesNotFit.WHICH_READERS, ""),
        ({"do": "reword", "item": "uses", "field": "text", "words": "x", "variant": "cat"}, DoesNotFit.NO_WORDS, ""),
        (
            {"do": "reword", "item": "uses", "field": "text", "words": "What do you mostly buy?"},
            DoesNotFit.NOTHING_NEW,
            "",
        ),
        (
            {"do": "reword", "item": "uses", "field": "text", "words": "What do you mostly buy?", "variant": "self"},
            DoesNotFit.NOTHING_NEW,
            "",
        ),
        ({"do": "reword", "item": "helped", "field": "text", "words": "Did it?"}, DoesNotFit.KEEP_MARKS, "{uses|…}"),
        ({"do": "reword", "item": "uses", "field": "text", "words": "What {do you buy?"}, DoesNotFit.BRACES, ""),
        (
            {"do": "reword", "item": "uses", "field": "text", "words": "After {why}?"},
            DoesNotFit.TOO_EARLY,
            "“After [answer]?”",
        ),
        ({"do": "reword", "item": "uses", "field": "text", "words": HIDDEN}, NotAllowed.HIDDEN_CHARACTERS, ""),
        ({"do": "reword", "item": "uses", "field": "text", "words": "x" * 5001}, NotAllowed.TOO_LONG, ""),
        ({"do": "reword", "item": "uses", "field": "text", "words": "A <b>bold</b> one"}, DoesNotFit.UNUSABLE, "HTML"),
        ({"do": "add_option", "item": "uses", "code": "care", "words": "x"}, DoesNotFit.TAKEN, ""),
        ({"do": "add_option", "item": "uses", "code": "both", "words": " "}, NotAllowed.EMPTY, ""),
        ({"do": "add_option", "item": "uses", "code": "Bo th", "words": "x"}, DoesNotFit.UNUSABLE, "Bo th"),
        ({"do": "add_option", "item": "uses", "code": "a", "words": "x", "before": "gone"}, DoesNotFit.NO_ANSWER, ""),
        ({"do": "add_option", "item": "why", "code": "both", "words": "x"}, DoesNotFit.NO_ANSWERS, ""),
        ({"do": "add_option", "item": "answering", "code": "both", "words": "x"}, DoesNotFit.STEERS, "Who"),
        ({"do": "drop_option", "item": "uses", "code": "care"}, DoesNotFit.TOO_FEW_ANSWERS, ""),
        ({"do": "drop_option", "item": "control", "code": "a_lot"}, DoesNotFit.COUNTED, ""),
        ({"do": "drop_option", "item": "control", "code": "none"}, DoesNotFit.DEPENDED_ON, "“Why is that?”"),
        ({"do": "order_options", "item": "uses", "codes": ["care", "care"]}, DoesNotFit.WHICH_ANSWERS, ""),
        ({"do": "add_question", "question": NEW, "after": "why"}, DoesNotFit.TAKEN, ""),
        ({"do": "add_question", "question": {**NEW, "id": "new"}, "after": ""}, DoesNotFit.CONSENT_FIRST, ""),
        ({"do": "add_question", "question": {**NEW, "id": "meta_new"}, "after": "why"}, DoesNotFit.TAKEN, ""),
        ({"do": "add_question", "question": {**CONSENT, "id": "again"}, "after": "why"}, DoesNotFit.STEERS, ""),
        ({"do": "drop_question", "item": "consent"}, DoesNotFit.NEEDED, ""),
        ({"do": "drop_question", "item": "answering"}, DoesNotFit.NEEDED, ""),
        ({"do": "drop_question", "item": "control"}, DoesNotFit.DEPENDED_ON, "“Why is that?”"),
        ({"do": "drop_question", "item": "uses"}, DoesNotFit.DEPENDED_ON, "“How did [answer] help?”"),
        ({"do": "move_question", "item": "why", "after": "answering"}, DoesNotFit.TOO_EARLY, "“Why is that?”"),
        ({"do": "move_question", "item": "why", "after": "gone"}, DoesNotFit.NO_QUESTION, ""),
        ({"do": "move_question", "item": "why", "after": "why"}, DoesNotFit.NOTHING_NEW, ""),
        ({"do": "move_question", "item": "why", "after": "parts"}, DoesNotFit.NOTHING_NEW, ""),
        ({"do": "move_question", "item": "why", "after": ""}, DoesNotFit.CONSENT_FIRST, ""),
    ],
    ids=lambda each: str(each) if isinstance(each, str) else "",
)
def test_what_does_not_fit_is_refused_with_its_reason(suggested: dict[str, Any], reason: Any, about: str) -> None:
    before = questionnaire()
    with pytest.raises(Refused) as refused:
        check_change(before, change(**suggested))
    assert reason in refused.value.reasons
    assert about in refused.value.about.get(reason, "")
    assert before == questionnaire()


def test_what_was_wrong_before_does_not_keep_the_group_from_mending_the_rest() -> None:
    broken = questionnaire(contact={"name": "Survey team", "email": "none", "phone": "01632 960 123"})
    assert item(apply_change(broken, reword("hint", "Think back.")), "control").hint == "Think back."


def test_the_last_question_stays() -> None:
    alone = questionnaire(sections=[{"id": "more", "title": "More", "pages": [page(WHY)]}], accepted=[])
    with pytest.raises(Refused) as refused:
        check_change(alone, change(do="drop_question", item="why"))
    assert refused.value.reasons == (DoesNotFit.LAST,)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        '{"do": "erase", "item": "control"}',
        '{"do": "drop_question"}',
        '{"do": "drop_question", "item": "why", "more": 1}',
        '{"do": "add_question", "after": "", "question": {"id": "Why", "type": "long_text", "text": "Why?"}}',
        '{"do": "order_options", "item": "uses", "codes": "care"}',
    ],
)
def test_json_that_is_no_change_is_not_valid(source: str) -> None:
    with pytest.raises(ValidationError):
        CHANGE.validate_json(source)


# --- All that were agreed ---------------------------------------------------------


def test_everything_agreed_makes_the_next_draft() -> None:
    result = apply_all(
        questionnaire(status="agreed"),
        [
            Ranked(1, reword("hint", "Think back."), 5),
            Ranked(2, change(do="order_options", item="control", codes=["none", "some", "a_lot"]), 5),
            Ranked(3, change(do="add_option", item="control", code="a_bit", words="A bit", before="some"), 5),
            Ranked(4, change(do="drop_question", item="why"), 5),
            Ranked(5, change(do="add_question", question={**WHY, "id": "because"}, after="why"), 5),
        ],
    )
    assert (result.applied, result.overtaken) == ((1, 2, 3, 4, 5), ())
    assert (result.questionnaire.version, result.questionnaire.status) == ("2026.2", Status.DRAFT)
    assert [each.code for each in item(result.questionnaire, "control").options] == ["none", "a_bit", "some", "a_lot"]
    assert order(result.questionnaire)[-1] == "because"


def test_with_nothing_agreed_it_is_the_same_version() -> None:
    assert apply_all(questionnaire(), []).questionnaire == questionnaire()


@pytest.mark.parametrize(("votes", "wins"), [((4, 5), 2), ((5, 4), 1), ((5, 5), 1)])
def test_of_two_about_the_same_words_the_one_with_more_votes_wins_and_of_equal_ones_the_earlier(
    votes: tuple[int, int], wins: int
) -> None:
    ranked = [
        Ranked(number, reword("hint", f"Hint {number}"), agrees) for number, agrees in zip((1, 2), votes, strict=True)
    ]
    result = apply_all(questionnaire(), ranked)
    assert item(result.questionnaire, "control").hint == f"Hint {wins}"
    assert (result.applied, result.overtaken) == ((wins,), (3 - wins,))


def test_words_for_other_readers_and_the_same_change_twice_do_not_overtake_each_other() -> None:
    same = reword("hint", "Think back.")
    ranked = [
        Ranked(1, reword("text", "How much say do you have?", variant="self"), 5),
        Ranked(2, reword("text", "How much say do they have?", variant="proxy"), 4),
        Ranked(3, same, 3),
        Ranked(4, same, 3),
    ]
    assert apply_all(questionnaire(), ranked).applied == (1, 2, 3, 4)


def test_what_no_longer_fits_because_of_another_is_overtaken() -> None:
    sections = copy.deepcopy(SOURCE["sections"])
    sections[1]["pages"][2]["items"][0]["text"] = "What helped?"
    ranked = [
        Ranked(1, change(do="drop_question", item="uses"), 6),
        Ranked(2, reword("text", "What do you buy?", item="uses"), 5),
        Ranked(3, reword("text", "How did {uses|this} help?", item="helped"), 5),
        Ranked(4, reword("hint", "Think back."), 1),
    ]
    result = apply_all(questionnaire(sections=sections), ranked)
    assert (result.applied, result.overtaken) == ((1, 4), (2, 3))


SUGGESTED = [
    reword("hint", "Think back."),
    reword("hint", "Think of last year."),
    reword("text", "What did you buy?", item="uses"),
    reword("text", "How did {uses|it} go?", item="helped"),
    reword("option.none.text", "Not at all"),
    change(do="order_options", item="control", codes=["none", "some", "a_lot"]),
    change(do="add_option", item="control", code="a_bit", words="A bit", before="none"),
    change(do="add_question", question={**WHY, "id": "because"}, after="helped"),
    change(do="drop_question", item="helped"),
    change(do="drop_question", item="why"),
    change(do="move_question", item="helped", after="parts"),
    change(do="move_question", item="parts", after="control"),
]


@settings(max_examples=15, deadline=None)
@given(
    ranked=st.lists(
        st.tuples(st.sampled_from(SUGGESTED), st.integers(1, 4)),
        min_size=1,
        max_size=6,
        unique_by=lambda each: id(each[0]),
    ),
    data=st.data(),
)
def test_the_result_does_not_depend_on_the_order_and_can_always_be_asked(
    ranked: list[tuple[Change, int]], data: st.DataObject
) -> None:
    numbered = [Ranked(number, each, agrees) for number, (each, agrees) in enumerate(ranked, start=1)]
    result = apply_all(questionnaire(), numbered)
    assert result == apply_all(questionnaire(), data.draw(st.permutations(numbered)))
    assert sorted([*result.applied, *result.overtaken]) == [each.id for each in numbered]
    assert not [each for each in check_questionnaire(result.questionnaire) if each.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("version", "taken", "following"),
    [
        ("2026.1", (), "2026.2"),
        ("1", (), "2"),
        ("2026.1", ("2026.2", "2026.3"), "2026.4"),
        ("2026.09", (), "2026.10"),
        ("pilot", (), "pilot.2"),
        ("9" * 32, (), "1"),
    ],
)
def test_versions_count_up_past_those_there_are(version: str, taken: tuple[str, ...], following: str) -> None:
    assert next_version(version, taken) == following
