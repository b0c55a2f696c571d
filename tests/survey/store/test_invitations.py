"""Invitation codes: issued for an area, found however they are typed, kept only as hashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey.codes import CodeError, normalise
from survey.config import Config
from survey.store.audit import list_audit
from survey.store.connect import Store, open_store
from survey.store.invitations import Invitation, count_invited, find_invitation, issue_codes
from survey.store.waves import WaveError, close_wave
from tests.survey.store.builders import NOON, open_tiny_wave


def test_each_issued_code_finds_its_invitation(store: Store, key: bytes) -> None:
    open_tiny_wave(store)
    here = issue_codes(store, key, wave="2026", area="QWO", count=3, now=NOON)
    there = issue_codes(store, key, wave="2026", area="Z9B2Z", count=2, now=NOON)
    assert len({*here, *there}) == 5
    found = [find_invitation(store, key, code) for code in [*here, *there]]
    assert [(each.area, each.wave, each.response) for each in found if each] == [
        *[("QWO", "2026", None)] * 3,
        *[("Z9B2Z", "2026", None)] * 2,
    ]
    assert len({each.id for each in found if each}) == 5
    assert count_invited(store, "2026") == {"QWO": 3, "Z9B2Z": 2}
    assert count_invited(store, "2025") == {}


def test_a_code_is_found_however_it_is_typed(store: Store, key: bytes) -> None:
    open_tiny_wave(store)
    (code,) = issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    assert find_invitation(store, key, f" {code.lower().replace('-', ' ')} ") == Invitation(1, "2026", "QWO", None)


def test_an_unknown_code_is_none_and_an_impossible_one_an_error(store: Store, key: bytes) -> None:
    assert find_invitation(store, key, "6MYW-V4A5-HVGH-PEWM") is None
    with pytest.raises(CodeError):
        find_invitation(store, key, "6MYW-V4A5-HVGH-PEWN")


def test_codes_are_nowhere_in_the_files(config: Config, tmp_path: Path) -> None:
    store = open_store(config)
    open_tiny_wave(store)
    codes = issue_codes(store, config.code_key, wave="2026", area="QWO", count=20, now=NOON)
    store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for code in codes:
        assert normalise(code).encode() not in written
        assert code.replace("-", "").encode() not in written


def test_another_key_finds_nothing(store: Store, key: bytes) -> None:
    open_tiny_wave(store)
    (code,) = issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    assert find_invitation(store, key + b"!", code) is None


def test_codes_are_issued_for_an_open_wave_only(store: Store, key: bytes) -> None:
    with pytest.raises(WaveError, match="There is no wave"):
        issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    open_tiny_wave(store)
    close_wave(store, "2026", NOON)
    with pytest.raises(WaveError, match="is closed"):
        issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    assert store.rows("select count(*) from invitations") == [(0,)]


@pytest.mark.parametrize("count", [0, -1, 100_001])
def test_a_silly_number_of_codes_is_refused(store: Store, key: bytes, count: int) -> None:
    open_tiny_wave(store)
    with pytest.raises(ValueError, match="1 to 100,000"):
        issue_codes(store, key, wave="2026", area="QWO", count=count, now=NOON)


def test_issuing_is_audited_without_the_codes(store: Store, key: bytes) -> None:
    open_tiny_wave(store)
    issue_codes(store, key, wave="2026", area="QWO", count=2, now=NOON, actor="Sam")
    (row,) = list_audit(store)
    assert (row.actor, row.action, row.subject) == ("Sam", "issue codes", "2026")
    assert row.details == {"area": "QWO", "count": "2"}
    assert row.happened_at == NOON
