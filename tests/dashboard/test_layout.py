"""The frame and the parts of a page, as a screen reader and a keyboard meet them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.address import Address, Page
from dashboard.data import Releases
from dashboard.figures.rows import Mark, draw_bars
from dashboard.layout import draw_message, draw_page, draw_shell
from dashboard.parts import Choice, Column, Select, TableCell, draw_chart, draw_form, draw_hidden, draw_table
from dashboard.release import Step
from dashboard.views.setting import Setting
from tests.dashboard.pages import links, of_type, parts, selected, text
from tests.dashboard.releases import write_release

PREFIX = "/dashboard/"
RESULTS = Address(Page.RESULTS, wave="2026", place="QYG")


def setting_of(folder: Path, **facts: object) -> Setting:
    write_release(folder, **facts)  # type: ignore[arg-type]
    return Setting(Releases(folder).current("2026"), "2026", ("2026",), None)


def draw(setting: Setting | None) -> list[object]:
    return list(draw_page(PREFIX, RESULTS, caption="Planning", title="A question?", setting=setting, body=[]))


SIGNED = {"step": Step.SIGNED, "signed_by": "A. Analyst", "signed_at": "2026-11-12T09:30:00+00:00"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ["Made-up data", "Provisional"]),
        ({"made_up": False}, ["Provisional"]),
        (SIGNED, ["Made-up data"]),
        ({"made_up": False, **SIGNED}, []),
        ({"has_estimates": False}, ["Made-up data"]),
    ],
)
def test_made_up_and_provisional_figures_carry_a_band(
    tmp_path: Path, facts: dict[str, object], words: list[str]
) -> None:
    bands = [
        part for part in parts(draw(setting_of(tmp_path, **facts))) if getattr(part, "className", "") == "dash-bands"
    ]
    assert [text(strong) for strong in of_type(bands, "Strong")] == words


def test_every_page_says_on_which_survey_release_and_list_of_areas_it_rests(tmp_path: Path) -> None:
    page = draw(setting_of(tmp_path, number=3))
    assert text(of_type(page, "Dl")) == "Survey 2026 Release 3, 12 November 2026, provisional Areas as of 2026"


def test_every_page_says_how_its_figures_were_made_and_what_to_know_besides(tmp_path: Path) -> None:
    (details,) = of_type(draw(setting_of(tmp_path)), "Details")
    assert "Not weighted." in text(details)
    assert "People chose for themselves to answer." in text(details)


def test_the_permalink_carries_wave_release_and_areas(tmp_path: Path) -> None:
    page = draw(setting_of(tmp_path, number=3))
    assert (
        links(page)["A link to exactly this view, to keep or send"]
        == "/dashboard/results?wave=2026&release=3&areas=2026&place=QYG"
    )


def test_the_pages_keep_the_survey_and_the_areas_and_say_which_one_is_open(tmp_path: Path) -> None:
    page = draw(setting_of(tmp_path))
    assert links(page)["Who is missing"] == "/dashboard/missing?wave=2026"
    current = [link for link in of_type(page, "A") if getattr(link, "aria-current", None) == "page"]
    assert [text(link) for link in current] == ["Results"]


def test_a_page_has_one_main_one_heading_of_the_first_level_and_a_name_for_the_tab(tmp_path: Path) -> None:
    page = draw(setting_of(tmp_path))
    (heading,) = of_type(page, "H1")
    assert len(of_type(page, "Main")) == 1
    assert getattr(heading, "data-title") == "Results: A question?"


def test_a_link_to_a_replaced_release_is_told(tmp_path: Path) -> None:
    write_release(tmp_path, number=2)
    setting = Setting(Releases(tmp_path).current("2026"), "2026", ("2026",), 1)
    assert "Release 1 of 2026 has been replaced." in text(draw(setting))


def test_a_message_gives_its_reason_and_a_way_on() -> None:
    page = draw_message(
        PREFIX, Address(Page.OVERVIEW), title="No", sentences=["Because."], link=("Go", "/x"), setting=None
    )
    assert "No Because. Go" in text(page)
    assert links(page)["Go"] == "/x"


def test_the_shell_waits_with_a_skeleton_and_says_so() -> None:
    shell = draw_shell(PREFIX)
    assert "Loading the results" in text(shell)
    assert {getattr(part, "id", None) for part in parts(shell)} >= {"address", "page"}


def draw_one_select() -> Any:
    groups = (("", (Choice("england", "England"),)), ("One ICS", (Choice("QE1", "Lancashire"),)))
    return draw_form(PREFIX, Page.RESULTS, [Select("place", "Where", groups, "QE1")])


def test_a_form_is_a_plain_get_form_of_labelled_selects() -> None:
    form = draw_one_select()
    assert (form.method, form.action) == ("GET", "/dashboard/results")
    (label,) = of_type(form, "Label")
    (select,) = of_type(form, "Select")
    assert label.htmlFor == select.id
    assert selected(form) == {"place": "QE1"}
    assert of_type(form, "Optgroup")[0].label == "One ICS"
    assert of_type(form, "Button")[0].type == "submit"


def test_a_table_names_its_columns_and_rows_in_every_layout() -> None:
    columns = [Column("Answer"), Column("Share", numeric=True), Column("Base", numeric=True)]
    yes = [TableCell("Yes"), TableCell("64%"), TableCell("420")]
    no = [TableCell("No"), TableCell("Too few", quiet=True, columns=2)]
    table = draw_table("Shares", columns, [yes, no])
    assert text(of_type(table, "Caption")) == "Shares"
    assert [head.scope for head in of_type(table, "Th")] == ["col", "col", "col", "row", "row"]
    assert {part.role for part in of_type(table, "Td")} == {"cell"}
    first, _base, hidden = of_type(table, "Td")
    assert text(first) == "Share 64%"
    assert (hidden.colSpan, "dash-quiet" in hidden.className, "dash-numeric" in hidden.className) == (2, True, False)


def test_a_table_of_two_columns_stays_a_table_on_a_phone() -> None:
    table: Any = draw_table("Counts", [Column("ICS"), Column("Answers")], [[TableCell("X"), TableCell("35")]])
    assert "nhsuk-table-responsive" not in table.className
    assert text(of_type(table, "Td")) == "35"


def test_a_chart_is_an_image_with_a_sentence_inside_a_figure_with_a_caption() -> None:
    figure = draw_chart(
        draw_bars([Mark("Yes", "64%", 64, 58, 70)]), title="Answers", sentence="About 6 in 10.", name="x"
    )
    assert type(figure).__name__ == "Figure"
    (image,) = [part for part in parts(figure) if getattr(part, "role", None) == "img"]
    assert getattr(image, "aria-label") == "About 6 in 10."
    (graph,) = of_type(image, "Graph")
    assert graph.config["displayModeBar"] is False
    assert of_type(image, "Table") == []


def test_a_hidden_cell_says_why_and_where_to_look_instead() -> None:
    hidden = draw_hidden("Too few to show", ("See London, 2026", "/dashboard/results?place=london"))
    assert text(hidden) == "○ Too few to show See London, 2026"
    assert getattr(of_type(hidden, "Span")[0], "aria-hidden") == "true"
    assert links(hidden) == {"See London, 2026": "/dashboard/results?place=london"}
    assert links(draw_hidden("Not asked", None)) == {}
