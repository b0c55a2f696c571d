"""Backups, restoring and compaction: made while people answer, whole, or not at all."""

from __future__ import annotations

import dataclasses
import stat
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import duckdb
import pytest

from survey.config import Config
from survey.store.connect import Store, open_store
from survey.store.copies import CopyError, back_up, compact, restore
from survey.store.invitations import find_invitation, issue_codes
from survey.store.responses import (
    AlreadyStarted,
    ResponseState,
    find_by_return_code,
    load_response,
    save_page,
    start_response,
    submit_response,
)
from survey.store.schema import SCHEMA_VERSION
from survey.store.waves import close_wave, find_wave
from tests.survey.store.builders import NOON, begin, config_for, make_older, open_tiny_wave, said


def fill(store: Store, key: bytes, count: int = 5) -> dict[str, ResponseState]:
    """Responses of three pages by return code; every other one is sent."""
    open_tiny_wave(store)
    filled = {}
    for number in range(count):
        state, code = begin(store, key)
        for page in ("first", "second"):
            state = save_page(store, state.response, page=page, answers={page: number}, **said())
        filled[code] = submit_response(store, state.response, **said()) if number % 2 else state
    return filled


def files_beside(store: Store) -> set[str]:
    return {path.name for path in store.path.parent.iterdir()}


def keep_saving(store: Store, key: bytes, stop: Event, saved: list[ResponseState]) -> None:
    state, _ = begin(store, key)
    while not stop.is_set():
        state = save_page(store, state.response, page=f"page-{state.seq % 7}", answers={"a": state.seq}, **said())
    saved.append(state)


def test_a_backup_is_a_store_with_everything_in_it(config: Config, store: Store, key: bytes, tmp_path: Path) -> None:
    filled = fill(store, key)
    size = back_up(store, tmp_path / "backup.duckdb")
    assert size == (tmp_path / "backup.duckdb").stat().st_size
    assert stat.S_IMODE((tmp_path / "backup.duckdb").stat().st_mode) == 0o600
    copy = open_store(dataclasses.replace(config, store=tmp_path / "backup.duckdb"))
    for code, state in filled.items():
        assert find_by_return_code(copy, key, code) == state
    copy.close()


def test_a_backup_never_writes_over_a_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    with pytest.raises(CopyError, match="exists already"):
        back_up(store, tmp_path / "notes")
    assert (tmp_path / "notes").read_text() == "mine"


def test_a_backup_to_nowhere_is_one_clear_line_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "no" / "such"
    with pytest.raises(CopyError) as caught:
        back_up(store, folder / "copy.duckdb")
    assert str(caught.value) == f"No backup was made: there is no folder {folder}. Make it, or name another."
    assert not folder.exists()
    assert store.rows("select 1") == [(1,)]


def test_an_encrypted_store_has_encrypted_copies(tmp_path: Path) -> None:
    config = config_for(tmp_path / "live", PHB_STORE_KEY="a long passphrase")
    store = open_store(config)
    filled = fill(store, config.code_key)
    back_up(store, tmp_path / "backup.duckdb")
    compact(store)
    store.close()
    for path in (tmp_path / "backup.duckdb", config.store):
        with pytest.raises(duckdb.Error, match="without a key"):
            duckdb.connect(str(path))
        again = open_store(dataclasses.replace(config, store=path))
        assert find_by_return_code(again, config.code_key, next(iter(filled))) == next(iter(filled.values()))
        again.close()


