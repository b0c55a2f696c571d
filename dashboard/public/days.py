"""What of the results is public, and from which day there is more: for the survey's own pages."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from dashboard.access import FOR_EVERYONE, Stage
from dashboard.data import NoRelease, ReleaseGone, Releases


class PublicDays:
    """Looks at the releases whenever it is asked."""

    def __init__(self, releases: Releases) -> None:
        self._public = releases.seen_by(FOR_EVERYONE)
        self._signed = releases.seen_by({Stage.SIGNED})

    def waves(self) -> tuple[str, ...]:
        """The waves whose results everyone may see."""
        return self._public.waves()

    def next_day(self) -> date | None:
        """The first day on which the newest signed results of a wave become public; None where none is declared."""
        days = []
        for wave in self._signed.waves():
            with suppress(NoRelease, ReleaseGone):
                if (day := self._signed.current(wave).facts.public_on) is not None:
                    days.append(date.fromisoformat(day))
        return min(days, default=None)
