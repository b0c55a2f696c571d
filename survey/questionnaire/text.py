"""Wording: which variant a person reads, and every string a translator meets, with its context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaire.model import (
    Answering,
    ChoiceItem,
    EasyReadLabel,
    GridItem,
    Item,
    NumberItem,
    Option,
    Plural,
    Questionnaire,
    ScaleItem,
    Text,
    options_of,
)

_FALLBACK = {
    Answering.SELF: (Answering.SELF,),
    Answering.SUPPORTED: (Answering.SUPPORTED, Answering.SELF),
    Answering.PROXY: (Answering.PROXY, Answering.SELF),
    Answering.CHILD: (Answering.CHILD, Answering.PROXY, Answering.SELF),
}

_READER = {
    Answering.SELF: "to someone who answers for themselves",
    Answering.SUPPORTED: "to someone who answers for themselves with support",
    Answering.PROXY: "to someone who answers for another adult",
    Answering.CHILD: "to someone who answers for a child",
}


@dataclass(frozen=True)
class Unit:
    """One string to translate: gettext context, English wording, and a note for the translator.

    With a `plural`, `source` is the wording for one, and the translation has as many forms as its language.
    """

    context: str
    source: str
    comment: str
    plural: str | None = None


def choose(text: Text, answering: Answering) -> tuple[str, str]:
    """The wording for who answers, and the suffix of its context: "" for plain text, else the variant used.

    Of a plural the wording for many, which is right where nobody has answered yet.
    """
    if isinstance(text, str):
        return text, ""
    if isinstance(text, Plural):
        return text.other, ""
    for variant in _FALLBACK[answering]:
        wording: str | None = getattr(text, variant)
        if wording is not None:
            return wording, variant.value
    raise AssertionError("every text has a wording for `self`")


def translation_units(questionnaire: Questionnaire) -> Iterator[Unit]:
    """Every string of a questionnaire in the order of the file, items that are switched off included."""
    yield Unit("title", questionnaire.title, "Name of the survey")
    yield Unit("purpose", questionnaire.purpose, "What the survey is for, on the start page")
    yield from _easy_read_units("purpose", questionnaire.easyread, questionnaire.purpose)
    for section in questionnaire.sections:
        yield from _units(f"section.{section.id}.title", section.title, "Heading of a section")
        for page in section.pages:
            yield from _units(f"page.{page.id}.intro", page.intro, "Words above the question")
            asked = choose(page.items[0].text, Answering.SELF)[0]
            yield from _easy_read_units(f"page.{page.id}", page.easyread, asked)
            for item in page.items:
                yield from _item_units(item)
    for term in questionnaire.glossary:
        yield Unit(f"glossary.{term.code}.term", term.term, "Word that is explained")
        yield Unit(f"glossary.{term.code}.meaning", term.meaning, f"What is meant by: {term.term}")


def _item_units(item: Item) -> Iterator[Unit]:
    asked = choose(item.text, Answering.SELF)[0]
    here = f"item.{item.id}"
    yield from _units(f"{here}.text", item.text, "Words to read" if item.type == "statement" else "Question")
    yield from _units(f"{here}.hint", item.hint, f"Hint under: {asked}")
    yield from _format_units(item, asked)
    if isinstance(item, ScaleItem):
        for number, name, text in item.in_words:
            end = {item.min: "Lowest number", item.max: "Highest number"}.get(number, "The number")
            yield from _units(f"{here}.{name}", text, f"{end}, {number}, of: {asked}")
    if isinstance(item, NumberItem):
        yield from _units(f"{here}.unit", item.unit, f"After the number that answers: {asked}")
    if isinstance(item, ChoiceItem):
        for group in item.groups:
            yield from _units(f"{here}.group.{group.code}.text", group.text, f"Heading over answers to: {asked}")
    for row in item.rows if isinstance(item, GridItem) else ():
        yield from _units(f"{here}.row.{row.code}.text", row.text, f"One of the things asked about in: {asked}")
        yield from _easy_read_units(f"{here}.row.{row.code}", row.easyread, asked)
    for option in options_of(item):
        yield from _option_units(f"{here}.option.{option.code}", option, asked)
    for number, soft in enumerate(item.soft):
        yield from _units(f"{here}.soft.{number}", soft.text, f"Asks whether an unusual answer is right, to: {asked}")


def _format_units(item: Item, asked: str) -> Iterator[Unit]:
    if item.formats is None:
        return
    if item.formats.easyread is not None:
        easyread = item.formats.easyread
        yield from _units(f"item.{item.id}.easyread.text", easyread.text, f"Easy Read, one short sentence, of: {asked}")
        yield from _units(f"item.{item.id}.easyread.hint", easyread.hint, f"Easy Read, hint under: {asked}")
    if item.formats.bsl is not None:
        comment = f"What is signed in the film of: {asked}"
        yield Unit(f"item.{item.id}.bsl.transcript", item.formats.bsl.transcript, comment)


def _option_units(context: str, option: Option, asked: str) -> Iterator[Unit]:
    yield from _units(f"{context}.text", option.text, f"Answer to: {asked}")
    yield from _units(f"{context}.hint", option.hint, f"Hint under an answer to: {asked}")
    yield from _easy_read_units(context, option.easyread, asked)
    yield from _units(f"{context}.write_in", option.write_in, f"Label of a text box under an answer to: {asked}")


def _easy_read_units(context: str, easyread: EasyReadLabel | None, asked: str) -> Iterator[Unit]:
    if easyread is not None:
        yield from _units(f"{context}.easyread.text", easyread.text, f"Easy Read, few short words, in: {asked}")


def _units(context: str, text: Text | None, comment: str) -> Iterator[Unit]:
    if text is None:
        return
    if isinstance(text, str):
        yield Unit(context, text, comment)
    elif isinstance(text, Plural):
        yield Unit(context, text.one, f"{comment} (by how many: {text.count})", text.other)
    else:
        for variant in Answering:
            wording: str | None = getattr(text, variant)
            if wording is not None:
                yield Unit(f"{context}.{variant}", wording, f"{comment} ({_READER[variant]})")
