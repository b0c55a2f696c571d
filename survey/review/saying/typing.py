"""Keeping what somebody types before they send it: as they type, on leaving, or with a button."""

from __future__ import annotations

from flask import abort, flash, jsonify, redirect, render_template, request

from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit
from survey.review.saying.sheets import MOST_TYPED, Sheet, fields_sent, place_sent, say_kept, window_sent
from survey.store.group.typed import drop_typed, keep_typed


def keep() -> Answer:
    """Keep what is typed. The script is told when, and what other windows keep; a button leads back to the page."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    place, fields = place_sent(), fields_sent()
    if place is None:
        abort(404)
    if sum(map(len, fields.values())) > MOST_TYPED:
        abort(413)
    now, window = current_site().now(), window_sent()
    others = keep_typed(current_site().store, guest.account.id, place, window, fields, now)
    if request.form.get("typed_by") == "script":
        shown = render_template("review/saying/others.html", sheet=Sheet(place, window.name, others=others))
        return jsonify(saved=say_kept(now), others=shown)
    flash(gettext("This is kept for you. Nobody else is shown it. You can go on at any time."))
    return redirect(f"{place}#say", 303)


def throw_away() -> Answer:
    """Throw away what was kept from a window."""
    guest = admit()
    if not isinstance(guest, Guest):
        return guest
    place = place_sent()
    if place is None:
        abort(404)
    drop_typed(current_site().store, guest.account.id, place, window_sent())
    flash(gettext("What you had typed is thrown away."))
    return redirect(f"{place}#say", 303)


ROUTES = (
    ("/typed", ("POST",), keep),
    ("/typed/throw-away", ("POST",), throw_away),
)
