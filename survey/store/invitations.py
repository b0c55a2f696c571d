"""Invitation codes: issued for an area of a wave, kept as keyed hashes, each good for one response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.codes import Purpose, hash_code, new_code, normalise
from survey.store.audit import record
from survey.store.clock import to_stored
from survey.store.waves import WaveError

if TYPE_CHECKING:
    from survey.store.connect import Store

MOST_CODES_AT_ONCE = 100_000


@dataclass(frozen=True)
class Invitation:
    """An invitation; `response` is the one begun with it, if any."""

    id: int
    wave: str
    area: str
    response: int | None


def issue_codes(
    store: Store,
    key: bytes,
    *,
    wave: str,
    area: str,
    count: int,
    now: datetime,
    actor: str = "command line",
    random: Random | None = None,
) -> list[str]:
    """New codes for one area of a wave. They are nowhere but in the answer: whoever calls must keep them.

    Raises WaveError for a wave that is unknown or closed, ValueError for a count outside 1 to 100,000.
    """
    if not 1 <= count <= MOST_CODES_AT_ONCE:
        raise ValueError(f"{count} codes cannot be issued at once; ask for 1 to {MOST_CODES_AT_ONCE:,}")
    source = random or SystemRandom()
    codes = [new_code(source) for _ in range(count)]
    hashes = [hash_code(key, Purpose.INVITATION, code) for code in codes]

    def work(cursor: DuckDBPyConnection) -> None:
        found = cursor.execute("select closed_at from waves where wave = ?", [wave]).fetchone()
        if found is None:
            raise WaveError(f"There is no wave '{wave}'.")
        if found[0] is not None:
            raise WaveError(f"The wave '{wave}' is closed: its codes could not be used.")
        cursor.execute(
            """
            insert into invitations
            select (select coalesce(max(invitation), 0) from invitations) + place, code_hash, ?, ?, ?
            from (select unnest(?::varchar[]) as code_hash, generate_subscripts(?::varchar[], 1) as place)
            """,
            [wave, area, to_stored(now), hashes, hashes],
        )
        details = {"area": area, "count": str(count)}
        record(cursor, actor=actor, action="issue codes", subject=wave, now=now, details=details)

    store.journal.run(work)
    return codes


def find_invitation(store: Store, key: bytes, code: str) -> Invitation | None:
    """The invitation with this code, however it was typed. Raises CodeError when it cannot be a code."""
    rows = store.rows(
        """
        select invitations.invitation, invitations.wave, invitations.area, responses.response
        from invitations left join responses on responses.invitation = invitations.invitation
        where code_hash = ?
        """,
        [hash_code(key, Purpose.INVITATION, normalise(code))],
    )
    return Invitation(*rows[0]) if rows else None


def count_invited(store: Store, wave: str) -> dict[str, int]:
    """How many codes were issued in a wave, by area; empty where nobody was sent any."""
    counted = "select area, count(*) from invitations where wave = ? group by area order by area"
    return {str(area): int(codes) for area, codes in store.rows(counted, [wave])}
