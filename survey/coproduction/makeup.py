"""Who is in the group, by what members tell of themselves: in counts of three or more, and never of anyone alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from survey.questionnaire.model import ChoiceItem, ChoicesItem, Questionnaire
from survey.questionnaire.walk import items_of

FEWEST = 3

Category = tuple[str, str]
"""A dimension and a category of it, by their codes."""

_DIMENSION = "dimension:"


def categories_of(questionnaire: Questionnaire) -> dict[Category, str]:
    """Under which category results show each answer of the items that say who somebody is: its group, else itself.

    "I would rather not say" is no category.
    """
    found: dict[Category, str] = {}
    for _, _, item in items_of(questionnaire):
        if not isinstance(item, ChoiceItem | ChoicesItem) or not (item.role or "").startswith(_DIMENSION):
            continue
        dimension = (item.role or "").removeprefix(_DIMENSION)
        for option in item.options:
            if option.missing is None:
                found[dimension, option.code] = option.group or option.code
    return found


def find_present(abouts: Iterable[Mapping[str, str]], categories: Mapping[Category, str]) -> frozenset[Category]:
    """The categories that at least three members are in; what they tell is a code by dimension.

    Not how many: when one more member tells of themselves, a number would say what it was. A code that no item has
    counts as a category of its own.
    """
    told = (each for about in abouts for each in about.items())
    counts = Counter((dimension, categories.get((dimension, code), code)) for dimension, code in told)
    return frozenset(category for category, count in counts.items() if count >= FEWEST)
