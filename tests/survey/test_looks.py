"""The cookie of comfort settings: what is ours is read, everything else is as for everyone."""

from __future__ import annotations

import pytest

from survey.looks import STANDARD, Looks, Motion, Sound, Space, Text, Theme, Width, looks_of, read_looks, write_looks

ALL = Looks(Text.LARGEST, Space.WIDEST, Theme.CONTRAST, Width.SHORT, Motion.NONE, Sound.ALOUD)


def test_what_is_written_is_read_again() -> None:
    assert read_looks(write_looks(ALL)) == ALL
    assert ALL.classes == (
        "app-text-200 app-space-widest app-theme-contrast app-lines-short app-motion-none app-sound-aloud"
    )


def test_what_is_as_for_everyone_needs_no_cookie_no_class_and_no_sheet() -> None:
    assert (write_looks(STANDARD), STANDARD.classes, STANDARD.sheets(right_to_left=False)) == ("", "", ())


@pytest.mark.parametrize(
    ("cookie", "looks"),
    [
        (None, STANDARD),
        ("", STANDARD),
        ("text-900.theme-pink", STANDARD),
        ('theme-dark" onload="alert(1)', STANDARD),
        ("<script>.theme-dark", Looks(theme=Theme.DARK)),
        ("theme-dark.theme-contrast", Looks(theme=Theme.DARK)),
        ("\u0000.\ud800.سب.text-125", Looks(text=Text.LARGE)),
        ("x" * 10_000 + ".theme-dark", STANDARD),
        ("theme-dark." + "x" * 10_000, Looks(theme=Theme.DARK)),
    ],
)
def test_of_a_cookie_only_words_of_ours_count(cookie: str | None, looks: Looks) -> None:
    assert read_looks(cookie) == looks


def test_of_two_words_for_one_setting_the_first_counts() -> None:
    assert looks_of(["text-200", "text-125"]).text is Text.LARGEST


def test_a_theme_is_a_sheet_of_its_own_that_is_never_printed() -> None:
    for theme in set(Theme) - {Theme.LIGHT}:
        for address, media in Looks(theme=theme).sheets(right_to_left=True):
            assert media.startswith("screen")
            assert "-rtl.css?v=" in address
    assert "(prefers-color-scheme: dark)" in Looks(theme=Theme.DEVICE).sheets(right_to_left=False)[0][1]
