"""How the numbers of a release are made, in plain words: each release carries them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.analysis.rounding import whole_per_cent
from dashboard.publish.analysis_file import AnalysisFile
from dashboard.publish.inclusion import LABELS
from dashboard.publish.weights import CAP, Weighting, weight_ratio

NOT_WEIGHTED = "Figures are not weighted: they describe the people who answered."


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
        "weighting": NOT_WEIGHTED,
        "intervals": (
            "The likely range is a Wilson interval (95%), computed from the rounded share and the rounded number of "
            "people. People chose for themselves to answer, so it says nothing about those who did not."
        ),
        "rounding": (
            "Numbers of people are rounded to the nearest 5. Shares are rounded to whole per cent; of fewer than 80 "
            "people to the nearest 5, of fewer than 30 to the nearest 10, so that no share tells how many it is of."
        ),
        "hiding": (
            "Nothing is shown of fewer than ten people. Where nobody or everyone may have said something, a share is "
            "shown as under or over. Of sensitive questions and of groups, numbers under 8 are hidden. More is hidden "
            "where it would give away what is hidden: in other areas, other years, or the years together."
        ),
        "pooling": (
            "Years together add up the answers of up to three years, where the question was the same. Two years are "
            "added up for England alone: with a third, the two would give it away."
        ),
        "comparisons": (
            "A region or an area is compared with the rest of England, from the published figures, as far as their "
            "rounding lets it: a difference that rounding alone may have made is none. Among so many comparisons some "
            "stand out by chance, so all of one span of years and one list of areas are taken together: of those that "
            "are said to be worth a look, about one in twenty may be chance (Benjamini and Hochberg). Figures of few "
            "people are also given drawn toward their region. Nothing is put in order of rank. Changes between years "
            "are judged in the same way, all of a release together, and only where question, answers, areas and "
            "weighting stayed the same."
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


def describe_weighting(weighting: Weighting) -> str:
    """The `weighting` of the method of a release: what was done, or why nothing was."""
    raked = weighting.raked
    if raked is None:
        return f"{NOT_WEIGHTED} {weighting.reason}".strip()
    said = [
        "Figures are weighted: answers of groups who are too few among those who answered, compared with everyone who "
        f"has a budget in England, count for more, and others for less. The groups are those of {_margins(weighting)}. "
        "Each year is weighted on its own (raking). Questions about the groups themselves are not weighted."
    ]
    if raked.collapsed:
        said.append(f"Groups of fewer than ten people count together with the next, of {_collapsed(weighting)}.")
    low, high = CAP
    said.append(
        f"One person counts for {raked.smallest:.1f} to {raked.largest:.1f} people; the limits are {low} and {high:g}, "
        f"and {whole_per_cent(raked.capped)}% of people are at one of them."
    )
    if not raked.met:
        said.append(
            f"Because of the limits a group's share may miss its benchmark by up to {raked.off * 100:.1f} points."
        )
    said.append(f"Weights as uneven as these widen the ranges: their design effect is {raked.design_effect:.1f}.")
    return " ".join(said)


def describe_weighted(file: AnalysisFile, weightings: Sequence[Weighting]) -> dict[str, str]:
    """What the `method` of a weighted number stands for; `weightings` of the years that are added up, its own last."""
    own = weightings[-1]
    raked = own.raked
    if raked is None:
        raise ValueError("An unweighted wave has no weighted numbers.")
    return {
        **describe_number(file),
        "weighting": f"Raked to the people who have a budget in England, by {_margins(own)}.",
        "benchmark": "; ".join(f"{_called(name)}: {source}" for name, source in own.sources.items()),
        "collapsed": _collapsed(own),
        "capped": f"{whole_per_cent(raked.capped)}%",
        "largest_weight": f"{raked.largest:.1f}",
        "smallest_weight": f"{raked.smallest:.1f}",
        "weight_ratio": f"{weight_ratio(weightings):.1f}",
        "design_effect": f"{raked.design_effect:.1f}",
    }


def describe_sources(weighting: Weighting) -> dict[str, str]:
    """For the quality report: how people were weighted, and to which benchmarks."""
    told = {"weighting": describe_weighting(weighting)}
    named = (f"{_called(name)}: {source}" for name, source in weighting.sources.items())
    return {**told, "benchmarks": f"Benchmarks: {'; '.join(named)}."} if weighting.raked is not None else told


def _margins(weighting: Weighting) -> str:
    return ", ".join(_called(name) for name in weighting.sources)


def _collapsed(weighting: Weighting) -> str:
    """The dimensions with small groups, not the groups: of two that are hidden it would say which is the small one."""
    merged = weighting.raked.collapsed if weighting.raked else ()
    return ", ".join(dict.fromkeys(_called(each.margin) for each in merged))


def _called(dimension: str) -> str:
    return LABELS.get(dimension, dimension).lower()
