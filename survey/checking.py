"""The whole check of a questionnaire with what lies round it: word lists, its folder of media, and the catalogues."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog

from survey import resources
from survey.control import CommandFailed
from survey.po_files import CatalogueError
from survey.questionnaire.check.full import Beside, Checked, check_fully
from survey.questionnaire.check.gaps import Translated
from survey.questionnaire.load import QuestionnaireError, load_file
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.stages import Stage
from survey.questionnaire.wording.word_lists import WordListError
from survey.translations.catalogues import catalogues_to_keep, folder_locales, messages_of, read_or_begin
from survey.translations.extract import extract_questionnaire
from survey.translations.merge import merge_catalogue
from survey.translations.status import message_stage
from survey.words import load_word_lists

NOT_MEDIA = (".md", ".json")
"""Endings of files that say something about the media beside them."""


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_SAID = 5


def check_file(path: Path, previous: Questionnaire | None = None) -> Checked:
    """Check a file, which need not be one that can be used. Raises WordListError and CatalogueError."""
    try:
        questionnaire = load_file(path)
    except QuestionnaireError as error:
        return Checked(error.problems)
    return check_in_folder(questionnaire, path.parent, previous)


def check_in_folder(questionnaire: Questionnaire, folder: Path, previous: Questionnaire | None = None) -> Checked:
    """Check a questionnaire of a folder, where its media lie in a folder of its id.

    Raises WordListError and CatalogueError.
    """
    beside = Beside(
        words=load_word_lists(resources.WORDS),
        media=list_media(folder / questionnaire.id),
        translated=read_stages(resources.TRANSLATIONS, questionnaire),
        previous=previous,
    )
    return check_fully(questionnaire, beside)


def count_findings(folder: Path, questionnaire: Questionnaire) -> int:
    """How many problems the check lists; one where the lists or catalogues it needs are broken, which it says."""
    try:
        return len(check_in_folder(questionnaire, folder).problems)
    except (WordListError, CatalogueError):
        return 1


def load_by_id(folder: Path, name: str) -> Questionnaire:
    """The questionnaire `<folder>/<name>.json`. Raises QuestionnaireError, or CommandFailed where there is no file."""
    known = sorted(path.stem for path in folder.glob("*.json"))
    if not _ID.fullmatch(name) or name not in known:
        raise CommandFailed(f"There is no questionnaire '{name}' in {folder}. There is: {', '.join(known)}.")
    return load_file(folder / f"{name}.json")


def load_checked(folder: Path, name: str, opened: Sequence[Questionnaire]) -> tuple[Questionnaire, Checked]:
    """A questionnaire by its id, with what the whole check finds. Raises CommandFailed where that has errors.

    `opened` are its versions that were asked before, the newest first.
    """
    questionnaire = load_by_id(folder, name)
    previous = None if questionnaire in opened else next(iter(opened), None)
    try:
        checked = check_in_folder(questionnaire, folder, previous)
    except (WordListError, CatalogueError) as error:
        raise CommandFailed(str(error)) from error
    if checked.errors:
        said = [f"{problem.path}: {problem.message} {problem.remedy}" for problem in checked.errors[:_MOST_SAID]]
        many = "1 error" if len(checked.errors) == 1 else f"{len(checked.errors)} errors"
        raise CommandFailed("\n".join([f"'{name}' cannot be asked: `phb check` finds {many}.", *said]))
    return questionnaire, checked


def list_media(folder: Path) -> frozenset[str]:
    """The paths in a folder of media: `choose.svg`, or `ur/choose.ogg` for one of a language."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in NOT_MEDIA)
    return frozenset(path.relative_to(folder).as_posix() for path in files)


def read_stages(folder: Path, questionnaire: Questionnaire) -> Translated:
    """How far each language is with the strings of a questionnaire, by their contexts. Raises CatalogueError."""
    template = extract_questionnaire(questionnaire)
    return {
        locale: _stages(template, folder, locale, name)
        for locale, name in catalogues_to_keep(folder_locales(folder), [questionnaire.id])
    }


def _stages(template: Catalog, folder: Path, locale: str, name: str) -> Mapping[str, Stage]:
    merged = merge_catalogue(template, read_or_begin(folder, locale, name))
    return {str(message.context): message_stage(message) for message in messages_of(merged)}
