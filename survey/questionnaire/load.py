"""Reading a questionnaire file into the model and writing it back; every problem is reported at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from survey.questionnaire.check.places import placed
from survey.questionnaire.check.structural import find_all
from survey.questionnaire.document import MAX_BYTES, parse_document, too_large
from survey.questionnaire.model import Page, Questionnaire, Section
from survey.questionnaire.problems import Finding, QuestionnaireError, Severity, instead_of, report, shown
from survey.questionnaire.salvage import find_further_problems
from survey.questionnaire.schema import fit_to_format, schema_findings
from survey.questionnaire.walk import items_of

__all__ = [
    "QuestionnaireError",
    "content_hash",
    "dump_questionnaire",
    "load_file",
    "load_folder",
    "load_questionnaire",
    "switch_on",
]

_NAME_ONE = "Name an item of this questionnaire."


def load_questionnaire(source: bytes, *, name: str) -> Questionnaire:
    """Read a questionnaire; `name` is what messages call it. Raises QuestionnaireError with every problem."""
    document, findings = parse_document(source, name=name)
    try:
        questionnaire = fit_to_format(document)
    except ValidationError as error:
        found = chain(findings, schema_findings(error, document), find_further_problems(document))
        raise QuestionnaireError(name, report(placed(found, document))) from error
    every = [*placed(findings, document), *find_all(questionnaire)]
    if any(finding.severity is Severity.ERROR for finding in every):
        # Errors first: were there more than can be listed, they are what has to be mended.
        raise QuestionnaireError(name, report(sorted(every, key=lambda finding: finding.severity)))
    return questionnaire


def load_file(path: Path) -> Questionnaire:
    """Read a questionnaire file. Raises QuestionnaireError, for a file that cannot be opened too."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(str(path), size)
        source = path.read_bytes()
    except OSError as error:
        message = f"The file cannot be opened: {error.strerror}."
        finding = Finding((), "file", message, "Check its name and who may read it.")
        raise QuestionnaireError(str(path), report([finding])) from error
    return load_questionnaire(source, name=str(path))


Loaded = tuple[tuple[Path, Questionnaire | QuestionnaireError], ...]
"""Files, each with the questionnaire in it or why it cannot be used."""


def load_folder(folder: Path) -> Loaded:
    """Read every `*.json` file of a folder, in the order of their names.

    One that cannot be used keeps none of the others from it, except that of two files with one id neither can be:
    which of them is meant is for people to say. A file is found by its id, so that has to be its name.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except OSError as error:
        message = f"The folder cannot be opened: {error.strerror}."
        finding = Finding((), "file", message, "Check its name and who may read it.")
        return ((folder, QuestionnaireError(str(folder), report([finding]))),)
    loaded = {path: _loaded(path) for path in paths}
    holders: dict[str, list[Path]] = {}
    for path, found in loaded.items():
        if isinstance(found, Questionnaire):
            holders.setdefault(found.id, []).append(path)
    return tuple((path, _in_folder(path, found, holders)) for path, found in loaded.items())


def _loaded(path: Path) -> Questionnaire | QuestionnaireError:
    try:
        return load_file(path)
    except QuestionnaireError as error:
        return error


def _in_folder(
    path: Path, found: Questionnaire | QuestionnaireError, holders: Mapping[str, list[Path]]
) -> Questionnaire | QuestionnaireError:
    if isinstance(found, QuestionnaireError):
        return found
    findings = []
    if len(holders[found.id]) > 1:
        others = ", ".join(shown(other.name) for other in holders[found.id] if other != path)
        message = f"{shown(path.name)} and {others} have the same id, {shown(found.id)}."
        findings.append(Finding(("id",), "id-twice", message, "Give one of them another id and name, or take it away."))
    if path.stem != found.id:
        message = f"{shown(path.name)} holds the questionnaire {shown(found.id)}, and would be looked for by that id."
        findings.append(Finding(("id",), "file-name", message, f"Call the file {shown(f'{found.id}.json')}."))
    return QuestionnaireError(str(path), report(placed(findings, found))) if findings else found


def dump_questionnaire(questionnaire: Questionnaire) -> bytes:
    """Write canonical JSON: UTF-8, keys sorted, no spaces, and nothing that only repeats a default.

    Because defaults are left out, a default of the model must never change: stored versions would change meaning.
    """
    plain = questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_hash(questionnaire: Questionnaire) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal: the name of a version."""
    return hashlib.sha256(dump_questionnaire(questionnaire)).hexdigest()


def switch_on(questionnaire: Questionnaire, item_ids: Collection[str]) -> Questionnaire:
    """The questionnaire with these items asked. Raises QuestionnaireError for ids it does not have."""
    known = {item.id for _, _, item in items_of(questionnaire)}
    unknown = [
        Finding((), "item-unknown", f"There is no item {shown(item_id)}.", instead_of(item_id, known, _NAME_ONE))
        for item_id in sorted(set(item_ids) - known)
    ]
    if unknown:
        raise QuestionnaireError(questionnaire.id, report(unknown))
    sections = tuple(_section_with(section, item_ids) for section in questionnaire.sections)
    return questionnaire.model_copy(update={"sections": sections})


def _section_with(section: Section, item_ids: Collection[str]) -> Section:
    return section.model_copy(update={"pages": tuple(_page_with(page, item_ids) for page in section.pages)})


def _page_with(page: Page, item_ids: Collection[str]) -> Page:
    items = tuple(item.model_copy(update={"off": False}) if item.id in item_ids else item for item in page.items)
    return page.model_copy(update={"items": items})
