"""Formulas of propositional logic, written down for a SAT solver and put to it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from pysat.solvers import Minisat22

TRUE = 1
"""The literal that always holds. A literal is a whole number, and `-literal` its opposite."""

_MOST_CLAUSES = 500_000
_MOST_CONFLICTS = 100_000


class Undecided(Exception):
    """A question takes more time or memory than a check may have."""


class Formulas:
    """Literals and the clauses that tie them together; equal formulas get one literal."""

    def __init__(self) -> None:
        self.clauses: list[list[int]] = [[TRUE]]
        self._last = TRUE
        self._known: dict[tuple[int, ...], int] = {}

    def new(self) -> int:
        """A literal about which nothing is known."""
        self._last += 1
        return self._last

    def require(self, *literals: int) -> None:
        """At least one of these holds."""
        if len(self.clauses) >= _MOST_CLAUSES:
            raise Undecided
        self.clauses.append(list(literals))

    def every(self, literals: Iterable[int]) -> int:
        """A literal that holds exactly when all of these do."""
        parts = set(literals) - {TRUE}
        if any(-part in parts for part in parts) or -TRUE in parts:
            return -TRUE
        if len(parts) <= 1:
            return parts.pop() if parts else TRUE
        key = tuple(sorted(parts))
        if key not in self._known:
            whole = self._known[key] = self.new()
            for part in key:
                self.require(-whole, part)
            self.require(whole, *(-part for part in key))
        return self._known[key]

    def some(self, literals: Iterable[int]) -> int:
        """A literal that holds exactly when at least one of these does."""
        return -self.every(-literal for literal in literals)

    def require_at_most(self, most: int, literals: Sequence[int]) -> None:
        """No more than `most` of these hold, 1 or more: a sequential counter (Sinz 2005)."""
        if most >= len(literals):
            return
        counted = [-TRUE] * most
        for literal in literals:
            self.require(-literal, -counted[-1])
            more = [self.new() for _ in counted]
            for number, at_least in enumerate(counted):
                self.require(-at_least, more[number])
                self.require(-literal, -(counted[number - 1] if number else TRUE), more[number])
            counted = more


class Solver:
    """Decides what can hold together; it remembers what it found, so that most questions cost nothing.

    Formulas may be added later on. For one thread at a time. Raises Undecided when all questions together took too
    many steps.
    """

    def __init__(self, formulas: Formulas, more: Iterable[Sequence[int]]) -> None:
        self._formulas = formulas
        self._taken = len(formulas.clauses)
        self._solver = Minisat22(bootstrap_with=[*formulas.clauses, *more])
        self._solver.conf_budget(_MOST_CONFLICTS)
        self._found: list[array[int]] = []
        self._unseen: list[int] = []

    def look_for(self, literals: Iterable[int]) -> None:
        """Try these as true until each was found to be, so that a few models answer most questions."""
        self._unseen = list(literals)
        self._solver.set_phases(self._unseen)

    def can_be(self, *literals: int) -> bool:
        """Whether these can hold together."""
        if self._was_found(literals):
            return True
        model = self.model(literals)
        if model is not None:
            self._found.append(array("i", (0, *model)))
            self.look_for(literal for literal in self._unseen if not holds(model, literal))
        return model is not None

    def model(self, literals: Sequence[int]) -> Sequence[int] | None:
        """All literals as they hold in one case in which these do, by number from 1; None when there is no case."""
        model: list[int] | None = self._solver.get_model() if self._solve(literals) else None
        return model

    def conflict(self, literals: Sequence[int]) -> list[int]:
        """Of literals that cannot hold together, some that cannot either and of which none can be left out.

        Empty when they can, and when nothing at all can hold.
        """
        needed = self._core(literals)
        for literal in tuple(needed):
            fewer = [each for each in needed if each != literal]
            if literal in needed and not self._solve(fewer):
                needed = self._core(fewer)
        return needed

    def _was_found(self, literals: Sequence[int]) -> bool:
        places = [(abs(literal), literal) for literal in literals]
        last = max(places)[0]
        for model in reversed(self._found):
            if last < len(model):  # else it does not know of all these formulas yet
                for place, literal in places:
                    if model[place] != literal:
                        break
                else:
                    return True
        return False

    def _core(self, literals: Sequence[int]) -> list[int]:
        if self._solve(literals):
            return []
        core = set(self._solver.get_core() or ())
        return [literal for literal in literals if literal in core]

    def _solve(self, literals: Sequence[int]) -> bool:
        for clause in self._formulas.clauses[self._taken :]:
            self._solver.add_clause(clause)
        self._taken = len(self._formulas.clauses)
        answer: bool | None = self._solver.solve_limited(assumptions=list(literals))
        if answer is None:
            raise Undecided
        return answer


def holds(model: Sequence[int], literal: int) -> bool:
    """Whether a literal holds in a model that knows it."""
    return model[abs(literal) - 1] == literal
