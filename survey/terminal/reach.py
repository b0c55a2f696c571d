"""Running a command wherever the store is: in the process that serves it, else here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

import click

from survey.commands import BEGINNINGS, Services, make_handlers
from survey.config import Config, load_config, store_path
from survey.control import CommandFailed, NoServer, Report, send_command
from survey.store.connect import Store, StoreTaken, open_store
from survey.terminal.progress import progress_bars
from survey.terminal.said import plain_errors

MakeServices = Callable[[Config, Store], Services]

PATIENCE = 10.0
"""Seconds to wait for a store that another command has open, or a server that is just starting."""


def send(command: str, /, **arguments: Any) -> Any:
    """Run a command of the current click context, whose object makes services; what fails is said plainly."""
    make_services: MakeServices = click.get_current_context().obj
    with plain_errors(), progress_bars() as bars:
        _check_store(command)
        return run_command(load_config(os.environ), command, arguments, bars.show, make_services)


def _check_store(command: str) -> None:
    """Make neither a store nor secrets for a command that can do nothing with a new one. Raises CommandFailed."""
    path = store_path(os.environ)
    if command not in BEGINNINGS and not path.exists():
        raise CommandFailed(
            f"There is no store {path}. Set PHB_DATA to the folder of the system you mean, "
            "or begin one there: `phb wave open` or `phb serve`."
        )


def run_command(
    config: Config, name: str, arguments: Mapping[str, Any], report: Report, make_services: MakeServices
) -> Any:
    """Run a command and return its result. Raises CommandFailed, StoreUnusable."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return send_command(config, name, arguments, report)
        except NoServer:
            try:
                store = open_store(config)
            except StoreTaken as taken:
                if time.monotonic() > until:
                    raise CommandFailed(f"{taken} It takes no commands.") from taken
                time.sleep(0.1)
                continue
        with closing(store):
            return make_handlers(make_services(config, store))[name](arguments, report)
