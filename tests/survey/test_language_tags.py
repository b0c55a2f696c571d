"""Language tags: the same language in the same script, and nothing that a browser sends is an error."""

from __future__ import annotations

import pytest

from survey.language_tags import MOST_TAGS, best_locale

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
