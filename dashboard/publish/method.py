"""How the numbers of a release are made, in plain words: each release carries them."""

from __future__ import annotations

from dashboard.publish.analysis_file import AnalysisFile


def describe_method() -> dict[str, str]:
    """By subject: who counts, base, weighting, intervals, hiding, rounding, pooling, benchmark, areas."""
    return {
        "who_counts": (
            "Every answer counts that people gave, also those of people who began and did not send. "
            "What was withdrawn does not count."
        ),
        "base": (
            "A share is of the people who answered the question. Those who were not asked, left it out, do not know "
            "or would rather not say are not in it."
        ),
        "weighting": "Figures are not weighted: they describe the people who answered.",
        "intervals": (
            "The likely range is a Wilson interval (95%), computed from the rounded share and the rounded number of "
            "people. People chose for themselves to answer, so it says nothing about those who did not."
        ),
        "rounding": "Numbers of people are rounded to the nearest 5, shares to whole per cent.",
        "hiding": (
            "Nothing is shown of fewer than ten people. Where nobody or everyone may have said something, a share is "
            "shown as under or over. Of sensitive questions and of groups, numbers under 8 are hidden. More is hidden "
            "where it would give away what is hidden: in other areas, other years, or the years together."
        ),
        "pooling": (
            "Years together add up the answers of up to three years, where the question was the same. Two years are "
            "added up for England alone: with a third, the two would give it away."
        ),
        "benchmark": (
            "Groups are compared with a benchmark, with its source and date beside it. People are said to be missing "
            "only against a benchmark of people who have a budget."
        ),
        "areas": (
            "Answers of one list of areas are shown on another only where an area did not change, or is the sum of "
            "whole areas. An area that gained or lost a part starts a new line."
        ),
    }


def write_notes(file: AnalysisFile) -> tuple[str, ...]:
    """What a reader should know about this release besides."""
    notes = []
    if file.made_up:
        notes.append("All answers are made up. The benchmarks are invented, too.")
    if file.questionnaire["status"] == "draft":
        notes.append("The questions are a draft that the co-production group has not agreed yet.")
    return tuple(notes)


def describe_number(file: AnalysisFile) -> dict[str, str]:
    """What the `method` of an unweighted number stands for."""
    return {
        "base": "People who answered the question.",
        "weighting": "None.",
        "interval": "Wilson, 95%, from the rounded share and the rounded number of people.",
        "questionnaire": f"{file.questionnaire['id']} {file.questionnaire['version']}",
        "vintage": file.vintage,
    }
