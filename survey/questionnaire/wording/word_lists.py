"""The word lists that wording is judged by, as the co-production group writes them, and finding their entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

WITH_ALTERNATIVE = "hard-words"
"""The one list whose entries have plainer words beside them."""
LISTS = (
    WITH_ALTERNATIVE,
    "vague-periods",
    "leading-words",
    "fixed-pairs",
    "negative-words",
    "hidden-negatives",
    "harmless-negatives",
    "known-acronyms",
)
"""The lists there are; each is a file of this name, ending in `.txt`."""

_ENTRY = re.compile(r"[A-Za-z][A-Za-z'’-]*( [A-Za-z][A-Za-z'’-]*)*")
_LETTERS = re.compile(r"[a-z']+")
_LONGEST = 60


class WordListError(Exception):
    """A word list cannot be used; the message says which, at what line, and what to do."""


@dataclass(frozen=True)
class WordLists:
    """Every list by name: its entries, each with the plainer words for it, or with nothing."""

    lists: Mapping[str, Mapping[str, str]]

    def __contains__(self, entry: tuple[str, str]) -> bool:
        """Whether a list has exactly this entry: `("known-acronyms", "NHS") in words`."""
        name, text = entry
        return text in self.lists[name]

    def found(self, name: str, text: str) -> Iterator[tuple[str, str]]:
        """What of a list is in a text, as it is written there, each with the plainer words for it."""
        plain = straight(text)
        if self._may_be_in(name, plain):
            for match in self._patterns[name].finditer(plain):
                yield match[0], self._forms[name][match[0].lower()]

    def cut(self, name: str, text: str) -> str:
        """The text without what a list holds."""
        plain = straight(text)
        return self._patterns[name].sub("…", plain) if self._may_be_in(name, plain) else plain

    def _may_be_in(self, name: str, text: str) -> bool:
        """Looks at single words first, which is a hundred times faster than looking for every entry."""
        return not self._first_words[name].isdisjoint(_words_in(text))

    @cached_property
    def _forms(self) -> Mapping[str, Mapping[str, str]]:
        """The lists in small letters, the hard words with their endings."""
        return {
            name: {
                form: plainer
                for entry, plainer in entries.items()
                for form in _forms(straight(entry).lower(), with_endings=name == WITH_ALTERNATIVE)
            }
            for name, entries in self.lists.items()
        }

    @cached_property
    def _first_words(self) -> Mapping[str, frozenset[str]]:
        return {name: frozenset(_LETTERS.findall(form)[0] for form in forms) for name, forms in self._forms.items()}

    @cached_property
    def _patterns(self) -> Mapping[str, re.Pattern[str]]:
        return {name: _pattern(forms) for name, forms in self._forms.items()}


def parse_word_list(name: str, text: str) -> Mapping[str, str]:
    """Read one list: an entry a line, `#` before a comment. Raises WordListError at the first line that is wrong."""
    entries: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        entry, _, plainer = (part.strip() for part in line.partition("\t"))
        wrong = _what_is_wrong(entry, plainer, wants_plainer=name == WITH_ALTERNATIVE, has_tab="\t" in line)
        if entry in entries:
            wrong = "it is in the list already. Take one of them out."
        if wrong:
            raise WordListError(f"{name}.txt, line {number}: {line.strip()[:_LONGEST]!r}: {wrong}")
        entries[entry] = plainer
    return entries


def _what_is_wrong(entry: str, plainer: str, *, wants_plainer: bool, has_tab: bool) -> str | None:
    if wants_plainer and not (entry and plainer):
        return "write the hard word, a tab and plainer words."
    if has_tab and not wants_plainer:
        return "this list has no tabs. Write one entry a line."
    if len(entry) > _LONGEST or not _ENTRY.fullmatch(entry):
        return f"an entry is words of letters, at most {_LONGEST} characters. Mend it or take it out."
    return None


@lru_cache(maxsize=1024)
def _words_in(text: str) -> frozenset[str]:
    return frozenset(_LETTERS.findall(text.lower()))


def straight(text: str) -> str:
    """The text with every apostrophe straight, as the lists have them."""
    return text.replace("’", "'")


def _forms(word: str, *, with_endings: bool) -> tuple[str, ...]:
    if not with_endings:
        return (word,)
    if word.endswith("e"):
        return word, f"{word}s", f"{word}d", f"{word[:-1]}ing"
    if re.search(r"[^aeiou]y$", word):
        return word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"
    return word, f"{word}s", f"{word}ed", f"{word}ing"


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """Any of the entries as whole words, the longest first; nothing at all for none."""
    longest_first = sorted(entries, key=len, reverse=True)
    either = "|".join(re.escape(entry) for entry in longest_first) or "(?!)"
    return re.compile(rf"(?<![\w'])(?:{either})(?![\w']|-\w)", re.IGNORECASE)
