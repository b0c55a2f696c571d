"""The form of a page, made from its items: one class per page, language and who is answering."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from wtforms import Field, Form

from survey.areas import Area
from survey.questionnaire.answers import Value
from survey.questionnaire.model import Page
from survey.respondent.fields import PREFIX, AnswerField, WriteInField, build_fields
from survey.respondent.wording import Wording

Entered = Mapping[str, Sequence[str]]
"""What stands in the fields of a page, by field name: as typed, or as saved earlier."""


class PageForm(Form):  # type: ignore[misc]
    """The answers of one page. Fields are named `answer-<item>` and `answer-<item>__<code>__text`."""

    names: ClassVar[tuple[str, ...]] = ()

    def answer_fields(self) -> Iterator[AnswerField]:
        """The fields of items, without the text boxes that belong to options."""
        return (field for field in self if isinstance(field, AnswerField))

    def write_ins(self) -> Iterator[WriteInField]:
        """The text boxes that belong to options."""
        return (field for field in self if isinstance(field, WriteInField))

    def entered(self) -> Entered:
        """What was typed, whether it can be taken or not."""
        return {field.name: field.raw for field in self if field.raw}

    def answers(self) -> dict[str, Value]:
        """What was typed, as answers; only after `validate` found nothing wrong."""
        return {field.name.removeprefix(PREFIX): field.value for field in self if field.value is not None}

    def pick_what_was_written(self) -> None:
        """Text in an option's box, with no option picked, picks that option: people easily forget the button."""
        picked = {field.item.id: field for field in self.answer_fields() if any(field.raw)}
        for box in self.write_ins():
            if box.item.id not in picked and any(text.strip() for text in box.raw):
                self[PREFIX + box.item.id].raw = [box.option.code]
                picked[box.item.id] = box

    def problems(self) -> list[tuple[Field, str]]:
        """Every field that cannot be taken with its first message, in the order of the page."""
        return [(field, str(field.errors[0])) for field in self if field.errors]


def build_form(page: Page, wording: Wording, areas: Sequence[Area]) -> type[PageForm]:
    """The form class of a page."""
    fields: dict[str, Field] = {}
    for item in page.items:
        fields |= build_fields(item, wording, areas)
    return type("PageForm", (PageForm,), {**fields, "names": tuple(fields)})


def as_entered(answers: Mapping[str, Value]) -> Entered:
    """Saved answers as they would stand in the fields of their page."""
    return {PREFIX + key: _as_sent(value) for key, value in answers.items()}


def _as_sent(value: Value) -> Sequence[str]:
    return value if isinstance(value, tuple) else (str(value),)
