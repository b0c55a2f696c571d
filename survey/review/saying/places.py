"""The parts of a draft in words: where a comment can hang, and which words can be others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from survey.coproduction.numbering import Numbered
from survey.coproduction.saying import WHOLE, Place
from survey.coproduction.saying_rules import PLACES_OF_WHOLE, places_of
from survey.i18n import gettext
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import Answering, GridItem, Item, Plural, ScaleItem, Text, Variants, options_of
from survey.questionnaire.text import choose
from survey.review.saying.drafts import Draft


@dataclass(frozen=True)
class Part:
    """Words of a question that can be others: those that one kind of reader sees, or everyone."""

    field: str
    variant: str
    words: str
    """As they are now; '' where there are none yet."""
    may_be_empty: bool = False

    @property
    def address(self) -> str:
        """As it stands in the address of a page."""
        return f"{self.field}:{self.variant}" if self.variant else self.field


def offered_places(numbered: Numbered | None) -> dict[str, str]:
    """The places of a question, or of the questionnaire as a whole, each with its words."""
    if numbered is None:
        return {field: name_place(None, field) for field in PLACES_OF_WHOLE}
    return {field: name_place(numbered.item, field) for field in places_of(numbered.item)}


def where(draft: Draft, place: Place) -> str:
    """A place in words, without the question it is in."""
    if place.item == WHOLE:
        return name_place(None, place.field)
    found = draft.find(place.item)
    return name_place(found.item if found else None, place.field)


def name_place(item: Item | None, field: str) -> str:
    """The words for a place."""
    kind, _, rest = field.partition(".")
    code = rest.removesuffix(".text").removesuffix(".hint")
    match kind:
        case "text":
            return gettext("The question")
        case "hint":
            return gettext("The hint below it")
        case "option":
            return gettext("The answer “%(answer)s”", answer=_words_of(item, code))
        case "row":
            return gettext("The line “%(line)s”", line=_words_of(item, code))
        case "order" if item is None:
            return gettext("The order of the questions")
        case "order":
            return gettext("The order of the answers")
        case "formats":
            return gettext("Easy Read, sound, pictures or sign language")
        case "easyread":
            return gettext("The hint in Easy Read") if rest == "hint" else gettext("The question in Easy Read")
        case "min_text":
            return gettext("The words at the low end")
        case "max_text":
            return gettext("The words at the high end")
    return gettext("The questions as a whole") if item is None else gettext("All of this question")


def name_part(item: Item, part: Part) -> str:
    """The words for a part that can be reworded, with who reads it."""
    place = name_place(item, part.field)
    match part.variant:
        case "":
            return place
        case "one":
            return gettext("%(place)s, for one", place=place)
        case "other":
            return gettext("%(place)s, for more than one", place=place)
        case Answering.SELF:
            return gettext("%(place)s, for people who answer for themselves", place=place)
        case Answering.SUPPORTED:
            return gettext("%(place)s, for people who answer with help", place=place)
        case Answering.PROXY:
            return gettext("%(place)s, for people who answer for another adult", place=place)
    return gettext("%(place)s, for people who answer for a child", place=place)


def parts_of(item: Item) -> Iterator[Part]:
    """All words of a question that can be others, a part for each kind of reader where these have their own."""
    yield from _readings("text", item.text)
    yield from _readings("hint", item.hint, may_be_empty=True)
    for option in options_of(item):
        yield from _readings(f"option.{option.code}.text", option.text)
    if isinstance(item, GridItem):
        for row in item.rows:
            yield from _readings(f"row.{row.code}.text", row.text)
    if isinstance(item, ScaleItem):
        yield from _readings("min_text", item.min_text)
        yield from _readings("max_text", item.max_text)
    if item.formats is not None and item.formats.easyread is not None:
        yield from _readings("easyread.text", item.formats.easyread.text)
        yield from _readings("easyread.hint", item.formats.easyread.hint, may_be_empty=True)


def find_part(item: Item, address: str) -> Part | None:
    """The part at an address; also words of their own for a kind of reader who has had none."""
    field, _, variant = address.partition(":")
    here = [part for part in parts_of(item) if part.field == field]
    for part in here:
        if part.address == address:
            return part
    if len(here) == 1 and here[0].variant == "" and here[0].words and variant in set(Answering):
        return Part(field, variant, here[0].words)
    return None


def other_readers(item: Item, part: Part) -> list[Part]:
    """Where all readers have the same words: a part for each kind of reader, to have words of their own."""
    if part.variant or not part.words:
        return []
    found = (find_part(item, f"{part.field}:{reader}") for reader in Answering)
    return [each for each in found if each is not None and each.variant != Answering.SELF]


def _readings(field: str, text: Text | None, *, may_be_empty: bool = False) -> Iterator[Part]:
    if isinstance(text, Variants):
        for reader in Answering:
            yield Part(field, reader, choose(text, reader)[0])
    elif isinstance(text, Plural):
        yield Part(field, "one", text.one)
        yield Part(field, "other", text.other)
    else:
        yield Part(field, "", text or "", may_be_empty)


def _words_of(item: Item | None, code: str) -> str:
    if item is None:
        return code
    texts = {option.code: option.text for option in options_of(item)}
    if isinstance(item, GridItem):
        texts |= {row.code: row.text for row in item.rows}
    return wording(texts[code]) if code in texts else code
