"""Why an answer cannot be taken, said so that a message can be made of it in any language."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class AnswerProblemKind(StrEnum):
    """Why an answer cannot be taken."""

    REQUIRED = "required"
    UNKNOWN_OPTION = "unknown_option"
    ONE_ONLY = "one_only"
    EXCLUSIVE = "exclusive"
    TOO_MANY = "too_many"
    RANK_TWICE = "rank_twice"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DECIMALS = "too_many_decimals"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_DATE = "not_a_date"
    DATE_INCOMPLETE = "date_incomplete"
    DATE_TOO_EARLY = "date_too_early"
    DATE_TOO_LATE = "date_too_late"
    UNKNOWN_AREA = "unknown_area"


class AnswerError(Exception):
    """An answer cannot be taken.

    `item` is the item's id (of a grid the key of the row; from `check_write_in`, the option's code); `params` are
    the numbers a message needs: `max_length` and `length` with TOO_LONG, `min` and `max` with OUT_OF_RANGE, `most`
    with TOO_MANY, `decimals` with TOO_MANY_DECIMALS. `bound` is the day, as in 2026-04-01, that a date may not be
    before (DATE_TOO_EARLY) or after (DATE_TOO_LATE).
    """

    def __init__(
        self,
        item: str,
        kind: AnswerProblemKind,
        params: Mapping[str, int | float] | None = None,
        *,
        bound: str = "",
    ) -> None:
        self.item = item
        self.kind = kind
        self.params: Mapping[str, int | float] = params or {}
        self.bound = bound
        super().__init__(f"{item}: {kind}")
