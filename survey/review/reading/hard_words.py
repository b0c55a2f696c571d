"""What `phb check` finds hard in the wording of a draft, for the question that somebody reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from survey import resources
from survey.questionnaire.check.accepted import set_apart
from survey.questionnaire.check.places import placed
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Finding
from survey.questionnaire.wording.plain_words import WORDING_NAMES, find_wording
from survey.questionnaire.wording.word_lists import WordListError
from survey.words import load_word_lists

_KEPT = 16
"""Drafts whose findings are kept: looking for them takes a tenth of a second."""


@dataclass(frozen=True)
class Hard:
    """One finding; `accepted` is why the group has left it, '' where it has not."""

    at: str
    rule: str
    sentence: str
    remedy: str
    accepted: str = ""


def find_hard(questionnaire: Questionnaire, item: str) -> tuple[Hard, ...] | None:
    """What is hard to read in a question; None where the lists of words cannot be read."""
    try:
        found = _find_all(questionnaire)
    except WordListError:
        return None
    return tuple(each for each in found if f"{each.at}.".startswith(f"item.{item}."))


@lru_cache(maxsize=_KEPT)
def _find_all(questionnaire: Questionnaire) -> tuple[Hard, ...]:
    findings = placed(find_wording(questionnaire, load_word_lists(resources.WORDS)), questionnaire)
    remaining, accepted = set_apart(questionnaire, findings, looked_for=(), known=WORDING_NAMES)
    return (
        *(_hard(finding) for finding in remaining if finding.rule in WORDING_NAMES),
        *(_hard(finding, reason) for finding, reason in accepted),
    )


def _hard(finding: Finding, accepted: str = "") -> Hard:
    return Hard(finding.at, finding.rule, finding.message.replace("`", ""), finding.remedy.replace("`", ""), accepted)
