"""What an item can be answered with, as a solver sees it: only as finely as the conditions look at it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from survey.questionnaire.answers import Value
from survey.questionnaire.condition_model import Comparison, Operator
from survey.questionnaire.model import (
    AreaItem,
    ChoicesItem,
    DateItem,
    Item,
    NumberItem,
    RankItem,
    ScaleItem,
    options_of,
)
from survey.questionnaire.proof.formulas import TRUE, Formulas, holds
from survey.questionnaire.typed_dates import TODAY

ANY_AREA = "another-area"
"""Stands for an area that no condition names, where the caller knows no list of areas."""
ANY_TEXT = "…"


class AnswerSpace(Protocol):
    """The answers an item can have. Answers that no condition tells apart are one."""

    answered: int
    """Holds when there is an answer."""
    valued: int
    """Holds when there is one that is not missing (don't know, would rather not say)."""

    def true(self, comparison: Comparison) -> int:
        """Holds when the comparison is true."""

    def false(self, comparison: Comparison) -> int:
        """Holds when it is false, which is not the same as not true: it may be unknown."""

    def value(self, model: Sequence[int]) -> Value | None:
        """The answer in a model."""

    def single_values(self) -> tuple[Value, ...]:
        """An answer of every kind; where several can be picked, each by itself."""


def make_space(
    item: Item, comparisons: Iterable[Comparison], formulas: Formulas, area_codes: Sequence[str] = ()
) -> AnswerSpace:
    """The answers of an item (a grid's row is a choice), as finely as these comparisons need them."""
    asked = [comparison for comparison in comparisons if comparison.operator is not Operator.ANSWERED]
    if isinstance(item, (ChoicesItem, RankItem)):
        return PickedSpace(item, asked, formulas)
    missing = _kinds([option.code for option in options_of(item) if option.missing is not None], asked)
    if isinstance(item, (ScaleItem, NumberItem)):
        numbers = [[number] for number in _numbers(item, asked)]
        return OneSpace(missing, numbers, formulas)
    return OneSpace(missing, _kinds(_codes(item, asked, area_codes), asked), formulas)


class OneSpace:
    """One answer out of a row of kinds, those of missing answers first, numbers by size.

    `_up_to[n]` holds when the answer is among the first n kinds; so a range of numbers is two literals.
    """

    def __init__(
        self, missing: Sequence[Sequence[Value]], valued: Sequence[Sequence[Value]], formulas: Formulas
    ) -> None:
        self._formulas = formulas
        self._first_valued = len(missing)
        self._kinds = (*missing, *valued)
        self._numbers = [kind[0] for kind in valued if not isinstance(kind[0], (str, tuple))]
        self._kind_of = {value: number for number, kind in enumerate(self._kinds) for value in kind}
        self._up_to = [-TRUE, *(formulas.new() for _ in self._kinds)]
        for fewer, more in zip(self._up_to[1:], self._up_to[2:], strict=False):
            formulas.require(-fewer, more)
        self.answered = self._up_to[-1]
        self.valued = self._between(self._first_valued, len(self._kinds))

    def true(self, comparison: Comparison) -> int:
        match comparison.operator:
            case Operator.ANSWERED:
                return self.answered if comparison.operand else -self.answered
            case Operator.IS_NOT | Operator.NONE_OF:
                return self._formulas.every((self.answered, -self._among(comparison)))
            case Operator.AT_LEAST | Operator.AT_MOST:
                return self._reached(comparison)
            case _:
                return self._among(comparison)

    def false(self, comparison: Comparison) -> int:
        match comparison.operator:
            case Operator.ANSWERED:
                return -self.true(comparison)
            case Operator.IS_NOT | Operator.NONE_OF:
                return self._among(comparison)
            case Operator.AT_LEAST | Operator.AT_MOST:
                return self._formulas.every((self.valued, -self._reached(comparison)))
            case _:
                return self._formulas.every((self.answered, -self._among(comparison)))

    def value(self, model: Sequence[int]) -> Value | None:
        return next((kind[0] for kind, up_to in self._each() if holds(model, up_to)), None)

    def single_values(self) -> tuple[Value, ...]:
        return tuple(kind[0] for kind in self._kinds)

    def _each(self) -> Iterable[tuple[Sequence[Value], int]]:
        return zip(self._kinds, self._up_to[1:], strict=True)

    def _among(self, comparison: Comparison) -> int:
        kinds = {self._kind_of[value] for value in comparison.operands if value in self._kind_of}
        return self._formulas.some(self._between(kind, kind + 1) for kind in sorted(kinds))

    def _reached(self, comparison: Comparison) -> int:
        bound, first, last = comparison.operand, self._first_valued, len(self._kinds)
        if comparison.operator is Operator.AT_LEAST:
            return self._between(first + bisect_left(self._numbers, bound), last)
        return self._between(first, first + bisect_right(self._numbers, bound))

    def _between(self, first: int, end: int) -> int:
        return self._formulas.every((self._up_to[end], -self._up_to[first])) if first < end else -TRUE


class PickedSpace:
    """Any number of codes, of which an exclusive one stands alone, and of a rank at most so many."""

    def __init__(self, item: ChoicesItem | RankItem, comparisons: Iterable[Comparison], formulas: Formulas) -> None:
        self._formulas = formulas
        named = {code for comparison in comparisons for code in comparison.operands}
        self._literals: dict[str, int] = {}
        kinds: dict[tuple[bool, bool], int] = {}  # of the codes that no condition names, one of each kind is enough
        alone: list[int] = []
        together: list[int] = []
        valued: list[int] = []
        for option in item.options:
            kind = (option.exclusive, option.missing is not None)
            if option.code not in named and kind in kinds:
                continue
            literal = self._literals[option.code] = formulas.new()
            if option.code not in named:
                kinds[kind] = literal
            (alone if option.exclusive else together).append(literal)
            if option.missing is None:
                valued.append(literal)
        self.answered = formulas.some(self._literals.values())
        self.valued = formulas.some(valued)
        if alone:
            formulas.require_at_most(1, [*alone, formulas.some(together)])
        if isinstance(item, RankItem) and item.at_most is not None:
            formulas.require_at_most(item.at_most, together)

    def true(self, comparison: Comparison) -> int:
        match comparison.operator:
            case Operator.ANSWERED:
                return self.answered if comparison.operand else -self.answered
            case Operator.IS_NOT | Operator.NONE_OF:
                return self._formulas.every((self.answered, -self._picked(comparison)))
            case _:
                return self._picked(comparison)

    def false(self, comparison: Comparison) -> int:
        match comparison.operator:
            case Operator.ANSWERED:
                return -self.true(comparison)
            case Operator.IS_NOT | Operator.NONE_OF:
                return self._picked(comparison)
            case _:
                return self._formulas.every((self.answered, -self._picked(comparison)))

    def value(self, model: Sequence[int]) -> Value | None:
        return tuple(code for code, literal in self._literals.items() if holds(model, literal)) or None

    def single_values(self) -> tuple[Value, ...]:
        return tuple((code,) for code in self._literals)

    def _picked(self, comparison: Comparison) -> int:
        literals = [self._literals.get(str(code), -TRUE) for code in comparison.operands]
        every = comparison.operator is Operator.ALL_OF
        return self._formulas.every(literals) if every else self._formulas.some(literals)


# --- Kinds of answers -----------------------------------------------------------


def _kinds(codes: Iterable[str], comparisons: Iterable[Comparison]) -> list[list[str]]:
    """Codes put together with those that the same comparisons name."""
    named: dict[str | int | float, list[int]] = {}
    for number, comparison in enumerate(comparisons):
        for code in comparison.operands:
            named.setdefault(code, []).append(number)
    kinds: dict[tuple[int, ...], list[str]] = {}
    for code in codes:
        kinds.setdefault(tuple(named.get(code, ())), []).append(code)
    return list(kinds.values())


def _codes(item: Item, comparisons: Iterable[Comparison], area_codes: Sequence[str]) -> list[str]:
    if isinstance(item, AreaItem):
        missing = {option.code for option in item.options}
        named = {code: None for comparison in comparisons for code in map(str, comparison.operands)}
        other = next((code for code in area_codes if code not in named), ANY_AREA)
        return [*(code for code in named if code not in missing), other]
    if isinstance(item, DateItem):
        return [_some_year(item)]
    return [option.code for option in options_of(item) if option.missing is None] or [ANY_TEXT]


def _some_year(item: DateItem) -> str:
    for bound in (item.earliest, item.latest):
        if bound is not None and bound != TODAY:
            return bound[:4]
    return "2999" if item.earliest == TODAY and item.latest is None else "2000"


def _numbers(item: ScaleItem | NumberItem, comparisons: Iterable[Comparison]) -> list[int | float]:
    """Every number a comparison names, and one between each two neighbours where there is one, by size."""
    decimals = item.decimals if isinstance(item, NumberItem) else 0
    scale = 10**decimals
    lowest, highest = ceil(Fraction(str(item.min)) * scale), floor(Fraction(str(item.max)) * scale)
    steps = {lowest}
    for comparison in comparisons:
        for operand in comparison.operands:
            if not isinstance(operand, str):
                exact = Fraction(str(operand)) * scale
                steps |= {floor(exact), floor(exact) + 1}
    return [step / scale if decimals else step for step in sorted(steps) if lowest <= step <= highest]
