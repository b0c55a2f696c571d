"""Language tags: the same language in the same script, and nothing that a browser sends is an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.language_tags import MOST_TAGS, accepted_tags, best_locale

OURS = ("ar", "bn", "cy", "en", "es", "fa", "gu", "pa", "pl", "pt", "ro", "so", "tr", "ur", "zh_Hans")


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en-GB", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("zh", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh-Hans-CN", "zh_Hans"),
        ("zh-Hans-HK", "zh_Hans"),
        ("cmn", "zh_Hans"),
        ("zh-TW", None),
        ("zh-HK", None),
        ("zh-Hant", None),
        ("pt-BR", "pt"),
        ("pa-IN", "pa"),
        ("pa-Guru-PK", "pa"),
        ("pa-PK", None),
        ("pa-Arab", None),
        ("fa-AF", "fa"),
        ("prs", "fa"),
        ("ur-IN", "ur"),
        ("es-419", "es"),
        ("cy-GB-u-co-phonebk", "cy"),
        ("en-GB-x-easyread", "en"),
        ("ro-MD", "ro"),
        ("de", None),
        ("*", None),
        ("", None),
        ("-", None),
        ("i-klingon", None),
        ("x-private", None),
        ("../../etc/passwd", None),
        ("pl" * 5000, None),
    ],
)
def test_a_tag_means_the_language_in_its_script_or_nothing(tag: str, locale: str | None) -> None:
    assert best_locale([tag], OURS) == locale


def test_the_first_tag_that_there_is_a_locale_for_counts() -> None:
    assert best_locale(["de", "pa-PK", "ur", "pl"], OURS) == "ur"


def test_the_locale_of_the_country_comes_before_another() -> None:
    assert best_locale(["pt-BR"], ["pt_PT", "pt_BR"]) == "pt_BR"
    assert best_locale(["pt-AO"], ["pt_PT", "pt_BR"]) == "pt_BR"


def test_no_more_tags_are_read_than_a_person_has_languages() -> None:
    assert best_locale([*["de"] * (MOST_TAGS - 1), "pl"], OURS) == "pl"
    assert best_locale([*["de"] * MOST_TAGS, "pl"], OURS) is None


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ("ur, en;q=0.8, pl;q=0.9", ["ur", "pl", "en"]),
        ("pl;q=0, ur", ["ur"]),
        ("", []),
        ("zh-CN,zh;q=0.9,en;q=0.8", ["zh-CN", "zh", "en"]),
        ("pl;q=nonsense, ur", ["ur"]),
        ("pl" * 5000, []),
    ],
)
def test_what_a_browser_wants_most_comes_first(header: str, tags: list[str]) -> None:
    assert accepted_tags(header) == tags


@given(st.text(max_size=200), st.integers(1, 200))
def test_nothing_that_a_browser_says_is_an_error(text: str, times: int) -> None:
    best_locale(accepted_tags(text * times), OURS)


def test_of_ten_thousand_characters_only_the_first_count() -> None:
    assert accepted_tags("ur," + "a-b-c-d;q=0.5," * 1000)[0] == "ur"
    assert len(accepted_tags("a," * 5000)) <= 500
