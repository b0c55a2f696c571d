"""Giving respondents what was decided at once: the file is written, the languages read anew, the pages redrawn."""

from __future__ import annotations

import logging

from survey.po_files import CatalogueError
from survey.respondent.site import current_site
from survey.review.translating.files import decided_here, template_of
from survey.translations.overlay import write_decided

_log = logging.getLogger(__name__)


def serve_decided(locale: str, catalogue: str) -> bool:
    """Write what was decided in a catalogue and serve it; False where it could not be written, which the log says.

    The decision itself is in the store by then, and the next one writes the whole file again.
    """
    site = current_site()
    try:
        write_decided(site.store, decided_here(), locale, catalogue, template_of(catalogue))
    except (OSError, CatalogueError) as error:
        _log.error("What was decided for %s in %s is not served yet: %s", catalogue, locale, error)
        return False
    site.languages.read_again()
    site.editions.forget_drawings()
    return True
