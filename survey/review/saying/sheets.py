"""A form with what is in it: as it was typed here or in another window, sent with mistakes, or new."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from babel.dates import format_time
from flask import request

from survey.coproduction.refusals import Refused
from survey.dates import ENGLAND, write_day
from survey.i18n import gettext
from survey.respondent.site import current_site, interface_locale
from survey.respondent.typed_fields import count_characters
from survey.review.door import Guest
from survey.review.reasons import explain
from survey.store.clock import from_stored
from survey.store.group.typed import Typed, Window, typed_at

MOST_TYPED = 40_000
"""Characters of all fields of a form together that are kept before they are sent."""
OWN_FIELDS = frozenset(
    {"csrf_token", "action", "typed_place", "typed_window", "typed_began", "typed_as_of", "typed_by"}
)
"""Fields of a form that nobody types."""

_PLACE = re.compile(
    r"/review/rounds/[0-9]{1,9}"
    r"/(questions/[0-9]{1,4}|comments|stories|suggest(/[a-z0-9_]{1,32}/[a-z-]{1,12}(/[a-z0-9_.:]{1,100})?)?)"
)
_WINDOW = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True)
class Sheet:
    """A form as a page shows it. `place` is the address under which what is typed is kept."""

    place: str
    window: str
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    """By field, what is wrong with it."""
    began_with: str = ""
    as_of: str = ""
    kept: str = ""
    """When what is in it was kept, in words; '' where it was not."""
    others: tuple[Typed, ...] = ()
    """What other windows keep."""

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, "")

    def counting(self, most: int) -> dict[str, Any]:
        """What the count of characters says below a text box."""
        return count_characters(most)

    def words_of(self, other: Typed) -> list[str]:
        """What somebody wrote in another window, without what is only chosen."""
        return [text for name, text in other.fields.items() if name in _WRITTEN and text.strip()]


_WRITTEN = ("words", "why", "text", "hint", "answers")


def open_sheet(guest: Guest, place: str, **values: str) -> Sheet:
    """The form as it was typed last, else with `values`."""
    typed = typed_at(current_site().store, guest.account.id, place)
    window = secrets.token_urlsafe(9)
    if not typed:
        return Sheet(place, window, values)
    last, *others = typed
    return Sheet(
        place,
        window,
        {**values, **last.fields},
        began_with=last.window,
        as_of=last.saved_at.isoformat(),
        kept=say_kept(last.saved_at),
        others=tuple(others),
    )


def sent_sheet(place: str, errors: Mapping[str, str] | None = None) -> Sheet:
    """The form as it was sent, with what is wrong."""
    window = window_sent()
    as_of = window.as_of.isoformat() if window.as_of else ""
    return Sheet(place, window.name, fields_sent(), errors or {}, window.began_with, as_of)


def refused_sheet(place: str, refused: Refused, fields: Mapping[str, str], otherwise: str = "") -> Sheet:
    """The form as it was sent, with each reason at its field, or at the field `otherwise`.

    Raises the refusal where a reason belongs to no field.
    """
    if not all(otherwise or reason.name in fields for reason in refused.reasons):
        raise refused
    at = [fields.get(reason.name, otherwise) for reason in refused.reasons]
    return sent_sheet(place, dict(reversed([*zip(at, explain(refused), strict=True)])))


def fields_sent() -> dict[str, str]:
    """What was typed or chosen in the form that was sent."""
    return {name: text for name, text in request.form.items() if name not in OWN_FIELDS}


def window_sent() -> Window:
    """The window that the form was sent from; a new one where it does not say."""
    name, began = request.form.get("typed_window", ""), request.form.get("typed_began", "")
    try:
        as_of = from_stored(datetime.fromisoformat(request.form.get("typed_as_of", "")).replace(tzinfo=None))
    except ValueError:
        as_of = None
    if not _WINDOW.fullmatch(name):
        name = secrets.token_urlsafe(9)
    return Window(name, began, as_of) if _WINDOW.fullmatch(began) else Window(name)


def place_sent() -> str | None:
    """The place of the form whose text is to be kept; None where there is no such form."""
    place = request.form.get("typed_place", "")
    return place if _PLACE.fullmatch(place) else None


def say_kept(moment: datetime) -> str:
    """When something was kept, in words."""
    locale = interface_locale()
    time = format_time(moment.astimezone(ENGLAND), "short", locale="en_GB" if locale == "en" else locale)
    if moment.astimezone(ENGLAND).date() == current_site().today():
        return gettext("Saved at %(time)s", time=time)
    return gettext("Saved on %(day)s at %(time)s", day=write_day(moment, locale), time=time)
