"""The made-up answers in people's own words, read by two people who do not always find the same, and quoted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random

from survey.store.accounts import Account
from survey.store.connect import Store
from survey.store.quotes import approve_quote, load_quotes, propose_quote
from survey.store.readings import load_coded, save_reading
from survey.store.themes import add_theme, agree_theme, load_frame
from survey.store.waves import Wave
from survey.store.written import find_answers, find_words

ITEM = "anything"
MOST_READ = 120
"""So many answers of a wave are read; a larger demonstration leaves the others for whoever looks round."""
MISTAKES = 0.06
"""How often a reader decides otherwise than the words say."""

THEMES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "choice": (
        "Choosing who helps",
        "That people chose, or could not choose, who comes or what they get.",
        ("I chose", "choice", "decyduję"),
    ),
    "effort": (
        "Waiting and paperwork",
        "Forms, letters, calls, and how long it all takes.",
        ("paperwork", "telephone", "listy", "زبان", "months", "وقت پر"),
    ),
}
"""By a name of ours: label, meaning, and what in the made-up words speaks of it."""

QUOTED = ("people I chose", "eleven months", "Sunday evenings", "fits at last")
"""Who wrote so is quoted, each of these once; no word of it shows who somebody is."""


def read_words(store: Store, wave: Wave, readers: tuple[Account, Account], *, seed: int, now: datetime) -> None:
    """Agree themes, let both read, and approve quotes; nothing where the wave has themes already."""
    if load_frame(store, wave.id, ITEM).themes:
        return
    one, other = readers
    codes = {}
    for name, (label, meaning, _) in THEMES.items():
        added = add_theme(store, one, wave=wave.id, item=ITEM, label=label, meaning=meaning, now=now)
        agree_theme(store, other, wave=wave.id, item=ITEM, theme=added.code, now=now)
        codes[name] = added.code
    random = Random(f"{seed}/{wave.id}/words")
    answers = [answer for answer in find_answers(store, wave) if answer.item == ITEM][:MOST_READ]
    words = {answer: find_words(store, answer) or "" for answer in answers}
    for answer, written in words.items():
        meant = _speaks_of(written)
        for reader in readers:
            found = {codes[name] for name in THEMES if (name in meant) != (random.random() < MISTAKES)}
            save_reading(store, reader, wave=wave.id, answer=answer, themes=found, now=now)
    left = list(QUOTED)
    for coded in load_coded(store, wave.id, ITEM, load_frame(store, wave.id, ITEM), answers):
        sign = next((sign for sign in left if sign in words[coded.answer]), None)
        text = words[coded.answer]
        themes = {codes[name] for name in _speaks_of(text)} & coded.found_by_both
        if sign is not None and themes:
            propose_quote(store, one, wave=wave.id, coded=coded, theme=min(themes), words=text, now=now)
            left.remove(sign)
    for quote in load_quotes(store, wave.id):
        approve_quote(store, other, wave=wave.id, quote=quote.id, now=now)


def _speaks_of(words: str) -> set[str]:
    return {name for name, (_, _, signs) in THEMES.items() if any(sign in words for sign in signs)}
