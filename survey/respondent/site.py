"""What the views work with, handed over once by `create_app`: settings, store, languages, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app, g, request, session
from flask_babel import refresh

from survey.config import Config
from survey.i18n import Languages
from survey.respondent.edition import Editions
from survey.store.connect import Store

_KEY = "survey"


@dataclass(frozen=True)
class Site:
    """One running survey site."""

    config: Config
    store: Store
    languages: Languages
    editions: Editions
    now: Callable[[], datetime]


def install_site(app: Flask, site: Site) -> None:
    """Give the application its site."""
    app.extensions[_KEY] = site


def current_site() -> Site:
    """The site of this request."""
    site: Site = current_app.extensions[_KEY]
    return site


def current_locale() -> str:
    """The locale of this request: the one the person chose, else one that the browser asks for."""
    locale: str | None = g.get("locale")
    if locale is None:
        accepted = [str(tag) for tag in request.accept_languages.values()]
        locale = g.locale = current_site().languages.choose(session.get("locale"), accepted)
    return locale


def change_locale(locale: str) -> bool:
    """Speak another language from now on, in this request and later ones; False where it is not offered."""
    if locale not in current_site().languages.locales:
        return False
    session["locale"] = g.locale = locale
    refresh()
    return True
