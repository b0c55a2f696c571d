"""What goes wrong, as a page: clear, in the person's language, with the right status and what they typed."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import HTTPException

from survey.dates import ENGLAND
from survey.i18n import gettext
from survey.respondent.edition import Edition
from survey.respondent.fields import PREFIX
from survey.respondent.finding import LostVisit, WaveOver
from survey.respondent.messages import used_code
from survey.respondent.offered import enter_unless_entered
from survey.respondent.pages import draw_page, visited_edition
from survey.respondent.preview import BrokenDraft
from survey.respondent.returning import draw_return
from survey.respondent.site import current_locale, current_site
from survey.respondent.tokens import is_left_from_preview
from survey.respondent.visit import current_visit
from survey.speaking import say_date
from survey.store.responses import AlreadyStarted, AlreadySubmitted, UnknownResponse, WaveClosed
from survey.store.waves import find_wave

MOST_READ = 64 * 1024 * 1024
"""Bytes read of a body that is too large to be taken, so that its sender can be told; more is an attack."""
CHUNK = 64 * 1024


def install_problem_pages(app: Flask) -> None:
    """Give the application a page for everything that can go wrong."""
    app.register_error_handler(LostVisit, _lost)
    app.register_error_handler(UnknownResponse, _lost)
    app.register_error_handler(WaveOver, _over)
    app.register_error_handler(WaveClosed, _closed)
    app.register_error_handler(BrokenDraft, _broken_draft)
    app.register_error_handler(AlreadySubmitted, _already_sent)
    app.register_error_handler(AlreadyStarted, _already_begun)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _http)


def _lost(error: Exception) -> tuple[str, int]:
    """A browser we do not know: the return code leads back, and takes along what was typed."""
    typed = any(name.startswith(PREFIX) for name in request.form) and not is_left_from_preview()
    if typed:
        notice = gettext(
            "We cannot tell which answers are yours. Type your return code. "
            "What you typed just now is still here and will be added."
        )
    else:
        notice = gettext(
            "We cannot tell which answers are yours. Type your return code to go on. "
            "Or start the survey from the first page."
        )
    return draw_return(notice=notice, kept_page=_page_sent() if typed else None), 403


def _page_sent() -> str | None:
    """The key of the page of questions that was sent."""
    parts = request.view_args or {}
    page_id, number = parts.get("page_id"), parts.get("number")
    return f"{page_id}/{number}" if page_id and number else page_id


def _over(error: WaveOver) -> tuple[str, int]:
    edition = current_site().editions.of_wave(error.wave)
    enter_unless_entered(edition)
    closed_at = error.wave.closed_at
    closed = say_date(closed_at.astimezone(ENGLAND).date(), current_locale()) if closed_at else ""
    return draw_page("respondent/over.html", edition, closed=closed, typed=_typed(edition)), 410


def _broken_draft(error: BrokenDraft) -> tuple[str, int]:
    return draw_page("respondent/preview_broken.html", None, draft=error), 422


def _closed(error: WaveClosed) -> tuple[str, int]:
    visit = current_visit()
    wave = find_wave(current_site().store, visit.wave) if visit else None
    return _over(WaveOver(wave)) if wave else _lost(error)


def _already_sent(error: AlreadySubmitted) -> tuple[str, int]:
    edition = visited_edition()
    return draw_page("respondent/already_sent.html", edition, typed=_typed(edition)), 409


def _already_begun(error: AlreadyStarted) -> tuple[str, int]:
    return draw_return(problem=used_code()), 409


def _http(error: Exception) -> tuple[str, int]:
    status = (error.code if isinstance(error, HTTPException) else None) or 500
    if status == 413:
        _read_what_is_left()
    edition = visited_edition() if status < 500 else None
    return draw_page("respondent/problem.html", edition, status=status), status


def _read_what_is_left() -> None:
    """Take in what a browser is still sending: until it is done it looks for no answer, and would see none."""
    length, most = request.content_length or 0, request.max_content_length or 0
    if not most < length <= MOST_READ:
        return
    stream = request.environ["wsgi.input"]
    while length > 0 and (chunk := stream.read(min(length, CHUNK))):
        length -= len(chunk)


def _typed(edition: Edition | None) -> list[str]:
    """The words that were sent and not saved, so that nobody has to find them again."""
    texts = () if edition is None else edition.text_fields
    return [value for name, value in request.form.items(multi=True) if name in texts and value.strip()]
