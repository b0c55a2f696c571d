"""Findings in the store: added once, changed by one at a time, each change beside its audit row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest

from survey.store.accounts import Account, Role, add_account
from survey.store.audit import list_audit
from survey.store.connect import Store
from survey.store.findings import (
    ChangedMeanwhile,
    Content,
    Finding,
    SameFinding,
    State,
    UnknownFinding,
    add_finding,
    by_urgency,
    change_finding,
    find_finding,
    list_changes,
    list_findings,
)
from tests.survey.store.builders import NOON

FOUND = Content("talk_matters", "QE1", "Few people were asked what matters to them.", True)
PROMISED = replace(FOUND, state=State.PROMISED, owner="Care team", promise="Ask it first.", due_on=date(2026, 11, 1))


@pytest.fixture
def ada(store: Store) -> Account:
    return add_account(store, "Ada", Role.STAFF, NOON)


@pytest.fixture
def found(store: Store, ada: Account) -> Finding:
    return add_finding(store, "2026", FOUND, by=ada, now=NOON)


def test_what_was_added_is_listed_with_its_wave_alone(store: Store, ada: Account, found: Finding) -> None:
    other = add_finding(store, "2025", FOUND, by=ada, now=NOON)
    assert (found.id, found.revision, found.content) == (1, 1, FOUND)
    assert find_finding(store, 1) == found
    assert list_findings(store, ["2026"]) == (found,)
    assert list_findings(store, ["2026", "2025"]) == (found, other)
    assert list_findings(store, []) == ()


def test_a_day_that_is_moved_is_remembered_also_when_the_finding_was_opened_anew(
    store: Store, ada: Account, found: Finding
) -> None:
    promised = change_finding(store, 1, PROMISED, revision=1, by=ada, now=NOON)
    assert (promised.first_due_on, promised.moved_from) == (date(2026, 11, 1), None)
    for number, day in enumerate((date(2027, 1, 1), date(2027, 6, 1)), start=2):
        moved = change_finding(store, 1, replace(PROMISED, due_on=day), revision=number, by=ada, now=NOON)
        assert moved.moved_from == date(2026, 11, 1)
    assert find_finding(store, 1) == moved
    change_finding(store, 1, FOUND, revision=4, by=ada, now=NOON)
    again = change_finding(store, 1, replace(PROMISED, due_on=date(2027, 9, 1)), revision=5, by=ada, now=NOON)
    assert again.moved_from == date(2026, 11, 1)


def test_the_same_found_twice_is_there_once(store: Store, ada: Account, found: Finding) -> None:
    with pytest.raises(SameFinding) as refused:
        add_finding(store, "2026", replace(FOUND, public=False), by=ada, now=NOON)
    assert refused.value.existing == found.id
    assert list_findings(store, ["2026"]) == (found,)


def test_a_change_has_its_audit_row_with_before_and_after(store: Store, ada: Account, found: Finding) -> None:
    later = NOON + timedelta(days=1)
    changed = change_finding(store, found.id, PROMISED, revision=1, by=ada, now=later)
    assert find_finding(store, found.id) == changed
    assert (changed.revision, changed.added_at, changed.changed_at) == (2, NOON, later)
    row = list_audit(store)[0]
    assert (row.actor, row.action, row.subject) == ("Ada", "change finding", "finding 1")
    latest, first = list_changes(store, found.id)
    assert latest.before["state"] == "open"
    assert latest.after["state"] == "promised"
    assert latest.after["due_on"] == "2026-11-01"
    assert "found" not in latest.after
    assert first.is_first
    assert first.after["found"] == FOUND.found


def test_the_second_of_two_is_told_what_the_first_wrote(store: Store, ada: Account, found: Finding) -> None:
    first = change_finding(store, found.id, PROMISED, revision=1, by=ada, now=NOON)
    with pytest.raises(ChangedMeanwhile) as refused:
        change_finding(store, found.id, replace(FOUND, public=False), revision=1, by=ada, now=NOON)
    assert refused.value.current == first
    assert find_finding(store, found.id) == first
    assert len(list_changes(store, found.id)) == 2


def test_of_many_who_save_at_once_one_wins_and_the_others_hear_of_it(
    store: Store, ada: Account, found: Finding
) -> None:
    def save(number: int) -> bool:
        try:
            content = replace(FOUND, found=f"Text {number}")
            change_finding(store, found.id, content, revision=1, by=ada, now=NOON)
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(save, range(16))) == 1
    assert find_finding(store, found.id).revision == 2


def test_saving_the_same_again_changes_nothing(store: Store, ada: Account, found: Finding) -> None:
    first = change_finding(store, found.id, PROMISED, revision=1, by=ada, now=NOON)
    assert change_finding(store, found.id, PROMISED, revision=1, by=ada, now=NOON + timedelta(days=1)) == first
    assert len(list_changes(store, found.id)) == 2


def test_neither_change_nor_audit_row_stands_alone(store: Store, ada: Account, found: Finding) -> None:
    store.journal.run(lambda cursor: cursor.execute("drop table audit") and None)
    with pytest.raises(duckdb.CatalogException):
        change_finding(store, found.id, PROMISED, revision=1, by=ada, now=NOON)
    with pytest.raises(duckdb.CatalogException):
        add_finding(store, "2025", FOUND, by=ada, now=NOON)
    assert list_findings(store, ["2025", "2026"]) == (found,)


def test_a_number_that_is_none_is_said_to_be(store: Store, ada: Account) -> None:
    with pytest.raises(UnknownFinding):
        find_finding(store, 7)
    with pytest.raises(UnknownFinding):
        change_finding(store, 7, FOUND, revision=1, by=ada, now=NOON)


def test_what_is_late_longest_stands_first_and_what_is_over_last(store: Store, ada: Account) -> None:
    written = [
        replace(PROMISED, found="over", state=State.CANNOT, outcome="No room."),
        replace(FOUND, found="open"),
        replace(PROMISED, found="soon", due_on=date(2026, 12, 1)),
        replace(PROMISED, found="late", due_on=date(2026, 11, 1)),
        replace(PROMISED, found="later", state=State.UNDER_WAY, due_on=date(2026, 10, 1)),
    ]
    added = [add_finding(store, "2026", content, by=ada, now=NOON) for content in written]
    in_order = [finding.content.found for finding in by_urgency(added, date(2026, 11, 2))]
    assert in_order == ["later", "late", "soon", "open", "over"]
