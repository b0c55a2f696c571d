"""The form for those who cannot open a link where they want to work: name and six digits."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField
from wtforms.validators import InputRequired, Length, Regexp


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def _without_spaces(text: str | None) -> str:
    return "".join((text or "").split())


class CodeForm(Form):  # type: ignore[misc]
    """What `survey.store.accounts.spend_code` takes."""

    name = StringField(
        filters=[_squeezed],
        validators=[InputRequired(_l("Enter your name")), Length(max=100, message=_l("Your name is too long"))],
    )
    code = StringField(
        filters=[_without_spaces],
        validators=[
            InputRequired(_l("Enter your six-digit code")),
            Regexp(r"^[0-9]{6}\Z", message=_l("Your code must be six digits, like 012 345")),
        ],
    )
