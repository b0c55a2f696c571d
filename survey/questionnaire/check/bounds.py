"""Checks of what an answer can be: the ends of scales, numbers and dates, places in a ranking, and what counts good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from survey.questionnaire.check.conditions import decimals_of
from survey.questionnaire.check.rules import Rule
from survey.questionnaire.model import (
    ChoiceItem,
    ChoicesItem,
    DateItem,
    GridItem,
    Measure,
    NumberItem,
    Questionnaire,
    RankItem,
    ScaleItem,
)
from survey.questionnaire.problems import Finding, Location, Severity, instead_of, shown
from survey.questionnaire.walk import items_of

WIDEST_SCALE = 100
LARGEST_NUMBER = 999_999_999
"""What people can type: nine digits before the decimal point."""

_Measured = ChoiceItem | ChoicesItem | ScaleItem | GridItem


def _check_bounds(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, _, item in items_of(questionnaire):
        if isinstance(item, ScaleItem):
            yield from _check_scale(location, item)
        if isinstance(item, NumberItem):
            yield from _check_number(location, item)
        if isinstance(item, DateItem):
            yield from _check_date(location, item)
        if isinstance(item, RankItem):
            yield from _check_rank(location, item)


def _check_scale(location: Location, item: ScaleItem) -> Iterator[Finding]:
    if not 0 < item.max - item.min <= WIDEST_SCALE:
        message = f"A scale goes up from `min` to `max`, in at most {WIDEST_SCALE} steps."
        yield Finding(location, "scale-range", message, "Correct `min` or `max`.")
    seen: set[int] = set()
    for position, label in enumerate(item.labels):
        if not item.min < label.number < item.max or label.number in seen:
            message = f"{label.number} is not a number between the ends of the scale that has no words yet."
            remedy = "Give each number between `min` and `max` words once; the ends have `min_text` and `max_text`."
            yield Finding((*location, "labels", position, "number"), "scale-label", message, remedy)
        seen.add(label.number)


def _check_number(location: Location, item: NumberItem) -> Iterator[Finding]:
    for key, bound in (("min", item.min), ("max", item.max)):
        if abs(bound) > LARGEST_NUMBER:
            message = f"Nobody can type {shown(bound)}: a number has at most nine digits before the decimal point."
            yield Finding((*location, key), "number-limit", message, "Choose a bound people can reach.")
        elif decimals_of(bound) > item.decimals:
            message = f"{shown(bound)} has more decimals than the {item.decimals} an answer may have."
            yield Finding((*location, key), "number-decimals", message, "Round it, or raise `decimals`.")
    if item.min >= item.max:
        message = "`min` is not below `max`, so there is no choice of numbers."
        yield Finding(location, "number-range", message, "Correct `min` or `max`.")


def _check_date(location: Location, item: DateItem) -> Iterator[Finding]:
    days: list[date] = []
    for key, written in (("earliest", item.earliest), ("latest", item.latest)):
        if written is None or written == "today":
            continue
        try:
            days.append(date.fromisoformat(written))
        except ValueError:
            message = f"There is no day {shown(written)}."
            yield Finding((*location, key), "date-day", message, "Write a day of the calendar, as in 2026-04-01.")
    if len(days) == 2 and days[0] > days[1]:
        message = "`earliest` is after `latest`, so no date can be given."
        yield Finding(location, "date-range", message, "Correct `earliest` or `latest`.")


def _check_rank(location: Location, item: RankItem) -> Iterator[Finding]:
    real = sum(option.missing is None for option in item.options)
    if item.at_most is not None and real and item.at_most > real:
        message = f"Nobody can put {item.at_most} in order: there are {real} to pick from."
        yield Finding((*location, "at_most"), "rank-most", message, "Lower it, or leave it out.")


def _check_measures(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, _, item in items_of(questionnaire):
        if isinstance(item, _Measured) and item.measure is not None:
            yield from _check_good((*location, "measure", "good"), item, item.measure)


def _check_good(location: Location, item: _Measured, measure: Measure) -> Iterator[Finding]:
    missing = [option.code for option in item.options if option.missing is not None]
    codes: list[str | int] = [option.code for option in item.options if option.missing is None]
    if isinstance(item, ScaleItem):
        codes.extend(range(item.min, min(item.max, item.min + WIDEST_SCALE) + 1))
    for position, good in enumerate(measure.good):
        if good in missing:
            message = f"{shown(good)} is a missing code, so it is not in the base of the measure."
            yield Finding((*location, position), "measure-missing", message, "Take it out.")
        elif good not in codes:
            message = f"{shown(item.id)} has no answer {shown(good)}."
            remedy = instead_of(good, map(str, codes), "Name the codes that count as good.")
            yield Finding((*location, position), "measure-code", message, remedy)
    if codes and set(codes) <= set(measure.good):
        message = "Every answer counts as good, so the measure is always 100%."
        yield Finding(location, "measure-all", message, "Name only some of the codes.", Severity.WARNING)


BOUND_RULES = (
    Rule(
        _check_bounds,
        (
            *("scale-range", "scale-label", "number-limit", "number-decimals", "number-range"),
            *("date-day", "date-range", "rank-most"),
        ),
    ),
    Rule(_check_measures, ("measure-missing", "measure-code", "measure-all")),
)
