"""The form with which a version goes live."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, TextAreaField, ValidationError
from wtforms.validators import Length

from survey.coproduction.going_live import LONGEST_REASON
from survey.i18n import gettext
from survey.store.coding import plain_words


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


class GoLiveForm(Form):  # type: ignore[misc]
    """Why people are asked though not every language is complete."""

    because = TextAreaField(
        filters=[_squeezed],
        validators=[Length(max=LONGEST_REASON, message=_l("Make this shorter: it can have up to 500 characters"))],
    )

    def validate_because(self, field: TextAreaField) -> None:
        """Refuse what cannot be seen, above all marks that turn the direction of writing."""
        if plain_words(field.data) != field.data:
            raise ValidationError(
                gettext("There are hidden characters in this text. Type it again, or paste it as plain text")
            )
