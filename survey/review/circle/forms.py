"""What is sent about an outcome, and at which field each reason against it is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from flask import request

from survey.coproduction.closing import LONGEST, LONGEST_NAME, Drafted, Power, Unclosed
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying import Became
from survey.coproduction.saying_rules import as_kept, can_be_said
from survey.review.reasons import explain

SOMEBODY_ELSE = "else"
"""As who had the power: somebody who is named in words."""
NEW_VERSION = "version"
"""As what made the difference: the new version as a whole."""
POWERS: Mapping[str, Power] = {"group": Power.GROUP, "programme": Power.PROGRAMME, "law": Power.LAW}

FIELD_OF: Mapping[StrEnum, str] = {
    Unclosed.NOTHING_CHOSEN: "became",
    Unclosed.NO_POWER: "power",
    Unclosed.NO_DIFFERENCE: "suggestion",
    Unclosed.NO_OWNER: "owner",
    Unclosed.NO_DUE_DAY: "due",
    Unclosed.DUE_DAY_PAST: "due",
    Unclosed.NO_SUCH_DAY: "due",
}
REFLECTS_FIELDS: Mapping[StrEnum, str] = {Unclosed.NOTHING_CHOSEN: "reflects"}
OUTCOME_TEXTS = {"words": LONGEST, "power_words": LONGEST_NAME, "owner": LONGEST_NAME}

_WRONG_WORDS = frozenset({NotAllowed.EMPTY, NotAllowed.TOO_LONG, NotAllowed.HIDDEN_CHARACTERS})


@dataclass(frozen=True)
class Form:
    """A form as a page shows it: what was typed, and what is wrong with it by field."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return self.values.get(name, "")


def sent(name: str) -> str:
    """What was typed in a field, as it is kept."""
    return as_kept(request.form.get(name, ""))


def seen_seq() -> int:
    """The number of the newest outcome on the page that a form was sent from; -1 for one that there never is."""
    number = request.form.get("seen", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else -1


def read_outcome(fields: Mapping[str, str]) -> Drafted:
    """The outcome that a form says. Raises Refused where it says nothing that can be looked at."""
    became, power = fields.get("became", ""), fields.get("power", "")
    if became not in set(Became):
        raise Refused(Unclosed.NOTHING_CHOSEN)
    return Drafted(
        became=Became(became),
        words=as_kept(fields.get("words", "")),
        power=as_kept(fields.get("power_words", "")) if power == SOMEBODY_ELSE else POWERS.get(power, ""),
        suggestion=_suggestion(fields) if became == Became.CHANGED else None,
        owner=as_kept(fields.get("owner", "")) if became == Became.DISCUSS else "",
        due_on=_day(fields) if became == Became.DISCUSS else None,
    )


def refused_form(refused: Refused, fields: Mapping[StrEnum, str], texts: Mapping[str, int]) -> Form:
    """What was sent with each reason at its field; raises the refusal where a reason belongs to none.

    `texts` are the fields with words and how long each may be; the first must not be empty.
    """
    errors: dict[str, str] = {}
    for reason in refused.reasons:
        at = next(_wrong_fields(reason, texts), None) if reason in _WRONG_WORDS else fields.get(reason)
        if at is None:
            raise refused
        errors.setdefault(at, explain(Refused(reason))[0])
    return Form(dict(request.form.items()), errors)


def _wrong_fields(reason: StrEnum, texts: Mapping[str, int]) -> Iterator[str]:
    """The fields to which words were sent that cannot be said; for a reason about empty ones those without any."""
    for name, longest in texts.items():
        words = sent(name)
        if (not words) == (reason is NotAllowed.EMPTY) and not can_be_said(words, longest):
            yield name


def _suggestion(fields: Mapping[str, str]) -> int | None:
    """The suggestion that was chosen; None for the new version, -1 for what is none."""
    chosen = fields.get("suggestion", "")
    if chosen == NEW_VERSION:
        return None
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else -1


def _day(fields: Mapping[str, str]) -> date | None:
    day, month, year = (fields.get(f"due-{part}", "").strip() for part in ("day", "month", "year"))
    if not (day or month or year):
        return None
    try:
        if all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (day, month, year)):
            return date(int(year), int(month), int(day))
    except ValueError:
        pass
    raise Refused(Unclosed.NO_SUCH_DAY)
