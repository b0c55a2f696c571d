"""The bytes of a questionnaire file, read as JSON within bounds, before anyone looks at what it means."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from survey.questionnaire.problems import MAX_PROBLEMS, Finding, Location, QuestionnaireError, report

MAX_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_VALUES = 50_000
"""A questionnaire of 45 items has about 3,000; each may be wrong, and each wrong one is looked at."""
MAX_DIGITS = 18

# A string, closed or cut off by the end of the file; or a bracket or comma. Possessive, so that no input is slow.
_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)

# Control characters except the line feed, and halves of surrogate pairs.
_UNSHOWABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class JsonObject(dict[str, Any]):
    """A JSON object that remembers keys that were written more than once."""

    repeated: tuple[str, ...] = ()


def parse_document(source: bytes, *, name: str) -> tuple[Any, tuple[Finding, ...]]:
    """Read JSON; returns the document and what is wrong with it that reading on can bear.

    Raises QuestionnaireError where there is nothing to read on with: too large, not UTF-8, not JSON, nested too
    deep. Time and memory are bounded by the limits above.
    """
    if len(source) > MAX_BYTES:
        raise too_large(name, len(source))
    text = _decode(source, name)
    _check_structure(text, name)
    try:
        document = json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_bounded_int, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg}, line {error.lineno}, column {error.colno}."
        remedy = "Mend the file there: often a comma, quotation mark or bracket is missing, or the file was cut off."
        raise _stop(name, "json", message, remedy) from error
    except ValueError as error:
        raise _stop(name, "number", str(error), "Write a whole number of a few digits.") from error
    return document, tuple(islice(_findings(document, ()), MAX_PROBLEMS + 1))


def too_large(name: str, size: int) -> QuestionnaireError:
    """What is said of a file of `size` bytes, also by whoever can tell before reading it."""
    message = f"The file has {size:,} bytes; a questionnaire may have {MAX_BYTES:,}."
    remedy = "Take out what does not belong in it; pictures and video stand beside the file."
    return _stop(name, "size", message, remedy)


def _decode(source: bytes, name: str) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = f"The file is not UTF-8: byte {error.start} (line {line}) cannot be read."
        raise _stop(name, "encoding", message, "Save it as UTF-8.") from error


def _check_structure(text: str, name: str) -> None:
    depth = values = 0
    for match in _STRUCTURE.finditer(text):
        mark = match[0]
        values += mark in ("[", "{", ",")
        depth += (mark in ("[", "{")) - (mark in ("]", "}"))
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, match.start()) + 1
            message = f"Brackets are nested more than {MAX_DEPTH} deep at line {line}."
            remedy = "Write the condition flatter: `all` and `any` take any number of parts."
            raise _stop(name, "depth", message, remedy)
        if values > MAX_VALUES:
            message = f"The file holds more than {MAX_VALUES:,} values, keys and list elements together."
            raise _stop(name, "size", message, "Take out what does not belong in it.")


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    found = JsonObject(pairs)
    if len(found) < len(pairs):
        found.repeated = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"The file holds {word}, which is not a JSON number.")


def _bounded_int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"The file holds a number of {len(digits)} digits.")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits) if len(digits) <= MAX_DIGITS else math.inf
    if math.isinf(number):
        raise ValueError("The file holds a number of too many digits.")
    return number


def _findings(value: Any, location: Location) -> Iterator[Finding]:
    if isinstance(value, JsonObject):
        for key in value.repeated:
            message = "This key is written more than once in the same object."
            yield Finding((*location, key), "duplicate-key", message, "Keep one of them.")
        for key, part in value.items():
            yield from _unshowable(key, (*location, key))
            yield from _findings(part, (*location, key))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from _findings(part, (*location, position))
    elif isinstance(value, str):
        yield from _unshowable(value, location)


def _unshowable(text: str, location: Location) -> Iterator[Finding]:
    wrong = sorted(set(_UNSHOWABLE.findall(text)))
    if wrong:
        names = ", ".join(f"U+{ord(letter):04X}" for letter in wrong[:10])
        yield Finding(location, "character", f"This holds characters that cannot be shown: {names}.", "Take them out.")


def _stop(name: str, rule: str, message: str, remedy: str) -> QuestionnaireError:
    return QuestionnaireError(name, report([Finding((), rule, message, remedy)]))
