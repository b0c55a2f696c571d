"""Codes people type: made, shown in groups of four, checked for slips, and kept only as keyed hashes."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from enum import StrEnum
from random import Random

ALPHABET = "23456789ABCDEFGHJKMNPQRTVWXYZ"
"""29 symbols, none of which looks like another in its usual handwriting or font; 29 is prime (see `_check_symbol`)."""
RANDOM_SYMBOLS = 15
"""15 symbols of 29 are 72.9 bits."""
LENGTH = RANDOM_SYMBOLS + 1
GROUP = 4

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"S": "5", "U": "V"})
"""Letters that are in no code but are easily written for one that is."""
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")


class Purpose(StrEnum):
    """What a hash is for: the same words hashed for two purposes have nothing in common."""

    INVITATION = "invitation"
    RETURN = "return"
    EXPORT = "export"
    SIGN_IN_LINK = "sign-in-link"
    SIGN_IN_CODE = "sign-in-code"
    ERASURE = "erasure"
    READING = "reading"
    ENTRY = "entry"
    KEY_CHECK = "key-check"


class CodeProblem(StrEnum):
    """What can be wrong with a code before anything is looked up."""

    WRONG_LENGTH = "wrong_length"
    WRONG_CHARACTER = "wrong_character"
    CHECK_FAILS = "check_fails"


class CodeError(Exception):
    """A typed code cannot be right. `detail` is the number of symbols found, the character, or nothing."""

    def __init__(self, kind: CodeProblem, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail


def new_code(random: Random) -> str:
    """A fresh code as it is shown, `ABCD-EFGH-JKMN-PQRT`: 15 random symbols and a check symbol.

    For codes that protect something pass `random.SystemRandom()`; a seeded one is for made-up data.
    """
    body = "".join(random.choice(ALPHABET) for _ in range(RANDOM_SYMBOLS))
    return _grouped(body + _check_symbol(body))


def normalise(text: str) -> str:
    """The code as it is shown, from what somebody typed; spaces, dashes and case do not matter.

    Raises CodeError when the length, a character or the check symbol is wrong.
    """
    symbols = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_READ_AS)
    for symbol in symbols:
        if symbol not in _VALUE:
            raise CodeError(CodeProblem.WRONG_CHARACTER, symbol)
    if len(symbols) != LENGTH:
        raise CodeError(CodeProblem.WRONG_LENGTH, str(len(symbols)))
    if _check_symbol(symbols[:RANDOM_SYMBOLS]) != symbols[RANDOM_SYMBOLS]:
        raise CodeError(CodeProblem.CHECK_FAILS)
    return _grouped(symbols)


def hash_code(key: bytes, purpose: str, code: str) -> str:
    """HMAC-SHA256 of a code for one purpose, as 64 hexadecimal digits. Pass codes as `normalise` gives them."""
    return hmac.new(key, f"{purpose}\0{code}".encode(), hashlib.sha256).hexdigest()


def _grouped(symbols: str) -> str:
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))


def _check_symbol(body: str) -> str:
    """The symbol c with sum of place times value, c at place 16, divisible by 29.

    Places 1 to 16 are different and not 0 modulo the prime 29, so one wrong symbol or two exchanged ones, wherever
    they stand, always change the sum.
    """
    total = sum(place * _VALUE[symbol] for place, symbol in enumerate(body, start=1))
    return ALPHABET[-total * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)]
