"""Closing the circle in the store: outcomes, what authors say to them, answers of sponsors; each with its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.closing import (
    ANSWER_TAKES,
    FACILITATOR,
    OPENED_LATE,
    Answer,
    Drafted,
    Power,
    Reflects,
    Unclosed,
    check_answer,
    check_decider,
    check_outcome,
    check_reflection,
    check_reopening,
    check_reopening_words,
    check_signature,
    last_day_to_reopen,
)
from survey.coproduction.letter_words import About
from survey.coproduction.people import Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.saying import Became, Comment
from survey.coproduction.suggestions import Fate
from survey.coproduction.working_days import add_working_days
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.answers import answer_of, sign_answer
from survey.store.group.comments import comment_of
from survey.store.group.letters import write_letters
from survey.store.group.outcomes import add_outcome, course_of, reflect, reopen
from survey.store.group.people import person_of
from survey.store.group.rounds import round_of

if TYPE_CHECKING:
    from survey.store.connect import Store


def give_outcome(
    store: Store, deed: Deed, comment: Comment, read: Callable[[], Drafted], seen: int, today: date
) -> None:
    """Say what became of a comment, unless somebody else has since the outcome `seen` (0 for none). Raises Refused.

    `read` gives the outcome from what was sent, or raises Refused itself. The author gets a letter.
    """

    def work(cursor: DuckDBPyConnection) -> None:
        current, course = comment_of(cursor, comment.id), course_of(cursor, comment.id)
        round_ = round_of(cursor, current.round)
        by = person_of(cursor, deed.by)
        check_decider(by)
        drafted = read()
        check_outcome(round_, current, by, drafted, _fates(cursor, round_.id), today)
        if course.seq != seen:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        add_outcome(cursor, current.id, seen + 1, drafted, deed.by.id, deed.now)
        write_letters(cursor, [current.author], About.OUTCOME, round_.id, deed.now)

    carry_out_in_round(store, deed, comment.round, work)


def say_if_it_reflects(
    store: Store, deed: Deed, comment: Comment, seen: int, reflects: str, words: str, way: Way
) -> None:
    """Say for the author whether the outcome `seen` reflects what they said. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        course = course_of(cursor, comment.id)
        check_reflection(comment_of(cursor, comment.id), course, person_of(cursor, deed.by, way), words)
        if course.seq != seen:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        if reflects not in set(Reflects):
            raise Refused(Unclosed.NOTHING_CHOSEN)
        reflect(cursor, comment.id, seen, Reflects(reflects), words, deed.now)

    carry_out_in_round(store, deed, comment.round, work)


def reopen_comment(store: Store, deed: Deed, comment: Comment, seen: int, words: str, way: Way, today: date) -> None:
    """Open a comment again for its author. Raises Refused.

    While the review runs it is without outcome again. After that it is one to talk about, with a day, as nothing else
    would bring it back to anyone.
    """

    def work(cursor: DuckDBPyConnection) -> None:
        current, course = comment_of(cursor, comment.id), course_of(cursor, comment.id)
        round_ = round_of(cursor, current.round)
        last_day = last_day_to_reopen(round_, course)
        check_reopening(current, course, person_of(cursor, deed.by, way), last_day, today)
        check_reopening_words(words)
        if course.seq != seen:
            raise Refused(NotAllowed.CHANGED_MEANWHILE)
        reopen(cursor, current.id, seen, words, deed.now)
        if last_day is not None:
            add_outcome(cursor, current.id, seen + 1, _to_talk_about(today), deed.by.id, deed.now)

    carry_out_in_round(store, deed, comment.round, work)


def answer_round(store: Store, deed: Deed, answer: Answer, way: Way = Way.SELF, *, is_signed: bool) -> None:
    """Sign the answer to a round. Raises Refused, also where it is not said that this is what is done."""

    def work(cursor: DuckDBPyConnection) -> None:
        round_ = round_of(cursor, answer.round)
        check_answer(round_, person_of(cursor, deed.by, way), answer_of(cursor, answer.round))
        check_signature(answer)
        if not is_signed:
            raise Refused(Unclosed.NOT_SIGNED)
        sign_answer(cursor, replace(answer, signed_at=deed.now), deed.by.id)

    carry_out_in_round(store, deed, answer.round, work)


def _to_talk_about(today: date) -> Drafted:
    due_on = add_working_days(today, ANSWER_TAKES)
    return Drafted(Became.DISCUSS, OPENED_LATE, Power.GROUP, owner=FACILITATOR, due_on=due_on)


def _fates(cursor: DuckDBPyConnection, number: int) -> dict[int, Fate]:
    rows = cursor.execute("select suggestion, fate from suggestions where round = ?", [number]).fetchall()
    return {suggestion: Fate(fate) for suggestion, fate in rows}
