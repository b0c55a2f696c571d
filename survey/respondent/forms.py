"""The form of a page, made from its items: one class per page, language and who is answering."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from wtforms import Field, Form

from survey.areas import Area
from survey.questionnaire.answers import Value
from survey.questionnaire.model import Page
from survey.respondent.answer_fields import AnswerField, Entered, QuestionField, WriteInField
from survey.respondent.area_field import AreaField
from survey.respondent.drawings import PREFIX, AreaChoice
from survey.respondent.fields import build_fields, fill_fields
from survey.respondent.wording import Wording

__all__ = ["Entered", "PageForm", "as_entered", "build_form"]


class PageForm(Form):  # type: ignore[misc]
    """The answers of one page. Fields are named as answers are: `answer-<item>`, `answer-<item>__<code>__text`,
    `answer-<grid>__<row>`; inputs of a field that has several have names of their own."""

    names: ClassVar[tuple[str, ...]] = ()

    def answer_fields(self) -> Iterator[AnswerField]:
        """The fields of items, without those that are drawn by another: rows, and text boxes of options."""
        return (field for field in self if isinstance(field, AnswerField) and not field.nested)

    def write_ins(self) -> Iterator[WriteInField]:
        """The text boxes that belong to options."""
        return (field for field in self if isinstance(field, WriteInField))

    def entered(self) -> Entered:
        """What was typed, whether it can be taken or not; of a postcode the area it led to."""
        return {name: values for field in self._questions() for name, values in field.entered().items()}

    def answers(self, saved: Mapping[str, Value] | None = None) -> dict[str, Value]:
        """What was typed, as answers; only after `validate` found nothing wrong.

        `saved` are the answers to the page until now: an area that stays keeps what its postcode led to.
        """
        answers: dict[str, Value] = {}
        for field in self._questions():
            answers |= field.answers_beside(saved or {}) if isinstance(field, AreaField) else field.answers()
        return answers

    def pick_what_was_written(self) -> None:
        """Text in an option's box, with no option picked, picks that option: people easily forget the button."""
        picked = {field.item.id: field for field in self.answer_fields() if any(field.raw)}
        for box in self.write_ins():
            if box.item.id not in picked and any(text.strip() for text in box.raw):
                self[PREFIX + box.item.id].raw = [box.option.code]
                picked[box.item.id] = box

    def problems(self) -> list[tuple[Field, str]]:
        """Every field that cannot be taken with its first message, in the order of the page."""
        return [(field, field.errors[0]) for field in self if field.errors]

    def _questions(self) -> Iterator[QuestionField]:
        return (field for field in self if isinstance(field, QuestionField))


def build_form(page: Page, wording: Wording, areas: Sequence[Area], vintage: str = "") -> type[PageForm]:
    """The form class of a page; `vintage` names the list that the areas are of, for areas by postcode."""
    choice = AreaChoice(vintage, tuple(areas))
    fields: dict[str, Field] = {}
    for item in page.items:
        fields |= build_fields(item, wording, choice)
    return type("PageForm", (PageForm,), {**fields, "names": tuple(fields)})


def as_entered(page: Page, answers: Mapping[str, Value]) -> Entered:
    """Saved answers as they would stand in the inputs of their page."""
    return fill_fields(page.items, answers)
