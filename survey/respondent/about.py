"""Pages beside the survey: privacy, accessibility, help; and a sign of life for those who watch the server."""

from __future__ import annotations

from flask import Blueprint

from survey.respondent.pages import draw_page, visited_edition

blueprint = Blueprint("about", __name__)


@blueprint.get("/privacy")
def show_privacy() -> str:
    """What happens to answers, as it is now."""
    return _draw("respondent/privacy.html")


@blueprint.get("/accessibility")
def show_accessibility() -> str:
    """How the site can be used, and what is not good yet."""
    return _draw("respondent/accessibility.html")


@blueprint.get("/help")
def show_help() -> str:
    """Whom to ask, other ways to answer, what to do in danger."""
    return _draw("respondent/help.html")


@blueprint.get("/healthz")
def show_health() -> tuple[str, int, dict[str, str]]:
    """A sign of life."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


def _draw(template: str) -> str:
    return draw_page(template, visited_edition())