@pytest.mark.parametrize("action", ["backup", "compact"])
def test_people_go_on_answering_meanwhile_and_nothing_is_lost(
    config: Config, store: Store, key: bytes, tmp_path: Path, action: str
) -> None:
    filled = fill(store, key, count=40)
    stop = Event()
    saved: list[ResponseState] = []
    threads = [Thread(target=keep_saving, args=(store, key, stop, saved)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(3):
        if action == "compact":
            compact(store)
        else:
            back_up(store, tmp_path / f"backup-{number}.duckdb")
    stop.set()
    for thread in threads:
        thread.join()
    assert len(saved) == 4
    store.close()
    again = open_store(config)
    for state in [*saved, *filled.values()]:
        assert load_response(again, state.response) == state
    again.close()


def test_compaction_leaves_one_file_that_only_its_owner_can_read(store: Store, key: bytes) -> None:
    fill(store, key)
    before = files_beside(store) - {"phb.duckdb.wal"}
    done = compact(store)
    assert files_beside(store) == before
    assert done.after == store.path.stat().st_size > 0
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_after_compaction_keys_still_hold_and_everything_goes_on(store: Store, key: bytes) -> None:
    open_tiny_wave(store)
    (code,) = issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    invitation = find_invitation(store, key, code)
    state, _ = start_response(store, key, wave="2026", invitation=invitation, page="p", answers={}, **said())
    compact(store)
    with pytest.raises(AlreadyStarted):
        start_response(store, key, wave="2026", invitation=invitation, page="p", answers={}, **said())
    with pytest.raises(duckdb.ConstraintException):
        store.journal.run(
            lambda cursor: cursor.execute(
                "insert into responses select 1, 'x', * exclude (response, return_hash) from responses"
            )
        )
    assert save_page(store, state.response, page="q", answers={"a": 1}, **said()).seq == 2
    compact(store)
    assert load_response(store, state.response, fresh=True) == load_response(store, state.response)


def test_what_a_compaction_that_was_killed_left_behind_is_removed_by_the_next(store: Store, key: bytes) -> None:
    fill(store, key)
    for name in ("phb.duckdb.compacting", "phb.duckdb.compacting.wal"):
        (store.path.parent / name).write_text("half a file")
    compact(store)
    assert not {name for name in files_beside(store) if "compacting" in name}


def test_a_restored_backup_is_what_the_store_holds_and_the_old_file_is_kept(
    config: Config, store: Store, key: bytes, tmp_path: Path
) -> None:
    filled = fill(store, key)
    back_up(store, tmp_path / "backup.duckdb")
    later, later_code = begin(store, key)
    close_wave(store, "2026", NOON)
    restored = restore(store, key, tmp_path / "backup.duckdb", NOON + timedelta(days=1))
    assert (restored.responses, restored.erased_again) == (5, 0)
    for code, state in filled.items():
        assert find_by_return_code(store, key, code) == state
    assert load_response(store, later.response) is None
    wave = find_wave(store, "2026")
    assert wave is not None
    assert wave.is_open
    store.close()
    old = open_store(dataclasses.replace(config, store=restored.kept))
    assert find_by_return_code(old, key, later_code) == later
    old.close()


def test_a_backup_goes_into_an_empty_store_with_the_same_key(
    config: Config, store: Store, key: bytes, tmp_path: Path
) -> None:
    filled = fill(store, key)
    back_up(store, tmp_path / "backup.duckdb")
    new = open_store(dataclasses.replace(config, store=tmp_path / "new.duckdb"))
    assert restore(new, key, tmp_path / "backup.duckdb", NOON).responses == 5
    assert find_by_return_code(new, key, next(iter(filled))) == next(iter(filled.values()))
    new.close()


def test_a_backup_of_the_first_schema_is_taken_and_brought_up_to_date(
    config: Config, store: Store, key: bytes, tmp_path: Path
) -> None:
    older = dataclasses.replace(config, store=tmp_path / "older.duckdb")
    make_older(older)
    restore(store, key, tmp_path / "older.duckdb", NOON)
    assert store.rows("select count(*) from findings") == [(0,)]
    compact(store)
    assert store.rows("select value from about_store where name = 'schema_version'") == [(SCHEMA_VERSION,)]


def test_what_is_no_backup_of_this_system_is_refused_and_nothing_changes(
    config: Config, store: Store, key: bytes, tmp_path: Path
) -> None:
    filled = fill(store, key)
    (tmp_path / "notes.txt").write_text("no database " * 1000)
    with duckdb.connect(str(tmp_path / "other.duckdb")) as other:
        other.execute("create table recipes (name varchar)")
    stranger = dataclasses.replace(config, store=tmp_path / "stranger.duckdb", code_key=b"made somewhere else")
    open_store(stranger).close()
    for name, reason in [
        ("missing.duckdb", "There is no file"),
        ("notes.txt", "was not restored: .*notes.txt is no DuckDB database"),
        ("other.duckdb", "not a backup of this system"),
        ("stranger.duckdb", "another PHB_CODE_KEY"),
    ]:
        with pytest.raises(CopyError, match=reason) as caught:
            restore(store, key, tmp_path / name, NOON)
        assert "\n" not in str(caught.value)
    assert not {name for name in files_beside(store) if "restoring" in name or "before" in name}
    assert find_by_return_code(store, key, next(iter(filled))) == next(iter(filled.values()))
