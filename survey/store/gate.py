"""A gate between those who read and the one who exchanges what they read from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Gate:
    """Any number of threads may pass together, or one alone; who wants to be alone goes before newcomers."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._inside = 0
        self._barred = False

    @contextmanager
    def together(self) -> Iterator[None]:
        """Pass with others. Must not be nested."""
        with self._changed:
            while self._barred:
                self._changed.wait()
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                if not self._inside:
                    self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep newcomers out, wait for those inside to leave, and pass."""
        with self._changed:
            while self._barred:
                self._changed.wait()
            self._barred = True
            while self._inside:
                self._changed.wait()
        try:
            yield
        finally:
            with self._changed:
                self._barred = False
                self._changed.notify_all()
