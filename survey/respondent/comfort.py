"""The page of comfort settings. It takes along what was typed where somebody came from, and brings it back."""

from __future__ import annotations

import json
from collections.abc import Mapping

from flask import Blueprint, redirect, request
from markupsafe import escape
from werkzeug.wrappers import Response

from survey.i18n import gettext, language
from survey.looks import COOKIE, YEAR, Looks, Motion, Sound, Space, Text, Theme, Width, looks_of, write_looks
from survey.respondent.dress import current_looks, dress_for
from survey.respondent.language import CAME_BACK, local_address, press_switch
from survey.respondent.pages import draw_page
from survey.respondent.site import current_site, interface_locale

blueprint = Blueprint("comfort", __name__)

SETTINGS = "looks-"
"""What the names of the settings' fields begin with."""
OWN_FIELDS = frozenset({CAME_BACK, "to", "switch", "format", "action"})
"""Fields that are not what somebody typed elsewhere."""


@blueprint.get("/comfort")
def show_comfort() -> str:
    """The settings as they are."""
    return _draw(current_looks(), local_address(request.args.get("to")))


@blueprint.post("/comfort")
def choose_comfort() -> str | Response:
    """Open the settings from a form, or keep them and go back; what was typed in that form comes back too.

    No token is asked for: a stranger could at most make somebody's words larger.
    """
    asked = request.form.getlist(CAME_BACK)
    to = local_address(request.args.get("to") or request.form.get("to"))
    if "open" in asked:
        return _draw(current_looks(), to)
    chosen = looks_of([value for name, value in request.form.items() if name.startswith(SETTINGS)])
    if press_switch():
        return _draw(chosen, to)
    carried = _carried()
    reply = redirect(to, 307 if carried else 303)  # 307: the browser sends the form again, to the page it came from
    keep_looks(reply, Looks() if "reset" in asked else chosen)
    return reply


def keep_looks(reply: Response, looks: Looks) -> None:
    """Keep settings in the browser; what is as for everyone needs no cookie."""
    secure = current_site().config.url.startswith("https:")
    if looks.changed:
        reply.set_cookie(COOKIE, write_looks(looks), max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        reply.delete_cookie(COOKIE, secure=secure, httponly=True, samesite="Lax")


def _carried() -> list[tuple[str, str]]:
    """What was typed on the page that somebody came from, and what that page needs to take it."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in OWN_FIELDS and not name.startswith(SETTINGS)
    ]


def _draw(looks: Looks, to: str) -> str:
    return draw_page(
        "respondent/comfort.html",
        None,
        dress=dress_for(looks),
        on_comfort=True,
        to=to,
        carried=_carried(),
        settings=[
            {"name": f"{SETTINGS}{name}", "legend": legend, "options": [_option(*each, chosen) for each in options]}
            for name, legend, chosen, options in _settings(looks)
        ],
    )


def _settings(looks: Looks) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """What there is to choose: its name, its words, what is chosen, and each value with its words."""
    standard = gettext("As usual")
    return [
        (
            "text",
            gettext("Size of the words"),
            looks.text,
            [
                (Text.STANDARD, standard),
                (Text.LARGE, gettext("Larger")),
                (Text.LARGER, gettext("Much larger")),
                (Text.LARGEST, gettext("Twice as large")),
            ],
        ),
        (
            "space",
            gettext("Space between letters, words and lines"),
            looks.space,
            [(Space.STANDARD, standard), (Space.WIDE, gettext("Wide")), (Space.WIDEST, gettext("Very wide"))],
        ),
        (
            "theme",
            gettext("Colours"),
            looks.theme,
            [
                (Theme.LIGHT, gettext("Dark words on light")),
                (Theme.DARK, gettext("Light words on dark")),
                (Theme.CONTRAST, gettext("Yellow words on black")),
                (Theme.DEVICE, gettext("As my device says")),
            ],
        ),
        (
            "width",
            gettext("Length of the lines"),
            looks.width,
            [(Width.STANDARD, standard), (Width.SHORT, gettext("Short"))],
        ),
        (
            "motion",
            gettext("Movement"),
            looks.motion,
            [(Motion.STANDARD, standard), (Motion.NONE, gettext("Nothing moves"))],
        ),
        (
            "sound",
            gettext("Read aloud"),
            looks.sound,
            [(Sound.NONE, standard), (Sound.ALOUD, gettext("A button on every page that reads the page to me"))],
        ),
    ]


def _option(value: str, words: str, chosen: str) -> dict[str, object]:
    sheets = _sheets().get(value)
    attributes = {} if sheets is None else {"data-app-sheets": sheets}
    return {"value": str(value), "html": escape(words), "checked": value == chosen, "attributes": attributes}


def _sheets() -> Mapping[str, str]:
    """For the script of the page: which style sheets each theme needs."""
    is_right_to_left = language(interface_locale()).direction == "rtl"
    return {
        str(theme): json.dumps(Looks(theme=theme).sheets(right_to_left=is_right_to_left))
        for theme in Theme
        if theme is not Theme.LIGHT
    }
