"""Merging categories too small to be weighted on their own, before any weight is made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.analysis.weighting.margin import Floats, Margin, RakingError


@dataclass(frozen=True)
class Collapse:
    """Categories of a margin that were weighted as one: `labels` went into the largest of them, `into`."""

    margin: str
    into: str
    labels: tuple[str, ...]


def collapse(margin: Margin, people: Floats, smallest: int) -> tuple[Margin, tuple[Collapse, ...]]:
    """The margin with its small categories merged, and what was merged; `people` (cells,) are counted, not weighted.

    The rule: as long as a category has fewer than `smallest` people, or people but a target of 0, the one with the
    fewest people (the first of several) joins its neighbour in the list's order, the one before or the one after it,
    whichever has fewer people (the one before, if they are equal). So age groups merge with the next age group.

    A target of 0 for people who are there would make them weigh nothing; merged, they count. A category without people
    and without a target is not there at all. The category `apart` neither takes nor joins another.

    Categories of 40, 6, 30 and 3 people (smallest 10): the 3 join the 30, the 6 then join the 33: 40 and 39.

    Raises RakingError when nobody is left to carry a target.
    """
    counts = margin.sums(people)
    groups = [
        [number]
        for number, target in enumerate(margin.targets)
        if number != margin.apart and (counts[number] > 0 or target > 0)
    ]
    while len(groups) > 1:
        sizes = [counts[group].sum() for group in groups]
        weak = [
            place
            for place, group in enumerate(groups)
            if sizes[place] < smallest or sizes[place] == 0 or margin.targets[group].sum() == 0
        ]
        if not weak:
            break
        place = min(weak, key=lambda each: sizes[each])
        neighbours = [each for each in (place - 1, place + 1) if 0 <= each < len(groups)]
        first, second = sorted((place, min(neighbours, key=lambda each: sizes[each])))
        groups[first : second + 1] = [groups[first] + groups[second]]
    if margin.apart is not None and (counts[margin.apart] > 0 or margin.targets[margin.apart] > 0):
        groups.append([margin.apart])
    _check_carried(margin, counts, groups)
    return _merged(margin, groups), tuple(_told(margin, counts, group) for group in groups if len(group) > 1)


def _check_carried(margin: Margin, counts: Floats, groups: list[list[int]]) -> None:
    for group in groups:
        people, target = counts[group].sum(), margin.targets[group].sum()
        named = ", ".join(margin.labels[number] for number in group)
        if people == 0:
            raise RakingError(f"Margin '{margin.name}' wants a share of {target:.4f} for {named}, but nobody is there.")
        if target == 0:
            raise RakingError(f"Margin '{margin.name}' wants nobody in {named}, but {people:g} people are there.")


def _merged(margin: Margin, groups: list[list[int]]) -> Margin:
    place = np.zeros(len(margin.targets), dtype=np.int64)
    for number, group in enumerate(groups):
        place[group] = number
    targets = np.array([margin.targets[group].sum() for group in groups])
    return Margin(
        name=margin.name,
        of_cell=place[margin.of_cell],
        targets=targets / targets.sum(),
        labels=tuple(margin.labels[max(group, key=lambda each: margin.targets[each])] for group in groups),
        apart=len(groups) - 1 if margin.apart is not None and groups[-1] == [margin.apart] else None,
    )


def _told(margin: Margin, counts: Floats, group: list[int]) -> Collapse:
    into = max(group, key=lambda number: counts[number])
    return Collapse(margin.name, margin.labels[into], tuple(margin.labels[each] for each in group if each != into))
