"""Checks of size: what nobody could answer or follow is refused before anything longer is done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from survey.questionnaire.check.rules import Rule
from survey.questionnaire.model import Questionnaire, options_of
from survey.questionnaire.problems import Finding, shown
from survey.questionnaire.walk import comparisons_of, conditions_of, items_of

MOST_ITEMS = 2000
MOST_OPTIONS = 500
MOST_COMPARISONS = 60
"""In one condition: the longest that anybody could still read aloud is far shorter."""
MOST_COMPARISONS_IN_ALL = 2000


def _check_items(questionnaire: Questionnaire) -> Iterator[Finding]:
    items = list(items_of(questionnaire))
    if len(items) > MOST_ITEMS:
        message = f"There are {len(items):,} items; there may be {MOST_ITEMS:,}."
        yield Finding(("sections",), "items-many", message, "Ask less, or make several questionnaires.")
    for location, _, item in items:
        if len(options_of(item)) > MOST_OPTIONS:
            message = f"{shown(item.id)} has {len(options_of(item)):,} options; it may have {MOST_OPTIONS:,}."
            yield Finding((*location, "options"), "options-many", message, "Offer fewer, or let people write it.")


def _check_conditions(questionnaire: Questionnaire) -> Iterator[Finding]:
    conditions = {place.location for place in conditions_of(questionnaire)}
    lengths = Counter(
        next(place for end in range(len(location), 0, -1) if (place := location[:end]) in conditions)
        for location, _, _ in comparisons_of(questionnaire)
    )
    for location, length in lengths.items():
        if length > MOST_COMPARISONS:
            message = f"The condition has {length:,} comparisons; it may have {MOST_COMPARISONS}."
            remedy = "Use `any_of` for several codes of one item, or ask one question that decides."
            yield Finding(location, "condition-long", message, remedy)
    if (total := lengths.total()) > MOST_COMPARISONS_IN_ALL:
        message = f"The conditions have {total:,} comparisons; they may have {MOST_COMPARISONS_IN_ALL:,}."
        remedy = "Put what pages have in common into the `show_if` of their section."
        yield Finding(("sections",), "conditions-many", message, remedy)


SIZE_RULES = (
    Rule(_check_items, ("items-many", "options-many")),
    Rule(_check_conditions, ("condition-long", "conditions-many")),
)
