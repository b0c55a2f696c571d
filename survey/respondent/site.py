"""What the views work with, handed over once by `create_app`: settings, store, languages, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from flask_babel import get_locale

from survey.config import Config
from survey.i18n import SOURCE_LOCALE, Languages
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
    """The locale of this request."""
    return str(get_locale() or SOURCE_LOCALE)
