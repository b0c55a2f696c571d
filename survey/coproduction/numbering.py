"""The numbers of a draft's questions: the same on the screen, in the printed pack and in what people say about them."""

from __future__ import annotations

from dataclasses import dataclass

from survey.questionnaire.model import Item, Page, Questionnaire, Section


@dataclass(frozen=True)
class Numbered:
    """One question of a draft; statements count too, for people read and mend them all the same."""

    number: int
    item: Item
    page: Page
    section: Section


def number_items(questionnaire: Questionnaire) -> tuple[Numbered, ...]:
    """Every item in the order of the file, from 1, those that are switched off included."""
    placed = (
        (item, page, section) for section in questionnaire.sections for page in section.pages for item in page.items
    )
    return tuple(Numbered(number, *each) for number, each in enumerate(placed, start=1))
