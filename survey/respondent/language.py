"""Changing the language, on any page, without losing what was typed."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from flask_babel import refresh
from werkzeug.wrappers import Response

from survey.respondent.site import current_site

blueprint = Blueprint("language", __name__)


@blueprint.get("/language/<locale>")
def choose_language(locale: str) -> Response:
    """Change the language by a link, and go back to the page it stood on."""
    _set_locale(locale)
    return redirect(local_address(request.args.get("to")), 303)


def switch_language() -> bool:
    """Whether the form was sent by a language button; from then on the request speaks the new language."""
    wanted = request.form.get("switch")
    return wanted is not None and _set_locale(wanted)


def select_locale() -> str:
    """The language of the request: the one chosen, else one the browser asks for."""
    accepted = [str(tag) for tag in request.accept_languages.values()]
    return current_site().languages.choose(session.get("locale"), accepted)


def local_address(address: str | None) -> str:
    """An address of this site, and `/` for anything that would lead elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return "/"
    return address


def _set_locale(locale: str) -> bool:
    if locale not in current_site().languages.locales:
        return False
    session["locale"] = locale
    refresh()
    return True
