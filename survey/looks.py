"""How a person wants pages to look and sound: what the cookie of comfort settings says, and what a page needs then."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import TypeVar

from survey import resources

COOKIE = "phb-looks"
YEAR = 365 * 24 * 60 * 60
LONGEST_COOKIE = 200
"""Characters that are read of the cookie: ours has at most 72."""


Kind = TypeVar("Kind", bound=StrEnum)

# Of each setting the first value is what pages are for everyone.


class Text(StrEnum):
    """How large words are, in percent."""

    STANDARD = "text-100"
    LARGE = "text-125"
    LARGER = "text-150"
    LARGEST = "text-200"


class Space(StrEnum):
    """The space between letters, words and lines."""

    STANDARD = "space-standard"
    WIDE = "space-wide"
    WIDEST = "space-widest"


class Theme(StrEnum):
    """Which colours: those of a theme, or as the device says."""

    LIGHT = "theme-light"
    DARK = "theme-dark"
    CONTRAST = "theme-contrast"
    DEVICE = "theme-device"


class Width(StrEnum):
    """How long lines are."""

    STANDARD = "lines-standard"
    SHORT = "lines-short"


class Motion(StrEnum):
    """Whether anything moves."""

    STANDARD = "motion-standard"
    NONE = "motion-none"


class Sound(StrEnum):
    """Whether there is a button on every page that has it read aloud."""

    NONE = "sound-none"
    ALOUD = "sound-aloud"


_SHEETS = {
    Theme.LIGHT: (),
    Theme.DARK: (("dark", "screen"),),
    Theme.CONTRAST: (("contrast", "screen"),),
    Theme.DEVICE: (
        ("dark", "screen and (prefers-color-scheme: dark)"),
        ("contrast", "screen and (prefers-color-scheme: dark) and (prefers-contrast: more)"),
    ),
}
"""The sheets over the one that all have, and for which media: what is printed is always light."""


@dataclass(frozen=True)
class Looks:
    """One person's comfort settings."""

    text: Text = Text.STANDARD
    space: Space = Space.STANDARD
    theme: Theme = Theme.LIGHT
    width: Width = Width.STANDARD
    motion: Motion = Motion.STANDARD
    sound: Sound = Sound.NONE

    @property
    def changed(self) -> tuple[str, ...]:
        """What differs from the defaults."""
        return tuple(value for value in astuple(self) if value not in astuple(STANDARD))

    @property
    def classes(self) -> str:
        """The classes of the page's root element; '' where nothing was changed."""
        return " ".join(f"app-{value}" for value in self.changed)

    @property
    def is_read_aloud(self) -> bool:
        """Whether every page has a button to listen."""
        return self.sound is Sound.ALOUD

    def sheets(self, *, right_to_left: bool) -> tuple[tuple[str, str], ...]:
        """The style sheets that a page needs beside the one that all have, as (address, media)."""
        return tuple((sheet_address(name, right_to_left=right_to_left), media) for name, media in _SHEETS[self.theme])


STANDARD = Looks()


def sheet_address(name: str, *, right_to_left: bool) -> str:
    """Where a style sheet of the given name is had, for one of the two directions."""
    return resources.static_address(f"{name}-rtl.css" if right_to_left else f"{name}.css")


def read_looks(cookie: str | None) -> Looks:
    """The settings that a cookie says; what it does not say, or says in words that are not ours, is as for everyone."""
    return looks_of((cookie or "")[:LONGEST_COOKIE].split("."))


def write_looks(looks: Looks) -> str:
    """What to put into the cookie; '' where nothing was changed."""
    return ".".join(looks.changed)


def looks_of(values: list[str]) -> Looks:
    """The settings among these words; of two for the same setting the first."""
    return Looks(
        text=_pick(Text, values),
        space=_pick(Space, values),
        theme=_pick(Theme, values),
        width=_pick(Width, values),
        motion=_pick(Motion, values),
        sound=_pick(Sound, values),
    )


def _pick(kind: type[Kind], values: list[str]) -> Kind:
    known = {str(value): value for value in kind}
    return next((known[value] for value in values if value in known), next(iter(kind)))
