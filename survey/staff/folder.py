"""The folder of questionnaire files as it is now, read again only when a file in it has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from survey.questionnaire.check.structural import check_questionnaire
from survey.questionnaire.load import load_folder
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Problem, Severity
from survey.questionnaire.text import translation_units


@dataclass(frozen=True)
class Draft:
    """One file: the questionnaire in it, or what keeps it from being used."""

    file: str
    id: str
    """The questionnaire's id, or of a file that cannot be used the id that its name says."""
    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]
    """Those that keep it from being used; none where it can be."""
    warnings: int
    last_good: Questionnaire | None
    """Of a file that cannot be used: what was in it when it last could, as far as this process has seen."""


_Signature = tuple[tuple[str, int, int], ...]


class QuestionnaireFolder:
    """A folder of questionnaire files, safe in threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._seen: _Signature | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._last_good: dict[str, Questionnaire] = {}

    def read(self) -> tuple[Draft, ...]:
        """Every file, in the order of their names."""
        with self._lock:
            signature = self._signature()
            if signature != self._seen:
                self._drafts = self._read()
                self._seen = signature
            return self._drafts

    def find(self, questionnaire: str) -> Questionnaire | None:
        """The questionnaire of this id, where its file can be used."""
        found = (draft.questionnaire for draft in self.read() if draft.id == questionnaire)
        return next((each for each in found if each is not None), None)

    def broken(self) -> tuple[Draft, ...]:
        """The files that cannot be used."""
        return tuple(draft for draft in self.read() if draft.questionnaire is None)

    def _signature(self) -> _Signature:
        """Name, moment of the last change and size of every file: cheap, and different after every save."""
        try:
            files = [(path.name, path.stat()) for path in self.path.glob("*.json")]
        except OSError:  # a file was taken away just now
            return ()
        return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in files))

    def _read(self) -> tuple[Draft, ...]:
        drafts = []
        for path, found in load_folder(self.path):
            if isinstance(found, Questionnaire):
                self._last_good[path.name] = found
                warnings = sum(each.severity is Severity.WARNING for each in check_questionnaire(found))
                drafts.append(Draft(path.name, found.id, found, (), warnings, None))
            else:
                last = self._last_good.get(path.name)
                name = last.id if last is not None else path.stem
                drafts.append(Draft(path.name, name, None, found.problems, 0, last))
        return tuple(drafts)


def count_translated(questionnaire: Questionnaire, translated: Mapping[tuple[str | None, str], str]) -> tuple[int, int]:
    """How many of its strings have a translation, and how many strings there are."""
    units = {(unit.context, unit.source) for unit in translation_units(questionnaire)}
    return sum(unit in translated for unit in units), len(units)
