"""The check for loops: pages of which each is asked depending on the next, and the last on the first again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from survey.questionnaire.check.references import know
from survey.questionnaire.check.rules import Rule
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Finding, Location, shown
from survey.questionnaire.walk import comparisons_of, pages_of

Place = Location
"""A page's or a section's location, `("sections", 0, "pages", 2)` or `("sections", 0)`, which sort as in the file."""

Needs = Mapping[Place, Mapping[Place, Location]]
"""What decides whether a page (or a row on it) or section is asked: by place, the places, and where that is written."""

_MOST_NAMED = 6


def _check_cycles(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Say each loop once. A page that asks about itself, or a section about its own, is said by `item-later` alone.

    Every loop goes forward in the file somewhere, so only there is one looked for.
    """
    needs = _needs(questionnaire)
    seen: set[Place] = set()
    for start in sorted(place for place, needed in needs.items() if max(needed) > place):
        loop = () if start in seen else _loop(needs, start)
        seen.update(loop)
        if loop:
            names = [_named(questionnaire, place) for place in (*loop, start)]
            if len(names) > _MOST_NAMED:
                names = [*names[: _MOST_NAMED - 1], "…", names[-1]]
            message = f"Here is a loop: {', which waits for '.join(names)}."
            remedy = "Take out one of these conditions, best the one that asks about a later page."
            yield Finding(needs[start][loop[1]], "cycle", message, remedy)


def _needs(questionnaire: Questionnaire) -> Needs:
    known = know(questionnaire)
    pages = [location for location, _, _ in pages_of(questionnaire)]
    needs: dict[Place, dict[Place, Location]] = {place: {place[:2]: place} for place in pages}

    def add(place: Place, name: str, written: Location) -> None:
        if name in known.items and pages[known.items[name].page_number][: len(place)] != place:
            needs.setdefault(place, {}).setdefault(pages[known.items[name].page_number], written)

    for location, _, comparison in comparisons_of(questionnaire):
        if "show_if" in location:
            add(location[: 4 if location[2] == "pages" else 2], comparison.item, (*location, "item"))
    for number, section in enumerate(questionnaire.sections):
        if section.repeat is not None:
            add(("sections", number), section.repeat.source, ("sections", number, "repeat", "from"))
    return needs


def _loop(needs: Needs, start: Place) -> tuple[Place, ...]:
    """The shortest way from a place back to itself; empty when there is none."""
    came_from: dict[Place, Place] = {}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        for needed in needs.get(place, ()):
            if needed == start:
                way = [place]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if needed not in came_from:
                came_from[needed] = place
                queue.append(needed)
    return ()


def _named(questionnaire: Questionnaire, place: Place) -> str:
    section = questionnaire.sections[int(place[1])]
    return f"section {shown(section.id)}" if len(place) == 2 else f"page {shown(section.pages[int(place[3])].id)}"


CYCLE_RULES = (Rule(_check_cycles, ("cycle",)),)
