"""The languages of the public pages: complete, filled safely, and marked where they are English after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from dashboard.model import Figure
from dashboard.public.sentences import say_share, write_tenths
from dashboard.public.speech import Tongue, choose_tongue
from dashboard.release import Status
from survey import resources
from survey.i18n import RESULTS
from survey.translations.extract import extract_pages


def test_every_word_of_the_public_pages_is_in_every_language(speech: Sequence[Tongue]) -> None:
    sources = {str(message.id) for message in extract_pages(RESULTS, resources.RESULTS_PAGES) if message.id}
    assert len(sources) > 100
    for tongue in speech:
        if tongue.locale != "en":
            assert sources - set(tongue.translated) == set()
    names = [tongue.name for tongue in speech]
    assert (names[0], names[-1]) == ("English", "Easy Read")
    assert {"Polski", "اردو", "简体中文"} <= set(names)


def of(speech: Sequence[Tongue], locale: str) -> Tongue:
    return next(tongue for tongue in speech if tongue.locale == locale)


def test_what_has_no_translation_is_marked_as_english_and_values_are_escaped(speech: Sequence[Tongue]) -> None:
    said = of(speech, "ur").gettext("Never seen: %(it)s", it="<b>")
    assert said == '<span lang="en" dir="ltr">Never seen: &lt;b&gt;</span>'
    assert of(speech, "en_GB@easyread").gettext("Never seen") == "Never seen"
    assert of(speech, "pl").gettext("What people said") == "Co powiedzieli ludzie"


def test_numbers_and_days_are_written_as_the_language_does(speech: Sequence[Tongue]) -> None:
    day = date(2026, 11, 12)
    english, polish = of(speech, "en"), of(speech, "pl")
    assert [tongue.write_date(day) for tongue in (english, polish)] == ["12 November 2026", "12 listopada 2026"]
    assert [tongue.write_number(12600) for tongue in (english, polish)] == ["12,600", "12\u00a0600"]


@pytest.mark.parametrize("locale", ["ar", "fa", "ur", "bn", "gu", "pa", "zh_Hans"])
def test_digits_are_those_of_letters_and_telephones_in_every_language(speech: Sequence[Tongue], locale: str) -> None:
    tongue = of(speech, locale)
    written = f"{tongue.write_date(date(2026, 11, 12))} {tongue.write_number(12600)} {tongue.write_share(67)}"
    assert {letter for letter in written if letter.isdigit()} <= set("0123456789")
    assert "12" in written
    assert "2026" in written


def test_a_share_is_written_as_english_does_in_easy_read(speech: Sequence[Tongue]) -> None:
    assert of(speech, "en_GB@easyread").write_share(67) == "67%"


@pytest.mark.parametrize(
    ("share", "band", "words", "easy"),
    [
        (2, "", "Fewer than 1 in 20 people", "Fewer than 1 in 10"),
        (7, "", "About 1 in 20 people", "About 1 in 10"),
        (8, "", "About 1 in 10 people", "About 1 in 10"),
        (48, "", "About half of people", "About 5 in 10"),
        (67, "", "About 7 in 10 people", "About 7 in 10"),
        (92, "", "About 9 in 10 people", "About 9 in 10"),
        (95, "", "About 19 in 20 people", "More than 9 in 10"),
        (98, "", "More than 19 in 20 people", "More than 9 in 10"),
        (15, "under", "Fewer than 3 in 20 people", "Fewer than 2 in 10"),
        (85, "over", "More than 17 in 20 people", "More than 8 in 10"),
    ],
)
def test_shares_are_said_in_words(speech: Sequence[Tongue], share: int, band: str, words: str, easy: str) -> None:
    figure = Figure(Status.SHOWN, 100, share, band, None, None)
    tongue = of(speech, "en")
    assert say_share(figure, tongue.in_english("Yes"), tongue) == f"{words} answered: “Yes”."
    assert write_tenths(figure, of(speech, "en_GB@easyread")) == easy


def test_easy_read_is_only_ever_chosen(speech: Sequence[Tongue]) -> None:
    assert choose_tongue(speech, ["en-GB-x-easyread"]).locale == "en"
    assert choose_tongue(speech, ["PL-pl"]).locale == "pl"
    assert choose_tongue(speech, []).locale == "en"
