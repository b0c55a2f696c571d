"""Who is asked a question of a draft, in sentences, and about which other questions its answer decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.coproduction.numbering import Numbered
from survey.questionnaire.clauses import items_asked
from survey.questionnaire.in_words import Said, Words, wording
from survey.questionnaire.model import GridItem


@dataclass(frozen=True)
class Asked:
    """In the language of the questionnaire, which conditions are told in; no sentence where everyone is asked."""

    sentences: tuple[Said, ...]
    decides: tuple[int, ...]
    """Numbers of the questions that are asked or not by the answer to this one."""
    together: tuple[int, ...]
    """Numbers of the other questions on the same page."""


class Asking:
    """All questions of a draft; what decides about each is looked for once."""

    def __init__(self, everything: Sequence[Numbered], words: Words) -> None:
        self._everything = everything
        self._words = words
        self._decided: dict[str, list[int]] = defaultdict(list)
        for each in everything:
            for item in set(_deciders(each)):
                self._decided[item].append(each.number)

    def tell(self, numbered: Numbered) -> Asked:
        """Who is asked one of them."""
        together = (each.number for each in self._everything if each.page is numbered.page and each is not numbered)
        return Asked(
            sentences=tuple(_sentences(numbered, self._words)),
            decides=tuple(self._decided.get(numbered.item.id, ())),
            together=tuple(together),
        )


def _sentences(numbered: Numbered, words: Words) -> Iterator[Said]:
    section, page, item = numbered.section, numbered.page, numbered.item
    if section.show_if is not None:
        lead = "Everything in this section is asked"
        yield words.condition(section.show_if, f"{lead} only if", f"{lead} unless")
    if section.repeat is not None:
        yield words.repeat(section.repeat)
    if page.show_if is not None:
        yield words.condition(page.show_if)
    for row in item.rows if isinstance(item, GridItem) else ():
        if row.show_if is not None:
            lead = f"“{wording(row.text)}” is asked"
            yield words.condition(row.show_if, f"{lead} only if", f"{lead} unless")
    if page.end is not None and page.items[-1] is item:
        yield words.end(page.end)


def _deciders(numbered: Numbered) -> Iterator[str]:
    """The ids of the items whose answers decide whether one is asked; of a row of a grid that of the grid."""
    rows = numbered.item.rows if isinstance(numbered.item, GridItem) else ()
    for condition in (numbered.section.show_if, numbered.page.show_if, *(row.show_if for row in rows)):
        if condition is not None:
            yield from (key.partition("__")[0] for key in items_asked(condition))
    if numbered.section.repeat is not None:
        yield numbered.section.repeat.source.partition("__")[0]
