"""What is proved wrong with the ways through: for each rule an example, and one beside it that is fine."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from survey.questionnaire.check.structural import find_problems
from survey.questionnaire.load import load_file
from survey.questionnaire.problems import Finding, Severity, json_path
from survey.questionnaire.proof import formulas
from survey.questionnaire.proof.findings import PROOF_NAMES, find_proof_problems
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import (
    Json,
    area,
    choice,
    choices,
    document,
    option,
    page,
    scale,
    section,
    short_text,
    statement,
)
from tests.survey.questionnaire.defects import grid, number, rank

CODES = ["yes", "no", "dont_know", "not_say"]


def found(*parts: Json) -> list[Finding]:
    questionnaire = fit_to_format(document(*parts))
    errors = [each for each in find_problems(questionnaire) if each.severity is Severity.ERROR]
    assert not errors, "the example is wrong in another way"
    return list(find_proof_problems(questionnaire))


def is_(item: str, code: str | int = "yes") -> Json:
    return {"item": item, "is": code}


def is_not(item: str, code: str = "no") -> Json:
    return {"item": item, "is_not": code}


def left_out(item: str) -> Json:
    return {"item": item, "answered": False}


def gated(condition: Json, *before: Json) -> tuple[Json, ...]:
    """Two gates, pages before, and the page `more` under a condition."""
    return page(choice("gate")), page(choice("other")), *before, page(choice("more"), show_if=condition)


def soft(item: Json, when: Json) -> Json:
    return page({**item, "soft": [{"when": when, "text": "Is this right?"}]})


def repeated(source: Json, condition: Json | None = None) -> tuple[Json, ...]:
    inside: dict[str, Any] = {} if condition is None else {"show_if": condition}
    rounds = section("rounds", page(choice("kind")), repeat={"from": source["id"], "at_most": 3}, **inside)
    return section("first", page(source)), rounds


def grid_page(condition: Json, *before: Json) -> tuple[Json, ...]:
    rows = [{"code": "one", "text": "One"}, {"code": "two", "text": "Two", "show_if": condition}]
    return page(choice("gate")), *before, page(grid("got", rows=rows))


def consent(*codes: str, refused: Json) -> Json:
    item = choice("agreed", role="consent", required=True, options=[option(code) for code in codes])
    return page(item, end={"kind": "refused", "when": refused})


FOLLOW_UP = (page(choice("gate")), page(choice("follow"), show_if=is_("gate")))

SECTION = "$.sections[0].pages"


class Planted(NamedTuple):
    """Something wrong, where it is said to be, and the same made right."""

    rule: str
    wrong: tuple[Json, ...]
    path: str
    right: tuple[Json, ...]
    severity: Severity = Severity.ERROR


ERROR, WARNING = Severity.ERROR, Severity.WARNING

PLANTED = {
    "the page needs what only others were asked": Planted(
        "page-unreachable",
        gated({"all": [is_("gate", "no"), is_("follow")]}, page(choice("follow"), show_if=is_("gate"))),
        f"{SECTION}[3].show_if",
        gated({"any": [is_("gate", "no"), is_("follow")]}, page(choice("follow"), show_if=is_("gate"))),
    ),
    "the page needs what its section shuts out": Planted(
        "page-unreachable",
        (
            section("first", page(choice("gate"))),
            section("second", page(choice("one")), page(choice("two"), show_if=is_("gate", "no")), show_if=is_("gate")),
        ),
        "$.sections[1].pages[1].show_if",
        (
            section("first", page(choice("gate"))),
            section(
                "second",
                page(choice("one")),
                page(choice("two"), show_if=is_("one", "no")),
                show_if={"any": [is_("gate"), left_out("gate")]},
            ),
        ),
    ),
    "whom the page is for were led out before": Planted(
        "page-unreachable",
        (consent("yes", "no", refused=is_("agreed", "no")), page(choice("more"), show_if=is_("agreed", "no"))),
        f"{SECTION}[1].show_if",
        (consent("yes", "no", refused=is_("agreed", "no")), page(choice("more"))),
    ),
    "the page waits for a gate that is switched off": Planted(
        "page-unreachable",
        (page(choice("gate", off=True)), page(choice("more"), show_if=is_("gate"))),
        f"{SECTION}[1].show_if",
        (page(choice("gate", off=True)), page(choice("more", off=True), show_if=is_("gate"))),
        WARNING,
    ),
    "the grid of the page has a row for nobody": Planted(
        "page-unreachable",
        (
            page(choice("gate")),
            page(choice("follow"), show_if=is_("gate")),
            page(
                grid("got", rows=[{"code": "one", "text": "One", "show_if": is_("follow")}]),
                show_if=is_("gate", "no"),
            ),
        ),
        f"{SECTION}[2].show_if",
        (
            page(choice("gate")),
            page(choice("follow"), show_if=is_("gate")),
            page(grid("got", rows=[{"code": "one", "text": "One", "show_if": is_("follow")}])),
        ),
    ),
    "the section needs what only others were asked": Planted(
        "section-unreachable",
        (
            section("first", page(choice("gate")), page(choice("follow"), show_if=is_("gate"))),
            section(
                "second",
                page(choice("one")),
                page(choice("two")),
                show_if={"all": [is_("gate", "no"), is_("follow")]},
            ),
        ),
        "$.sections[1].show_if",
        (
            section("first", page(choice("gate")), page(choice("follow"), show_if=is_("gate"))),
            section("second", page(choice("one")), page(choice("two")), show_if=is_("follow")),
        ),
    ),
    "the section repeats for nobody": Planted(
        "section-unreachable",
        repeated(choices("uses"), is_("uses", "not_say")),
        "$.sections[1].show_if",
        repeated(choices("uses"), is_("uses", "care")),
    ),
    "the row needs what the page shuts out": Planted(
        "row-unreachable",
        grid_page({"all": [is_("gate", "no"), is_("follow")]}, page(choice("follow"), show_if=is_("gate"))),
        f"{SECTION}[2].items[0].rows[1].show_if",
        grid_page(is_("follow"), page(choice("follow"), show_if=is_("gate"))),
    ),
    "two answers to one question": Planted(
        "condition-contradiction",
        gated({"all": [is_("other"), {"all": [is_("gate"), is_("gate", "no")]}]}),
        f"{SECTION}[2].show_if.all[1]",
        gated({"all": [is_("other"), {"any": [is_("gate"), is_("gate", "no")]}]}),
    ),
    "an answer that must be there and not": Planted(
        "condition-contradiction",
        gated({"all": [left_out("gate"), {"item": "gate", "none_of": ["no"]}]}),
        f"{SECTION}[2].show_if",
        gated({"any": [left_out("gate"), {"item": "gate", "none_of": ["no"]}]}),
    ),
    "none of all answers": Planted(
        "condition-contradiction",
        gated({"item": "gate", "none_of": CODES}),
        f"{SECTION}[2].show_if",
        gated({"any": [left_out("gate"), {"item": "gate", "none_of": CODES[1:]}]}),
    ),
    "bounds that cross": Planted(
        "condition-contradiction",
        (
            page(number("count", decimals=1)),
            page(
                choice("more"),
                show_if={"all": [{"item": "count", "at_least": 2.1}, {"item": "count", "at_most": 2}]},
            ),
        ),
        f"{SECTION}[1].show_if",
        (
            page(number("count", decimals=1)),
            page(
                choice("more"),
                show_if={"all": [{"item": "count", "at_least": 2}, {"item": "count", "at_most": 2}]},
            ),
        ),
    ),
    "an option that stands alone with another": Planted(
        "condition-contradiction",
        (page(choices("uses")), page(choice("more"), show_if={"all": [is_("uses", "care"), is_("uses", "not_say")]})),
        f"{SECTION}[1].show_if",
        (page(choices("uses")), page(choice("more"), show_if={"all": [is_("uses", "care"), is_("uses", "chair")]})),
    ),
    "more ranked than there are places": Planted(
        "condition-contradiction",
        (
            page(rank("matters", at_most=2)),
            page(choice("more"), show_if={"item": "matters", "all_of": ["care", "chair", "course"]}),
        ),
        f"{SECTION}[1].show_if",
        (
            page(rank("matters", at_most=2)),
            page(choice("more"), show_if={"item": "matters", "all_of": ["care", "course"]}),
        ),
    ),
    "one of several ways contradicts itself": Planted(
        "condition-contradiction",
        gated({"any": [is_("other"), {"all": [is_("gate"), is_("gate", "no")]}]}),
        f"{SECTION}[2].show_if.any[1]",
        gated({"any": [is_("other"), {"all": [is_("gate"), is_("other", "no")]}]}),
    ),
    "one of several ways is nobody's": Planted(
        "condition-contradiction",
        (
            section("first", page(choice("gate")), page(choice("other"))),
            section(
                "second",
                page(choice("one"), show_if={"any": [is_("gate", "no"), is_("other")]}),
                page(choice("two")),
                show_if=is_("gate"),
            ),
        ),
        "$.sections[1].pages[0].show_if.any[0]",
        (
            section("first", page(choice("gate")), page(choice("other"))),
            section(
                "second",
                page(choice("one"), show_if={"any": [left_out("gate"), is_("other")]}),
                page(choice("two")),
                show_if=is_("gate"),
            ),
        ),
        WARNING,
    ),
    "a contradiction inside not": Planted(
        "condition-contradiction",
        gated({"not": {"any": [left_out("gate"), {"item": "gate", "answered": True}]}}),
        f"{SECTION}[2].show_if.not",
        gated({"not": {"all": [left_out("gate"), left_out("other")]}}),
    ),
    "everyone who comes here has said so": Planted(
        "condition-always",
        (
            section("first", page(choice("gate")), page(choice("other"))),
            section("second", page(choice("one"), show_if=is_("gate")), page(choice("two")), show_if=is_("gate")),
        ),
        "$.sections[1].pages[0].show_if",
        (
            section("first", page(choice("gate")), page(choice("other"))),
            section("second", page(choice("one"), show_if=is_("other")), page(choice("two")), show_if=is_("gate")),
        ),
        WARNING,
    ),
    "answered or not": Planted(
        "condition-always",
        gated({"any": [left_out("gate"), {"item": "gate", "any_of": CODES}]}),
        f"{SECTION}[2].show_if",
        gated({"item": "gate", "any_of": CODES}),
        WARNING,
    ),
    "a part that no answer makes untrue": Planted(
        "condition-always",
        gated({"all": [is_("other"), {"any": [left_out("gate"), {"item": "gate", "any_of": CODES}]}]}),
        f"{SECTION}[2].show_if.all[1]",
        gated({"all": [is_("other"), {"any": [left_out("gate"), {"item": "gate", "any_of": CODES[1:]}]}]}),
        WARNING,
    ),
    "who skips the gate is shut out with the noes": Planted(
        "skip-loses",
        gated(is_not("gate")),
        f"{SECTION}[2].show_if",
        gated({"any": [left_out("gate"), is_not("gate")]}),
        WARNING,
    ),
    "none_of does it as well": Planted(
        "skip-loses",
        gated({"all": [is_("other"), {"item": "gate", "none_of": ["no", "not_say"]}]}),
        f"{SECTION}[2].show_if.all[1]",
        gated({"all": [is_("other"), {"item": "gate", "none_of": CODES[1:]}, {"item": "gate", "answered": True}]}),
        WARNING,
    ),
    "and so does not": Planted(
        "skip-loses",
        gated({"not": is_("gate", "no")}),
        f"{SECTION}[2].show_if.not",
        gated({"not": {"all": [{"item": "gate", "answered": True}, is_("gate", "no")]}}),
        WARNING,
    ),
    "a gate of several answers": Planted(
        "skip-loses",
        (page(choices("uses")), page(choice("more"), show_if={"item": "uses", "none_of": ["dont_know"]})),
        f"{SECTION}[1].show_if",
        (page(choices("uses")), page(choice("more"), show_if=is_("uses", "care"))),
        WARNING,
    ),
    "a gate of numbers": Planted(
        "skip-loses",
        (page(scale("say")), page(choice("more"), show_if={"item": "say", "is_not": 0})),
        f"{SECTION}[1].show_if",
        (page(scale("say")), page(choice("more"), show_if={"item": "say", "at_least": 1})),
        WARNING,
    ),
    "a gate before a section": Planted(
        "skip-loses",
        (section("first", page(choice("gate"))), section("second", page(choice("one")), show_if=is_not("gate"))),
        "$.sections[1].show_if",
        (section("first", page(choice("gate"))), section("second", page(choice("one")), show_if=is_("gate"))),
        WARNING,
    ),
    "a gate of which two answers lead on and are named elsewhere": Planted(
        "skip-loses",
        gated({"any": [is_("other"), is_not("gate")]}),
        f"{SECTION}[2].show_if.any[1]",
        gated({"any": [is_("other"), is_("gate")]}),
        WARNING,
    ),
    "every answer to the first question refuses": Planted(
        "no-end",
        (consent("no", "never", refused={"item": "agreed", "any_of": ["no", "never"]}), page(choice("more"))),
        f"{SECTION}[0].end.when",
        (consent("yes", "never", refused={"item": "agreed", "any_of": ["never"]}), page(choice("more"))),
    ),
    "one end for those who answer and one for those who do not": Planted(
        "no-end",
        (
            page(choice("gate"), end={"kind": "refused", "when": {"item": "gate", "answered": True}}),
            page(choice("other"), end={"kind": "refused", "when": left_out("gate")}),
            page(choice("more")),
        ),
        f"{SECTION}[1].end.when",
        (
            page(choice("gate"), end={"kind": "refused", "when": is_("gate", "no")}),
            page(choice("other"), end={"kind": "refused", "when": left_out("gate")}),
            page(choice("more")),
        ),
    ),
    "an end that needs what only others were asked": Planted(
        "end-never",
        (
            page(choice("gate")),
            page(choice("follow"), show_if=is_("gate")),
            page(
                choice("more"),
                show_if=is_("gate", "no"),
                end={"kind": "refused", "when": {"all": [is_("follow"), is_("more")]}},
            ),
            page(choice("last")),
        ),
        f"{SECTION}[2].end.when",
        (
            page(choice("gate")),
            page(choice("follow"), show_if=is_("gate")),
            page(choice("more"), show_if=is_("follow"), end={"kind": "refused", "when": is_("more")}),
            page(choice("last")),
        ),
    ),
    "an end that contradicts itself": Planted(
        "end-never",
        (
            page(choice("gate"), end={"kind": "refused", "when": {"all": [is_("gate"), is_("gate", "no")]}}),
            page(choice("last")),
        ),
        f"{SECTION}[0].end.when",
        (page(choice("gate"), end={"kind": "refused", "when": is_("gate", "no")}), page(choice("last"))),
    ),
    "every number is odd": Planted(
        "soft-always",
        (soft(number("count"), {"item": "count", "at_least": 0}),),
        f"{SECTION}[0].items[0].soft[0].when",
        (soft(number("count"), {"item": "count", "at_least": 1}),),
    ),
    "every row's every answer is odd": Planted(
        "soft-always",
        (soft(grid("got"), {"any": [{"item": f"got__{row}", "answered": True} for row in ("health", "home")]}),),
        f"{SECTION}[0].items[0].soft[0].when",
        (soft(grid("got"), {"all": [{"item": f"got__{row}", "answered": True} for row in ("health", "home")]}),),
    ),
    "no number is odd": Planted(
        "soft-never",
        (soft(number("count"), {"all": [{"item": "count", "at_least": 4}, {"item": "count", "at_most": 3}]}),),
        f"{SECTION}[0].items[0].soft[0].when",
        (soft(number("count"), {"all": [{"item": "count", "at_least": 4}, {"item": "count", "at_most": 4}]}),),
    ),
    "what was left out is read aloud": Planted(
        "pipe-unanswered",
        (page(short_text("name")), page(statement("words", text="Hello {name}."))),
        f"{SECTION}[1].items[0].text",
        (page(short_text("name")), page(statement("words", text="Hello {name|you}."))),
    ),
    "what only some were asked is read aloud": Planted(
        "pipe-unanswered",
        (*FOLLOW_UP, page(statement("words", text="{follow}"), show_if=is_("gate"))),
        f"{SECTION}[2].items[0].text",
        (*FOLLOW_UP, page(statement("words", text="{follow}"), show_if={"item": "follow", "answered": True})),
    ),
    "a section's title names what was left out": Planted(
        "pipe-unanswered",
        (section("first", page(choice("gate"))), section("second", page(choice("one")), title="About {gate}")),
        "$.sections[1].title",
        (
            section("first", page(choice("gate"))),
            section("second", page(choice("one")), title="About {gate}", show_if=is_("gate")),
        ),
    ),
    "a row names what was left out": Planted(
        "pipe-unanswered",
        (
            page(choice("gate")),
            page(grid("got", rows=[{"code": "one", "text": "One"}, {"code": "two", "text": "{gate}"}])),
        ),
        f"{SECTION}[1].items[0].rows[1].text",
        (
            page(choice("gate")),
            page(
                grid(
                    "got",
                    rows=[{"code": "one", "text": "One"}, {"code": "two", "text": "{gate}", "show_if": is_("gate")}],
                )
            ),
        ),
    ),
    "a soft check names what was left out": Planted(
        "pipe-unanswered",
        (
            page(choice("gate")),
            page(
                {**number("count"), "soft": [{"when": {"item": "count", "at_least": 4}, "text": "So many for {gate}?"}]}
            ),
        ),
        f"{SECTION}[1].items[0].soft[0].text",
        (
            page(choice("gate")),
            page(
                {
                    **number("count"),
                    "soft": [
                        {
                            "when": {"all": [{"item": "count", "at_least": 4}, is_("gate")]},
                            "text": "So many for {gate}?",
                        }
                    ],
                }
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_each_wrong_thing_is_found_where_it_is_and_nothing_else(name: str) -> None:
    planted = PLANTED[name]
    findings = found(*planted.wrong)
    assert [(each.rule, json_path(each.location), each.severity) for each in findings] == [
        (planted.rule, planted.path, planted.severity)
    ]
    assert all(each.message.endswith(".") and each.remedy for each in findings)


@pytest.mark.parametrize("name", PLANTED)
def test_the_same_made_right_is_fine(name: str) -> None:
    assert found(*PLANTED[name].right) == []


def test_every_rule_has_an_example() -> None:
    assert {planted.rule for planted in PLANTED.values()} == set(PROOF_NAMES) - {"too-tangled"}


def test_a_message_names_the_condition_and_what_leads_there() -> None:
    (finding,) = found(*PLANTED["the page needs what only others were asked"].wrong)
    assert "it needs `gate` is `no` and `follow` is `yes`" in finding.message
    assert "`follow` is asked only if `gate` is `yes`" in finding.message
    (finding,) = found(*PLANTED["whom the page is for were led out before"].wrong)
    assert "the survey ends before" in finding.message
    (finding,) = found(*PLANTED["the page waits for a gate that is switched off"].wrong)
    assert "`gate` is switched off" in finding.message
    (finding,) = found(*PLANTED["the page needs what its section shuts out"].wrong)
    assert "the section `second` needs `gate` is `yes`" in finding.message


def test_of_a_long_contradiction_only_the_parts_that_clash_are_named() -> None:
    parts = [is_("other"), is_("gate"), {"item": "other", "answered": True}, is_("gate", "no")]
    (finding,) = found(*gated({"all": parts}))
    assert finding.message == "These can never be true at once: `gate` is `yes`; `gate` is `no`."


def test_of_a_page_that_nobody_sees_nothing_more_is_said() -> None:
    more = {**number("count"), "soft": [{"when": {"item": "count", "at_least": 0}, "text": "Right?"}]}
    pages = (
        page(choice("gate")),
        page(
            {**more, "text": "{gate}"},
            show_if={"all": [is_("gate"), is_("gate", "no")]},
            end={"kind": "refused", "when": {"item": "count", "none_of": [0, 1, 2, 3, 4, 5, "not_say"]}},
        ),
        page(choice("last")),
    )
    assert [each.rule for each in found(*pages)] == ["condition-contradiction"]


def test_who_has_to_answer_cannot_skip() -> None:
    agreed = consent("yes", "no", "later", refused=is_("agreed", "no"))
    named = page(choice("more"), show_if=is_not("agreed", "later"))
    assert found(agreed, named, page(statement("hello", text="You said {agreed}."))) == []


def test_a_gate_that_only_some_were_asked_is_lost_by_those_who_skip_it_and_not_by_the_others() -> None:
    """Whoever was not asked the gate has left nothing out."""
    follow = page(choice("follow"), show_if=is_("gate"))
    assert [each.rule for each in found(*gated(is_not("follow"), follow))] == ["skip-loses"]
    assert found(*gated({"any": [is_("gate"), is_not("follow")]}, follow)) == []


def test_an_area_may_be_any_and_the_one_named_may_not_be_there() -> None:
    here = page(choice("here"), show_if={"item": "area", "is": "QMJ"})
    there = page(choice("there"), show_if={"any": [left_out("area"), {"item": "area", "is_not": "QMJ"}]})
    assert found(page(area("area", role="area")), here, there) == []


def test_conditions_that_would_take_too_long_are_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine tasks cannot be shared out over eight days; nothing simpler than trying shows it."""
    days = [f"day_{number}" for number in range(8)]
    items = [choice(f"task_{number}", *days) for number in range(9)]
    different = [
        {"not": {"all": [is_(one["id"], day), is_(other["id"], day)]}}
        for position, one in enumerate(items)
        for other in items[:position]
        for day in days
    ]
    placed = [{"item": item["id"], "any_of": days} for item in items]
    pages = [page(item) for item in items]
    monkeypatch.setattr(formulas, "_MOST_CONFLICTS", 1000)
    tangled = fit_to_format(document(*pages, page(choice("more"), show_if={"all": [*placed, *different]})))
    assert [each.rule for each in find_proof_problems(tangled)] == ["too-tangled"]


def test_nothing_is_wrong_with_the_ways_through_the_surveys_that_ship() -> None:
    for name in ("phb-annual", "gallery"):
        assert list(find_proof_problems(load_file(Path(f"questionnaires/{name}.json")))) == []
