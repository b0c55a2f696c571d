"""How hard English is to read: its words, sentences and syllables, the two Flesch scores and the age they stand for."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9]+(?:[-'’][A-Za-z0-9]+)*")
_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
_SHORTENED = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|e\.g|i\.e|etc|vs)\.")

# A vowel or several together are one syllable, but for these.
_SILENT = re.compile(
    r"""(?<![aeiouy])e$ (?<![^aeiouyl]le) (?<![bt]re)  # care, but table and centre
      | (?<![aeiouycgsxz])(?<![cs]h)es$ (?<![^aeiouyl]les)  # times, but prices and tables
      | (?<![aeiouytd])ed$ (?<![^aeiouyl]led)  # asked, but wanted and disabled
      | (?<=[^e])e(?=(?:ly|less|ful|fully|ness|ments?|where|thing|times?|how|care|work)$)  # safely, sometimes
      | (?<=^ev)e(?=ry)  # every
    """,
    re.VERBOSE,
)
_APART = re.compile(
    r"""(?<![cstx])(?<!lig)ia(?!ge|n[st]?$|r$|lly) | (?<=[lrv])ia(?=nt) | gia(?=nt)  # diary, reliant, but social
      | (?<![cstgxnl])io(?!ur) | ^lio | (?<![ct])ie(?=n[ct]) | scie | ie(?=t)  # period, client, society
      | (?<![gq])u(?:a|e(?=l|nt)|i(?=[dn]$|ty)) | [ei]u(?=m)  # usual, fuel, ruin, museum
      | (?<=[rd])ea$ | (?<=r)ea(?=ct) | (?<=cr)ea(?=t(?!ur)) | eo$ | o(?=e[mt])  # area, create, video
      | [aeo]y(?=[aeiou])(?!es?$) | y(?=one$) | (?:[eou]|[^aeiou]y)(?=ing$)  # employer, anyone, being
      | [dst](?=n['’]t$) | s(?=ms?$)  # didn't, autism
    """,
    re.VERBOSE,
)


def words_of(text: str) -> list[str]:
    """The words of a text, numbers among them; what a hyphen or an apostrophe joins is one."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, and its lines where they end without a full stop."""
    whole = _SHORTENED.sub(lambda match: match[0].replace(".", "\N{ONE DOT LEADER}"), text)
    parts = (part.replace("\N{ONE DOT LEADER}", ".").strip() for part in _BREAK.split(whole))
    return [part for part in parts if words_of(part)]


@lru_cache(maxsize=4096)
def count_syllables(word: str) -> int:
    """How many syllables an English word has, by its spelling; right for 19 words of 20. A number counts as one."""
    spelt = re.sub(r"['’](?:s|re|ve|ll|d|m)$", "", word.lower())
    if "-" in spelt:
        return sum(count_syllables(part) for part in spelt.split("-"))
    groups = len(re.findall(r"[aeiouy]+", spelt))
    return max(1, groups + len(_APART.findall(spelt)) - len(_SILENT.findall(spelt)))


def reading_ease(text: str) -> float:
    """Flesch's reading ease (1948): 206.835 - 1.015 words a sentence - 84.6 syllables a word. More is easier.

    "The cat sat on the mat." is 206.835 - 1.015 x 6 - 84.6 x 1 = 116.145. Raises ValueError for a text without words.
    """
    per_sentence, per_word = _averages(text)
    return 206.835 - 1.015 * per_sentence - 84.6 * per_word


def school_grade(text: str) -> float:
    """Flesch and Kincaid's grade (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59.

    "The cat sat on the mat." is 0.39 x 6 + 11.8 x 1 - 15.59 = -1.45. Raises ValueError for a text without words.
    """
    per_sentence, per_word = _averages(text)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


def reading_age(text: str) -> float:
    """The age at which most people can read a text: its grade, and the five years before school."""
    return school_grade(text) + 5


def _averages(text: str) -> tuple[float, float]:
    """Words a sentence, and syllables a word."""
    words = words_of(text)
    if not words:
        raise ValueError("a text without words cannot be scored")
    return len(words) / len(sentences_of(text)), sum(map(count_syllables, words)) / len(words)
