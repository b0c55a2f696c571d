"""What fields of a page have in common: they keep what was typed, ask the core, and are drawn by their macro."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from flask import current_app
from markupsafe import Markup, escape
from wtforms import Field, ValidationError

from survey.i18n import Phrase, gettext
from survey.questionnaire.answers import AnswerError, Answers, Value, check_answer, check_write_in, write_in_key
from survey.questionnaire.model import Item, Option, options_of
from survey.respondent.drawings import PREFIX, AreaChoice, Drawing, DrawnOption
from survey.respondent.messages import explain
from survey.respondent.site import current_site

Entered = Mapping[str, Sequence[str]]
"""What stands in the fields of a page, by the name of the input: as typed, or as saved earlier."""


class QuestionField(Field):  # type: ignore[misc]
    """A field that keeps what was sent as it was sent."""

    raw: list[str]

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was sent as it was sent."""
        self.raw = valuelist

    def entered(self) -> Entered:
        """What was typed, by the name of the input, to be shown again."""
        return {self.name: self.raw} if self.raw else {}

    def answers(self) -> dict[str, Value]:
        """What was typed, as answers; only after the field was found right. A field without any has none."""
        return {}

    @property
    def anchor(self) -> str:
        """The id of the input that the error summary leads to."""
        return str(self.name)

    def error(self) -> dict[str, Any] | None:
        """The NHS.UK parameters of the field's message, if there is one."""
        return {"html": escape(self.errors[0]), "visuallyHiddenText": gettext("Error")} if self.errors else None


class AnswerField(QuestionField):
    """One item of a page: what was typed, what the questionnaire's rules make of it, how it is drawn."""

    nested: ClassVar[bool] = False
    """Whether another field draws this one: the row of a grid."""

    def __init__(self, item: Item, drawing: Drawing, areas: AreaChoice, **kwargs: Any) -> None:
        super().__init__(label=drawing.text, **kwargs)
        self.item = item
        self.drawing = drawing
        self.raw = []
        self.value: Value | None = None
        self.areas = areas

    @classmethod
    def as_entered(cls, item: Item, answers: Answers) -> dict[str, Sequence[str]]:
        """Saved answers to the item as they would stand in the inputs."""
        value = answers.get(item.id)
        return {} if value is None else {PREFIX + item.id: value if isinstance(value, tuple) else (str(value),)}

    def sent(self) -> Sequence[str]:
        """What was sent, as the core reads it."""
        return self.raw

    def answers(self) -> dict[str, Value]:
        """What was typed, as answers; only after the field was found right."""
        return {} if self.value is None else {self.item.id: self.value}

    def pre_validate(self, form: object) -> None:
        """Ask the pure core; what it refuses becomes a message."""
        try:
            self.value = self.check(self.sent())
        except AnswerError as error:
            raise ValidationError(self.explain(error)) from error

    def check(self, sent: Sequence[str]) -> Value | None:
        """What the core makes of it. Raises AnswerError."""
        return check_answer(self.item, sent, area_codes=self.areas.codes, today=current_site().today())

    def explain(self, error: AnswerError) -> str:
        """The message for an answer that cannot be taken."""
        return explain(error, self.item)

    def widget(self, field: AnswerField, *, form: object, is_heading: bool, described_by: str) -> Markup:
        """Draw the field with the macro of its type; its text is the page's heading when it is alone there."""
        macros = current_app.jinja_env.get_template(self.drawing.template).module
        drawn: Markup = getattr(macros, self.drawing.macro)(field, form, is_heading, described_by)
        return drawn

    # --- Parameters of the NHS.UK macros ------------------------------------------

    def heading(self, is_heading: bool) -> dict[str, Any]:
        """A legend or label."""
        return {"html": escape(self.drawing.text), "size": "l" if is_heading else "m", "isPageHeading": is_heading}

    def hint(self) -> dict[str, Any] | None:
        """What stands under the legend or label."""
        return {"html": escape(self.drawing.hint)} if self.drawing.hint else None

    def items(
        self,
        options: Sequence[DrawnOption],
        form: Mapping[str, Field],
        draw_write_in: Callable[[Field, Phrase], str],
        name: str | None = None,
    ) -> list[dict[str, Any]]:
        """Radio buttons or checkboxes under a name, each with the text box it opens."""
        items: list[dict[str, Any]] = []
        for option in options:
            if option.after_or:
                items.append({"divider": gettext("or")})
            opened = ""
            if option.write_in is not None and option.write_in_label is not None:
                opened = draw_write_in(form[option.write_in], option.write_in_label)
            items.append(option.as_item(name or self.name, opened))
        return items

    def told_by(self, described_by: str) -> str:
        """The ids of everything that is said about the field: the page's intro, the hint, what is wrong."""
        own = [f"{self.name}-hint" if self.hint() else "", f"{self.name}-error" if self.errors else ""]
        return " ".join(filter(None, [described_by, *own]))


