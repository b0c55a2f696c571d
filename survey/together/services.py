"""What commands work with: the store, and the dashboard's way of publishing.

The dashboard is imported where it is used: it takes a second, which a command such as `phb wave list` need not wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from survey import resources
from survey.commands import Services
from survey.config import Config
from survey.control import CommandFailed
from survey.export.leaving import Leaving
from survey.steps import Steps
from survey.store.connect import Store


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def make_services(config: Config, store: Store) -> Services:
    """What commands work with, publishing included."""
    leaving = Leaving(config.data / "analysis", config.data / "releases", let_words_out)
    return Services(config, store, publish, now, leaving=leaving)


def let_words_out(coding: Path, releases: Path, *, step: str, today: date) -> Mapping[str, Any]:
    """What of people's own words leaves: the dashboard decides. See `survey.export.leaving.LetOut`."""
    from dashboard.publish.voices import let_out

    return let_out(coding, releases, records=releases.with_name("publishing"), step=step, today=today)


def publish(analysis: Path, releases: Path, *, steps: Steps, now: datetime) -> Path:
    """Make a release of an analysis file; which responses it used is kept beside it. Raises CommandFailed."""
    from dashboard.publish.steps import Again, Signature
    from dashboard.publish.wave import PublishError, publish_wave

    try:
        return publish_wave(
            analysis,
            releases,
            areas=resources.AREAS,
            benchmarks=resources.BENCHMARKS,
            makings=releases.with_name("publishing"),
            signature=Signature(steps.signed_by, steps.note, steps.public_on) if steps.signed_by else None,
            again=Again(steps.again_by, steps.because) if steps.again_by else None,
            weighted=steps.weighted,
            now=now,
        )
    except PublishError as error:
        raise CommandFailed(str(error)) from error


def has_results(releases: Path, wave: str) -> bool:
    """Whether the newest release of a wave has estimates; so it has when only somebody can tell what to do with it."""
    from dashboard.release import ReleaseError, newest_release, read_facts

    newest = newest_release(releases, wave)
    try:
        return newest is not None and read_facts(newest).has_estimates
    except ReleaseError:
        return True
