"""Who is missing in the survey, from releases as they lie in their folder."""

from __future__ import annotations

from pathlib import Path

from dashboard.access import Stage
from dashboard.data import Releases
from dashboard.release import Step
from survey.together.missing import missing_in_the_survey
from tests.dashboard.releases import write_release


def test_who_is_clearly_missing_comes_from_the_newest_release_that_the_group_may_see(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025", step=Step.SIGNED, signed_by="A. Analyst")
    releases = Releases(tmp_path)
    (polish,) = missing_in_the_survey(releases)
    assert (polish.label, polish.dimension, polish.ours, polish.theirs) == ("Polish", "language", 1, 5)
    assert polish.sentence == "Main language: about 15 people missing"
    assert polish.released_on is not None
    assert missing_in_the_survey(releases.seen_by({Stage.TRIAL})) == ()


def test_without_a_release_nobody_is_said_to_be_missing(tmp_path: Path) -> None:
    assert missing_in_the_survey(Releases(tmp_path)) == ()
