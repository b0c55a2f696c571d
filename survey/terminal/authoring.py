"""Commands for those who translate: they read and write catalogues, and need no store."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from jinja2 import TemplateSyntaxError

from survey import resources
from survey.config import load_config
from survey.control import CommandFailed
from survey.po_files import CatalogueError
from survey.questionnaire.load import QuestionnaireError
from survey.questionnaire.stages import Stage
from survey.terminal.said import FOLDER, plain_errors
from survey.translations.extract import extract_all, write_templates
from survey.translations.merge import merge_folder
from survey.translations.overlay import collect_folder, decided_folder
from survey.translations.status import CatalogueStatus, folder_status

STAGES_IN_WORDS = {
    Stage.MISSING: "missing",
    Stage.STALE: "stale",
    Stage.MACHINE: "machine drafts",
    Stage.DRAFTED: "drafted",
    Stage.REVIEWED: "reviewed",
    Stage.ADJUDICATED: "adjudicated",
    Stage.PRETESTED: "pretested",
}


@click.group()
def translations() -> None:
    """Bring what there is to translate into the catalogues, and see how far they are."""


@translations.command("extract")
def translations_extract() -> None:
    """Write a template (.pot) of the pages and of each questionnaire, for programs that translators use."""
    with catalogue_errors():
        changed = write_templates(resources.TRANSLATIONS, templates())
    say_files("template", changed)


@translations.command("merge")
@click.argument("new_languages", nargs=-1, metavar="[LANGUAGE]...")
def translations_merge(new_languages: tuple[str, ...]) -> None:
    """Bring every catalogue up to date, and begin those that each LANGUAGE lacks.

    A translation whose English has changed is kept, marked, and not shown to anyone until somebody has looked.
    """
    with catalogue_errors():
        changed = merge_folder(resources.TRANSLATIONS, templates(), new_languages)
    say_files("catalogue", changed)


@translations.command("status")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def translations_status(as_json: bool) -> None:
    """Say how far each catalogue is. The exit code is 1 if a file or a translation cannot be served.

    What was decided on the screens of this installation (PHB_DATA) is counted with what ships.
    """
    with catalogue_errors():
        decided = decided_folder(load_config(os.environ).data)
        found = folder_status(resources.TRANSLATIONS, templates(), decided)
    if as_json:
        click.echo(json.dumps([asdict(status) for status in found], ensure_ascii=False, indent=1))
    else:
        for status in found:
            _say_status(status)
    if not all(status.is_sound for status in found):
        raise SystemExit(1)


def _say_status(status: CatalogueStatus) -> None:
    stages = ", ".join(f"{status.counts[stage]} {words}" for stage, words in STAGES_IN_WORDS.items())
    late = " (out of date: phb translations merge)" if status.out_of_date else ""
    click.echo(f"{status.locale} {status.name}: {status.total} strings: {stages}{late}")
    for message in status.broken:
        click.echo(f"  not served: {message}", err=True)
    for problem in status.problems:
        weight = "not served" if problem.stops else "worth a look"
        click.echo(f"  {weight}: {problem.context or problem.source!r}: {problem.message}", err=True)


@translations.command("collect")
@click.argument("folder", required=False, type=FOLDER)
def translations_collect(folder: Path | None) -> None:
    """Bring what was decided on the screens of an installation into the catalogues that ship.

    FOLDER is its folder of translations; without it that of this installation (PHB_DATA).
    """
    with catalogue_errors():
        source = folder or decided_folder(load_config(os.environ).data)
        found = collect_folder(source, resources.TRANSLATIONS)
    for collected in found:
        click.echo(f"{collected.locale} {collected.name}: strings that are new or have come further: {collected.taken}")
        for name in collected.left:
            click.echo(f"  left where it is, as it does not fit the string that ships: {name!r}", err=True)
    if not found:
        click.echo(f"Nothing was decided in {source}.")


def templates() -> Mapping[str, Catalog]:
    """What there is to translate now: the interface, the public pages of results and every questionnaire."""
    return extract_all(resources.PACKAGE, resources.RESULTS_PAGES, load_config(os.environ).questionnaires)


@contextmanager
def catalogue_errors() -> Iterator[None]:
    """Say plainly which file cannot be read or written."""
    with plain_errors():
        try:
            yield
        except (CatalogueError, QuestionnaireError, TemplateSyntaxError) as error:
            raise CommandFailed(str(error)) from error
        except OSError as error:
            raise CommandFailed(f"{error.filename}: {error.strerror}.") from error


def say_files(kind: str, changed: Sequence[Path]) -> None:
    """Name the files that are different now."""
    for path in changed:
        click.echo(f"{kind} written: {path}")
    if not changed:
        click.echo(f"Every {kind} was up to date.")
