"""What can be wrong with a questionnaire file, said so that its author can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice

Location = tuple[str | int, ...]
"""Where something is in a JSON document: keys and positions from the root."""

MAX_PROBLEMS = 300
"""More than these nobody reads; a file that is wrong all over stays quick to report on."""

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST_QUOTE = 60
_MOST_COMPARED = 200


class Severity(StrEnum):
    """Whether a problem keeps the file from being used."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where (`path`, as `$.sections[0].pages[2]`), what, and what to do about it.

    `at` is the same place by its ids (`item.control.text`), which stays when something is put in before it.
    """

    path: str
    rule: str
    severity: Severity
    message: str
    remedy: str
    at: str = ""


@dataclass(frozen=True)
class Finding:
    """A problem whose place is still a location, so that it can be compared and moved."""

    location: Location
    rule: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    at: str = ""


class QuestionnaireError(Exception):
    """A questionnaire cannot be used; `problems` holds every reason at once."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = tuple(problems)
        lines = [f"{problem.path}: {problem.message} {problem.remedy}" for problem in self.problems]
        super().__init__("\n".join([f"{name} cannot be used:", *lines]))


def report(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """Findings as problems, each once, in the order of the file; after MAX_PROBLEMS only that there are more."""
    taken = list(islice(findings, MAX_PROBLEMS + 1))
    in_order = sorted(dict.fromkeys(taken[:MAX_PROBLEMS]), key=lambda finding: _position(finding.location))
    problems = [
        Problem(
            json_path(finding.location), finding.rule, finding.severity, finding.message, finding.remedy, finding.at
        )
        for finding in in_order
    ]
    if len(taken) > MAX_PROBLEMS:
        message = f"There are more than {MAX_PROBLEMS} problems; the rest is not listed."
        problems.append(Problem("$", "too-many", Severity.ERROR, message, "Mend these first, then check again."))
    return tuple(problems)


def json_path(location: Location) -> str:
    """Write `("sections", 0, "title")` as `$.sections[0].title`."""
    return "$" + "".join(_step(part) for part in location)


def shown(value: object) -> str:
    """A value as it is quoted in a message, cut where it is long."""
    text = str(value)
    return f"`{text}`" if len(text) <= _LONGEST_QUOTE else f"`{text[:_LONGEST_QUOTE]}…`"


def instead_of(wrong: object, known: Iterable[str], otherwise: str) -> str:
    """A remedy for a misspelt name: the known one nearest to it, or else what `otherwise` says."""
    if isinstance(wrong, str) and len(wrong) <= _LONGEST_QUOTE:
        near = get_close_matches(wrong, islice(known, _MOST_COMPARED), n=1)
        if near:
            return f"Did you mean {shown(near[0])}?"
    return otherwise


def _position(location: Location) -> tuple[int, ...]:
    return tuple(part for part in location if isinstance(part, int))


def _step(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    if _PLAIN_KEY.fullmatch(part):
        return f".{part}"
    quoted = part.replace("\\", "\\\\").replace('"', '\\"')
    return f'["{quoted}"]'
