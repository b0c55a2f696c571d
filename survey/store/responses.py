"""Responses: begun once, saved page by page as events, sent, and found again by their return code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey.codes import Purpose, hash_code, new_code, normalise
from survey.questionnaire.answers import Answers, Value, from_json, to_json
from survey.store.clock import from_stored, to_stored
from survey.store.invitations import Invitation
from survey.store.journal import Event, NotSaved

if TYPE_CHECKING:
    from survey.store.connect import Store

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_RANDOM_BITS = 21
CLOCK_SLACK = timedelta(days=1)
"""How far the clock may have been set back since a response began, without an event of it being overlooked."""


class Status(StrEnum):
    """How far a response has come; the last one it reached counts."""

    STARTED = "started"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class AlreadyStarted(Exception):
    """The invitation has begun a response; only its return code leads there."""


class AlreadySubmitted(Exception):
    """The response has been sent or withdrawn, and takes no more answers."""


class WaveClosed(Exception):
    """The wave is closed or unknown, so nothing can be begun in it."""


class UnknownResponse(Exception):
    """There is no such response: it was erased, or its number comes from elsewhere."""


@dataclass(frozen=True)
class ResponseState:
    """A response as it stands. `seq` counts what was saved of it; the cookie carries it, see `load_response`."""

    response: int
    wave: str
    version: str
    area: str | None
    """The invitation's area; None with an open link, where only an answer can say it."""
    area_source: str | None
    """`invitation` when `area` is known, else None."""
    vintage: str
    started_at: datetime
    status: Status
    seq: int
    pages: Mapping[str, Answers]
    """What was last saved of each page, on the path or not; a page saved without answers is there and empty."""
    read_in: frozenset[tuple[str, str]] = frozenset()
    """Every language and format in which a page of it was saved."""

    @property
    def answers(self) -> dict[str, Value]:
        """The answers of all pages together."""
        return {item: value for answers in self.pages.values() for item, value in answers.items()}


def new_response_id(started_at: datetime, random: Random) -> int:
    """An id that sorts by time: milliseconds since 2020, then 21 random bits. Fits a BIGINT until 2159."""
    milliseconds = int((started_at - _EPOCH).total_seconds() * 1000)
    return milliseconds << _RANDOM_BITS | random.getrandbits(_RANDOM_BITS)


def start_response(
    store: Store,
    key: bytes,
    *,
    wave: str,
    invitation: Invitation | None,
    page: str,
    answers: Answers,
    locale: str,
    format: str,
    mode: str,
    now: datetime,
    return_code: str | None = None,
    random: Random | None = None,
) -> tuple[ResponseState, str]:
    """Begin a response with its first page, and give it the return code that is shown to the respondent once.

    A caller that may send the same start twice (a double click) makes the return code itself, with `new_code`, and
    passes it both times: the second start then gives the response that the first one began. Raises AlreadyStarted
    when the invitation has begun another response, WaveClosed, NotSaved.
    """
    started_at = to_stored(now)
    source = random or SystemRandom()
    code = normalise(return_code) if return_code else new_code(source)
    return_hash = hash_code(key, Purpose.RETURN, code)

    def work(cursor: DuckDBPyConnection) -> int | ResponseState:
        same = cursor.execute("select response from responses where return_hash = ?", [return_hash]).fetchone()
        if same:
            return int(same[0])
        found = cursor.execute(
            "select version, vintage from waves where wave = ? and closed_at is null", [wave]
        ).fetchone()
        if found is None:
            raise WaveClosed(wave)
        if invitation is not None:
            taken = "select 1 from responses where invitation = ?"
            if cursor.execute(taken, [invitation.id]).fetchone():
                raise AlreadyStarted(f"invitation {invitation.id}")
        state = ResponseState(
            response=new_response_id(now, source),
            wave=wave,
            version=found[0],
            area=invitation.area if invitation else None,
            area_source="invitation" if invitation else None,
            vintage=found[1],
            started_at=from_stored(started_at),
            status=Status.STARTED,
            seq=1,
            pages={page: dict(answers)},
            read_in=frozenset({(locale, format)}),
        )
        invited = invitation.id if invitation else None
        cursor.execute(
            "insert into responses values (?, ?, ?, ?, ?, ?, ?, ?)",
            [state.response, return_hash, state.wave, state.version, state.vintage, state.area, invited, started_at],
        )
        cursor.execute(
            "insert into events values (?, ?, ?, ?, ?, ?, ?, ?)",
            [state.response, state.seq, page, to_json(answers), locale, format, mode, started_at],
        )
        return state

    begun = store.journal.run(work)
    state = begun if isinstance(begun, ResponseState) else load_response(store, begun, fresh=True)
    if state is None:
        raise UnknownResponse(str(begun))
    store.responses.put(state)
    return state, code


