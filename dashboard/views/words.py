"""What people said in their own words: the themes of one open question, and quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.address import Address
from dashboard.data import NoRelease, ReleaseGone, Releases
from dashboard.views.setting import NoSuchView, Reason, Setting, check_estimates, choose_setting
from dashboard.voices import Theme, Voice


@dataclass(frozen=True)
class InWords:
    """One open question, or none where nothing of the wave has been published."""

    setting: Setting
    voices: tuple[Voice, ...]
    voice: Voice | None
    themes: tuple[Theme, ...]
    """Of the question: those that most people speak of first, those of which too few do last."""
    made_on: date | None
    elsewhere: str | None
    """The latest other survey of which there is something, where there is nothing of this one."""


def show_words(releases: Releases, address: Address) -> InWords:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    found = releases.voices(setting.release)
    if found is None or not found.voices:
        return InWords(setting, (), None, (), None, _find_elsewhere(releases, setting))
    voice = next((each for each in found.voices if address.question in (None, each.item)), None)
    if voice is None:
        raise NoSuchView(Reason.UNKNOWN_QUESTION, setting, address.with_changes(question=None))
    return InWords(setting, found.voices, voice, _sort_themes(voice.themes), found.made_on, None)


def _sort_themes(themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """By share; a band says nothing of which is larger, so there the name decides."""
    return tuple(
        sorted(
            themes,
            key=lambda theme: (
                ("over", "", "under").index(theme.band),
                0 if theme.band else -theme.share,
                theme.label.casefold(),
            ),
        )
    )


def _find_elsewhere(releases: Releases, setting: Setting) -> str | None:
    for wave in setting.waves:
        try:
            found = releases.voices(releases.current(wave))
        except (NoRelease, ReleaseGone):
            continue
        if found is not None and found.voices:
            return wave
    return None
