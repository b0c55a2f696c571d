"""Taking the texts of a catalogue away as a PO file, and bringing in one that somebody worked on elsewhere."""

from __future__ import annotations

from contextlib import closing

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from survey.coproduction.refusals import Refused
from survey.i18n import ngettext
from survey.po_files import format_po
from survey.review.door import Answer, Guest, admit, deed
from survey.review.reasons import explain
from survey.review.translating.bringing import LARGEST_FILE, BrokenFile, bring_drafts, read_upload
from survey.review.translating.doing import check_in_person
from survey.review.translating.page import describe_sheet
from survey.review.translating.po import newest_catalogue
from survey.review.translating.strings import Sheet, open_sheet
from survey.staff.rights import Right

files = Blueprint("files", __name__)

MOST_LISTED = 20
"""Texts that were not taken, as the page names them."""


@files.get("/<locale>/<catalogue>.po")
def send_file(locale: str, catalogue: str) -> Answer:
    """The catalogue with the newest words of each string."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    sheet = open_sheet(locale, catalogue)
    response = make_response(format_po(newest_catalogue(sheet)).encode())
    response.headers["Content-Type"] = "text/x-gettext-translation; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{catalogue}.{locale.replace("@", "-")}.po"'
    return response


@files.get("/bring/<locale>/<catalogue>")
def ask_file(locale: str, catalogue: str) -> Answer:
    """The form for a file."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    return _draw(open_sheet(locale, catalogue))


@files.post("/bring/<locale>/<catalogue>")
def take_file(locale: str, catalogue: str) -> Answer:
    """Each translation in the file that is new becomes this person's draft; nothing is taken from a broken file."""
    guest = admit(Right.TRANSLATE)
    if not isinstance(guest, Guest):
        return guest
    sheet = open_sheet(locale, catalogue)
    try:
        check_in_person(guest, deed(guest, "translation: bring drafts", f"{locale} {catalogue}"))
        brought = read_upload(sheet, _content())
    except BrokenFile as broken:
        return _draw(sheet, error=broken.message, details=broken.details[:MOST_LISTED]), 422
    except Refused as refused:
        return _draw(sheet, error=" ".join(explain(refused))), 409
    done = bring_drafts(sheet, brought, guest)
    if done.refused:
        return _draw(sheet, taken=done.taken, details=done.refused[:MOST_LISTED])
    flash(ngettext("%(num)d draft was saved.", "%(num)d drafts were saved.", done.taken))
    return redirect(url_for("review.translating.show_strings", locale=locale, catalogue=catalogue), 303)


def _content() -> bytes:
    """What was sent, and no more of it than tells that it is too large."""
    sent = request.files.get("file")
    if sent is None:
        return b""
    with closing(sent):
        content: bytes = sent.read(LARGEST_FILE + 1)
    return content


def _draw(sheet: Sheet, *, error: str = "", taken: int | None = None, details: tuple[str, ...] = ()) -> str:
    return render_template(
        "review/translating/bring.html", **describe_sheet(sheet), error=error, taken=taken, details=details
    )
