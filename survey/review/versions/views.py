"""From decision to question: the review of a round is closed, and its new version shown."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for

from survey.coproduction.going_live import can_retire, can_translate
from survey.coproduction.lineage import Kept, Standing
from survey.coproduction.proposing import check_proposing
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import TRANSITIONS, Act, Round, State
from survey.coproduction.suggestions import Fate
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.reasons import explain
from survey.review.versions.finding import deed_in, find, runs_rounds
from survey.review.versions.languages import languages_of
from survey.review.versions.made import causes_of, changes_between
from survey.store.group.decisions import decisions_of
from survey.store.group.going_live import went_live
from survey.store.group.proposing import left_open_in, next_draft_in, propose
from survey.store.group.rounds import round_of
from survey.store.group.versions import kept_versions
from survey.store.versions import load_version

versions = Blueprint("versions", __name__)


# --- Closing the review --------------------------------------------------------------


@versions.get("/rounds/<int:number>/propose")
def look_before_closing(number: int) -> Answer:
    """What is not settled yet, and what the new version would be."""
    guest = admit(if_=runs_rounds)
    if not isinstance(guest, Guest):
        return guest
    return _closing_page(guest, find(guest, number))


@versions.post("/rounds/<int:number>/propose")
def close(number: int) -> Answer:
    """Close the review, make the new version, and open the vote on it."""
    guest = admit(if_=runs_rounds)
    if not isinstance(guest, Guest):
        return guest
    round_, site = find(guest, number), current_site()
    try:
        propose(site.store, deed_in(guest, "close review", round_), guest.person, round_.id, site.today())
    except Refused as refused:
        return _closing_page(guest, find(guest, number), refused), 409
    flash(gettext("The review is closed, and the new version is made. Now the group votes on it."))
    return redirect(url_for("review.versions.show_new", number=round_.id), 303)


def _closing_page(guest: Guest, round_: Round, refused: Refused | None = None) -> str:
    site = current_site()
    if (round_.state, Act.PROPOSE) not in TRANSITIONS:
        reasons = explain(refused) if refused else [gettext("The review of this round is not open.")]
        return render_template("review/versions/propose.html", round=round_, reasons=reasons, left=None, changes=None)
    with site.store.as_of_now() as cursor:
        current = round_of(cursor, round_.id)
        left = left_open_in(cursor, round_.id)
        made = next_draft_in(cursor, current)
    try:
        check_proposing(current, guest.person, left, site.today())
        reasons = []
    except Refused as not_yet:
        reasons = explain(not_yet)
    causes = causes_of(site.store, [current.id])
    applied = [each for each in causes if each.suggestion.id in made.applied]
    changes = changes_between(load_version(site.store, current.version), made.questionnaire, applied)
    return render_template(
        "review/versions/propose.html",
        round=current,
        reasons=reasons,
        left=left,
        changes=changes,
        overtaken=[each for each in causes if each.suggestion.id in made.overtaken],
        new=made.questionnaire,
    )


# --- The new version -----------------------------------------------------------------


@versions.get("/rounds/<int:number>/new-version")
def show_new(number: int) -> Answer:
    """What came of a round: the difference, who asked for it, and what it means for results and translations."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    round_, store = find(guest, number), current_site().store
    if not round_.new_version:
        return render_template("review/versions/none_yet.html", round=round_)
    old, new = load_version(store, round_.version), load_version(store, round_.new_version)
    causes = causes_of(store, [round_.id])
    before = _agreed_before(round_) if round_.state is State.STANDS else None
    return render_template(
        "review/versions/new_version.html",
        round=round_,
        new=new,
        changes=changes_between(old, new, [each for each in causes if each.suggestion.fate is Fate.AGREED]),
        overtaken=[each for each in causes if each.suggestion.fate is Fate.OVERTAKEN],
        whole=next((each for each in decisions_of(store, round_.id) if each.suggestion is None), None),
        translated=languages_of(current_site().languages, old, new),
        standing=before,
        went_live=went_live(store, round_.id),
        may_translate=can_translate(round_, guest.person),
        may_go_live=guest.person.may_facilitate and (round_.state, Act.GO_LIVE) in TRANSITIONS,
        may_retire=can_retire(round_, guest.person),
    )


def _agreed_before(round_: Round) -> Kept | None:
    """The version that stands where a round came to nothing."""
    kept = kept_versions(current_site().store, round_.questionnaire)
    ended = round_.ended_at or current_site().now()
    agreed = [each for each in kept if each.standing not in _NEVER_AGREED and each.since <= ended]
    return agreed[-1] if agreed else None


_NEVER_AGREED = frozenset({Standing.DRAFT, Standing.IN_REVIEW, Standing.PROPOSED, Standing.NOT_AGREED})
