"""What happened to one question in the rounds of its questionnaire: what was said before, and who took part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from survey.coproduction.ladder import TakenPart
from survey.coproduction.people import SIDES, Side
from survey.coproduction.rounds import Round
from survey.coproduction.saying import Became, Kind
from survey.coproduction.suggestions import Fate
from survey.store.clock import from_stored
from survey.store.group.people import SEATS

if TYPE_CHECKING:
    from survey.store.connect import Store

MOST_SHOWN = 50
"""So many earlier comments on one question are read; the rest is in the lists of their rounds."""

_LIVED_ROLES = [role for role, seat in SEATS.items() if SIDES.get(seat) is Side.LIVED_EXPERIENCE]

_SAID_BEFORE = """
select comment, comments.round, rounds.title, comments.kind, comments.words, author, said_at,
    became, latest.words, power, owner, due_on
from comments join rounds using (round) left join (
    select outcomes.* from outcomes join comments using (comment) where comments.item = $1
    qualify row_number() over (partition by outcomes.comment order by seq desc) = 1
) latest using (comment)
where questionnaire = $2 and comments.round < $3 and comments.item = $1
    and confirmed_at is not null and hidden_because = ''
order by comment desc limit $4
"""

# A suggestion for a new question hangs on the one it follows; the question it is about is in the change itself.
_ABOUT = """(
    coalesce(json_extract_string(change, '$.question.id'), json_extract_string(change, '$.item')) = $1
)"""

_TAKEN_PART = f"""
with of_rounds as (
    select round from rounds where questionnaire = $2 and round <= $3
), suggested as (
    select suggestions.*, list_contains($4, accounts.role) as lived,
        json_extract_string(change, '$.do') = 'add_question' as is_new
    from suggestions join accounts on accounts.account = suggestions.author
    where round in (from of_rounds) and confirmed_at is not null and fate <> '{Fate.WITHDRAWN}' and {_ABOUT}
)
select
    exists (
        select 1 from comments join accounts on accounts.account = comments.author
        where round in (from of_rounds) and item = $1 and confirmed_at is not null and hidden_because = ''
            and list_contains($4, accounts.role)
    ),
    exists (from suggested where lived),
    exists (
        from votes join decisions using (decision) join suggested on suggested.suggestion = decisions.suggestion
        where counted_at is not null and votes.confirmed_at is not null and list_contains($5, seat)
    ),
    exists (from suggested where lived and fate = '{Fate.AGREED}'),
    exists (from suggested where lived and fate = '{Fate.AGREED}' and is_new)
"""


@dataclass(frozen=True)
class SaidBefore:
    """A comment of an earlier round, and what became of it; `became` None while nothing did."""

    comment: int
    round: int
    title: str
    kind: Kind
    words: str
    author: int
    said_at: datetime
    became: Became | None
    outcome: str
    power: str
    owner: str
    due_on: date | None


def said_before(store: Store, round: Round, item: str) -> tuple[SaidBefore, ...]:
    """What members said about a question in earlier rounds, the latest first; what was hidden is left out."""
    rows = store.rows(_SAID_BEFORE, [item, round.questionnaire, round.id, MOST_SHOWN])
    return tuple(
        SaidBefore(
            comment=comment,
            round=number,
            title=title,
            kind=Kind(kind),
            words=words,
            author=author,
            said_at=from_stored(said_at),
            became=None if became is None else Became(became),
            outcome=outcome or "",
            power=power or "",
            owner=owner or "",
            due_on=due_on,
        )
        for comment, number, title, kind, words, author, said_at, became, outcome, power, owner, due_on in rows
    )


def taken_part(store: Store, round: Round, item: str) -> TakenPart:
    """What the side of lived experience has done about a question up to a round."""
    lived_seats = [seat for seat, side in SIDES.items() if side is Side.LIVED_EXPERIENCE]
    (row,) = store.rows(_TAKEN_PART, [item, round.questionnaire, round.id, _LIVED_ROLES, lived_seats])
    return TakenPart(*row)
