"""How often a wrong code was typed with a name, counted for every name alike, so that names cannot be found out."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from survey.store.accounts import LINK_LASTS, MOST_WRONG_TRIES

MOST_NAMES = 10_000
"""Kept in memory; past that the name whose last wrong try is longest ago is forgotten.

Whoever types as many names to be forgotten wins nothing: the store counts the wrong tries of each link as well.
"""


class WrongTries:
    """The wrong tries for each name as it was typed, be there such an account or not, for as long as a code works."""

    def __init__(self, *, most: int = MOST_WRONG_TRIES, names: int = MOST_NAMES) -> None:
        self._most = most
        self._names = names
        self._moments: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def too_many(self, name: str, now: datetime) -> bool:
        """Whether no code is taken with this name for now."""
        with self._lock:
            return len(self._recent(name, now)) >= self._most

    def add(self, name: str, now: datetime) -> None:
        """Count a wrong try."""
        with self._lock:
            self._moments[name] = [*self._recent(name, now), now][-self._most :]
            self._moments.move_to_end(name)
            if len(self._moments) > self._names:
                self._moments.popitem(last=False)

    def _recent(self, name: str, now: datetime) -> list[datetime]:
        return [moment for moment in self._moments.get(name, ()) if now - moment < LINK_LASTS]
