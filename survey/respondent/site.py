"""What the views work with, handed over once by `create_app`: settings, store, languages, the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from flask import Flask, current_app, g, request, session
from flask_babel import refresh

from survey.config import Config
from survey.dates import ENGLAND
from survey.i18n import EASY_READ, SOURCE_LOCALE, Languages
from survey.language_tags import accepted_tags
from survey.questionnaire.model import Format
from survey.store.connect import Store
from survey.store.postcodes import PostcodeFile

if TYPE_CHECKING:
    from survey.offering import Offering
    from survey.respondent.editions import Editions  # it holds forms, whose fields ask for the site

_KEY = "survey"


@dataclass(frozen=True)
class Site:
    """One running survey site."""

    config: Config
    store: Store
    languages: Languages
    editions: Editions
    now: Callable[[], datetime]
    sees_drafts: Callable[[], bool]
    """Whether who sends the request may see what the group has not agreed yet."""
    is_signed_in: Callable[[], bool]
    """Whether who sends the request is one of the group, of the translators or of the staff."""
    public_waves: Callable[[], Collection[str]]
    """The waves whose results everyone may see."""
    next_public_day: Callable[[], date | None]
    """The next day on which the results of a wave become public; None where none is declared."""

    @cached_property
    def postcodes(self) -> PostcodeFile:
        """Where areas are found by postcode."""
        return PostcodeFile(self.config.data)

    def today(self) -> date:
        """The day it is in England."""
        return self.now().astimezone(ENGLAND).date()


def install_site(app: Flask, site: Site) -> None:
    """Give the application its site."""
    app.extensions[_KEY] = site


def current_site() -> Site:
    """The site of this request."""
    site: Site = current_app.extensions[_KEY]
    return site


def use_offering(offering: Offering) -> None:
    """Answer this request in what the wave offers that it belongs to; what the person chose stays in the cookie."""
    if current_offering() is not offering:
        g.offering = offering
        g.pop("locale", None)
        refresh()


def current_offering() -> Offering | None:
    """What the wave offers that the request belongs to; None for a page that belongs to no survey."""
    offering: Offering | None = g.get("offering")
    return offering


def current_locale() -> str:
    """The locale of this request: the one the person chose, else one that the browser asks for.

    In a survey only what its wave offers; on pages that belong to none every language of the interface.
    """
    locale: str | None = g.get("locale")
    if locale is None:
        languages, offering = current_site().languages, current_offering()
        accepted = accepted_tags(request.headers.get("Accept-Language", ""))
        among = languages.locales if offering is None else offering.languages
        locale = g.locale = languages.choose(session.get("locale"), accepted, among)
    return locale


def change_locale(locale: str) -> bool:
    """Speak another language from now on, in this request and later ones; False where it is not offered."""
    offering = current_offering()
    if locale not in (current_site().languages.locales if offering is None else offering.languages):
        return False
    session["locale"] = g.locale = locale
    refresh()
    return True


def current_format() -> Format:
    """The format the person chose, if it is offered. What has no such format is shown to them in the standard one."""
    chosen, offering = g.get("format") or session.get("format"), current_offering()
    if chosen not in list(Format) or (offering is not None and chosen not in offering.formats):
        return Format.STANDARD
    return Format(chosen)


def change_format(name: str) -> bool:
    """Show questions in another format from now on; False for a format that is not offered."""
    offering = current_offering()
    if name not in (list(Format) if offering is None else offering.formats):
        return False
    session["format"] = str(name)
    refresh()
    return True


def look_as(locale: str, format: Format) -> None:
    """Answer this request alone in an offered language and in a format; what the person chose stays."""
    g.locale, g.format = locale, format
    refresh()


def interface_locale() -> str:
    """The locale of what is around the questions: in English, Easy Read has words of its own."""
    locale = current_locale()
    return EASY_READ if locale == SOURCE_LOCALE and current_format() is Format.EASYREAD else locale
