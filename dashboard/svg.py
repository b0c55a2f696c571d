"""Shares as inline SVG inside running text: labels are words of the page, which wrap, scale and can be mirrored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from dashboard.figures.rows import Mark

_HEIGHT = 26
"""Of a bar and the line of its likely range below it, in pixels; the width is that of the page."""

_CHART = Markup('<div class="app-chart" role="img" aria-labelledby="{}">{}</div>')
_ROW = Markup('<div class="app-chart__row"><p class="app-chart__label"><strong>{}</strong> {}</p>{}</div>')
_HIDDEN = Markup(
    '<div class="app-chart__row"><p class="app-chart__label">{} <span class="app-chart__none">{}</span></p></div>'
)
_SVG = Markup('<svg class="{}" width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>')
_RECT = Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>')
_LINE = Markup('<line class="{}" x1="{}%" x2="{}%" y1="{}" y2="{}"/>')
_CIRCLE = Markup('<circle class="{}" cx="{}%" cy="14" r="11"/>')


def draw_bars(marks: Sequence[Mark], *, labelled_by: str, right_to_left: bool = False) -> Markup:
    """Zero-based bars in a frame that is 100%, the label above each, a line below for its likely range.

    `labelled_by` is the id of the sentence that says the same; labels may be markup. From right to left the bars begin
    at the right. A band has no share: its line alone says how far it may reach.
    """
    return _draw(marks, labelled_by, lambda mark: _draw_bar(mark, right_to_left))


def draw_people(marks: Sequence[Mark], *, labelled_by: str, right_to_left: bool = False) -> Markup:
    """Ten dots for each row, as many of them filled as people in ten; none for a row without a share."""
    return _draw(marks, labelled_by, lambda mark: _draw_ten(mark, right_to_left))


def _draw(marks: Sequence[Mark], labelled_by: str, draw: Callable[[Mark], Markup]) -> Markup:
    rows = [
        _HIDDEN.format(mark.label, mark.value)
        if mark.share is None and mark.low is None
        else _ROW.format(mark.value, mark.label, draw(mark))
        for mark in marks
    ]
    return _CHART.format(labelled_by, Markup("").join(rows))


def _draw_bar(mark: Mark, right_to_left: bool) -> Markup:
    parts = [_RECT.format("app-chart__frame", 0, 1, 100, 14)]
    if mark.share is not None:
        start = 100 - mark.share if right_to_left else 0
        parts.append(_RECT.format("app-chart__share", _short(start), 1, _short(mark.share), 14))
    if mark.low is not None and mark.high is not None:
        style = "app-chart__range" if mark.share is not None else "app-chart__range app-chart__range--band"
        ends = [100 - end if right_to_left else end for end in (mark.low, mark.high)]
        parts.append(_LINE.format(style, _short(ends[0]), _short(ends[1]), 21, 21))
        parts += [_LINE.format("app-chart__end", _short(end), _short(end), 17, 25) for end in ends]
    return _SVG.format("app-chart__bar", _HEIGHT, Markup("").join(parts))


def _draw_ten(mark: Mark, right_to_left: bool) -> Markup:
    if mark.share is None:
        return Markup()
    filled = int(mark.share + 5) // 10
    circles = []
    for number in range(10):
        across = 5 + 10 * number
        style = "app-chart__one app-chart__one--filled" if number < filled else "app-chart__one"
        circles.append(_CIRCLE.format(style, 100 - across if right_to_left else across))
    return _SVG.format("app-chart__ten", 28, Markup("").join(circles))


def _short(number: float) -> str:
    return f"{number:g}"
