"""The folder of questionnaire files as it is now, read again only when a file in it has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from survey.questionnaire.load import load_folder
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Problem
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
    last_good: Questionnaire | None
    """Of a file that cannot be used: what was in it when it last could, as far as this process has seen."""


_Signature = tuple[tuple[str, int, int], ...]

CountFindings = Callable[[Questionnaire], int]
"""How much the whole check finds in a questionnaire of the folder."""


class QuestionnaireFolder:
    """A folder of questionnaire files, safe in threads."""

    def __init__(self, path: Path, count_findings: CountFindings) -> None:
        self.path = path
        self._count_findings = count_findings
        self._counted: dict[str, tuple[Questionnaire, _Signature, int]] = {}
        self._lock = Lock()
        self._seen: _Signature | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._last_good: dict[str, Questionnaire] = {}

    def read(self) -> tuple[Draft, ...]:
        """Every file, in the order of their names."""
        with self._lock:
            signature = _signature(self.path, "*.json")
            if signature != self._seen:
                self._drafts = self._read()
                self._seen = signature
            return self._drafts

    def find(self, questionnaire: str) -> Questionnaire | None:
        """The questionnaire of this id, where its file can be used."""
        found = (draft.questionnaire for draft in self.read() if draft.id == questionnaire)
        return next((each for each in found if each is not None), None)

    def findings(self, questionnaire: Questionnaire) -> int:
        """How much there is to look at in a questionnaire; counted again when it or its media have changed."""
        media = _signature(self.path / questionnaire.id, "**/*")
        counted = self._counted.get(questionnaire.id)
        if counted is None or counted[:2] != (questionnaire, media):
            counted = questionnaire, media, self._count_findings(questionnaire)
            self._counted[questionnaire.id] = counted
        return counted[2]

    def broken(self) -> tuple[Draft, ...]:
        """The files that cannot be used."""
        return tuple(draft for draft in self.read() if draft.questionnaire is None)

    def _read(self) -> tuple[Draft, ...]:
        drafts = []
        for path, found in load_folder(self.path):
            if isinstance(found, Questionnaire):
                self._last_good[path.name] = found
                drafts.append(Draft(path.name, found.id, found, (), None))
            else:
                last = self._last_good.get(path.name)
                name = last.id if last is not None else path.stem
                drafts.append(Draft(path.name, name, None, found.problems, last))
        return tuple(drafts)


def _signature(folder: Path, pattern: str) -> _Signature:
    """Name, moment of the last change and size of every file: cheap, and different after every save."""
    try:
        files = [(str(path), path.stat()) for path in folder.glob(pattern)]
    except OSError:  # a file was taken away just now
        return ()
    return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in files))


def count_translated(questionnaire: Questionnaire, translated: Mapping[tuple[str | None, str], str]) -> tuple[int, int]:
    """How many of its strings have a translation, and how many strings there are."""
    units = {(unit.context, unit.source) for unit in translation_units(questionnaire)}
    return sum(unit in translated for unit in units), len(units)
