"""Defects of the ways through made-up questionnaires: each is reported by the proof, under the name meant for it."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from survey.questionnaire.check.structural import find_all, find_problems
from survey.questionnaire.problems import Severity
from survey.questionnaire.proof.findings import PROOF_NAMES
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import Json, choice, page, section, statement
from tests.survey.questionnaire.defects import BAD, GOOD, Defect, add_section, grid, number
from tests.survey.questionnaire.generated import documents

YES, NO = {"item": GOOD, "is": "yes"}, {"item": GOOD, "is": "no"}
GATE = page(choice(GOOD))
FOLLOW = page(choice("follow"), show_if=YES)
CLASH = {"all": [NO, {"item": "follow", "is": "yes"}]}
ROWS = [{"code": "one", "text": "One"}, {"code": "two", "text": "Two", "show_if": CLASH}]


def added(*pages: Json, **more: Any) -> Defect:
    return lambda random, document: add_section(random, document, *pages, **more)


def _section_for_nobody(random: Random, document: Json) -> None:
    where = random.randint(1, len(document["sections"]))
    document["sections"][where:where] = [
        section("before", GATE, FOLLOW),
        section("for-nobody", page(choice(BAD)), show_if=CLASH),
    ]


def _everybody_refused(random: Random, document: Json) -> None:
    codes = ["yes", "no", "dont_know", "not_say"]
    when = {"any": [{"item": "taking_part", "any_of": codes}, {"item": "taking_part", "answered": False}]}
    document["sections"][0]["pages"][0]["end"]["when"] = when


DEFECTS: dict[str, Defect] = {
    "section-unreachable": _section_for_nobody,
    "page-unreachable": added(GATE, FOLLOW, page(choice(BAD), show_if=CLASH)),
    "row-unreachable": added(GATE, FOLLOW, page(grid(BAD, rows=ROWS))),
    "condition-contradiction": added(GATE, page(choice(BAD), show_if={"any": [YES, {"all": [YES, NO]}]})),
    "condition-always": added(
        GATE,
        page(choice(BAD), show_if={"any": [{"item": GOOD, "answered": True}, {"item": GOOD, "answered": False}]}),
    ),
    "skip-loses": added(GATE, page(choice(BAD), show_if={"item": GOOD, "is_not": "no"})),
    "no-end": _everybody_refused,
    "end-never": added(GATE, FOLLOW, page(choice(BAD), end={"kind": "refused", "when": CLASH})),
    "soft-always": added(page(number(BAD, options=[], soft=[{"when": {"item": BAD, "at_least": 0}, "text": "Odd."}]))),
    "soft-never": added(
        GATE, FOLLOW, page(number(BAD, soft=[{"when": {"all": [CLASH, {"item": BAD, "is": 1}]}, "text": "Odd."}]))
    ),
    "pipe-unanswered": added(GATE, page(statement(BAD, text=f"You said {{{GOOD}}}."))),
}


def test_every_rule_of_the_proof_has_a_defect() -> None:
    assert DEFECTS.keys() == set(PROOF_NAMES) - {"too-tangled"}


@pytest.mark.parametrize("rule", sorted(DEFECTS))
@settings(max_examples=5, phases=[Phase.generate])
@given(document=documents(), seed=st.integers(0, 2**16))
def test_a_defect_is_proved_under_the_name_meant_for_it(rule: str, document: Json, seed: int) -> None:
    written = json.loads(json.dumps(document))
    DEFECTS[rule](Random(seed), written)
    questionnaire = fit_to_format(written)
    assert list(find_problems(questionnaire)) == []
    found = list(find_all(questionnaire))
    assert rule in {finding.rule for finding in found}
    assert {finding.rule for finding in found if finding.severity is Severity.ERROR} <= {rule}
