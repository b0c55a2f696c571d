"""The command that checks questionnaire files, and how its findings are set out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from survey.checking import check_file
from survey.config import load_config
from survey.control import CommandFailed
from survey.po_files import CatalogueError
from survey.questionnaire.check.full import AcceptedProblem, Checked
from survey.questionnaire.check.gaps import FORMAT_GAP_NAMES, TRANSLATION_NAMES
from survey.questionnaire.load import QuestionnaireError, load_file, load_questionnaire
from survey.questionnaire.model import options_of
from survey.questionnaire.problems import Problem
from survey.questionnaire.walk import items_of
from survey.questionnaire.wording.plain_words import WORDING_NAMES
from survey.questionnaire.wording.word_lists import WordListError
from survey.terminal.said import FILE, plain_errors

MOST_SHOWN = 5
"""Warnings of one rule in one file that are shown without --all."""

_KINDS = (WORDING_NAMES, FORMAT_GAP_NAMES, TRANSLATION_NAMES)
"""The rules that are listed after all others, in this order."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--against", type=FILE, metavar="FILE", help="The version before: are ids and codes the same?")
@click.option("--all", "everything", is_flag=True, help="Every finding, those that were accepted too.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs; this has every finding.")
def check(files: tuple[Path, ...], against: Path | None, everything: bool, as_json: bool) -> None:
    """List what is wrong with questionnaire FILES, each with its place and what to do about it.

    An error keeps a questionnaire from being asked, and makes the exit code 1. A warning is for people to judge: mend
    it, or write into `accepted` why it stays.
    """
    with plain_errors():
        try:
            previous = None if against is None else load_file(against)
            found = [(path, check_file(path, previous)) for path in files]
        except (QuestionnaireError, WordListError, CatalogueError) as error:
            raise CommandFailed(str(error)) from error
    if as_json:
        click.echo(json.dumps([each for path, checked in found for each in _as_json(path, checked)], indent=1))
    else:
        for path, checked in found:
            for line in describe(path, checked, everything=everything):
                click.echo(line)
    if any(checked.errors for _, checked in found):
        raise SystemExit(1)


def _as_json(path: Path, checked: Checked) -> Iterator[dict[str, Any]]:
    for problem in checked.problems:
        yield {"file": str(path), **asdict(problem), "accepted": None}
    for problem, reason in checked.accepted:
        yield {"file": str(path), **asdict(problem), "accepted": reason}


def describe(path: Path, checked: Checked, *, everything: bool) -> Iterator[str]:
    """The findings of one file: a count, errors, warnings rule by rule, and what was accepted with its reasons."""
    yield f"{path}: {_counts(checked)}"
    for name, problems, most in (("error", checked.errors, None), ("warning", checked.warnings, MOST_SHOWN)):
        for rule, group in groupby(sorted(problems, key=_kind_and_rule), _rule_of):
            yield from _of_one_rule(name, rule, list(group), None if everything else most)
    in_order = sorted(checked.accepted, key=lambda each: (_kind_and_rule(each.problem), each.reason))
    for (rule, reason), accepted in groupby(in_order, _rule_and_reason):
        stay = list(accepted)
        yield f"  accepted: {rule}, {len(stay)} of them, because: {reason}"
        if everything:
            yield from (f"    {_place(problem)}: {problem.message}" for problem, _ in stay)


def _kind_and_rule(problem: Problem) -> tuple[int, str]:
    """What is wrong with the questions comes first, then how they are worded, then what is not made yet."""
    return next((place for place, rules in enumerate(_KINDS) if problem.rule in rules), -1), problem.rule


def _rule_of(problem: Problem) -> str:
    return problem.rule


def _rule_and_reason(accepted: AcceptedProblem) -> tuple[str, str]:
    return accepted.problem.rule, accepted.reason


def _counts(checked: Checked) -> str:
    numbers = [
        (len(checked.errors), "error", "errors"),
        (len(checked.warnings), "warning", "warnings"),
        (len(checked.accepted), "accepted", "accepted"),
    ]
    return (
        ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in numbers if number)
        or "no problems"
    )


def _of_one_rule(severity: str, rule: str, problems: list[Problem], most: int | None) -> Iterator[str]:
    """A heading and a line for each; a remedy that is the same for all of them stands in the heading."""
    remedies = {problem.remedy for problem in problems}
    same = len(problems) > 1 and len(remedies) == 1
    yield f"  {severity}: {rule}" + (f", {len(problems)} of them. {remedies.pop()}" if same else "")
    for problem in problems[:most]:
        yield f"    {_place(problem)}: {problem.message}" + ("" if same else f" {problem.remedy}")
    if most is not None and len(problems) > most:
        yield f"    … and {len(problems) - most} more; --all shows them."


def _place(problem: Problem) -> str:
    return f"{problem.at} ({problem.path})" if problem.at else problem.path


def group_dimensions(questionnaire_id: str) -> dict[str, set[str]]:
    """The codes of each group dimension of a questionnaire, or the headings they are rolled up to."""
    path = load_config(os.environ).questionnaires / f"{questionnaire_id}.json"
    try:
        questionnaire = load_questionnaire(path.read_bytes(), name=path.name)
    except (OSError, QuestionnaireError) as error:
        raise click.ClickException(f"The questionnaire {questionnaire_id} cannot be read: {error}") from error
    found = {}
    for _, _, item in items_of(questionnaire):
        if item.role is not None and item.role.startswith("dimension:"):
            codes = {option.group or option.code for option in options_of(item) if option.missing is None}
            found[item.role.removeprefix("dimension:")] = codes
    return found
