"""Moments as the store keeps them: UTC, without a zone. Everywhere else they carry their zone."""

from __future__ import annotations

from datetime import UTC, datetime


def to_stored(moment: datetime) -> datetime:
    """A moment with any zone as naive UTC. Raises ValueError for a naive one: nobody knows what it means."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; pass datetime.now(UTC) or the like")
    return moment.astimezone(UTC).replace(tzinfo=None)


def from_stored(moment: datetime) -> datetime:
    """A stored moment as an aware one, in UTC."""
    return moment.replace(tzinfo=UTC)
