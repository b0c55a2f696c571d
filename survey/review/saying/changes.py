"""A suggested change as it is read from a form: what somebody wants, with names for what is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from survey.coproduction.new_names import name_from
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying_rules import NotSaid, as_kept, check_words
from survey.coproduction.suggestions import (
    CHANGE,
    AddOption,
    AddQuestion,
    Change,
    DropOption,
    DropQuestion,
    MoveQuestion,
    OrderOptions,
    Reword,
    Suggestion,
)
from survey.questionnaire.model import Questionnaire, options_of
from survey.review.saying.drafts import Draft
from survey.review.saying.places import find_part

LONGEST_NEW = 1000
"""Characters of a question, a hint or an answer that is suggested."""
MOST_ANSWERS = 30
FIRST = "first"
"""As the question that another is to follow: it comes first."""


class Wish(StrEnum):
    """What somebody wants to suggest, as it stands in the address of the page for it."""

    WORDS = "words"
    ANSWER = "answer"
    DROP_ANSWER = "drop-answer"
    ORDER = "order"
    DROP = "drop"
    MOVE = "move"
    QUESTION = "question"


class NewType(StrEnum):
    """The kinds of question that can be suggested."""

    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    STATEMENT = "statement"


LARGEST_NUMBER = 1000
"""The highest number that a new question takes; the group rewords it in a later round where it needs another."""
_FEWEST_ANSWERS = 2


def read_change(draft: Draft, wish: Wish, item: str, part: str, typed: Mapping[str, str], names: Names) -> Change:
    """The change that a form asks for. Raises Refused where it does not say; whether it fits is not asked here."""
    match wish:
        case Wish.WORDS:
            return _reword(draft, item, part, typed)
        case Wish.ANSWER:
            words = _written(typed, "words")
            code = name_from(words, names.codes.get(item, frozenset()), "answer")
            return AddOption(item=item, code=code, words=words, before=typed.get("before", ""))
        case Wish.DROP_ANSWER:
            return DropOption(item=item, code=_chosen(typed, "code"))
        case Wish.ORDER:
            return OrderOptions(item=item, codes=_ordered(draft, item, typed))
        case Wish.DROP:
            return DropQuestion(item=item)
        case Wish.MOVE:
            return MoveQuestion(item=item, after=_after(typed))
        case Wish.QUESTION:
            return _question(typed, names)


class Names:
    """Names that are taken: in the draft, and by what others have suggested for it."""

    def __init__(self, questionnaire: Questionnaire, suggested: Iterable[Suggestion]) -> None:
        items = [item for section in questionnaire.sections for page in section.pages for item in page.items]
        self.items = {item.id for item in items}
        self.codes = {item.id: {option.code for option in options_of(item)} for item in items}
        for each in suggested:
            if isinstance(each.change, AddQuestion):
                self.items.add(each.change.question.id)
            elif isinstance(each.change, AddOption):
                self.codes.setdefault(each.change.item, set()).add(each.change.code)


def is_same(one: Change, other: Change) -> bool:
    """Whether two changes ask for the same, whatever new things are called."""
    return bool(_without_names(one) == _without_names(other))


def _without_names(change: Change) -> Any:
    plain = change.model_dump(mode="json")
    if isinstance(change, AddOption):
        del plain["code"]
    if isinstance(change, AddQuestion):
        del plain["question"]["id"]
    return plain


# --- Each form -----------------------------------------------------------------------


def _reword(draft: Draft, item: str, address: str, typed: Mapping[str, str]) -> Reword:
    part = find_part(draft.item(item).item, address)
    if part is None:
        raise Refused(NotSaid.NO_SUCH_PLACE)
    words = as_kept(typed.get("words", ""))
    if words or not part.may_be_empty:
        check_words(words, LONGEST_NEW)
    return Reword(item=item, field=part.field, variant=part.variant, words=words)


def _ordered(draft: Draft, item: str, typed: Mapping[str, str]) -> tuple[str, ...]:
    """The codes in the order of the places that were chosen for them, each place once."""
    codes = [option.code for option in options_of(draft.item(item).item)]
    places = {typed.get(f"place-{code}", ""): code for code in codes}
    wanted = [str(place) for place in range(1, len(codes) + 1)]
    if set(places) != set(wanted):
        raise Refused(NotSaid.NOTHING_CHOSEN)
    return tuple(places[place] for place in wanted)


def _question(typed: Mapping[str, str], names: Names) -> AddQuestion:
    kind = _chosen(typed, "type")
    if kind not in set(NewType):
        raise Refused(NotSaid.NOTHING_CHOSEN)
    text = _written(typed, "text")
    question: dict[str, Any] = {"id": name_from(text, names.items, "question"), "type": kind, "text": text}
    if hint := as_kept(typed.get("hint", "")):
        check_words(hint, LONGEST_NEW)
        question["hint"] = hint
    answers = [line.strip() for line in as_kept(typed.get("answers", "")).split("\n") if line.strip()]
    for answer in answers:
        check_words(answer, LONGEST_NEW)
    match kind:
        case NewType.CHOICE | NewType.CHOICES:
            _check_number(answers)
            question["options"] = _options(answers)
        case NewType.SCALE:
            _check_number(answers)
            question |= {"min_text": answers[0], "max_text": answers[-1]}
        case NewType.NUMBER:
            question |= {"min": 0, "max": LARGEST_NUMBER}
    source = {"do": "add_question", "question": question, "after": _after(typed)}
    return CHANGE.validate_json(json.dumps(source))  # type: ignore[return-value]


def _options(answers: list[str]) -> list[dict[str, str]]:
    taken: set[str] = set()
    options = []
    for answer in answers:
        code = name_from(answer, taken, "answer")
        taken.add(code)
        options.append({"code": code, "text": answer})
    return options


def _check_number(answers: list[str]) -> None:
    if len(answers) < _FEWEST_ANSWERS:
        raise Refused(NotSaid.TOO_FEW_ANSWERS)
    if len(answers) > MOST_ANSWERS:
        raise Refused(NotAllowed.TOO_LONG)


def _after(typed: Mapping[str, str]) -> str:
    after = _chosen(typed, "after")
    return "" if after == FIRST else after


def _chosen(typed: Mapping[str, str], name: str) -> str:
    if not typed.get(name):
        raise Refused(NotSaid.NOTHING_CHOSEN)
    return typed[name]


def _written(typed: Mapping[str, str], name: str) -> str:
    words = " ".join(as_kept(typed.get(name, "")).split("\n"))
    check_words(words, LONGEST_NEW)
    return words
