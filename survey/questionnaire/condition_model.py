"""Conditions as they are written in a file: comparisons joined by `all`, `any` and `not`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_serializer, model_validator
from pydantic_core import PydanticCustomError


class Frozen(BaseModel):
    """A value that cannot change and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Operator(StrEnum):
    """What a comparison asks of one item's answer."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    ALL_OF = "all_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"


Operand = str | int | float | bool | tuple[str | int | float, ...]


class Comparison(Frozen):
    """`{"item": "control", "is": "a_lot"}`: one item, one operator, one operand."""

    item: str
    operator: Operator
    operand: Operand

    @property
    def operands(self) -> tuple[str | int | float, ...]:
        """What the answer is compared with, whether that is one thing or a list."""
        return self.operand if isinstance(self.operand, tuple) else (self.operand,)

    @model_validator(mode="before")
    @classmethod
    def _from_operator_key(cls, data: Any) -> Any:
        if not isinstance(data, dict) or isinstance(data.get("operator"), Operator):
            return data
        keys = [key for key in data if key != "item"]
        if not isinstance(data.get("item"), str) or len(keys) != 1:
            raise PydanticCustomError("comparison", "a comparison has `item` and one operator")
        if keys[0] not in set(Operator):
            raise PydanticCustomError("operator", "this operator does not exist", {"key": keys[0]})
        operator = Operator(keys[0])
        operand = tuple(data[operator]) if isinstance(data[operator], list) else data[operator]
        if not _fits(operator, operand):
            raise PydanticCustomError("operand", "the operator cannot take this", {"key": operator.value})
        return {"item": data["item"], "operator": operator, "operand": operand}

    @model_serializer
    def _to_operator_key(self) -> dict[str, Operand]:
        return {"item": self.item, self.operator.value: self.operand}


_CODES = (str, int, float)


def _fits(operator: Operator, operand: object) -> bool:
    match operator:
        case Operator.ANSWERED:
            return isinstance(operand, bool)
        case Operator.AT_LEAST | Operator.AT_MOST:
            return type(operand) in (int, float)
        case Operator.IS | Operator.IS_NOT:
            return type(operand) in _CODES
        case Operator.ANY_OF | Operator.NONE_OF | Operator.ALL_OF:
            return isinstance(operand, tuple) and bool(operand) and all(type(code) in _CODES for code in operand)


class All(Frozen):
    """True when every part is."""

    parts: tuple[Condition, ...] = Field(alias="all", min_length=1)


class AnyOf(Frozen):
    """True when at least one part is."""

    parts: tuple[Condition, ...] = Field(alias="any", min_length=1)


class Not(Frozen):
    """True when the part is false; unknown stays unknown."""

    part: Condition = Field(alias="not")


def _condition_kind(data: Any) -> str:
    if isinstance(data, (All, AnyOf, Not, Comparison)):
        return type(data).__name__
    if isinstance(data, dict):
        for key, kind in (("all", "All"), ("any", "AnyOf"), ("not", "Not")):
            if key in data:
                return kind
    return "Comparison"


Condition = Annotated[
    Annotated[All, Tag("All")]
    | Annotated[AnyOf, Tag("AnyOf")]
    | Annotated[Not, Tag("Not")]
    | Annotated[Comparison, Tag("Comparison")],
    Discriminator(_condition_kind),
]
