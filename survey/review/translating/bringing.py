"""A PO file that somebody worked on elsewhere: checked as a whole, and then taken string by string as their drafts."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog

from survey.adjudication.drafts import Origin, Step
from survey.coproduction.refusals import Refused
from survey.coproduction.saying_rules import as_kept
from survey.i18n import gettext
from survey.po_files import CatalogueError, forms_of, read_po_file
from survey.respondent.site import current_site
from survey.review.door import Guest, deed
from survey.review.reasons import explain
from survey.review.translating.files import shipped_words
from survey.review.translating.reasons import WRONG
from survey.review.translating.strings import Sheet, String
from survey.review.translating.typing import problems_of
from survey.store.translating.entries import add_entry
from survey.translations.catalogues import key_of, messages_of

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes: the largest catalogue there is has a fifth of it in the widest script."""

_NOTE = re.compile(rb"\s*#(?![,~])")


class BrokenFile(Exception):
    """Nothing can be taken from a file; `message` says why and what to do, `details` which strings it is about."""

    def __init__(self, message: str, *details: str) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


@dataclass(frozen=True)
class Brought:
    """One translation that is new."""

    string: String
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """How many became drafts, and which did not, with the reason."""

    taken: int
    refused: tuple[str, ...]


def read_upload(sheet: Sheet, content: bytes) -> tuple[Brought, ...]:
    """The translations of a file that nobody has written here yet. Raises BrokenFile."""
    if not content:
        raise BrokenFile(gettext("Choose a file first."))
    if len(content) > LARGEST_FILE:
        raise BrokenFile(gettext("This file is too large. A PO file with our texts has at most 2 MB."))
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BrokenFile(gettext("This file begins with a byte-order mark (BOM). Save it as UTF-8 without one."))
    catalogue = _parse(sheet, content)
    brought = tuple(_new_words(sheet, catalogue))
    wrong = tuple(_problems(sheet, brought))
    if wrong:
        raise BrokenFile(
            gettext("Some texts in this file cannot be used. Mend them, then bring the file again."), *wrong
        )
    return brought


def bring_drafts(sheet: Sheet, brought: tuple[Brought, ...], guest: Guest) -> Done:
    """Make each a draft of this person, where the rules let them draft."""
    taken, refused = 0, []
    for each in brought:
        doing = deed(
            guest, "translation: draft", f"{sheet.locale} {sheet.name} {each.string.key.context or each.string.id}"
        )
        try:
            add_entry(
                current_site().store,
                doing,
                each.string.key,
                each.string.plural,
                Step.DRAFT,
                each.forms,
                origin=Origin.OWN,
                note="",
                forms_wanted=sheet.forms_wanted(each.string),
            )
            taken += 1
        except Refused as why:
            refused.append(f"{each.string.key.source} – {' '.join(explain(why))}")
    return Done(taken, tuple(refused))


def _parse(sheet: Sheet, content: bytes) -> Catalog:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{sheet.name}.po"
        path.write_bytes(without_notes(content))
        try:
            content.decode("utf-8")
            return read_po_file(path, sheet.locale)
        except UnicodeDecodeError as error:
            raise BrokenFile(gettext("This file is not UTF-8. Save it as UTF-8.")) from error
        except CatalogueError as error:
            said = str(error).replace(f"{path}, ", "").replace(str(path), sheet.name)
            raise BrokenFile(gettext("This is no PO file that we can read."), said) from error


def without_notes(content: bytes) -> bytes:
    """A file with its flags and without its notes, which Babel compares with each other: of 60,000 it took minutes."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return b"\n".join(b"" if _NOTE.match(line) else line for line in lines)


def _new_words(sheet: Sheet, catalogue: Catalog) -> Iterator[Brought]:
    there = {(string.key.context, string.key.source): string for string in sheet.strings}
    shipped = shipped_words(sheet.locale, sheet.name)
    for message in messages_of(catalogue):
        context, source = key_of(message)
        string, forms = there.get((context or "", source)), tuple(map(as_kept, forms_of(message.string)))
        if string is None or message.fuzzy or not any(forms):
            continue
        if forms not in _written(string, shipped.get((context, source), ())):
            yield Brought(string, forms)


def _written(string: String, shipped: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """All words that there were for the present source: a file that was taken away before has them still."""
    entries = (entry.forms for entry in string.history if entry.source == string.key.source)
    return frozenset(tuple(map(as_kept, words)) for words in (shipped, string.forms, *entries))


def _problems(sheet: Sheet, brought: tuple[Brought, ...]) -> Iterator[str]:
    for each in brought:
        for problem in problems_of(sheet, each.string, each.forms):
            if problem.stops:
                yield f"{each.string.key.source} – {WRONG[problem.wrong]} {problem.details}".strip()
