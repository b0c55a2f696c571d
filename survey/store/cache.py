"""Responses lately seen, as they stand: written through, bounded, with a lock for each response's next number."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from survey.store.responses import ResponseState

MOST_RESPONSES = 4000
"""About 8 KB each when every page is answered: some 32 MB."""
LOCKS = 1024


class ResponseCache:
    """The responses used last, at most `MOST_RESPONSES`; safe to use from several threads."""

    def __init__(self) -> None:
        self._states: OrderedDict[int, ResponseState] = OrderedDict()
        self._erased: set[int] = set()
        self._lock = Lock()
        self._locks = tuple(Lock() for _ in range(LOCKS))

    def lock(self, response: int) -> Lock:
        """Held while a response gets its next event; a few responses share one, which costs a wait and no more."""
        return self._locks[hash(response) % LOCKS]

    def find(self, response: int) -> ResponseState | None:
        """The response as last put."""
        with self._lock:
            state = self._states.get(response)
            if state is not None:
                self._states.move_to_end(response)
            return state

    def put(self, state: ResponseState) -> None:
        """Keep a state, unless a later one is kept: a slow reader must not undo what a writer has put."""
        with self._lock:
            if state.response in self._erased:
                return
            kept = self._states.get(state.response)
            if kept is None or kept.seq <= state.seq:
                self._states[state.response] = state
            self._states.move_to_end(state.response)
            if len(self._states) > MOST_RESPONSES:
                self._states.popitem(last=False)

    def forget(self, response: int) -> None:
        """Let the next load come from the store."""
        with self._lock:
            self._states.pop(response, None)

    def forget_for_good(self, response: int) -> None:
        """Never keep a response again: a reader that began before it was erased may still put what it read."""
        with self._lock:
            self._erased.add(response)
            self._states.pop(response, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._states.clear()
