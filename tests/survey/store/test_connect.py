"""Opening the store: once, by one process, with the right key; every failure is one clear line."""

from __future__ import annotations

import dataclasses
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from survey.config import Config
from survey.store.connect import Store, StoreTaken, StoreUnusable, open_store
from survey.store.copies import compact
from survey.store.responses import load_response, save_page
from survey.store.schema import ADDED, SCHEMA_VERSION
from survey.store.waves import list_waves
from tests.survey.store.builders import begin, config_for, make_older, open_tiny_wave, said

OPEN_ELSEWHERE = """
import os, sys
from survey.config import load_config
from survey.store.connect import StoreTaken, open_store
try:
    open_store(load_config(os.environ))
except StoreTaken as error:
    print(error)
    sys.exit(3)
"""


def open_in_another_process(config: Config) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", OPEN_ELSEWHERE],
        env={"PHB_DATA": str(config.data)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_what_was_written_is_there_when_the_store_is_opened_again(config: Config) -> None:
    store = open_store(config)
    wave = open_tiny_wave(store)
    store.close()
    store.close()
    again = open_store(config)
    assert list_waves(again) == (wave,)
    again.close()


def test_only_its_owner_can_read_the_file_and_its_log(config: Config, store: Store) -> None:
    def modes() -> dict[str, int]:
        return {path.name: stat.S_IMODE(path.stat().st_mode) for path in config.data.glob("phb.duckdb*")}

    open_tiny_wave(store)
    assert modes() == {"phb.duckdb": 0o600, "phb.duckdb.wal": 0o600}
    compact(store)
    begin(store, config.code_key)
    assert modes() == {"phb.duckdb": 0o600, "phb.duckdb.wal": 0o600}


@pytest.mark.usefixtures("store")
def test_a_second_process_is_told_in_one_line_that_the_store_is_taken(config: Config) -> None:
    done = open_in_another_process(config)
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.count("\n") == 1
    assert "is open in another process" in done.stdout


def test_a_second_opener_in_the_same_process_is_told_so_too(config: Config, store: Store) -> None:
    with pytest.raises(StoreTaken):
        open_store(config)
    open_tiny_wave(store)
    assert open_in_another_process(config).returncode == 3


def test_a_closed_store_can_be_opened_elsewhere_even_with_cursors_left_in_threads(config: Config) -> None:
    store = open_store(config)
    reading, done = threading.Event(), threading.Event()

    def read() -> None:
        store.rows("select 1 from events")
        reading.set()
        done.wait(30)

    thread = threading.Thread(target=read)
    thread.start()
    assert reading.wait(30)
    store.close()
    assert open_in_another_process(config).returncode == 0
    done.set()
    thread.join()


def test_another_code_key_is_refused(config: Config) -> None:
    open_store(config).close()
    with pytest.raises(StoreUnusable, match="PHB_CODE_KEY is not the one"):
        open_store(dataclasses.replace(config, code_key=b"another key, made elsewhere"))
    open_store(config).close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(config: Config) -> None:
    config.store.write_text("not a database, but somebody's notes " * 100)
    with pytest.raises(StoreUnusable) as caught:
        open_store(config)
    assert "\n" not in str(caught.value)
    assert config.store.read_text().startswith("not a database")


@pytest.mark.parametrize("name", ["notes.json", "notes.csv", "notes.parquet", "notes.sqlite", "notes.db"])
@pytest.mark.parametrize("content", ['{"id":"x",', "PAR1", "SQLite format 3\0", ""])
def test_a_file_of_another_format_is_refused_whatever_its_name(tmp_path: Path, name: str, content: str) -> None:
    """DuckDB would attach some of them as a database in memory, which keeps nothing."""
    config = config_for(tmp_path, PHB_STORE=f"duckdb:{tmp_path / name}")
    config.store.write_text(content)
    with pytest.raises(StoreUnusable) as caught:
        open_store(config)
    assert str(caught.value) == f"{config.store} is no DuckDB database. Name another file."
    assert config.store.read_text() == content


def test_a_new_store_may_have_any_name(tmp_path: Path) -> None:
    config = config_for(tmp_path, PHB_STORE=f"duckdb:{tmp_path}/answers.json")
    store = open_store(config)
    wave = open_tiny_wave(store)
    store.close()
    again = open_store(config)
    assert list_waves(again) == (wave,)
    again.close()


def test_a_database_of_something_else_is_refused(config: Config) -> None:
    with duckdb.connect(str(config.store)) as other:
        other.execute("create table recipes (name varchar)")
    with pytest.raises(StoreUnusable, match="schema unknown"):
        open_store(config)


def test_a_store_of_a_later_schema_is_refused(config: Config) -> None:
    store = open_store(config)
    store.journal.run(lambda cursor: cursor.execute("update about_store set value = '99'"))
    store.close()
    with pytest.raises(StoreUnusable, match="schema 99"):
        open_store(config)


@pytest.mark.parametrize("version", ADDED)
def test_a_store_of_an_earlier_schema_gets_what_it_lacks_and_keeps_what_it_has(config: Config, version: str) -> None:
    make_older(config, version)
    with closing(open_store(config)) as store:
        assert store.rows("select actor from audit") == [("somebody",)]
        assert store.rows("select count(*) from findings") == [(0,)]
        assert store.rows("select count(*) from rounds") == [(0,)]
        assert store.rows("select count(*) from offers") == [(0,)]
        assert store.rows("select value from about_store where name = 'schema_version'") == [(SCHEMA_VERSION,)]
    open_store(config).close()


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    config = config_for(tmp_path, PHB_STORE=f"duckdb:{tmp_path}/file/phb.duckdb")
    with pytest.raises(StoreUnusable) as caught:
        open_store(config)
    assert "\n" not in str(caught.value)


def test_a_name_with_a_quote_is_a_name(tmp_path: Path) -> None:
    config = config_for(tmp_path, PHB_STORE=f"duckdb:{tmp_path}/the group's.duckdb")
    open_store(config).close()
    assert (tmp_path / "the group's.duckdb").exists()


def test_an_encrypted_store_shows_nothing_of_what_people_wrote(tmp_path: Path) -> None:
    config = config_for(tmp_path, PHB_STORE_KEY="it's a long passphrase")
    store = open_store(config)
    open_tiny_wave(store)
    state, _ = begin(store, config.code_key)
    save_page(store, state.response, page="words", answers={"words": "plain to see"}, **said())
    assert b"plain to see" not in b"".join(path.read_bytes() for path in tmp_path.glob("phb.duckdb*"))
    store.close()
    assert b"plain to see" not in config.store.read_bytes()
    again = open_store(config)
    found = load_response(again, state.response)
    assert found is not None
    assert found.answers["words"] == "plain to see"
    again.close()


@pytest.mark.parametrize(
    ("made_with", "opened_with", "message"),
    [
        ("a long passphrase", None, "{path} is encrypted. Set PHB_STORE_KEY to the key that it was made with."),
        (
            "a long passphrase",
            "a wrong passphrase",
            "PHB_STORE_KEY is not the key that {path} was made with. Set that one.",
        ),
        (
            None,
            "a long passphrase",
            "{path} is not encrypted, but PHB_STORE_KEY is set. Unset it to use this file.",
        ),
    ],
)
def test_a_store_opens_with_its_own_key_only_and_what_to_do_is_said(
    config: Config, made_with: str | None, opened_with: str | None, message: str
) -> None:
    open_store(dataclasses.replace(config, store_key=made_with)).close()
    with pytest.raises(StoreUnusable) as caught:
        open_store(dataclasses.replace(config, store_key=opened_with))
    assert str(caught.value) == message.format(path=config.store)


def test_many_threads_can_read_while_the_file_is_opened_again(config: Config, store: Store) -> None:
    """As after a failing disk, or when a compacted file takes its place."""
    open_tiny_wave(store)
    state, _ = begin(store, config.code_key)
    failures: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                assert store.rows("select response from events") == [(state.response,)]
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        compact(store)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
