"""Serving pictures, recordings and films: those of formats that a wave offers, and nothing else that lies there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from flask import Blueprint, abort, request, send_file
from werkzeug.wrappers import Response

from survey.offering import Offering
from survey.questionnaire.check.formats import MediaKind, media_of
from survey.questionnaire.model import Format, Questionnaire
from survey.respondent.finding import LostVisit, WaveOver, find_journey
from survey.respondent.media_files import TYPES, MediaFolder, fingerprint
from survey.respondent.offered import offering_of
from survey.respondent.preview import BrokenDraft
from survey.respondent.site import current_offering, current_site
from survey.store.versions import load_versions_of
from survey.store.waves import list_waves

blueprint = Blueprint("media", __name__)

FORMAT_OF = {
    MediaKind.PICTURE: Format.EASYREAD,
    MediaKind.RECORDING: Format.AUDIO,
    MediaKind.FILM: Format.BSL,
    MediaKind.CAPTIONS: Format.BSL,
}
"""The format that each kind of file is part of."""
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
    is_opened = _is_offered(questionnaire, name, locale)
    if kind is None or not (is_opened or _is_for_this_browser(questionnaire, name, locale)):
        abort(404)
    path = MediaFolder(current_site().config.questionnaires, questionnaire).find(name, locale)
    if path is None:
        abort(404)
    version = fingerprint(path)
    reply = send_file(path, mimetype=kind, conditional=True, etag=version)
    if request.args.get("v") == version:
        kept_by = "public" if is_opened else "private"  # what only some may see is kept for nobody else
        reply.headers["Cache-Control"] = f"{kept_by}, max-age={YEAR}, immutable"
    else:
        reply.headers["Cache-Control"] = "no-cache"
    reply.headers["Content-Security-Policy"] = POLICY
    return reply


def _is_offered(questionnaire: str, name: str, locale: str | None) -> bool:
    """Whether a wave offers a format, and the language, that this file is part of."""
    site = current_site()
    waves = [wave for wave in list_waves(site.store) if wave.questionnaire == questionnaire]
    return any(
        _is_part(edition.questionnaire, name, locale, offering_of(edition))
        for edition in map(site.editions.of_wave, waves)
    )


def _is_part(questionnaire: Questionnaire, name: str, locale: str | None, offering: Offering) -> bool:
    formats = {FORMAT_OF[media.kind] for media in media_of(questionnaire) if media.name == name}
    return not formats.isdisjoint(offering.formats) and (locale is None or locale in offering.languages)


def _is_for_this_browser(questionnaire: str, name: str, locale: str | None) -> bool:
    """Whether it belongs to what this person answers, though it was withdrawn, or to what they try out or review."""
    site = current_site()
    with suppress(BrokenDraft, LostVisit, WaveOver):
        _, journey = find_journey()
        offering = current_offering()
        if offering is not None and journey.edition.questionnaire.id == questionnaire:
            return _is_part(journey.edition.questionnaire, name, locale, offering)
    return site.is_signed_in() and _is_named(name, load_versions_of(site.store, questionnaire))


def _is_named(name: str, questionnaires: Iterable[Questionnaire]) -> bool:
    return any(media.name == name for each in questionnaires for media in media_of(each))
