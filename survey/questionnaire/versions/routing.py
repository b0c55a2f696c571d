"""Whether two conditions ask the same thing, and, where they do not, both in words."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from survey.questionnaire.clauses import Clause, Leaf, combine, without_not
from survey.questionnaire.condition_model import Condition
from survey.questionnaire.in_words import Words
from survey.questionnaire.versions.changes import Change, Kind, in_lines

EVERYONE = "Asked of everyone who comes here."


def routing_change(
    where: str, what: str, old: Condition | None, new: Condition | None, old_words: Words, new_words: Words
) -> Iterator[Change]:
    """One change where other people are asked; the same condition written in another way is none."""
    if old != new and _shape(old) != _shape(new):
        yield Change(Kind.ROUTING, where, what, tell_routing(old, old_words), tell_routing(new, new_words))


def tell_routing(condition: Condition | None, words: Words) -> str:
    """Who is asked, in words."""
    return EVERYONE if condition is None else in_lines(words.condition(condition)) or EVERYONE


def _shape(condition: Condition | None) -> Hashable:
    """What a condition asks, whatever order its parts and codes are in."""
    return None if condition is None else _unordered(combine(without_not(condition, negated=False), lambda key: ()))


def _unordered(clause: Clause) -> Hashable:
    if isinstance(clause, Leaf):
        return clause.item, clause.test, frozenset(clause.operands), clause.left_out
    return clause.every, frozenset(map(_unordered, clause.parts))
