"""Commands that show questionnaire files to people: what differs between two versions, and the map of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from survey import resources
from survey.map.page import draw_page, draw_picture
from survey.po_files import forms_of
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.versions.diff import Catalogues, compare
from survey.terminal.authoring import catalogue_errors
from survey.terminal.said import FILE
from survey.terminal.told import tell_diff
from survey.translations.catalogues import folder_locales, messages_of, read_or_begin


@click.command("diff")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say in plain words what is different in questionnaire file NEW from OLD.

    What changed and for whom, which answers can no longer be compared, and which translations must be looked at.
    """
    with catalogue_errors():
        before, after = load_file(old), load_file(new)
        found = compare(before, after, translated_strings(resources.TRANSLATIONS, after.id))
    if as_json:
        click.echo(json.dumps(asdict(found), indent=1, ensure_ascii=False))
    else:
        for line in tell_diff(found):
            click.echo(line)


@click.command("map")
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, help="Where to write the page.  [default: <id>-map.html in this folder]")
@click.option("--picture", type=FILE, help="Write the picture alone too, as an SVG file.")
def map_(file: Path, out: Path | None, picture: Path | None) -> None:
    """Draw the paths through questionnaire FILE as a page that people can read and print."""
    with catalogue_errors():
        questionnaire = load_file(file)
        for path, content in _drawn(questionnaire, out or Path(f"{questionnaire.id}-map.html"), picture):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            click.echo(f"map written: {path}")


def _drawn(questionnaire: Questionnaire, page: Path, picture: Path | None) -> Iterator[tuple[Path, str]]:
    yield page, draw_page(questionnaire)
    if picture is not None:
        yield picture, draw_picture(questionnaire)


def translated_strings(folder: Path, questionnaire: str) -> Catalogues:
    """By locale what is translated of a questionnaire: each context with the English it is the translation of.

    Raises CatalogueError.
    """
    return {
        locale: {
            str(message.context): " / ".join(forms_of(message.id))
            for message in messages_of(read_or_begin(folder, locale, questionnaire))
            if not message.fuzzy and all(forms_of(message.string))
        }
        for locale in folder_locales(folder)
    }
