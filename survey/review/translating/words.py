"""The words for how far a string is, for what somebody can do with it, and for the catalogues."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from survey.i18n import INTERFACE, RESULTS, WORKSPACE
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.stages import Stage

STAGES: Mapping[Stage, object] = {
    Stage.MISSING: _l("Not translated yet"),
    Stage.STALE: _l("The English has changed"),
    Stage.MACHINE: _l("Made by a computer"),
    Stage.DRAFTED: _l("Drafted"),
    Stage.REVIEWED: _l("Reviewed"),
    Stage.ADJUDICATED: _l("Decided"),
    Stage.PRETESTED: _l("Decided and tried out"),
}
"""In the order of the work."""

CATALOGUES: Mapping[str, object] = {
    INTERFACE: _l("What stands around the questions"),
    RESULTS: _l("The public results"),
    WORKSPACE: _l("The pages of group and staff"),
}
"""Those of pages; one of a questionnaire is called by its title."""


def catalogue_title(name: str, questionnaire: Questionnaire | None) -> object:
    """What a catalogue is called; the title of a questionnaire is in its own language."""
    return CATALOGUES.get(name, name) if questionnaire is None else questionnaire.title
