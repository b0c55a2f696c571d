"""Which pages a person sees: the path, worked out from nothing but the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from survey.questionnaire.answers import (
    AREA_FIFTH,
    HANDOVER_PAGE,
    HANDOVER_TO,
    Answers,
    Value,
    instance_key,
)
from survey.questionnaire.conditions import compile_condition, evaluate, picked_codes
from survey.questionnaire.model import Answering, ChoiceItem, EndKind, GridItem, Item, Questionnaire
from survey.questionnaire.plan import Place, PlacedPage, Stop, WriteIn, compiled, make_plan, place_pages
from survey.questionnaire.rounds import Rounds, answers_in_round, by_round, page_key, split_page
from survey.questionnaire.walk import variables_of

__all__ = ["Path", "PlacedPage", "Router", "evaluate", "page_key", "split_page"]

_ANSWERING: Mapping[Value | None, Answering] = {who.value: who for who in Answering}


@dataclass(frozen=True)
class Path:
    """The pages that are for this person, in order, and the answers that count."""

    pages: tuple[str, ...]
    """Keys of pages: the id, in a repeat `<id>/<round>`."""
    answers: Answers
    """Of pages on the path and rows shown only; a write-in only with its option picked."""
    answering: Answering
    """Who answers from now on."""
    began_answering: Answering
    """Who answered at first; another one when somebody else has taken over."""
    ended: EndKind | None
    """REFUSED where the person does not want to take part: the path stops at that page."""

    def before(self, key: str) -> str | None:
        """The page before this one; None at the first page and for a page off the path."""
        position = self._position(key)
        return self.pages[position - 1] if position else None

    def after(self, key: str) -> str | None:
        """The page after this one; None at the last page and for a page off the path."""
        position = self._position(key)
        if position is None or position + 1 == len(self.pages):
            return None
        return self.pages[position + 1]

    def first_unanswered(self, saved: Collection[str]) -> str | None:
        """The first page not among those saved, where someone who comes back goes on; None when there is none.

        A page that was left out on purpose was saved without an answer, so it does not hold anyone up.
        """
        return next((key for key in self.pages if key not in saved), None)

    def _position(self, key: str) -> int | None:
        return self.pages.index(key) if key in self.pages else None


class Router:
    """The pages of one questionnaire and the paths through it; made once, never changed, safe in threads."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        known = {item.id: item for item in variables_of(questionnaire)}
        self.pages = place_pages(questionnaire)
        self.items: Mapping[str, Item] = MappingProxyType(
            {item.id: item for placed in self.pages for item in placed.page.items}
        )
        self._by_id = {placed.page.id: placed for placed in self.pages}
        self._plan = make_plan(self.pages, known)
        self.rounds: Mapping[str, Rounds] = MappingProxyType(
            {
                section.id: Rounds.of(section.repeat, known)
                for section in questionnaire.sections
                if section.repeat is not None
            }
        )
        self._rows = {
            item.id: tuple((row.code, compiled(row.show_if, known)) for row in item.rows)
            for item in self.items.values()
            if isinstance(item, GridItem)
        }
        self._soft = {
            placed.page.id: tuple(
                (item.id, number, compile_condition(check.when, known))
                for item in placed.page.items
                for number, check in enumerate(item.soft)
            )
            for placed in self.pages
        }
        self._answering = {
            (item.id, option.code): option.answering
            for item in self.items.values()
            if isinstance(item, ChoiceItem) and item.role == "answering"
            for option in item.options
            if option.answering is not None
        }

    def page(self, key: str) -> PlacedPage | None:
        """The page of that id or key; None when there is none, or no such round, or all its items are switched off."""
        page_id, round_number = split_page(key)
        placed = self._by_id.get(page_id)
        if placed is None or round_number is None:
            return placed
        rounds = self.rounds.get(placed.section.id)
        return placed if rounds is not None and round_number <= rounds.last else None

    def path(self, answers: Answers, given: frozenset[str] = frozenset()) -> Path:
        """Work out the path. `given` are items known from elsewhere: a page that asks nothing else is not shown.

        An answer to a given item, where `answers` holds one, counts like any other.
        """
        pages: list[str] = []
        kept: dict[str, Value] = {}
        in_rounds: Mapping[int, Answers] | None = None
        refused = False
        for test, rounds, stops in self._plan:
            if test is not None and not test(kept):
                continue
            if rounds is None:
                refused = _walk(stops, answers, given, kept, pages)
            else:
                in_rounds = by_round(answers) if in_rounds is None else in_rounds
                refused = _walk_rounds(rounds, stops, in_rounds, given, kept, pages)
            if refused:
                break
        began = answering = self._who_answers(kept)
        taken_over = _ANSWERING.get(answers.get(HANDOVER_TO))
        if taken_over is not None:
            kept |= {key: answers[key] for key in (HANDOVER_TO, HANDOVER_PAGE) if answers.get(key)}
            answering = taken_over
        return Path(tuple(pages), kept, answering, began, EndKind.REFUSED if refused else None)

    def shown_rows(self, grid: GridItem, answers: Answers, round_number: int | None = None) -> tuple[str, ...]:
        """The codes of the rows of a grid that are for this person, by the answers of their path."""
        seen = answers_in_round(answers, round_number)
        return tuple(code for code, test in self._rows[grid.id] if test is None or test(seen))

    def odd(self, key: str, answers: Answers) -> tuple[tuple[str, int], ...]:
        """The soft checks of a page that hit: item and number of the check, from 0.

        `answers` are those of the path with what the page itself is about to save.
        """
        page_id, round_number = split_page(key)
        soft = self._soft[page_id]
        if not soft:
            return ()
        seen = answers_in_round({name: value for name, value in answers.items() if value or value == 0}, round_number)
        return tuple((item_id, number) for item_id, number, test in soft if test(seen))

    def _who_answers(self, kept: Answers) -> Answering:
        for (item_id, code), answering in self._answering.items():
            if kept.get(item_id) == code:
                return answering
        return Answering.SELF


