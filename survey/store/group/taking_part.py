"""Who took part in a round: whoever said, suggested, told or voted something that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey.coproduction.people import Seat
from survey.store.accounts import Role
from survey.store.group.people import SEATS

if TYPE_CHECKING:
    from survey.store.connect import Store


def seats_that_took_part(store: Store, number: int) -> tuple[Seat, ...]:
    """The seats of everyone who took part, one entry a person; also of those who have left since."""
    rows = store.rows(
        """
        select role from accounts where account in (
            select author from comments where round = $1 and confirmed_at is not null
            union select author from suggestions where round = $1 and confirmed_at is not null
            union select author from stories where round = $1 and confirmed_at is not null
            union select votes.account from votes join decisions using (decision)
            where round = $1 and votes.confirmed_at is not null
        )
        """,
        [number],
    )
    return tuple(SEATS[Role(role)] for (role,) in rows if Role(role) in SEATS)
