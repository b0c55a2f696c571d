"""Fields that are typed into: text with a count, numbers with a unit, dates of which parts may be unknown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from babel import Locale
from flask_babel import format_decimal, get_locale
from markupsafe import Markup, escape

from survey.i18n import Language, gettext, language, ngettext, translate_plural
from survey.questionnaire.answers import AnswerError, AnswerProblemKind, Value, date_parts
from survey.questionnaire.model import DateItem, DatePart, Item, LongTextItem, NumberItem, Plural, ShortTextItem
from survey.questionnaire.text import choose
from survey.questionnaire.typed_numbers import LONGEST, without_unit, write_number
from survey.respondent.answer_fields import AnswerField, PartedField
from survey.respondent.drawings import PREFIX
from survey.respondent.site import current_locale, current_site, interface_locale
from survey.respondent.worded import stands_before
from survey.respondent.wording import Wording
from survey.speaking import in_one_language

_PARTS = {
    DatePart.YEAR: ("year",),
    DatePart.MONTH: ("month", "year"),
    DatePart.DAY: ("day", "month", "year"),
}


class TextField(AnswerField):
    """Words. The page says how many there may be, and counts them where JavaScript runs."""

    item: ShortTextItem | LongTextItem

    @property
    def most(self) -> int:
        """Characters, as the server counts them: composed (NFC), by code point."""
        return self.item.max_length

    @property
    def page_language(self) -> Language:
        """What the words around are in, where the count is not."""
        return language(interface_locale())

    def counting(self) -> dict[str, Any]:
        """The words of the NHS.UK character count: what it says before anything is typed, and while one types."""
        return count_characters(self.most)


class NumberField(PartedField):
    """A text box: a spinner loses what it does not understand, and changes when a wheel turns over it."""

    item: NumberItem

    @classmethod
    def value_as_entered(cls, item: Item, value: Value) -> dict[str, Sequence[str]]:
        """A saved number, a price as prices are written."""
        assert isinstance(item, NumberItem)
        assert isinstance(value, (int, float))
        return {PREFIX + item.id: (write_number(item, value),)}

    def check(self, sent: Sequence[str]) -> Value | None:
        """What the core makes of it; the unit may be typed too. Raises AnswerError."""
        return super().check([without_unit(text, self.drawing.unit_words) for text in sent])

    @property
    def unit_before(self) -> bool:
        """Whether the unit stands before the number."""
        unit = self.drawing.unit
        return unit is not None and stands_before(unit.text)

    @property
    def inputmode(self) -> str:
        """Which keys a phone shows; a phone's numeric keys have no minus."""
        if self.item.min < 0:
            return "text"
        return "decimal" if self.item.decimals else "numeric"

    def named(self, name: object) -> Markup:
        """A name with the unit, which is drawn beside the box where a screen reader does not look."""
        unit = self.drawing.unit
        if unit is None:
            return escape(name)
        return escape(name) + Markup('<span class="nhsuk-u-visually-hidden"> ({})</span>').format(unit)

    def heading(self, is_heading: bool) -> dict[str, Any]:
        """The question; where it is the label of the box, with the unit."""
        heading = super().heading(is_heading)
        return heading if self.drawing.missing else heading | {"html": self.named(self.drawing.text)}


