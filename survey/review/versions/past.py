"""All versions of a questionnaire, and the life of one question over them."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from survey.coproduction.lineage import Kept
from survey.questionnaire.in_words import wording
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.versions.life import tell_life
from survey.review.versions.made import changes_between
from survey.store.group.versions import kept_versions

past = Blueprint("past", __name__)


@past.get("/versions/<questionnaire>")
def show_all(questionnaire: str) -> Answer:
    """Every version, the newest first, each with what is different from the one it was made from."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    kept = _seen_by(guest, kept_versions(current_site().store, questionnaire))
    if not kept:
        abort(404)
    rows = [(each, before, changes_between(before.questionnaire, each.questionnaire)) for before, each in _pairs(kept)]
    return render_template("review/versions/all.html", rows=[*reversed(rows)], first=kept[0])


def _pairs(kept: tuple[Kept, ...]) -> list[tuple[Kept, Kept]]:
    """Each version but the first with the one that it was made from."""
    found = []
    for number, each in enumerate(kept[1:], start=1):
        read = {round_.version for round_ in each.made_in}
        earlier = [one for one in kept[:number] if read & one.hashes]
        found.append((earlier[-1] if earlier else kept[number - 1], each))
    return found


@past.get("/questions/<questionnaire>/<item>")
def show_life(questionnaire: str, item: str) -> Answer:
    """A question's biography."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    kept = _seen_by(guest, kept_versions(current_site().store, questionnaire))
    life = tell_life(current_site().store, kept, item)
    if life is None:
        abort(404)
    return render_template("review/versions/biography.html", life=life, wording=wording)


def _seen_by(guest: Guest, kept: tuple[Kept, ...]) -> tuple[Kept, ...]:
    """What nobody but a facilitator has seen yet is left out: versions that only a round in preparation looks at."""
    if guest.person.may_facilitate:
        return kept
    return tuple(
        each
        for each in kept
        if each.made_in or each.waves or any(round_.opened_at is not None for round_ in each.read_in)
    )
