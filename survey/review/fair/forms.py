"""The forms of the ledger: time that was given, and what is offered and paid for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, StringField, ValidationError

from survey.coproduction.pay import Entry, NotInLedger, Work
from survey.coproduction.refusals import Refused
from survey.i18n import gettext
from survey.review.fair.reasons import EXPLAINED, FIELD_OF
from survey.review.reasons import explain
from survey.staff.findings.forms import DayField

_MINUTES = re.compile(r"[0-9]{1,6}")
_POUNDS = re.compile(r"£? ?([0-9]{1,7})(?:\.([0-9]{1,2}))?")
_NO_ROUND = ""


class MinutesField(StringField):  # type: ignore[misc]
    """Whole minutes; nothing is none. `typed` is what stands in the box, `data` a number or None."""

    typed: str = ""
    data: int | None

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read what was typed, or show a number."""
        self.process_errors: list[str] = []
        self.data = data if isinstance(data, int) else None
        self.typed = "" if self.data is None else self.write(self.data)
        if formdata:
            self.typed = formdata.get(self.name, "").strip()
            self.data = self.read(self.typed)
            if self.data is None:
                self.process_errors = [str(EXPLAINED[self.wrong])]

    wrong = NotInLedger.MINUTES

    def read(self, typed: str) -> int | None:
        """The number that was typed; None where it is none."""
        if not typed:
            return 0
        return int(typed) if _MINUTES.fullmatch(typed) else None

    def write(self, number: int) -> str:
        """As it stands in the box."""
        return str(number) if number else ""


class PoundsField(MinutesField):
    """An amount in pounds, as pence; "12.5" and "£12.50" are 1250."""

    wrong = NotInLedger.AMOUNT

    def read(self, typed: str) -> int | None:
        """Pence."""
        if not typed:
            return 0
        found = _POUNDS.fullmatch(typed.replace(",", ""))
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None

    def write(self, number: int) -> str:
        """Pounds and pence without the sign, which stands before the box."""
        return f"{number // 100}.{number % 100:02d}" if number else ""


class TimeForm(Form):  # type: ignore[misc]
    """Time that a member gave."""

    kind = RadioField(choices=[*map(str, Work)], invalid_choice_message=_l("Choose what you did."))
    round = SelectField(invalid_choice_message=_l("Choose a round from the list."))
    day = DayField()
    minutes = MinutesField()
    expenses = PoundsField()
    note = StringField(filters=[lambda text: " ".join((text or "").split())])

    def offer_rounds(self, rounds: Sequence[int]) -> None:
        """Take only rounds that can be chosen."""
        self.round.choices = [_NO_ROUND, *map(str, rounds)]

    def validate_day(self, field: DayField) -> None:
        """A day must be given, and there must be such a day."""
        if field.data is None and not field.process_errors:
            raise ValidationError(str(EXPLAINED[NotInLedger.DAY]))

    def entry(self, account: int) -> Entry:
        """What was typed; only after `validate` found nothing wrong."""
        return Entry(
            account=account,
            kind=Work(self.kind.data),
            on_day=self._day(),
            minutes=self.minutes.data or 0,
            round=int(self.round.data) if self.round.data else None,
            expenses=self.expenses.data or 0,
            note=self.note.data,
        )

    def put(self, refused: Refused) -> list[str]:
        """Say at the fields what the rules refuse; return what belongs to none of them."""
        above = []
        for reason, words in zip(refused.reasons, explain(refused), strict=True):
            name = FIELD_OF.get(reason, "")
            if name in self:
                self[name].errors = [*self[name].errors, words]
            else:
                above.append(words)
        return above

    def _day(self) -> date:
        assert self.day.data is not None
        day: date = self.day.data
        return day


class PayForm(TimeForm):
    """The same with what is offered, and when it was paid."""

    offered = PoundsField()
    paid = DayField()

    def entry(self, account: int) -> Entry:
        """What was typed; only after `validate` found nothing wrong."""
        return replace(super().entry(account), offered=self.offered.data or 0, paid_on=self.paid.data)


class NewEntryForm(PayForm):
    """The same for a member who is chosen."""

    account = SelectField(coerce=str, invalid_choice_message=_l("Choose somebody from the list."))

    def offer_members(self, names: Mapping[int, str]) -> None:
        """Take only members."""
        self.account.choices = ["", *map(str, names)]

    def validate_account(self, field: SelectField) -> None:
        """Somebody must be chosen."""
        if not field.data:
            raise ValidationError(gettext("Choose somebody from the list."))


def filled(entry: Entry) -> dict[str, object]:
    """What a form shows of an entry."""
    return {
        "kind": str(entry.kind),
        "round": _NO_ROUND if entry.round is None else str(entry.round),
        "day": entry.on_day,
        "minutes": entry.minutes,
        "expenses": entry.expenses,
        "offered": entry.offered,
        "note": entry.note,
        "paid": entry.paid_on,
    }
