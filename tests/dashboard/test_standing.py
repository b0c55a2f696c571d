"""A wave's releases are listed once, however many there are, and what comes or goes is seen at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dashboard.access import EVERY_STAGE, FOR_EVERYONE
from dashboard.address import Address, Page
from dashboard.callbacks import draw_address
from dashboard.data import Releases
from dashboard.release import Step
from dashboard.standing import Standing
from tests.dashboard.releases import write_release

AN_HOUR_AGO = time.time() - 3600
LOOKS: list[str] = []
"""What was asked of the file system while somebody counts."""
COUNTING = [False]


def note(event: str, arguments: tuple[Any, ...]) -> None:
    if COUNTING[0] and event in {"os.listdir", "os.scandir", "open"}:
        LOOKS.append(f"{event} {arguments[0]}")


sys.addaudithook(note)


@contextmanager
def counted() -> Iterator[list[str]]:
    LOOKS.clear()
    COUNTING[0] = True
    try:
        yield LOOKS
    finally:
        COUNTING[0] = False


def add_counts(folder: Path, wave: str, numbers: range) -> None:
    """Superseded releases of an open wave: nobody reads what is in them, so there is nothing in them."""
    for number in numbers:
        (folder / wave / f"{number:04d}").mkdir(parents=True)
        (folder / wave / f"{number:04d}" / "release.json").touch()


def settle(folder: Path) -> None:
    """As if nothing had been published for an hour."""
    for wave in folder.iterdir():
        os.utime(wave, (AN_HOUR_AGO, AN_HOUR_AGO))


def test_a_thousand_releases_are_listed_once_and_none_of_the_old_ones_opened(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2025", step=Step.SIGNED, signed_by="A. Analyst")
    add_counts(tmp_path, "2026", range(1, 1000))
    write_release(tmp_path, wave="2026", number=1000, has_estimates=False, closed_on=None)
    settle(tmp_path)
    releases = Releases(tmp_path).seen_by(EVERY_STAGE)
    address = Address(Page.OVERVIEW).href("/")
    draw_address(releases.settled(), "/", address, "")
    with counted() as looks:
        draw_address(releases.settled(), "/", address, "")
    assert [look for look in looks if str(tmp_path) in look] == [f"os.listdir {tmp_path}"]


def test_whoever_may_not_see_the_counts_does_not_go_through_them(tmp_path: Path) -> None:
    add_counts(tmp_path, "2026", range(1, 100))
    write_release(tmp_path, wave="2026", number=100, has_estimates=False)
    releases = Releases(tmp_path).seen_by(FOR_EVERYONE)
    with counted() as looks:
        assert releases.waves() == ()
    opened = [look for look in looks if look.startswith("open")]
    assert {Path(look.partition(" ")[2]).parent.name for look in opened} == {"0100"}


def test_what_comes_and_goes_is_seen_at_once_whether_the_folder_was_quiet_or_not(tmp_path: Path) -> None:
    standing = Standing(tmp_path)
    assert standing.waves() == ()
    add_counts(tmp_path, "2026", range(1, 3))
    for is_quiet in (False, True):
        if is_quiet:
            settle(tmp_path)
        numbers = [folder.name for folder in standing.newest_first("2026")]
        newest = int(numbers[0]) + 1
        add_counts(tmp_path, "2026", range(newest, newest + 1))
        assert next(standing.newest_first("2026")).name == f"{newest:04d}"
        (tmp_path / "2026" / f"{newest:04d}" / "release.json").unlink()
        (tmp_path / "2026" / f"{newest:04d}").rmdir()
        assert [folder.name for folder in standing.newest_first("2026")] == numbers
    assert standing.waves() == ("2026",)
    assert list(standing.newest_first("2027")) == []


def test_what_is_no_release_is_passed_over(tmp_path: Path) -> None:
    add_counts(tmp_path, "2026", range(9, 11))
    (tmp_path / "2026" / "0011").mkdir()
    (tmp_path / "2026" / ".0012.writing").mkdir()
    (tmp_path / "2026" / "findings.json").touch()
    (tmp_path / ".lock").touch()
    (tmp_path / "empty").mkdir()
    standing = Standing(tmp_path)
    assert [folder.name for folder in standing.newest_first("2026")] == ["0010", "0009"]
    assert standing.waves() == ("2026",)
