"""What people said in their own words, as downloads: themes, and quotes."""

from __future__ import annotations

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.downloads.sheet import Sheet
from dashboard.views.words import show_words
from dashboard.words import _


def list_words(releases: Releases, address: Address) -> tuple[Sheet, ...]:
    """A row for each theme, and one for each quote. Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    view = show_words(releases, address)
    asked = (view.voice.item, view.voice.text) if view.voice else ("", "")
    base = view.voice.base if view.voice else None
    themes = tuple(
        (*asked, theme.code, theme.label, theme.meaning, base, theme.share, theme.band) for theme in view.themes
    )
    quotes = tuple((*asked, theme.code, theme.label, words) for theme in view.themes for words in theme.quotes)
    about = ("item", "question", "theme", "theme_name")
    return (
        Sheet(
            view.setting,
            "themes",
            _("Themes of what people wrote"),
            (*about, "meaning", "base", "share", "band"),
            themes,
        ),
        Sheet(view.setting, "quotes", _("Quotes that were approved"), (*about, "quote"), quotes),
    )
