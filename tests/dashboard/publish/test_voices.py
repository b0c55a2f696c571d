"""People's own words on their way out: what is shown of how many, when it is made again, and what is taken back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.publish.voices import (
    FILE,
    NothingLeaves,
    Why,
    hidden_limit,
    prepare_voices,
    publish_voices,
    share_of_theme,
    take_back_quotes,
)
from dashboard.voices import Voices, parse_voices

FIRST, LATER = date(2026, 11, 20), date(2026, 12, 4)
QUOTES = [{"theme": "t1", "words": "It took [so many] months."}, {"theme": "t2", "words": "Nobody told us."}]


def once(*themes: str) -> list[dict[str, list[str]]]:
    return [{"first": sorted(themes), "now": sorted(themes)}]


def twice(first: set[str], second: set[str]) -> list[dict[str, list[str]]]:
    return [*once(*first), *once(*second)]


READ = [
    *[twice({"t1"}, {"t1"}) for _ in range(14)],
    *[twice({"t1", "t2"}, {"t1"}) for _ in range(4)],
    *[twice({"t2"}, {"t2"}) for _ in range(3)],
    *[twice(set(), set()) for _ in range(9)],
    *[once("t3") for _ in range(12)],
]
"""42 people: 18 speak of t1, 3 of t2 (of 4 more one reader thinks so), 12 of t3."""


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    release = tmp_path / "releases" / "2026" / "0001"
    release.mkdir(parents=True)
    (release / "release.json").write_text("{}")
    return tmp_path / "releases"


def coding(releases: Path, readings: list[Any] = READ, quotes: list[Any] = QUOTES, **changes: Any) -> Path:
    file = releases.with_name("coding.json")
    themes = [{"code": f"t{number}", "label": f"Theme {number}", "meaning": "What it is."} for number in (1, 2, 3)]
    question = {"item": "anything", "text": "Anything else?", "answers": 60, "themes": themes}
    question |= {"readings": readings, "quotes": quotes}
    file.write_text(json.dumps({"wave": "2026", "open": False, "questions": [question], **changes}))
    return file


def published(releases: Path) -> Voices:
    return parse_voices((releases / "2026" / FILE).read_text())


def test_shares_are_coarse_and_a_theme_of_few_is_not_told_from_one_of_nobody(releases: Path) -> None:
    publish_voices(coding(releases), releases, today=FIRST)
    [voice] = published(releases).voices
    assert voice.base == 40
    assert [(theme.share, theme.band) for theme in voice.themes] == [(45, ""), (20, "under"), (30, "")]


def test_agreement_is_of_what_readers_found_alone(releases: Path) -> None:
    settled = [*READ[:14], *[[*once("t1", "t2"), {"first": ["t1"], "now": ["t1", "t2"]}] for _ in range(4)], *READ[18:]]
    publish_voices(coding(releases, settled), releases, today=FIRST)
    agreement = published(releases).voices[0].agreement
    assert agreement is not None
    assert (agreement.read_twice, agreement.agreed, agreement.kappa) == (30, 96, 0.88)


def test_agreement_of_fewer_than_20_answers_is_not_told(releases: Path) -> None:
    publish_voices(coding(releases, READ[:19] + READ[30:]), releases, today=FIRST)
    assert published(releases).voices[0].agreement is None


def test_only_themes_of_ten_people_are_quoted_and_the_order_is_that_of_nothing(releases: Path) -> None:
    quotes = [*QUOTES, *({"theme": "t1", "words": f"Words {number}"} for number in range(6))]
    publish_voices(coding(releases, quotes=quotes), releases, today=FIRST)
    by_code = {theme.code: theme.quotes for theme in published(releases).voices[0].themes}
    assert by_code["t2"] == ()
    assert set(by_code["t1"]) == {quote["words"] for quote in quotes if quote["theme"] == "t1"}
    publish_again = coding(releases, [*READ, *READ], quotes=quotes[::-1])
    publish_voices(publish_again, releases, today=LATER)
    assert published(releases).voices[0].themes[0].quotes == by_code["t1"]


def test_up_to_7_people_give_the_same_whatever_the_base_was_rounded_from() -> None:
    for people in range(10, 250):
        base = 5 * ((people + 2) // 5)
        same_base = range(max(10, base - 2), base + 3)
        few = {share_of_theme(count, other) for other in same_base for count in range(8)}
        assert few == {(hidden_limit(base), "under")}, people
        for count in range(8, people + 1):
            share, band = share_of_theme(count, people)
            assert band == "under" or share >= hidden_limit(base)
            assert band or 0 < share < 100


def test_fewer_than_ten_people_are_not_published(releases: Path) -> None:
    with pytest.raises(NothingLeaves) as refused:
        publish_voices(coding(releases, READ[:9]), releases, today=FIRST)
    assert refused.value.why is Why.TOO_FEW
    assert not (releases / "2026" / FILE).exists()


def test_figures_stay_until_ten_more_people_are_behind_them(releases: Path) -> None:
    publish_voices(coding(releases, READ), releases, today=FIRST)
    before = published(releases)
    for more in (0, 1, 9):
        with pytest.raises(NothingLeaves) as refused:
            publish_voices(coding(releases, [*READ, *READ[:more]]), releases, today=LATER)
        assert refused.value.why is Why.TOO_EARLY
        assert published(releases) == before
    leaving = publish_voices(coding(releases, [*READ, *READ[:10]]), releases, today=LATER)
    assert leaving.renewed == {"anything"}
    assert (published(releases).made_on, published(releases).voices[0].base) == (LATER, 50)


def test_when_a_quote_is_withdrawn_quotes_alone_change(releases: Path) -> None:
    publish_voices(coding(releases, READ), releases, today=FIRST)
    before = published(releases).voices[0]
    changed = coding(releases, READ[5:], quotes=[{"theme": "t1", "words": "Other words."}])
    leaving = publish_voices(changed, releases, today=LATER)
    assert (leaving.renewed, leaving.quotes_gone, published(releases).made_on) == (frozenset(), 1, FIRST)
    after = published(releases).voices[0]
    assert [theme.quotes for theme in after.themes] == [(), (), ()]
    assert [(theme.share, theme.band) for theme in after.themes] == [
        (theme.share, theme.band) for theme in before.themes
    ]
    assert (after.base, after.agreement) == (before.base, before.agreement)


def test_taking_back_takes_only_what_is_approved_no_more(releases: Path) -> None:
    take_back_quotes(coding(releases), releases)
    assert not (releases / "2026" / FILE).exists()
    publish_voices(coding(releases), releases, today=FIRST)
    before = published(releases)
    take_back_quotes(coding(releases, READ * 2), releases)
    assert published(releases) == before
    take_back_quotes(coding(releases, READ * 2, quotes=[]), releases)
    assert "months" not in (releases / "2026" / FILE).read_text()
    assert published(releases).voices[0].base == 40


def test_what_cannot_be_read_is_not_built_upon_and_its_quotes_go(releases: Path) -> None:
    (releases / "2026" / FILE).write_text("{")
    with pytest.raises(NothingLeaves) as refused:
        publish_voices(coding(releases), releases, today=FIRST)
    assert refused.value.why is Why.UNREADABLE
    take_back_quotes(coding(releases), releases)
    assert not (releases / "2026" / FILE).exists()


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"open": True}, Why.OPEN), ({"wave": "2025"}, Why.NO_RELEASE), ({"questions": []}, Why.TOO_FEW)],
)
def test_an_open_wave_or_one_without_results_is_not_published(releases: Path, changes: Any, why: Why) -> None:
    with pytest.raises(NothingLeaves) as refused:
        prepare_voices(coding(releases, **changes), releases, today=FIRST)
    assert refused.value.why is why
