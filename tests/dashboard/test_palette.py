"""Colours that everyone can tell apart and see on white, also who sees no red, no green, no blue, or no colour."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboard.figures import diverging, funnel, hexmap, paper, trend, weeks

WHITE = "#ffffff"
Light = tuple[float, float, float]

# What stands beside each other in one drawing and has to be told apart.
SETS = {
    "rows": (paper.OURS, paper.OTHER),
    "diverging": (*diverging.GOOD, *diverging.OTHERS),
    "funnel": (paper.OURS, funnel.APART),
    "hexmap": hexmap.STEPS,
    "weeks": (paper.OURS, weeks.EARLIER),
}
# Marks and lines that stand on white with nothing round them.
MARKS = (paper.OURS, paper.INK, paper.EDGE, funnel.APART, funnel._GREY, trend._GREY, weeks.EARLIER)
# Words that stand on a colour.
WORDS = (
    *((diverging._ON[colour], colour) for colour in (*diverging.GOOD, *diverging.OTHERS)),
    *zip(hexmap._ON_STEPS, hexmap.STEPS, strict=True),
    *((ink, WHITE) for ink in (paper.INK, weeks.EARLIER_INK, trend._GREY)),
)
# How light reaches eyes that lack one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def light(colour: str) -> Light:
    """Linear red, green and blue."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(of: Light) -> float:
    return 0.2126 * of[0] + 0.7152 * of[1] + 0.0722 * of[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2; white on black is 21."""
    darker, lighter = sorted((luminance(light(one)), luminance(light(other))))
    return (lighter + 0.05) / (darker + 0.05)


def lab(of: Light) -> Light:
    """CIE L*a*b* for D65: L* is lightness, 0 to 100."""
    rows = ((0.4124, 0.3576, 0.1805, 0.9505), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.089))
    x, y, z = (sum(part * value for part, value in zip(row, of, strict=False)) / row[3] for row in rows)
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen_by(eyes: str, colour: str) -> Light:
    parts = light(colour)
    red, green, blue = (sum(a * b for a, b in zip(row, parts, strict=True)) for row in EYES[eyes])
    return lab((min(1, max(0, red)), min(1, max(0, green)), min(1, max(0, blue))))


def test_the_measures_are_those_of_the_standards() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
    assert lab(light("#808080"))[0] == pytest.approx(53.6, abs=0.1)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("name", SETS)
def test_colours_of_a_drawing_can_be_told_apart(name: str, eyes: str) -> None:
    for one, other in combinations(SETS[name], 2):
        a, b = seen_by(eyes, one), seen_by(eyes, other)
        apart = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        assert apart > 12, (one, other)  # 2.3 can just be noticed


@pytest.mark.parametrize("name", ["rows", "hexmap", "weeks"])
def test_without_any_colour_lightness_tells_them_apart(name: str) -> None:
    for one, other in combinations(SETS[name], 2):
        assert abs(lab(light(one))[0] - lab(light(other))[0]) > 10, (one, other)


@pytest.mark.parametrize("side", [diverging.GOOD, diverging.OTHERS])
def test_strong_and_weak_answers_differ_in_lightness_and_sides_by_the_line_between_them(side: tuple[str, str]) -> None:
    assert abs(lab(light(side[0]))[0] - lab(light(side[1]))[0]) > 30


@pytest.mark.parametrize("colour", MARKS)
def test_marks_can_be_seen_on_white(colour: str) -> None:
    assert contrast(colour, WHITE) >= 3


@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_on_a_colour_can_be_read(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5
