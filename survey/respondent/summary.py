"""What a person answered, as the check page lists it: by section and round, in their words and language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from survey.i18n import Phrase, gettext
from survey.questionnaire.answers import HANDOVER_PAGE
from survey.questionnaire.model import GridItem, Item, NumberItem, RankItem, ScaleItem, row_items
from survey.questionnaire.rounds import split_page
from survey.questionnaire.routing import PlacedPage
from survey.respondent.answer_words import AnswerWords, who_answers
from survey.respondent.journey import Journey
from survey.respondent.live import Teller
from survey.respondent.worded import asked, in_words, label, stands_before
from survey.respondent.wording import Wording


@dataclass(frozen=True)
class SummaryRow:
    """One question, or one row of a grid, and what was answered; `answers` is empty where it was left out."""

    page: str
    question: Phrase
    answers: tuple[Phrase | str, ...]
    """Phrases are ours; strings are what the person wrote, in whatever language."""
    grid: Phrase | None = None
    """The question that this is a row of."""
    is_ranked: bool = False


@dataclass(frozen=True)
class SummarySection:
    """The questions of a section, or of one round of it, that the person has seen."""

    title: Phrase
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True)
class SummaryHandover:
    """Somebody else took over: on which page, who, and before which of the pages listed that is said."""

    page: str
    who: Phrase | None
    before: str | None
    """None where nothing was answered since."""
    is_undone: bool
    """Whether the one who began goes on again."""


def summarise(journey: Journey, wording: Wording) -> list[SummarySection]:
    """The sections of the path with the pages that were saved, in order; each round of a repeat by itself."""
    edition = journey.edition
    seen = [(edition.page(key), key) for key in journey.path.pages if key in journey.pages]
    rounds = groupby(seen, key=lambda each: (each[0].section.id, split_page(each[1])[1]))
    sections = [_section(journey, wording, list(pages)) for _, pages in rounds]
    return [section for section in sections if section.rows]


def summarise_handover(journey: Journey, wording: Wording, sections: list[SummarySection]) -> SummaryHandover | None:
    """The latest handover; None where nobody took over."""
    path = journey.path
    page = path.answers.get(HANDOVER_PAGE)
    if not isinstance(page, str):
        return None
    since = path.pages[path.pages.index(page) :] if page in path.pages else ()
    listed = {row.page for section in sections for row in section.rows}
    who = who_answers(journey.edition, wording, path.answering)
    teller = AnswerWords(journey.edition, wording, path.answers).teller(path.pages[0])
    return SummaryHandover(
        page,
        None if who is None else teller.phrase(who),
        before=next((key for key in since if key in listed), None),
        is_undone=path.answering is path.began_answering,
    )


def _section(journey: Journey, wording: Wording, pages: list[tuple[PlacedPage, str]]) -> SummarySection:
    (placed, first), section = pages[0], pages[0][0].section
    number = split_page(first)[1]
    words = AnswerWords(journey.edition, wording, journey.path.answers, number)
    teller = words.teller(first)
    say = wording.say if number is None else wording.say_round
    rows = tuple(
        row
        for page, key in pages
        for item in page.page.items
        if item.type != "statement"
        for row in _rows(item, key, journey, words, teller)
    )
    return SummarySection(
        teller.phrase(say(f"section.{placed.section.id}.title", section.title)),
        rows,
    )


def _rows(item: Item, key: str, journey: Journey, words: AnswerWords, teller: Teller) -> Iterator[SummaryRow]:
    question = teller.phrase(in_words(asked(item, words.wording)[0]))
    if not isinstance(item, GridItem):
        yield SummaryRow(key, question, _answers(item, item.id, words, teller), is_ranked=isinstance(item, RankItem))
        return
    shown = journey.edition.router.shown_rows(item, journey.path.answers, words.number)
    for part, row in zip(item.rows, row_items(item), strict=True):
        if part.code in shown:
            about, _ = label(f"item.{item.id}.row.{part.code}", part, words.wording)
            answers = _answers(item, row.id, words, teller)
            yield SummaryRow(key, teller.phrase(in_words(about)), answers, grid=question)


def _answers(item: Item, name: str, words: AnswerWords, teller: Teller) -> tuple[Phrase | str, ...]:
    said: list[Phrase | str] = []
    for picked in words.picked(name):
        shown = picked.label
        if isinstance(shown, Phrase):
            shown = teller.phrase(shown)
            if isinstance(item, ScaleItem) and not picked.is_missing:
                shown = _with_meaning(shown, item, words, teller)
            if isinstance(item, NumberItem) and item.unit is not None and not picked.is_missing:
                shown = _with_unit(shown, teller.phrase(words.wording.say(f"item.{item.id}.unit", item.unit)))
        said += [shown] if picked.written is None else [shown, picked.written]
    return tuple(said)


def _with_meaning(number: Phrase, item: ScaleItem, words: AnswerWords, teller: Teller) -> Phrase:
    """ "4 – Good", where the scale has words for the number."""
    for step, name, text in item.in_words:
        if str(step) == number.text:
            meaning = teller.phrase(words.wording.say(f"item.{item.id}.{name}", text))
            return Phrase(f"{number.text} – {meaning.text}", meaning.language, meaning.foreign)
    return number


def _with_unit(number: Phrase, unit: Phrase) -> Phrase:
    """ "12 hours", or "£12"."""
    if stands_before(unit.text):
        return Phrase(f"{unit.text}{number.text}", number.language)
    both = gettext("%(number)s %(unit)s", number=number.text, unit=unit.text)
    return Phrase(str(both), unit.language, unit.foreign)
