"""Other words for one text of a questionnaire: for everyone, for one kind of reader, or for one or many."""

from __future__ import annotations

from typing import Any

from survey.coproduction.characters import JOINERS, has_hidden_characters
from survey.coproduction.fitting import DoesNotFit
from survey.coproduction.refusals import NotAllowed, Refused
from survey.questionnaire.check.text import MAX_LENGTH
from survey.questionnaire.pipes import marks_in
from survey.questionnaire.text_model import Answering

Wording = str | dict[str, Any]
"""A text as the JSON has it."""

_FALLS_BACK_TO = {"self": (), "supported": ("self",), "proxy": ("self",), "child": ("proxy", "self")}
_FORMS = ("one", "other")

_NEEDED = JOINERS | {"\n"}
"""What nobody sees in a question and it may need: which way it runs is its language's."""


def reword(old: Wording | None, variant: str, words: str) -> Wording | None:
    """A text with other words for a variant ('' for all); None where nothing is left. Raises Refused."""
    if isinstance(old, dict) and "count" in old:
        return _reword_form(old, variant, words)
    if variant == "":
        if isinstance(old, dict):
            raise Refused(DoesNotFit.WHICH_READERS)
        check_marks(old, words)
        return words or None
    if variant not in set(Answering) or (old is None and variant != Answering.SELF):
        raise Refused(DoesNotFit.NO_WORDS)
    if old is None:
        return words or None
    return _reword_variant({"self": old} if isinstance(old, str) else old, variant, words, alone=isinstance(old, str))


def check_marks(old: str | None, words: str) -> None:
    """Raise Refused where words leave out a place at which the old ones put in an earlier answer."""
    gone = marks_in(old or "") - marks_in(words)
    if words and gone:
        raise Refused(DoesNotFit.KEEP_MARKS, about={DoesNotFit.KEEP_MARKS: " ".join(sorted(gone))})


def check_text(text: str) -> None:
    """Raise Refused for what nobody can see, or what turns the direction of writing, and for what is too long."""
    if len(text) > MAX_LENGTH:
        raise Refused(NotAllowed.TOO_LONG)
    if has_hidden_characters(text, _NEEDED):
        raise Refused(NotAllowed.HIDDEN_CHARACTERS)


def _reword_form(old: dict[str, Any], variant: str, words: str) -> Wording:
    if variant not in _FORMS:
        raise Refused(DoesNotFit.WHICH_READERS)
    if not words:
        raise Refused(NotAllowed.EMPTY)
    check_marks(old[variant], words)
    return {**old, variant: words}


def _reword_variant(old: dict[str, Any], variant: str, words: str, *, alone: bool) -> Wording:
    """One of several wordings; a reader whose own is taken away falls back to another."""
    read = next(old[name] for name in (variant, *_FALLS_BACK_TO[variant]) if name in old)
    if not words:
        if variant == Answering.SELF:
            raise Refused(NotAllowed.EMPTY)
        left = {name: text for name, text in old.items() if name != variant}
        return left if len(left) > 1 else left["self"]
    check_marks(read, words)
    if words == read:
        return old["self"] if alone else old
    if alone and variant == Answering.SELF:
        # Whoever answers for somebody else keeps reading what was there for everyone.
        return {"self": words, "proxy": read}
    return {**old, variant: words}
