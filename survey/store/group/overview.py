"""Rounds at a glance, counted where the rows are: what was said of each question, what waits for whom, what is to do.

A round has thousands of comments; none of them is read to show its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.coproduction.deciding import Result
from survey.coproduction.rounds import OPEN_STATES
from survey.coproduction.suggestions import Fate

if TYPE_CHECKING:
    from survey.store.connect import Store

_NEEDS_OUTCOME = """
    confirmed_at is not null and hidden_because = '' and not exists (
        select 1 from outcomes
        where outcomes.comment = comments.comment and outcomes.seq > coalesce(reopenings.after_seq, 0))
"""
"""Of comments, left joined with their reopenings: see `outcomes.without_outcome`."""


@dataclass(frozen=True)
class AboutQuestion:
    """How much the group has said of one question, or of the questionnaire as a whole."""

    comments: int = 0
    unanswered: int = 0
    """Comments without an outcome."""
    suggestions: int = 0


NOTHING_SAID = AboutQuestion()


@dataclass(frozen=True)
class Overview:
    """What a round's page shows beside its plan."""

    said: Mapping[str, AboutQuestion]
    """By item; under '' of the whole."""
    stories: int
    decisions: int


@dataclass(frozen=True)
class Waiting:
    """What a round has for one member to do."""

    votes: int = 0
    """Open votes that they have not cast, whether they have a vote or not."""
    answers: int = 0
    """Comments of theirs with an answer that they have not said anything to."""
    entries: int = 0
    """What somebody else wrote down for them and they have not confirmed."""


@dataclass(frozen=True)
class Outstanding:
    """What is to be done before a round can go on."""

    comments: int = 0
    """Without an outcome."""
    suggestions: int = 0
    """Not yet put to the vote."""
    votes: int = 0
    """Open votes whose last day has not passed."""
    counts: int = 0
    """Open votes whose last day has passed."""
    stops: int = 0
    ties: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing stands in the way."""
        return self == Outstanding()


def overview_of(store: Store, number: int) -> Overview:
    """What the group has said in a round, of each question and of the whole."""
    with store.as_of_now() as cursor:
        said: dict[str, AboutQuestion] = defaultdict(AboutQuestion)
        comments = cursor.execute(
            f"""
            select item, count(*), count(*) filter ({_NEEDS_OUTCOME})
            from comments left join reopenings using (comment)
            where round = ? and confirmed_at is not null and hidden_because = '' group by item
            """,
            [number],
        )
        for item, several, unanswered in comments.fetchall():
            said[item] = AboutQuestion(several, unanswered)
        suggestions = cursor.execute(
            "select item, count(*) from suggestions where round = ? and confirmed_at is not null and fate != ?"
            " group by item",
            [number, Fate.WITHDRAWN],
        )
        for item, several in suggestions.fetchall():
            said[item] = replace(said[item], suggestions=several)
        ((stories,),) = cursor.execute(
            "select count(*) from stories where round = ? and confirmed_at is not null and hidden_because = ''",
            [number],
        ).fetchall()
        ((decisions,),) = cursor.execute("select count(*) from decisions where round = ?", [number]).fetchall()
    return Overview(dict(said), stories, decisions)


def waiting_for_member(store: Store, account: int, today: date) -> dict[int, Waiting]:
    """By round, what there is to do for a member in those in which they are asked, all of which are there."""
    with store.as_of_now() as cursor:
        asked = cursor.execute("select round from asked where account = ?", [account]).fetchall()
        counted = {
            "votes": _by_round(
                cursor,
                """
                select round, count(*) from decisions join rounds using (round)
                where decisions.result = ? and closes_on >= ? and list_contains(?, state) and not exists (
                    select 1 from votes where votes.decision = decisions.decision and votes.account = ?)
                group by round
                """,
                Result.OPEN,
                today,
                [*OPEN_STATES],
                account,
            ),
            "answers": _by_round(
                cursor,
                """
                select round, count(*) from comments
                where author = ? and comment in (select comment from outcomes)
                    and comment not in (select comment from reflections)
                group by round
                """,
                account,
            ),
            "entries": _by_round(
                cursor,
                """
                select round, count(*) from (
                    select round, author as account, confirmed_at, confirmed_how from comments
                    union all select round, author, confirmed_at, confirmed_how from suggestions
                    union all select round, author, confirmed_at, confirmed_how from stories
                    union all
                    select round, account, confirmed_at, confirmed_how from votes join decisions using (decision))
                where account = ? and confirmed_at is null and confirmed_how = '' group by round
                """,
                account,
            ),
        }
    return {number: Waiting(**{what: some.get(number, 0) for what, some in counted.items()}) for (number,) in asked}


def outstanding_by_round(store: Store, today: date) -> dict[int, Outstanding]:
    """By open round with something to do, what that is."""
    with store.as_of_now() as cursor:
        rows = cursor.execute(
            f"""
            select round, what, count(*) from (
                select round, 'comments' as what from comments left join reopenings using (comment)
                where {_NEEDS_OUTCOME}
                union all
                select round, 'suggestions' from suggestions where fate = $suggested and confirmed_at is not null
                union all
                select round, case
                        when result = $stopped then 'stops' when result = $tied then 'ties'
                        when closes_on < $today then 'counts' else 'votes' end
                from decisions where list_contains([$open, $stopped, $tied], result)
            ) join rounds using (round) where list_contains($states, state) group by all
            """,
            {
                "suggested": Fate.SUGGESTED,
                "stopped": Result.STOPPED,
                "tied": Result.TIED,
                "open": Result.OPEN,
                "today": today,
                "states": [*OPEN_STATES],
            },
        ).fetchall()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for number, what, several in rows:
        found[number][what] = several
    return {number: Outstanding(**counted) for number, counted in found.items()}


def is_newcomer(store: Store, account: int) -> bool:
    """Whether somebody has done nothing in the group yet: read no question, said nothing, agreed to no text of it."""
    rows = store.rows(
        "select 1 from questions_read where account = $1 union all select 1 from comments where author = $1"
        " union all select 1 from text_agreements where account = $1 limit 1",
        [account],
    )
    return not rows


def _by_round(cursor: DuckDBPyConnection, sql: str, *values: object) -> dict[int, int]:
    return dict(cursor.execute(sql, [*values]).fetchall())
