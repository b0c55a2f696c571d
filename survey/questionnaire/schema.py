"""The shape of the format: its JSON Schema for editors, and pydantic's errors as problems with true JSON paths."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from survey.questionnaire.document import Location
from survey.questionnaire.model import Operator, Questionnaire
from survey.questionnaire.problems import Problem, Severity, json_path

_OPERATORS = ", ".join(Operator)

_OPERAND = {
    Operator.IS: "one code (or, on a scale, one number)",
    Operator.IS_NOT: "one code (or, on a scale, one number)",
    Operator.ANY_OF: "a list with at least one code",
    Operator.NONE_OF: "a list with at least one code",
    Operator.ALL_OF: "a list with at least one code",
    Operator.AT_LEAST: "a whole number",
    Operator.AT_MOST: "a whole number",
    Operator.ANSWERED: "true or false",
}


def json_schema() -> dict[str, Any]:
    """The format as a JSON Schema (draft 2020-12), for editors that complete and check while one writes."""
    schema = Questionnaire.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_problems(error: ValidationError, document: Any) -> list[Problem]:
    """What pydantic found, each at its path in the document, without errors that only follow from others."""
    found = error.errors(include_url=False, include_input=False)
    located = [(true_location(details, document), details) for details in found]
    broken = {location[:length] for location, _ in located for length in range(len(location))}
    return [
        _problem(location, details, document)
        for location, details in located
        if not (details["type"] == "too_short" and location in broken)
    ]


def true_location(details: ErrorDetails, document: Any) -> Location:
    """Where in the document an error is: pydantic's location without the names of union members among it."""
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
    return tuple(location)


def _problem(location: Location, details: ErrorDetails, document: Any) -> Problem:
    rule, message, remedy = _said(details)
    return Problem(json_path(location), rule, Severity.ERROR, message, remedy)


def _said(details: ErrorDetails) -> tuple[str, str, str]:
    context = details.get("ctx", {})
    match details["type"]:
        case "missing":
            return "key-missing", "This key is missing.", "Add it."
        case "extra_forbidden":
            return "key-unknown", "This key is not part of the format.", "Correct its spelling or take it out."
        case "comparison":
            message = "A comparison has `item` and exactly one operator."
            return "comparison", message, f"Write `item` and one of: {_OPERATORS}."
        case "operator":
            return "operator-unknown", "This operator does not exist.", f"Use one of: {_OPERATORS}."
        case "operand":
            return "operand", "The operator cannot take this.", f"Write {_OPERAND[Operator(context['key'])]}."
        case "string_pattern_mismatch":
            message = "This is not written as an id, code, version or role is."
            return "pattern", message, f"It must match {context['pattern']}."
        case "union_tag_invalid" | "union_tag_not_found":
            message = "There is no such type of item."
            return "type-unknown", message, f"Set `type` to one of: {context.get('expected_tags', 'choice')}."
    return "type", f"{details['msg']}.", "Write what the format asks for here."
