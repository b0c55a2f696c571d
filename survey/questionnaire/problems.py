"""What can be wrong with a questionnaire file, said so that its author can mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Severity(StrEnum):
    """Whether a problem keeps the file from being used."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where (`path`, as `$.sections[0].pages[2]`), what, and what to do about it."""

    path: str
    rule: str
    severity: Severity
    message: str
    remedy: str


class QuestionnaireError(Exception):
    """A questionnaire cannot be used; `problems` holds every reason at once."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        lines = [f"{problem.path}: {problem.message} {problem.remedy}" for problem in self.problems]
        super().__init__("\n".join([f"{name} cannot be used:", *lines]))


def json_path(parts: Sequence[str | int]) -> str:
    """Write `("sections", 0, "title")` as `$.sections[0].title`."""
    steps = []
    for part in parts:
        if isinstance(part, int):
            steps.append(f"[{part}]")
        elif _PLAIN_KEY.fullmatch(part):
            steps.append(f".{part}")
        else:
            quoted = part.replace("\\", "\\\\").replace('"', '\\"')
            steps.append(f'["{quoted}"]')
    return "$" + "".join(steps)
