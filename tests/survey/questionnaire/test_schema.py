"""The JSON Schema for editors says what the loader asks for."""

from __future__ import annotations

from typing import Any

from survey.questionnaire.condition_model import Operator
from survey.questionnaire.schema import json_schema

SCHEMA = json_schema()
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]


def references(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["$ref"]} if "$ref" in value else set()
        return own.union(*(references(part) for part in value.values()))
    return set().union(*(references(part) for part in value)) if isinstance(value, list) else set()


def test_every_definition_is_used_and_every_reference_leads_somewhere() -> None:
    assert references(SCHEMA) == {f"#/$defs/{name}" for name in DEFINITIONS}


def test_no_object_takes_keys_it_does_not_know() -> None:
    objects = [SCHEMA, *(one for one in DEFINITIONS.values() if one.get("type") == "object")]
    assert all(one["additionalProperties"] is False for one in [*objects, *DEFINITIONS["Comparison"]["oneOf"]])


def test_a_comparison_is_described_as_it_is_written() -> None:
    written = DEFINITIONS["Comparison"]["oneOf"]
    assert [set(one["required"]) for one in written] == [{"item", operator.value} for operator in Operator]


def test_conditions_are_described_by_the_keys_authors_write() -> None:
    assert [set(DEFINITIONS[name]["properties"]) for name in ("All", "AnyOf", "Not")] == [{"all"}, {"any"}, {"not"}]


def test_an_item_is_told_by_its_type() -> None:
    items = DEFINITIONS["Page"]["properties"]["items"]["items"]
    assert set(items["discriminator"]["mapping"]) == {
        "choice",
        "choices",
        "scale",
        "grid",
        "rank",
        "number",
        "date",
        "area",
        "short_text",
        "long_text",
        "statement",
    }
