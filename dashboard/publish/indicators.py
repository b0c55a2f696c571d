"""Response rate and R-indicators of those who were invited by a code of their own: the rows of `indicators.parquet`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from dashboard.analysis.fieldwork import rounded_count
from dashboard.analysis.inclusion.propensity import PropensityError, Variable, fit_propensity
from dashboard.analysis.inclusion.r_indicator import r_indicator, unconditional
from dashboard.analysis.inclusion.response import response_rate
from dashboard.analysis.rounding import nearest_five
from dashboard.areas import Geography
from dashboard.publish.analysis_file import AnalysisFile
from dashboard.publish.coverage import Located, add_up_to_places
from dashboard.release import Level

REGION = "region"
NAMES = ("response_rate", "r_indicator", "coefficient_of_variation", "unconditional", "conditional")

OPEN_LINK = "With an open link nothing is known of the people who did not answer: see representation instead."
INVITED_ONLY = "Of those who were invited by a code of their own; people who came by an open link are not counted in."
FEW = "Fewer than ten people answered by invitation in {regions}: too few for an indicator by region."
ONE_REGION = "People were invited in one region only: there is nothing to compare it with."
MORE_THAN_INVITED = "More people answered by invitation than invitations are recorded for."
ALIKE = "The regions answered alike, so the formula gives no margin of error."
REGION_ONLY = "Only the region is known of everyone who was invited: there is nothing else to take into account."
NO_MODEL = "The response of the regions cannot be modelled: {why}."

Row = tuple[object, ...]


def indicator_rows(geography: Geography, file: AnalysisFile, located: Located) -> Iterator[Row]:
    """The rows of `indicators.parquet`, in the order of its columns.

    They are worked out of the rounded numbers of people invited, and of those of them who answered, by region: nothing
    can follow from them that does not follow from these. Where there were open links beside the invitations, the
    reason says whom the numbers are of.
    """
    invited = _by_region(geography, file.vintage, file.invited)
    answered = _by_region(geography, file.vintage, located.by_invitation)
    if not any(invited.values()):
        yield from (_without(name, OPEN_LINK) for name in NAMES)
        return
    everyone, came = nearest_five(sum(invited.values())), rounded_count(sum(answered.values())).count
    others = sum(located.answered.values()) > sum(located.by_invitation.values()) or located.elsewhere > 0
    note = INVITED_ONLY if others else ""
    if came is None:
        yield _without("response_rate", FEW.format(regions="England"))
    elif came > everyone:
        yield _without("response_rate", MORE_THAN_INVITED)
    else:
        yield _row("response_rate", response_rate(came, everyone), reason=note)
    yield from _evenness(geography, file.vintage, invited, answered, note)


def _evenness(
    geography: Geography, vintage: str, invited: Mapping[str, int], answered: Mapping[str, int], note: str
) -> Iterator[Row]:
    """How evenly the regions answered, from rounded numbers of those in which anybody was invited."""
    names = {area.region_code: area.region for area in geography.lists[vintage]}
    regions = [region for region, people in invited.items() if nearest_five(people)]
    few = [names[region] for region in regions if rounded_count(answered[region]).count is None]
    why = ONE_REGION if len(regions) < 2 else FEW.format(regions=", ".join(few)) if few else ""
    if why:
        yield from (_without(name, why) for name in NAMES[1:])
        return
    variable = Variable(REGION, tuple(regions), np.arange(len(regions)))
    people, came = (np.array([nearest_five(counts[region]) for region in regions]) for counts in (invited, answered))
    try:
        fit = fit_propensity(people, came, (variable,))
    except PropensityError as error:
        yield from (_without(name, NO_MODEL.format(why=error)) for name in NAMES[1:])
        return
    whole, part = r_indicator(fit), unconditional(fit, variable)
    low, high = whole.limits or (None, None)
    reason = " ".join(each for each in (note, "" if whole.limits else ALIKE) if each)
    yield _row("r_indicator", whole.value, low, high, whole.standard_error, reason=reason)
    yield _row("coefficient_of_variation", whole.adjusted_coefficient_of_variation, reason=note)
    yield _row("unconditional", part.adjusted, variable=REGION, reason=note)
    for region, value in zip(regions, part.by_category, strict=True):
        yield _row("unconditional", value, variable=REGION, category=region, reason=note)
    yield _without("conditional", REGION_ONLY)


def _by_region(geography: Geography, vintage: str, by_area: Mapping[str, int]) -> dict[str, int]:
    places = add_up_to_places(geography, vintage, by_area)
    return {
        code: int(people or 0)
        for (listed, level, code), people in places.items()
        if (listed, level) == (vintage, Level.REGION)
    }


def _without(name: str, reason: str) -> Row:
    return _row(name, None, variable=REGION if name in ("unconditional", "conditional") else "", reason=reason)


def _row(
    name: str,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    standard_error: float | None = None,
    *,
    variable: str = "",
    category: str = "",
    reason: str,
) -> Row:
    rounded = [None if number is None else round(float(number), 2) + 0.0 for number in (value, low, high)]  # no -0.0
    error = None if standard_error is None else round(standard_error, 3)
    return (name, variable, category, *rounded, error, reason)
