"""Commands about versions of questionnaires: which there are, and writing one as a file to ask and to translate."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from survey.config import load_config
from survey.control import CommandFailed
from survey.questionnaire.load import QuestionnaireError, content_hash, load_file, load_questionnaire
from survey.questionnaire.model import Questionnaire
from survey.terminal.reach import send
from survey.terminal.said import FILE, plain_errors

_STANDINGS = {
    "draft": "draft",
    "in_review": "draft, in review",
    "proposed": "draft, proposed to the group",
    "not_agreed": "draft, not agreed",
    "agreed": "agreed",
    "translating": "agreed, being translated",
    "live": "agreed, live",
    "retired": "agreed, retired",
}


@click.group()
def questionnaire() -> None:
    """Versions of questionnaires: list what the group has agreed, and write one as a file."""


@questionnaire.command("list")
def questionnaire_list() -> None:
    """List the versions that are kept, and how far the group is with each."""
    listed = send("questionnaire list")
    if not listed:
        click.echo("There is no version yet. Opening a wave or a round keeps one.")
    for each in listed:
        rounds = [f"made in round {number}" for number in each["rounds"]]
        waves = [f"asked in {wave}" for wave in each["waves"]]
        told = ", ".join([_STANDINGS[each["standing"]], f"kept since {each['since']}", *rounds, *waves])
        click.echo(f"{each['questionnaire']} {each['version']}: {told}")


@questionnaire.command("write")
@click.argument("questionnaire", metavar="ID")
@click.option("--version", metavar="NAME", help="Which version.  [default: the one the group agreed last]")
@click.option("--out", type=FILE, help="Where to.  [default: <ID>.json of the folder PHB_QUESTIONNAIRES]")
def questionnaire_write(questionnaire: str, version: str | None, out: Path | None) -> None:
    """Write a version of questionnaire ID as a file, for `phb wave open` and `phb translations`.

    A file with changes of which no version is kept is not written over.
    """
    given = send("questionnaire give", questionnaire=questionnaire, version=version)
    with plain_errors():
        path = out or load_config(os.environ).questionnaires / f"{questionnaire}.json"
        _check_nothing_is_lost(path, frozenset(given["kept"]))
        found = load_questionnaire(given["source"].encode(), name=f"version {given['version']}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_written(found))
        except OSError as error:
            raise CommandFailed(f"{path} cannot be written: {error.strerror}.") from error
    click.echo(f"{questionnaire} {given['version']} ({_STANDINGS[given['standing']]}) is in {path}")
    if not given["is_agreed"]:
        click.echo("The group has not agreed it: only a wave named `trial` may ask it.")


def _check_nothing_is_lost(path: Path, kept: frozenset[str]) -> None:
    """Raise CommandFailed where a file holds something that is kept nowhere else."""
    if not path.exists():
        return
    try:
        is_kept = content_hash(load_file(path)) in kept
    except QuestionnaireError:
        is_kept = False
    if not is_kept:
        raise CommandFailed(f"{path} has changes that no version has. Put it elsewhere first, or name --out FILE.")


def _written(questionnaire: Questionnaire) -> bytes:
    """The same content as a version is kept by, for people to read: in the order of the format, a value a line."""
    plain = questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return f"{json.dumps(plain, ensure_ascii=False, indent=2)}\n".encode()
