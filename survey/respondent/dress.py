"""What a page wears: the classes, style sheets and the button to listen that a person's comfort settings ask for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from markupsafe import Markup

from survey import resources
from survey.i18n import gettext, language
from survey.looks import COOKIE, Looks, read_looks
from survey.respondent.site import interface_locale
from survey.respondent.slots import text_slot


@dataclass(frozen=True)
class Dress:
    """The three places of a page that depend on comfort settings, as HTML; all are empty for most people."""

    root: Markup
    """The attribute of the root element."""
    head: Markup
    """Style sheets and scripts."""
    listen: Markup
    """What stands above the main part."""


IN_SLOTS = Dress(text_slot("dress-root"), text_slot("dress-head"), text_slot("dress-listen"))
"""For a page that is drawn once for everybody."""
PLAIN = Dress(Markup(), Markup(), Markup())


def current_looks() -> Looks:
    """The comfort settings of who sends the request."""
    return read_looks(request.cookies.get(COOKIE))


def current_dress() -> Dress:
    """What the page wears that answers this request."""
    looks = current_looks()
    return PLAIN if not looks.changed else dress_for(looks)


def dress_for(looks: Looks) -> Dress:
    """What a page in the request's language wears for these settings."""
    root, sheet = Markup(' class="{}"'), Markup('<link rel="stylesheet" href="{}" media="{}" data-app-theme>')
    is_right_to_left = language(interface_locale()).direction == "rtl"
    head = Markup("\n  ").join(sheet.format(*each) for each in looks.sheets(right_to_left=is_right_to_left))
    if not looks.is_read_aloud:
        return Dress(root.format(looks.classes), head, Markup())
    script = Markup('<script type="module" src="{}"></script>').format(resources.static_address("listening.js"))
    listen = current_app.jinja_env.get_template("respondent/listen.html").render(_=gettext)
    return Dress(root.format(looks.classes), head + script, Markup(listen))  # noqa: S704 - a template of ours


def dress_texts() -> dict[str, str]:
    """What goes into the slots of a page that is drawn once."""
    dress = current_dress()
    return {"dress-root": dress.root, "dress-head": dress.head, "dress-listen": dress.listen}
