"""Releases that the tests of the dashboard read but never change."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.data import Releases
from dashboard.release import Step
from tests.dashboard.releases import write_release


@pytest.fixture(scope="session")
def releases_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2025, signed, and the second release of 2026, provisional."""
    folder = tmp_path_factory.mktemp("releases")
    write_release(folder, wave="2025", step=Step.SIGNED, signed_by="A. Analyst", responses=415)
    write_release(folder, wave="2026", number=1)
    write_release(folder, wave="2026", number=2)
    return folder


@pytest.fixture(scope="session")
def releases(releases_folder: Path) -> Releases:
    """Those releases, as the pages read them."""
    return Releases(releases_folder)
