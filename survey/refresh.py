"""The publisher: fieldwork counts of open waves every few minutes, and the results of closed ones that have none.

It also makes good what could not be written beside a release when a finding was changed, and takes back quotes that
are approved no more, or whose people have taken back what they sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from functools import partial
from pathlib import Path

from survey.commands import Services, publish_wave
from survey.export.findings import write_all_findings
from survey.repeating import Repeating
from survey.store.analysis import Change, last_change
from survey.store.waves import Wave, list_waves

_log = logging.getLogger(__name__)


class Refresher(Repeating):
    """Looks for waves whose release is behind; once started every PHB_PUBLISH_EVERY seconds, until it is closed.

    `has_results` says whether the newest release of a wave has estimates.
    """

    def __init__(self, services: Services, has_results: Callable[[Path, str], bool]) -> None:
        super().__init__("publisher", self.refresh, services.config.publish_every)
        self._services = services
        self._has_results = has_results
        self._published: dict[str, Change] = {}
        self._quoted: dict[str, Hashable] = {}

    def refresh(self) -> None:
        """Publish the waves that are behind; what goes wrong is logged and tried again the next time.

        Each thing by itself, as one wave that cannot be published is no reason for what another's people took back to
        stay; and quotes first, as a release can take long.
        """
        services = self._services
        self._try(lambda: write_all_findings(services.store, services.releases, services.now()))
        waves: list[Wave] = []
        self._try(lambda: waves.extend(list_waves(services.store)))
        for wave in waves:
            self._try(partial(self._take_back_quotes, wave))
        for wave in waves:
            self._try(partial(self._publish, wave))

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception:
            _log.exception("The releases could not be brought up to date")

    def _take_back_quotes(self, wave: Wave) -> None:
        leaving = self._services.leaving
        if leaving is None:
            return
        grounds = leaving.grounds(self._services.store, wave)
        if self._quoted.get(wave.id) != grounds:
            leaving.take_back_quotes(self._services.store, wave, self._services.now().date())
            self._quoted[wave.id] = grounds

    def _publish(self, wave: Wave) -> None:
        with self._services.publishing:
            change = last_change(self._services.store, wave.id)
            if not self.is_closing and self._is_behind(wave, change):
                publish_wave(self._services, wave, lambda progress: None)
                self._published[wave.id] = change

    def _is_behind(self, wave: Wave, change: Change) -> bool:
        if not wave.is_open:
            return not self._has_results(self._services.releases, wave.id)
        return change.responses > 0 and self._published.get(wave.id) != change
