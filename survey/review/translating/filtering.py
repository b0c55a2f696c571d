"""Which strings of a catalogue somebody looks at: a stage, what they can do, words to find; a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from survey.questionnaire.stages import Stage
from survey.review.translating.doing import NextStep, next_step_for
from survey.review.translating.strings import Sheet, String

A_PAGE = 50
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Wanted:
    """What an address asks for; what it gets wrong asks for everything."""

    stage: Stage | None = None
    next_step: NextStep | None = None
    words: str = ""

    @property
    def query(self) -> str:
        """As the query of an address, with its question mark; nothing where everything is wanted."""
        asked = {"stage": self.stage, "do": self.next_step, "q": self.words}
        written = urlencode({name: str(value) for name, value in asked.items() if value})
        return f"?{written}" if written else ""

    def takes(self, string: String, by: int) -> bool:
        """Whether a string is one of them for this person."""
        if self.stage is not None and string.stage is not self.stage:
            return False
        if self.next_step is not None and next_step_for(string, by) is not self.next_step:
            return False
        return not self.words or _has_words(string, self.words.casefold())


def read_wanted(chosen: Mapping[str, str]) -> Wanted:
    """What an address asks for."""
    stage, next_step = chosen.get("stage", ""), chosen.get("do", "")
    return Wanted(
        Stage(stage) if stage in list(Stage) else None,
        NextStep(next_step) if next_step in list(NextStep) else None,
        chosen.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH],
    )


def find_strings(sheet: Sheet, wanted: Wanted, by: int) -> tuple[String, ...]:
    """Those that are wanted, in the order of the catalogue."""
    return tuple(string for string in sheet.strings if wanted.takes(string, by))


def following(sheet: Sheet, wanted: Wanted, by: int, id: str) -> String | None:
    """The next string that is wanted after one, which need not be wanted itself any more."""
    rest = sheet.strings[sheet.position[id] + 1 :]
    return next((string for string in rest if wanted.takes(string, by)), None)


def preceding(sheet: Sheet, wanted: Wanted, by: int, id: str) -> String | None:
    """The last one that is wanted before it."""
    before = sheet.strings[: sheet.position[id]]
    return next((string for string in reversed(before) if wanted.takes(string, by)), None)


def page_count(strings: int) -> int:
    """How many pages so many strings take, at least one."""
    return max(1, -(-strings // A_PAGE))


def read_page(text: str, pages: int) -> int:
    """The page that an address asks for, from 1; the nearest there is."""
    return min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _has_words(string: String, words: str) -> bool:
    return any(words in text.casefold() for text in (*string.sources, *string.newest, string.key.context))
