"""Why something in a questionnaire can never be, in words for its author."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from survey.questionnaire.condition_model import All, AnyOf, Comparison, Condition, Not, Operator
from survey.questionnaire.problems import Location, shown
from survey.questionnaire.proof.encoding import Need, Place, Why
from survey.questionnaire.proof.reachability import Clash, Proof

_VERBS = {
    Operator.IS: "is",
    Operator.IS_NOT: "is not",
    Operator.ANY_OF: "is one of",
    Operator.NONE_OF: "is none of",
    Operator.ALL_OF: "has all of",
    Operator.AT_LEAST: "is at least",
    Operator.AT_MOST: "is at most",
}
_MOST_CODES = 4
_LONGEST = 300


class Part(NamedTuple):
    """A part of a condition, and whether the whole is true when the part is, or when it is false (inside `not`)."""

    location: Location
    condition: Condition
    wanted: bool

    def literal(self, proof: Proof) -> int:
        """Holds when the part is as it is wanted."""
        encoding = proof.encoding
        return encoding.true(self.condition) if self.wanted else encoding.false(self.condition)

    def parts(self) -> tuple[Part, ...]:
        """What it is made of."""
        match self.condition:
            case Not(part=part):
                return (Part((*self.location, "not"), part, not self.wanted),)
            case All(parts=parts) | AnyOf(parts=parts):
                key = "all" if isinstance(self.condition, All) else "any"
                return tuple(
                    Part((*self.location, key, number), part, self.wanted) for number, part in enumerate(parts)
                )
        return ()

    def all_parts(self) -> Iterator[Part]:
        """The part itself and everything it is made of."""
        yield self
        for part in self.parts():
            yield from part.all_parts()

    @property
    def one_is_enough(self) -> bool:
        """Whether one of its parts makes it as it is wanted."""
        return isinstance(self.condition, AnyOf if self.wanted else All)


def contradiction(proof: Proof, part: Part) -> tuple[Location, str]:
    """The smallest part of a part that contradicts itself, and what is wrong with it."""
    parts = part.parts()
    alone = [each for each in parts if not proof.could_be_by_itself(each.literal(proof))]
    if alone and (len(parts) == 1 or not part.one_is_enough):
        return contradiction(proof, alone[0])
    wanted = "true" if part.wanted else "false"
    if not parts:
        return part.location, f"No answer makes this {wanted}: {in_words(part.condition)}."
    if part.one_is_enough:
        return part.location, f"None of these can ever be {wanted}: {_listed(parts)}."
    literals = proof.conflict_by_itself([each.literal(proof) for each in parts])
    guilty = tuple(each for each in parts if each.literal(proof) in literals)
    return part.location, f"These can never be {wanted} at once: {_listed(guilty)}."


def reasons(proof: Proof, clash: Clash, place: Place) -> str:
    """What a clash at a place rests on, as the end of a sentence."""
    said = [_need(need, place) for need in clash.needs]
    said += [_link(proof, item) for item in clash.items]
    return "; ".join(dict.fromkeys(said))


def in_words(condition: Condition) -> str:
    """A condition with its ids and codes, in one line."""
    text = _words(condition)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _words(condition: Condition) -> str:
    match condition:
        case All(parts=parts):
            return " and ".join(_inner(part) for part in parts)
        case AnyOf(parts=parts):
            return " or ".join(_inner(part) for part in parts)
        case Not(part=part):
            return f"not {_inner(part)}"
        case Comparison(item=item, operator=Operator.ANSWERED, operand=answered):
            return f"{shown(item)} is {'' if answered else 'not '}answered"
        case Comparison(item=item, operator=operator, operands=codes):
            more = ", …" if len(codes) > _MOST_CODES else ""
            return f"{shown(item)} {_VERBS[operator]} {', '.join(map(shown, codes[:_MOST_CODES]))}{more}"


def _inner(condition: Condition) -> str:
    words = _words(condition)
    return f"({words})" if isinstance(condition, (All, AnyOf)) and len(condition.parts) > 1 else words


def _listed(parts: tuple[Part, ...]) -> str:
    return "; ".join(in_words(part.condition) for part in parts)


def _need(need: Need, place: Place) -> str:
    kind, name = need.place
    here = "it" if need.place == (place.kind, place.id) else f"the {kind} {shown(name)}"
    if need.why is Why.CONDITION and need.condition is not None:
        return f"{here} needs {in_words(need.condition)}"
    if need.why is Why.REPEAT and need.condition is not None:
        return f"{here} is repeated only if {in_words(need.condition)}"
    if need.why is Why.ROWS:
        return f"{here} is there only with a row of its grid"
    return "the survey ends before for those who would come here"


def _link(proof: Proof, item: str) -> str:
    if proof.encoding.items[item].off:
        return f"{shown(item)} is switched off"
    conditions = [need.condition for need in proof.encoding.asked_at[item].needs if need.condition is not None]
    if not conditions:
        return f"{shown(item)} has to be answered"
    return f"{shown(item)} is asked only if {' and '.join(_inner(condition) for condition in conditions)}"
