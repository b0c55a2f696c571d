"""Warnings that stay with a reason; errors never do, and an entry without a reason or a use is said."""

from __future__ import annotations

import pytest

from survey.questionnaire.check.accepted import find_bad_reasons, set_apart
from survey.questionnaire.model import Accepted
from survey.questionnaire.problems import Finding, Severity
from tests.survey.questionnaire.builders import choice, page, questionnaire

GOOD = "People in the group know the word and want it kept."
KNOWN = frozenset({"hard-word", "acronym", "item-later", "id-gone"})


def found(rule: str = "hard-word", at: str = "item.control.text", severity: Severity = Severity.WARNING) -> Finding:
    return Finding(("sections", 0), rule, "Wrong.", "Mend it.", severity, at)


def entry(rule: str = "hard-word", at: str | None = None, reason: str = GOOD) -> Accepted:
    return Accepted(rule=rule, at=at, reason=reason)


def sorted_out(
    entries: list[Accepted], *findings: Finding, looked_for: frozenset[str] = KNOWN
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What remains as rule and place, what is accepted as rule and reason."""
    made = questionnaire(page(choice("control"))).model_copy(update={"accepted": tuple(entries)})
    remaining, accepted = set_apart(made, findings, looked_for=looked_for, known=KNOWN)
    return [(each.rule, each.at) for each in remaining], [(each.finding.rule, each.reason) for each in accepted]


@pytest.mark.parametrize("at", [None, "item", "item.control", "item.control.text"])
def test_a_warning_stays_apart_with_its_reason(at: str | None) -> None:
    assert sorted_out([entry(at=at)], found()) == ([], [("hard-word", GOOD)])


@pytest.mark.parametrize(
    "one", [entry(at="item.control.text.proxy"), entry(at="item.cont"), entry(at="item.controls"), entry("acronym")]
)
def test_an_entry_for_another_place_or_rule_changes_nothing_and_is_said_to_be_unused(one: Accepted) -> None:
    assert sorted_out([one], found()) == ([("hard-word", "item.control.text"), ("accepted-unused", "")], [])


def test_one_entry_serves_for_every_finding_of_its_rule_at_its_place() -> None:
    remaining, accepted = sorted_out([entry(at="item.a")], found(at="item.a.text"), found(at="item.a.hint"), found())
    assert (remaining, len(accepted)) == ([("hard-word", "item.control.text")], 2)


def test_an_error_is_never_accepted_and_trying_to_is_one() -> None:
    error = found("item-later", severity=Severity.ERROR)
    remaining, accepted = sorted_out([entry("item-later")], error)
    assert (remaining, accepted) == ([("item-later", "item.control.text"), ("accepted-error", "")], [])


def test_a_rule_that_was_not_run_leaves_its_entries_alone() -> None:
    assert sorted_out([entry("id-gone")], looked_for=KNOWN - {"id-gone"}) == ([], [])
    assert sorted_out([entry("id-gone")]) == ([("accepted-unused", "")], [])


def test_a_rule_that_does_not_exist_is_answered_with_the_nearest() -> None:
    made = questionnaire(page(choice("control"))).model_copy(update={"accepted": (entry("hard-words"),)})
    ((finding,), _) = set_apart(made, [], looked_for=frozenset(), known=KNOWN)
    assert (finding.rule, finding.remedy) == ("accepted-unused", "Did you mean `hard-word`?")


@pytest.mark.parametrize(
    "reason", ["", "later", "not needed now", "TODO: write a reason for this", "tbc by the group?"]
)
def test_what_is_no_reason_accepts_nothing_and_is_an_error(reason: str) -> None:
    one = entry(reason=reason)
    assert sorted_out([one], found()) == ([("hard-word", "item.control.text")], [])
    made = questionnaire(page(choice("control"))).model_copy(update={"accepted": (entry(), one)})
    (finding,) = find_bad_reasons(made)
    assert (finding.rule, finding.location) == ("accepted-reason", ("accepted", 1, "reason"))
    assert finding.severity is Severity.ERROR