def save_page(
    store: Store,
    response: int,
    *,
    page: str,
    answers: Answers,
    locale: str,
    format: str,
    mode: str,
    now: datetime,
) -> ResponseState:
    """Save what was answered on a page; it replaces what the page said before, which is kept underneath.

    Returns once it is on the disk. Raises AlreadySubmitted, UnknownResponse, NotSaved.
    """
    with store.responses.lock(response):
        state = _load_started(store, response)
        seq = state.seq + 1
        event = Event(response, seq, page, to_json(answers), locale, format, mode, to_stored(now))
        try:
            store.journal.append(event)
        except NotSaved:
            store.responses.forget(response)
            raise
        pages, read_in = {**state.pages, page: dict(answers)}, state.read_in | {(locale, format)}
        saved = replace(state, seq=seq, pages=pages, read_in=read_in)
        store.responses.put(saved)
    return saved


def submit_response(
    store: Store, response: int, *, locale: str, format: str, mode: str, now: datetime
) -> ResponseState:
    """Send a response; sending it again changes nothing. Raises UnknownResponse, NotSaved.

    A response that was withdrawn stays so.
    """
    return _set_status(store, response, Status.SUBMITTED, locale=locale, format=format, mode=mode, now=now)


def withdraw_response(
    store: Store, response: int, *, locale: str, format: str, mode: str, now: datetime
) -> ResponseState:
    """Take a response back, sent or not: from now on it has no answers for anyone. Raises UnknownResponse, NotSaved."""
    return _set_status(store, response, Status.WITHDRAWN, locale=locale, format=format, mode=mode, now=now)


def load_response(
    store: Store, response: int, *, at_least_seq: int | None = None, fresh: bool = False
) -> ResponseState | None:
    """A response as it stands; None when there is none.

    It comes from the cache unless that has not got it, is older than `at_least_seq`, or `fresh` is asked for.
    """
    if not fresh:
        known = store.responses.find(response)
        if known is not None and known.seq >= (at_least_seq or 0):
            return known
    state = _read_response(store, response)
    if state is None:
        store.responses.forget(response)
    else:
        store.responses.put(state)
    return state


def find_by_return_code(store: Store, key: bytes, code: str) -> ResponseState | None:
    """The response with this return code, however it was typed, fresh from the store. Raises CodeError."""
    return_hash = hash_code(key, Purpose.RETURN, normalise(code))
    rows = store.rows("select response from responses where return_hash = ?", [return_hash])
    return load_response(store, rows[0][0], fresh=True) if rows else None


# --- From and to the tables -----------------------------------------------------


def _load_started(store: Store, response: int) -> ResponseState:
    state = load_response(store, response)
    if state is None:
        raise UnknownResponse(str(response))
    if state.status is not Status.STARTED:
        raise AlreadySubmitted(str(response))
    return state


def _set_status(
    store: Store, response: int, status: Status, *, locale: str, format: str, mode: str, now: datetime
) -> ResponseState:
    with store.responses.lock(response):
        state = load_response(store, response, fresh=True)
        if state is None:
            raise UnknownResponse(str(response))
        if state.status in {status, Status.WITHDRAWN}:
            return state
        seq = state.seq + 1
        row = [response, seq, status, locale, format, mode, to_stored(now)]

        def work(cursor: DuckDBPyConnection) -> None:
            cursor.execute("insert into statuses values (?, ?, ?, ?, ?, ?, ?)", row)

        store.journal.run(work)
        changed = replace(state, seq=seq, status=status, pages=_pages_shown(status, state.pages))
        store.responses.put(changed)
    return changed


def _pages_shown(status: Status, pages: Mapping[str, Answers]) -> Mapping[str, Answers]:
    return {} if status is Status.WITHDRAWN else pages


def _read_response(store: Store, response: int) -> ResponseState | None:
    """Two rows by their index, then the events by their time range: `saved_at` prunes all older row groups.

    Statuses are read first: what is saved meanwhile then makes the state too old, which its `seq` shows, and never
    a sent response that lacks its last page. (One query with subqueries took ten times as long.)
    """
    rows = store.rows("select wave, version, area, vintage, started_at from responses where response = ?", [response])
    if not rows:
        return None
    wave, version, area, vintage, started_at = rows[0]
    statuses = store.rows("select seq, status from statuses where response = ? order by seq", [response])
    events = store.rows(
        "select seq, page, answers, locale, format from events where response = ? and saved_at >= ? order by seq",
        [response, started_at - CLOCK_SLACK],
    )
    status = Status(statuses[-1][1]) if statuses else Status.STARTED
    pages = {page: from_json(answers) for _, page, answers, *_ in events}
    return ResponseState(
        response=response,
        wave=wave,
        version=version,
        area=area,
        area_source="invitation" if area is not None else None,
        vintage=vintage,
        started_at=from_stored(started_at),
        status=status,
        seq=max(seq for seq, *_ in [(0,), *statuses, *events]),
        pages=_pages_shown(status, pages),
        read_in=frozenset((locale, format) for *_, locale, format in events),
    )
