"""Wording: which variant a person reads, and every string a translator meets, with its context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.questionnaire.model import (
    Answering,
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    Item,
    Option,
    Questionnaire,
    ScaleItem,
    Text,
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
    """One string to translate: gettext context, English wording, and a note for the translator."""

    context: str
    source: str
    comment: str


def choose(text: Text, answering: Answering) -> tuple[str, str]:
    """The wording for who answers, and the suffix of its context: "" for plain text, else the variant used."""
    if isinstance(text, str):
        return text, ""
    for variant in _FALLBACK[answering]:
        wording: str | None = getattr(text, variant)
        if wording is not None:
            return wording, variant.value
    raise AssertionError("every text has a wording for `self`")


def translation_units(questionnaire: Questionnaire) -> Iterator[Unit]:
    """Every string of a questionnaire in the order of the file, items that are switched off included."""
    yield Unit("title", questionnaire.title, "Name of the survey")
    yield Unit("purpose", questionnaire.purpose, "What the survey is for, on the start page")
    for section in questionnaire.sections:
        yield from _units(f"section.{section.id}.title", section.title, "Heading of a section")
        for page in section.pages:
            yield from _units(f"page.{page.id}.intro", page.intro, "Words above the question")
            for item in page.items:
                yield from _item_units(item)


def _item_units(item: Item) -> Iterator[Unit]:
    asked = choose(item.text, Answering.SELF)[0]
    yield from _units(f"item.{item.id}.text", item.text, "Words to read" if item.type == "statement" else "Question")
    yield from _units(f"item.{item.id}.hint", item.hint, f"Hint under: {asked}")
    if isinstance(item, ScaleItem):
        yield from _units(f"item.{item.id}.min_text", item.min_text, f"Lowest number, {item.min}, of: {asked}")
        yield from _units(f"item.{item.id}.max_text", item.max_text, f"Highest number, {item.max}, of: {asked}")
    if isinstance(item, ChoiceItem):
        for group in item.groups:
            context = f"item.{item.id}.group.{group.code}.text"
            yield from _units(context, group.text, f"Heading over answers to: {asked}")
    if isinstance(item, (ChoiceItem, ChoicesItem, ScaleItem, AreaItem)):
        for option in item.options:
            yield from _option_units(item.id, option, asked)


def _option_units(item_id: str, option: Option, asked: str) -> Iterator[Unit]:
    context = f"item.{item_id}.option.{option.code}"
    yield from _units(f"{context}.text", option.text, f"Answer to: {asked}")
    yield from _units(f"{context}.hint", option.hint, f"Hint under an answer to: {asked}")
    yield from _units(f"{context}.write_in", option.write_in, f"Label of a text box under an answer to: {asked}")


def _units(context: str, text: Text | None, comment: str) -> Iterator[Unit]:
    if text is None:
        return
    if isinstance(text, str):
        yield Unit(context, text, comment)
        return
    for variant in Answering:
        wording: str | None = getattr(text, variant)
        if wording is not None:
            yield Unit(f"{context}.{variant}", wording, f"{comment} ({_READER[variant]})")
