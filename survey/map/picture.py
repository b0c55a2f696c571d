"""The picture of a map: a box for each question, and lines from a question that decides to those it decides about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from survey.map.layout import Box, BoxKind, Lane, Picture, Shape

INK, PAPER, QUIET, BLUE, GREEN, RED = "#212b32", "#ffffff", "#4c6272", "#005eb8", "#006b34", "#b5160b"
SOME = "#e8f1f8"
LANES = (BLUE, "#a33c00", "#425563", "#7c2855")
"""White numbers on each can be read, and they differ in lightness too; the numbers say it without colour."""


def draw_sections(picture: Picture) -> list[str]:
    """One SVG for each section, to stand below each other without a gap: so that a page can break between them."""
    return [_svg(picture, top, bottom) for top, bottom in picture.sections]


def draw_whole(picture: Picture, title: str, description: str) -> str:
    """The whole picture as a file of its own."""
    words = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    svg = _svg(picture, 0, picture.height, words, width=picture.shape.width)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg}\n'


def _svg(picture: Picture, top: float, bottom: float, words: str = "", width: float | None = None) -> str:
    shape = picture.shape
    size = "" if width is None else f' width="{width:g}" height="{bottom - top:g}"'
    role = ' role="img"' if words else ' aria-hidden="true" focusable="false"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top:g} {shape.width:g} {bottom - top:g}"{size}{role} '
        f'font-family="Arial, Helvetica, sans-serif" font-size="{shape.font:g}" fill="{INK}">',
        words,
        f'<rect y="{top:g}" width="{shape.width:g}" height="{bottom - top:g}" fill="{PAPER}"/>' if words else "",
        *(_lane(lane, shape) for lane in picture.lanes if lane.top < bottom and lane.bottom > top),
    ]
    for box in picture.boxes:
        if top <= box.top < bottom:
            parts.extend(_box(box, shape))
            parts.extend(_stops(box, picture.lanes, shape))
    return "".join([*parts, "</svg>"])


def _lane(lane: Lane, shape: Shape) -> str:
    """From the foot of the question that decides, round a corner, down to the last one it decides about."""
    turn = shape.spacing / 2
    corner = f"H{lane.x + turn:g}Q{lane.x:g},{lane.top:g} {lane.x:g},{lane.top + turn:g}"
    path = f"M{shape.left:g},{lane.top:g}{corner}V{lane.bottom:g}"
    return f'<path d="{path}" fill="none" stroke="{_colour(lane)}" stroke-width="2"/>'


def _colour(lane: Lane) -> str:
    return LANES[lane.position % len(LANES)]


def _box(box: Box, shape: Shape) -> Iterator[str]:
    left, width = shape.left, shape.width - shape.left - 6
    if box.kind is BoxKind.SECTION:
        fill, stroke, ink, dash = BLUE, BLUE, PAPER, ""
    elif box.kind is BoxKind.OFFER:
        fill, stroke, ink, dash = GREEN, GREEN, PAPER, ""
    elif box.deciders or box.some:
        fill, stroke, ink, dash = SOME, BLUE, INK, ' stroke-dasharray="5 3"'
    else:
        fill, stroke, ink, dash = PAPER, QUIET, INK, ""
    frame = f'width="{width:g}" height="{box.height:g}" rx="4" stroke-width="1.5"'
    if box.again:
        yield f'<rect x="{left + 5:g}" y="{box.top + 5:g}" {frame} fill="{PAPER}" stroke="{stroke}"/>'
    yield f'<rect x="{left:g}" y="{box.top:g}" {frame} fill="{fill}" stroke="{stroke}"{dash}/>'
    if box.decides:
        yield f'<rect x="{left:g}" y="{box.top:g}" width="6" height="{box.height:g}" fill="{BLUE}"/>'
    weight = ' font-weight="bold"' if box.kind is BoxKind.SECTION else ""
    baseline = box.top + shape.padding + shape.font * 0.85
    if box.number is not None:
        yield f'<text x="{left + 14:g}" y="{baseline:g}" font-weight="bold" fill="{ink}">{box.number}</text>'
    start = left + shape.indent
    for place, line in enumerate(box.lines):
        y = baseline + place * shape.line
        yield f'<text x="{start:g}" y="{y:g}" fill="{ink}"{weight}>{escape(line)}</text>'
    for place, line in enumerate(box.notes):
        y = baseline + (len(box.lines) + place) * shape.line
        colour = PAPER if ink == PAPER else RED if box.kind is BoxKind.LEAVES else QUIET
        yield f'<text x="{start:g}" y="{y:g}" fill="{colour}">{escape(line)}</text>'


def _stops(box: Box, lanes: Sequence[Lane], shape: Shape) -> Iterator[str]:
    """A numbered dot on the line of each question that decides about this box, and an arrow from there to it."""
    here = [lane for lane in lanes if lane.decider in box.deciders]
    if not here:
        return
    y = box.entry
    first = min(lane.x for lane in here)
    yield f'<path d="M{first:g},{y:g}H{shape.left - 5:g}" stroke="{QUIET}" stroke-width="1.5" fill="none"/>'
    yield f'<path d="M{shape.left - 7:g},{y - 4:g}L{shape.left:g},{y:g}L{shape.left - 7:g},{y + 4:g}Z" fill="{QUIET}"/>'
    for lane in here:
        yield f'<circle cx="{lane.x:g}" cy="{y:g}" r="{shape.dot:g}" fill="{_colour(lane)}"/>'
        yield (
            f'<text x="{lane.x:g}" y="{y + shape.dot * 0.4:g}" text-anchor="middle" font-size="{shape.dot * 1.15:g}" '
            f'font-weight="bold" fill="{PAPER}">{lane.decider}</text>'
        )
