"""A small survey in every format, with its media in a folder of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache

from survey import resources
from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.store.connect import open_store
from tests.survey.respondent.conftest import Clock, Site

SEASON: dict[str, Any] = {
    "id": "season",
    "type": "choice",
    "text": {"self": "When would you go for a day out?", "proxy": "When would the person go for a day out?"},
    "hint": "Choose one season.",
    "options": [
        {"code": "summer", "text": "In the summer", "easyread": {"text": "Summer", "image": "star.svg"}},
        {"code": "winter", "text": "In the winter"},
        {"code": "other", "text": "At another time", "write_in": "When?"},
        {"code": "dont_know", "text": "I don't know", "missing": "dont_know", "easyread": {"image": "question.svg"}},
    ],
    "formats": {
        "easyread": {"text": "When do you go out?", "image": "calendar.svg"},
        "audio": {"file": "season.ogg"},
        "bsl": {"video": "season.mp4", "captions": "season.vtt", "transcript": "Spring or autumn: when?"},
    },
}
QUESTIONNAIRE: dict[str, Any] = {
    "id": "outing",
    "version": "1",
    "status": "draft",
    "language": "en-GB",
    "title": "A day out",
    "purpose": "To try things out.",
    "easyread": {"text": "We try things.", "image": "star.svg"},
    "minutes": 2,
    "contact": {"name": "The outing team", "email": "outing@example.org", "phone": "01632 960 001"},
    "sections": [
        {
            "id": "outing",
            "title": "A day out",
            "pages": [
                {
                    "id": "taking-part",
                    "items": [
                        {
                            "id": "taking_part",
                            "type": "choice",
                            "role": "consent",
                            "required": True,
                            "text": "Do you want to take part?",
                            "options": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
                        }
                    ],
                    "end": {"kind": "refused", "when": {"item": "taking_part", "is": "no"}},
                },
                {
                    "id": "answering",
                    "intro": "Somebody may answer in the place of another.",
                    "easyread": {"text": "One of you can answer.", "image": "question.svg"},
                    "items": [
                        {
                            "id": "answering",
                            "type": "choice",
                            "role": "answering",
                            "text": "Who is giving the answers?",
                            "options": [
                                {"code": "me", "text": "I am", "answering": "self"},
                                {"code": "other", "text": "Someone else is", "answering": "proxy"},
                            ],
                        }
                    ],
                },
                {"id": "season", "items": [SEASON]},
                {"id": "notes", "items": [{"id": "notes", "type": "long_text", "text": "Is there anything else?"}]},
            ],
        }
    ],
}


def write_questionnaire(folder: Path) -> Path:
    """The questionnaire's file, and the gallery's media in its folder with one file that nothing names."""
    path = folder / "outing.json"
    folder.mkdir(exist_ok=True)
    path.write_text(json.dumps(QUESTIONNAIRE), encoding="utf-8")
    media = folder / "outing"
    media.mkdir()
    for name in ("calendar.svg", "star.svg", "question.svg", "season.ogg", "season.mp4", "season.vtt", "README.md"):
        shutil.copy(resources.QUESTIONNAIRES / "gallery" / name, media)
    shutil.copy(media / "star.svg", media / "unnamed.svg")
    return path


@contextmanager
def formats_site(folder: Path, compiled: BytecodeCache | None = None) -> Iterator[Site]:
    """A site where the survey is open to everyone."""
    questionnaires = folder / "questionnaires"
    path = write_questionnaire(questionnaires)
    config = load_config({"PHB_DATA": str(folder / "data"), "PHB_QUESTIONNAIRES": str(questionnaires)})
    store = open_store(config)
    clock = Clock()
    app = create_app(config, store, now=clock)
    app.jinja_env.bytecode_cache = compiled
    site = Site(app, config, store, clock)
    site.open(load_file(path))
    yield site
    store.close()
