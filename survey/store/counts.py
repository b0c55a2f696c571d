"""How many responses each wave has, for those who run the fieldwork."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.store.connect import Store


@dataclass(frozen=True)
class ResponseCounts:
    """Responses of one wave. `begun` counts all of them, whatever became of them later."""

    begun: int
    sent: int
    withdrawn: int


def count_responses(store: Store) -> Mapping[str, ResponseCounts]:
    """By wave; a wave without a response is not in it."""
    rows = store.rows(
        """
        with reached as (
            select response,
                   bool_or(status = 'submitted') as sent,
                   bool_or(status = 'withdrawn') as withdrawn
            from statuses group by response
        )
        select wave,
               count(*),
               count(*) filter (where sent and not coalesce(withdrawn, false)),
               count(*) filter (where withdrawn)
        from responses left join reached using (response)
        group by wave
        """
    )
    return {wave: ResponseCounts(begun, sent, withdrawn) for wave, begun, sent, withdrawn in rows}
