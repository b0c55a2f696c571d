"""Doing what a form asks for: whatever is refused on the way, in the form or by a rule, leaves one audit row."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from survey.coproduction.refusals import Refused
from survey.store.connect import Store
from survey.store.group.acting import Deed, note_refusal

Read = TypeVar("Read")


def read_form(store: Store, deed: Deed, read: Callable[[], Read]) -> Read:
    """What a form says. Raises Refused with its audit row; what is read is checked by the rules later, with theirs."""
    try:
        return read()
    except Refused as refused:
        note_refusal(store, deed, str(refused))
        raise


def revision_of(text: str | None) -> int:
    """The revision that a form was opened at; one that nothing ever has where a form was made by hand."""
    digits = text or ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else -1
