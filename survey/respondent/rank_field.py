"""Putting options in order: a select for each, and buttons that move one up or down without checking the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal
from markupsafe import Markup
from wtforms import Field

from survey.i18n import gettext, ngettext
from survey.questionnaire.answers import AnswerError, AnswerProblemKind, Value
from survey.questionnaire.model import Item, RankItem
from survey.respondent.answer_fields import PartedField
from survey.respondent.drawings import PREFIX, DrawnOption
from survey.respondent.slots import SLOT

UP, DOWN = "up", "down"


class RankField(PartedField):
    """A native select for each option says its place; nothing is dragged."""

    item: RankItem

    @classmethod
    def part_names(cls, item: Item) -> tuple[str, ...]:
        """The selects, in the order of the options."""
        assert isinstance(item, RankItem)
        return tuple(_select(item, option.code) for option in item.options if option.missing is None)

    @classmethod
    def as_entered(cls, item: Item, answers: Mapping[str, Value]) -> dict[str, Sequence[str]]:
        """Every select says something, "" too: the buttons of what was not picked are hidden by it."""
        return dict.fromkeys(cls.part_names(item), ("",)) | super().as_entered(item, answers)

    @classmethod
    def value_as_entered(cls, item: Item, value: Value) -> dict[str, Sequence[str]]:
        """The places of the codes that were picked."""
        codes = value if isinstance(value, tuple) else (str(value),)
        return {_select(item, code): (str(place),) for place, code in enumerate(codes, start=1)}

    @property
    def most(self) -> int:
        """How many can be put in order."""
        options = len(self.part_names(self.item))
        return min(self.item.at_most or options, options)

    @property
    def anchor(self) -> str:
        """The first select that is wrong, else the first."""
        names = self.part_names(self.item)
        return next((name for name in names if name in self.wrong), names[0])

    def entered(self) -> Mapping[str, Sequence[str]]:
        """What was picked; see `as_entered`."""
        return dict.fromkeys(self.part_names(self.item), ("",)) | dict(super().entered())

    def sent(self) -> Sequence[str]:
        """`code:place` of each option that has a place, then the codes of the ticked boxes."""
        places = [f"{code}:{place}" for code, place in self.typed_places().items()]
        return [*places, *self.parts.get(self.missing, ())]

    def check(self, sent: Sequence[str]) -> Value | None:
        """What the core makes of it, which closes gaps; a place that no list of these options has is none.

        Raises AnswerError.
        """
        value = super().check(sent)
        if self._beyond():
            raise AnswerError(self.item.id, AnswerProblemKind.OUT_OF_RANGE)
        return value

    def typed_places(self) -> dict[str, str]:
        """The places that were picked, by code, in the order of the options."""
        typed = {option.value: self.typed(_select(self.item, option.value)) for option in self.drawing.options}
        return {code: place for code, place in typed.items() if place}

    def move(self, code: str, step: int) -> str | None:
        """Move an option one place on, and give its place in words; None where it has none.

        Gaps between places close, and of equal places the option that stands first on the page goes first.
        """
        offered = dict(self.places())
        places = {code: int(place) for code, place in self.typed_places().items() if place in offered}
        order = sorted(places, key=places.__getitem__)
        if code not in order:
            return None
        place = order.index(code)
        other = min(max(place + step, 0), len(order) - 1)
        order[place], order[other] = order[other], order[place]
        for number, each in enumerate(order, start=1):
            self.parts[_select(self.item, each)] = [str(min(number, self.most))]
        return place_in_words(min(other + 1, self.most))

    def wrong_parts(self, error: AnswerError) -> frozenset[str]:
        """The selects that give the same place; of another error all that were used."""
        places = self.typed_places()
        if error.kind is AnswerProblemKind.RANK_TWICE:
            taken = list(places.values())
            return frozenset(_select(self.item, code) for code, place in places.items() if taken.count(place) > 1)
        return self._beyond() or frozenset(_select(self.item, code) for code in places)

    # --- For the macro --------------------------------------------------------------

    def rows(self) -> list[dict[str, Any]]:
        """Each option with its select and whether the message is about it."""
        return [self._row(option) for option in self.drawing.options]

    def places(self) -> list[tuple[str, str]]:
        """What a select offers: a place, and the place in words."""
        return [(str(place), place_in_words(place)) for place in range(1, self.most + 1)]

    def hint(self) -> dict[str, Any] | None:
        """The item's hint, and how many may be chosen."""
        own = super().hint()
        limit = (
            ngettext("Choose up to %(count)s.", "Choose up to %(count)s.", self.most, count=format_decimal(self.most))
            if self.item.at_most is not None
            else None
        )
        sentences = [sentence for sentence in (own and own["html"], limit) if sentence]
        return {"html": Markup("<br>").join(sentences)} if sentences else None

    def _beyond(self) -> frozenset[str]:
        """The selects with a number that is no place: only a forged form has any."""
        possible = {str(place) for place in range(1, len(self.part_names(self.item)) + 1)}
        return frozenset(
            _select(self.item, code) for code, place in self.typed_places().items() if place not in possible
        )

    def _row(self, option: DrawnOption) -> dict[str, Any]:
        name = _select(self.item, option.value)
        moves = {step: f"{step}:{self.name}:{option.value}" for step in (UP, DOWN)}
        return {"option": option, "name": name, "wrong": name in self.wrong, "moves": moves}


def reorder(form: Mapping[str, Field], action: str) -> str | None:
    """Do what a button "Move up" or "Move down" says (`up:<field>:<code>`), and give the words to tell it.

    None when the button was another one. Nothing is checked and nothing saved.
    """
    step, _, rest = action.partition(":")
    name, _, code = rest.partition(":")
    field = form[name] if step in (UP, DOWN) and name in form else None
    if not isinstance(field, RankField):
        return None
    place = field.move(code, -1 if step == UP else 1)
    label = next((str(option.text) for option in field.drawing.options if option.value == code), "")
    if not place or SLOT.search(label):  # a label that names an answer is put together when the page is shown
        return place or ""
    return gettext("%(option)s: %(place)s", option=label, place=place)


def place_in_words(place: int) -> str:
    """First, second and so on, as far as words are easier to read than a number."""
    words = (
        gettext("First"),
        gettext("Second"),
        gettext("Third"),
        gettext("Fourth"),
        gettext("Fifth"),
        gettext("Sixth"),
        gettext("Seventh"),
        gettext("Eighth"),
        gettext("Ninth"),
        gettext("Tenth"),
    )
    return words[place - 1] if place <= len(words) else gettext("Place %(number)s", number=format_decimal(place))


def _select(item: Item, code: str) -> str:
    return f"{PREFIX}{item.id}__{code}__place"
