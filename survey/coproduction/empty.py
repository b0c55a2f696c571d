"""An empty page for a group that begins anew: the smallest questionnaire there can be, to be filled by suggestions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

from survey.questionnaire.model import Contact, Page, Questionnaire, Section, StatementItem, Status

LONGEST_NAME = 40
"""Characters of an id that is made from a title; the format allows more, for the number after it."""

_BRACES = str.maketrans("", "", "{}")


def empty_questionnaire(name: str, title: str, contact: Contact) -> Questionnaire:
    """A draft of one section with one page to read. Braces are taken out of its title: they would stand for answers."""
    title = title.translate(_BRACES).strip() or name
    begin = StatementItem(id="begin", type="statement", text="This page is empty. What should we ask?")
    return Questionnaire(
        id=name,
        version="0",
        status=Status.DRAFT,
        language="en-GB",
        title=title,
        purpose=title,
        minutes=1,
        contact=contact,
        sections=(Section(id="first", title="First part", pages=(Page(id="begin", items=(begin,)),)),),
    )


def name_questionnaire(title: str, taken: Collection[str]) -> str:
    """An id from a title, with a number after it where another questionnaire has it: "Your day" is `your-day`.

    A title without Latin letters gives `group`.
    """
    latin = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", latin)
    name = re.sub(r"^[^a-z]+", "", words)[:LONGEST_NAME].strip("-") or "group"
    numbered = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(each for each in numbered if each not in taken)
