"""Starting the server: what would stop it is said in one line before it starts."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import socket
from datetime import datetime
from pathlib import Path
from threading import Thread

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from survey import resources
from survey.areas import list_vintages
from survey.checking import load_by_id
from survey.config import Config
from survey.control import CommandFailed
from survey.questionnaire.load import QuestionnaireError, load_file
from survey.store.connect import Store
from survey.store.journal import NotSaved
from survey.store.waves import TRIAL, Wave, list_waves, open_wave

APPLICATION = "survey.together.application:wsgi"
FIRST_QUESTIONNAIRE = "phb-annual"
THREADS = 16
SECONDS_TO_STOP = 60
"""In which requests, a command and a release that have begun are finished, or given up."""

ROOM = 1024 * 1024
"""Bytes there must be on the disk for the server to start."""


class CannotStart(CommandFailed):
    """The server cannot start; the message is one line that says why and what to do."""


# --- Before ---------------------------------------------------------------------


def check_questionnaires(folder: Path) -> None:
    """Every file must be one that can be asked. Raises CannotStart."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise CannotStart(f"There is no questionnaire in {folder}. Put one there, or set PHB_QUESTIONNAIRES.")
    for path in files:
        try:
            load_file(path)
        except QuestionnaireError as error:
            first = error.problems[0]
            raise CannotStart(
                f"{path} cannot be used. {first.path}: {first.message} {first.remedy} "
                f"(Problem 1 of {len(error.problems)}; `phb check {path}` lists all.)"
            ) from error


def check_address(host: str, port: int) -> None:
    """Nothing else may listen where the server is to. Raises CannotStart."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(f"Port {port} of {host} is in use. Stop what uses it, or give another --port.") from error
        raise CannotStart(
            f"{host}, port {port}, cannot be used: {error.strerror}. Give another --host or --port."
        ) from error


def check_room(folder: Path) -> None:
    """There must be room for answers. Raises CannotStart."""
    probe = folder / f".room-{os.getpid()}"
    try:
        probe.write_bytes(bytes(ROOM))
    except OSError as error:
        raise CannotStart(f"PHB_DATA: {folder} cannot be written: {error.strerror}.") from error
    finally:
        probe.unlink(missing_ok=True)


def open_first_wave(store: Store, config: Config, now: datetime) -> Wave | None:
    """On an empty store a wave to try the survey with; None where there is one already. Raises CannotStart."""
    if list_waves(store):
        return None
    try:
        return open_wave(
            store,
            wave=TRIAL,
            questionnaire=load_by_id(config.questionnaires, FIRST_QUESTIONNAIRE),
            vintage=list_vintages(resources.AREAS)[-1],
            open_link=True,
            made_up=False,
            now=now,
        )
    except CommandFailed as error:
        raise CannotStart(f"The store is empty and there is nothing to ask. {error}") from error
    except NotSaved as error:
        raise CannotStart(f"The store {store.path} cannot be written: {error}.") from error


# --- Running --------------------------------------------------------------------


def address_of(host: str, port: int) -> str:
    """The address to type on this machine."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{shown}:{port}"


def run_server(host: str, port: int) -> None:
    """Serve until a signal says stop. The application is built in a child process, which alone opens the store.

    `spawn`, because what this process has opened and closed before would not survive a fork in one piece.
    """
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=SECONDS_TO_STOP,
    ).serve()


def stop_with_parent() -> None:
    """End this process in good order if the one that started it is killed: nobody else would."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def outlive() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=outlive, name="parent", daemon=True).start()
