"""Sign-in links that those who run the group show for a member, who can see by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.membership import MemberReason
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.accounts import SignInLink, insert_link
from survey.store.clock import from_stored, to_stored
from survey.store.group.acting import Deed, carry_out
from survey.store.group.members import member_of

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class ShownLink:
    """That somebody was shown a link of another."""

    shown_by: str
    shown_at: datetime


def show_link(store: Store, deed: Deed, key: bytes, account: int, way: Way = Way.SELF) -> SignInLink:
    """A new link of a member, for whoever acts to hand on; one of their own is nothing to tell. Raises Refused.

    `way` is how they came in: with a link that somebody else was shown nobody gets another, by which it would be lost
    who has had it.

    There is none for accounts without a seat: whoever runs the group gets no way into the rest of the house.
    """

    def work(cursor: DuckDBPyConnection) -> SignInLink:
        if way is not Way.SELF:
            raise Refused(NotAllowed.NOT_IN_PERSON)
        if member_of(cursor, account) is None:
            raise Refused(MemberReason.NOT_IN_GROUP)
        link = insert_link(cursor, key, account, deed.now)
        if account != deed.by.id:
            cursor.execute(
                "insert into shown_links values (?, ?, ?, ?)", [link.number, account, deed.by.id, to_stored(deed.now)]
            )
        return link

    return carry_out(store, deed, work)


def shown_links_of(store: Store, account: int) -> tuple[ShownLink, ...]:
    """Every link of a member that somebody else was shown, the latest first."""
    rows = store.rows(
        "select name, shown_at from shown_links join accounts on accounts.account = shown_by"
        " where shown_links.account = ? order by shown_at desc",
        [account],
    )
    return tuple(ShownLink(name, from_stored(shown_at)) for name, shown_at in rows)
