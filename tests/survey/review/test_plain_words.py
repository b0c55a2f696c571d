"""What the group reads: at most age 11 by our own check, in short sentences, without acronyms that nobody explains."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from survey.questionnaire.wording.acronyms import find_acronyms
from survey.questionnaire.wording.readability import reading_age, sentences_of, words_of
from survey.translations.extract import KEYWORDS

SURVEY = Path(__file__).parents[3] / "survey"
FILES = sorted([*(SURVEY / "templates" / "review").rglob("*.html"), *(SURVEY / "review").rglob("*.py")])
OLDEST = 11
LONGEST = 25
"""Words in a sentence."""
LABEL = 4
"""Fewer words than this are a label or a name, which says nothing about how hard a text is."""
KNOWN = {"BSL", "PDF", "CSV", "NHS"}
OF_FILES = {"PO", "UTF", "BOM", "MB"}
"""What the programs of translators say of files; nobody else meets them."""
"""Names of things that people here know by their letters, or that the page says in full beside them."""


def strings_of(path: Path) -> list[str]:
    """The strings for people in a file, as they read without mark-up and with a word for what is put in."""
    found = extract_from_file("jinja2" if path.suffix == ".html" else "python", path, KEYWORDS)
    texts = [text for _, source, _, _ in found for text in (source if isinstance(source, tuple) else (source,))]
    plain = (
        re.sub(r"<[^>]*>|%\(\w+\)[sd]", lambda mark: "" if mark[0].startswith("<") else "Ann", text) for text in texts
    )
    return [" ".join(text.split()) for text in plain]


def passages_of(path: Path) -> list[str]:
    return [text for text in strings_of(path) if len(words_of(text)) >= LABEL]


@pytest.mark.parametrize("path", [path for path in FILES if passages_of(path)], ids=lambda path: str(path.name))
def test_a_page_of_the_group_can_be_read_at_eleven(path: Path) -> None:
    passages = passages_of(path)
    hardest = sorted(passages, key=reading_age)[-3:]
    assert reading_age("\n".join(passages)) <= OLDEST, hardest


@pytest.mark.parametrize("path", [path for path in FILES if passages_of(path)], ids=lambda path: str(path.name))
def test_no_sentence_of_the_group_is_long(path: Path) -> None:
    long = [each for text in passages_of(path) for each in sentences_of(text) if len(words_of(each)) > LONGEST]
    assert not long


def test_no_page_of_the_group_uses_letters_that_nobody_explains() -> None:
    used = {path: {acronym for text in strings_of(path) for acronym in find_acronyms(text)} for path in FILES}
    strange = {path.name: found - KNOWN for path, found in used.items() if found - KNOWN}
    assert all(name in {"bring.html", "strings.html", "bringing.py"} for name in strange), strange
    assert set().union(*strange.values()) <= OF_FILES


def test_the_check_would_find_a_hard_text() -> None:
    assert (
        reading_age("The facilitator's organisational responsibilities necessitate considerable deliberation.") > OLDEST
    )
