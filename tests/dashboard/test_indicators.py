"""Response rate and R-indicators: from rounded numbers, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dashboard.analysis.inclusion.propensity import Variable, fit_propensity
from dashboard.analysis.inclusion.r_indicator import r_indicator, unconditional
from dashboard.areas import load_geography
from dashboard.publish.analysis_file import AnalysisFile, load_analysis_file
from dashboard.publish.coverage import Located
from dashboard.publish.indicators import INVITED_ONLY, NAMES, OPEN_LINK, indicator_rows
from dashboard.tables import INDICATORS
from tests.dashboard.analysis_files import AREAS, response
from tests.dashboard.crowds import write_crowd

GEOGRAPHY = load_geography(AREAS)
IN_REGION = {area.region_code: area.code for area in GEOGRAPHY.lists["2026"]}
LONDON, MIDLANDS, SOUTH_WEST = (IN_REGION[region] for region in ("london", "midlands", "south-west"))
Row = Mapping[str, Any]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> AnalysisFile:
    """A wave on the list of 2026."""
    return load_analysis_file(write_crowd(tmp_path_factory.mktemp("wave"), [response(LONDON)], invited={LONDON: 7}))


def rows_of(
    file: AnalysisFile, invited: Mapping[str, int], by_invitation: Mapping[str, int], **more: Any
) -> dict[tuple[str, str], Row]:
    """The rows by name and category."""
    file = replace(file, invited=invited)
    people = Located(**{"answered": by_invitation, "by_invitation": by_invitation, "elsewhere": 0, **more})
    rows = [dict(zip(INDICATORS, row, strict=True)) for row in indicator_rows(GEOGRAPHY, file, people)]
    return {(str(row["name"]), str(row["category"])): row for row in rows}


def test_with_an_open_link_every_indicator_says_that_there_is_none(file: AnalysisFile) -> None:
    found = rows_of(file, {}, {}, answered={LONDON: 200})
    assert {name for name, _ in found} == set(NAMES)
    assert {(row["value"], row["reason"]) for row in found.values()} == {(None, OPEN_LINK)}


def test_indicators_are_those_of_the_rounded_numbers_of_the_regions(file: AnalysisFile) -> None:
    found = rows_of(file, {LONDON: 401, MIDLANDS: 298, SOUTH_WEST: 202}, {LONDON: 82, MIDLANDS: 119, SOUTH_WEST: 98})
    region = Variable("region", ("london", "midlands", "south-west"), np.arange(3))
    fit = fit_propensity(np.array([400, 300, 200]), np.array([80, 120, 100]), (region,))
    whole, part = r_indicator(fit), unconditional(fit, region)
    assert found["response_rate", ""]["value"] == round(300 / 900, 2)
    indicator = found["r_indicator", ""]
    assert indicator["value"] == round(whole.value, 2)
    assert whole.standard_error is not None
    assert indicator["standard_error"] == round(whole.standard_error, 3)
    assert indicator["low"] < indicator["value"] < indicator["high"]
    assert found["coefficient_of_variation", ""]["value"] == round(whole.adjusted_coefficient_of_variation, 2)
    assert found["unconditional", ""]["value"] == round(part.adjusted, 2)
    by_region = [found["unconditional", name]["value"] for name in region.labels]
    assert by_region == [round(value, 2) for value in part.by_category]
    assert by_region[0] < 0 < by_region[2]
    assert found["conditional", ""]["value"] is None
    assert "nothing else" in found["conditional", ""]["reason"]
    assert {row["variable"] for (name, _), row in found.items() if "conditional" in name} == {"region"}


def test_counts_that_round_alike_give_the_same_indicators(file: AnalysisFile) -> None:
    one = rows_of(file, {LONDON: 401, MIDLANDS: 298}, {LONDON: 82, MIDLANDS: 119})
    other = rows_of(file, {LONDON: 399, MIDLANDS: 301}, {LONDON: 78, MIDLANDS: 122})
    assert one == other


def test_open_links_beside_invitations_are_said_not_to_be_counted(file: AnalysisFile) -> None:
    invited, came = {LONDON: 200, MIDLANDS: 200}, {LONDON: 50, MIDLANDS: 90}
    for more in ({"answered": {LONDON: 70, MIDLANDS: 90}}, {"elsewhere": 3}):
        found = rows_of(file, invited, came, **more)
        assert found["response_rate", ""]["value"] == 0.35
        assert found["response_rate", ""]["reason"] == found["r_indicator", ""]["reason"] == INVITED_ONLY
    assert rows_of(file, invited, came)["response_rate", ""]["reason"] == ""


@pytest.mark.parametrize(
    ("invited", "came", "rate", "words"),
    [
        ({LONDON: 200}, {LONDON: 50}, 0.25, "one region only"),
        ({LONDON: 200, MIDLANDS: 200}, {}, None, "Fewer than ten people answered by invitation in London, Midlands"),
        ({LONDON: 200, MIDLANDS: 200}, {LONDON: 50, MIDLANDS: 9}, 0.15, "in Midlands"),
        ({LONDON: 50, MIDLANDS: 50}, {LONDON: 50, MIDLANDS: 50}, 1.0, "everyone answered"),
        ({LONDON: 50, MIDLANDS: 50}, {LONDON: 50, MIDLANDS: 20}, 0.7, "of some group all answered"),
        ({LONDON: 50, MIDLANDS: 50}, {LONDON: 90, MIDLANDS: 20}, None, "more people answered"),
    ],
)
def test_where_there_is_no_indicator_it_says_why(
    file: AnalysisFile, invited: Mapping[str, int], came: Mapping[str, int], rate: float | None, words: str
) -> None:
    found = rows_of(file, invited, came)
    assert found["response_rate", ""]["value"] == rate
    assert found["response_rate", ""]["reason"] or rate is not None
    for name in NAMES[1:]:
        assert found[name, ""]["value"] is None
        assert words in found[name, ""]["reason"]


def test_regions_that_answered_alike_have_the_highest_indicator_and_no_margin_of_error(file: AnalysisFile) -> None:
    found = rows_of(file, {LONDON: 200, MIDLANDS: 400}, {LONDON: 50, MIDLANDS: 100})
    indicator = found["r_indicator", ""]
    assert (indicator["value"], indicator["low"], indicator["standard_error"]) == (1.0, None, None)
    assert "no margin of error" in indicator["reason"]
    assert found["coefficient_of_variation", ""]["value"] == 0
    assert {str(found["unconditional", region]["value"]) for region in ("", "london", "midlands")} == {"0.0"}
