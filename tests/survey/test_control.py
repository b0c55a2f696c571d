"""The command channel: commands run in the serving process, strangers do not, and no peer can hurt it."""

from __future__ import annotations

import json
import socket
import stat
from collections.abc import Iterator, Mapping
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from survey import control
from survey.config import Config, load_config
from survey.control import ADDRESS_FILE, CommandFailed, CommandServer, NoServer, Report, send_command


def count(arguments: Mapping[str, Any], report: Report) -> Any:
    for number in range(arguments["to"]):
        report({"done": number + 1})
    return {"counted": arguments["to"], "text": "\u0627\u0631\u062f\u0648"}


def refuse(arguments: Mapping[str, Any], report: Report) -> Any:
    raise CommandFailed("There is no wave '2031'.", exit_code=2)


def break_down(arguments: Mapping[str, Any], report: Report) -> Any:
    raise RuntimeError("a secret detail")


def answer_oddly(arguments: Mapping[str, Any], report: Report) -> Any:
    return object()


HANDLERS = {"count": count, "refuse": refuse, "break_down": break_down, "answer_oddly": answer_oddly}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load_config({"PHB_DATA": str(tmp_path)})


@pytest.fixture
def server(config: Config) -> Iterator[CommandServer]:
    server = CommandServer(HANDLERS, config)
    yield server
    server.close()


def ignore(progress: Any) -> None:
    assert progress is not None


def port_of(config: Config) -> int:
    return int(json.loads((config.data / ADDRESS_FILE).read_text())["port"])


@pytest.mark.usefixtures("server")
def test_a_command_runs_streams_its_progress_and_answers(config: Config) -> None:
    seen: list[Any] = []
    assert send_command(config, "count", {"to": 3}, seen.append) == {"counted": 3, "text": "\u0627\u0631\u062f\u0648"}
    assert seen == [{"done": 1}, {"done": 2}, {"done": 3}]


@pytest.mark.usefixtures("server")
def test_a_failed_command_gives_its_message_and_exit_code(config: Config) -> None:
    with pytest.raises(CommandFailed, match="There is no wave '2031'") as caught:
        send_command(config, "refuse", {}, ignore)
    assert caught.value.exit_code == 2


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("name", ["break_down", "answer_oddly"])
def test_an_unforeseen_failure_says_no_details_and_the_server_lives(config: Config, name: str) -> None:
    with pytest.raises(CommandFailed, match="the log of the serving process") as caught:
        send_command(config, name, {}, ignore)
    assert "secret" not in str(caught.value)
    assert send_command(config, "count", {"to": 0}, ignore)["counted"] == 0


@pytest.mark.usefixtures("server")
def test_an_unknown_command_is_wrong_usage(config: Config) -> None:
    with pytest.raises(CommandFailed, match="knows no command 'dance'") as caught:
        send_command(config, "dance", {}, ignore)
    assert caught.value.exit_code == 2


@pytest.mark.usefixtures("server")
def test_only_the_owner_can_read_the_address_and_key(config: Config) -> None:
    assert stat.S_IMODE((config.data / ADDRESS_FILE).stat().st_mode) == 0o600


def test_without_a_server_there_is_none(config: Config) -> None:
    with pytest.raises(NoServer):
        send_command(config, "count", {"to": 1}, ignore)


def test_the_address_is_removed_at_the_end(config: Config) -> None:
    server = CommandServer(HANDLERS, config)
    server.close()
    server.close()
    assert not (config.data / ADDRESS_FILE).exists()
    with pytest.raises(NoServer):
        send_command(config, "count", {"to": 1}, ignore)


def test_a_file_left_by_a_killed_server_is_no_server_and_is_replaced_by_the_next(config: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    (config.data / ADDRESS_FILE).write_text(json.dumps({"port": port, "key": "00" * 32, "process": 1}))
    with pytest.raises(NoServer):
        send_command(config, "count", {"to": 1}, ignore)
    server = CommandServer(HANDLERS, config)
    assert send_command(config, "count", {"to": 1}, ignore)["counted"] == 1
    server.close()


def test_a_port_that_something_else_took_over_is_no_server(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control, "SECONDS_TO_PROVE_THE_KEY", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = {"port": silent.getsockname()[1], "key": "00" * 32, "process": 1}
        (config.data / ADDRESS_FILE).write_text(json.dumps(address))
        with pytest.raises(NoServer):
            send_command(config, "count", {"to": 1}, ignore)


@pytest.mark.usefixtures("server")
def test_a_wrong_key_is_refused_and_does_not_hurt(config: Config) -> None:
    for _ in range(20):
        with pytest.raises((AuthenticationError, OSError, EOFError)):
            Client(("127.0.0.1", port_of(config)), authkey=b"guessed")
    assert send_command(config, "count", {"to": 1}, ignore)["counted"] == 1


@pytest.mark.usefixtures("server")
def test_a_peer_that_says_nothing_is_cut_off_and_keeps_nobody_waiting(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "SECONDS_TO_PROVE_THE_KEY", 0.5)
    with socket.create_connection(("127.0.0.1", port_of(config))) as silent:
        assert send_command(config, "count", {"to": 1}, ignore)["counted"] == 1
        silent.settimeout(10)
        while silent.recv(1000):
            pass  # the challenge, then the end


@pytest.mark.usefixtures("server")
def test_a_peer_that_speaks_another_language_does_not_hurt(config: Config) -> None:
    with socket.create_connection(("127.0.0.1", port_of(config))) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    key = bytes.fromhex(json.loads((config.data / ADDRESS_FILE).read_text())["key"])
    for message in (b"\x80\x04K\x01.", b"[]", b'{"command": []}', b'{"command": "count"}'):
        with Client(("127.0.0.1", port_of(config)), authkey=key) as connection:
            connection.send_bytes(message)
            with pytest.raises((EOFError, OSError)):
                connection.recv_bytes()
    assert send_command(config, "count", {"to": 1}, ignore)["counted"] == 1


def test_closing_waits_for_a_running_command(config: Config) -> None:
    begun, go_on = Event(), Event()

    def slow(arguments: Mapping[str, Any], report: Report) -> Any:
        begun.set()
        assert go_on.wait(10)
        return "done"

    server = CommandServer({"slow": slow}, config)
    answers: list[Any] = []
    asking = Thread(target=lambda: answers.append(send_command(config, "slow", {}, ignore)))
    asking.start()
    assert begun.wait(10)
    closing = Thread(target=server.close)
    closing.start()
    go_on.set()
    closing.join(10)
    asking.join(10)
    assert answers == ["done"]


def test_a_command_is_done_to_its_end_when_whoever_asked_has_gone(config: Config) -> None:
    begun, gone, ended = Event(), Event(), Event()

    def slow(arguments: Mapping[str, Any], report: Report) -> Any:
        begun.set()
        assert gone.wait(10)
        for number in range(100):
            report(number)
        ended.set()

    server = CommandServer({"slow": slow}, config)
    key = bytes.fromhex(json.loads((config.data / ADDRESS_FILE).read_text())["key"])
    with Client(("127.0.0.1", port_of(config)), authkey=key) as connection:
        connection.send_bytes(b'{"command": "slow", "arguments": {}}')
        assert begun.wait(10)
    gone.set()
    assert ended.wait(10)
    server.close()
