"""One answer by group and survey by survey: what is shown, what stands where nothing can be, what may not be joined."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.address import Address, Page
from dashboard.callbacks import draw_address
from dashboard.data import Releases
from dashboard.downloads.results import list_results
from dashboard.model import Cell, Option, Trend
from dashboard.pages.results import draw_results
from dashboard.release import Level, Span, Status
from dashboard.sentences.groups import say_groups
from dashboard.sentences.trend import say_breaks, say_trend, write_change
from dashboard.views.groups import GroupRow, Groups, show_groups
from dashboard.views.results import show_results
from dashboard.views.setting import NoSuchView, Reason
from dashboard.views.trend import show_trend
from tests.dashboard.pages import links, of_type, selected, text

RESULTS = Address(Page.RESULTS)
LANGUAGE = RESULTS.with_changes(by="language")
WAVES = RESULTS.with_changes(by="waves")
SHOWN_IN_ENGLAND = Cell(Status.SHOWN, 420, 64, "", 59, 68, Level.ENGLAND, "england", "", None)


def draw(releases: Releases, address: Address | str) -> list[Any]:
    link = urlsplit(address if isinstance(address, str) else address.href("/dashboard/"))
    return list(draw_address(releases, "/dashboard/", link.path, link.query))


def rows(page: list[Any]) -> list[str]:
    return [text(row) for row in of_type(of_type(page, "Tbody"), "Tr")]


def figure(page: list[Any]) -> dict[str, Any]:
    (graph,) = of_type(page, "Graph")
    return dict(graph.figure)


def test_an_answer_is_shown_by_group_beside_everyone_in_england(releases: Releases) -> None:
    page = draw(releases, LANGUAGE)
    assert rows(page) == [
        "English Share 66% Likely range 61% to 71% People who answered 380",
        "Polish Share ○ Too few to show See 2024 to 2026 together",
    ]
    assert figure(page)["layout"]["annotations"][-1]["text"] == "England 64%"
    assert selected(page) | {"by": "language", "place": "england"} == selected(page)


def test_hidden_groups_lead_to_other_years_or_to_everyone_and_what_is_there_is_shown(releases: Releases) -> None:
    page = draw(releases, LANGUAGE)
    assert rows(draw(releases, links(page)["See 2024 to 2026 together"]))[1].startswith("Polish Share 30%")
    other = draw(releases, LANGUAGE.with_changes(answer="no", period="pooled"))
    assert rows(other)[1] == "Polish Share ○ Held back to protect people See everyone"
    everyone = draw(releases, links(other)["See everyone"])
    assert "Answers in England, 2024 to 2026 together" in text(everyone)
    assert "Too few" not in "".join(rows(everyone))


def test_the_sentence_by_group_says_which_group_chance_does_not_explain(releases: Releases) -> None:
    assert say_groups(show_groups(releases, LANGUAGE)) == (
        "Main language, 2026: we can show how many said “Yes, enough time” in 1 of 2 groups. "
        "Among everyone it is about 6 in 10; chance alone could explain every difference from that."
    )
    pooled = show_groups(releases, LANGUAGE.with_changes(period="pooled"))
    assert say_groups(pooled).endswith("does not explain the difference of: Polish (about 3 in 10).")
    many = replace(pooled, rows=(pooled.rows[1],) * 4)
    assert say_groups(many).endswith("in 4 groups chance alone does not explain the difference from that.")
    assert say_groups(replace(pooled, england=None)).endswith("in 2 of 2 groups.")


def hide(view: Groups) -> Groups:
    hidden = {"status": Status.TOO_FEW, "base": None, "share": None, "low": None, "high": None}
    return replace(view, rows=tuple(GroupRow(row.label, replace(row.cell, **hidden)) for row in view.rows))


def test_without_any_group_to_show_that_is_said(releases: Releases) -> None:
    assert say_groups(hide(show_groups(releases, LANGUAGE))) == (
        "We cannot show how many said “Yes, enough time” in any group (Main language, 2026)."
    )


def test_surveys_are_joined_where_they_may_be_and_a_change_that_stands_out_is_said(releases: Releases) -> None:
    page = draw(releases, WAVES)
    assert [row.removeprefix("20") for row in rows(page)][1:] == [
        "25 Share 55% Likely range 50% to 60% People who answered 420 "
        "Points from the survey before +3 (−4 to +10), could be chance",
        "26 Share 64% Likely range 59% to 68% People who answered 420 "
        "Points from the survey before +9 (+2 to +16), stands out",
    ]
    assert say_trend(show_trend(releases, WAVES)) == (
        "In England, 2026, about 6 in 10 said: Yes, enough time. That is 9 points more than in 2025, and stands out: "
        "chance alone would hardly explain it."
    )
    assert [trace["x"] for trace in figure(page)["data"] if trace["mode"] == "lines+markers"][-1] == [0, 1, 2]


def test_other_words_or_ground_or_weights_are_a_gap_with_a_note(releases: Releases) -> None:
    for changes, words, short in (
        ({"answer": "little"}, "2024 and 2025 cannot be compared: the question or its answers had", "other words"),
        ({"place": "north-west"}, "2025 and 2026 cannot be compared: the region is made of other", "other areas"),
        ({"place": "midlands"}, "2025 and 2026 cannot be compared: the figures were weighted in", "other weights"),
    ):
        page = draw(releases, WAVES.with_changes(**changes))
        assert words in text(page)
        assert f"not compared: {short}" in " ".join(rows(page))
        assert f"Not joined:<br>{short}" in [note["text"] for note in figure(page)["layout"]["annotations"]]


def test_a_hidden_survey_is_a_gap_that_leads_to_england_or_to_all_surveys_together(releases: Releases) -> None:
    region = draw(releases, WAVES.with_changes(place="north-west"))
    assert rows(region)[0] == "2024 Share ○ Held back to protect people See England"
    assert "2024 Share 52%" in rows(draw(releases, links(region)["See England"]))[0]
    england = draw(releases, WAVES.with_changes(answer="no"))
    assert rows(england)[1] == "2025 Share ○ Held back to protect people See England, all surveys together"
    together = draw(releases, links(england)["See England, all surveys together"])
    assert "Held back" not in "".join(rows(together))
    assert "not compared: 2025 is not shown" in rows(england)[2]


def change(row: Trend, **columns: Any) -> Trend:
    return replace(row, **columns)


def test_every_way_a_survey_can_stand_to_the_one_before_is_a_sentence(releases: Releases) -> None:
    view = show_trend(releases, WAVES)
    before, last = view.rows[-2:]

    def say(**columns: Any) -> str:
        return say_trend(replace(view, rows=(before, change(last, **columns)))).partition("time. ")[2]

    assert say(difference=-2, changed=False) == "That is 2 points less than in 2025; chance alone could explain it."
    assert say(difference=1, changed=False) == "That is 1 point more than in 2025; chance alone could explain it."
    assert say(difference=0, changed=False) == "That is the same as in 2025."
    assert say(difference=None, changed=None) == "How it changed from 2025 cannot be told."
    assert say(break_reason="weighting") == (
        "2025 and 2026 cannot be compared: the figures were weighted in another way."
    )
    assert say_trend(replace(view, rows=(last,))).endswith("There is no earlier survey to compare with.")
    scale = replace(view, item=replace(view.item, type="scale", measure="7–10"))
    assert say_trend(scale).startswith("In England, 2026, about 6 in 10 gave an answer of 7–10.")
    hidden = change(last, status=Status.TOO_FEW, share=None)
    assert say_trend(replace(view, rows=(before, hidden))) == (
        "We cannot show how many said “Yes, enough time” in England in 2026."
    )
    assert write_change(last, None) == "the first"
    assert write_change(change(last, difference=None), before) == "not compared: no exact figure"
    assert say_breaks(view.rows) == ()


@pytest.mark.parametrize(
    ("changes", "reason", "instead"),
    [
        ({"by": "nonsense"}, Reason.UNKNOWN_GROUP, {"by": None}),
        ({"by": "language", "place": "QWO"}, Reason.GROUPS_OF_ENGLAND, {"place": None}),
        ({"by": "language", "place": "areas"}, Reason.GROUPS_OF_ENGLAND, {"place": None}),
        ({"by": "language", "question": "language"}, Reason.QUESTION_OF_GROUPS, {"by": None}),
        ({"by": "language", "question": "missing_help"}, Reason.NOT_BY_GROUP, {"by": None}),
        ({"by": "language", "answer": "nobody"}, Reason.UNKNOWN_ANSWER, {"answer": None}),
        ({"by": "language", "period": "forever"}, Reason.UNKNOWN_PERIOD, {"period": None}),
        ({"by": "waves", "place": "areas"}, Reason.WAVES_OF_ONE_PLACE, {"place": None}),
        ({"by": "waves", "place": "QYG"}, Reason.WAVES_OF_REGIONS, {"place": "north-west"}),
        ({"by": "waves", "place": "QXX"}, Reason.UNKNOWN_PLACE, {"place": None}),
        ({"by": "waves", "place": "midlands", "areas": "2023"}, Reason.WAVES_ON_OWN_LIST, {"areas": None}),
        ({"by": "waves", "question": "language"}, Reason.NOT_BY_WAVE, {"by": None}),
        ({"by": "waves", "period": "1066"}, Reason.UNKNOWN_PERIOD, {"period": None}),
    ],
)
def test_what_cannot_be_seen_so_is_a_clear_page_with_a_way_on_that_works(
    releases: Releases, changes: dict[str, str], reason: Reason, instead: dict[str, str | None]
) -> None:
    address = RESULTS.with_changes(**changes)
    show = show_trend if changes["by"] == "waves" else show_groups
    with pytest.raises(NoSuchView) as caught:
        show(releases, address)
    assert caught.value.reason is reason
    assert caught.value.instead == address.with_changes(**instead)
    page = draw(releases, address)
    assert text(of_type(page, "H1")) == "This cannot be shown"
    assert of_type(draw(releases, links(page)["See what can be shown"]), "Table")


def test_years_put_together_and_areas_do_not_matter_to_england_survey_by_survey(releases: Releases) -> None:
    plain = show_trend(releases, WAVES)
    assert show_trend(releases, WAVES.with_changes(period="pooled", areas="2023")).rows == plain.rows


def test_a_question_of_groups_is_not_offered_by_group(releases: Releases) -> None:
    offered = of_type(draw(releases, RESULTS.with_changes(question="language")), "Select")
    (by,) = [select for select in offered if select.name == "by"]
    assert [option.value for option in of_type(by, "Option")] == ["", "waves"]


def test_groups_and_surveys_come_as_files(releases: Releases) -> None:
    (sheet,) = list_results(releases, LANGUAGE.with_changes(period="pooled"))
    first = dict(zip(sheet.columns, sheet.rows[0], strict=True))
    assert (first["years"], first["group"], first["share"]) == ("2024+2025+2026", "english", 66)
    (sheet,) = list_results(releases, WAVES.with_changes(place="north-west"))
    found = [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
    assert [(row["of_wave"], row["status"], row["share"], row["break_reason"]) for row in found] == [
        ("2024", "suppressed", None, ""),
        ("2025", "shown", 60, ""),
        ("2026", "shown", 65, "boundaries"),
    ]
    assert [row["stands_out"] for row in found] == [None, None, None]


def test_the_span_of_groups_is_the_survey_alone_unless_asked_otherwise(releases: Releases) -> None:
    assert show_groups(releases, LANGUAGE).span is Span.WAVE


def test_ordered_answers_are_one_bar_that_diverges_and_others_have_a_bar_each(releases: Releases) -> None:
    ordered = draw(releases, RESULTS)
    (bar,) = [trace for trace in figure(ordered)["data"] if trace["type"] == "bar"]
    assert sorted(zip(bar["base"], bar["x"], strict=True)) == [(-36, 9), (-27, 27), (0, 64)]
    assert "Right of the line: Yes, enough time. Left of it: every other answer" in text(ordered)
    bar, *_ = figure(draw(releases, RESULTS.with_changes(question="missing_help")))["data"]
    assert "base" not in bar


def test_of_ordered_answers_only_exact_figures_are_drawn_and_the_others_named(releases: Releases) -> None:
    page = draw(releases, RESULTS.with_changes(place="QE1", period="wave"))
    assert "Too few to show" in " ".join(rows(page))
    assert of_type(page, "Graph") == []
    part = draw(releases, RESULTS.with_changes(place="QOP", period="wave"))
    labels = [note["text"] for note in figure(part)["layout"]["annotations"]]
    hidden = [label for label in labels if "Held back" in label or "under 5%" in label]
    assert hidden
    assert len(figure(part)["data"][0]["x"]) == 3 - len(hidden)


def test_an_answer_on_a_scale_is_named_by_its_number(releases: Releases) -> None:
    view = show_results(releases, RESULTS)
    options = tuple(Option(str(number), str(number)) for number in (0, 1, 2))
    item = replace(view.item, type="scale", options=options, good=("2",), measure="2")
    cells = [
        replace(row, option=option.code, label=option.text) for row, option in zip(view.rows, options, strict=True)
    ]
    page = draw_results("/dashboard/", RESULTS, replace(view, item=item, rows=tuple(cells)))
    assert "<b>2</b>" in [note["text"] for note in figure(page)["layout"]["annotations"]]
