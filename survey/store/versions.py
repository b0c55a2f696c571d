"""Questionnaire versions as a wave asked them or a round looked at them, each under the hash of its content."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.questionnaire.load import content_hash, dump_questionnaire
from survey.questionnaire.model import Questionnaire
from survey.store.clock import to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store


def save_version(cursor: DuckDBPyConnection, questionnaire: Questionnaire, now: datetime) -> str:
    """Keep a questionnaire in the caller's transaction and return its hash; the same content is kept once."""
    version = content_hash(questionnaire)
    cursor.execute(
        "insert into versions values (?, ?, ?, ?) on conflict do nothing",
        [version, questionnaire.id, dump_questionnaire(questionnaire).decode(), to_stored(now)],
    )
    return version


def load_version(store: Store, version: str) -> Questionnaire:
    """The questionnaire with this hash; read once and then remembered. Raises KeyError for an unknown hash.

    It was checked when it was opened and is not checked again: a rule added since must not lock a wave out.
    """
    known = store.versions.get(version)
    if known is None:
        rows = store.rows("select source from versions where version = ?", [version])
        if not rows:
            raise KeyError(version)
        known = Questionnaire.model_validate_json(rows[0][0])
        store.versions[version] = known
    return known


def load_versions_of(store: Store, questionnaire: str) -> list[Questionnaire]:
    """Every version of a questionnaire that a wave has asked, the newest first; none of an unknown one.

    What only a round of the group has looked at is not among them: nobody was asked it.
    """
    found = store.rows(
        "select version from waves where questionnaire = ? group by version order by max(opened_at) desc, version",
        [questionnaire],
    )
    return [load_version(store, version) for (version,) in found]
