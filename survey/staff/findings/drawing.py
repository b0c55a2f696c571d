"""What the pages of findings show, of what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, current_app, render_template
from flask_babel import get_locale

from survey.dates import ENGLAND, write_date
from survey.staff.findings.forms import FindingForm, FoundForm
from survey.staff.findings.history import differences, history_of
from survey.staff.findings.rules import TRANSITIONS
from survey.staff.findings.subjects import Subjects, subjects_of
from survey.staff.parts import staff_parts
from survey.staff.rights import Right, may
from survey.store.accounts import Account
from survey.store.findings import (
    Content,
    Finding,
    State,
    UnknownFinding,
    by_urgency,
    find_finding,
    list_findings,
)
from survey.store.waves import TRIAL, Wave, list_waves


@dataclass(frozen=True)
class Row:
    """One finding as the list shows it."""

    finding: Finding
    is_late: bool
    question: str
    place: str
    language: str


@dataclass(frozen=True)
class Opened:
    """A finding whose form is open; `revision` is the one that the form was opened at."""

    finding: Finding
    wave: Wave
    form: FindingForm
    revision: int


def today() -> date:
    """The day it is in England."""
    return staff_parts(current_app).now().astimezone(ENGLAND).date()


def date_in_words(day: date) -> str:
    """In the language of the request."""
    return write_date(day, str(get_locale()))


# --- What the reader may see ------------------------------------------------------


def waves_seen(account: Account) -> tuple[Wave, ...]:
    """The newest first; the one for trying things out only for those who see it elsewhere."""
    waves = reversed(list_waves(staff_parts(current_app).store))
    return tuple(wave for wave in waves if wave.id != TRIAL or may(account.role, Right.TRIAL))


def wave_named(waves: Sequence[Wave], name: str) -> Wave | None:
    """The wave of a name, where it is one of these."""
    return next((wave for wave in waves if wave.id == name), None)


def find_seen(number: int, account: Account) -> tuple[Finding, Wave]:
    """A finding and its wave; 404 where the reader may see no such."""
    try:
        finding = find_finding(staff_parts(current_app).store, min(number, 2**63 - 1))
    except UnknownFinding:
        abort(404)
    wave = wave_named(waves_seen(account), finding.wave)
    if wave is None:
        abort(404)
    return finding, wave


def rows_of(waves: Sequence[Wave]) -> list[Row]:
    """The findings of some waves, late ones first."""
    store = staff_parts(current_app).store
    subjects = {wave.id: subjects_of(store, wave) for wave in waves}
    in_order = by_urgency(list_findings(store, [*subjects]), today())
    return [_row(finding, subjects[finding.wave]) for finding in in_order]


def _row(finding: Finding, subjects: Subjects) -> Row:
    said = finding.content
    place, question = subjects.place(said.area), subjects.question(said.item)
    return Row(finding, said.is_late(today()), question, place, subjects.language)


# --- Pages ------------------------------------------------------------------------


def draw_adding(wave: Wave, form: FoundForm, notice: str = "") -> str:
    """The form for something that was found."""
    subjects = subjects_of(staff_parts(current_app).store, wave)
    form.offer(subjects)
    return render_template("staff/findings/add.html", wave=wave, form=form, subjects=subjects, notice=notice)


def draw_finding(opened: Opened, content: Content, *, notice: str = "") -> str:
    """A finding with the form as it was filled in; `content` is what people are shown to read."""
    return _draw(opened, content, notice=notice)


def draw_conflict(opened: Opened, current: Finding, typed: Content) -> str:
    """The same when somebody else has saved meanwhile: what they wrote beside what was typed."""
    subjects = subjects_of(staff_parts(current_app).store, opened.wave)
    found = differences(current.content, typed, subjects, date_in_words)
    return _draw(Opened(current, opened.wave, opened.form, current.revision), typed, differences=found)


def _draw(opened: Opened, content: Content, **more: Any) -> str:
    store, finding = staff_parts(current_app).store, opened.finding
    subjects = subjects_of(store, opened.wave)
    opened.form.offer(subjects)
    reachable = TRANSITIONS[finding.content.state] | {finding.content.state}
    return render_template(
        "staff/findings/change.html",
        finding=finding,
        wave=opened.wave,
        form=opened.form,
        revision=opened.revision,
        content=content,
        subjects=subjects,
        reachable=[state for state in State if state in reachable],
        history=history_of(store, finding.id, subjects, date_in_words),
        **more,
    )
