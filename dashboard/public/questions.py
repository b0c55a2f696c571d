"""The questions of a wave in the language of the page, else as they are in English and marked so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.model import Item
from dashboard.public.speech import Said, Tongue
from dashboard.wording import ItemWording, Wording

_NO_WORDING = ItemWording()


@dataclass(frozen=True)
class Questions:
    """Says the words of items; `wording` is None where the wave has none in this language."""

    tongue: Tongue
    wording: Wording | None

    @property
    def machine_draft(self) -> bool:
        """Whether no person has checked all of these words yet."""
        return self.wording is not None and self.wording.machine_draft

    def ask(self, item: Item) -> Said:
        """The question."""
        return self._say(item, lambda found: found.text, item.text)

    def name_section(self, item: Item) -> Said:
        """The section of the survey the question stands in."""
        return self._say(item, lambda found: found.section, item.section)

    def name_answer(self, item: Item, option: str) -> Said:
        """An option, or the measure where `option` is ''."""
        if option == "":
            return self._say(item, lambda found: found.measure, item.measure or "")
        return self._say(item, lambda found: (found.options or {}).get(option, ""), item.name_answer(option))

    def _say(self, item: Item, find: Callable[[ItemWording], str], english: str) -> Said:
        found = find(self.wording.items.get(item.id, _NO_WORDING)) if self.wording else ""
        return self.tongue.say(found, english) if found else self.tongue.in_english(english)
