"""The publisher: fieldwork counts of open waves every few minutes, and the results of closed ones that have none.

It also makes good what could not be written beside a release when a finding was changed, and takes back quotes of
people who have taken back what they sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from survey.commands import Services, publish_wave
from survey.export.findings import write_all_findings
from survey.store.analysis import Change, last_change
from survey.store.waves import Wave, list_waves

_log = logging.getLogger(__name__)


class Refresher:
    """Looks for waves whose release is behind; once started every PHB_PUBLISH_EVERY seconds, until it is closed.

    `has_results` says whether the newest release of a wave has estimates.
    """

    def __init__(self, services: Services, has_results: Callable[[Path, str], bool]) -> None:
        self._services = services
        self._has_results = has_results
        self._published: dict[str, Change] = {}
        self._quoted: dict[str, Change] = {}
        self._stop = Event()
        self._thread = Thread(target=self._run, name="publisher", daemon=True)

    def start(self) -> None:
        """Look at once, and then again and again, in a thread."""
        self._thread.start()

    def close(self) -> None:
        """Finish the release that is being made, and make no more."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self.refresh()
            self._stop.wait(self._services.config.publish_every)

    def refresh(self) -> None:
        """Publish the waves that are behind; what goes wrong is logged and tried again the next time."""
        try:
            write_all_findings(self._services.store, self._services.releases, self._services.now())
            for wave in list_waves(self._services.store):
                with self._services.publishing:
                    self._refresh_wave(wave)
        except Exception:
            _log.exception("The releases could not be brought up to date")

    def _refresh_wave(self, wave: Wave) -> None:
        change = last_change(self._services.store, wave.id)
        if not self._stop.is_set() and self._is_behind(wave, change):
            publish_wave(self._services, wave, lambda progress: None)
            self._published[wave.id] = change
        if self._services.leaving is not None and not wave.is_open and self._quoted.get(wave.id) != change:
            self._services.leaving.take_back_quotes(self._services.store, wave, self._services.now().date())
            self._quoted[wave.id] = change

    def _is_behind(self, wave: Wave, change: Change) -> bool:
        if not wave.is_open:
            return not self._has_results(self._services.releases, wave.id)
        return change.responses > 0 and self._published.get(wave.id) != change