class DateField(PartedField):
    """Three boxes, or two or one: a calendar to click through is slow for a birthday and hard by keyboard."""

    item: DateItem

    @classmethod
    def part_names(cls, item: Item) -> tuple[str, ...]:
        """The boxes: day, month and year, as far as they are asked for."""
        assert isinstance(item, DateItem)
        return tuple(f"{PREFIX}{item.id}__{part}" for part in _PARTS[item.finest])

    @classmethod
    def value_as_entered(cls, item: Item, value: Value) -> dict[str, Sequence[str]]:
        """A saved date, of which parts may be unknown."""
        names = cls.part_names(item)
        return {name: (part,) for name, part in zip(names, date_parts(str(value))[-len(names) :], strict=True)}

    def check(self, sent: Sequence[str]) -> Value | None:
        """What the core makes of it; the month may stand in words of any language of the page. Raises AnswerError."""
        parts = list(sent)
        if "month" in _PARTS[self.item.finest]:
            place = _PARTS[self.item.finest].index("month")
            offered = (current_locale(), *(each.locale for each in current_site().languages.offered))
            number = _months(offered).get(_bare(parts[place]))
            parts[place] = parts[place] if number is None else str(number)
        return super().check(parts)

    def boxes(self) -> list[dict[str, Any]]:
        """Each box with its label; the first has the field's own id, so that links lead to it."""
        labels = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
        parts = _PARTS[self.item.finest]
        names = self.part_names(self.item)
        return [
            {"name": name, "label": labels[part], "width": 4 if part == "year" else 2, "wrong": name in self.wrong}
            for name, part in zip(names, parts, strict=True)
        ]

    @property
    def anchor(self) -> str:
        """The first box that is wrong, else the first."""
        names = self.part_names(self.item)
        return next((name for name in names if name in self.wrong), names[0])

    def hint(self) -> dict[str, Any] | None:
        """The item's hint, and what to do with a part that one does not know."""
        unknown = {
            DatePart.DAY: gettext("If you don’t know the day or the month, leave it empty."),
            DatePart.MONTH: gettext("If you don’t know the month, leave it empty."),
        }.get(self.item.finest)
        own = super().hint()
        sentences = [sentence for sentence in (own and own["html"], unknown) if sentence]
        return {"html": Markup("<br>").join(sentences)} if sentences else None

    def wrong_parts(self, error: AnswerError) -> frozenset[str]:
        """The boxes an error is about: those that are missing, or that can be no part of a date; else all."""
        names = dict(zip(_PARTS[self.item.finest], self.part_names(self.item), strict=True))
        typed = {part: self.typed(name) for part, name in names.items()}
        if error.kind is AnswerProblemKind.DATE_INCOMPLETE:
            part = "month" if typed["year"] else "year"
            return frozenset([names[part]])
        if error.kind is AnswerProblemKind.NOT_A_DATE:
            wrong = _impossible(typed)
            return frozenset(names[part] for part in wrong or typed)
        return frozenset(names.values())

    def explain(self, error: AnswerError) -> str:
        """The message; of a date that is none, about the box that is wrong."""
        said = super().explain(error)
        wrong = [box for box in self.boxes() if box["wrong"]]
        if error.kind is AnswerProblemKind.NOT_A_DATE and len(wrong) == 1:
            return {
                "day": gettext("Type the day as a number from 1 to 31, or leave it empty"),
                "month": gettext("Type the month as a number from 1 to 12, or leave it empty"),
                "year": gettext("Type the year with 4 digits, for example 2024"),
            }[wrong[0]["name"].rpartition("__")[2]]
        if error.kind is AnswerProblemKind.DATE_INCOMPLETE and wrong[0]["name"].endswith("__month"):
            return gettext("Type the month too, or leave the day empty")
        return said


def unit_words(item: NumberItem, wording: Wording) -> frozenset[str]:
    """Every way to write an item's unit: in the source and as the person reads it, of a plural each form."""
    if item.unit is None:
        return frozenset()
    context = f"item.{item.id}.unit"
    if not isinstance(item.unit, Plural):
        return frozenset({choose(item.unit, wording.answering)[0], wording.say(context, item.unit).text})
    one, other = item.unit.one, item.unit.other
    numbers = _examples(wording.catalogue.language.locale).values()
    forms = (translate_plural(wording.catalogue, context, one, other, number).text for number in numbers)
    return frozenset({one, other, *forms})


@lru_cache(maxsize=64)
def _months(locales: tuple[str, ...]) -> dict[str, int]:
    """The numbers of months by their names, in full and in short; of two languages the first is meant."""
    found: dict[str, int] = {}
    for locale in locales:
        for names in Locale.parse(locale).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in names[width].items():
                    found.setdefault(_bare(name), number)
    return found


def _bare(month: str) -> str:
    return unicodedata.normalize("NFC", month).strip().rstrip(".").casefold()


def _impossible(typed: dict[str, str]) -> list[str]:
    """The parts that can be no part of any date, whatever the others are. A month may stand in words."""
    bounds = {"day": (1, 31), "month": (1, 12), "year": (1000, 2999)}
    return [
        part
        for part, text in typed.items()
        if text and not (part == "month" and text.isalpha()) and not _is_within(text, *bounds[part])
    ]


def _is_within(text: str, least: int, most: int) -> bool:
    return text.isdecimal() and len(text) <= LONGEST and least <= int(text) <= most


def count_characters(most: int) -> dict[str, Any]:
    """The words of the NHS.UK character count: what it says before anything is typed, and while one types."""
    limit = ngettext(
        "You can enter up to %(count)s character",
        "You can enter up to %(count)s characters",
        most,
        count=format_decimal(most),
    )
    under = _by_plural("%(count)s character left", "%(count)s characters left")
    over = _by_plural("%(count)s character too many", "%(count)s characters too many")
    said = in_one_language(limit, gettext("No characters left"), *under.values(), *over.values())
    lefts = said.words[2:]
    return {
        "attributes": said.attributes,
        "limit": said.words[0],
        "at": said.words[1],
        "under": dict(zip(under, lefts, strict=False)),
        "over": dict(zip(over, lefts[len(under) :], strict=True)),
    }


def _by_plural(one: str, other: str) -> dict[str, str]:
    """A sentence for every plural of the language, with the mark that the NHS.UK script puts the number in."""
    examples = _examples(str(get_locale()))
    return {tag: ngettext(one, other, number, count="%{count}") for tag, number in examples.items()}


@lru_cache(maxsize=64)
def _examples(locale: str) -> dict[str, int]:
    """A number for each plural of a language: the first that takes it."""
    rule = Locale.parse(locale).plural_form
    found: dict[str, int] = {}
    for number in range(1, 201):
        found.setdefault(rule(number), number)
    found.setdefault("other", 0)
    return found
