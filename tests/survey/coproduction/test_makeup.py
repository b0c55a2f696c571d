"""Who is in the group: by the categories that results are shown by, and never fewer than three."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from survey import resources
from survey.coproduction.makeup import categories_of, find_present
from survey.questionnaire.load import load_file

ANNUAL = categories_of(load_file(resources.QUESTIONNAIRES / "phb-annual.json"))


def test_answers_are_counted_under_the_heading_that_results_show() -> None:
    assert ANNUAL["ethnicity", "indian"] == "asian"
    assert ANNUAL["language", "urdu"] == "urdu"
    assert ("language", "not_say") not in ANNUAL
    abouts = [{"ethnicity": "indian"}, {"ethnicity": "pakistani", "sex": "female"}, {"ethnicity": "chinese"}]
    assert find_present(abouts, ANNUAL) == {("ethnicity", "asian")}


@given(st.lists(st.dictionaries(st.sampled_from(["sex", "language"]), st.sampled_from(["a", "b", "c"])), max_size=12))
def test_fewer_than_three_are_never_told_of(abouts: list[dict[str, str]]) -> None:
    for dimension, code in find_present(abouts, {}):
        assert sum(about.get(dimension) == code for about in abouts) >= 3
