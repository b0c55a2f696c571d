"""Whose answers published numbers are of: the makings of the estimates of each wave, and who came to a later one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.publish.published import Published


class Making(NamedTuple):
    """A wave, and the release that made its estimates."""

    wave: str
    number: int


@dataclass(frozen=True)
class People:
    """The makings that some releases speak of."""

    makings: tuple[Making, ...]
    own: Mapping[Published, Making]
    """Of each release the making of its own wave."""
    rows: Mapping[tuple[Published, str], frozenset[Making]]
    """Of a release and a span, the makings that people are of: in a later making, those who came to it."""


def people_of(published: Sequence[Published], *, joined: bool) -> People:
    """`joined`: people of an earlier making of a wave are among those of a later one."""
    makings = {each: _makings(each, published) for each in published}
    people = tuple(dict.fromkeys(making for found in makings.values() for making in found))
    own = {each: next(making for making in found if making.wave == each.facts.wave) for each, found in makings.items()}
    parts = {
        making: {each for each in people if joined and each.wave == making.wave and each.number <= making.number}
        | {making}
        for making in people
    }
    rows = {
        (each, span): frozenset(
            part for making in found if span == "pooled" or making == own[each] for part in parts[making]
        )
        for each, found in makings.items()
        for span in ("wave", "pooled")
    }
    return People(people, own, rows)


def _makings(published: Published, others: Sequence[Published]) -> tuple[Making, ...]:
    """Of each pooled wave, whose estimates: the newest made before this release, else the first made after it."""
    facts, found = published.facts, []
    for wave in facts.pooled_waves:
        made = {each.facts.number: each.facts.released_at for each in others if each.facts.wave == wave}
        before = [number for number, at in made.items() if at <= facts.released_at]
        number = max(before) if before else min(made, default=0)
        found.append(Making(wave, facts.number if wave == facts.wave else number))
    return tuple(found)
