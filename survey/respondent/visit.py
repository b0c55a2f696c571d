"""What the signed cookie of one browser knows: which survey, which response, how to come back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import session

_KEY = "visit"
_REFUSED = "refused"


@dataclass(frozen=True)
class Visit:
    """A browser's place. Before the person agreed to take part `response` is None and nothing is stored."""

    wave: str
    return_code: str
    """Made when the visit begins, so that a double click on the first answer begins one response."""
    invitation: str | None = None
    """The code on the letter, until a response has begun with it."""
    response: int | None = None
    seq: int = 0
    """What was last saved from here; a store that knows less of the response must look again."""

    def begun(self, response: int, seq: int, return_code: str) -> Visit:
        """The visit once there is a response."""
        return replace(self, response=response, seq=seq, return_code=return_code, invitation=None)


def current_visit() -> Visit | None:
    """The visit of this request; None without a cookie, or with one that is not ours."""
    kept: dict[str, Any] | None = session.get(_KEY)
    return Visit(**kept) if kept else None


def remember(visit: Visit) -> None:
    """Keep the visit in the cookie."""
    if session.get(_KEY) != (kept := {name: value for name, value in asdict(visit).items() if value is not None}):
        session[_KEY] = kept


def forget() -> None:
    """Take everything but the language and format out of the cookie."""
    kept = {name: session[name] for name in ("locale", "format") if name in session}
    session.clear()
    session.update(kept)


def refuse() -> None:
    """Keep of a visit only that the person does not want to take part, so that the next page can say so truly."""
    forget()
    session[_REFUSED] = True


def has_refused() -> bool:
    """Whether somebody said in this browser that they do not want to take part."""
    return _REFUSED in session
