"""Which pages a person can come to, and with which answers: decided exactly, for every set of answers there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from survey.questionnaire.answers import Value, instance_key
from survey.questionnaire.condition_model import All, AnyOf, Condition, Not
from survey.questionnaire.model import Questionnaire, answered_parts
from survey.questionnaire.proof.encoding import Encoding, Need, PlacedPage, PlacedSection
from survey.questionnaire.proof.formulas import Solver, holds
from survey.questionnaire.rounds import Rounds


class Clash(NamedTuple):
    """Why something cannot be: needs that cannot be met together, and the items for which it matters who is asked."""

    needs: tuple[Need, ...]
    items: tuple[str, ...]


class Proof:
    """What can and cannot happen in a questionnaire that passes the other checks; for one thread at a time.

    `area_codes` are areas that answers may name. Raises Undecided, here and later, for a questionnaire whose
    conditions are too tangled to be decided in bounded time.
    """

    def __init__(self, questionnaire: Questionnaire, area_codes: Sequence[str] = ()) -> None:
        self.encoding = Encoding(questionnaire, area_codes)
        self._pages = {page.page.id: (section, page) for section in self.encoding.sections for page in section.pages}
        written = [literal for condition in self.encoding.conditions for literal in self._write_down(condition)]
        self._solver = Solver(self.encoding.formulas, [link.clause for link in self.encoding.links])
        self._solver.look_for(dict.fromkeys(written))
        self._link_names: dict[int, str] = {}
        self._unlinked: Solver | None = None

    def can_be_shown(self, page_id: str) -> dict[str, Value] | None:
        """Answers that lead to a page, keyed as answers are, in a repeat to its first round; None where there are none.

        KeyError for an id that no page has. A page on which everything is switched off is never shown.
        """
        section, page = self._pages[page_id]
        unlinked = self._without_links()
        literals = [page.place.shown, -self.encoding.switched, *self._link_names]
        model = unlinked.model(literals)
        if model is None:
            return None
        for space in self.encoding.spaces.values():  # leave out every answer that can be: the way is easier to see
            if holds(model, space.answered):
                without = unlinked.model([*literals, -space.answered])
                model = without or model
            if not holds(model, space.answered):
                literals.append(-space.answered)
        return self._answers_before(section, page, model)

    def is_always_answered(self, page_id: str, key: str) -> bool:
        """Whether all who see a page have answered an item of an earlier page, or a row of a grid by its `row_key`."""
        space = self.encoding.spaces.get(key)
        return space is not None and not self.could_be(self._pages[page_id][1].place.shown, -space.answered)

    def can_be(self, *literals: int) -> bool:
        """Whether this can happen while items that are switched off stay off."""
        return self._solver.can_be(*literals, -self.encoding.switched)

    def could_be(self, *literals: int) -> bool:
        """Whether this can happen, if need be with items that are off switched on."""
        return self._solver.can_be(*literals)

    def could_be_by_itself(self, *literals: int) -> bool:
        """Whether this could be if everyone could answer everything; if not, a condition contradicts itself."""
        return self._solver.can_be(*literals) or self._without_links().can_be(*literals)

    def clash(self, needs: Sequence[Need], *literals: int) -> Clash:
        """Why these needs and literals cannot all be, of which nothing can be left out."""
        labels = {need.literal: need for need in needs}
        unlinked = self._without_links()
        guilty = unlinked.conflict([*self._link_names, *labels, *literals])
        items = [self._link_names[literal] for literal in guilty if literal in self._link_names]
        return Clash(tuple(labels[literal] for literal in guilty if literal in labels), tuple(dict.fromkeys(items)))

    def conflict_by_itself(self, literals: Sequence[int]) -> list[int]:
        """Of literals that contradict each other by themselves, the ones that suffice."""
        return self._without_links().conflict(literals)

    def _write_down(self, condition: Condition) -> Iterator[int]:
        """Make both literals of every part, so that whatever the solver finds tells about all of them."""
        true, false = self.encoding.true(condition), self.encoding.false(condition)
        yield from (true, -true, false, -false)
        for part in parts_of(condition):
            yield from self._write_down(part)

    def _without_links(self) -> Solver:
        """A solver in which each link between the path and an answer holds only if it is asked to."""
        if self._unlinked is None:
            self._link_names = {self.encoding.formulas.new(): link.item for link in self.encoding.links}
            guarded = zip(self._link_names, self.encoding.links, strict=True)
            self._unlinked = Solver(self.encoding.formulas, [(-name, *link.clause) for name, link in guarded])
        return self._unlinked

    def _answers_before(self, section: PlacedSection, page: PlacedPage, model: Sequence[int]) -> dict[str, Value]:
        answers: dict[str, Value] = {}
        for other in self.encoding.sections:
            number = None
            if other.section.repeat is not None:
                if other is not section:
                    continue  # nothing outside a repeat refers into it
                number = Rounds.of(other.section.repeat, self.encoding.items).numbers(answers)[0]
            for earlier in other.pages:
                if earlier is page:
                    return answers
                for asked in chain.from_iterable(map(answered_parts, earlier.page.items)):
                    space = self.encoding.spaces.get(asked.id)
                    value = None if space is None else space.value(model)
                    if value is not None:
                        answers[asked.id if number is None else instance_key(asked.id, number)] = value
        return answers


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions a condition is made of; none for a comparison."""
    match condition:
        case All(parts=parts) | AnyOf(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
    return ()
