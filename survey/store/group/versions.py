"""The versions of a questionnaire in the store, with the rounds and waves that each came from and went to."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.lineage import Kept
from survey.coproduction.rounds import Round
from survey.questionnaire.load import content_hash
from survey.questionnaire.model import Questionnaire, Status
from survey.store.clock import from_stored
from survey.store.group.rounds import list_rounds
from survey.store.versions import load_version
from survey.store.waves import list_waves

if TYPE_CHECKING:
    from survey.store.connect import Store


def version_in(cursor: DuckDBPyConnection, version: str) -> Questionnaire:
    """A version inside a transaction, by its hash. Raises KeyError."""
    row = cursor.execute("select source from versions where version = ?", [version]).fetchone()
    if row is None:
        raise KeyError(version)
    return Questionnaire.model_validate_json(row[0])


def names_in(cursor: DuckDBPyConnection, questionnaire: str) -> frozenset[str]:
    """The names of all versions of a questionnaire, which no other can have."""
    rows = cursor.execute(
        "select json_extract_string(source, '$.version') from versions where questionnaire = ?", [questionnaire]
    ).fetchall()
    return frozenset(name for (name,) in rows)


def list_questionnaires(store: Store) -> tuple[str, ...]:
    """The ids of all questionnaires of which there is a version."""
    return tuple(name for (name,) in store.rows("select distinct questionnaire from versions order by questionnaire"))


def kept_versions(store: Store, questionnaire: str) -> tuple[Kept, ...]:
    """Every version of a questionnaire, the oldest first; a draft and the same words once agreed are one."""
    rows = store.rows(
        "select version, saved_at from versions where questionnaire = ? order by saved_at, version", [questionnaire]
    )
    made, read, waves = _uses(store, questionnaire)
    same: dict[str, list[tuple[str, Questionnaire, datetime]]] = defaultdict(list)
    for version, saved_at in rows:
        loaded = load_version(store, version)
        words = content_hash(loaded.model_copy(update={"status": Status.DRAFT}))
        same[words].append((version, loaded, from_stored(saved_at)))
    kept = []
    for several in same.values():
        version, loaded, _ = max(several, key=lambda each: each[1].status is Status.AGREED)
        names = [each[0] for each in several]
        kept.append(
            Kept(
                version=version,
                hashes=frozenset(names),
                questionnaire=loaded,
                since=min(each[2] for each in several),
                made_in=tuple(round_ for name in names for round_ in made[name]),
                read_in=tuple(round_ for name in names for round_ in read[name]),
                waves=tuple(wave for name in names for wave in waves[name]),
            )
        )
    return tuple(kept)


def _uses(
    store: Store, questionnaire: str
) -> tuple[defaultdict[str, list[Round]], defaultdict[str, list[Round]], defaultdict[str, list[str]]]:
    """By version: the rounds that made it, the rounds that read it, the waves that ask it."""
    made: defaultdict[str, list[Round]] = defaultdict(list)
    read: defaultdict[str, list[Round]] = defaultdict(list)
    for round_ in reversed(list_rounds(store)):
        if round_.questionnaire == questionnaire:
            read[round_.version].append(round_)
            if round_.new_version:
                made[round_.new_version].append(round_)
    waves: defaultdict[str, list[str]] = defaultdict(list)
    for wave in list_waves(store):
        waves[wave.version].append(wave.id)
    return made, read, waves
