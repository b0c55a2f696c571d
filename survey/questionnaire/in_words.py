"""Conditions, ends, repeats and soft checks as plain sentences, for people who have never seen a questionnaire file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.questionnaire.clauses import MOST_IN_A_ROW, Asks, Clause, Group, Leaf, combine, without_not
from survey.questionnaire.condition_model import Condition
from survey.questionnaire.model import (
    Answering,
    ChoiceItem,
    ChoicesItem,
    End,
    EndKind,
    GridItem,
    Item,
    NumberItem,
    Questionnaire,
    RankItem,
    Repeat,
    SoftCheck,
    Text,
    options_of,
    row_key,
)
from survey.questionnaire.pipes import pipes_in
from survey.questionnaire.text import choose


@dataclass(frozen=True)
class Said:
    """A sentence; `parts`, where there are some, are the list below it."""

    text: str
    parts: tuple[Said, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """The sentence and its list as lines of plain text, each level further in."""
        yield f"{'  ' * (depth - 1)}- {self.text}" if depth else self.text
        for part in self.parts:
            yield from part.lines(depth + 1)


@dataclass(frozen=True)
class Asked:
    """An item, or a row of a grid, as conditions name it: its question in quotation marks, and its answers."""

    question: str
    item: Item
    several: bool
    options: Mapping[str, str]


class Words:
    """What a questionnaire's conditions speak of, looked up once for all of them."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._asked = {
            key: asked
            for section in questionnaire.sections
            for page in section.pages
            for item in page.items
            for key, asked in _asked_of(item)
        }

    def of(self, key: str) -> Asked:
        """The item or row of this key."""
        return self._asked[key]

    def _picked_from(self, key: str) -> tuple[str, ...]:
        asked = self.of(key)
        return tuple(map(str, asked.options)) if isinstance(asked.item, (ChoiceItem, GridItem)) else ()

    def condition(self, condition: Condition, lead: str = "Asked only if", unless: str = "Asked unless") -> Said:
        """A condition as a sentence that begins with `lead`; with `unless` where that says it in fewer words."""
        clause = combine(without_not(condition, negated=False), self._picked_from)
        if isinstance(clause, Leaf) and clause.left_out and clause.test is Asks.NONE_OF:
            said = _say(replace(clause, test=Asks.ANY_OF, left_out=False), self)
            return _sentence(unless, said)
        return _sentence(lead, _say(clause, self))

    def repeat(self, repeat: Repeat) -> Said:
        """How often a section is asked."""
        asked = self.of(repeat.source)
        if asked.several:
            each = f"These questions are asked once for each answer picked in {asked.question}"
        else:
            each = f"These questions are asked as often as the answer to {asked.question} says"
        return Said(f"{each}, at most {repeat.at_most} times.")

    def end(self, end: End) -> Said:
        """What ends here."""
        if end.kind is EndKind.OFFER:
            return Said("Here people can send their answers, or go on.")
        if end.when is None:
            return Said("The survey ends here. Nothing is kept.")
        said = self.condition(end.when, "The survey ends here, and nothing is kept, if", "The survey ends here, unless")
        return said

    def soft(self, check: SoftCheck) -> Said:
        """When a page asks again, and with which words."""
        return self.condition(
            check.when, f"Asks once “{wording(check.text)}” if", f"Asks once “{wording(check.text)}” unless"
        )


def wording(text: Text, answering: Answering = Answering.SELF) -> str:
    """A text as one person reads it, in the plural; "[answer]" stands where one of theirs would."""
    plain = choose(text, answering)[0]
    for pipe in reversed(pipes_in(plain)):
        plain = f"{plain[: pipe.start]}[answer]{plain[pipe.end :]}"
    return plain


# --- What is asked ----------------------------------------------------------------


def _asked_of(item: Item) -> Iterator[tuple[str, Asked]]:
    options = {option.code: f"“{wording(option.text)}”" for option in options_of(item)}
    question = f"“{wording(item.text)}”"
    yield item.id, Asked(question, item, isinstance(item, (ChoicesItem, RankItem)), options)
    if isinstance(item, GridItem):
        for row in item.rows:
            yield row_key(item.id, row.code), Asked(f"“{wording(row.text)}” (part of {question})", item, False, options)


# --- Sentences ----------------------------------------------------------------------


def _sentence(lead: str, said: Said) -> Said:
    text = f"{lead} {said.text}"
    return Said(text, said.parts) if said.parts else Said(f"{text}.")


def _say(clause: Clause, words: Words) -> Said:
    if isinstance(clause, Group):
        parts = tuple(_say(part, words) for part in clause.parts)
        text = "all of these are true:" if clause.every else "at least one of these is true:"
        return Said(text, tuple(Said(part.text[:1].upper() + part.text[1:], part.parts) for part in parts))
    asked = words.of(clause.item)
    match clause.test:
        case Asks.ANSWERED:
            return Said(f"{asked.question} was answered")
        case Asks.LEFT_OUT:
            return Said(f"{asked.question} was not answered")
        case Asks.ANY_OF | Asks.NONE_OF | Asks.ALL_OF | Asks.NOT_ALL_OF:
            return _say_codes(clause, asked)
        case _:
            return Said(f"the answer to {asked.question} was {_amount(clause, asked)}{_or_left_out(clause, asked)}")


def _say_codes(leaf: Leaf, asked: Asked) -> Said:
    every = leaf.test in (Asks.ALL_OF, Asks.NOT_ALL_OF)
    refused = leaf.test in (Asks.NONE_OF, Asks.NOT_ALL_OF)
    answers = [asked.options.get(str(code)) or _value(code, asked) for code in leaf.operands]
    name = "answers" if asked.several else "answer"
    verb = ("did not include" if refused else "included") if asked.several else ("was not" if refused else "was")
    begin = f"the {name} to {asked.question} {verb}"
    if refused and not leaf.left_out:
        begin = f"{asked.question} was answered, and the {name} {verb}"
    if len(answers) > MOST_IN_A_ROW:
        what = "all of these" if every else ("any of these" if refused else "one of these")
        return Said(f"{begin} {what}{_or_left_out(leaf, asked)}:", tuple(Said(answer) for answer in answers))
    listed = in_a_row(answers, "and" if every else "or")
    both = "both " if leaf.test is Asks.NOT_ALL_OF and len(answers) == 2 else ""
    return Said(f"{begin} {both}{listed}{_or_left_out(leaf, asked)}")


def _or_left_out(leaf: Leaf, asked: Asked) -> str:
    return f", or {'were' if asked.several else 'was'} left out" if leaf.left_out else ""


def _amount(leaf: Leaf, asked: Asked) -> str:
    number = _value(leaf.operands[0], asked)
    match leaf.test:
        case Asks.AT_LEAST:
            return f"{number} or more"
        case Asks.AT_MOST:
            return f"{number} or less"
        case Asks.MORE_THAN:
            return f"more than {number}"
        case _:
            return f"less than {number}"


def _value(value: str | int | float, asked: Asked) -> str:
    unit = asked.item.unit if isinstance(asked.item, NumberItem) and not isinstance(value, str) else None
    return f"{value:,} {wording(unit)}" if unit is not None and not isinstance(value, str) else f"{value}"


def in_a_row(things: Sequence[str], word: str) -> str:
    """ "A, B or C", with `word` before the last."""
    return f"{', '.join(things[:-1])} {word} {things[-1]}" if len(things) > 1 else "".join(things)
