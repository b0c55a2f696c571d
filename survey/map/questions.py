"""A question as the map shows it: its words for each reader, its answers, and what is special about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from survey.questionnaire.in_words import Said, Words, wording
from survey.questionnaire.model import (
    Answering,
    AreaItem,
    ChoiceItem,
    DateItem,
    DatePart,
    GridItem,
    Item,
    LongTextItem,
    NumberItem,
    Option,
    RankItem,
    ScaleItem,
    ShortTextItem,
    Variants,
    options_of,
)

READERS = {
    Answering.SELF: "someone who answers for themselves",
    Answering.SUPPORTED: "someone with help",
    Answering.PROXY: "someone who answers for another adult",
    Answering.CHILD: "someone who answers for a child",
}
_FINEST = {DatePart.YEAR: "A year", DatePart.MONTH: "A month and year", DatePart.DAY: "A day, month and year"}
_ROLES = {
    "consent": "Asks whether the person wants to take part",
    "answering": "The answer decides how questions are worded",
    "area": "Says which NHS area the answers count for",
}


_TYPED = (ScaleItem, NumberItem, DateItem, AreaItem)
"""What is answered in another way than by picking from the options, which only say why there is no answer."""


@dataclass(frozen=True)
class MapRow:
    """One line of a grid, and who is asked it where not everyone is."""

    text: str
    asked: Said | None


@dataclass(frozen=True)
class MapOptions:
    """Answers to pick from, below their heading where they have one."""

    heading: str | None
    options: tuple[str, ...]


@dataclass(frozen=True)
class MapQuestion:
    """A question, or words to read, which have no number."""

    number: int | None
    id: str
    text: str
    hint: str | None
    how: str
    """How it is answered."""
    options: tuple[MapOptions, ...]
    rows: tuple[MapRow, ...]
    marks: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    """For whom it has other words, and which."""
    checks: tuple[Said, ...]


def describe_question(item: Item, number: int | None, words: Words) -> MapQuestion:
    """Describe one item."""
    return MapQuestion(
        number=number,
        id=item.id,
        text=wording(item.text),
        hint=None if item.hint is None else wording(item.hint),
        how=HOW[item.type](item) + (", or" if isinstance(item, _TYPED) and item.options else ""),
        options=tuple(_options(item)),
        rows=tuple(
            MapRow(wording(row.text), None if row.show_if is None else words.condition(row.show_if))
            for row in (item.rows if isinstance(item, GridItem) else ())
        ),
        marks=tuple(_marks(item)),
        others=tuple(_others(item)),
        checks=tuple(map(words.soft, item.soft)),
    )


def _options(item: Item) -> Iterator[MapOptions]:
    headings = {group.code: wording(group.text) for group in item.groups} if isinstance(item, ChoiceItem) else {}
    for group, options in groupby(options_of(item), lambda option: option.group):
        yield MapOptions(None if group is None else headings.get(group), tuple(map(_option, options)))


def _option(option: Option) -> str:
    notes = ["on its own"] * option.exclusive + ["with room to write"] * (option.write_in is not None)
    return wording(option.text) + (f" ({', '.join(notes)})" if notes else "")


def _others(item: Item) -> Iterator[tuple[str, str]]:
    for reader in (Answering.SUPPORTED, Answering.PROXY, Answering.CHILD):
        if isinstance(item.text, Variants) and getattr(item.text, reader) is not None:
            yield f"To {READERS[reader]}", wording(item.text, reader)
    if item.formats is not None and item.formats.easyread is not None:
        yield "In Easy Read", wording(item.formats.easyread.text)


def _marks(item: Item) -> Iterator[str]:
    if item.off:
        yield "Switched off: asked only where a survey switches it on"
    if item.required:
        yield "Must be answered"
    if item.role in _ROLES:
        yield _ROLES[item.role]
    elif item.role is not None:
        yield "Used to see whose voice is missing, and to compare groups"
    if item.sensitive:
        yield "Sensitive: looked after with extra care"
    formats = item.formats
    if formats is not None:
        yield from ["Easy Read"] * (formats.easyread is not None)
        yield from ["Read aloud"] * (formats.audio is not None)
        yield from ["British Sign Language video"] * (formats.bsl is not None)
    for same in item.equivalent:
        yield f"Can be compared with version {same.version}: {same.reason}"


# --- How each type is answered --------------------------------------------------------


def _scale(item: Item) -> str:
    assert isinstance(item, ScaleItem)
    between = "".join(f"{label.number} “{wording(label.text)}”, " for label in item.labels)
    ends = f"A number from {item.min} (“{wording(item.min_text)}”) to {item.max} (“{wording(item.max_text)}”)"
    return f"{ends}; {between.removesuffix(', ')}" if between else ends


def _rank(item: Item) -> str:
    assert isinstance(item, RankItem)
    most = f", at most {item.at_most}" if item.at_most else ""
    return f"Put in order, the most important first{most}"


def _number(item: Item) -> str:
    assert isinstance(item, NumberItem)
    unit = "" if item.unit is None else f" {wording(item.unit)}"
    return f"A number from {item.min:,} to {item.max:,}{unit}"


def _date(item: Item) -> str:
    assert isinstance(item, DateItem)
    return f"{_FINEST[item.finest]}; parts may be left out"


def _text(item: Item) -> str:
    assert isinstance(item, (ShortTextItem, LongTextItem))
    length = "A few words" if isinstance(item, ShortTextItem) else "In their own words"
    return f"{length}, up to {item.max_length:,} letters"


HOW: Mapping[str, Callable[[Item], str]] = {
    "choice": lambda item: "Pick one",
    "choices": lambda item: "Pick any number",
    "scale": _scale,
    "grid": lambda item: "Pick one for each line",
    "rank": _rank,
    "number": _number,
    "date": _date,
    "area": lambda item: "An NHS area, found by its name or a postcode",
    "short_text": _text,
    "long_text": _text,
    "statement": lambda item: "Words to read",
}
"""How an item of each type is answered, in words."""
