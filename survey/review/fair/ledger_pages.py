"""The pages on which those who run the group keep the ledger: everybody's time and pay, late ones first."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from flask import Response, abort, flash, redirect, render_template, request, url_for

from survey.coproduction.pay import Entry
from survey.coproduction.refusals import NotAllowed, Refused
from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.review.door import Answer, Guest, admit, deed
from survey.review.fair.drawing import Line, all_lines, begun_rounds, names_of, pounds
from survey.review.fair.forms import NewEntryForm, PayForm, filled
from survey.review.people.noting import revision_of
from survey.review.reasons import explain
from survey.staff.rights import Right
from survey.store.group.acting import note_refusal
from survey.store.group.ledger import UnknownEntry, keep_entry, load_entry, pay_entry, put_down
from survey.store.group.members import list_members

CSV_COLUMNS = (
    "member",
    "day",
    "kind",
    "round",
    "minutes",
    "offered_pounds",
    "declined",
    "expenses_pounds",
    "to_pay_pounds",
    "due_on",
    "paid_on",
    "days_late",
    "note",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the start of a cell."""


def show_ledger() -> Answer:
    """Everything, and the form to add something for a member."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    return _draw(NewEntryForm(data={"round": "", "account": ""}))


def add_entry() -> Answer:
    """Add an entry for a member."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    form = NewEntryForm(request.form)
    form.offer_rounds([round_.id for round_ in begun_rounds(site.store)])
    form.offer_members(names_of(list_members(site.store)))
    doing = deed(guest, "put down time", "ledger")
    if not form.validate():
        note_refusal(site.store, doing, f"fields: {', '.join(form.errors)}")
        return _draw(form), 400
    try:
        put_down(site.store, doing, form.entry(int(form.account.data)), site.today())
    except Refused as refused:
        return _draw(form, form.put(refused)), 400
    flash(gettext("It is in the ledger."))
    return redirect(url_for("review.fair.show_ledger"), 303)


def show_entry(number: int) -> Answer:
    """One entry, and the form to change it."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    entry = _found(number)
    return _draw_entry(entry, PayForm(data=filled(entry)), entry.revision)


def change_entry(number: int) -> Answer:
    """Save what was changed, unless somebody else has changed it meanwhile: then theirs is shown beside the form."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    entry = _found(number)
    form = PayForm(request.form)
    form.offer_rounds([round_.id for round_ in begun_rounds(site.store)])
    doing = deed(guest, "change time", f"ledger entry {number}")
    if not form.validate():
        note_refusal(site.store, doing, f"fields: {', '.join(form.errors)}")
        return _draw_entry(entry, form, _revision()), 400
    try:
        changed = replace(form.entry(entry.account), id=number, revision=_revision())
        keep_entry(site.store, doing, changed, site.today())
    except Refused as refused:
        if NotAllowed.CHANGED_MEANWHILE in refused.reasons:
            now = _found(number)
            return _draw_entry(now, form, now.revision, explain(refused), is_conflict=True), 409
        return _draw_entry(entry, form, _revision(), form.put(refused)), 400
    flash(gettext("Saved."))
    return redirect(url_for("review.fair.show_ledger"), 303)


def mark_as_paid(number: int) -> Answer:
    """Put down that an entry was paid today."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    _found(number)
    pay_entry(site.store, deed(guest, "mark as paid", f"ledger entry {number}"), number, _revision(), site.today())
    flash(gettext("It is marked as paid today."))
    return redirect(url_for("review.fair.show_ledger"), 303)


def download_ledger() -> Answer:
    """The whole ledger as a file for a spreadsheet."""
    guest = admit(Right.RUN_GROUP)
    if not isinstance(guest, Guest):
        return guest
    site = current_site()
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_row(line) for line in all_lines(site.store, site.today()))
    name = f"ledger-{site.today().isoformat()}.csv"
    # The mark at the start makes Excel read UTF-8.
    return Response(
        "\ufeff" + file.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _row(line: Line) -> list[str]:
    entry = line.entry
    cells = [
        line.name,
        entry.on_day.isoformat(),
        str(entry.kind),
        str(entry.round or ""),
        str(entry.minutes),
        _amount(entry.offered),
        "yes" if entry.declined else "no",
        _amount(entry.expenses),
        _amount(entry.owed),
        entry.due_on.isoformat() if entry.due_on and entry.owed else "",
        entry.paid_on.isoformat() if entry.paid_on else "",
        str(line.days_late),
        entry.note,
    ]
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]


def _amount(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"


def _found(number: int) -> Entry:
    try:
        return load_entry(current_site().store, number)
    except UnknownEntry:
        abort(404)


def _revision() -> int:
    return revision_of(request.form.get("revision"))


def _draw(form: NewEntryForm, above: list[str] | None = None) -> str:
    site = current_site()
    lines = all_lines(site.store, site.today())
    return render_template(
        "review/fair/ledger.html",
        form=form,
        above=above or [],
        lines=lines,
        names=names_of(list_members(site.store)),
        rounds=begun_rounds(site.store),
        owed=sum(line.entry.owed for line in lines if line.entry.paid_on is None),
        late=sum(line.is_late for line in lines),
        pounds=pounds,
    )


def _draw_entry(
    entry: Entry, form: PayForm, revision: int, above: list[str] | None = None, *, is_conflict: bool = False
) -> str:
    site = current_site()
    return render_template(
        "review/fair/entry.html",
        entry=entry,
        form=form,
        revision=revision,
        above=above or [],
        is_conflict=is_conflict,
        whose=names_of(list_members(site.store)).get(entry.account, ""),
        rounds=begun_rounds(site.store),
        pounds=pounds,
    )
