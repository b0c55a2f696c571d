"""Every rule that no schema can make: broken once, at its place, with a remedy; and kept, without a word."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from survey.questionnaire.check import structural
from survey.questionnaire.check.conditions import FITTING
from survey.questionnaire.check.formats import MEDIA_NAMES
from survey.questionnaire.check.structural import RULE_NAMES, check_questionnaire, find_problems
from survey.questionnaire.check.versions import VERSION_NAMES
from survey.questionnaire.condition_model import Operator
from survey.questionnaire.problems import Problem, Severity, report
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import (
    DONT_KNOW,
    NOT_SAY,
    Json,
    area,
    choice,
    choices,
    document,
    long_text,
    option,
    page,
    scale,
    section,
    short_text,
    statement,
)

FIRST_ITEM = "$.sections[0].pages[0].items[0]"
SECOND_PAGE = "$.sections[0].pages[1]"

REFUSED = {"kind": "refused", "when": {"item": "taking_part", "is": "no"}}


def consent(**more: Any) -> Json:
    return choice("taking_part", role="consent", required=True, **more)


def with_options(item: Json, *options: Json) -> Json:
    return {**item, "options": list(options)}


def alone(item: Json) -> Json:
    return document(page(item))


def measured(*good: str) -> Json:
    return choice("a", measure={"good": list(good)})


def grouped(groups: list[str], *groups_of_options: str | None) -> Json:
    options = [option(f"code{number}", group=group) for number, group in enumerate(groups_of_options)]
    return with_options(choice("a", groups=[{"code": code, "text": code} for code in groups]), *options, NOT_SAY)


def asked_with(condition: Json) -> Json:
    """A page that shows itself under a condition, after a page with one item of each type."""
    first = [choice("status", "now", "ended"), choices("uses"), scale("say"), area(), long_text("story")]
    return document(page(*first, statement("so")), page(choice("more"), show_if=condition))


@dataclass(frozen=True)
class Broken:
    """A file with one rule broken, and the place where that must be said."""

    rule: str
    path: str
    written: Json
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.rule} at {self.path}"


ANSWERING = [option(code, answering=code) for code in ("self", "proxy")]


BROKEN_IN_FILE = [
    Broken("duplicate-id", "$.sections[1].id", document(*(section("one", page(choice(name))) for name in "ab"))),
    Broken("duplicate-id", f"{SECOND_PAGE}.id", document(page(choice("a")), page(choice("b"), id="a"))),
    Broken("duplicate-id", f"{SECOND_PAGE}.items[0].id", document(page(choice("a")), page(choice("a"), id="b"))),
    Broken("reserved", "$.sections[0].pages[0].id", document(page(choice("a"), id="check"))),
    Broken("minutes", "$.core_minutes", document(page(choice("a")), core_minutes=6)),
    Broken("language", "$.language", document(page(choice("a")), language="English")),
    Broken("email", "$.contact.email", document(page(choice("a")), contact={"name": "A", "email": "A", "phone": "0"})),
    Broken("end-when", "$.sections[0].pages[0].end", document(page(choice("a"), end={"kind": "refused"}))),
    Broken(
        "end-when",
        f"{SECOND_PAGE}.end.when",
        document(page(choice("a")), page(choice("b"), end={"kind": "offer", "when": {"item": "a", "is": "yes"}})),
    ),
    Broken("consent-first", f"{SECOND_PAGE}.items[0]", document(page(choice("a")), page(consent(), end=REFUSED))),
    Broken(
        "consent-first",
        "$.sections[1].pages[0].items[0]",
        document(
            section("one", page(choice("a"))),
            section("two", page(consent(), end=REFUSED), show_if={"item": "a", "answered": True}),
        ),
    ),
    Broken("consent-end", "$.sections[0].pages[0]", alone(consent())),
]

BROKEN_IN_ITEM = [
    Broken("reserved", f"{FIRST_ITEM}.id", alone(choice("response"))),
    Broken("reserved", f"{FIRST_ITEM}.id", alone(choice("meta_wave"))),
    Broken("reserved", f"{FIRST_ITEM}.id", alone(choice("by"))),
    Broken("reserved", f"{FIRST_ITEM}.options[1].code", alone(choices("a", "one", "missing"))),
    Broken("column-length", f"{FIRST_ITEM}.options[0].code", alone(choices("a" * 32, "b" * 31, "c"))),
    Broken("duplicate-code", f"{FIRST_ITEM}.options[1].code", alone(choice("a", "yes", "yes"))),
    Broken("duplicate-code", f"{FIRST_ITEM}.groups[1].code", alone(grouped(["x", "x"], "x"))),
    Broken("option-missing", f"{FIRST_ITEM}.options[0]", alone(with_options(scale("a"), option("low")))),
    Broken("option-missing", f"{FIRST_ITEM}.options[0]", alone(with_options(area(), option("qmj")))),
    Broken("option-exclusive", f"{FIRST_ITEM}.options[1]", alone(with_options(choices("a"), option("b"), DONT_KNOW))),
    Broken(
        "exclusive-type",
        f"{FIRST_ITEM}.options[0].exclusive",
        alone(with_options(choice("a"), option("none", exclusive=True), option("b"))),
    ),
    Broken("options-none", f"{FIRST_ITEM}.options", alone(with_options(choice("a"), DONT_KNOW, NOT_SAY))),
    Broken("refused-option", FIRST_ITEM, alone(with_options(choice("a", sensitive=True), option("b"), DONT_KNOW))),
    Broken("refused-option", FIRST_ITEM, alone(with_options(scale("a", sensitive=True)))),
    Broken("scale-range", FIRST_ITEM, alone(scale("a", min=5, max=5))),
    Broken("scale-range", FIRST_ITEM, alone(scale("a", min=0, max=101))),
    Broken("measure-code", f"{FIRST_ITEM}.measure.good[0]", alone(measured("yess"))),
    Broken("measure-code", f"{FIRST_ITEM}.measure.good[1]", alone(scale("a", measure={"good": [10, 11]}))),
    Broken("measure-missing", f"{FIRST_ITEM}.measure.good[1]", alone(measured("yes", "not_say"))),
    Broken("measure-all", f"{FIRST_ITEM}.measure.good", alone(measured("yes", "no")), Severity.WARNING),
    Broken("group-unknown", f"{FIRST_ITEM}.options[2].group", alone(grouped(["x", "y"], "x", "y", "z"))),
    Broken(
        "group-unknown",
        f"{FIRST_ITEM}.options[0].group",
        alone(with_options(choices("a"), option("b", group="c"), option("d"))),
    ),
    Broken("group-none", f"{FIRST_ITEM}.options[2]", alone(grouped(["x", "y"], "x", "y", None))),
    Broken("group-empty", f"{FIRST_ITEM}.groups[1].code", alone(grouped(["x", "y"], "x")), Severity.WARNING),
    Broken("role-type", f"{FIRST_ITEM}.role", alone(choice("a", role="area"))),
    Broken("role-type", f"{FIRST_ITEM}.role", alone(scale("a", role="dimension:age"))),
    Broken("role-type", f"{FIRST_ITEM}.role", alone(long_text("a", role="answering"))),
    Broken("role-off", f"{FIRST_ITEM}.off", alone(area(role="area", off=True))),
    Broken(
        "role-single",
        f"{SECOND_PAGE}.items[0].role",
        document(page(area(role="area")), page(area("b", role="area"))),
    ),
    Broken("required-consent", f"{FIRST_ITEM}.required", alone(choice("a", required=True))),
    Broken(
        "answering-option",
        f"{FIRST_ITEM}.options[1]",
        alone(with_options(choice("a", role="answering"), ANSWERING[0], option("b"))),
    ),
    Broken(
        "answering-role",
        f"{FIRST_ITEM}.options[0].answering",
        alone(with_options(choice("a"), ANSWERING[0], option("b"))),
    ),
]

DEEP = {"any": [{"not": {"all": [{"item": "status", "is": "now"}, {"item": "nobody", "is": "now"}]}}]}
REPEATED = asked_with({"item": "uses", "any_of": ["care", "care"]})
ON_B = {"item": "b", "is": "yes"}

BROKEN_IN_CONDITION = [
    Broken("item-unknown", f"{SECOND_PAGE}.show_if.item", asked_with({"item": "statos", "is": "now"})),
    Broken("item-unknown", f"{SECOND_PAGE}.show_if.any[0].not.all[1].item", asked_with(DEEP)),
    Broken("item-later", f"{SECOND_PAGE}.show_if.item", asked_with({"item": "more", "is": "yes"})),
    Broken(
        "item-later",
        "$.sections[0].pages[0].show_if.item",
        document(page(choice("a"), show_if=ON_B), page(choice("b"))),
    ),
    Broken("item-later", "$.sections[0].show_if.item", document(section("one", page(choice("b")), show_if=ON_B))),
    Broken(
        "item-later",
        "$.sections[0].pages[0].end.when.item",
        document(page(choice("a"), end={"kind": "refused", "when": ON_B}), page(choice("b"))),
    ),
    Broken("code-unknown", f"{SECOND_PAGE}.show_if.is", asked_with({"item": "status", "is": "nw"})),
    Broken("code-unknown", f"{SECOND_PAGE}.show_if.is", asked_with({"item": "status", "is": 1})),
    Broken("code-unknown", f"{SECOND_PAGE}.show_if.all_of[1]", asked_with({"item": "uses", "all_of": ["care", "cat"]})),
    Broken("code-unknown", f"{SECOND_PAGE}.show_if.is", asked_with({"item": "say", "is": "7"})),
    Broken("code-unknown", f"{SECOND_PAGE}.show_if.is", asked_with({"item": "area", "is": 7})),
    Broken("code-repeated", f"{SECOND_PAGE}.show_if.any_of[1]", REPEATED, Severity.WARNING),
    Broken("off-scale", f"{SECOND_PAGE}.show_if.at_least", asked_with({"item": "say", "at_least": 11})),
    Broken("off-scale", f"{SECOND_PAGE}.show_if.any_of[1]", asked_with({"item": "say", "any_of": [1, -1]})),
    Broken("operator-type", f"{SECOND_PAGE}.show_if.all_of", asked_with({"item": "status", "all_of": ["now"]})),
]

BROKEN_IN_TEXT = [
    Broken("text-empty", f"{FIRST_ITEM}.text", alone(choice("a", text=" "))),
    Broken("text-empty", "$.purpose", document(page(choice("a")), purpose="")),
    Broken("text-spaces", f"{FIRST_ITEM}.hint", alone(choice("a", hint="Pick one. ")), Severity.WARNING),
    Broken("text-long", f"{FIRST_ITEM}.text", alone(choice("a", text="a" * 5001))),
    Broken("text-html", f"{FIRST_ITEM}.text", alone(choice("a", text="Do you <b>choose</b>?"))),
    Broken("text-html", f"{FIRST_ITEM}.min_text", alone(scale("a", min_text="None<br/>"))),
    Broken("text-html", "$.sections[0].title", document(section("one", page(choice("a")), title="You &amp; yours"))),
    Broken(
        "text-html",
        f"{FIRST_ITEM}.options[1].hint.proxy",
        document(
            page(with_options(choice("a"), option("b"), option("c", hint={"self": "You", "proxy": "<i>They</i>"}))),
            page(with_options(choice("answering", role="answering"), *ANSWERING)),
        ),
    ),
    Broken("text-brace", "$.sections[0].pages[0].intro", document(page(choice("a"), intro="As you said: { b }"))),
    Broken(
        "variant-unread",
        f"{FIRST_ITEM}.text",
        alone(choice("a", text={"self": "You?", "proxy": "They?"})),
        Severity.WARNING,
    ),
]

BROKEN = [*BROKEN_IN_FILE, *BROKEN_IN_ITEM, *BROKEN_IN_CONDITION, *BROKEN_IN_TEXT]


def problems_of(written: Json) -> tuple[Problem, ...]:
    """What the rules say; what can be proved has its own tests."""
    return report(find_problems(fit_to_format(json.loads(json.dumps(written)))))


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_a_broken_rule_is_reported_at_its_place_and_nothing_else_is(broken: Broken) -> None:
    (problem,) = problems_of(broken.written)
    assert (problem.rule, problem.path, problem.severity) == (broken.rule, broken.path, broken.severity)
    assert problem.message.endswith(".")
    assert problem.remedy.endswith((".", "?"))


def test_every_rule_that_can_be_reported_is_in_the_table() -> None:
    said = set()
    folder = Path(str(structural.__file__)).parent
    for path in {*folder.glob("*.py")} - {folder / f"{name}.py" for name in ("accepted", "full", "gaps")}:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                rule = node.args[1]
                assert isinstance(rule, ast.Constant), f"{path.name}:{node.lineno}"
                said.add(rule.value)
    assert said == RULE_NAMES | {*VERSION_NAMES, *MEDIA_NAMES}


def test_a_questionnaire_that_keeps_every_rule_is_reported_without_a_problem() -> None:
    refusable = [option("care"), {**NOT_SAY, "exclusive": True}]
    written = document(
        section("start", page(statement("welcome")), page(consent(), end=REFUSED)),
        section(
            "main",
            page(with_options(choice("answering", role="answering"), *ANSWERING, NOT_SAY)),
            page(area(role="area", sensitive=True)),
            page(with_options(choices("uses", sensitive=True), *refusable)),
            page(choice("keep", text={"self": "Would you?", "proxy": "Would they?"}, measure={"good": ["yes"]})),
            page(scale("say", min=-3, max=3, measure={"good": [2, 3]}), show_if={"item": "keep", "is": "yes"}),
            page(grouped(["x", "y"], "x", "y", "x")),
            page(statement("so_far"), end={"kind": "offer"}),
            page(long_text("story", sensitive=True), short_text("one_line")),
            show_if={"item": "taking_part", "is": "yes"},
        ),
        core_minutes=5,
    )
    assert problems_of(written) == ()


OPERANDS: dict[str, dict[Operator, Any]] = {
    item_id: {
        Operator.IS: code,
        Operator.IS_NOT: code,
        Operator.ANY_OF: [code],
        Operator.NONE_OF: [code],
        Operator.ALL_OF: [code],
        Operator.AT_LEAST: 5,
        Operator.AT_MOST: 5,
        Operator.ANSWERED: True,
    }
    for item_id, code in {"status": "now", "uses": "care", "say": 5, "area": "QMJ", "story": "x", "so": "x"}.items()
}
TYPES = {"status": "choice", "uses": "choices", "say": "scale", "area": "area", "story": "long_text", "so": "statement"}


@pytest.mark.parametrize("item_id", TYPES)
@pytest.mark.parametrize("operator", Operator)
def test_an_operator_is_taken_only_by_the_types_it_fits(item_id: str, operator: Operator) -> None:
    problems = problems_of(asked_with({"item": item_id, operator.value: OPERANDS[item_id][operator]}))
    if operator in FITTING[TYPES[item_id]]:
        assert problems == ()
    else:
        assert [(problem.rule, problem.path) for problem in problems] == [
            ("operator-type", f"{SECOND_PAGE}.show_if.{operator}")
        ]


def test_a_misspelt_name_is_answered_with_the_nearest_one() -> None:
    (item,) = problems_of(asked_with({"item": "statos", "is": "now"}))
    assert item.remedy == "Did you mean `status`?"
    (code,) = problems_of(asked_with({"item": "uses", "any_of": ["car"]}))
    assert code.remedy == "Did you mean `care`?"


@pytest.mark.parametrize("text", ["Fewer than 5 (< 5)?", "You & yours", "I <3 this", "a > b", "R&D; and so on"])
def test_signs_that_are_not_html_are_plain_text(text: str) -> None:
    assert problems_of(alone(choice("a", text=text))) == ()


def test_all_problems_come_at_once_and_in_the_order_of_the_file() -> None:
    written = document(
        page(choice("a", text="<i>a</i>"), show_if={"item": "b", "is": "yes"}),
        page(choice("a", required=True), id="b"),
        language="english",
    )
    assert [(problem.path, problem.rule) for problem in problems_of(written)] == [
        ("$.language", "language"),
        ("$.sections[0].pages[0].show_if.item", "item-unknown"),
        ("$.sections[0].pages[0].items[0].text", "text-html"),
        ("$.sections[0].pages[1].items[0].id", "duplicate-id"),
        ("$.sections[0].pages[1].items[0].required", "required-consent"),
    ]


UNREACHABLE = {"all": [{"item": "a", "is": "yes"}, {"item": "a", "is": "no"}]}


def test_what_can_be_proved_is_said_only_where_no_rule_is_broken() -> None:
    sound = document(page(choice("a")), page(choice("b"), show_if=UNREACHABLE))
    unsound = document(page(choice("a")), page(choice("b", text=""), show_if=UNREACHABLE))
    for written, rules in ((sound, {"page-unreachable", "condition-contradiction"}), (unsound, {"text-empty"})):
        found = check_questionnaire(fit_to_format(json.loads(json.dumps(written))))
        assert found
        assert {problem.rule for problem in found} <= rules


def test_conditions_in_a_loop_are_said_once_with_the_way_round() -> None:
    pages = [page(choice(a), show_if={"item": b, "is": "yes"}) for a, b in (("a", "b"), ("b", "c"), ("c", "a"))]
    (loop,) = (problem for problem in problems_of(document(*pages)) if problem.rule == "cycle")
    assert "page `a`, which waits for page `b`, which waits for page `c`, which waits for page `a`" in loop.message
    assert loop.path == "$.sections[0].pages[0].show_if.item"


def test_sections_that_wait_for_each_other_are_a_loop() -> None:
    sections = (
        section(name, page(choice(name)), show_if={"item": other, "is": "yes"})
        for name, other in (("one", "two"), ("two", "one"))
    )
    (loop,) = (problem for problem in problems_of(document(*sections)) if problem.rule == "cycle")
    assert "section `one`, which waits for page `two`, which waits for section `two`" in loop.message


PLACES = [
    (document(page(choice("a")), language="English"), "language"),
    (document(section("one", page(choice("a")), title="<b>")), "section.one.title"),
    (document(page(choice("a"), intro="{")), "page.a.intro"),
    (
        asked_with({"any": [{"item": "nobody", "is": "x"}, {"item": "status", "is": "now"}]}),
        "page.more.show_if.any.0.item",
    ),
    (alone(choice("a", hint={"self": "{"})), "item.a.hint.self"),
    (alone(with_options(choice("a"), option("b", hint="<i>"), option("c"))), "item.a.option.b.hint"),
    (
        alone(choice("a", formats={"easyread": {"text": "<i>", "image": "a.svg"}})),
        "item.a.easyread.text",
    ),
    (alone(choice("a", soft=[{"when": {"item": "a", "is": "yes"}, "text": " "}])), "item.a.soft.0.text"),
    (document(page(choice("a")), glossary=[{"code": "phb", "term": "PHB", "meaning": ""}]), "glossary.phb.meaning"),
]


@pytest.mark.parametrize(("written", "at"), PLACES, ids=[at for _, at in PLACES])
def test_a_place_is_named_by_ids_as_translations_name_it(written: Json, at: str) -> None:
    assert at in {problem.at for problem in problems_of(written)}


def test_a_place_by_ids_stays_when_something_is_put_in_before_it() -> None:
    wrong = page(choice("b", text="<i>"))
    places = {problems_of(document(*pages))[0].at for pages in ([wrong], [page(choice("a")), wrong])}
    assert places == {"item.b.text"}


@pytest.mark.parametrize("text", ["<a " * 300_000, "&a" * 300_000, "{" * 500_000, "{a|" * 300_000, "{a_a" * 300_000])
def test_hostile_text_is_looked_through_once(text: str) -> None:
    """Were one of the patterns not linear, this would not end."""
    assert "text-long" in {problem.rule for problem in problems_of(alone(choice("a", text=text)))}


@pytest.mark.parametrize("email", ["@" * 500_000, "a" * 500_000, "a@" * 300_000 + " "])
def test_a_hostile_address_is_looked_through_once(email: str) -> None:
    contact = {"name": "A", "email": email, "phone": "0"}
    assert "email" in {problem.rule for problem in problems_of(document(page(choice("a")), contact=contact))}


def test_a_section_of_many_pages_under_many_conditions_is_checked_for_loops_in_bounds() -> None:
    condition = {"all": [{"item": f"b{number}", "answered": True} for number in range(250)]}
    written = document(
        section("one", *(page(choice(f"a{number}")) for number in range(250)), show_if=condition),
        section("two", *(page(choice(f"b{number}")) for number in range(250)), show_if={"item": "a1", "is": "yes"}),
    )
    loops = [problem for problem in problems_of(written) if problem.rule == "cycle"]
    assert len(loops) <= 1
