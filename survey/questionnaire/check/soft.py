"""Checks of soft checks: each asks about the very answer beside which it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from survey.questionnaire.check.rules import Rule
from survey.questionnaire.condition_model import Operator
from survey.questionnaire.model import Questionnaire, StatementItem, answered_parts
from survey.questionnaire.problems import Finding, Severity, shown
from survey.questionnaire.walk import comparisons_in, items_of


def _check_soft(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, _, item in items_of(questionnaire):
        if isinstance(item, StatementItem) and item.soft:
            message = "Words to read have no answer that could be odd."
            yield Finding((*location, "soft"), "soft-type", message, "Take `soft` out.")
            continue
        names = {part.id for part in answered_parts(item)}
        for number, soft in enumerate(item.soft):
            place = (*location, "soft", number, "when")
            own = [asked for _, asked in comparisons_in(place, soft.when) if asked.item in names]
            if not own:
                message = f"The check does not ask about {shown(item.id)}, so nobody can tell what is odd."
                yield Finding(place, "soft-elsewhere", message, "Ask about the answer it belongs to.", Severity.WARNING)
            elif all(asked.operator is Operator.ANSWERED for asked in own):
                message = "The check only asks whether there is an answer, and no answer is odd for being there."
                remedy = "Say which answers are odd, as with `at_least`."
                yield Finding(place, "soft-answered", message, remedy, Severity.WARNING)


SOFT_RULES = (Rule(_check_soft, ("soft-type", "soft-elsewhere", "soft-answered")),)
