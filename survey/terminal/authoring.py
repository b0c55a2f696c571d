"""Commands for those who translate: they read and write catalogues, and need no store."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from survey.terminal.said import plain_errors
from survey.translations.extract import extract_all, write_templates
from survey.translations.merge import merge_folder
from survey.translations.status import folder_status

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
    """Bring every catalogue up to date, and begin those of each new LANGUAGE.

    A translation whose English has changed is kept, marked, and not shown to anyone until somebody has looked.
    """
    with catalogue_errors():
        changed = merge_folder(resources.TRANSLATIONS, templates(), new_languages)
    say_files("catalogue", changed)


@translations.command("status")
def translations_status() -> None:
    """Say how far each catalogue is. The exit code is 1 if a translation would break a page."""
    with catalogue_errors():
        found = folder_status(resources.TRANSLATIONS, templates())
    for status in found:
        stages = ", ".join(f"{status.counts[stage]} {words}" for stage, words in STAGES_IN_WORDS.items())
        late = " (out of date: phb translations merge)" if status.out_of_date else ""
        click.echo(f"{status.locale} {status.name}: {status.total} strings: {stages}{late}")
        for problem in status.problems:
            click.echo(f"  {problem.context or problem.source!r}: {problem.message}", err=True)
    if any(status.problems for status in found):
        raise SystemExit(1)


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
