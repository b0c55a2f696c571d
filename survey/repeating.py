"""Work that a thread does over and over for as long as the program runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

_log = logging.getLogger(__name__)


class Repeating:
    """Does its work at once when it is started, and again `every` so many seconds, until it is closed."""

    def __init__(self, name: str, work: Callable[[], None], every: float) -> None:
        self._work = work
        self._every = every
        self._closing = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    @property
    def is_closing(self) -> bool:
        """Whether work that is long should end where it can."""
        return self._closing.is_set()

    def start(self) -> None:
        """Begin, in a thread."""
        self._thread.start()

    def close(self) -> None:
        """Wait for what is being done, and do no more."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._work()
            except Exception:
                _log.exception("The %s failed, and will try again", self._thread.name)
            self._closing.wait(self._every)
