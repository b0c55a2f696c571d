"""Conditions brought into the few shapes that can be said in plain words: no `not`, nothing said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from survey.questionnaire.condition_model import All, AnyOf, Comparison, Condition, Not, Operator
from survey.questionnaire.walk import comparisons_in

MOST_IN_A_ROW = 4
"""Answers named in one sentence; more are a list."""

PickedFrom = Callable[[str], Sequence[str]]
"""The codes of an item of which one is picked; none for other items."""


def conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    """What must all be true for a condition to be true; nothing where there is none."""
    if condition is None:
        return ()
    if isinstance(condition, All):
        return tuple(part for each in condition.parts for part in conjuncts(each))
    return (condition,)


def joined(conditions: Sequence[Condition]) -> Condition | None:
    """The opposite of `conjuncts`."""
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else All.model_construct(parts=tuple(conditions))


def items_asked(condition: Condition) -> Iterator[str]:
    """The key of every item a condition asks, as often as it does."""
    return (comparison.item for _, comparison in comparisons_in((), condition))


class Asks(Enum):
    """What is asked of an answer, with opposites, so that no sentence needs the word "not" twice."""

    ANY_OF = auto()
    NONE_OF = auto()
    ALL_OF = auto()
    NOT_ALL_OF = auto()
    AT_LEAST = auto()
    LESS_THAN = auto()
    AT_MOST = auto()
    MORE_THAN = auto()
    ANSWERED = auto()
    LEFT_OUT = auto()


OPPOSITE = {
    one: other
    for pair in (
        (Asks.ANY_OF, Asks.NONE_OF),
        (Asks.ALL_OF, Asks.NOT_ALL_OF),
        (Asks.AT_LEAST, Asks.LESS_THAN),
        (Asks.AT_MOST, Asks.MORE_THAN),
        (Asks.ANSWERED, Asks.LEFT_OUT),
    )
    for one, other in (pair, pair[::-1])
}
_TESTS = {
    Operator.IS: Asks.ANY_OF,
    Operator.ANY_OF: Asks.ANY_OF,
    Operator.IS_NOT: Asks.NONE_OF,
    Operator.NONE_OF: Asks.NONE_OF,
    Operator.ALL_OF: Asks.ALL_OF,
    Operator.AT_LEAST: Asks.AT_LEAST,
    Operator.AT_MOST: Asks.AT_MOST,
}


@dataclass(frozen=True)
class Leaf:
    """One question and what its answer must be; `left_out`: or it may have none."""

    item: str
    test: Asks
    operands: tuple[str | int | float, ...] = ()
    left_out: bool = False


@dataclass(frozen=True)
class Group:
    """Clauses of which all, or at least one, must be true."""

    every: bool
    parts: tuple[Clause, ...]


Clause = Leaf | Group


def without_not(condition: Condition, *, negated: bool) -> Clause:
    """The same condition with every `not` carried down to the comparisons; three-valued logic allows that."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            every = isinstance(condition, All) is not negated
            return Group(every, tuple(without_not(part, negated=negated) for part in parts))
        case Not(part=part):
            return without_not(part, negated=not negated)
        case Comparison(item=item, operator=Operator.ANSWERED, operand=operand):
            return Leaf(item, Asks.ANSWERED if bool(operand) is not negated else Asks.LEFT_OUT)
        case Comparison(item=item, operator=operator, operands=operands):
            test = _TESTS[operator]
            return Leaf(item, OPPOSITE[test] if negated else test, operands)


def combine(clause: Clause, picked_from: PickedFrom) -> Clause:
    """Flatten groups, bring together what is said of one question, and turn long lists of answers round."""
    if isinstance(clause, Leaf):
        return _shortest(clause, picked_from(clause.item))
    flat: list[Clause] = []
    for part in clause.parts:
        combined = combine(part, picked_from)
        flat.extend(combined.parts if isinstance(combined, Group) and combined.every is clause.every else [combined])
    flat = list(dict.fromkeys(flat))
    if not clause.every:
        flat = _with_left_out(flat)
    return flat[0] if len(flat) == 1 else Group(clause.every, tuple(flat))


def _with_left_out(parts: Iterable[Clause]) -> list[Clause]:
    """Of alternatives: "no answer" joins another clause about the same question."""
    found = list(parts)
    for alone in [part for part in found if isinstance(part, Leaf) and part.test is Asks.LEFT_OUT]:
        for place, other in enumerate(found):
            if isinstance(other, Leaf) and other.item == alone.item and other.test not in _SAYS_ALREADY:
                found[place] = replace(other, left_out=True)
                found.remove(alone)
                break
    return [part for part in found if not _is_said_by_another(part, found)]


def _is_said_by_another(part: Clause, parts: Sequence[Clause]) -> bool:
    return isinstance(part, Leaf) and not part.left_out and replace(part, left_out=True) in parts


_SAYS_ALREADY = (Asks.LEFT_OUT, Asks.ANSWERED)


def _shortest(leaf: Leaf, codes: Sequence[str]) -> Leaf:
    """A long list of the answers to pick one from is said as those that are not in it, where these are fewer."""
    if leaf.test not in (Asks.ANY_OF, Asks.NONE_OF):
        return leaf
    others = tuple(code for code in codes if code not in leaf.operands)
    if not others or len(leaf.operands) <= MOST_IN_A_ROW or len(others) >= len(leaf.operands):
        return leaf
    return replace(leaf, test=OPPOSITE[leaf.test], operands=others)
