"""A rule that shows too much is caught by the auditor: more is hidden, or nothing is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.analysis.disclosure.bands import State
from dashboard.analysis.disclosure.equations import Bools
from dashboard.areas import load_geography
from dashboard.publish import wave
from dashboard.publish.analysis_file import Item
from dashboard.publish.audit import Leak, audit_release
from dashboard.publish.study import ItemResult, Study
from dashboard.publish.wave import PublishError, publish_wave
from dashboard.release import read_facts
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, VINTAGE, response, write_analysis

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
WOMEN = 1
"""The column of women."""


class Careless(Study):
    """Of sex it shows women in every place, so that men, who are seven, are what is left; not what is withheld."""

    heeds = True

    def protect(self, item: Item, withheld: Bools | None = None) -> ItemResult:
        """Show too much."""
        result = super().protect(item, withheld if self.heeds else None)
        if item.id != "sex":
            return result
        people, states = result.tally.people, result.states.copy()
        show = people[:, 0] == people[:, 0].max()
        if self.heeds and withheld is not None:
            show &= ~(withheld[:, WOMEN] | withheld[:, 0])
        states[show, 0] = states[show, WOMEN] = State.EXACT
        return replace(result, states=states)


class Stubborn(Careless):
    """It shows the same whatever is withheld."""

    heeds = False


@pytest.fixture
def places(tmp_path: Path) -> Mapping[str, Path]:
    """A wave of 40 people in one area; the men among them are seven."""
    area = load_geography(AREAS).codes("2026")[0]
    rows = [response(area, control=("lot", "some")[at % 2], sex="male" if at < 7 else "female") for at in range(40)]
    analysis = write_analysis(tmp_path / "analysis", "2026", rows)
    return {"analysis": analysis, "releases": tmp_path / "releases"}


def publish(places: Mapping[str, Path]) -> Path:
    return publish_wave(places["analysis"], places["releases"], areas=AREAS, benchmarks=BENCHMARKS, now=NOW)


def women_shown(folder: Path) -> set[tuple[str, ...]]:
    with duckdb.connect(":memory:") as connection:
        file = str(folder / "estimates.parquet")
        query = "select level, span from read_parquet($file) where item = 'sex' and status = 'shown'"
        return set(connection.execute(query, {"file": file}).fetchall())


def test_what_gives_few_people_away_is_hidden_until_nothing_does(
    places: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    turns: list[set[tuple[str, ...]]] = []

    def watched(*arguments: Any) -> tuple[Leak, ...]:
        turns.append(women_shown(arguments[1]))
        return audit_release(*arguments)

    monkeypatch.setattr(wave, "Study", Careless)
    monkeypatch.setattr(wave, "audit_release", watched)
    folder = publish(places)
    assert {level for level, _ in turns[0]} == {"area", "region", "england"}
    assert all(later < earlier for earlier, later in pairwise(turns))
    assert "area" not in {level for level, _ in turns[1]}
    assert women_shown(folder) == set()
    with duckdb.connect(":memory:") as connection:
        facts, geography = read_facts(folder), load_geography(AREAS)
        assert audit_release(connection, folder, facts, places["releases"], geography, VINTAGE) == ()


def test_nothing_is_published_where_hiding_does_not_help(
    places: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wave, "Study", Stubborn)
    with pytest.raises(PublishError, match=r"Nothing was published, for 'sex'.*of a sensitive answer"):
        publish(places)
    assert not list(places["releases"].glob("*/*/release.json"))
    assert not list(places["releases"].glob("*/0*"))
