"""Drawing pages: the frame every page needs, and pages of questions, drawn once and filled for each person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import current_app, get_flashed_messages, request
from markupsafe import Markup
from wtforms import Field

from survey.i18n import INTERFACE, gettext, language
from survey.questionnaire.answers import Answers
from survey.respondent.edition import Edition, ShellKey
from survey.respondent.forms import Entered, PageForm, as_entered
from survey.respondent.journey import Journey
from survey.respondent.shells import Shell
from survey.respondent.site import current_locale, current_site
from survey.respondent.tokens import form_token
from survey.respondent.visit import current_visit
from survey.respondent.wording import Wording
from survey.store.waves import find_wave, list_waves

FROM_CHECK = "check"
"""In the address of a page that was opened from the check page."""

Problems = Sequence[tuple[Field, str]]


def draw_page(template: str, edition: Edition | None, **context: Any) -> str:
    """A page in the request's language, inside the frame of the survey it belongs to."""
    return current_app.jinja_env.get_template(template).render(frame(edition), **context)


def frame(edition: Edition | None) -> dict[str, Any]:
    """What base.html needs; `edition` is None for a page that belongs to no survey."""
    site = current_site()
    locale = current_locale()
    catalogues = [site.languages.catalogue(INTERFACE, locale)]
    if edition is not None:
        catalogues.append(site.languages.catalogue(edition.questionnaire.id, locale))
    return {
        "edition": edition,
        "service_name": _service_name(edition, locale),
        "language": language(locale),
        "languages": site.languages.offered,
        "machine_draft": any(catalogue.machine_draft for catalogue in catalogues),
    }


def open_editions() -> list[Edition]:
    """What can be answered by anyone now, the newest first."""
    site = current_site()
    waves = [wave for wave in list_waves(site.store) if wave.is_open and wave.open_link]
    return [site.editions.of_wave(wave) for wave in reversed(waves)]


def visited_edition() -> Edition | None:
    """What this browser is answering, else the newest that anyone can: for pages that stand beside the survey."""
    site, visit = current_site(), current_visit()
    wave = find_wave(site.store, visit.wave) if visit else None
    if wave is not None:
        return site.editions.of_wave(wave)
    return next(iter(open_editions()), None)


def _service_name(edition: Edition | None, locale: str) -> object:
    if edition is None:
        return gettext("Personal health budget survey")
    return current_site().editions.title(edition, locale)


# --- Pages of questions ---------------------------------------------------------


def wording_of(journey: Journey) -> Wording:
    """How this person reads the questions."""
    questionnaire = journey.edition.questionnaire.id
    return current_site().editions.wording(questionnaire, current_locale(), journey.path.answering)


def draw_question(
    journey: Journey,
    page_id: str,
    entered: Entered | None = None,
    *,
    form: PageForm | None = None,
    problems: Problems = (),
    notice: str = "",
) -> str:
    """A page of questions with what was saved, or with what was typed and what is wrong with it."""
    if entered is None:
        saved: Answers = journey.pages.get(page_id, {})
        entered = as_entered(saved)
    shell = _draw_shell(journey, page_id, form, problems) if form and problems else _kept_shell(journey, page_id)
    number, total = journey.edition.section_place(journey.path, page_id)
    notices = [text for text in (notice, *map(str, get_flashed_messages())) if text]
    texts = {
        "csrf_token": form_token(),
        "number": str(number),
        "total": str(total),
        "back": _page_before(journey, page_id),
        "query": f"?from={FROM_CHECK}" if came_from_check() else "",
        "notice": "".join(_notice(text) for text in notices),
    }
    return shell.fill(texts, entered)


def came_from_check() -> bool:
    """Whether the person is changing an answer they saw on the check page."""
    return request.args.get("from") == FROM_CHECK


def _kept_shell(journey: Journey, page_id: str) -> Shell:
    key = ShellKey(page_id, current_locale(), journey.path.answering, journey.state is not None)
    shells = journey.edition.shells
    shell = shells.get(key)
    if shell is None:
        form = journey.edition.form(page_id, wording_of(journey))()
        shell = shells[key] = _draw_shell(journey, page_id, form, ())
    return shell


def _draw_shell(journey: Journey, page_id: str, form: PageForm, problems: Problems) -> Shell:
    edition = journey.edition
    placed = edition.page(page_id)
    wording = wording_of(journey)
    section = wording.say(f"section.{placed.section.id}.title", placed.section.title)
    alone = len(placed.page.items) == 1
    heading = next(form.answer_fields()).drawing.text if alone else section
    html = draw_page(
        "respondent/question.html",
        edition,
        page=placed.page,
        form=form,
        problems=[{"href": f"#{field.name}", "text": message} for field, message in problems],
        heading=heading,
        title_attributes=heading.attributes,
        has_own_heading=alone,
        section_title=section,
        intro=wording.say_if(f"page.{page_id}.intro", placed.page.intro),
        offers_end=edition.offers_end(page_id),
        has_answers=any(item.type != "statement" and not item.required for item in placed.page.items),
        is_started=journey.state is not None,
    )
    return Shell(html)


def _page_before(journey: Journey, page_id: str) -> str:
    if came_from_check():
        return "/survey/check"
    before = journey.path.before(page_id)
    return f"/survey/{before}" if before else "/"


def _notice(text: str) -> str:
    html: str = current_app.jinja_env.get_template("respondent/notice.html").render(text=Markup.escape(text))
    return html
