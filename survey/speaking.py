"""Pages and code in the language of a request: gettext from memory, and what falls back to English says so."""

from __future__ import annotations

from collections.abc import Callable

from babel.support import NullTranslations
from flask import Flask
from flask_babel import Babel, Domain, get_locale

from survey.i18n import INTERFACE, SOURCE_LOCALE, Catalogue, Languages


class InterfaceDomain(Domain):  # type: ignore[misc]
    """Flask-Babel's domain, with catalogues from memory instead of compiled files."""

    def __init__(self, languages: Languages) -> None:
        super().__init__(domain=INTERFACE)
        self._languages = languages

    def get_translations(self) -> NullTranslations:
        """The translations of the request's language."""
        return self._catalogue().translations

    def _catalogue(self) -> Catalogue:
        return self._languages.around(str(get_locale() or SOURCE_LOCALE))

    def marked_gettext(self, source: str) -> str:
        """For templates: the translation, or the English in a span that says it is English."""
        catalogue = self._catalogue()
        if source in catalogue:
            return str(catalogue.translations.ugettext(source))
        return _in_english(source)

    def marked_ngettext(self, singular: str, plural: str, number: int) -> str:
        """For templates: the right plural form, or the English one in a span that says it is English."""
        catalogue = self._catalogue()
        text = str(catalogue.translations.ungettext(singular, plural, number))
        return text if singular in catalogue else _in_english(text)


def _in_english(html: str) -> str:
    return f'<span lang="{SOURCE_LOCALE}" dir="ltr">{html}</span>'


def init_babel(app: Flask, languages: Languages, select_locale: Callable[[], str]) -> None:
    """Make `_()` in code and templates speak the language that `select_locale` gives for a request."""
    babel = Babel(app, locale_selector=select_locale)
    domain = InterfaceDomain(languages)
    babel.domain_instance = domain
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=domain.marked_gettext, ngettext=domain.marked_ngettext, newstyle=True
    )
