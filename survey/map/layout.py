"""Where things stand in the picture of a map: boxes in a column, beside them a lane for each deciding question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from survey.map.outline import MapPage, MapSection, Outline
from survey.questionnaire.model import EndKind


@dataclass(frozen=True)
class Shape:
    """Measures of a picture, in its own units; `left` is where the boxes begin."""

    width: float
    font: float
    line: float
    padding: float
    indent: float
    spacing: float
    """From lane to lane."""
    dot: float
    left: float = 0


WIDE = Shape(width=760, font=15, line=20, padding=9, indent=44, spacing=22, dot=9.5)
NARROW = Shape(width=330, font=13, line=16, padding=7, indent=34, spacing=17, dot=8.3)


class BoxKind(Enum):
    """What a box is for."""

    SECTION = auto()
    QUESTION = auto()
    LEAVES = auto()
    """A question that some people's journey ends at."""
    OFFER = auto()
    """Where answers can be sent instead of going on."""


@dataclass(frozen=True)
class Box:
    """One box: a section's title, a question, or words to read."""

    kind: BoxKind
    number: int | None
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    deciders: tuple[int, ...]
    decides: bool
    some: bool
    """Not for everyone, because its section is not."""
    again: bool
    """Asked more than once."""
    top: float = 0
    height: float = 0

    @property
    def entry(self) -> float:
        """The height at which an arrow comes in: above the middle, so that a line can go out below."""
        return self.top + min(self.height / 2, 15)

    @property
    def exit(self) -> float:
        """The height at which a line goes out."""
        return self.top + self.height - 7


@dataclass(frozen=True)
class Lane:
    """The line that goes down from a deciding question; `position` counts lanes from the boxes outwards."""

    decider: int
    position: int
    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Picture:
    """Everything in its place; `sections` are the top and bottom of each."""

    shape: Shape
    boxes: tuple[Box, ...]
    lanes: tuple[Lane, ...]
    sections: tuple[tuple[float, float], ...]

    @property
    def height(self) -> float:
        """Of the whole picture."""
        return self.sections[-1][1]


def lay_out(outline: Outline, shape: Shape) -> Picture:
    """Put an outline's sections, questions and lines in their places."""
    spans = _spans(outline)
    positions = _positions(spans)
    lanes = max(positions.values(), default=-1) + 1
    shape = replace(shape, left=lanes * shape.spacing + 14 if lanes else 4)
    boxes: list[Box] = []
    ends: list[tuple[float, float]] = []
    y = 0.0
    for section in outline.sections:
        start = y
        for box in _boxes(section, outline, shape):
            y += 12 if box.kind is BoxKind.SECTION else 0
            height = 2 * shape.padding + shape.line * (len(box.lines) + len(box.notes)) - (shape.line - shape.font)
            boxes.append(replace(box, top=y, height=height))
            y += height + (13 if box.again else 8)
        ends.append((start, y))
    return Picture(shape, tuple(boxes), tuple(_lanes(boxes, positions, shape)), tuple(ends))


def _lanes(boxes: Sequence[Box], positions: dict[int, int], shape: Shape) -> Iterator[Lane]:
    for decider, position in positions.items():
        own = next(box for box in boxes if box.number == decider)
        last = [box for box in boxes if decider in box.deciders][-1]
        yield Lane(decider, position, shape.left - 22 - (position - 0.25) * shape.spacing, own.exit, last.entry)


def _spans(outline: Outline) -> dict[int, tuple[int, int]]:
    """By deciding question: the places of itself and of the last thing it decides about, counted over the whole."""
    places: dict[int, int] = {}
    last: dict[int, int] = {}
    place = 0
    for section in outline.sections:
        place += 1
        last |= dict.fromkeys(section.deciders, place)
        for page in section.pages:
            for question in page.questions:
                place += 1
                last |= dict.fromkeys(page.deciders, place)
                if question.number is not None:
                    places[question.number] = place
    return {decider: (places[decider], end) for decider, end in last.items()}


def _positions(spans: dict[int, tuple[int, int]]) -> dict[int, int]:
    """A lane for each: short ones near the boxes, and no two that overlap in one."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[int, int] = {}
    for decider, (start, end) in sorted(spans.items(), key=lambda each: (each[1][1] - each[1][0], each[0])):
        free = (
            place for place, others in enumerate(taken) if all(end < first or start > last for first, last in others)
        )
        position = next(free, len(taken))
        if position == len(taken):
            taken.append([])
        taken[position].append((start, end))
        found[decider] = position
    return found


# --- Boxes ----------------------------------------------------------------------


def _boxes(section: MapSection, outline: Outline, shape: Shape) -> Iterator[Box]:
    again = section.repeat is not None
    notes = _wrapped("Asked more than once", shape) if again else ()
    title = _wrapped(section.title, shape, shape.font * 1.06)
    yield Box(BoxKind.SECTION, section.number, title, notes, section.deciders, False, False, False)
    for page in section.pages:
        yield from _page_boxes(page, outline, shape, some=bool(section.deciders), again=again)


def _page_boxes(page: MapPage, outline: Outline, shape: Shape, *, some: bool, again: bool) -> Iterator[Box]:
    kind, notes = BoxKind.QUESTION, ""
    if page.end_kind is EndKind.OFFER:
        kind, notes = BoxKind.OFFER, "Send now, or go on"
    elif page.end_kind is EndKind.REFUSED:
        kind, notes = BoxKind.LEAVES, "The survey can end here"
    for question in page.questions:
        decides = question.number is not None and question.number in outline.opens
        wrapped = _wrapped(notes, shape) if question is page.questions[-1] and notes else ()
        lines = _wrapped(question.text, shape)
        yield Box(kind, question.number, lines, wrapped, page.deciders, decides, some, again)


def _wrapped(text: str, shape: Shape, font: float | None = None) -> tuple[str, ...]:
    """Text in lines that fit into a box."""
    room = (shape.width - shape.left - shape.indent - 14) / (font or shape.font)
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.extend(_cut(word, room))
    return tuple(lines)


def _cut(word: str, room: float) -> Iterable[str]:
    length = max(1, int(room / 0.6))
    return [word] if _width(word) <= room else [word[start : start + length] for start in range(0, len(word), length)]


def _width(text: str) -> float:
    """About how wide a text is in Arial, in units of the font's size; on the safe side."""
    return sum(
        0.3 if letter in " iljtfrI.,:;!'’|()[]" else 0.9 if letter in "mwMW—…" else 0.7 if letter.isupper() else 0.57
        for letter in text
    )
