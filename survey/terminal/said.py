"""What the person at the keyboard is told when something cannot be done, and files made for them alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from survey.config import ConfigError
from survey.control import CommandFailed
from survey.store.connect import StoreTaken, StoreUnusable

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what a command cannot do into one line on standard error and an exit code."""
    try:
        yield
    except CommandFailed as error:
        raise _said(str(error), error.exit_code) from error
    except (ConfigError, StoreTaken, StoreUnusable) as error:
        raise _said(str(error)) from error


@contextmanager
def new_private_file(path: Path) -> Iterator[IO[str]]:
    """A new file that only its owner may read; gone again if what was to be in it fails. An existing one stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise _said(f"{path} exists already. Name a file that does not.") from error
    except OSError as error:
        raise _said(f"{path} cannot be made: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _said(message: str, exit_code: int = 1) -> click.ClickException:
    return _Said(message, exit_code)


class _Said(click.ClickException):
    """A message with an exit code of its own."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance, whatever its type says


def show_addresses(url: str) -> None:
    """Where to look, once it is served."""
    for what, path in (
        ("Survey", "/"),
        ("Group", "/review/"),
        ("Staff", "/staff/"),
        ("Dashboard", "/dashboard/"),
        ("Results", "/results/"),
    ):
        click.echo(f"{what}: {url}{path}")
