"""Which releases stand in the folder: a wave's thousands of them are listed once, and again when one comes or goes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

_NUMBER = re.compile(r"\d{4,9}")
_SETTLED = 2_000_000_000
"""Nanoseconds after which a change would have another time than the one before it, on any file system in use."""


class Standing:
    """The folder `<wave>/<number>/`; safe to ask from several threads, as each answer is looked up or made whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed: dict[str, tuple[int, tuple[str, ...]]] = {}

    def waves(self) -> tuple[str, ...]:
        """Waves with at least one release, by name."""
        try:
            names = sorted(path.name for path in self._folder.iterdir() if path.is_dir())
        except FileNotFoundError:
            return ()
        return tuple(name for name in names if next(self.newest_first(name), None))

    def newest_first(self, wave: str) -> Iterator[Path]:
        """The whole releases of a wave; an old one costs nothing unless somebody goes on that far."""
        for name in self._numbers(wave):
            if (self._folder / wave / name / "release.json").is_file():
                yield self._folder / wave / name

    def _numbers(self, wave: str) -> tuple[str, ...]:
        folder = self._folder / wave
        try:
            changed = folder.stat().st_mtime_ns
            known = self._listed.get(wave)
            if known is not None and known[0] == changed:
                return known[1]
            found = (path.name for path in folder.iterdir() if _NUMBER.fullmatch(path.name))
            numbers = tuple(sorted(found, key=int, reverse=True))
        except (FileNotFoundError, NotADirectoryError):
            return ()
        if time.time_ns() - changed > _SETTLED:
            self._listed[wave] = changed, numbers
        return numbers
