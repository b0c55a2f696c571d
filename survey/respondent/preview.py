"""A questionnaire file tried out by staff: the journey as it will be, and nothing stored outside the browser."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b85decode, b85encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import session

from survey.i18n import gettext
from survey.questionnaire.answers import HANDOVER_TO, Answers, from_json
from survey.questionnaire.in_words import Words
from survey.questionnaire.load import QuestionnaireError
from survey.questionnaire.model import Answering
from survey.questionnaire.problems import Problem
from survey.respondent.edition import Edition
from survey.respondent.journey import Journey
from survey.respondent.site import current_site
from survey.respondent.visit import Visit
from survey.store.responses import ResponseState, Status

HANDOVER = "handover"
"""The page that a handover is saved under, which is no page of any questionnaire."""

MOST_KEPT = 1900
"""Characters of answers in the cookie: a browser takes 4,096 bytes with all that is beside them, encoded once more."""
LONGEST_TEXTS = (200, 40)
"""What a text is cut to, and to what if that is not enough."""

_KEY = "preview"
_RETURN_CODE = "XXXX-XXXX-XXXX-XXXX"
_ID = re.compile(r"(?=.{1,64}\Z)[a-z][a-z0-9]*(-[a-z0-9]+)*")


class BrokenDraft(Exception):
    """The file of a preview cannot be used; `problems` says why."""

    def __init__(self, questionnaire: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(questionnaire)
        self.questionnaire = questionnaire
        self.problems = problems


@dataclass(frozen=True)
class Preview:
    """What is tried out in this browser, and what was answered so far."""

    edition: Edition
    pages: Mapping[str, Answers]
    is_sent: bool

    def visit(self) -> Visit:
        """A visit to show; its code leads nowhere."""
        return Visit(wave=self.edition.wave, return_code=_RETURN_CODE)

    def journey(self) -> Journey:
        """The journey as it would be with a response that has begun."""
        state = ResponseState(
            response=0,
            wave=self.edition.wave,
            version=self.edition.questionnaire.version,
            area=None,
            area_source=None,
            vintage="",
            started_at=current_site().now(),
            status=Status.SUBMITTED if self.is_sent else Status.STARTED,
            seq=0,
            pages=self.pages,
        )
        return Journey.of(self.edition, state)


def draft_edition(questionnaire: str) -> Edition:
    """What the file of this id asks as it is now. Raises LookupError where there is none, BrokenDraft."""
    site = current_site()
    path = site.config.questionnaires / f"{questionnaire}.json"
    if not _ID.fullmatch(questionnaire) or not path.is_file():
        raise LookupError(questionnaire)
    try:
        return site.editions.of_draft(path)
    except QuestionnaireError as error:
        raise BrokenDraft(questionnaire, error.problems) from error


def begin_preview(questionnaire: str, edition: Edition, answering: Answering) -> None:
    """Try out a questionnaire from now on in this browser, in the wording for who answers."""
    pages = _page_of_role(edition, answering)
    session[_KEY] = {"id": questionnaire, "pages": pack(pages), "sent": False}


def end_preview() -> None:
    """Back to what this browser was doing before."""
    session.pop(_KEY, None)


def is_preview() -> bool:
    """Whether this browser tries out a questionnaire."""
    return _KEY in session


def current_preview() -> Preview | None:
    """What this browser tries out; None when it does not, or when nobody is signed in any more. Raises BrokenDraft."""
    kept: dict[str, Any] | None = session.get(_KEY)
    if kept is None:
        return None
    if not current_site().sees_drafts():
        end_preview()
        return None
    try:
        edition = draft_edition(kept["id"])
    except LookupError:
        end_preview()
        return None
    return Preview(edition, unpack(kept["pages"]), kept["sent"])


def keep_in_preview(journey: Journey, key: str, answers: Answers) -> Journey:
    """The journey with a page answered; the page saved last is the last to be forgotten."""
    pages = {page: saved for page, saved in journey.pages.items() if page != key} | {key: answers}
    kept = pack(pages)
    session[_KEY] = {**session[_KEY], "pages": kept}
    return Preview(journey.edition, unpack(kept), is_sent=False).journey()


def send_preview(journey: Journey) -> None:
    """Show from now on what someone sees who has sent their answers."""
    session[_KEY] = {**session[_KEY], "sent": True}


def why_not_asked(journey: Journey, key: str) -> str:
    """In a preview, for a page that is not on the path: who would be asked. Else nothing."""
    if not journey.edition.is_preview or key in journey.path.pages:
        return ""
    words = Words(journey.edition.questionnaire)
    placed = journey.edition.page(key)
    conditions = (placed.section.show_if, placed.page.show_if)
    said = [" ".join(words.condition(condition).lines()) for condition in conditions if condition is not None]
    if placed.section.repeat is not None:
        said.append(words.repeat(placed.section.repeat).text)
    return gettext("This page is not on the path of the answers given so far. %(why)s", why=" ".join(said))


def pack(pages: Mapping[str, Answers]) -> str:
    """Answers as they fit into a cookie: long texts cut, and where that is not enough the oldest pages forgotten."""
    for longest in LONGEST_TEXTS:
        cut = {page: {name: _cut(value, longest) for name, value in saved.items()} for page, saved in pages.items()}
        if len(packed := _squeezed(cut)) <= MOST_KEPT:
            return packed
    oldest = list(cut)[1:]  # the first says who answers
    for page in oldest:
        del cut[page]
        if len(packed := _squeezed(cut)) <= MOST_KEPT:
            break
    return packed


def unpack(packed: str) -> dict[str, Answers]:
    """What `pack` made."""
    pages = json.loads(zlib.decompress(b85decode(packed)))
    return {page: from_json(saved) for page, saved in pages.items()}


def _squeezed(pages: Mapping[str, Mapping[str, Any]]) -> str:
    plain = {page: json.dumps(saved, ensure_ascii=False, separators=(",", ":")) for page, saved in pages.items()}
    return b85encode(zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), 9)).decode("ascii")


def _cut(value: object, longest: int) -> object:
    return value[:longest] if isinstance(value, str) else value


def _page_of_role(edition: Edition, answering: Answering) -> dict[str, Answers]:
    """The answer that leads to a wording; where the questionnaire does not ask, as if someone had taken over."""
    item = edition.answering_item
    for option in () if item is None else item.options:
        if item is not None and option.answering is answering:
            page = next(placed.page.id for placed in edition.router.pages if item in placed.page.items)
            return {page: {item.id: option.code}}
    return {HANDOVER: {HANDOVER_TO: answering.value}}
