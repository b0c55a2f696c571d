"""How people's own words leave: what staff made of them is written to a file, and somebody else publishes from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from survey.export.coding import FILE, write_coding
from survey.store.connect import Store
from survey.store.waves import Wave

LetOut = Callable[..., Mapping[str, Any]]
"""`let_out(coding, releases, step=, today=)` with the file, the folder of releases, and the day in England.

The steps: `look` and `publish` give what leaves, as the dashboard will read it, or `{"why": ...}`: open, no_release,
too_few, too_early, unreadable. `take_back` takes quotes out of what is published that are approved no more.
"""


class NothingLeaves(Exception):
    """What is published stays as it is; `why` is one of those of LetOut."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Leaving:
    """Where the analysis files and the releases are, and who decides what leaves."""

    analysis: Path
    releases: Path
    let_out: LetOut

    def look(self, store: Store, wave: Wave, today: date) -> Mapping[str, Any]:
        """What would leave. Raises NothingLeaves, OSError."""
        return self._ask(store, wave, "look", today)

    def publish(self, store: Store, wave: Wave, today: date) -> Mapping[str, Any]:
        """Publish. Raises NothingLeaves, OSError."""
        return self._ask(store, wave, "publish", today)

    def take_back_quotes(self, store: Store, wave: Wave, today: date) -> None:
        """Take out of both files what may be quoted no more; nothing where nothing was ever written. Raises OSError."""
        if (self.analysis / wave.id / FILE).exists():
            self._ask(store, wave, "take_back", today)

    def _ask(self, store: Store, wave: Wave, step: str, today: date) -> Mapping[str, Any]:
        if wave.is_open:
            raise NothingLeaves("open")
        coding = write_coding(store, wave, self.analysis / wave.id)
        said = self.let_out(coding, self.releases, step=step, today=today)
        if "why" in said:
            raise NothingLeaves(said["why"])
        return said
