"""The pages on which something can be suggested, with what each is called: the ways from a question to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from survey.coproduction.numbering import Numbered
from survey.i18n import gettext
from survey.questionnaire.model import ChoiceItem, ChoicesItem, GridItem, RankItem, options_of
from survey.review.saying.changes import NewType, Wish
from survey.review.saying.drafts import Draft
from survey.review.saying.places import name_part, parts_of

PICKED = (ChoiceItem, ChoicesItem, GridItem, RankItem)
"""Questions with answers to pick from, which can be others or in another order."""


@dataclass(frozen=True)
class Link:
    """A way to the page on which one thing is suggested. `is_words` where it is other words."""

    address: str
    words: str
    is_words: bool = False


def links_of(draft: Draft, numbered: Numbered, comment: int | None = None) -> list[Link]:
    """Everything that can be suggested about a question; because of a comment, where one is given."""
    return [*_words(draft, numbered, comment), *_other(draft, numbered, comment)]


def heading_of(wish: Wish) -> str:
    """What a page is called on which something is suggested."""
    match wish:
        case Wish.WORDS:
            return gettext("Suggest other words")
        case Wish.ANSWER:
            return gettext("Suggest one more answer")
        case Wish.DROP_ANSWER:
            return gettext("Suggest to take an answer out")
        case Wish.ORDER:
            return gettext("Suggest another order of the answers")
        case Wish.DROP:
            return gettext("Suggest to take this question out")
        case Wish.MOVE:
            return gettext("Suggest another place for this question")
    return gettext("Suggest a new question")


def fits(wish: Wish, numbered: Numbered) -> bool:
    """Whether a question has what is to change."""
    return wish not in (Wish.ANSWER, Wish.DROP_ANSWER, Wish.ORDER) or isinstance(numbered.item, PICKED)


def new_types() -> dict[NewType, tuple[str, str]]:
    """The kinds of new question: what each is called, and what it is like."""
    return {
        NewType.CHOICE: (gettext("Pick one answer"), ""),
        NewType.CHOICES: (gettext("Pick any number of answers"), ""),
        NewType.SCALE: (
            gettext("A number from 0 to 10"),
            gettext("Write two answers: what 0 means, and what 10 means."),
        ),
        NewType.NUMBER: (gettext("Type a number"), gettext("From 0 to 1,000.")),
        NewType.DATE: (gettext("Type a date"), ""),
        NewType.SHORT_TEXT: (gettext("Write a few words"), ""),
        NewType.LONG_TEXT: (gettext("Write as much as you like"), ""),
        NewType.STATEMENT: (gettext("Only words to read"), gettext("There is nothing to answer.")),
    }


def _words(draft: Draft, numbered: Numbered, comment: int | None) -> Iterator[Link]:
    for part in parts_of(numbered.item):
        to = url_for(
            "review.saying.suggest",
            number=draft.round.id,
            item=numbered.item.id,
            wish=Wish.WORDS,
            part=part.address,
            comment=comment,
        )
        name = name_part(numbered.item, part)
        yield Link(to, name if part.words else gettext("%(place)s: there is none yet", place=name), is_words=True)


def _other(draft: Draft, numbered: Numbered, comment: int | None) -> Iterator[Link]:
    for wish in Wish:
        if wish in (Wish.WORDS, Wish.QUESTION) or not fits(wish, numbered):
            continue
        if wish in (Wish.DROP_ANSWER, Wish.ORDER) and len(options_of(numbered.item)) < 2:
            continue
        to = url_for("review.saying.suggest", number=draft.round.id, item=numbered.item.id, wish=wish, comment=comment)
        yield Link(to, heading_of(wish))
    to = url_for("review.saying.suggest_question", number=draft.round.id, after=numbered.item.id, comment=comment)
    yield Link(to, gettext("Suggest a new question after this one"))
