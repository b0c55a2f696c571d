"""Where a string of a questionnaire stands: by its context, the question it belongs to and who is shown it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from survey.coproduction.numbering import Numbered, number_items
from survey.questionnaire.model import Answering, Format, Questionnaire

_VARIANTS = {answering.value: answering for answering in Answering}
_EASY_READ = ".easyread."
_ONE_TEXT = re.compile(r"^(purpose|page\.[^.]+)\..*")
"""What has one text, and so the Easy Read one is of that."""


@dataclass(frozen=True)
class Place:
    """A string's place. `numbered` is None for what belongs to no question: the title, a word that is explained."""

    numbered: Numbered | None
    answering: Answering
    format: Format
    family: str
    """The same for the wordings of one text: by who answers, and in Easy Read."""


class Places:
    """The places of one questionnaire, looked up once for all its strings."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questions = number_items(questionnaire)
        self._items = {each.item.id: each for each in self.questions}
        self._pages: dict[str, Numbered] = {}
        self._sections: dict[str, Numbered] = {}
        for each in self.questions:
            self._pages.setdefault(each.page.id, each)
            self._sections.setdefault(each.section.id, each)

    def find(self, context: str) -> Place:
        """The place of a string by its context."""
        stem, _, last = context.rpartition(".")
        answering = _VARIANTS.get(last)
        format = Format.STANDARD
        if _EASY_READ in context:
            format = Format.EASYREAD
        elif ".bsl." in context:
            format = Format.BSL
        family = (stem if answering else context).replace(_EASY_READ, ".")
        return Place(self._question(context), answering or Answering.SELF, format, _ONE_TEXT.sub(r"\1", family))

    def _question(self, context: str) -> Numbered | None:
        kind, _, rest = context.partition(".")
        known: Mapping[str, Mapping[str, Numbered]] = {
            "item": self._items,
            "page": self._pages,
            "section": self._sections,
        }
        return known.get(kind, {}).get(rest.partition(".")[0])
