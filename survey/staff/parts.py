"""What the staff pages work with, kept with the application that they are part of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask import Flask

from survey.export.leaving import Leaving
from survey.i18n import Languages
from survey.staff.folder import QuestionnaireFolder
from survey.staff.link_mail import LinkMail
from survey.staff.tries import WrongTries
from survey.store.connect import Store
from survey.store.written import Written

_NAME = "phb-staff"


@dataclass(frozen=True)
class StaffParts:
    """`key` keys the hashes of links and codes; `now` gives the moment, with its zone."""

    store: Store
    key: bytes
    now: Callable[[], datetime]
    languages: Languages
    folder: QuestionnaireFolder
    releases: Path
    """Where the findings of a wave are put beside its releases."""
    wrong_tries: WrongTries = field(default_factory=WrongTries)
    written: Written = field(default_factory=Written)
    leaving: Leaving | None = None
    """How people's own words are published; None where nothing publishes."""
    link_mail: LinkMail | None = None
    """Sends sign-in links; None where no mail is set up."""


def keep_parts(app: Flask, parts: StaffParts) -> None:
    """Put the parts where `staff_parts` finds them."""
    app.extensions[_NAME] = parts


def staff_parts(app: Flask) -> StaffParts:
    """The parts of an application that has the staff pages."""
    parts = app.extensions[_NAME]
    if not isinstance(parts, StaffParts):
        raise TypeError(f"{_NAME} holds {type(parts).__name__}")
    return parts
