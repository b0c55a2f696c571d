"""Waves: when a questionnaire version is asked, of which areas, and whether anyone may answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from duckdb import DuckDBPyConnection

from survey.questionnaire.model import Questionnaire, Status
from survey.store.clock import from_stored, to_stored
from survey.store.offers import offer_everything
from survey.store.versions import save_version

if TYPE_CHECKING:
    from survey.store.connect import Store

TRIAL = "trial"
"""The one real wave that may ask a questionnaire the group has not agreed."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COLUMNS = "wave, questionnaire, version, vintage, open_link, made_up, opened_at, closed_at"


class WaveError(Exception):
    """A wave cannot be opened or closed; the message says why and what to do."""


@dataclass(frozen=True)
class Wave:
    """One round of fieldwork. `version` is the content hash of the questionnaire it asks, to its end."""

    id: str
    questionnaire: str
    version: str
    vintage: str
    open_link: bool
    """Anyone with the address may answer; otherwise only with an invitation code."""
    made_up: bool
    opened_at: datetime
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether responses can be started."""
        return self.closed_at is None


def open_wave(
    store: Store,
    *,
    wave: str,
    questionnaire: Questionnaire,
    vintage: str,
    open_link: bool,
    made_up: bool,
    now: datetime,
) -> Wave:
    """Open a wave and keep its questionnaire. Raises WaveError.

    A wave for trying things out offers every language and format; others what is adjudicated, until staff say more.
    """
    check_opening(wave, questionnaire, made_up=made_up)

    def work(cursor: DuckDBPyConnection) -> Wave:
        if cursor.execute("select 1 from waves where wave = ?", [wave]).fetchone():
            raise WaveError(f"There is a wave '{wave}' already. A wave is opened once; choose another name.")
        version = save_version(cursor, questionnaire, now)
        cursor.execute(
            f"insert into waves ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, null)",
            [wave, questionnaire.id, version, vintage, open_link, made_up, to_stored(now)],
        )
        if wave == TRIAL or made_up:
            offer_everything(cursor, wave, now)
        return Wave(wave, questionnaire.id, version, vintage, open_link, made_up, from_stored(to_stored(now)), None)

    opened = store.journal.run(work)
    store.waves[wave] = opened
    return opened


def check_opening(wave: str, questionnaire: Questionnaire, *, made_up: bool) -> None:
    """Raise WaveError when a wave of this name may not ask this questionnaire."""
    if not _NAME.fullmatch(wave) or len(wave) > 32:
        raise WaveError(f"'{wave}' is no name for a wave. Use up to 32 small letters, digits and dashes, like 2026.")
    if questionnaire.status is not Status.AGREED and wave != TRIAL and not made_up:
        raise WaveError(
            f"'{questionnaire.id}' version {questionnaire.version} is still a draft: the group has not agreed it. "
            f"Only a wave named '{TRIAL}' may ask it."
        )


def close_wave(store: Store, wave: str, now: datetime) -> Wave:
    """Close a wave for good. Raises WaveError when there is no such wave, or it is closed."""

    def work(cursor: DuckDBPyConnection) -> Wave:
        row = cursor.execute(
            f"update waves set closed_at = ? where wave = ? and closed_at is null returning {_COLUMNS}",
            [to_stored(now), wave],
        ).fetchone()
        if row is None:
            known = cursor.execute("select 1 from waves where wave = ?", [wave]).fetchone()
            raise WaveError(f"The wave '{wave}' is closed already." if known else f"There is no wave '{wave}'.")
        return _wave(row)

    closed = store.journal.run(work)
    store.waves[wave] = closed
    return closed


def list_waves(store: Store) -> tuple[Wave, ...]:
    """All waves, in the order they were opened."""
    return tuple(_wave(row) for row in store.rows(f"select {_COLUMNS} from waves order by opened_at, wave"))


def find_wave(store: Store, wave: str) -> Wave | None:
    """One wave; remembered, because every request asks for one."""
    known = store.waves.get(wave)
    if known is None:
        rows = store.rows(f"select {_COLUMNS} from waves where wave = ?", [wave])
        if rows:
            known = store.waves.setdefault(wave, _wave(rows[0]))
    return known


def _wave(row: tuple[Any, ...]) -> Wave:
    wave, questionnaire, version, vintage, open_link, made_up, opened_at, closed_at = row
    closed = None if closed_at is None else from_stored(closed_at)
    return Wave(wave, questionnaire, version, vintage, open_link, made_up, from_stored(opened_at), closed)
