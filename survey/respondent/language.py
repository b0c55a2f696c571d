"""Changing the language or the format, on any page, without losing what was typed."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from survey.respondent.site import change_format, change_locale

blueprint = Blueprint("language", __name__)

CAME_BACK = "comfort"
"""The field that a form has which was taken along to the comfort settings and brought back."""


@blueprint.get("/language/<locale>")
def choose_language(locale: str) -> Response:
    """Change the language by a link, and go back to the page it stood on."""
    change_locale(locale)
    return redirect(local_address(request.args.get("to")), 303)


@blueprint.get("/format/<name>")
def choose_format(name: str) -> Response:
    """Change the format by a link, and go back to the page it stood on."""
    change_format(name)
    return redirect(local_address(request.args.get("to")), 303)


def switch_language() -> bool:
    """Whether the form was sent to see the page in other words or looks; from then on the request is in them.

    It is sent by a button for a language or format, or a second time on the way back from the comfort settings.
    """
    return press_switch() or CAME_BACK in request.form


def press_switch() -> bool:
    """Whether the form was sent by a button for a language or format; from then on the request is in the new one."""
    language, format = request.form.get("switch"), request.form.get("format")
    switched = language is not None and change_locale(language)
    return (format is not None and change_format(format)) or switched


def local_address(address: str | None) -> str:
    """An address of this site, and `/` for anything that would lead elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return "/"
    return address
