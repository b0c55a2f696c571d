"""People's own words on their way out: what is shown of how many, when it is made again, and what is taken back."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from dashboard.analysis.agreement import Strength
from dashboard.analysis.rounding import nearest_five
from dashboard.publish import voices as publishing
from dashboard.publish.voice_figures import hidden_limit, make_voice, may_be_quoted, share_of_theme
from dashboard.publish.voices import Leaving, NothingLeaves, Why
from dashboard.voices import FILE, Agreement, Voice, Voices, parse_voices

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
    *[twice({"t3"}, {"t3"}) for _ in range(12)],
]
"""42 people: 18 speak of t1, 3 of t2 (of 4 more one reader thinks so), 12 of t3."""
SHOWN = [
    *[twice({"t1"}, {"t1"}) for _ in range(18)],
    *[twice({"t2", "t3"}, {"t2"})] * 4,
    *[twice({"t2", "t3"}, {"t2", "t3"})] * 20,
]
"""42 people: 18 speak of t1, 24 of t2, 20 of t3 (of 4 more one reader thinks so)."""


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


def publish_voices(file: Path, releases: Path, *, today: date) -> Leaving:
    return publishing.publish_voices(file, releases, records=records(releases), today=today)


def take_back_quotes(file: Path, releases: Path) -> None:
    publishing.take_back_quotes(file, releases, records=records(releases))


def records(releases: Path) -> Path:
    return releases.with_name("publishing")


def refused(file: Path, releases: Path) -> Why:
    with pytest.raises(NothingLeaves) as error:
        publish_voices(file, releases, today=LATER)
    return error.value.why


def test_shares_are_coarse_and_a_theme_of_few_is_not_told_from_one_of_nobody(releases: Path) -> None:
    publish_voices(coding(releases), releases, today=FIRST)
    [voice] = published(releases).voices
    assert voice.base == 40
    assert [(theme.share, theme.band) for theme in voice.themes] == [(45, ""), (25, "under"), (30, "")]


def test_answers_of_which_one_person_has_read_count_for_nothing(releases: Path) -> None:
    publish_voices(coding(releases), releases, today=FIRST)
    before = published(releases)
    alone = [once("t2") for _ in range(40)]
    assert refused(coding(releases, [*READ, *alone]), releases) is Why.TOO_EARLY
    for folder in (records(releases), releases / "2026" / FILE):
        shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
    assert refused(coding(releases, [*READ[:9], *alone]), releases) is Why.TOO_FEW
    publish_voices(coding(releases, [*READ, *alone]), releases, today=FIRST)
    assert published(releases) == before


def test_agreement_is_of_what_readers_found_alone(releases: Path) -> None:
    settled = [*SHOWN[:18], *[[*once("t2", "t3"), {"first": ["t2"], "now": ["t2", "t3"]}]] * 4, *SHOWN[22:]]
    for readings in (SHOWN, settled):
        [question] = json.loads(coding(releases, readings).read_text())["questions"]
        assert make_voice(question).agreement == Agreement(40, 95, Strength.ALMOST_PERFECT)


def test_agreement_is_told_only_from_20_answers_up_and_where_no_theme_is_hidden() -> None:
    def agreement(spoke: int, people: int) -> Agreement | None:
        readings = [twice({"t1"}, {"t1"})] * spoke + [twice(set(), set())] * (people - spoke)
        theme = {"code": "t1", "label": "One", "meaning": ""}
        return make_voice({"item": "x", "text": "", "themes": [theme], "readings": readings, "quotes": []}).agreement

    assert [agreement(people // 2, people) is None for people in (18, 19, 20, 22, 23, 60)] == [True] * 4 + [False] * 2
    assert {agreement(spoke, 60) for spoke in range(8)} == {None}


def one_theme(people: int, both: int, one: int, other: int, settled: int) -> tuple[Any, ...]:
    """What is published where readers find a theme alone in so many answers, and both in some more in the end."""
    firsts = [(1, 1)] * both + [(1, 0)] * one + [(0, 1)] * other + [(0, 0)] * (people - both - one - other)
    readings = [
        [{"first": ["t"] * found, "now": ["t"] * (at < both + settled)} for found in pair]
        for at, pair in enumerate(firsts)
    ]
    theme = {"code": "t", "label": "", "meaning": ""}
    voice = make_voice({"item": "x", "text": "", "themes": [theme], "readings": readings, "quotes": []})
    return voice.base, voice.themes, voice.agreement


@pytest.mark.parametrize("base", [25, 40])
def test_from_agreement_nobody_can_tell_a_hidden_theme_from_one_of_nobody(base: int) -> None:
    seen = {
        one_theme(people, both, one, other, settled)
        for people in range(base - 2, base + 3)
        for both in range(5)
        for one in range(3)
        for other in range(2)
        for settled in range(one + other + 1)
    }
    assert len(seen) == 1


Candidates = dict[int, set[int]]
"""Counts by the number of people, as far as they fit what is published."""


def fitting(base: int) -> dict[tuple[int, str], Candidates]:
    """By share and band: all counts of everyone that is rounded to a base."""
    found: dict[tuple[int, str], Candidates] = defaultdict(lambda: defaultdict(set))
    for people in range(max(10, base - 2), base + 3):
        for count in range(people + 1):
            found[share_of_theme(count, people)][people].add(count)
    return found


def left_over(shares: Sequence[Candidates]) -> tuple[set[int], list[set[int]]]:
    """The bases that fit all shares together, and the counts of each theme that fit one of them."""
    bases = set.intersection(*(set(each) for each in shares))
    return bases, [set().union(*(each[people] for people in bases)) for each in shares]


def test_up_to_12_themes_together_pin_neither_the_base_nor_the_count_of_one() -> None:
    random = Random(11)
    for base in range(10, 305, 5):
        known = fitting(base)
        for _ in range(30):
            people = random.randint(max(10, base - 2), base + 2)
            counts = [random.randint(0, people) for _ in range(random.randint(1, 12))]
            bases, left = left_over([known[share_of_theme(count, people)] for count in counts])
            assert len(bases) >= 2
            assert all(len(each) >= 2 for each in left)


def test_every_share_fits_every_base_and_two_counts_and_so_do_those_that_are_quoted() -> None:
    for base in range(10, 305, 5):
        everyone = set(range(max(10, base - 2), base + 3))
        for (share, band), found in fitting(base).items():
            bases, [counts] = left_over([found])
            assert bases == everyone
            assert len(counts) >= 2
            if may_be_quoted(share, band, base):
                assert all(max(found[people]) >= 10 for people in everyone)
                assert len([count for count in counts if count >= 10]) >= 2


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
        base = nearest_five(people)
        assert {share_of_theme(count, people) for count in range(8)} == {(hidden_limit(base), "under")}, people
        assert share_of_theme(people - 1, people) == share_of_theme(people, people)
        for count in range(8, people + 1):
            share, band = share_of_theme(count, people)
            exact = 100 * count / people
            assert {"under": exact < share, "over": exact > share, "": abs(exact - share) <= 5}[band]


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


@pytest.mark.parametrize("lost", ["broken", "missing"])
def test_figures_come_back_and_the_rule_of_ten_holds_when_the_published_file_is_lost(releases: Path, lost: str) -> None:
    file = releases / "2026" / FILE
    publish_voices(coding(releases), releases, today=FIRST)
    before = published(releases).voices[0]
    file.write_text(file.read_text() + "x")
    if lost == "missing":
        take_back_quotes(coding(releases), releases)
        assert not file.exists()
    leaving = publish_voices(coding(releases, [*READ, *READ[:4]]), releases, today=LATER)
    assert (leaving.renewed, published(releases).made_on) == (frozenset(), FIRST)
    after = published(releases).voices[0]
    assert without_quotes(after) == without_quotes(before)
    assert [theme.quotes for theme in after.themes] == [(), (), ()]
    assert refused(coding(releases, [*READ, *READ[:9]]), releases) is Why.TOO_EARLY
    publish_voices(coding(releases, [*READ, *READ[:10]]), releases, today=LATER)
    assert published(releases).voices[0].base == 50


def without_quotes(voice: Voice) -> Any:
    return voice.base, voice.agreement, [(theme.code, theme.share, theme.band) for theme in voice.themes]


def test_what_was_published_is_kept_for_the_publisher_alone_and_without_quotes(releases: Path) -> None:
    publish_voices(coding(releases), releases, today=FIRST)
    kept = records(releases) / "2026" / FILE
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    [voice] = parse_voices(kept.read_text()).voices
    assert (voice.item, voice.base) == ("anything", 40)
    assert "months" in (releases / "2026" / FILE).read_text()
    assert "months" not in kept.read_text()


def test_a_question_that_is_not_published_any_more_is_still_remembered(releases: Path) -> None:
    publish_voices(coding(releases), releases, today=FIRST)
    assert publish_voices(coding(releases, questions=[]), releases, today=LATER).quotes_gone == 1
    assert published(releases).voices == ()
    leaving = publish_voices(coding(releases, [*READ, *READ[:3]]), releases, today=LATER)
    assert (leaving.renewed, published(releases).voices[0].base) == (frozenset(), 40)


def test_files_without_a_record_are_built_upon(releases: Path) -> None:
    publish_voices(coding(releases), releases, today=FIRST)
    shutil.rmtree(records(releases))
    assert refused(coding(releases, [*READ, *READ[:9]]), releases) is Why.TOO_EARLY


@pytest.mark.parametrize("broken", ["{", "\udc80"])
def test_what_nobody_knows_of_is_not_built_upon_and_its_quotes_go(releases: Path, broken: str) -> None:
    file = releases / "2026" / FILE
    file.write_text(broken, errors="surrogateescape")
    assert refused(coding(releases), releases) is Why.UNREADABLE
    take_back_quotes(coding(releases), releases)
    assert not file.exists()
    assert refused(coding(releases), releases) is Why.UNREADABLE


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"open": True}, Why.OPEN), ({"wave": "2025"}, Why.NO_RELEASE), ({"questions": []}, Why.TOO_FEW)],
)
def test_an_open_wave_or_one_without_results_is_not_published(releases: Path, changes: Any, why: Why) -> None:
    assert refused(coding(releases, **changes), releases) is why
