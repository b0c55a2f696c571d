"""The questions of a wave in every other language and in Easy Read: a file beside the releases of the wave.

Only what may be served is in it. What has no translation is left out, and stays English there.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from survey.i18n import EASY_READ, SOURCE_LOCALE, Catalogue, Languages, shipped_languages, translate
from survey.questionnaire.codebook import asked_in
from survey.questionnaire.columns import Asked, good_of
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import (
    Answering,
    ChoiceItem,
    EasyReadLabel,
    GridItem,
    Option,
    Questionnaire,
    ScaleItem,
    Status,
    Text,
    options_of,
)
from survey.questionnaire.pipes import pipes_in
from survey.questionnaire.text import choose
from survey.store.connect import Store
from survey.store.versions import load_version
from survey.store.waves import Wave, list_waves

FILE = "wording.json"
_SAID_BY_AN_ANSWER = "[…]"
"""Where one person's answer would stand in a question."""


_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Words:
    """A question in another language; '' where a part of it has no translation."""

    text: str = ""
    section: str = ""
    measure: str = ""
    options: dict[str, str] = field(default_factory=dict)


def write_wordings(store: Store, releases: Path, chosen: Iterable[Wave]) -> None:
    """Write the files of waves."""
    for wave in chosen:
        write_wording(load_version(store, wave.version), shipped_languages(), releases / wave.id)


def write_all_wordings(store: Store, releases: Path) -> None:
    """Write the files of all waves, where they are not as they should be."""
    write_wordings(store, releases, list_waves(store))


def write_wording(questionnaire: Questionnaire, languages: Languages, folder: Path) -> None:
    """Write the file of a wave into the folder of its releases, where there is one and the file says something else.

    What goes wrong is logged and raised to nobody: until the next time the questions are in English.
    """
    if not folder.is_dir():
        return
    content = json.dumps({"locales": describe_wording(questionnaire, languages)}, ensure_ascii=False, indent=1).encode()
    path = folder / FILE
    temporary = folder / f".{FILE}.{os.getpid()}.new"
    try:
        if not path.is_file() or path.read_bytes() != content:
            temporary.write_bytes(content)
            temporary.replace(path)
    except OSError as error:
        _log.warning("%s could not be written: %s", path, error)


def describe_wording(questionnaire: Questionnaire, languages: Languages) -> dict[str, dict[str, object]]:
    """By locale: whether nobody has checked all of it yet, and the words of each item by its id."""
    said: dict[str, dict[str, object]] = {}
    for offered in languages.offered:
        if offered.locale != SOURCE_LOCALE:
            catalogue = languages.catalogue(questionnaire.id, offered.locale)
            said[offered.locale] = {
                "machine_draft": catalogue.machine_draft,
                "items": _describe(questionnaire, _Translated(catalogue)),
            }
    said[EASY_READ] = {
        "machine_draft": questionnaire.status is Status.DRAFT,
        "items": _describe(questionnaire, _EasyRead()),
    }
    return said


def _describe(questionnaire: Questionnaire, speaker: _Translated | _EasyRead) -> dict[str, dict[str, object]]:
    grids = {
        item.id: item
        for section in questionnaire.sections
        for page in section.pages
        for item in page.items
        if isinstance(item, GridItem)
    }
    said: dict[str, dict[str, object]] = {}
    for section in questionnaire.sections:
        title = speaker.say(f"section.{section.id}.title", section.title)
        for asked in asked_in(section):
            text = speaker.ask(asked, grids.get(asked.grid or ""))
            options = dict(_answers(asked, speaker))
            found = asdict(_Words(text, title, _measure(asked, options), options))
            if any(found.values()):
                said[asked.item.id] = found
    return said


class _Translated:
    """Words in another language, as far as its catalogue has them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def say(self, context: str, text: Text) -> str:
        """'' where there is no translation."""
        source, variant = choose(text, Answering.SELF)
        phrase = translate(self._catalogue, f"{context}.{variant}" if variant else context, source)
        return "" if phrase.foreign else _without_answers(phrase.text)

    def ask(self, asked: Asked, grid: GridItem | None) -> str:
        """The question; a row of a grid after the question of the grid."""
        if grid is None:
            return self.say(f"item.{asked.item.id}.text", asked.item.text)
        row = _row_code(asked)
        return _joined(
            self.say(f"item.{grid.id}.text", grid.text), self.say(f"item.{grid.id}.row.{row}.text", asked.item.text)
        )

    def answer(self, context: str, option: Option) -> str:
        """An option."""
        return self.say(f"{context}.text", option.text)


class _EasyRead:
    """The short sentences of the Easy Read format; '' where the standard words are short enough."""

    def say(self, context: str, text: Text) -> str:
        """Headings have no words of their own in Easy Read."""
        return ""

    def ask(self, asked: Asked, grid: GridItem | None) -> str:
        """The question; a row of a grid after the question of the grid."""
        item = asked.item if grid is None else grid
        easy = item.formats.easyread if item.formats is not None else None
        if easy is None:
            return ""
        if grid is None:
            return wording(easy.text)
        row = next(each for each in grid.rows if each.code == _row_code(asked))
        return _joined(wording(easy.text), _short(row.easyread) or wording(row.text))

    def answer(self, context: str, option: Option) -> str:
        """An option."""
        return _short(option.easyread) or wording(option.text)


def _answers(asked: Asked, speaker: _Translated | _EasyRead) -> Iterator[tuple[str, str]]:
    """The words of each answer as results show it: headings stand for the answers below them."""
    item = asked.item
    here = f"item.{asked.grid or item.id}"
    if isinstance(item, ScaleItem):
        ends = {number: speaker.say(f"{here}.{name}", text) for number, name, text in item.in_words}
        for number in range(item.min, item.max + 1):
            yield str(number), f"{number} – {ends[number]}" if ends.get(number) else str(number)
        return
    if isinstance(item, ChoiceItem):
        for group in item.groups:
            if words := speaker.say(f"{here}.group.{group.code}.text", group.text):
                yield group.code, words
    for option in options_of(item):
        if (
            option.missing is None
            and not option.group
            and (words := speaker.answer(f"{here}.option.{option.code}", option))
        ):
            yield option.code, words


def _measure(asked: Asked, options: dict[str, str]) -> str:
    """The good answers side by side, of a scale the first and the last; '' unless each has words here."""
    good = [str(code) for code in good_of(asked.item)]
    if not all(code in options for code in good):
        return ""
    if isinstance(asked.item, ScaleItem) and len(good) > 1:
        return f"{good[0]}–{good[-1]}"
    return " / ".join(options[code] for code in good)


def _row_code(asked: Asked) -> str:
    return asked.item.id.removeprefix(f"{asked.grid}__")


def _joined(grid: str, row: str) -> str:
    return f"{grid} – {row}" if grid and row else ""


def _short(label: EasyReadLabel | None) -> str:
    return wording(label.text) if label is not None and label.text is not None else ""


def _without_answers(text: str) -> str:
    for pipe in reversed(pipes_in(text)):
        text = f"{text[: pipe.start]}{_SAID_BY_AN_ANSWER}{text[pipe.end :]}"
    return text
