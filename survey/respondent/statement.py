"""What is known of how accessible the site is: figures of the last check, gaps that are known, trials with people."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

EVIDENCE, GAPS, TRIALS = "evidence.json", "gaps.json", "trials.json"

_log = logging.getLogger(__name__)
_Read = TypeVar("_Read")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Figures(_Part):
    """What `make evidence` counted. A look is one page in one state and one circumstance."""

    looks: int = Field(ge=0)
    checks: int = Field(ge=0)
    findings: int = Field(ge=0)


class Circumstance(Figures):
    """The same of one way of looking."""

    name: str


class Evidence(_Part):
    """What a program found, and when."""

    day: date = Field(alias="date")
    totals: Figures
    circumstances: tuple[Circumstance, ...]


class Gap(_Part):
    """Something that is not good enough yet. `rules` and `where` name the findings of the program that belong to it."""

    id: str = Field(pattern="^[a-z][a-z-]*$")
    what: str = Field(min_length=1)
    who: str = Field(min_length=1)
    since: date
    instead: str = Field(min_length=1)
    rules: tuple[str, ...] = ()
    where: str = ""

    def names(self, rule: str, where: str) -> bool:
        """Whether a finding is one of this gap."""
        return rule in self.rules and self.where in where


class Trial(_Part):
    """One time that disabled people tried the site for us."""

    day: date = Field(alias="date")
    who: str = Field(min_length=1)
    tried: str = Field(min_length=1)
    found: str = Field(min_length=1)
    changed: str = Field(min_length=1)


class _Gaps(_Part):
    gaps: tuple[Gap, ...]


class _Trials(_Part):
    trials: tuple[Trial, ...]


@dataclass(frozen=True)
class Statement:
    """All that is known; None for what could not be read."""

    evidence: Evidence | None
    gaps: tuple[Gap, ...] | None
    trials: tuple[Trial, ...] | None


@lru_cache(maxsize=8)
def load_statement(folder: Path) -> Statement:
    """Read the three files of a folder, once. One that is broken or missing is left out, and the log says why."""
    return Statement(
        _read(folder / EVIDENCE, Evidence.model_validate_json, "Run `make evidence`, which writes it."),
        _read(folder / GAPS, lambda text: _Gaps.model_validate_json(text).gaps, "Mend it by hand."),
        _read(folder / TRIALS, lambda text: _Trials.model_validate_json(text).trials, "Mend it by hand."),
    )


def _read(path: Path, parse: Callable[[bytes], _Read], remedy: str) -> _Read | None:
    try:
        return parse(path.read_bytes())
    except OSError as error:
        why = str(error.strerror)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why = f"{'.'.join(map(str, first['loc'])) or 'the whole file'}: {first['msg']}"
    _log.warning("%s is left out of the page on accessibility: %s. %s", path, why, remedy)
    return None
