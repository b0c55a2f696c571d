"""Answers in words: what was picked, typed or found, as the person reads it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from survey.i18n import SOURCE_LOCALE, Phrase
from survey.questionnaire.answers import Answers, Value, instance_key, write_in_key
from survey.questionnaire.conditions import picked_codes
from survey.questionnaire.model import (
    Answering,
    AreaItem,
    DateItem,
    Item,
    LongTextItem,
    NumberItem,
    Option,
    ShortTextItem,
    options_of,
)
from survey.questionnaire.pipes import THIS
from survey.questionnaire.rounds import split_page
from survey.respondent.edition import Edition
from survey.respondent.live import LiveText, Teller, Words
from survey.respondent.worded import in_words, label
from survey.respondent.wording import Wording


@dataclass(frozen=True)
class Picked:
    """One thing that was answered; `written` is what stands in the text box beside it."""

    label: Phrase | str
    is_missing: bool = False
    written: str | None = None


@dataclass(frozen=True)
class AnswerWords:
    """The answers of one person in words. `number` is the round that the words are for, None outside repeats."""

    edition: Edition
    wording: Wording
    answers: Answers
    number: int | None = None

    def teller(self, key: str) -> Teller:
        """What puts these answers into the texts of a page."""
        placed, number = self.edition.page(key), split_page(key)[1]
        here = AnswerWords(self.edition, self.wording, self.answers, number)

        def words(name: str, has_other_words: bool) -> Words:
            if name == THIS:
                return here.this(placed.section.id)
            picked = tuple(here.picked(name))
            if has_other_words and any(each.is_missing for each in picked):
                return ()
            return tuple(each.written or each.label for each in picked)

        return Teller(self.wording.catalogue, self.live, words, here.count)

    def live(self, name: str) -> LiveText:
        """A live text of the questionnaire that was said before."""
        return self.wording.live[name]

    def value(self, name: str) -> Value | None:
        """The answer under a name: of the round, else outside of repeats."""
        if self.number is not None and (value := self.answers.get(instance_key(name, self.number))) is not None:
            return value
        return self.answers.get(name)

    def count(self, name: str) -> int:
        """The number behind a plural: the number itself, or how many were picked."""
        value = self.value(name)
        if isinstance(value, tuple):
            item = self.edition.asked[name]
            no_answer = {option.code for option in options_of(item) if option.missing is not None or option.exclusive}
            return len(set(value) - no_answer)
        return int(value) if isinstance(value, (int, float)) and value == int(value) else 0

    def this(self, section: str) -> Words:
        """What a round is about: the option it is asked for, or its number."""
        rounds = self.edition.router.rounds.get(section)
        if rounds is None or self.number is None:
            return ()
        code = rounds.option(self.number)
        if code is None:
            return (self._said(str(self.number)),)
        written = self.answers.get(write_in_key(rounds.source, code))
        if isinstance(written, str):
            return (written,)
        item = self.edition.asked[rounds.source]
        return tuple(self._label(item, option) for option in options_of(item) if option.code == code)

    def picked(self, name: str) -> Iterator[Picked]:
        """What was answered under a name, each with what was written beside it; in order where order was asked."""
        value, item = self.value(name), self.edition.asked.get(name)
        if value is None or item is None:
            return
        options = {option.code: option for option in options_of(item)}
        for code in picked_codes(value):
            option = options.get(str(code))
            if option is None:
                yield Picked(self._own(item, code))
                continue
            written = self.value(write_in_key(item.id, option.code))
            is_missing = option.missing is not None
            yield Picked(self._label(item, option), is_missing, written if isinstance(written, str) else None)

    def _label(self, item: Item, option: Option) -> Phrase:
        asked = item.id.partition("__")[0]  # the options of a grid's row are the grid's
        return in_words(label(f"item.{asked}.option.{option.code}", option, self.wording)[0])

    def _own(self, item: Item, value: str | int | float) -> Phrase | str:
        locale = self.wording.catalogue.language.locale
        british = "en_GB" if locale == SOURCE_LOCALE else locale
        if isinstance(item, (ShortTextItem, LongTextItem)):
            return str(value)
        if isinstance(item, AreaItem):
            return self.wording.name(self.edition.area_names.get(str(value), str(value)))
        if isinstance(item, DateItem):
            return self._said(write_date(str(value), british))
        if isinstance(item, NumberItem) and not isinstance(value, str):
            return self._said(_write_number(value, item.decimals, british))
        return self._said(str(value))

    def _said(self, text: str) -> Phrase:
        return Phrase(text, self.wording.catalogue.language)


def _write_number(number: int | float, decimals: int, locale: str) -> str:
    """As the language writes numbers: a whole one without decimals, another with all it can have, as prices are."""
    if number == int(number):
        return format_decimal(number, locale=locale)
    pattern = Locale.parse(locale).decimal_formats[None].pattern.replace(".###", "." + "0" * max(decimals, 1))
    return format_decimal(number, pattern, locale=locale)


def write_date(answer: str, locale: str) -> str:
    """A date as far as it is known: "17 May 2024", "May 2024", "2024"."""
    year, *more = (int(part) for part in answer.split("-"))
    if len(more) == 2:
        return format_date(date(year, *more), "long", locale=locale)
    return format_skeleton("yMMMM", date(year, more[0], 1), locale=locale) if more else str(year)


def who_answers(edition: Edition, wording: Wording, answering: Answering) -> Phrase | None:
    """Who answers, in the words of the question about it; None where it has none for them."""
    item = edition.answering_item
    for option in () if item is None else item.options:
        if item is not None and option.answering is answering:
            return wording.say(f"item.{item.id}.option.{option.code}.text", option.text)
    return None
