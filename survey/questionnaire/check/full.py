"""The whole check: the rules, the proof, the media, the version before, the wording, the gaps, and what is accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import NamedTuple

from survey.questionnaire.check.accepted import ACCEPTED_NAMES, find_bad_reasons, set_apart
from survey.questionnaire.check.formats import MEDIA_NAMES, find_media_problems
from survey.questionnaire.check.gaps import GAP_NAMES, Translated, find_format_gaps, find_translation_gaps
from survey.questionnaire.check.places import placed
from survey.questionnaire.check.structural import RULE_NAMES, find_all
from survey.questionnaire.check.versions import VERSION_NAMES, check_against
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import MAX_PROBLEMS, Finding, Problem, Severity, report
from survey.questionnaire.proof.findings import PROOF_NAMES
from survey.questionnaire.wording.plain_words import WORDING_NAMES, find_wording
from survey.questionnaire.wording.word_lists import WordLists

_OF_READERS = frozenset({*WORDING_NAMES, *GAP_NAMES, *ACCEPTED_NAMES})
ALL_RULES = frozenset({*RULE_NAMES, *PROOF_NAMES, *MEDIA_NAMES, *VERSION_NAMES, *_OF_READERS})
"""Everything that the check can report."""


@dataclass(frozen=True)
class Beside:
    """What the check must know beside the questionnaire. `previous` is the version before, where there is one."""

    words: WordLists
    media: Collection[str]
    translated: Translated
    previous: Questionnaire | None = None


class AcceptedProblem(NamedTuple):
    """A warning that stays, and the reason that was given for it."""

    problem: Problem
    reason: str


class Checked(NamedTuple):
    """What the check found: what is to be mended, and what the group has decided to leave."""

    problems: tuple[Problem, ...]
    accepted: tuple[AcceptedProblem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps the questionnaire from being asked."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What may be so."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


def check_fully(questionnaire: Questionnaire, beside: Beside) -> Checked:
    """Check a questionnaire that fits the format in every way there is.

    At most MAX_PROBLEMS are listed of what can be wrong, and as many of each rule about wording and gaps.
    """
    previous = beside.previous
    of_the_file = chain(
        find_all(questionnaire),
        find_bad_reasons(questionnaire),
        find_media_problems(questionnaire, beside.media),
        check_against(questionnaire, previous) if previous is not None else (),
    )
    for_readers = chain(
        find_wording(questionnaire, beside.words),
        find_format_gaps(questionnaire),
        find_translation_gaps(questionnaire, beside.translated),
    )
    found = chain(islice(of_the_file, MAX_PROBLEMS + 1), _bounded(for_readers))
    remaining, accepted = set_apart(
        questionnaire,
        placed(found, questionnaire),
        looked_for=ALL_RULES if previous is not None else ALL_RULES - frozenset(VERSION_NAMES),
        known=ALL_RULES,
    )
    remaining = list(placed(remaining, questionnaire))
    return Checked(
        (
            *report(each for each in remaining if each.rule not in _OF_READERS),
            *_problems(each for each in remaining if each.rule in _OF_READERS),
        ),
        tuple(AcceptedProblem(problem, reason) for finding, reason in accepted for problem in report([finding])),
    )


def _problems(findings: Iterable[Finding]) -> Iterator[Problem]:
    return chain.from_iterable(report([finding]) for finding in findings)


def _bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """As many findings of each rule as somebody might read, then one that says how many more there are."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.rule] += 1
        if counts[finding.rule] <= MAX_PROBLEMS:
            last = finding
            yield finding
    for rule, count in counts.items():
        if count > MAX_PROBLEMS:
            message = f"There are {count - MAX_PROBLEMS} more of these."
            yield replace(last, location=(), rule=rule, message=message, remedy="Mend the others first.")
