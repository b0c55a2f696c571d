"""What named reviewers said of a questionnaire version in a format: only ever added, each with its audit row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.adjudication.gate import FormatReview, check_review
from survey.questionnaire.model import Format
from survey.store.audit import record
from survey.store.clock import from_stored, to_stored

if TYPE_CHECKING:
    from survey.store.connect import Store


def reviews_of(store: Store, version: str, format: Format) -> tuple[FormatReview, ...]:
    """What was said of a version (by its content hash) in a format, in the order it was noted."""
    rows = store.rows(_QUERY, [version, str(format)])
    return tuple(
        FormatReview(reviewer, uses_it, agrees, words, noted_by, from_stored(reviewed_at))
        for reviewer, uses_it, agrees, words, noted_by, reviewed_at in rows
    )


def note_review(
    store: Store,
    questionnaire: str,
    version: str,
    format: Format,
    *,
    reviewer: str,
    uses_it: bool,
    agrees: bool,
    words: str,
    by: str,
    now: datetime,
) -> bool:
    """Note what a reviewer says; False where it is the same as they said last. Raises OfferRefused, NotSaved."""
    check_review(reviewer, words, agrees=agrees, format=format)
    review = FormatReview(reviewer, uses_it, agrees, words, by, now)

    def work(cursor: DuckDBPyConnection) -> bool:
        said = [row for row in cursor.execute(_QUERY, [version, str(format)]).fetchall() if row[0] == reviewer]
        if said and said[-1][:4] == (reviewer, uses_it, agrees, words):
            return False
        (last,) = cursor.execute(
            "select coalesce(max(seq), 0) from format_reviews where questionnaire = ? and version = ? and format = ?",
            [questionnaire, version, str(format)],
        ).fetchall()[0]
        cursor.execute(
            "insert into format_reviews values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                questionnaire,
                version,
                str(format),
                last + 1,
                review.reviewer,
                review.uses_it,
                review.agrees,
                review.words,
                review.noted_by,
                to_stored(now),
            ],
        )
        told = {
            "format": str(format),
            "reviewer": reviewer,
            "uses_it": "yes" if uses_it else "no",
            "agrees": "yes" if agrees else "no",
            "words": words,
        }
        subject = f"version {questionnaire} {version}"
        record(cursor, actor=by, action="note format review", subject=subject, now=now, details=told)
        return True

    changed = store.journal.run(work)
    store.offers_changed += 1
    return changed


_QUERY = (
    "select reviewer, uses_it, agrees, words, noted_by, reviewed_at from format_reviews "
    "where version = ? and format = ? order by seq"
)
