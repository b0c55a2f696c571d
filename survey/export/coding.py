"""What staff made of people's own words, for publishing: themes, what readers found, approved quotes; no answer.

The file `coding.json` beside the analysis file of a wave. Nothing in it says who wrote what: readings stand in the
order of what was found, apart from the quotes.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from survey.store.connect import Store
from survey.store.quotes import Quote, load_quotes
from survey.store.readings import Coded, load_coded
from survey.store.themes import Frame, load_frame
from survey.store.versions import load_version
from survey.store.waves import Wave
from survey.store.written import Answer, Question, find_answers, open_questions

FILE = "coding.json"


def write_coding(store: Store, wave: Wave, folder: Path) -> Path:
    """Write the file into the wave's folder of analysis files, where only its owner may look. Raises OSError."""
    answers = find_answers(store, wave)
    quotes = [quote for quote in load_quotes(store, wave.id) if quote.is_approved and quote.answer in set(answers)]
    described = {
        "wave": wave.id,
        "open": wave.is_open,
        "questions": [
            _described(
                store, wave, question, answers, [quote for quote in quotes if quote.answer.item == question.item]
            )
            for question in open_questions(load_version(store, wave.version))
        ],
    }
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    beside = folder / f".{FILE}-{secrets.token_hex(4)}"
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(described, file, ensure_ascii=False, indent=1)
        os.replace(beside, folder / FILE)
    finally:
        beside.unlink(missing_ok=True)
    return folder / FILE


def _described(
    store: Store, wave: Wave, question: Question, answers: Sequence[Answer], quotes: Sequence[Quote]
) -> dict[str, Any]:
    """`readings` has a list for each answer that was read, of one reading or two."""
    frame = load_frame(store, wave.id, question.item)
    coded = load_coded(store, wave.id, question.item, frame, answers)
    return {
        "item": question.item,
        "text": question.text,
        "answers": len(coded),
        "themes": [{"code": theme.code, "label": theme.label, "meaning": theme.meaning} for theme in frame.in_use],
        "readings": sorted((_readings(each) for each in coded if each.readings), key=json.dumps),
        "quotes": sorted(
            ({"theme": quote.theme, "words": quote.words} for quote in quotes if _fits(quote, frame)), key=json.dumps
        ),
    }


def _readings(coded: Coded) -> list[dict[str, list[str]]]:
    return [{"first": sorted(reading.first), "now": sorted(reading.now)} for reading in coded.readings]


def _fits(quote: Quote, frame: Frame) -> bool:
    return quote.theme in frame.codes
