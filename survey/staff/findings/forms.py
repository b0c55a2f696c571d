"""The forms of a finding: what was found, and who does what about it until when."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from survey.i18n import gettext
from survey.staff.findings.messages import FIELD_OF, explain
from survey.staff.findings.rules import RuleBroken
from survey.staff.findings.subjects import Subjects
from survey.store.coding import plain_words
from survey.store.findings import Content, State

LONGEST = 300
"""Characters of what was found, promised and done: a board reads it on one page with all the others."""
LONGEST_OWNER = 100

_DAY = re.compile(r"[0-9]{1,2}")
_YEAR = re.compile(r"[0-9]{4}")


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def _readable(form: Form, field: Any) -> None:
    """Refuse what cannot be seen, above all marks that turn the direction of writing; not what languages need."""
    if plain_words(field.data) != field.data:
        raise ValidationError(
            gettext("There are hidden characters in this text. Type it again, or paste it as plain text")
        )


_PLAIN = [Length(max=LONGEST, message=_l("Make this shorter: it can have up to 300 characters")), _readable]


class FoundForm(Form):  # type: ignore[misc]
    """What was found: enough to add a finding."""

    found = TextAreaField(filters=[_squeezed], validators=_PLAIN)
    item = SelectField(invalid_choice_message=_l("Choose a question from the list, or that it is about none"))
    area = SelectField(invalid_choice_message=_l("Choose an area from the list"))
    public = RadioField(choices=["yes", "no"], invalid_choice_message=_l("Choose who may read this"))

    def offer(self, subjects: Subjects) -> None:
        """Take only what the wave asks, and areas of its list."""
        self.item.choices = ["", *(code for words in subjects.questions.values() for code in words)]
        self.area.choices = ["", *(code for names in subjects.places.values() for code in names)]

    def content(self) -> Content:
        """What was typed; only after `validate` found nothing wrong."""
        return Content(self.item.data, self.area.data, self.found.data, self.public.data == "yes")

    def put(self, broken: RuleBroken) -> None:
        """Say at the fields what breaks the rules."""
        for problem in broken.problems:
            field = self[FIELD_OF[problem]]
            field.errors = [*field.errors, explain(problem)]


class DayField(StringField):  # type: ignore[misc]
    """Day, month and year in boxes of their own, `<name>-day` and so on; `data` is the date, None where there is none.

    `typed` is what stands in the boxes, whether there is such a day or not.
    """

    typed: tuple[str, str, str] = ("", "", "")
    data: date | None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the three boxes, or fill them with a date."""
        self.process_errors: list[str] = []
        self.data = data if isinstance(data, date) else None
        if formdata:
            day, month, year = (formdata.get(f"{self.name}-{part}", "").strip() for part in ("day", "month", "year"))
            self.typed = (day, month, year)
            self.data = self._read(*self.typed)
        elif self.data is not None:
            self.typed = (str(self.data.day), str(self.data.month), str(self.data.year))

    def _read(self, day: str, month: str, year: str) -> date | None:
        if not (day or month or year):
            return None
        try:
            if _DAY.fullmatch(day) and _DAY.fullmatch(month) and _YEAR.fullmatch(year):
                return date(int(year), int(month), int(day))
        except ValueError:
            pass
        self.process_errors = [gettext("There is no such date. Type day, month and year in digits, like 1 11 2026")]
        return None


class FindingForm(FoundForm):
    """A whole finding."""

    state = RadioField(choices=[*map(str, State)], invalid_choice_message=_l("Choose how far it is"))
    owner = StringField(
        filters=[_squeezed],
        validators=[
            Length(max=LONGEST_OWNER, message=_l("Make this shorter: it can have up to 100 characters")),
            _readable,
        ],
    )
    promise = TextAreaField(filters=[_squeezed], validators=_PLAIN)
    due = DayField()
    outcome = TextAreaField(filters=[_squeezed], validators=_PLAIN)

    def content(self) -> Content:
        """What was typed; only after `validate` found nothing wrong."""
        return Content(
            item=self.item.data,
            area=self.area.data,
            found=self.found.data,
            public=self.public.data == "yes",
            state=State(self.state.data),
            owner=self.owner.data,
            promise=self.promise.data,
            due_on=self.due.data,
            outcome=self.outcome.data,
        )


def filled(content: Content) -> FindingForm:
    """The form with what a finding says."""
    public = "yes" if content.public else "no"
    return FindingForm(data={**vars(content), "state": str(content.state), "public": public, "due": content.due_on})
