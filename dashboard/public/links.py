"""The addresses of the public pages: language, wave, then a question or a place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from dashboard.public.speech import Tongue


@dataclass(frozen=True)
class Links:
    """Where a page is, and what it leads to in the same language and wave; `rest` is what follows the wave."""

    prefix: str
    tongue: Tongue
    wave: str | None = None
    rest: str = ""

    def home(self) -> str:
        """The latest wave."""
        return f"{self.prefix}{self.tongue.tag}/"

    def of_wave(self, wave: str | None = None) -> str:
        """The first page of a wave, of this one without a name."""
        chosen = wave or self.wave
        return f"{self.home()}{quote(chosen, safe='')}/" if chosen else self.home()

    def question(self, item: str) -> str:
        """One question."""
        return f"{self.of_wave()}{quote(item, safe='')}"

    def place(self, code: str) -> str:
        """One region or area."""
        return f"{self.of_wave()}places/{quote(code, safe='')}"

    def in_language(self, tongue: Tongue) -> str:
        """The same page in another language."""
        if self.wave is None:
            return f"{self.prefix}{tongue.tag}/"
        return f"{self.prefix}{tongue.tag}/{quote(self.wave, safe='')}/{quote(self.rest)}"