# --- Walking --------------------------------------------------------------------


def _walk(
    stops: tuple[Stop, ...], answers: Answers, given: frozenset[str], kept: dict[str, Value], pages: list[str]
) -> bool:
    """Add the pages and answers of a section, or of one round of it; true where the person has refused."""
    # Asked at every submission and for every response of an export: hence plain tuples and few calls.
    for page_id, test, keys, extras, refused in stops:
        if test is not None and not test(kept):
            continue
        if extras is not None and extras.rows:
            keys = (*keys, *(key for key, row_test in extras.rows if row_test(kept)))
            if not keys:
                continue  # a grid none of whose rows is for this person
        for key in keys:
            value = answers.get(key)
            if value or value == 0:  # 0 is a number; "", () and None are no answer
                kept[key] = value
        if extras is not None:
            _keep_write_ins(extras.write_ins, answers, kept)
            _keep_places(extras.places, answers, kept)
        if given and given.issuperset(keys):
            continue
        pages.append(page_id)
        if refused is not None and refused(kept):
            return True
    return False


def _walk_rounds(
    rounds: Rounds,
    stops: tuple[Stop, ...],
    in_rounds: Mapping[int, Answers],
    given: frozenset[str],
    kept: dict[str, Value],
    pages: list[str],
) -> bool:
    for number in rounds.numbers(kept):
        outside, first = len(kept), len(pages)
        refused = _walk(stops, in_rounds.get(number, {}), given, kept, pages)
        pages[first:] = [page_key(page_id, number) for page_id in pages[first:]]
        # The round's conditions ask its own answers by plain ids. These are the last that came into `kept`; they
        # are taken out again and kept under the round, so that no copy of all answers is made for each round.
        own = [kept.popitem() for _ in range(len(kept) - outside)]
        kept |= {instance_key(key, number): value for key, value in reversed(own)}
        if refused:
            return True
    return False


def _keep_write_ins(write_ins: tuple[WriteIn, ...], answers: Answers, kept: dict[str, Value]) -> None:
    for item_id, code, key in write_ins:
        text = answers.get(key)
        if text and item_id in kept and code in picked_codes(kept[item_id]):
            kept[key] = text


def _keep_places(places: tuple[Place, ...], answers: Answers, kept: dict[str, Value]) -> None:
    """What was found beside an area by its postcode: `area__2023` for each other vintage, `area__fifth`."""
    for item_id, prefix, missing in places:
        # One search through all the names first, because most people pick their area from the list.
        if item_id not in kept or kept[item_id] in missing or prefix not in " ".join(answers):
            continue
        for key, value in answers.items():
            if key.startswith(prefix) and (key[len(prefix) :].isdigit() or key == prefix + AREA_FIFTH):
                kept[key] = value
