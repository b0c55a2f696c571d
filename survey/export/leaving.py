"""How people's own words leave: what staff made of them is written to a file, and somebody else publishes from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from survey.export.coding import FILE, write_coding
from survey.store.analysis import last_change
from survey.store.connect import Store
from survey.store.quotes import load_quotes
from survey.store.themes import load_frame
from survey.store.versions import load_version
from survey.store.waves import Wave
from survey.store.written import open_questions

PUBLISHED = "voices.json"
"""What has left, beside the releases of a wave."""

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
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False, compare=False)
    """Held from reading the store until it is published, so that nothing older is published after something newer."""

    def look(self, store: Store, wave: Wave, today: date) -> Mapping[str, Any]:
        """What would leave. Raises NothingLeaves, OSError."""
        return self._ask(store, wave, "look", today)

    def publish(self, store: Store, wave: Wave, today: date) -> Mapping[str, Any]:
        """Publish. Raises NothingLeaves, OSError."""
        return self._ask(store, wave, "publish", today)

    def take_back_quotes(self, store: Store, wave: Wave, today: date) -> None:
        """Take out of both files what may be quoted no more; nothing where neither is there. Raises OSError.

        Also of an open wave: with a backup from before it closed, what was published later is still there.
        """
        if (self.analysis / wave.id / FILE).exists() or self._published(wave).exists():
            self._ask(store, wave, "take_back", today)

    def grounds(self, store: Store, wave: Wave) -> Hashable:
        """What quotes stand on: as long as it is the same, none has to be taken back that was not before."""
        file = self._published(wave)
        questions = open_questions(load_version(store, wave.version))
        return (
            last_change(store, wave.id),
            tuple((quote.id, quote.theme) for quote in load_quotes(store, wave.id) if quote.is_approved),
            tuple(load_frame(store, wave.id, question.item).codes for question in questions),
            file.stat().st_mtime_ns if file.exists() else None,
        )

    def _published(self, wave: Wave) -> Path:
        return self.releases / wave.id / PUBLISHED

    def _ask(self, store: Store, wave: Wave, step: str, today: date) -> Mapping[str, Any]:
        if wave.is_open and step != "take_back":
            raise NothingLeaves("open")
        with self._one_at_a_time:
            coding = write_coding(store, wave, self.analysis / wave.id)
            said = self.let_out(coding, self.releases, step=step, today=today)
        if "why" in said:
            raise NothingLeaves(said["why"])
        return said
