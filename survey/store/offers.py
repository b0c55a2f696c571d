"""What a wave offers: which languages and formats, on what terms, decided by whom; every change with its audit row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.adjudication.gate import (
    EVERY,
    Kind,
    Offer,
    Proposal,
    Reason,
    Tier,
    check_offer,
    check_withdrawal,
    latest_about,
    terms_of,
)
from survey.store.audit import record
from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store

OPENING = "opening of the wave"
"""Who offers everything as a draft in a wave that is for trying things out."""

_COLUMNS = "kind, name, tier, reason, because, interpreter, offered_by, offered_at, withdrawn_at"


def offers_of(store: Store, wave: str) -> tuple[Offer, ...]:
    """Everything that was decided about a wave, in the order it was."""
    return tuple(_offer(row) for row in store.rows(_QUERY, [wave]))


def offer(
    store: Store,
    wave: str,
    proposal: Proposal,
    *,
    there_are: Collection[str],
    is_agreed: bool,
    by: str,
    now: datetime,
    seen: int | None = None,
) -> bool:
    """Offer a language or format on these terms from now on; False where it is offered on just these already.

    `seen` is how often it was decided on when whoever offers looked, see `times_decided`; None where nobody looked.
    Raises OfferRefused, NotSaved.
    """
    tier = Tier.ADJUDICATED if is_agreed else Tier.DRAFT
    reason, because = proposal.reason, proposal.because

    def work(cursor: DuckDBPyConnection) -> bool:
        offers, is_open = _decided(cursor, wave)
        check_offer(
            proposal,
            there_are=there_are,
            is_agreed=is_agreed,
            is_open=is_open,
            is_current=_is_current(offers, proposal.kind, proposal.name, seen),
        )
        latest = latest_about(offers, proposal.kind, proposal.name)
        wanted = (tier, reason, because, proposal.interpreter, None)
        if latest is not None and wanted == (
            latest.tier,
            latest.reason,
            latest.because,
            latest.interpreter,
            latest.withdrawn_at,
        ):
            return False
        _end(cursor, wave, proposal.kind, proposal.name, now)
        _insert(
            cursor,
            wave,
            Offer(proposal.kind, proposal.name, tier, reason, because, proposal.interpreter, by, now),
        )
        told = {
            "kind": str(proposal.kind),
            "name": proposal.name,
            "tier": str(tier),
            "reason": str(reason),
            "because": because,
            "interpreter": proposal.interpreter,
        }
        record(cursor, actor=by, action="offer", subject=f"wave {wave}", now=now, details=told)
        return True

    changed = store.journal.run(work)
    store.offers_changed += 1
    return changed


def withdraw(
    store: Store,
    wave: str,
    kind: Kind,
    name: str,
    *,
    there_are: Collection[str],
    is_agreed: bool,
    by: str,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Offer something no more. Who has answered in it goes on in it. Raises OfferRefused, NotSaved."""

    def work(cursor: DuckDBPyConnection) -> None:
        offers, is_open = _decided(cursor, wave)
        check_withdrawal(
            kind,
            name,
            there_are=there_are,
            is_offered=terms_of(offers, kind, name, is_agreed=is_agreed) is not None,
            is_open=is_open,
            is_current=_is_current(offers, kind, name, seen),
        )
        if not _end(cursor, wave, kind, name, now):
            tier = Tier.ADJUDICATED if is_agreed else Tier.DRAFT
            _insert(cursor, wave, Offer(kind, name, tier, Reason.NONE, "", "", by, now, withdrawn_at=now))
        told = {"kind": str(kind), "name": name}
        record(cursor, actor=by, action="withdraw offer", subject=f"wave {wave}", now=now, details=told)

    store.journal.run(work)
    store.offers_changed += 1


def times_decided(offers: Collection[Offer], kind: Kind, name: str) -> int:
    """How often this one was decided on, withdrawals too: more than once somebody looked means somebody was faster."""
    named = [offer for offer in offers if offer.kind is kind and offer.name == name]
    return len(named) + sum(offer.withdrawn_at is not None for offer in named)


def offer_everything(cursor: DuckDBPyConnection, wave: str, now: datetime) -> None:
    """Offer every language and format as a draft with the standard reason, in the caller's transaction."""
    for kind in Kind:
        _insert(cursor, wave, Offer(kind, EVERY, Tier.DRAFT, Reason.MACHINE, "", "", OPENING, now))


# --- From and to the table ------------------------------------------------------

_QUERY = f"select {_COLUMNS} from offers where wave = ? order by offered_at, rowid"


def _decided(cursor: DuckDBPyConnection, wave: str) -> tuple[tuple[Offer, ...], bool]:
    """What was decided so far, and whether the wave is open."""
    is_open = cursor.execute("select 1 from waves where wave = ? and closed_at is null", [wave]).fetchone() is not None
    return tuple(_offer(row) for row in cursor.execute(_QUERY, [wave]).fetchall()), is_open


def _is_current(offers: Collection[Offer], kind: Kind, name: str, seen: int | None) -> bool:
    return seen is None or seen == times_decided(offers, kind, name)


def _end(cursor: DuckDBPyConnection, wave: str, kind: Kind, name: str, now: datetime) -> bool:
    """End what stands by name; whether there was something."""
    ended = cursor.execute(
        "update offers set withdrawn_at = ? where wave = ? and kind = ? and name = ? and withdrawn_at is null "
        "returning 1",
        [to_stored(now), wave, str(kind), name],
    ).fetchall()
    return bool(ended)


def _insert(cursor: DuckDBPyConnection, wave: str, made: Offer) -> None:
    cursor.execute(
        f"insert into offers (wave, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            wave,
            str(made.kind),
            made.name,
            str(made.tier),
            str(made.reason),
            made.because,
            made.interpreter,
            made.offered_by,
            to_stored(made.offered_at),
            None if made.withdrawn_at is None else to_stored(made.withdrawn_at),
        ],
    )


def _offer(row: tuple[Any, ...]) -> Offer:
    kind, name, tier, reason, because, interpreter, offered_by, offered_at, withdrawn_at = row
    withdrawn = None if withdrawn_at is None else from_stored(withdrawn_at)
    return Offer(
        Kind(kind),
        name,
        Tier(tier),
        Reason(reason),
        because,
        interpreter,
        offered_by,
        from_stored(offered_at),
        withdrawn,
    )
