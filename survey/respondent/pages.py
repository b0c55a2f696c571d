"""Drawing pages: the frame that every page needs, and the survey a page belongs to."""

from __future__ import annotations

from typing import Any

from flask import current_app

from survey.adjudication.gate import ADJUDICATED, MACHINE_DRAFT, Terms, is_written_in_latin
from survey.i18n import EASY_READ, INTERFACE, gettext, language
from survey.offering import Offering
from survey.questionnaire.model import Format
from survey.respondent.dress import current_dress
from survey.respondent.edition import Edition
from survey.respondent.offered import offering_of
from survey.respondent.preview import BrokenDraft, current_preview
from survey.respondent.site import current_format, current_locale, current_offering, current_site, interface_locale
from survey.respondent.visit import current_visit
from survey.store.waves import find_wave, list_waves

JUST_STANDARD = Offering({}, {Format.STANDARD: ADJUDICATED})


def draw_page(template: str, edition: Edition | None, **context: Any) -> str:
    """A page in the request's language, inside the frame of the survey it belongs to."""
    return current_app.jinja_env.get_template(template).render(frame(edition), **context)


def frame(edition: Edition | None) -> dict[str, Any]:
    """What base.html needs; `edition` is None for a page that belongs to no survey."""
    site, offering = current_site(), current_offering()
    locale, chosen = current_locale(), current_format()
    beside = None if edition is None or offering is not None else offering_of(edition)
    return {
        "edition": edition,
        "service_name": _service_name(edition, locale),
        "language": language(interface_locale()),
        "locale": locale,
        "languages": site.languages.offered if offering is None else tuple(map(language, offering.languages)),
        "format": chosen,
        "formats": tuple((offering or beside or JUST_STANDARD).formats),
        "language_terms": _machine_draft(locale) if offering is None else offering.languages[locale],
        "format_terms": _terms_beside(chosen) if offering is None else offering.formats[chosen],
        "is_in_latin": is_written_in_latin,
        "dress": current_dress(),
    }


def _machine_draft(locale: str) -> Terms:
    """On what terms a page that belongs to no survey speaks a language."""
    return MACHINE_DRAFT if current_site().languages.catalogue(INTERFACE, locale).machine_draft else ADJUDICATED


def _terms_beside(format: Format) -> Terms:
    """Beside a survey only Easy Read has words of its own."""
    return _machine_draft(EASY_READ) if format is Format.EASYREAD else ADJUDICATED


def open_editions() -> list[Edition]:
    """What can be answered by anyone now, the newest first."""
    site = current_site()
    waves = [wave for wave in list_waves(site.store) if wave.is_open and wave.open_link]
    return [site.editions.of_wave(wave) for wave in reversed(waves)]


def visited_edition() -> Edition | None:
    """What this browser is answering, else the newest that anyone can: for pages that stand beside the survey."""
    try:
        if (preview := current_preview()) is not None:
            return preview.edition
    except BrokenDraft:
        return None
    site, visit = current_site(), current_visit()
    wave = find_wave(site.store, visit.wave) if visit else None
    if wave is not None:
        return site.editions.of_wave(wave)
    return next(iter(open_editions()), None)


def _service_name(edition: Edition | None, locale: str) -> object:
    if edition is None:
        return gettext("Personal health budget survey")
    return edition.title(locale)
