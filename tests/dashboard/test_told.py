"""What a question found, told to people who read it elsewhere: a sentence and a chart for each wave they may see."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from dashboard.access import FOR_EVERYONE, Stage
from dashboard.data import Releases
from dashboard.public.speech import EASY_READ, Tongue, make_tongue
from dashboard.told import tell_found
from survey.i18n import RESULTS, shipped_languages


def tongue(locale: str = "en") -> Tongue:
    return next(make_tongue(each) for each in shipped_languages().catalogues(RESULTS) if each.language.locale == locale)


def test_each_wave_is_told_the_newest_first_and_says_whether_it_is_signed(releases: Releases) -> None:
    newest, before = tell_found(releases, "phb-annual", "talk_matters", tongue())
    assert (newest.wave, newest.is_provisional) == ("2026", True)
    assert (before.wave, before.is_provisional) == ("2025", False)
    assert newest.released_on.isoformat() == "2026-11-12"
    assert str(newest.sentence).startswith("About ")
    assert 'aria-labelledby="found-2026"' in newest.chart
    assert "Yes, enough time" in newest.chart


def test_nobody_is_told_of_a_stage_they_may_not_see(releases: Releases) -> None:
    signed = releases.seen_by({Stage.SIGNED})
    assert [told.wave for told in tell_found(signed, "phb-annual", "talk_matters", tongue())] == ["2025"]
    assert [*tell_found(releases.seen_by(FOR_EVERYONE), "phb-annual", "talk_matters", tongue())] == []


def test_another_questionnaire_and_a_question_that_was_not_asked_find_nothing(releases: Releases) -> None:
    assert [*tell_found(releases, "other", "talk_matters", tongue())] == []
    assert [*tell_found(releases, "phb-annual", "no_such_question", tongue())] == []


def test_what_is_too_few_to_show_is_said_and_not_drawn(releases_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(releases_folder / "2025", tmp_path / "2025")
    table = next(tmp_path.glob("2025/*/estimates.parquet"))
    hidden = "case when level = 'england' then 'too_few' else status end as status"
    duckdb.sql(f"copy (select * replace ({hidden}) from '{table}') to '{table}.new' (format parquet)")
    table.with_name("estimates.parquet.new").replace(table)
    (told,) = tell_found(Releases(tmp_path), "phb-annual", "talk_matters", tongue())
    assert (str(told.sentence), str(told.chart)) == ("We cannot show this. Too few people answered.", "")


def test_it_is_told_in_the_language_of_the_reader(releases: Releases) -> None:
    urdu = next(iter(tell_found(releases, "phb-annual", "talk_matters", tongue("ur"))))
    assert "About" not in urdu.sentence
    easy = next(iter(tell_found(releases, "phb-annual", "talk_matters", tongue(EASY_READ))))
    assert "app-chart__ten" in easy.chart
