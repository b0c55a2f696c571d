"""The page of people's own words: what it says, what it does not, and who sees it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.access import FOR_EVERYONE, Stage
from dashboard.address import Address, Page
from dashboard.analysis.agreement import Strength
from dashboard.data import NoRelease, Releases
from dashboard.downloads.words import list_words
from dashboard.pages.words import draw_words
from dashboard.sentences.words import say_agreement, say_themes
from dashboard.views.setting import NoSuchView, Reason
from dashboard.views.words import show_words
from dashboard.voices import Agreement
from tests.dashboard.pages import links, of_type, selected, text
from tests.dashboard.releases import write_release
from tests.dashboard.voices import VOICES, write_voices

PREFIX = "/dashboard/"
WORDS = Address(Page.WORDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    write_release(folder, wave="2025")
    write_release(folder, wave="2026")
    write_voices(folder)
    return folder


@pytest.fixture
def releases(folder: Path) -> Releases:
    return Releases(folder)


def test_themes_stand_with_their_shares_the_most_spoken_of_first_and_what_is_hidden_last(releases: Releases) -> None:
    view = show_words(releases, WORDS)
    page = draw_words(PREFIX, WORDS, view)
    rows = [text(row) for row in of_type(of_type(page, "Tbody"), "Tr")]
    assert [row.partition(" What")[0] for row in rows] == [
        "Waiting Share 45%",
        "Choosing who helps Share 35%",
        "Paperwork and letters Share under 15%",
    ]
    assert say_themes(view) == (
        "People spoke most of “Waiting”: about half of those who wrote something; "
        "and of “Choosing who helps”: about 4 in 10."
    )
    assert selected(page)["question"] == "anything"
    assert "Based on about 60 people" in text(page)


def test_quotes_stand_under_their_theme_and_without_anything_else(releases: Releases) -> None:
    page = draw_words(PREFIX, WORDS, show_words(releases, WORDS))
    assert [text(quote) for quote in of_type(page, "Blockquote")] == [
        "It took [many] months.",
        "The people who come now are people I chose.",
        "I want to choose [my helper] myself.",
    ]


@pytest.mark.parametrize(
    ("agreement", "words"),
    [
        (
            Agreement(45, 90, Strength.SUBSTANTIAL),
            "45 answers alone; they agreed on about 9 in 10 decisions. Beyond chance that is substantial agreement.",
        ),
        (
            Agreement(25, 100, Strength.ALMOST_PERFECT),
            "more than 19 in 20 decisions. Beyond chance that is almost perfect",
        ),
        (None, "Too few answers have been read to tell"),
    ],
)
def test_agreement_is_said_in_words(agreement: Agreement | None, words: str) -> None:
    assert words in say_agreement(replace(VOICES.voices[1], agreement=agreement))


@pytest.mark.parametrize("strength", Strength)
def test_every_strength_of_agreement_has_its_word(strength: Strength) -> None:
    assert f"that is {strength} agreement" in say_agreement(
        replace(VOICES.voices[1], agreement=Agreement(45, 90, strength))
    )


def test_where_a_theme_is_hidden_it_is_said_why_agreement_is_not_shown(releases: Releases) -> None:
    page = text(draw_words(PREFIX, WORDS, show_words(releases, WORDS)))
    assert "How far two readers agree is not shown: it could say more of those themes" in page
    assert "kappa" in page


def test_where_nothing_is_published_it_is_said_what_is_missing_and_where_there_is_something(
    releases: Releases,
) -> None:
    address = replace(WORDS, wave="2025", question="anything")
    page = draw_words(PREFIX, address, show_words(releases, address))
    assert "Nothing that people wrote in the survey of 2025 has been published yet." in text(page)
    assert "two people have to agree on themes" in text(page)
    assert links(page)["See what people wrote in the survey of 2026"] == "/dashboard/words?wave=2026"


def test_a_question_of_few_themes_and_one_that_was_never_asked(releases: Releases) -> None:
    view = show_words(releases, replace(WORDS, question="missed"))
    assert "no theme did enough of them speak" in say_themes(view)
    assert "No quote has been approved." in text(draw_words(PREFIX, WORDS, view))
    with pytest.raises(NoSuchView) as refused:
        show_words(releases, replace(WORDS, question="talk_matters"))
    assert (refused.value.reason, refused.value.instead) == (Reason.UNKNOWN_QUESTION, WORDS)


def test_who_may_not_see_the_release_does_not_see_its_words(releases: Releases) -> None:
    for stages in (FOR_EVERYONE, {Stage.SIGNED, Stage.COUNTS}):
        with pytest.raises(NoRelease):
            show_words(releases.seen_by(stages), WORDS)


def test_downloads_hold_the_themes_and_the_quotes(releases: Releases) -> None:
    themes, quotes = list_words(releases, WORDS)
    [voice, _] = VOICES.voices
    assert themes.columns == ("item", "question", "theme", "theme_name", "meaning", "base", "share", "band")
    assert [row[2:3] + row[5:] for row in themes.rows] == [
        ("t3", 60, 45, ""),
        ("t2", 60, 35, ""),
        ("t1", 60, 15, "under"),
    ]
    assert {row[-1] for row in quotes.rows} == {words for theme in voice.themes for words in theme.quotes}
