"""The bytes of a questionnaire file, read as JSON within bounds, before anyone looks at what it means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from survey.questionnaire.problems import Problem, QuestionnaireError, Severity, json_path

MAX_BYTES = 5_000_000
MAX_DEPTH = 100
MAX_VALUES = 200_000
"""A questionnaire of 50 items has about 4,000; each value may be wrong, and each wrong one is reported."""

Location = tuple[str | int, ...]

# A string, closed or cut off by the end of the file; or a bracket or comma. Possessive, so that no input is slow.
_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},]', re.DOTALL)


class JsonObject(dict[str, Any]):
    """A JSON object that remembers keys that were written more than once."""

    repeated: tuple[str, ...] = ()


def parse_document(source: bytes, *, name: str) -> tuple[Any, tuple[Problem, ...]]:
    """Read JSON; returns the document and what is wrong with it that reading on can bear.

    Raises QuestionnaireError where there is nothing to read on with: too large, not UTF-8, not JSON, nested too
    deep. Time and memory are bounded by the size limits.
    """
    if len(source) > MAX_BYTES:
        raise QuestionnaireError(name, [too_large(len(source))])
    text = _decode(source, name)
    _check_structure(text, name)
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_bounded_int)
    except json.JSONDecodeError as error:
        remedy = (
            "Mend the file there: often a comma, a quotation mark or a bracket is missing, or the file was cut off."
        )
        message = f"This is not JSON: {error.msg}, line {error.lineno}, column {error.colno}."
        raise QuestionnaireError(name, [_whole("json", message, remedy)]) from error
    except ValueError as error:
        raise QuestionnaireError(
            name, [_whole("number", str(error), "Write a whole number of a few digits.")]
        ) from error
    return document, tuple(_document_problems(document, ()))


def too_large(size: int) -> Problem:
    """The problem of a file of `size` bytes, for whoever can tell before reading it."""
    message = f"The file has {size:,} bytes; a questionnaire may have {MAX_BYTES:,}."
    return _whole("size", message, "Take out what does not belong in it; pictures and video stand beside the file.")


def _decode(source: bytes, name: str) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = f"The file is not UTF-8: byte {error.start} (line {line}) cannot be read."
        raise QuestionnaireError(name, [_whole("encoding", message, "Save it as UTF-8.")]) from error


def _check_structure(text: str, name: str) -> None:
    depth = values = 0
    for match in _STRUCTURE.finditer(text):
        mark = match[0]
        if mark in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                line = text.count("\n", 0, match.start()) + 1
                message = f"Brackets are nested more than {MAX_DEPTH} deep at line {line}."
                remedy = "Write the condition flatter: `all` and `any` take any number of parts."
                raise QuestionnaireError(name, [_whole("depth", message, remedy)])
        elif mark in ("]", "}"):
            depth -= 1
        values += mark in ("[", "{", ",")
    if values > MAX_VALUES:
        message = f"The file holds about {values:,} values; a questionnaire may hold {MAX_VALUES:,}."
        raise QuestionnaireError(name, [_whole("size", message, "Take out what does not belong in it.")])


def _object(pairs: list[tuple[str, Any]]) -> JsonObject:
    found = JsonObject(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        found.repeated = tuple(key for key in found if keys.count(key) > 1)
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"The file holds {word}, which is not a JSON number.")


def _bounded_int(digits: str) -> int:
    if len(digits) > 18:
        raise ValueError(f"The file holds a number of {len(digits)} digits.")
    return int(digits)


def _document_problems(value: Any, location: Location) -> Iterator[Problem]:
    if isinstance(value, JsonObject):
        for key in value.repeated:
            yield Problem(
                json_path((*location, key)),
                "duplicate-key",
                Severity.ERROR,
                "This key is written more than once in the same object.",
                "Keep one of them.",
            )
        for key, part in value.items():
            yield from _character_problems(key, (*location, key))
            yield from _document_problems(part, (*location, key))
    elif isinstance(value, list):
        for position, part in enumerate(value):
            yield from _document_problems(part, (*location, position))
    elif isinstance(value, str):
        yield from _character_problems(value, location)


def _character_problems(text: str, location: Location) -> Iterator[Problem]:
    wrong = sorted({letter for letter in text if (letter < " " and letter != "\n") or "\ud800" <= letter <= "\udfff"})
    if wrong:
        names = ", ".join(f"U+{ord(letter):04X}" for letter in wrong)
        message = f"The text holds characters that cannot be shown: {names}."
        yield Problem(json_path(location), "character", Severity.ERROR, message, "Take them out.")


def _whole(rule: str, message: str, remedy: str) -> Problem:
    return Problem("$", rule, Severity.ERROR, message, remedy)
