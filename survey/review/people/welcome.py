"""What a page reminds somebody new of: kindly, and not on the pages where they are just doing it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from survey.coproduction.people import Person
from survey.respondent.site import current_site
from survey.store.group.newcomers import FirstStep, first_steps

_NOT_ON = ("/review/me", "/review/group/conduct")


def steps_to_show(person: Person | None) -> Sequence[FirstStep]:
    """What the person has still to do; nothing for whoever has no seat."""
    if person is None or person.seat is None or request.path.startswith(_NOT_ON):
        return ()
    return first_steps(current_site().store, person.id)
