"""Which suggestions are about the same words and so cannot both be made, and in what order the others are."""

from __future__ import annotations

from survey.coproduction.suggestions import (
    AddOption,
    AddQuestion,
    Change,
    DropOption,
    DropQuestion,
    MoveQuestion,
    OrderOptions,
    Reword,
)

_IN_ORDER = (Reword, OrderOptions, AddOption, DropOption, AddQuestion, MoveQuestion, DropQuestion)


def order_of_making(change: Change) -> int:
    """Its place among kinds of change: what is still looked for goes last."""
    return _IN_ORDER.index(type(change))


def in_conflict(one: Change, other: Change) -> bool:
    """Whether only one of two can be made; the same change suggested twice can."""
    return one != other and (_clash(one, other) or _clash(other, one))


def _clash(one: Change, other: Change) -> bool:
    """Whether the first cannot be made because of the second; the reverse is asked apart."""
    match one, other:
        case AddQuestion(), AddQuestion():
            return one.question.id == other.question.id
        case (AddQuestion(), _) | (_, AddQuestion()):
            return False
        case _ if one.item != other.item:
            return False
        case (DropQuestion(), _) | (MoveQuestion(), MoveQuestion()) | (OrderOptions(), OrderOptions()):
            return True
        case AddOption(), AddOption():
            return one.code == other.code
        case DropOption(), AddOption():
            return other.before == one.code
        case DropOption(), Reword():
            return other.field.startswith(f"option.{one.code}.")
        case Reword(), Reword():
            return one.field == other.field and (one.variant == other.variant or "" in (one.variant, other.variant))
    return False
