"""Charts in running text: how long the bars are, from which side, and what stands in for what is hidden."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from dashboard.figures.rows import Mark
from dashboard.svg import draw_bars, draw_people

YES = Mark("Yes", "67%", 67, 62, 72)
FEW = Mark("No", "under 5%", None, 0, 5)
HIDDEN = Mark("Perhaps", "Too few to show", None)


def bars_of(html: str) -> list[tuple[str, str]]:
    """Where each bar begins and how long it is."""
    return re.findall(r'<rect class="app-chart__share" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', html)


def ranges_of(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<line class="app-chart__range[^"]*" x1="([\d.]+)%" x2="([\d.]+)%"', html)


def test_a_bar_begins_at_zero_with_its_range_below_and_the_sentence_as_its_name() -> None:
    drawn = draw_bars([YES], labelled_by="sentence")
    assert bars_of(drawn) == [("0", "67")]
    assert ranges_of(drawn) == [("62", "72")]
    assert drawn.startswith('<div class="app-chart" role="img" aria-labelledby="sentence">')
    assert "<strong>67%</strong> Yes" in drawn


def test_from_right_to_left_a_bar_begins_at_the_right() -> None:
    drawn = draw_bars([YES], labelled_by="sentence", right_to_left=True)
    assert bars_of(drawn) == [("33", "67")]
    assert ranges_of(drawn) == [("38", "28")]


def test_a_band_has_a_line_alone_and_what_is_hidden_only_words() -> None:
    drawn = draw_bars([FEW], labelled_by="sentence")
    assert (bars_of(drawn), ranges_of(drawn)) == ([], [("0", "5")])
    hidden = draw_bars([HIDDEN], labelled_by="sentence")
    assert "<svg" not in hidden
    assert 'Perhaps <span class="app-chart__none">Too few to show</span>' in hidden


@pytest.mark.parametrize(("share", "filled"), [(0, 0), (4, 0), (5, 1), (44, 4), (45, 5), (96, 10), (100, 10)])
def test_ten_dots_stand_for_ten_people(share: int, filled: int) -> None:
    drawn = draw_people([Mark("Yes", "", share)], labelled_by="sentence")
    assert drawn.count("<circle") == 10
    assert drawn.count("app-chart__one--filled") == filled


def test_dots_are_filled_from_the_side_where_reading_begins() -> None:
    drawn = draw_people([Mark("Yes", "", 10)], labelled_by="sentence", right_to_left=True)
    assert 'class="app-chart__one app-chart__one--filled" cx="95%"' in drawn


def test_labels_are_words_unless_they_are_marked_up() -> None:
    drawn = draw_bars([Mark("<b>No</b>", "1%", 1, 0, 3)], labelled_by="sentence")
    assert "&lt;b&gt;No&lt;/b&gt;" in drawn
    assert "<i>No</i>" in draw_bars([Mark(Markup("<i>No</i>"), "1%", 1, 0, 3)], labelled_by="sentence")
