"""The forms of a round: what to begin with, its plan, and why it is called off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from survey.coproduction.opening import FIELD_OF, Unready
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import Plan, Round
from survey.i18n import gettext
from survey.review.reasons import explain
from survey.staff.findings.forms import DayField
from survey.store.coding import plain_words
from survey.store.group.running import Written

LONGEST_TITLE = 100
LONGEST = 1000
"""Characters of what is said about a round; it is read before the questions are."""
EMPTY = "empty"
"""As what to begin with: an empty page."""

_NUMBER = re.compile(r"[0-9]{1,4}")


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def _readable(form: Form, field: Any) -> None:
    """Refuse what cannot be seen, above all marks that turn the direction of writing; not what languages need."""
    if len(field.data) <= LONGEST and plain_words(field.data) != field.data:
        raise ValidationError(
            gettext("There are hidden characters in this text. Type it again, or paste it as plain text")
        )


_TITLE = [Length(max=LONGEST_TITLE, message=_l("Make this shorter: it can have up to 100 characters")), _readable]
_WORDS = [Length(max=LONGEST, message=_l("Make this shorter: it can have up to 1,000 characters")), _readable]


def _text() -> TextAreaField:
    return TextAreaField(filters=[_squeezed], validators=_WORDS)


class StartForm(Form):  # type: ignore[misc]
    """What a round looks at: a file of the folder, what came of a past round, or an empty page with a title."""

    source = RadioField(
        validators=[InputRequired(message=_l("Choose what the group looks at"))],
        invalid_choice_message=_l("Choose one of these"),
    )
    title = StringField(filters=[_squeezed], validators=_TITLE)

    def offer(self, sources: Sequence[str]) -> None:
        """Take only what there is now."""
        self.source.choices = [*sources, EMPTY]

    def validate_title(self, field: StringField) -> None:
        """An empty page needs a title, else nobody knows what it is to become."""
        if self.source.data == EMPTY and not field.data:
            raise ValidationError(gettext("Write what the new questions will be about"))


class PlanForm(Form):  # type: ignore[misc]
    """All that is said about a round before it opens, and who is asked."""

    title = StringField(filters=[_squeezed], validators=_TITLE)
    purpose = _text()
    can_change = _text()
    cannot_change = _text()
    difference = _text()
    contact = StringField(filters=[_squeezed], validators=_WORDS)
    say_until = DayField()
    notice_reason = _text()
    decide_until = DayField()
    quorum = StringField(filters=[_squeezed])
    asked = SelectMultipleField(coerce=str, validate_choice=False)
    load_reason = _text()

    def validate_quorum(self, field: StringField) -> None:
        """A number in digits; whether it is a good one is for the rules."""
        if not _NUMBER.fullmatch(field.data):
            raise ValidationError(gettext("Type a number in digits, like 5"))

    def written(self, revision: int) -> Written:
        """What was typed; only after `validate` found nothing wrong."""
        plan = Plan(
            title=self.title.data,
            purpose=self.purpose.data,
            can_change=self.can_change.data,
            cannot_change=self.cannot_change.data,
            difference=self.difference.data,
            contact=self.contact.data,
            say_until=self.say_until.data,
            decide_until=self.decide_until.data,
            quorum=int(self.quorum.data),
            notice_reason=self.notice_reason.data,
            load_reason=self.load_reason.data,
        )
        asked = frozenset(int(account) for account in self.asked.data if account.isascii() and account.isdigit())
        return Written(plan, asked, revision)

    def put(self, refused: Refused) -> bool:
        """Say at the fields what keeps the round from opening; False where a reason has no field."""
        if not all(reason in FIELD_OF for reason in refused.reasons):
            return False
        for reason in refused.reasons:
            field = self[FIELD_OF[Unready(reason)]]
            field.errors = [*field.errors, *explain(Refused(reason))]
        return True


class CallOffForm(Form):  # type: ignore[misc]
    """Why a round ends without a result."""

    reason = _text()


def filled(round_: Round) -> PlanForm:
    """The form with what a round says."""
    asked = [str(account) for account in sorted(round_.asked)]
    return PlanForm(data={**vars(round_.plan), "quorum": str(round_.plan.quorum), "asked": asked})
