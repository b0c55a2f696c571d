"""Progress of long jobs as bars on standard error, for somebody who watches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


class ProgressBars:
    """One bar for each step, in turn; nothing where standard error is a file."""

    def __init__(self) -> None:
        self._step: str | None = None
        self._bar: ProgressBar[int] | None = None
        self._done = 0

    def show(self, progress: Mapping[str, Any]) -> None:
        """Take `{"step", "done", "of"}`."""
        self.show_step(progress["step"], progress["done"], progress["of"])

    def show_step(self, step: str, done: int, of: int) -> None:
        """Move the bar of a step; the first call of a new step ends the one before."""
        if not sys.stderr.isatty() or of == 0:
            return
        if step != self._step:
            self.finish()
            self._step, self._done = step, 0
            self._bar = click.progressbar(length=of, label=step, file=sys.stderr)
            self._bar.render_progress()
        if self._bar is not None and done > self._done:
            self._bar.update(done - self._done)
            self._done = done

    def finish(self) -> None:
        """Leave the line of the last bar."""
        if self._bar is not None:
            self._bar.render_finish()
            click.echo(err=True)
            self._bar = self._step = None


@contextmanager
def progress_bars() -> Iterator[ProgressBars]:
    """Bars that leave their line in any case."""
    bars = ProgressBars()
    try:
        yield bars
    finally:
        bars.finish()
