"""Who is signed in: written into the signed cookie at sign-in, looked up in the store at every request."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from survey.store.accounts import Account, SignedIn, find_account
from survey.store.connect import Store

SIGNED_IN_LASTS = timedelta(hours=12)
"""A working day; after that a new link is needed, even in a browser that was never closed."""

THROUGH_A_SUPPORTER = "through_supporter"
"""In the session of whoever signed in with a link that somebody else was shown."""

_KEPT = ("locale",)

Session = MutableMapping[str, Any]


def sign_in(session: Session, signed_in: SignedIn, now: datetime) -> None:
    """Begin a session of its own: nothing that was in the cookie before, a response above all, goes over into it."""
    sign_out(session)
    session["account"] = signed_in.account.id
    session["signed_in_at"] = int(now.timestamp())
    if signed_in.through_another:
        session[THROUGH_A_SUPPORTER] = True


def sign_out(session: Session) -> None:
    """Forget everything but the language."""
    kept = {key: session[key] for key in _KEPT if key in session}
    session.clear()
    session.update(kept)


def current_account(session: Session, store: Store, now: datetime) -> Account | None:
    """The account that is signed in, with the role it has at this moment; None when there is none (any more)."""
    number, since = session.get("account"), session.get("signed_in_at")
    if not isinstance(number, int) or not isinstance(since, int):
        return None
    if not 0 <= now.timestamp() - since < SIGNED_IN_LASTS.total_seconds():
        return None
    return find_account(store, number)
