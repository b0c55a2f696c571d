"""The pack as a tagged PDF: typst sets the type, and refuses what breaks PDF/UA."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import typst
from flask_babel import force_locale, lazy_ngettext
from flask_babel import lazy_gettext as _l

from survey.dates import write_date
from survey.i18n import SOURCE_LOCALE, Phrase, language
from survey.respondent.alone import Look
from survey.respondent.site import interface_locale, look_as
from survey.review.reading.draft import Draft
from survey.review.reading.pack import PackedQuestion, pack_draft, tell_how
from survey.review.reading.words import KINDS

_TEMPLATE = Path(__file__).with_name("pack.typ")
_ALPHABETS = ((0x20, 0x250), (0x1E00, 0x1F00), (0x2010, 0x2028), (0x20A0, 0x20C1))
"""Latin letters, punctuation and currencies: what the fonts that come with typst can draw on every computer."""
_KEPT = 8


def name_pdf(draft: Draft, *, is_large: bool) -> str:
    """The file's name."""
    return f"round-{draft.round.id}-pack{'-large-print' if is_large else ''}.pdf"


def write_pdf(draft: Draft, look: Look, *, is_large: bool) -> bytes:
    """The pack in the language of the reader; in English where this computer has no letters for it.

    A letter that cannot be drawn even then becomes a box: PDF/UA refuses a page with a letter that is missing.
    """
    made_at = int((draft.round.opened_at or draft.round.added_at).timestamp())
    try:
        return _compile(json.dumps(_describe(draft, look, is_large), sort_keys=True), made_at)
    except typst.TypstError:
        look_as(SOURCE_LOCALE, look.format)
        sheet = _describe(draft, Look(SOURCE_LOCALE, look.format, look.answering), is_large)
        return _compile(json.dumps(_drawable(sheet), sort_keys=True), made_at)


@lru_cache(_KEPT)
def _compile(sheet: str, made_at: int) -> bytes:
    return typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"sheet": sheet},
        pdf_standards=["ua-1"],
        timestamp=made_at,
    )


@lru_cache(1)
def _fonts() -> typst.Fonts:
    """Those of this computer too: they are easier to read than what comes with typst, and know more alphabets."""
    return typst.Fonts(include_system_fonts=True)


Words = dict[str, str]
"""A text with the language it is in, as typst names languages."""


def _describe(draft: Draft, look: Look, is_large: bool) -> dict[str, Any]:
    plan, since = draft.round.plan, draft.standing.since
    facts = [
        (_ours(_l("What it is for")), _written(plan.purpose)),
        (_ours(_l("What can change")), _written(plan.can_change)),
        (_ours(_l("What cannot change")), _written(plan.cannot_change)),
        (_ours(_l("What difference it will make")), _written(plan.difference)),
        (_ours(_l("Who you can ask")), _written(plan.contact)),
        (_ours(_l("Send it back by")), _written(_day(plan.say_until))),
        (_ours(_l("The group votes until")), _written(_day(plan.decide_until))),
        (
            _ours(_l("How long it takes")),
            _ours(
                lazy_ngettext(
                    "about %(num)s minute. You need not read all of it.",
                    "about %(num)s minutes. You need not read all of it.",
                    draft.round.minutes,
                )
            ),
        ),
    ]
    return {
        "language": _tagged(interface_locale()),
        "is_large": is_large,
        "title": " ".join(plan.title.split()),
        "old": _ours(_l("This is how it stood on %(day)s.", day=_day(since))) if since is not None else None,
        "cover": _ours(
            _l(
                "This is a draft of a survey. Please read it, and write on it what you think. "
                "Your words count as much on paper as on the screen."
            )
        ),
        "facts": [[name, words] for name, words in facts if words["text"]],
        "lines": [_ours(_l("My name:")), _ours(_l("Given to:")), _ours(_l("on (day):"))],
        "typed": _ours(
            _l("Somebody will type in what you wrote. Then they ask you if it is right. It counts once you say yes.")
        ),
        "sections": [
            {"title": _said(section.title), "questions": [_question(each) for each in section.questions]}
            for section in pack_draft(draft, look)
        ],
        "words": {
            "each": _ours(_l("It is asked about each of these:")),
            "asked": _ours(_l("Who is asked this?")),
            "think": _ours(_l("What do you think? Tick what fits.")),
            "own": _ours(_l("Your words:")),
            "else": _ours(_l("Anything else")),
            "missing": _ours(
                _l("Is something missing? Is something too much? Does it begin with what matters to you?")
            ),
            "page": _ours(_l("Page")),
        },
        "kinds": [_ours(kind) for kind in KINDS.values()],
    }


def _question(each: PackedQuestion) -> dict[str, Any]:
    if each.is_off:
        asked = [_ours(_l("Nobody, unless a survey switches it on."))]
    else:
        told = [line for sentence in each.asked.sentences for line in sentence.lines()]
        asked = [{**_tagged(SOURCE_LOCALE), "text": line} for line in told] or [_ours(_l("Everyone is asked."))]
    return {
        "number": each.number,
        "text": _said(each.text),
        "before": [_said(text) for text in (each.intro, each.hint) if text is not None],
        "rows": [_said(row) for row in each.rows],
        "how": _ours(tell_how(each)),
        "answers": [[_said(part) for part in (each.text, each.hint, each.writes) if part] for each in each.answers],
        "asked": asked,
    }


# --- Texts and the languages they are in ------------------------------------------


def _ours(lazy: object) -> Words:
    """A string of ours in the language of the request; one without a translation is in English and said to be so."""
    text = str(lazy)
    with force_locale(SOURCE_LOCALE):
        is_english = text == str(lazy)
    return {**_tagged(SOURCE_LOCALE if is_english else interface_locale()), "text": text}


def _said(phrase: Phrase) -> Words:
    return {**_tagged(phrase.language.locale), "text": " ".join(str(phrase).split())}


def _written(text: str) -> Words:
    """What a facilitator wrote, in whatever language: its first letter says which way it goes."""
    ways = (bidirectional(letter) for letter in text)
    way = next((way for way in ways if way in {"L", "R", "AL"}), "L")
    return {**_tagged(interface_locale()), "dir": "ltr" if way == "L" else "rtl", "text": " ".join(text.split())}


def _tagged(locale: str) -> Words:
    known = language(locale)
    return {"lang": known.tag.partition("-")[0], "dir": known.direction}


def _day(day: date | None) -> str:
    return "" if day is None else write_date(day, interface_locale())


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(letter if _can_be_drawn(letter) else "□" for letter in value)
    if isinstance(value, Mapping):
        return {key: _drawable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_drawable(inner) for inner in value]
    return value


def _can_be_drawn(letter: str) -> bool:
    return letter.isprintable() and any(first <= ord(letter) < end for first, end in _ALPHABETS)
