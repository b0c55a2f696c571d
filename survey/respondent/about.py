"""Pages beside the survey: privacy, accessibility, help; and a sign of life for those who watch the server."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal
from flask import Blueprint
from markupsafe import Markup

from survey import resources
from survey.i18n import SOURCE_LOCALE, gettext, language
from survey.offering import language_standings
from survey.respondent.edition import Edition
from survey.respondent.pages import draw_page, visited_edition
from survey.respondent.site import current_locale, current_site
from survey.respondent.statement import load_statement
from survey.speaking import say_date
from survey.store.translating.credits import credits_of

blueprint = Blueprint("about", __name__)


@blueprint.get("/privacy")
def show_privacy() -> str:
    """What happens to answers, as it is now."""
    return _draw("respondent/privacy.html")


@blueprint.get("/accessibility")
def show_accessibility() -> str:
    """How the site can be used, what a program found, what is not good yet, and who has tried it."""
    locale = current_locale()
    statement = load_statement(resources.ACCESSIBILITY)
    edition = visited_edition()
    translated = [each for each in current_site().languages.offered if not each.is_source]
    return draw_page(
        "respondent/accessibility.html",
        edition,
        statement=statement,
        checked=_count_checked(edition),
        translated=len(translated),
        translators=_names_of(credits_of(current_site().store, locale)),
        names=_ways_of_looking(),
        english=language(SOURCE_LOCALE),
        write_number=lambda number: format_decimal(number, locale=locale),
        write_day=lambda day: say_date(day, locale),
    )


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


def _names_of(people: Sequence[str]) -> Markup:
    return Markup(", ").join(Markup("<bdi>{}</bdi>").format(name) for name in people)


def _count_checked(edition: Edition | None) -> int:
    """In how many languages beside English people have agreed on every word: round the questions, and of the survey."""
    standings = language_standings(current_site().languages, edition.questionnaire if edition else None)
    return sum(each.is_agreed for each in standings if each.name != SOURCE_LOCALE)


def _ways_of_looking() -> dict[str, str]:
    """The circumstances of the evidence as people would say them."""
    return {
        "desktop": gettext("On an ordinary screen"),
        "320 pixels": gettext("On a small phone"),
        "400% zoom": gettext("Four times as large"),
        "text spacing": gettext("With more space between the words"),
        "text spacing at 320 pixels": gettext("On a small phone, with more space between the words"),
        "forced colours": gettext("Only in your own colours"),
    }
