"""What there is to translate: the strings of the interface, of the public results and of each questionnaire."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

from survey.i18n import INTERFACE, RESULTS, WORKSPACE
from survey.po_files import write_po_file
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.text import Unit, translation_units
from survey.translations.catalogues import empty_catalogue, messages_of

KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "_by_plural": (1, 2),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
_WORKSPACE_FOLDERS = ("review/", "staff/", "templates/review/", "templates/staff/")
"""Folders of the package whose pages only group and staff see."""
NOTE_TAG = "Translators:"
"""A comment that begins so is shown to translators with the string below it."""


def extract_all(package: Path, results: Path, questionnaires: Path) -> dict[str, Catalog]:
    """Every template by name: the interface, group's and staff's pages, those of results, then the questionnaires.

    Raises QuestionnaireError, and jinja2.TemplateSyntaxError for a page template that cannot be read.
    """
    interface, workspace = extract_interface(package)
    templates = {INTERFACE: interface, WORKSPACE: workspace, RESULTS: extract_pages(RESULTS, results)}
    for path in sorted(questionnaires.glob("*.json")):
        questionnaire = load_file(path)
        templates[questionnaire.id] = extract_questionnaire(questionnaire)
    return templates


def extract_questionnaire(questionnaire: Questionnaire) -> Catalog:
    """The strings of a questionnaire in the order of the file, each with its context and a note."""
    template = empty_catalogue(questionnaire.id)
    for unit in translation_units(questionnaire):
        words = unit.source if unit.plural is None else (unit.source, unit.plural)
        template.add(words, context=unit.context, auto_comments=[unit.comment, *_note_on_pipes(unit)])
    return template


def _note_on_pipes(unit: Unit) -> list[str]:
    if "{" not in f"{unit.source}{unit.plural}":
        return []
    return ["An answer stands in for what is in braces: keep the name; words after a bar are for when there is none"]


def extract_interface(package: Path) -> tuple[Catalog, Catalog]:
    """The strings of the survey's own package: those that respondents see, and those of group and staff alone.

    A language is complete for those who answer long before every page of the workspace is translated.
    """
    everything = extract_pages(INTERFACE, package)
    interface, workspace = empty_catalogue(INTERFACE), empty_catalogue(WORKSPACE)
    for message in messages_of(everything):
        places = [place.removeprefix(f"{package.name}/") for place, _ in message.locations]
        inside = bool(places) and all(place.startswith(_WORKSPACE_FOLDERS) for place in places)
        home = workspace if inside else interface
        home[message.id] = message
    return interface, workspace


def extract_pages(name: str, package: Path) -> Catalog:
    """The strings of a package's Python files and page templates, in the order of the files' names."""
    template = empty_catalogue(name)
    root = package.parent
    while (root / "__init__.py").is_file():
        root = root.parent
    files = [(path, "python") for path in package.rglob("*.py") if "node_modules" not in path.parts]
    files += [(path, "jinja2") for path in (package / "templates").rglob("*.html")]
    # `silent` off: a page template with a mistake would have no strings, and all of them would become obsolete.
    options = {"silent": "false"}
    for path, method in sorted(files):
        place = path.relative_to(root).as_posix()
        found = extract_from_file(method, path, KEYWORDS, (NOTE_TAG,), options, strip_comment_tags=True)
        for line, source, notes, context in found:
            template.add(source, locations=[(place, line)], auto_comments=notes, context=context)
    return template


def write_templates(folder: Path, templates: Mapping[str, Catalog]) -> list[Path]:
    """Write `<name>.pot` files, for those who translate with another program; the files that changed."""
    paths = {folder / f"{name}.pot": template for name, template in templates.items()}
    return [path for path, template in paths.items() if write_po_file(path, template)]
