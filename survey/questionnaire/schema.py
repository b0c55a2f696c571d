"""The shape of the format: its JSON Schema for editors, and what pydantic finds, at true JSON locations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from survey.questionnaire.condition_model import Operator
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Finding, Location, instead_of, shown

_CODE: dict[str, Any] = {"type": ["string", "number"]}
_CODES: dict[str, Any] = {"type": "array", "items": _CODE, "minItems": 1}

_OPERAND: dict[Operator, tuple[str, dict[str, Any]]] = {
    Operator.IS: ("one code or, of a scale or number, one number", _CODE),
    Operator.IS_NOT: ("one code or, of a scale or number, one number", _CODE),
    Operator.ANY_OF: ("a list of at least one code or number", _CODES),
    Operator.NONE_OF: ("a list of at least one code or number", _CODES),
    Operator.ALL_OF: ("a list of at least one code or number", _CODES),
    Operator.AT_LEAST: ("a number", {"type": "number"}),
    Operator.AT_MOST: ("a number", {"type": "number"}),
    Operator.ANSWERED: ("true or false", {"type": "boolean"}),
}

_OPERATORS = ", ".join(Operator)

_FILE = (
    "the name of a file in its folder",
    "Write small letters, digits and hyphens, then a full stop and what kind it is, as in `choose.svg`.",
)
_DAY = ("a day", "Write a day as in 2026-04-01, or `today`.")
_WITH_UNDERSCORES = "Write small letters, digits and single underscores, beginning with a letter, as in `how_long`."
_WITH_HYPHENS = "Write small letters, digits and single hyphens, beginning with a letter, as in `how-long`."
_CODE_OF = ("a code", _WITH_UNDERSCORES)
_ITEM_ID = ("an id", _WITH_UNDERSCORES)
_PAGE_ID = ("an id", _WITH_HYPHENS)

_WRITTEN: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("image", "file", "video", "captions"), _FILE),
    **dict.fromkeys(("earliest", "latest"), _DAY),
    **dict.fromkeys(("code", "group"), _CODE_OF),
    **dict.fromkeys(("count", "from"), _ITEM_ID),
    "role": ("a role", "Write `consent`, `answering`, `area`, or `dimension:` and a name, as in `dimension:control`."),
    "version": (
        "a version",
        "Write at most 32 letters, digits, full stops and hyphens, beginning with a letter or digit, as in `2026.1`.",
    ),
}
"""What a key holds and how it is written, where its pattern says so to programmers only; `id` see `written_as`."""

HOLDERS = {
    "sections": ("A questionnaire", "section"),
    "pages": ("A section", "page"),
    "items": ("A page", "item"),
    "options": ("An item", "option"),
    "rows": ("An item", "row"),
    "all": ("`all`", "condition"),
    "any": ("`any`", "condition"),
    "good": ("`good`", "code"),
}
"""Of a list that must not be empty: what needs it, and one of what is in it."""

_WANTED = {
    "string_type": ("Text is wanted here.", "Write it in quotation marks."),
    "int_type": ("A whole number is wanted here.", "Write digits without quotation marks."),
    "float_type": ("A number is wanted here.", "Write digits without quotation marks."),
    "bool_type": ("True or false is wanted here.", "Write true or false without quotation marks."),
    "tuple_type": ("A list is wanted here.", "Write square brackets around it."),
    "model_type": ("An object is wanted here.", "Write curly brackets with the keys of the format."),
}


def json_schema() -> dict[str, Any]:
    """The format as a JSON Schema (draft 2020-12), for editors that complete and check while one writes."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    del schema["$defs"]["Operator"]
    schema["$defs"]["Comparison"] = {
        "description": "One item, one operator, one operand.",
        "oneOf": [
            {
                "type": "object",
                "properties": {"item": {"type": "string"}, operator.value: operand},
                "required": ["item", operator.value],
                "additionalProperties": False,
            }
            for operator, (_, operand) in _OPERAND.items()
        ],
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def fit_to_format(document: Any) -> Questionnaire:
    """Read a JSON document into the model. Raises pydantic's ValidationError.

    It is written as JSON once more, because only there does strict pydantic take lists for tuples and text for enums.
    Half a surrogate pair, which is reported apart, becomes a question mark.
    """
    return Questionnaire.model_validate_json(json.dumps(document, ensure_ascii=False).encode(errors="replace"))


def schema_findings(error: ValidationError, document: Any) -> Iterator[Finding]:
    """What pydantic found, each at its place in the document."""
    for location, details in located_errors(error, document):
        yield Finding(location, *_said(location, details, document))


def located_errors(error: ValidationError, document: Any) -> list[tuple[Location, ErrorDetails]]:
    """Pydantic's errors with their true locations, without those that only follow from another.

    A list one of whose elements is wrong is also said to be too short; what may be whole or have decimals, to be
    neither.
    """
    found = error.errors(include_url=False, include_input=False)
    located = [(_true_location(details, document), details) for details in found]
    broken = {location[:length] for location, _ in located for length in range(len(location))}
    numbers = {location for location, details in located if details["type"] == "float_type"}
    follows = {"too_short": broken, "int_type": numbers}
    return [(location, details) for location, details in located if location not in follows.get(details["type"], ())]


def value_at(document: Any, location: Location) -> Any:
    """What stands at a place of a document; None where nothing does."""
    here = document
    for step in location:
        if isinstance(here, dict):
            here = here.get(str(step))
        elif isinstance(here, list) and isinstance(step, int):
            here = here[step]
        else:
            return None
    return here


def written_as(location: Location) -> tuple[str, str]:
    """What a key whose pattern is not kept should hold, and how that is written."""
    if location[-1] == "id":
        return _ITEM_ID if location[-3:-2] == ("items",) else _PAGE_ID
    return _WRITTEN[str(location[-1])]


def _true_location(details: ErrorDetails, document: Any) -> Location:
    """Pydantic's location without the names of union members (`choice`, `AnyOf`) that stand among its steps."""
    location: list[str | int] = []
    here = document
    for step in details["loc"]:
        in_object = isinstance(here, dict) and step in here
        in_list = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if in_object or in_list:
            here = here[step]
            location.append(step)
    if details["type"] == "missing":
        location.append(details["loc"][-1])
    if details["type"] in ("operator", "operand"):
        location.append(details["ctx"]["key"])
    if details["type"] in ("union_tag_invalid", "union_tag_not_found"):
        location.append("type")
    return tuple(location)


def is_missing(details: ErrorDetails) -> bool:
    """Whether an error is about a key that is not there."""
    return details["type"] in ("missing", "union_tag_not_found")


@cache
def _objects() -> tuple[tuple[str, ...], ...]:
    """The keys of each kind of object in the format."""
    schema = json_schema()
    return tuple(tuple(definition.get("properties", ())) for definition in [*schema["$defs"].values(), schema])


def _keys_beside(location: Location, document: Any) -> list[str]:
    """The keys that an object may have, going by those it has: the kinds of object with most of them."""
    here = value_at(document, location[:-1])
    fitting = [sum(key in here for key in keys) for keys in _objects()]
    likely = [keys for keys, count in zip(_objects(), fitting, strict=True) if count == max(fitting)]
    return list(dict.fromkeys(key for keys in likely for key in keys if key not in here))


def _said(location: Location, details: ErrorDetails, document: Any) -> tuple[str, str, str]:
    """The rule that was broken, the message and the remedy."""
    kind, context = details["type"], details.get("ctx", {})
    match kind:
        case "missing" | "union_tag_not_found":
            return "key-missing", "This key is missing.", "Add it."
        case "extra_forbidden":
            remedy = instead_of(location[-1], _keys_beside(location, document), "Take it out.")
            return "key-unknown", f"The format has no key {shown(location[-1])} here.", remedy
        case "comparison":
            message = "A comparison has `item` and exactly one operator."
            return "comparison", message, f"Write `item` and one of: {_OPERATORS}."
        case "operator":
            key = context["key"]
            remedy = instead_of(key, list(Operator), f"Use one of: {_OPERATORS}.")
            return "operator-unknown", f"There is no operator {shown(key)}.", remedy
        case "operand":
            operator = Operator(context["key"])
            return "operand", f"`{operator}` cannot take this.", f"Write {_OPERAND[operator][0]}."
        case "string_pattern_mismatch":
            kind_of_word, remedy = written_as(location)
            return "pattern", f"{_quoted(value_at(document, location))} is not {kind_of_word}.", remedy
        case "union_tag_invalid":
            message, remedy = f"There is no type {shown(context['tag'])}.", f"Use one of: {context['expected_tags']}."
            return "type-unknown", message, remedy
        case "enum" | "literal_error":
            return "value-unknown", "This is not one of the words for it.", f"Use one of: {context['expected']}."
    if kind in _WANTED:
        return "type", *_WANTED[kind]
    return "value", *_out_of_bounds(location, details, document)


def _out_of_bounds(location: Location, details: ErrorDetails, document: Any) -> tuple[str, str]:
    """What is too few, too long, too small or too large, and what to do."""
    context, value = details.get("ctx", {}), value_at(document, location)
    match details["type"]:
        case "too_short":
            fewest = context["min_length"]
            return _too_few(
                location, fewest, len(value), document
            ), f"Add {'one' if fewest == 1 else 'what is missing'}."
        case "string_too_long":
            most = context["max_length"]
            return f"{_quoted(value)} has {len(value)} characters, and may have {most}.", "Shorten it."
        case "greater_than_equal":
            return f"{shown(location[-1])} is {shown(value)}, which is too small.", f"Write {context['ge']} or more."
        case "less_than_equal":
            return f"{shown(location[-1])} is {shown(value)}, which is too large.", f"Write {context['le']} or less."
    return f"{_quoted(value)} cannot stand here.", "Write it as the same key is written in another questionnaire."


def _too_few(location: Location, fewest: int, found: int, document: Any) -> str:
    holder, thing = HOLDERS[str(location[-1])]
    if holder == "An item":
        holder = f"An item of type {shown(value_at(document, (*location[:-1], 'type')))}"
    return f"{holder} needs at least {fewest} {thing if fewest == 1 else thing + 's'}; it has {found or 'none'}."


def _quoted(value: object) -> str:
    """A value on one line, for what is wrong with an id may be that it has two."""
    return shown(json.dumps(value, ensure_ascii=False)[1:-1] if isinstance(value, str) else value)
