"""Small questionnaires for tests, as the JSON an author would write."""

from __future__ import annotations

import json
from typing import Any

from survey.questionnaire.load import load_questionnaire
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.schema import fit_to_format

Json = dict[str, Any]

DONT_KNOW: Json = {"code": "dont_know", "text": "I don't know", "missing": "dont_know"}
NOT_SAY: Json = {"code": "not_say", "text": "I would rather not say", "missing": "refused"}


def option(code: str, **more: Any) -> Json:
    return {"code": code, "text": code.replace("_", " ").capitalize(), **more}


def choice(item_id: str, *codes: str, **more: Any) -> Json:
    options = [option(code) for code in codes or ("yes", "no")]
    return {
        "id": item_id,
        "type": "choice",
        "text": f"Words of {item_id}?",
        "options": [*options, DONT_KNOW, NOT_SAY],
        **more,
    }


def choices(item_id: str, *codes: str, **more: Any) -> Json:
    options = [option(code) for code in codes or ("care", "chair", "course")]
    missing = [{**DONT_KNOW, "exclusive": True}, {**NOT_SAY, "exclusive": True}]
    return {"id": item_id, "type": "choices", "text": f"Words of {item_id}?", "options": [*options, *missing], **more}


def scale(item_id: str, **more: Any) -> Json:
    words = {"text": f"Words of {item_id}?", "min_text": "None", "max_text": "All I want"}
    return {"id": item_id, "type": "scale", **words, "options": [DONT_KNOW, NOT_SAY], **more}


def area(item_id: str = "area", **more: Any) -> Json:
    return {"id": item_id, "type": "area", "text": "Which NHS area?", "options": [DONT_KNOW, NOT_SAY], **more}


def long_text(item_id: str, **more: Any) -> Json:
    return {"id": item_id, "type": "long_text", "text": f"Words of {item_id}?", **more}


def short_text(item_id: str, **more: Any) -> Json:
    return {"id": item_id, "type": "short_text", "text": f"Words of {item_id}?", **more}


def statement(item_id: str, **more: Any) -> Json:
    return {"id": item_id, "type": "statement", "text": "Words to read.", **more}


def page(*items: Json, **more: Any) -> Json:
    """A page named after its first item."""
    return {"id": items[0]["id"].replace("_", "-"), "items": list(items), **more}


def section(section_id: str, *pages: Json, **more: Any) -> Json:
    return {"id": section_id, "title": f"Title of {section_id}", "pages": list(pages), **more}


def document(*sections: Json, **more: Any) -> Json:
    """A whole file. Bare pages are put into one section `main`."""
    pages = [part for part in sections if "items" in part]
    whole = [section("main", *pages)] if pages else list(sections)
    return {
        "id": "made-up",
        "version": "1",
        "status": "draft",
        "language": "en-GB",
        "title": "A made-up survey",
        "purpose": "To be tested.",
        "minutes": 5,
        "contact": {"name": "Alex", "email": "alex@example.org", "phone": "0300 000 0000"},
        "sections": whole,
        **more,
    }


def load(written: Json) -> Questionnaire:
    return load_questionnaire(json.dumps(written).encode(), name="made-up.json")


def built(*sections: Json, **more: Any) -> Questionnaire:
    """The same without what loading proves: for tests that make up conditions which may contradict themselves."""
    return fit_to_format(document(*sections, **more))


def questionnaire(*sections: Json, **more: Any) -> Questionnaire:
    return load(document(*sections, **more))
