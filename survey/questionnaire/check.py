"""The checks of a questionnaire that no schema can make."""

from __future__ import annotations

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Problem


def check_questionnaire(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Every problem of a questionnaire that was read, in the order of the file."""
    return ()
