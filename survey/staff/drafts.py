"""The staff's list of questionnaire files: which can be used, which wave asks which version, and the map of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from survey.i18n import SOURCE_LOCALE, Language, Languages
from survey.map.page import content_policy, draw_page
from survey.questionnaire.load import content_hash
from survey.questionnaire.model import Questionnaire
from survey.staff.folder import Draft, count_translated
from survey.staff.parts import StaffParts, staff_parts
from survey.staff.rights import Right, may
from survey.staff.session import current_account
from survey.store.connect import Store
from survey.store.versions import load_version
from survey.store.waves import Wave, list_waves

drafts = Blueprint("drafts", __name__, url_prefix="/questionnaires")
"""Part of the staff's blueprint, which keeps its pages private and describes them."""


@dataclass(frozen=True)
class Asked:
    """An open wave and what it asks: fixed when it was opened, whatever has become of the file."""

    wave: Wave
    version: str
    is_file: bool
    """Whether the file still holds exactly that."""


@dataclass(frozen=True)
class Translated:
    """How far a questionnaire is in one language."""

    language: Language
    done: int
    of: int
    machine_draft: bool


@dataclass(frozen=True)
class DraftRow:
    """One file as the page shows it."""

    draft: Draft
    translations: tuple[Translated, ...]
    asked: tuple[Asked, ...]
    findings: int = 0
    """As many as `phb check` lists."""


@drafts.get("/")
def listing() -> str | tuple[str, int] | AnyResponse:
    """Every questionnaire file, and what keeps a broken one from being used."""
    refused = _refuse()
    if refused is not None:
        return refused
    parts = staff_parts(current_app)
    rows = [_row(draft, parts) for draft in parts.folder.read()]
    broken = broken_files(parts.folder.read(), parts.store)
    return render_template("staff/questionnaires.html", rows=rows, broken=broken)


@drafts.get("/<questionnaire>/map")
def show_map(questionnaire: str) -> Response | tuple[str, int] | AnyResponse:
    """The map of a questionnaire: a page of its own that is allowed its own styles and nothing else."""
    refused = _refuse()
    if refused is not None:
        return refused
    found = staff_parts(current_app).folder.find(questionnaire)
    if found is None:
        abort(404)
    response = make_response(draw_page(found))
    response.headers["Content-Security-Policy"] = content_policy()
    return response


def broken_files(files: Sequence[Draft], store: Store) -> tuple[DraftRow, ...]:
    """The files that cannot be used, each with the open waves that go on without it."""
    return tuple(DraftRow(draft, (), _asked(draft, store)) for draft in files if draft.questionnaire is None)


def _refuse() -> tuple[str, int] | AnyResponse | None:
    """What someone gets who is not signed in, or whose role is another."""
    parts = staff_parts(current_app)
    account = current_account(session, parts.store, parts.now())
    if account is None:
        return redirect(url_for("staff.ask"), 303)
    if not may(account.role, Right.FIELDWORK):
        return render_template("staff/not_for_role.html", account=account), 403
    return None


def _row(draft: Draft, parts: StaffParts) -> DraftRow:
    asked = _asked(draft, parts.store)
    if draft.questionnaire is None:
        return DraftRow(draft, (), asked)
    translations = tuple(_translations(draft.questionnaire, parts.languages))
    return DraftRow(draft, translations, asked, parts.folder.findings(draft.questionnaire))


def _translations(questionnaire: Questionnaire, languages: Languages) -> list[Translated]:
    found = []
    for language in languages.offered:
        if language.locale != SOURCE_LOCALE:
            catalogue = languages.catalogue(questionnaire.id, language.locale)
            done, of = count_translated(questionnaire, catalogue.messages)
            found.append(Translated(language, done, of, catalogue.machine_draft))
    return found


def _asked(draft: Draft, store: Store) -> tuple[Asked, ...]:
    """The open waves of a questionnaire. A file that could never be read is known by its name."""
    held = None if draft.questionnaire is None else content_hash(draft.questionnaire)
    return tuple(
        Asked(wave, load_version(store, wave.version).version, wave.version == held)
        for wave in list_waves(store)
        if wave.is_open and wave.questionnaire == draft.id
    )
