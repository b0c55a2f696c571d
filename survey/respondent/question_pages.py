"""Pages of questions: drawn once for everyone who reads them alike, and filled with what is one person's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask import current_app, get_flashed_messages, request
from markupsafe import Markup, escape
from wtforms import Field

from survey.questionnaire.model import Item
from survey.questionnaire.rounds import split_page
from survey.respondent.alongside import alongside
from survey.respondent.answer_words import AnswerWords
from survey.respondent.dress import IN_SLOTS, dress_texts
from survey.respondent.edition import ShellKey, plain_answers
from survey.respondent.forms import Entered, PageForm, as_entered
from survey.respondent.journey import Journey
from survey.respondent.pages import draw_page
from survey.respondent.preview import why_not_asked
from survey.respondent.shells import Shell
from survey.respondent.site import current_format, current_locale, current_offering, current_site
from survey.respondent.soft import Odd, as_sent
from survey.respondent.tokens import form_token
from survey.respondent.worded import above
from survey.respondent.wording import Wording

FROM_CHECK = "check"
"""In the address of a page that was opened from the check page."""

Problems = Sequence[tuple[Field, str]]


def wording_of(journey: Journey) -> Wording:
    """How this person reads the questions."""
    return journey.edition.wording(current_locale(), journey.path.answering, current_format())


def form_of(journey: Journey, key: str) -> type[PageForm]:
    """The form of a page as this person sees it."""
    return journey.edition.form(split_page(key)[0], wording_of(journey), journey.edition.rows(key, journey.path))


def draw_question(
    journey: Journey,
    key: str,
    entered: Entered | None = None,
    *,
    form: PageForm | None = None,
    problems: Problems = (),
    odd: Collection[Odd] = (),
    notice: str = "",
) -> str:
    """A page of questions with what was saved; or with what was typed, and what is wrong with it or odd about it."""
    if entered is None:
        saved = plain_answers(journey.pages.get(key, {}))
        entered = as_entered(journey.edition.page(key).page, saved)
    shell = _draw_shell(journey, key, form, problems, odd) if form and (problems or odd) else _kept_shell(journey, key)
    number, total = journey.edition.section_place(journey.path, key)
    notices = [notice, why_not_asked(journey, key), *get_flashed_messages()]
    texts = {
        "csrf_token": form_token(),
        "number": str(number),
        "total": str(total),
        "back": _page_before(journey, key),
        "key": str(escape(key)),
        "query": f"?from={FROM_CHECK}" if came_from_check() else "",
        "notice": "".join(_notice(text) for text in notices if text),
        **dress_texts(),
    }
    if not shell.is_live:
        return shell.fill(texts, entered)
    words = AnswerWords(journey.edition, wording_of(journey), journey.path.answers)
    return shell.fill(texts, entered, words.teller(key))


def came_from_check() -> bool:
    """Whether the person is changing an answer they saw on the check page."""
    return request.args.get("from") == FROM_CHECK


def question_address(key: str) -> str:
    """The address of a page of questions; who came from the check page will go back there."""
    return f"/survey/{key}?from={FROM_CHECK}" if came_from_check() else f"/survey/{key}"


def _kept_shell(journey: Journey, key: str) -> Shell:
    edition = journey.edition
    kept = ShellKey(
        split_page(key)[0],
        edition.rows(key, journey.path),
        current_locale(),
        current_format(),
        current_offering(),
        journey.path.answering,
        journey.state is not None,
        current_site().postcodes.is_loaded if edition.asks_area(key) else False,
    )
    shell = edition.shells.get(kept)
    if shell is None:
        shell = edition.shells[kept] = _draw_shell(journey, key, form_of(journey, key)(), (), ())
    return shell


def _draw_shell(journey: Journey, key: str, form: PageForm, problems: Problems, odd: Collection[Odd]) -> Shell:
    edition = journey.edition
    placed = edition.page(key)
    page, section = placed.page, placed.section
    wording = wording_of(journey)
    say_section = wording.say if section.repeat is None else wording.say_round
    title = say_section(f"section.{section.id}.title", section.title)
    alone = len(page.items) == 1
    heading = next(form.answer_fields()).drawing.text if alone else title
    intro = above(page, wording)
    odd_items = {item for item, _ in odd}

    def described_by(item: Item, is_first: bool) -> str:
        ids = ("intro" if intro and is_first else "", f"soft-{item.id}" if item.id in odd_items else "")
        return " ".join(filter(None, ids))

    html = draw_page(
        "respondent/question.html",
        edition,
        dress=IN_SLOTS,
        leave_now=any(item.sensitive for item in page.items),
        page=page,
        form=form,
        problems=[{"href": f"#{field.anchor}", "html": escape(message)} for field, message in problems],
        odd=[
            {
                "item": field.item.id,
                "text": wording.say(f"item.{field.item.id}.soft.{number}", check.text),
                "question": field.drawing.text,
                "anchor": field.anchor,
            }
            for field in form.answer_fields()
            for number, check in enumerate(field.item.soft)
            if (field.item.id, number) in odd
        ],
        asked=as_sent(odd),
        alongside=lambda item: alongside(item, wording),
        heading=heading,
        has_own_heading=alone,
        section_title=title,
        intro=intro,
        described_by=described_by,
        offers_end=edition.offers_end(key),
        has_answers=any(item.type != "statement" and not item.required for item in page.items),
        is_started=journey.state is not None,
        can_hand_over=edition.answering_item is not None and edition.answering_item not in page.items,
    )
    return Shell(html)


def _page_before(journey: Journey, key: str) -> str:
    if came_from_check():
        return "/survey/check"
    before = journey.path.before(key)
    return f"/survey/{before}" if before else "/"


def _notice(text: str) -> str:
    html: str = current_app.jinja_env.get_template("respondent/notice.html").render(text=Markup.escape(text))
    return html
