"""The auditor of the tables by group: it is content with what is published, and finds a hole that is planted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from dashboard.areas import load_geography
from dashboard.publish.audit_groups import GroupLeak, audit_groups
from dashboard.publish.wave import publish_wave
from dashboard.release import read_facts
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, response, write_analysis
from tests.dashboard.attacks.test_publishing import plant

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Of 200 people half are women; 80 said "lot"."""
    area = load_geography(AREAS).codes("2026")[0]
    rows = [
        response(area, control="lot" if at % 5 < 2 else "some", sex=("male", "female")[at // 2 % 2])
        for at in range(200)
    ]
    analysis = write_analysis(tmp_path / "analysis", "2026", rows)
    return publish_wave(analysis, tmp_path / "releases", areas=AREAS, benchmarks=BENCHMARKS, weighted=False, now=NOW)


def leaks(folder: Path) -> tuple[GroupLeak, ...]:
    with duckdb.connect(":memory:") as connection:
        return audit_groups(connection, folder, read_facts(folder), folder.parents[1])


def test_groups_give_nothing_away_until_a_hole_is_planted(release: Path) -> None:
    """Of 200 people 79 to 81 said "lot", and 81 or more of about a hundred women: no man did."""
    assert leaks(release) == ()
    of_control = "item = 'control' and dimension = 'sex'"
    plant(release, "status = 'suppressed'", f"{of_control} and category = 'male'", "groups")
    for option, share in (("lot", 83), ("some", 17)):
        plant(release, f"share = {share}", f"{of_control} and category = 'female' and option = '{option}'", "groups")
    assert any(leak.words.startswith("'control' by sex: nobody") and "male" in leak.words for leak in leaks(release))
