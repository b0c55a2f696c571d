"""The cheapest set of cells that has at least one in common with each of many sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

Sets = Sequence[frozenset[int]]

MOST_BRANCHES = 60
"""How many choices are tried for each part of the sets; the best cover found by then is taken."""


class Covering:
    """Covers of sets whose members have a cost; what was found of some sets is kept for when they come again."""

    def __init__(self, cost: Mapping[int, float]) -> None:
        self.cost = cost
        self._order: dict[frozenset[int], tuple[int, list[int]]] = {}
        self._quick: dict[tuple[frozenset[int], ...], set[int]] = {}
        self._exact: dict[tuple[frozenset[int], ...], set[int]] = {}

    def cheapest(self, sets: Iterable[frozenset[int]], *, exactly: bool = True) -> frozenset[int]:
        """Of the members of `sets`, those to take so that every set has one of them and they cost least.

        Sets that share no member are looked at apart from one another. Of {1, 2}, {2, 3} and {4}, at 1 each: 2 and 4.
        Without `exactly`, and where there are very many ways, it may cost a little more.
        """
        sets = set(sets)
        alone = frozenset[int]().union(*(each for each in sets if len(each) == 1))
        left = _smallest(sorted((each for each in sets if alone.isdisjoint(each)), key=self._place))
        return alone.union(*(self._cover(tuple(group), exactly) for group in connected(left)))

    def _place(self, each: frozenset[int]) -> tuple[int, list[int]]:
        """Small sets first."""
        if each not in self._order:
            self._order[each] = (len(each), sorted(each))
        return self._order[each]

    def _cover(self, group: tuple[frozenset[int], ...], exactly: bool) -> set[int]:
        known = self._exact if exactly else self._quick
        if group not in known:
            cover = _one_by_one(group, self.cost)
            known[group] = _Search(self.cost, cover).best_of(group) if exactly else cover
        return known[group]


def connected(sets: Sets) -> list[list[frozenset[int]]]:
    """`sets` in groups, so that no member is in sets of two groups."""
    leader = {member: member for each in sets for member in each}

    def follow(member: int) -> int:
        while leader[member] != member:
            leader[member] = member = leader[leader[member]]
        return member

    for each in sets:
        first = follow(min(each))
        for member in each:
            leader[follow(member)] = first
    groups: dict[int, list[frozenset[int]]] = {}
    for each in sets:
        groups.setdefault(follow(min(each)), []).append(each)
    return list(groups.values())


def _smallest(sets: Sets) -> list[frozenset[int]]:
    """`sets`, which are in order of size, without those that hold another: whoever covers that one covers them."""
    kept: list[frozenset[int]] = []
    by_first: dict[int, list[frozenset[int]]] = {}
    for each in sets:
        if not any(other <= each for member in each for other in by_first.get(member, ())):
            kept.append(each)
            by_first.setdefault(min(each), []).append(each)
    return kept


def _one_by_one(sets: Sets, cost: Mapping[int, float]) -> set[int]:
    """Again and again the member that covers most for its cost; then those are dropped that the others cover for."""
    taken: list[int] = []
    left = list(sets)
    covers = Counter(chain.from_iterable(sets))
    while left:
        _, best = min([(cost[member] / number, member) for member, number in covers.items() if number])
        taken.append(best)
        for member in chain.from_iterable(each for each in left if best in each):
            covers[member] -= 1
        left = [each for each in left if best not in each]
    kept = set(taken)
    for member in taken:
        if all(len(each & kept) > 1 for each in sets if member in each):
            kept.remove(member)
    return kept


class _Search:
    """Branch and bound: a set has to be covered, so each of its members is tried in turn."""

    def __init__(self, cost: Mapping[int, float], cover: set[int]) -> None:
        self.cost = cost
        self.best = cover
        self.least = sum(cost[member] for member in cover)
        self.branches = 0

    def best_of(self, sets: Sets) -> set[int]:
        """The cheapest cover, or the one to begin with when none was found that is cheaper by a whole member."""
        self._try(list(sets), set(), 0.0)
        return self.best

    def _try(self, sets: list[frozenset[int]], taken: set[int], spent: float) -> None:
        if spent + _apart(sets, self.cost) > self.least - 0.5 or self.branches >= MOST_BRANCHES:
            return
        if not sets:
            self.best, self.least = set(taken), spent
            return
        self.branches += 1
        number = {member: sum(member in each for each in sets) for member in sets[0]}
        dropped: set[int] = set()
        for member in sorted(sets[0], key=lambda member: (self.cost[member] / number[member], member)):
            left = [each - dropped for each in sets if member not in each]
            if all(left):
                self._try(sorted(left, key=len), taken | {member}, spent + self.cost[member])
            dropped.add(member)


def _apart(sets: Sets, cost: Mapping[int, float]) -> float:
    """What no cover costs less than: the cheapest members of sets, the first taken first, that share none."""
    touched: set[int] = set()
    least = 0.0
    for each in sets:
        if touched.isdisjoint(each):
            touched |= each
            least += min(cost[member] for member in each)
    return least
