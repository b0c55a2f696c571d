"""The analysis file of a wave as publishing sees it: the wave, its items, and whether the file is what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from dashboard.analysis.disclosure.attack import Columns

NAME = re.compile(r"[a-z][a-z0-9_]{0,80}")
META = (
    *("meta_area", "meta_vintage", "meta_status", "meta_started_on", "meta_submitted_on"),
    *("meta_last_page", "meta_locale", "meta_format", "meta_mode"),
)
_PUBLISHED_TYPES = ("choice", "choices", "scale")


class AnalysisFileError(Exception):
    """An analysis file cannot be published; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Option:
    """An answer as results show it: an option, or a heading that `codes` are rolled up to."""

    code: str
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A question of which results are published."""

    id: str
    text: str
    section: str
    type: str
    sensitive: bool
    dimension: str | None
    options: tuple[Option, ...]
    good: tuple[str, ...]
    """Codes of the options, as results show them, that count as good; empty without a measure."""
    good_text: str
    equivalent: tuple[str, ...] = ()
    """Earlier versions of the questionnaire whose answers are declared to be comparable, whatever their wording."""
    reasons: tuple[str, ...] = ()
    """Reasons for no answer that people can give: dont_know, refused."""

    @property
    def is_strict(self) -> bool:
        """Whether the stricter class of disclosure rules holds for it."""
        return self.sensitive or self.dimension is not None

    @property
    def takes_several(self) -> bool:
        """Whether people pick any number of options."""
        return self.type == "choices"

    @property
    def column_options(self) -> tuple[str, ...]:
        """Which option each column of counts after the base is about; '' last, for the measure."""
        return (*(option.code for option in self.options), *([""] if self.good else []))

    @cached_property
    def columns(self) -> Columns:
        """How the columns of counts hang together: base, options, measure."""
        numbers = {option.code: number for number, option in enumerate(self.options, start=1)}
        good = tuple(numbers[code] for code in self.good)
        measure = len(self.options) + 1
        if self.takes_several:
            return Columns(unions=((measure, good),) if good else ())
        sums = [(0, tuple(numbers.values()))]
        if good:
            sums += [(measure, good), (0, (measure, *(number for number in numbers.values() if number not in good)))]
        return Columns(sums=tuple(sums))


@dataclass(frozen=True)
class AnalysisFile:
    """`responses.parquet` and `codebook.json` of one wave."""

    folder: Path
    wave: str
    vintage: str
    is_open: bool
    made_up: bool
    opened_on: str
    closed_on: str | None
    questionnaire: Mapping[str, str]
    items: tuple[Item, ...]
    columns: tuple[str, ...]
    """What the codebook says there is in the file."""
    pages: tuple[str, ...] = ()
    """Ids of the pages in the order people come to them; none in a codebook of before they were listed."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """What every item asks, and every page: the words of its first item."""
    invited: Mapping[str, int] = field(default_factory=dict)
    """Invitation codes issued by area of the wave's list; empty with an open link alone."""

    @property
    def responses(self) -> Path:
        """The Parquet file."""
        return self.folder / "responses.parquet"

    def item(self, item_id: str) -> Item | None:
        """The item of that id."""
        return next((item for item in self.items if item.id == item_id), None)


def load_analysis_file(folder: Path) -> AnalysisFile:
    """The analysis file in `folder`. Raises AnalysisFileError."""
    path = folder / "codebook.json"
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
        wave, questionnaire = book["wave"], book["questionnaire"]
        return AnalysisFile(
            folder=folder,
            wave=wave["id"],
            vintage=wave["vintage"],
            is_open=wave["open"],
            made_up=wave["made_up"],
            opened_on=wave["opened_on"],
            closed_on=wave["closed_on"],
            questionnaire={key: questionnaire[key] for key in ("id", "version", "status", "title")},
            items=tuple(_items(book)),
            columns=tuple(column["name"] for column in book["columns"]),
            pages=tuple(str(page["id"]) for page in book.get("pages", ())),
            texts={
                **{str(page["id"]): str(page["text"]) for page in book.get("pages", ())},
                **{str(entry["id"]): str(entry["text"]) for entry in book["items"]},
            },
            invited={str(area): int(codes) for area, codes in wave.get("invited", {}).items()},
        )
    except OSError as error:
        raise AnalysisFileError(f"{path} cannot be read ({error.strerror}): export the wave first.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise AnalysisFileError(f"{path} is not the codebook of a wave: {error!r} is wrong or missing.") from error


def _items(book: Mapping[str, Any]) -> Iterator[Item]:
    titles = {section["id"]: section["title"] for section in book["sections"]}
    for entry in book["items"]:
        if entry["type"] not in _PUBLISHED_TYPES or entry["role"] == "consent" or entry["repeat"] is not None:
            continue
        options = tuple(_scale(entry) if entry["type"] == "scale" else _options(entry))
        good = _rolled_up(options, [str(code) for code in entry["good"]])
        yield Item(
            id=_name(entry["id"]),
            text=entry["text"],
            section=titles[entry["section"]],
            type=entry["type"],
            sensitive=entry["sensitive"],
            dimension=entry["dimension"],
            options=options,
            good=good,
            good_text=_good_text(entry["type"], [option.text for option in options if option.code in good]),
            equivalent=tuple(str(each["version"]) for each in entry["equivalent"]),
            reasons=tuple(dict.fromkeys(option["missing"] for option in entry["options"] if option["missing"])),
        )


def _options(entry: Mapping[str, Any]) -> Iterator[Option]:
    answers = [option for option in entry["options"] if option["missing"] is None]
    for group in entry["groups"]:
        codes = tuple(_name(option["code"]) for option in answers if option["group"] == group["code"])
        yield Option(_name(group["code"]), group["text"], codes)
    for option in answers:
        if not option["group"]:
            yield Option(_name(option["code"]), option["text"], (option["code"],))


def _scale(entry: Mapping[str, Any]) -> Iterator[Option]:
    words = {label["number"]: label["text"] for label in entry["labels"]}
    for number in range(entry["min"], entry["max"] + 1):
        text = f"{number} – {words[number]}" if number in words else f"{number}"
        yield Option(str(number), text, (str(number),))


def _rolled_up(options: tuple[Option, ...], good: list[str]) -> tuple[str, ...]:
    """The good codes by the headings they are shown under; none when a heading holds others too."""
    shown = tuple(option for option in options if set(option.codes) & set(good))
    return tuple(option.code for option in shown) if all(set(option.codes) <= set(good) for option in shown) else ()


def _good_text(kind: str, texts: list[str]) -> str:
    if kind == "scale" and len(texts) > 1:
        return f"{texts[0].partition(' – ')[0]}–{texts[-1].partition(' – ')[0]}"
    return " / ".join(texts)


def _name(text: str) -> str:
    """A code that may become a column or stand in a file. Raises ValueError."""
    if not NAME.fullmatch(text):
        raise ValueError(f"'{text}' is not a code")
    return text
