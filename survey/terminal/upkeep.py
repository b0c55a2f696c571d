"""Commands about the store as a whole: backups, and erasing a response for good."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from survey.terminal.reach import send
from survey.terminal.said import FILE


@click.command()
@click.argument("destination", type=FILE)
def backup(destination: Path) -> None:
    """Copy the store into a new file DESTINATION, while people answer.

    Keep secrets.json and the file that ends in .erased somewhere else: without the first no code works, without the
    second a restored backup brings back what was erased.
    """
    made = send("backup", destination=str(destination.absolute()))
    click.echo(f"{destination} holds the store, {made['bytes']} bytes.")


@click.command()
@click.argument("source", type=FILE)
def restore(source: Path) -> None:
    """Go on with the backup SOURCE in place of the store. What was erased since stays erased."""
    restored = send("restore", source=str(source.absolute()))
    click.echo(
        f"The store holds {restored['responses']} responses; {restored['erased_again']} were erased again. "
        f"What it held before is in {restored['kept']}: delete it when you no longer need it."
    )


@click.command()
def erase() -> None:
    """Erase a response for good. Its return code is read from standard input, so that no list of processes shows it."""
    erased = send("erase", code=sys.stdin.readline().strip())
    click.echo(
        f"A response of the wave {erased['wave']} is erased, and nothing of it is left in the store. "
        "Backups made before now still hold it; restoring one erases it again."
    )
