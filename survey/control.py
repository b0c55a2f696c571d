"""The command channel: `phb` commands reach the process that holds the store, and run there.

No second process can open a store that is served. The serving process listens on the loopback address and leaves the
port and a random key in `serve.json`, which only its owner may read. Messages are JSON; nothing is ever unpickled.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from threading import BoundedSemaphore, Lock, Thread, Timer, current_thread
from typing import Any

from survey.config import Config

ADDRESS_FILE = "serve.json"
SECONDS_TO_PROVE_THE_KEY = 5.0
SECONDS_TO_FINISH = 30.0
MOST_CONNECTIONS = 8
LONGEST_REQUEST = 1_000_000
LONGEST_ANSWER = 64_000_000
"""Bytes; 100,000 invitation codes are 2.3 million."""

Report = Callable[[Any], None]
"""Takes progress as anything JSON can carry."""
Handler = Callable[[Mapping[str, Any], Report], Any]
"""Gets the arguments and where to report progress; returns what JSON can carry. Raises CommandFailed."""

_log = logging.getLogger(__name__)
_GONE = (OSError, EOFError, AuthenticationError, ValueError, LookupError, TypeError)
"""What a peer that went away, has another key or does not speak our language looks like."""


class NoServer(Exception):
    """No process serves this data folder, so a command can open the store itself."""


class CommandFailed(Exception):
    """A command cannot be done; the message is for the person at the keyboard."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True)
class _Address:
    """Where a serving process listens, as `serve.json` has it."""

    port: int
    key: bytes

    def write(self, path: Path) -> None:
        text = json.dumps({"port": self.port, "key": self.key.hex(), "process": os.getpid()})
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)

    @classmethod
    def read(cls, path: Path) -> _Address | None:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            return cls(int(found["port"]), bytes.fromhex(found["key"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


class CommandServer:
    """Runs commands sent by `send_command` in threads of this process, until it is closed."""

    def __init__(self, handlers: Mapping[str, Handler], config: Config) -> None:
        self._handlers = handlers
        self._path = config.data / ADDRESS_FILE
        self._listener = Listener(("127.0.0.1", 0), backlog=MOST_CONNECTIONS)
        self._address = _Address(_port(self._listener), secrets.token_bytes(32))
        self._closing = False
        self._lock = Lock()
        self._running: set[Thread] = set()
        self._places = BoundedSemaphore(MOST_CONNECTIONS)
        self._address.write(self._path)  # a file left by a process that was killed is replaced here
        self._thread = Thread(target=self._accept, name="commands", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more commands, and give those that run half a minute to finish."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
        if _Address.read(self._path) == self._address:
            self._path.unlink(missing_ok=True)
        with socket.create_connection(("127.0.0.1", self._address.port), timeout=SECONDS_TO_PROVE_THE_KEY):
            self._thread.join()  # the connection wakes `accept`, which closing the socket would not
        self._listener.close()
        for thread in tuple(self._running):
            thread.join(SECONDS_TO_FINISH)

    def _accept(self) -> None:
        while True:
            self._places.acquire()
            try:
                connection = self._listener.accept()
            except OSError:
                self._places.release()
                if self._closing:
                    return
                continue
            if self._closing:
                connection.close()
                return
            thread = Thread(target=self._serve, args=(connection,), name="command", daemon=True)
            self._running.add(thread)
            thread.start()

    def _serve(self, connection: Connection) -> None:
        try:
            with connection:
                _prove_both(connection, self._address.key)
                request = json.loads(connection.recv_bytes(LONGEST_REQUEST))
                connection.send_bytes(self._answer(request["command"], request["arguments"], connection))
        except _GONE as error:
            _log.warning("A command was not answered: %s", error or type(error).__name__)
        finally:
            self._running.discard(current_thread())
            self._places.release()

    def _answer(self, name: str, arguments: Mapping[str, Any], connection: Connection) -> bytes:
        def report(progress: Any) -> None:
            with suppress(*_GONE):  # whoever asked may have gone; what was begun is still done to its end
                _send(connection, {"progress": progress})

        try:
            handler = self._handlers.get(name)
            if handler is None:
                raise CommandFailed(f"The serving process knows no command '{name}'.", exit_code=2)
            return _encode({"result": handler(arguments, report)})
        except CommandFailed as failed:
            return _encode({"error": str(failed), "exit_code": failed.exit_code})
        except Exception as error:
            _log.exception("The command %s failed", name)
            message = f"The command failed ({type(error).__name__}); the log of the serving process says more."
            return _encode({"error": message, "exit_code": 1})


def send_command(config: Config, name: str, arguments: Mapping[str, Any], on_progress: Report) -> Any:
    """Have the serving process of this data folder run a command, and return its result.

    Raises NoServer when nothing serves there, CommandFailed when the command fails or the server stops meanwhile.
    """
    with _connected(config.data / ADDRESS_FILE) as connection:
        try:
            _send(connection, {"command": name, "arguments": arguments})
            while True:
                message = json.loads(connection.recv_bytes(LONGEST_ANSWER))
                if "progress" not in message:
                    break
                on_progress(message["progress"])
        except (OSError, EOFError) as error:
            raise CommandFailed("The serving process stopped before the command was done.") from error
    if "error" in message:
        raise CommandFailed(message["error"], message["exit_code"])
    return message["result"]


@contextmanager
def _connected(path: Path) -> Iterator[Connection]:
    address = _Address.read(path)
    if address is None:
        raise NoServer(f"{path} names no serving process.")
    try:
        connection = Client(("127.0.0.1", address.port))
        try:
            _prove_both(connection, address.key, server=False)
        except BaseException:
            connection.close()
            raise
    except _GONE as error:
        raise NoServer(f"No process serves at the address in {path}.") from error
    with connection:
        yield connection


def _prove_both(connection: Connection, key: bytes, *, server: bool = True) -> None:
    """Each side shows that it knows the key without sending it. A silent peer is cut off after some seconds.

    Done here and not by Listener, so that a peer that says nothing cannot keep others from being accepted.
    """
    impatience = Timer(SECONDS_TO_PROVE_THE_KEY, _hang_up, (connection,))
    impatience.daemon = True
    impatience.start()
    try:
        if server:
            deliver_challenge(connection, key)
            answer_challenge(connection, key)
        else:
            answer_challenge(connection, key)
            deliver_challenge(connection, key)
    finally:
        impatience.cancel()


def _hang_up(connection: Connection) -> None:
    """Wake whoever waits for this peer: shutting a socket down does, closing it does not."""
    with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as peer:
        peer.shutdown(socket.SHUT_RDWR)


def _send(connection: Connection, message: Mapping[str, Any]) -> None:
    connection.send_bytes(_encode(message))


def _encode(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message).encode()


def _port(listener: Listener) -> int:
    address = listener.address
    assert isinstance(address, tuple)
    return int(address[1])
