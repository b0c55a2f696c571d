"""Made-up questionnaires: nothing is said of the valid ones, and of each defect by the rule that is meant for it."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaire.check.structural import RULE_NAMES, RULES, check_questionnaire, find_problems
from survey.questionnaire.load import dump_questionnaire, load_questionnaire
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import Json
from tests.survey.questionnaire.defects import ALONGSIDE, DEFECTS
from tests.survey.questionnaire.generated import documents, questionnaires


@settings(max_examples=40)
@given(questionnaire=questionnaires())
def test_nothing_is_said_of_a_valid_questionnaire_and_it_is_read_back_as_it_was(questionnaire: Questionnaire) -> None:
    assert check_questionnaire(questionnaire) == ()
    assert load_questionnaire(dump_questionnaire(questionnaire), name="again.json") == questionnaire


def test_every_rule_has_a_defect_that_is_meant_for_it() -> None:
    assert set(DEFECTS) == RULE_NAMES


@pytest.mark.parametrize("rule", sorted(DEFECTS))
@settings(max_examples=4)
@given(document=documents(), seed=st.integers(0, 2**16))
def test_a_defect_is_reported_by_the_rule_meant_for_it_and_by_no_other(rule: str, document: Json, seed: int) -> None:
    written = json.loads(json.dumps(document))
    DEFECTS[rule](Random(seed), written)
    questionnaire = fit_to_format(written)
    assert {finding.rule for finding in find_problems(questionnaire)} == {rule} | ALONGSIDE.get(rule, set())
    for each in RULES:
        assert {finding.rule for finding in each.find(questionnaire)} <= set(each.names)
