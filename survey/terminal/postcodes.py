"""The command about postcodes, by which areas are found: it writes a file, which a serving process picks up."""

from __future__ import annotations

import os
from pathlib import Path

import click

from survey import resources
from survey.config import load_config
from survey.control import CommandFailed
from survey.store.postcode_layout import PostcodeListError
from survey.store.postcode_loading import LoadedPostcodes, load_postcodes, remove_postcodes
from survey.terminal.progress import progress_bars
from survey.terminal.said import FILE, plain_errors


@click.group()
def postcodes() -> None:
    """Let people find their area by postcode."""


@postcodes.command("load")
@click.argument("file", required=False, type=FILE)
@click.option("--remove", is_flag=True, help="Take the loaded list away; areas are then chosen by name alone.")
def postcodes_load(file: Path | None, remove: bool) -> None:
    """Load the list of postcodes FILE (CSV) in place of the one there was, all or nothing.

    Questions about the area offer a box for a postcode from then on, without a restart. data/postcodes/README.md
    says what the list looks like; the ONS Postcode Directory can be loaded as it is.
    """
    if (file is None) is not remove:
        raise click.UsageError("Name a FILE to load, or --remove.")
    with plain_errors():
        data = load_config(os.environ).data
        if file is None:
            removed = remove_postcodes(data)
            click.echo("The postcodes are removed." if removed else "There were no postcodes.")
            return
        try:
            with progress_bars() as bars:
                loaded = load_postcodes(file, data, resources.AREAS, bars.show_step)
        except PostcodeListError as error:
            raise CommandFailed(str(error)) from error
        except OSError as error:
            raise CommandFailed(f"{error.filename or file}: {error.strerror or error}.") from error
    click.echo(_described(loaded))


def _described(loaded: LoadedPostcodes) -> str:
    lists = " and ".join(loaded.vintages)
    said = f"{loaded.postcodes} postcodes lead to the boards of {lists}; {loaded.elsewhere} of them are not in England."
    if loaded.index is not None:
        return f"{said} Fifths of deprivation are those of the index of {loaded.index}."
    return said if loaded.with_fifths else f"{said} There is no column of deprivation, so no fifths are kept."
