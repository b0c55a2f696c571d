"""What a rule of the check is: a function over the whole questionnaire, with the names of what it can report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Finding


class Rule(NamedTuple):
    """One check; every finding it yields carries one of its `names`, and each name has a test that breaks it."""

    find: Callable[[Questionnaire], Iterator[Finding]]
    names: tuple[str, ...]
