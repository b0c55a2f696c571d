"""A language that lacks half of its strings, and what of a page is not in the language that its element says."""

from __future__ import annotations

import re
from collections.abc import Collection
from html.parser import HTMLParser
from pathlib import Path

from babel import Locale

from survey.po_files import forms_of, read_po_file, write_po_file
from survey.resources import TRANSLATIONS

LOCALES = ("pl", "ur")
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
NOT_READ = frozenset(["script", "style", "template"])
READ_ALOUD = frozenset(["aria-label", "title", "alt", "placeholder", "label"])
_MONTHS = "|".join(Locale("pl").months["format"]["wide"].values())
NEUTRAL = re.compile(
    r"\b[0-9A-Z]{4}\b-?|[\w.+-]+@[\w.-]+|https?://\S+|[\w.-]+(?:\.[\w-]+)*/\S*|127\.0\.0\.1\S*|localhost\S*|\b[\w-]+(?:\.[\w-]+)+\b"
    rf"|{_MONTHS}"
)
"""What is no word of any language: addresses; and Polish months, which need no letter that English has not."""
_LETTER = "ż"
_KEPT = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{[^}]*\}|<[^>]+>|&\w+;")


def halve_catalogues(folder: Path) -> None:
    """Write `pl` and `ur` without every second string, each without those that the other has.

    The words of `pl` are in a letter that English has not.
    """
    for half, locale in enumerate(LOCALES):
        for path in sorted((TRANSLATIONS / locale / "LC_MESSAGES").glob("*.po")):
            catalog = read_po_file(path, locale)
            for number, message in enumerate(message for message in catalog if message.id):
                forms = forms_of(message.string) if number % 2 == half else ("",) * len(forms_of(message.string))
                made = tuple(_disguised(form) if locale == "pl" else form for form in forms)
                message.string = made[0] if isinstance(message.string, str) else made
            write_po_file(folder / locale / "LC_MESSAGES" / path.name, catalog)


def _disguised(text: str) -> str:
    kept = _KEPT.findall(text)
    parts = [re.sub(r"[^\W\d_]", _LETTER, part) for part in _KEPT.split(text)]
    return "".join(part + mark for part, mark in zip(parts, [*kept, ""], strict=True))


class _Listener(HTMLParser):
    """Hears a page as a screen reader does: every text in the language that the nearest element says."""

    def __init__(self, locale: str, names: Collection[str]) -> None:
        super().__init__()
        self.locale = locale
        self.names = names
        self.wrong: list[str] = []
        self._open: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        _, lang, direction = self._open[-1] if self._open else ("", "", "ltr")
        here = (tag, told.get("lang", lang), told.get("dir", "auto" if tag == "bdi" else direction))
        for name in READ_ALOUD & told.keys():
            self._hear(told[name], here, f"{tag}[{name}]")
        if tag == "input" and told.get("type") in {"submit", "button"}:
            self._hear(told.get("value", ""), here, "input[value]")
        if tag not in VOID:
            self._open.append(here)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag not in VOID:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open and not NOT_READ & {tag for tag, *_ in self._open}:
            self._hear(data, self._open[-1], self._open[-1][0])

    def _hear(self, text: str, here: tuple[str, str, str], where: str) -> None:
        _, lang, direction = here
        words = " ".join(NEUTRAL.sub(" ", text).split())
        if words in self.names or lang.partition("-")[0] not in {"en", self.locale}:
            return
        is_translated = any(sign == _LETTER or "\u0600" <= sign <= "\u06ff" for sign in words)
        is_english = not is_translated and any(sign.isascii() and sign.isalpha() for sign in words)
        if is_translated and not lang.startswith(self.locale):
            self.wrong.append(f"{where} says {lang}, not {self.locale}: {words}")
        if is_english and not (lang.startswith("en") and direction in {"ltr", "auto"}):
            self.wrong.append(f"{where} says {lang} {direction}, not English: {words}")


def fallen_back_wrongly(html: str, locale: str, names: Collection[str] = ()) -> list[str]:
    """The texts and the attributes read aloud that a screen reader would speak in a language that they are not in.

    `names` are no words of a language: codes, names of waves.
    """
    listener = _Listener(locale, names)
    listener.feed(html)
    return listener.wrong
