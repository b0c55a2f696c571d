"""Serving pictures, recordings and films: those that a questionnaire names, and nothing else that lies beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from flask import Blueprint, abort, request, send_file
from werkzeug.wrappers import Response

from survey.questionnaire.check.formats import media_of
from survey.questionnaire.model import Questionnaire
from survey.respondent.media_files import TYPES, MediaFolder, fingerprint
from survey.respondent.preview import BrokenDraft, current_preview
from survey.respondent.site import current_site
from survey.store.versions import load_versions_of

blueprint = Blueprint("media", __name__)

YEAR = 365 * 24 * 60 * 60
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A picture that is opened by itself is a document: it may draw, and run nothing."""


@blueprint.get("/media/<questionnaire>/<name>")
def show_media(questionnaire: str, name: str) -> Response:
    """A file that is the same in every language."""
    return _send(questionnaire, name, None)


@blueprint.get("/media/<questionnaire>/<locale>/<name>")
def show_media_in_language(questionnaire: str, locale: str, name: str) -> Response:
    """A file in one language."""
    if locale not in current_site().languages.locales:
        abort(404)
    return _send(questionnaire, name, locale)


def _send(questionnaire: str, name: str, locale: str | None) -> Response:
    kind = TYPES.get(name.rpartition(".")[2])
    is_opened = _is_named(name, load_versions_of(current_site().store, questionnaire))
    if kind is None or not (is_opened or _is_named(name, _tried_out(questionnaire))):
        abort(404)
    path = MediaFolder(current_site().config.questionnaires, questionnaire).find(name, locale)
    if path is None:
        abort(404)
    version = fingerprint(path)
    reply = send_file(path, mimetype=kind, conditional=True, etag=version)
    if request.args.get("v") == version:
        kept_by = "public" if is_opened else "private"  # what only staff may see is kept for nobody else
        reply.headers["Cache-Control"] = f"{kept_by}, max-age={YEAR}, immutable"
    else:
        reply.headers["Cache-Control"] = "no-cache"
    reply.headers["Content-Security-Policy"] = POLICY
    return reply


def _is_named(name: str, questionnaires: Iterable[Questionnaire]) -> bool:
    return any(media.name == name for each in questionnaires for media in media_of(each))


def _tried_out(questionnaire: str) -> Iterator[Questionnaire]:
    """The draft of that id, where this browser tries it out."""
    with suppress(BrokenDraft):
        preview = current_preview()
        if preview is not None and preview.edition.questionnaire.id == questionnaire:
            yield preview.edition.questionnaire
