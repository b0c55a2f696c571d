"""What a map of a questionnaire shows: its sections, who is asked which questions, and what each answer opens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from survey.map.lengths import Lengths, find_lengths
from survey.map.questions import MapQuestion, describe_question
from survey.questionnaire.clauses import conjuncts, items_asked, joined
from survey.questionnaire.condition_model import Condition
from survey.questionnaire.in_words import Said, Words, wording
from survey.questionnaire.model import EndKind, GridItem, Page, Questionnaire, Section, row_key


@dataclass(frozen=True)
class MapPage:
    """One screen: usually one question."""

    id: str
    intro: str | None
    easyread: str | None
    """What stands above the question in Easy Read."""
    questions: tuple[MapQuestion, ...]
    end: Said | None
    end_kind: EndKind | None
    deciders: tuple[int, ...]
    """Numbers of the questions whose answers decide whether this page is shown, beyond those of its section."""


@dataclass(frozen=True)
class MapBlock:
    """Neighbouring pages that are for the same people."""

    asked: Said | None
    pages: tuple[MapPage, ...]


@dataclass(frozen=True)
class MapSection:
    """A section; `asked` holds for all of its questions, `repeat` says how often they are asked."""

    id: str
    number: int
    title: str
    asked: Said | None
    repeat: Said | None
    deciders: tuple[int, ...]
    blocks: tuple[MapBlock, ...]

    @property
    def pages(self) -> Iterator[MapPage]:
        """Its pages in order."""
        return (page for block in self.blocks for page in block.pages)


@dataclass(frozen=True)
class Outline:
    """A whole questionnaire as its map shows it."""

    title: str
    id: str
    version: str
    status: str
    language: str
    sections: tuple[MapSection, ...]
    lengths: Lengths | None
    questions: int
    opens: Mapping[int, tuple[int, ...]]
    """By the number of a question: the numbers of those that its answer decides about."""


def outline_questionnaire(questionnaire: Questionnaire) -> Outline:
    """Put together what the map of a questionnaire shows."""
    numbers = _number(questionnaire)
    words = Words(questionnaire)
    sections = tuple(
        _section(position, section, words, numbers) for position, section in enumerate(questionnaire.sections, start=1)
    )
    return Outline(
        title=questionnaire.title,
        id=questionnaire.id,
        version=questionnaire.version,
        status=questionnaire.status.value,
        language=questionnaire.language,
        sections=sections,
        lengths=find_lengths(questionnaire),
        questions=len(set(numbers.values())),
        opens=_opens(sections),
    )


def _number(questionnaire: Questionnaire) -> dict[str, int]:
    """The number of each question by its id, and by the keys of its rows; statements have none."""
    numbers: dict[str, int] = {}
    asked = (item for section in questionnaire.sections for page in section.pages for item in page.items)
    for number, item in enumerate((item for item in asked if item.type != "statement"), start=1):
        numbers[item.id] = number
        if isinstance(item, GridItem):
            numbers |= {row_key(item.id, row.code): number for row in item.rows}
    return numbers


def _section(position: int, section: Section, words: Words, numbers: Mapping[str, int]) -> MapSection:
    common = _common(section)
    blocks = []
    for rest, pages in groupby(section.pages, lambda page: _rest(page, common)):
        condition = joined(rest)
        together = tuple(_page(page, words, numbers, condition) for page in pages)
        count = sum(len(page.questions) for page in together)
        lead = "Asked" if count == 1 else f"These {count} are asked"
        said = None if condition is None else words.condition(condition, f"{lead} only if", f"{lead} unless")
        blocks.append(MapBlock(said, together))
    whole = joined([*conjuncts(section.show_if), *common])
    lead = "Everything in this section is asked"
    deciding = [] if whole is None else [numbers[key] for key in items_asked(whole) if key in numbers]
    if section.repeat is not None:
        deciding.append(numbers[section.repeat.source])
    return MapSection(
        id=section.id,
        number=position,
        title=wording(section.title),
        asked=None if whole is None else words.condition(whole, f"{lead} only if", f"{lead} unless"),
        repeat=None if section.repeat is None else words.repeat(section.repeat),
        deciders=_in_order(deciding),
        blocks=tuple(blocks),
    )


def _common(section: Section) -> tuple[Condition, ...]:
    """What every page of a section asks for, so that it is said once; not of a section with one page."""
    if len(section.pages) < 2:
        return ()
    each = [conjuncts(page.show_if) for page in section.pages]
    return tuple(part for part in each[0] if all(part in others for others in each[1:]))


def _rest(page: Page, common: Sequence[Condition]) -> tuple[Condition, ...]:
    return tuple(part for part in conjuncts(page.show_if) if part not in common)


def _page(page: Page, words: Words, numbers: Mapping[str, int], condition: Condition | None) -> MapPage:
    deciding = () if condition is None else items_asked(condition)
    return MapPage(
        id=page.id,
        intro=None if page.intro is None else wording(page.intro),
        easyread=None if page.easyread is None or page.easyread.text is None else wording(page.easyread.text),
        questions=tuple(describe_question(item, numbers.get(item.id), words) for item in page.items),
        end=None if page.end is None else words.end(page.end),
        end_kind=None if page.end is None else page.end.kind,
        deciders=_in_order(numbers[key] for key in deciding if key in numbers),
    )


def _opens(sections: Iterable[MapSection]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for section in sections:
        for page in section.pages:
            for decider in {*section.deciders, *page.deciders}:
                found[decider].extend(question.number for question in page.questions if question.number)
    return {decider: tuple(numbers) for decider, numbers in found.items() if numbers}


def _in_order(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))
