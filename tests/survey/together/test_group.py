"""The group's pages are told of releases as far as everybody in the group may see them."""

from __future__ import annotations

from pathlib import Path

from dashboard.access import Stage
from survey.app import create_app
from survey.i18n import shipped_languages
from survey.together.group import outside_of_the_group, stages_of_the_group
from tests.dashboard.releases import write_release
from tests.survey.review.conftest import group
from tests.survey.review.group import SMALL, Group

__all__ = ["group"]


def test_the_group_sees_results_before_everyone_does_but_no_trial() -> None:
    assert stages_of_the_group() == {Stage.COUNTS, Stage.PROVISIONAL, Stage.SIGNED, Stage.PUBLIC}


def test_what_a_question_found_stands_beside_it_in_the_language_of_the_reader(group: Group, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    write_release(releases, wave="2026")
    outside = outside_of_the_group(releases, shipped_languages())
    group.app = create_app(group.config, group.store, now=group.clock, outside=outside)
    item = {"id": "talk_matters", "type": "short_text", "text": "Did someone take time?"}
    page = {"id": "talk", "items": [item]}
    source = {"sections": [{"id": "talk", "title": "Talk", "pages": [page]}]}
    round = group.open_round({**SMALL, "id": "phb-annual", **source})
    here = f"/review/rounds/{round.id}/questions/1"
    html = group.text("lee", here)
    assert "Survey of <bdi>2026</bdi>, as of 12 November 2026. <strong>Nobody has signed this yet." in html
    assert 'id="found-2026"' in html
    assert html.count("app-chart__share") > 0
    group.get("lee", f"/language/ur?to={here}")
    assert 'id="found-2026">About' not in group.text("lee", here)