class PartedField(AnswerField):
    """An answer that is put together from several inputs, with boxes to tick for those who cannot give one.

    They are checkboxes: a radio button cannot be let go of without JavaScript, so whoever picked "I don't know" and
    then remembered could not go on.
    """

    def __init__(self, item: Item, drawing: Drawing, areas: AreaChoice, **kwargs: Any) -> None:
        super().__init__(item, drawing, areas, **kwargs)
        self.parts: dict[str, list[str]] = {}
        self.wrong: frozenset[str] = frozenset()
        """The names of the inputs that the message is about."""

    @classmethod
    def part_names(cls, item: Item) -> tuple[str, ...]:
        """The names of the inputs that make up a value, in the order of the page."""
        return (PREFIX + item.id,)

    @classmethod
    def value_as_entered(cls, item: Item, value: Value) -> dict[str, Sequence[str]]:
        """A saved value as it would stand in those inputs."""
        return {PREFIX + item.id: (str(value),)}

    @classmethod
    def as_entered(cls, item: Item, answers: Answers) -> dict[str, Sequence[str]]:
        """A code such as "I don't know" is a ticked box; anything else stands in the inputs."""
        value = answers.get(item.id)
        if value is None:
            return {}
        code = value[0] if isinstance(value, tuple) else value
        if any(option.missing is not None and option.code == code for option in options_of(item)):
            return {missing_name(item): (str(code),)}
        return cls.value_as_entered(item, value)

    @property
    def missing(self) -> str:
        """The name of the boxes to tick."""
        return missing_name(self.item)

    @property
    def anchor(self) -> str:
        """The first input that is wrong."""
        return next((name for name in self.part_names(self.item) if name in self.wrong), str(self.name))

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Keep what was sent in each input."""
        super().process(formdata, *args, **kwargs)
        names = (*self.part_names(self.item), self.missing)
        self.parts = {} if formdata is None else {name: formdata.getlist(name) for name in names}

    def entered(self) -> Entered:
        """What was typed in each input."""
        return {name: values for name, values in self.parts.items() if values}

    def typed(self, name: str) -> str:
        """What was typed in one input."""
        return " ".join(self.parts.get(name, ())).strip()

    def sent(self) -> Sequence[str]:
        """The values of the inputs in order, then the codes of the ticked boxes."""
        return [*(self.typed(name) for name in self.part_names(self.item)), *self.parts.get(self.missing, ())]

    def explain(self, error: AnswerError) -> str:
        """The message, and a mark on the inputs it is about."""
        self.wrong = self.wrong_parts(error)
        return super().explain(error)

    def wrong_parts(self, error: AnswerError) -> frozenset[str]:
        """The names of the inputs that an error is about."""
        return frozenset(self.part_names(self.item))


class WriteInField(QuestionField):
    """The text box under an option; drawn by the option's item, and checked where the option is picked."""

    def __init__(self, item: Item, option: Option, **kwargs: Any) -> None:
        super().__init__(label="", **kwargs)
        self.item = item
        self.option = option
        self.raw = []
        self.value: str | None = None

    def answers(self) -> dict[str, Value]:
        """What was written, under its own name."""
        return {} if self.value is None else {write_in_key(self.item.id, self.option.code): self.value}

    def pre_validate(self, form: Mapping[str, QuestionField]) -> None:
        """Ask the pure core; what it refuses becomes a message, unless nobody could see it."""
        try:
            self.value = check_write_in(self.option, " ".join(self.raw))
        except AnswerError as error:
            if self.option.code in form[PREFIX + self.item.id].raw:
                raise ValidationError(explain(error, self.item)) from error


def missing_name(item: Item) -> str:
    """The name of the boxes beside the inputs of an item: I don't know, I would rather not say."""
    return f"{PREFIX}{item.id}__missing"
