"""Erasing: gone at once, gone from the file after compaction, and not brought back by a restored backup."""

from __future__ import annotations

import stat
from pathlib import Path
from threading import Thread

import pytest

from survey.codes import CodeError
from survey.config import Config
from survey.store.audit import list_audit
from survey.store.connect import Store
from survey.store.copies import back_up, compact, restore
from survey.store.erasure import Erased, erase_response, ledger_of
from survey.store.invitations import find_invitation, issue_codes
from survey.store.responses import (
    UnknownResponse,
    find_by_return_code,
    load_response,
    save_page,
    start_response,
    submit_response,
)
from tests.survey.store.builders import NOON, begin, open_tiny_wave, said

SECRET = "my neighbour takes my money"


def tell_a_secret(store: Store, key: bytes) -> tuple[int, str]:
    open_tiny_wave(store)
    state, code = begin(store, key)
    save_page(store, state.response, page="words", answers={"words": SECRET}, **said())
    submit_response(store, state.response, **said())
    return state.response, code


def test_an_erased_response_is_gone_at_once(store: Store, key: bytes) -> None:
    response, code = tell_a_secret(store, key)
    other, _ = begin(store, key)
    assert erase_response(store, key, code.lower(), NOON) == Erased(wave="2026", events=2)
    assert find_by_return_code(store, key, code) is None
    assert load_response(store, response) is None
    for table in ("events", "responses", "statuses"):
        assert store.rows(f"select count(*) from {table} where response = ?", [response]) == [(0,)]
    with pytest.raises(UnknownResponse):
        save_page(store, response, page="words", answers={}, **said())
    assert load_response(store, other.response, fresh=True) == other


def test_an_unknown_code_erases_nothing_and_an_impossible_one_is_an_error(store: Store, key: bytes) -> None:
    tell_a_secret(store, key)
    assert erase_response(store, key, "6MYW-V4A5-HVGH-PEWM", NOON) is None
    with pytest.raises(CodeError):
        erase_response(store, key, "6MYW", NOON)
    assert store.rows("select count(*) from responses") == [(1,)]


def test_a_reader_that_was_slow_does_not_bring_it_back_to_the_cache(store: Store, key: bytes) -> None:
    response, code = tell_a_secret(store, key)
    read_before = load_response(store, response)
    assert read_before is not None
    erase_response(store, key, code, NOON)
    store.responses.put(read_before)
    assert load_response(store, response) is None


def test_saving_and_erasing_at_the_same_moment_leaves_nothing(store: Store, key: bytes) -> None:
    open_tiny_wave(store)
    state, code = begin(store, key)

    def save_on() -> None:
        while True:
            save_page(store, state.response, page="words", answers={"words": SECRET}, **said())

    def save_until_it_is_gone() -> None:
        with pytest.raises(UnknownResponse):
            save_on()

    saving = Thread(target=save_until_it_is_gone)
    saving.start()
    assert erase_response(store, key, code, NOON) is not None
    saving.join(30)
    assert not saving.is_alive()
    assert store.rows("select count(*) from events") == [(0,)]


def test_its_invitation_can_be_used_anew(store: Store, key: bytes) -> None:
    open_tiny_wave(store)
    (code,) = issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    invitation = find_invitation(store, key, code)
    _, return_code = start_response(store, key, wave="2026", invitation=invitation, page="p", answers={}, **said())
    erase_response(store, key, return_code, NOON)
    again = find_invitation(store, key, code)
    assert again is not None
    assert again.response is None
    state, _ = start_response(store, key, wave="2026", invitation=again, page="p", answers={}, **said())
    assert state.area == "QWO"


def test_after_compaction_the_words_are_not_in_any_file(config: Config, store: Store, key: bytes) -> None:
    _, code = tell_a_secret(store, key)
    kept, _ = begin(store, key)
    save_page(store, kept.response, page="words", answers={"words": "words that stay"}, **said())
    erase_response(store, key, code, NOON)
    compact(store)
    store.close()  # only now: reading the bytes of an open file would drop DuckDB's lock on it
    written = b"".join(path.read_bytes() for path in config.data.rglob("*") if path.is_file())
    assert b"neighbour" not in written
    assert b"words that stay" in written


def test_what_was_erased_since_a_backup_is_erased_again_when_it_is_restored(
    store: Store, key: bytes, tmp_path: Path
) -> None:
    response, code = tell_a_secret(store, key)
    kept, _ = begin(store, key)
    back_up(store, tmp_path / "backup.duckdb")
    erase_response(store, key, code, NOON)
    restored = restore(store, key, tmp_path / "backup.duckdb", NOON)
    assert (restored.responses, restored.erased_again) == (1, 1)
    assert find_by_return_code(store, key, code) is None
    assert store.rows("select count(*) from events where response = ?", [response]) == [(0,)]
    assert load_response(store, kept.response, fresh=True) == kept


def test_ledger_and_audit_do_not_say_who(store: Store, key: bytes) -> None:
    response, code = tell_a_secret(store, key)
    erase_response(store, key, code, NOON, actor="Sam")
    ledger = ledger_of(store.path)
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600
    (line,) = ledger.read_text().splitlines()
    digest, day = line.split()
    assert (len(digest), day) == (64, "2026-09-01")
    assert str(response) not in line
    row = list_audit(store)[0]
    assert (row.actor, row.action, row.subject, row.details) == ("Sam", "erase response", "2026", {})
