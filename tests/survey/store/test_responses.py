"""Responses: begun once, every page kept, the newest counts, sent once, and found only by the return code."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import pytest

from survey.codes import CodeError, new_code
from survey.config import Config
from survey.store import cache
from survey.store.connect import Store, open_store
from survey.store.invitations import Invitation, find_invitation, issue_codes
from survey.store.journal import NotSaved
from survey.store.responses import (
    AlreadyStarted,
    AlreadySubmitted,
    ResponseState,
    Status,
    UnknownResponse,
    WaveClosed,
    find_by_return_code,
    load_response,
    new_response_id,
    save_page,
    start_response,
    submit_response,
    withdraw_response,
)
from survey.store.waves import close_wave
from tests.survey.store.builders import NOON, begin, open_tiny_wave, said

LATER = NOON + timedelta(hours=5)


@pytest.fixture(autouse=True)
def wave(store: Store) -> None:
    open_tiny_wave(store)


def invite(store: Store, key: bytes) -> Invitation:
    (code,) = issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    found = find_invitation(store, key, code)
    assert found is not None
    return found


def start_with(store: Store, key: bytes, invitation: Invitation, **more: Any) -> tuple[ResponseState, str]:
    first: dict[str, Any] = {"wave": "2026", "page": "consent", "answers": {"taking_part": "yes"}}
    return start_response(store, key, invitation=invitation, **first, **said(), **more)


# --- Begin ------------------------------------------------------------------------


def test_a_response_begins_with_its_first_page(store: Store, key: bytes) -> None:
    state, code = begin(store, key)
    assert state.status is Status.STARTED
    assert (state.seq, state.pages) == (1, {"consent": {"taking_part": "yes"}})
    assert (state.wave, state.vintage, state.area, state.area_source) == ("2026", "2026", None, None)
    assert state.started_at == NOON
    assert load_response(store, state.response, fresh=True) == state
    assert find_by_return_code(store, key, code) == state


def test_an_invitation_brings_its_area(store: Store, key: bytes) -> None:
    invitation = invite(store, key)
    state, _ = start_with(store, key, invitation)
    assert (state.area, state.area_source) == ("QWO", "invitation")
    assert load_response(store, state.response, fresh=True) == state


def test_an_invitation_begins_one_response(store: Store, key: bytes) -> None:
    invitation = invite(store, key)
    start_with(store, key, invitation)
    with pytest.raises(AlreadyStarted):
        start_with(store, key, invitation)


def test_starts_at_the_same_moment_are_one_response(store: Store, key: bytes) -> None:
    invitation = invite(store, key)
    with ThreadPoolExecutor(12) as pool:
        tries = [pool.submit(start_with, store, key, invitation) for _ in range(12)]
    begun = [each for each in tries if each.exception() is None]
    assert len(begun) == 1
    assert all(isinstance(each.exception(), AlreadyStarted | None) for each in tries)
    assert store.rows("select count(*) from responses") == [(1,)]
    assert store.rows("select count(*) from events") == [(1,)]


@pytest.mark.parametrize("invited", [True, False])
def test_a_start_sent_twice_with_one_return_code_is_one_response(store: Store, key: bytes, invited: bool) -> None:
    invitation = invite(store, key) if invited else None
    code = new_code(SystemRandom())

    def start() -> tuple[ResponseState, str]:
        return start_response(
            store, key, wave="2026", invitation=invitation, page="p", answers={}, return_code=code, **said()
        )

    with ThreadPoolExecutor(4) as pool:
        tries: list[Future[tuple[ResponseState, str]]] = [pool.submit(start) for _ in range(4)]
    assert len({each.result()[0].response for each in tries}) == 1
    assert {each.result()[1] for each in tries} == {code}


def test_nothing_begins_in_a_wave_that_is_closed_or_unknown(store: Store, key: bytes) -> None:
    invitation = invite(store, key)
    with pytest.raises(WaveClosed):
        begin(store, key, wave="2031")
    close_wave(store, "2026", NOON)
    with pytest.raises(WaveClosed):
        begin(store, key)
    with pytest.raises(WaveClosed):
        start_with(store, key, invitation)
    assert store.rows("select count(*) from responses") == [(0,)]


def test_a_moment_without_a_zone_is_refused_and_any_zone_means_the_moment(store: Store, key: bytes) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        begin(store, key, now=datetime(2026, 9, 1, 12))
    state, _ = begin(store, key, now=datetime(2026, 9, 1, 13, tzinfo=timezone(timedelta(hours=1))))
    assert state.started_at == datetime(2026, 9, 1, 12, tzinfo=UTC)
    assert store.rows("select saved_at from events") == [(datetime(2026, 9, 1, 12),)]


# --- Save -------------------------------------------------------------------------


def test_a_saved_page_is_there_when_read_afresh(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    answers = {"help": ("care", "chair"), "score": 7, "words": 'Zażółć 🙂 شکریہ \x00 it\'s "so"'}
    saved = save_page(store, state.response, page="words", answers=answers, **said(LATER))
    assert saved.pages == {"consent": {"taking_part": "yes"}, "words": answers}
    assert saved.answers == {"taking_part": "yes", **answers}
    assert load_response(store, state.response, fresh=True) == saved
    assert load_response(store, state.response) == saved


def test_a_hundred_thousand_characters_are_kept(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    save_page(store, state.response, page="words", answers={"words": "ع" * 100_000}, **said())
    read = load_response(store, state.response, fresh=True)
    assert read is not None
    assert read.answers["words"] == "ع" * 100_000


def test_the_newest_event_of_a_page_counts_and_the_older_stays(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    for answers in ({"words": "first"}, {"words": "second"}, {}):
        save_page(store, state.response, page="words", answers=answers, **said())
    read = load_response(store, state.response, fresh=True)
    assert read is not None
    assert read.pages["words"] == {}
    assert read.answers == {"taking_part": "yes"}
    kept = store.rows("select seq, answers from events where page = 'words' order by seq")
    assert kept == [(2, '{"words":"first"}'), (3, '{"words":"second"}'), (4, "{}")]


def test_pages_saved_at_the_same_moment_are_all_kept_under_numbers_of_their_own(store: Store, key: bytes) -> None:
    states = [begin(store, key)[0] for _ in range(3)]
    with ThreadPoolExecutor(16) as pool:
        for number in range(60):
            each = states[number % 3].response
            pool.submit(save_page, store, each, page=f"page-{number}", answers={"a": number}, **said())
    for each in states:
        read = load_response(store, each.response, fresh=True)
        assert read is not None
        assert (read.seq, len(read.pages)) == (21, 21)
        seqs = store.rows("select seq from events where response = ? order by seq", [each.response])
        assert seqs == [(seq,) for seq in range(1, 22)]
        assert load_response(store, each.response) == read


def test_saving_after_the_clock_was_set_back_is_not_overlooked(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    saved = save_page(store, state.response, page="p", answers={"a": 1}, **said(NOON - timedelta(hours=3)))
    assert load_response(store, state.response, fresh=True) == saved


def test_an_unknown_response_cannot_be_saved_sent_or_loaded(store: Store) -> None:
    assert load_response(store, 5) is None
    with pytest.raises(UnknownResponse):
        save_page(store, 5, page="p", answers={}, **said())
    with pytest.raises(UnknownResponse):
        submit_response(store, 5, **said())
    assert store.rows("select count(*) from events") == [(0,)]


def test_what_could_not_be_saved_is_not_shown_either(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    with pytest.raises(NotSaved):
        save_page(store, state.response, page="p", answers={"a": "\ud800"}, **said())
    assert load_response(store, state.response) == state
    assert save_page(store, state.response, page="p", answers={"a": "whole"}, **said()).seq == 2


# --- Send and withdraw --------------------------------------------------------------


def test_sending_is_seen_and_sending_again_changes_nothing(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    sent = submit_response(store, state.response, **said(LATER))
    assert (sent.status, sent.seq, sent.pages) == (Status.SUBMITTED, 2, state.pages)
    assert submit_response(store, state.response, **said(LATER + timedelta(hours=1))) == sent
    assert load_response(store, state.response, fresh=True) == sent
    row = (2, "submitted", "en-GB", "standard", "web", LATER.replace(tzinfo=None))
    assert store.rows("select seq, status, locale, format, mode, set_at from statuses") == [row]


def test_sending_twice_at_the_same_moment_is_sending_once(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    with ThreadPoolExecutor(8) as pool:
        results = [pool.submit(submit_response, store, state.response, **said()) for _ in range(8)]
    assert {each.result().seq for each in results} == {2}
    assert store.rows("select count(*) from statuses") == [(1,)]


def test_what_was_sent_takes_no_more_answers(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    submit_response(store, state.response, **said())
    with pytest.raises(AlreadySubmitted):
        save_page(store, state.response, page="p", answers={}, **said())
    store.responses.clear()
    with pytest.raises(AlreadySubmitted):
        save_page(store, state.response, page="p", answers={}, **said())


def test_what_was_withdrawn_shows_no_answers_and_stays_withdrawn(store: Store, key: bytes) -> None:
    state, code = begin(store, key)
    submit_response(store, state.response, **said())
    gone = withdraw_response(store, state.response, **said())
    assert (gone.status, gone.pages, gone.seq) == (Status.WITHDRAWN, {}, 3)
    assert find_by_return_code(store, key, code) == gone
    assert submit_response(store, state.response, **said()) == gone
    with pytest.raises(AlreadySubmitted):
        save_page(store, state.response, page="p", answers={}, **said())


# --- Find and remember --------------------------------------------------------------


def test_the_return_code_is_found_however_it_is_typed_and_only_with_the_key(store: Store, key: bytes) -> None:
    state, code = begin(store, key)
    assert find_by_return_code(store, key, code.lower().replace("-", " ")) == state
    assert find_by_return_code(store, key + b"!", code) is None
    assert find_by_return_code(store, key, "6MYW-V4A5-HVGH-PEWM") is None
    with pytest.raises(CodeError):
        find_by_return_code(store, key, "what was it again")


def test_an_invitation_code_is_no_return_code(store: Store, key: bytes) -> None:
    (code,) = issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    invitation = find_invitation(store, key, code)
    assert invitation is not None
    start_with(store, key, invitation)
    assert find_by_return_code(store, key, code) is None


def test_a_begun_invitation_says_so_and_no_more(store: Store, key: bytes) -> None:
    (code,) = issue_codes(store, key, wave="2026", area="QWO", count=1, now=NOON)
    invitation = find_invitation(store, key, code)
    assert invitation is not None
    state, return_code = start_with(store, key, invitation)
    assert find_invitation(store, key, code) == Invitation(invitation.id, "2026", "QWO", state.response)
    assert find_invitation(store, key, return_code) is None


def test_return_codes_are_nowhere_in_the_files(config: Config, store: Store, tmp_path: Path) -> None:
    codes = [begin(store, config.code_key)[1] for _ in range(10)]
    store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for code in codes:
        assert code.encode() not in written
        assert code.replace("-", "").encode() not in written


def test_a_response_is_found_after_the_store_was_opened_again(config: Config, store: Store) -> None:
    state, code = begin(store, config.code_key)
    saved = save_page(store, state.response, page="p", answers={"a": ("x",)}, **said())
    store.close()
    again = open_store(config)
    assert find_by_return_code(again, config.code_key, code) == saved
    again.close()


def test_the_cache_is_believed_unless_the_cookie_knows_more_or_fresh_is_asked_for(store: Store, key: bytes) -> None:
    state, _ = begin(store, key)
    row = [state.response, 2, "p", '{"a":1}', "en-GB", "standard", "web", NOON.replace(tzinfo=None)]
    store.journal.run(lambda cursor: cursor.execute("insert into events values (?, ?, ?, ?, ?, ?, ?, ?)", row))
    assert load_response(store, state.response) == state
    assert load_response(store, state.response, at_least_seq=1) == state
    newer = load_response(store, state.response, at_least_seq=2)
    assert newer is not None
    assert newer.answers["a"] == 1
    assert load_response(store, state.response) == newer


def test_a_slow_reader_does_not_put_an_older_state_over_a_newer(store: Store, key: bytes) -> None:
    older, _ = begin(store, key)
    newer = save_page(store, older.response, page="p", answers={"a": 1}, **said())
    store.responses.put(older)
    assert load_response(store, older.response) == newer


def test_the_cache_is_bounded_and_what_it_dropped_is_read_again(
    store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_RESPONSES", 3)
    states = [begin(store, key)[0] for _ in range(6)]
    assert [store.responses.find(each.response) is not None for each in states] == [False] * 3 + [True] * 3
    assert [load_response(store, each.response) for each in states] == states


def test_ids_sort_by_time_and_fit_a_bigint() -> None:
    moments = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(milliseconds=number) for number in range(50)]
    ids = [new_response_id(moment, Random(number)) for number, moment in enumerate(moments)]
    assert ids == sorted(set(ids))
    assert new_response_id(datetime(2150, 1, 1, tzinfo=UTC), Random(1)) < 2**63
