"""The forms about the people of the group: what was typed, as the rules take it, and what is wrong at which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from wtforms import BooleanField, Form, SelectMultipleField, StringField, TextAreaField

from survey.coproduction.membership import MemberReason, Need, Profile, TakingPart
from survey.coproduction.people import Naming, Way
from survey.coproduction.refusals import Refused
from survey.review.people.about import TOLD
from survey.review.people.messages import EXPLAINED
from survey.store.accounts import Role

Choice = TypeVar("Choice", bound=StrEnum)
Kept = TypeVar("Kept", Profile, TakingPart)


def squeezed(text: str | None) -> str:
    """A line as it is kept: no space at its ends, one between words."""
    return " ".join((text or "").split())


def as_typed(text: str | None) -> str:
    """A text as it is kept: line ends of one kind, no space at its ends."""
    return (text or "").replace("\r\n", "\n").strip()


class PersonForm(Form):  # type: ignore[misc]
    """A form whose rules are the group's; `FIELDS` says at which field a refusal is told."""

    FIELDS: ClassVar[Mapping[StrEnum, str]] = {}

    def put(self, refused: Refused) -> bool:
        """Say at the fields what was refused; False where a reason has no field here."""
        if not all(reason in self.FIELDS for reason in refused.reasons):
            return False
        for reason in refused.reasons:
            field = self[self.FIELDS[reason]]
            field.errors = [*field.errors, EXPLAINED[reason]]
        return True


class ProfileForm(PersonForm):
    """What a member says of themselves."""

    FIELDS: ClassVar = {
        MemberReason.NO_DISPLAY_NAME: "display_name",
        MemberReason.NAME_LONG: "display_name",
        MemberReason.NAME_HIDDEN: "display_name",
        MemberReason.NAME_TAKEN: "display_name",
        MemberReason.NEEDS_LONG: "needs_words",
        MemberReason.NEEDS_HIDDEN: "needs_words",
        MemberReason.EMAIL_WRONG: "email",
        MemberReason.EMAIL_NOT_IN_PERSON: "email",
        MemberReason.MINUTES_WRONG: "minutes_a_month",
    }

    naming = StringField()
    display_name = StringField(filters=[squeezed])
    needs = SelectMultipleField(choices=[*map(str, Need)], validate_choice=False)
    needs_words = TextAreaField(filters=[as_typed])
    minutes_a_month = StringField(filters=[squeezed])
    wants_pay = StringField()
    email = StringField(filters=[squeezed])
    lives_it = BooleanField()
    about_age = StringField()
    about_sex = StringField()
    about_ethnicity = StringField()
    about_language = StringField()
    about_limits = StringField()
    about_carer = StringField()

    @classmethod
    def of(cls, profile: Profile) -> ProfileForm:
        """The form with what is kept."""
        about = {f"about_{name}": profile.about.get(name, "") for name in TOLD}
        kept = {
            **vars(profile),
            "needs": [*map(str, profile.needs)],
            "naming": str(profile.naming),
            "wants_pay": "yes" if profile.wants_pay else "no",
            "minutes_a_month": str(profile.minutes_a_month),
        }
        return cls(data={**kept, **about})

    def profile(self) -> Profile:
        """What was typed. Raises Refused for a choice that no form offers."""
        if self.wants_pay.data not in ("yes", "no"):
            raise Refused(MemberReason.NO_SUCH_CHOICE)
        return Profile(
            display_name=self.display_name.data,
            naming=chosen(Naming, self.naming.data),
            lives_it=self.lives_it.data,
            needs=frozenset(chosen(Need, need) for need in self.needs.data or ()),
            needs_words=self.needs_words.data,
            email=self.email.data,
            minutes_a_month=whole_number(self.minutes_a_month.data),
            wants_pay=self.wants_pay.data == "yes",
            about={name: told for name in TOLD if (told := self[f"about_{name}"].data or "")},
        )


class PartForm(PersonForm):
    """How a member takes part."""

    FIELDS: ClassVar = {
        MemberReason.NO_SUPPORTER: "supporter",
        MemberReason.SUPPORTER_LONG: "supporter",
        MemberReason.SUPPORTER_HIDDEN: "supporter",
        MemberReason.DAY_WRONG: "month",
    }

    way = StringField()
    supporter = StringField(filters=[squeezed])
    month = StringField(filters=[squeezed])
    year = StringField(filters=[squeezed])

    @classmethod
    def of(cls, part: TakingPart) -> PartForm:
        """The form with what is kept."""
        first = part.first_involved
        when: dict[str, Any] = {} if first is None else {"month": str(first.month), "year": str(first.year)}
        return cls(data={"way": str(part.way), "supporter": part.supporter, **when})

    def part(self) -> TakingPart:
        """What was typed. Raises Refused for a choice that no form offers, or a month that there is not."""
        return TakingPart(chosen(Way, self.way.data), self.supporter.data, first_of_month(self))


class NewMemberForm(PersonForm):
    """Somebody new in the group."""

    FIELDS: ClassVar = {
        MemberReason.NO_NAME: "name",
        MemberReason.NAME_LONG: "name",
        MemberReason.NAME_HIDDEN: "name",
        MemberReason.NAME_TAKEN: "name",
        MemberReason.NO_SUCH_CHOICE: "role",
        MemberReason.DAY_WRONG: "month",
    }

    name = StringField(filters=[squeezed])
    role = StringField()
    month = StringField(filters=[squeezed])
    year = StringField(filters=[squeezed])

    def chosen_role(self) -> Role:
        """The role. Raises Refused where there is no such one."""
        return chosen(Role, self.role.data)


class LeavingForm(PersonForm):
    """Why somebody leaves."""

    FIELDS: ClassVar = {
        MemberReason.NO_REASON: "reason",
        MemberReason.REASON_LONG: "reason",
        MemberReason.REASON_HIDDEN: "reason",
        MemberReason.NOT_ONESELF: "reason",
    }

    reason = TextAreaField(filters=[as_typed])


def differences(kept: Kept, typed: Kept) -> list[str]:
    """The names of what is different."""
    return [field.name for field in fields(kept) if getattr(kept, field.name) != getattr(typed, field.name)]


def chosen(choices: type[Choice], text: str | None) -> Choice:
    """One of the choices. Raises Refused where it is none."""
    if text not in [*map(str, choices)]:
        raise Refused(MemberReason.NO_SUCH_CHOICE)
    return choices(text)


def whole_number(text: str | None) -> int:
    """A number that was typed; one that no rule lets pass where it is none."""
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else -1


def first_of_month(form: PartForm | NewMemberForm) -> date | None:
    """The first day of the month that was typed; None where nothing was. Raises Refused."""
    if not form.month.data and not form.year.data:
        return None
    try:
        return date(whole_number(form.year.data), whole_number(form.month.data), 1)
    except ValueError:
        raise Refused(MemberReason.DAY_WRONG) from None
