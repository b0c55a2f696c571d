"""The postman: letters that wait are sent once, what fails is tried again later, and the reason is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from survey.config import MailServer
from survey.coproduction.letter_words import About
from survey.letters import Postman
from survey.store.accounts import Role, add_account
from survey.store.connect import Store, open_store
from survey.store.group.letters import MOST_TRIES, STALE, Letter, letters_of, waiting_letters, write_letters
from tests.survey.postbox import Postbox, free_port, postbox, server_at
from tests.survey.review.group import Clock
from tests.survey.store.builders import config_for


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(config_for(tmp_path))) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def mail() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


def add_member(store: Store, clock: Clock, name: str, email: str) -> int:
    account = add_account(store, name, Role.LIVED_EXPERIENCE, clock()).id
    store.journal.run(
        lambda cursor: cursor.execute(
            "insert into members by name select ? as account, '' as display_name, 'real' as naming, false as lives_it,"
            " 'self' as way, '' as supporter, ? as email, '[]' as needs, '' as needs_words, 60 as minutes_a_month,"
            " false as wants_pay, '{}' as about, 1 as revision, ? as changed_at",
            [account, email, clock().replace(tzinfo=None)],
        )
    )
    return account


def write(store: Store, clock: Clock, *accounts: int, about: About = About.OUTCOME) -> None:
    store.journal.run(lambda cursor: write_letters(cursor, accounts, about, 1, clock()))


def only_letter(store: Store, account: int) -> Letter:
    [letter] = letters_of(store, account)
    return letter


def make_postman(store: Store, clock: Clock, server: MailServer) -> Postman:
    return Postman(store, server, "https://survey.example.org", clock, patience=1)


def test_a_letter_is_sent_once_and_says_where_to_sign_in(store: Store, clock: Clock, mail: Postbox) -> None:
    lee = add_member(store, clock, "lee", "lee@example.org")
    write(store, clock, lee)
    postman = make_postman(store, clock, mail.server)
    postman.send_waiting()
    postman.send_waiting()
    letter = mail.take()
    assert letter["To"] == "lee@example.org"
    assert "https://survey.example.org/review/" in letter.get_content()
    assert mail.is_empty
    assert only_letter(store, lee).sent_at == clock()


def test_a_refused_address_is_tried_again_after_longer_and_longer_pauses(
    store: Store, clock: Clock, mail: Postbox
) -> None:
    mail.refused.add("gone@example.org")
    gone = add_member(store, clock, "gone", "gone@example.org")
    lee = add_member(store, clock, "lee", "lee@example.org")
    write(store, clock, gone, lee)
    postman = make_postman(store, clock, mail.server)
    postman.send_waiting()
    assert mail.take()["To"] == "lee@example.org"
    assert "550" in only_letter(store, gone).problem
    tries = 1
    for minutes in (1, 2, 4, 8):
        clock.advance(minutes=minutes, seconds=-1)
        assert waiting_letters(store, clock()) == ()
        clock.advance(seconds=1)
        assert len(waiting_letters(store, clock())) == 1
        postman.send_waiting()
        tries += 1
    for _ in range(MOST_TRIES - tries):
        clock.advance(days=0.4)
        postman.send_waiting()
    clock.advance(days=1)
    assert waiting_letters(store, clock()) == ()
    mail.refused.clear()


def test_without_a_server_everything_waits_and_the_reason_is_kept(store: Store, clock: Clock, mail: Postbox) -> None:
    lee = add_member(store, clock, "lee", "lee@example.org")
    noor = add_member(store, clock, "noor", "noor@example.org")
    write(store, clock, lee, noor)
    make_postman(store, clock, server_at(free_port())).send_waiting()
    assert [only_letter(store, each).problem[:22] for each in (lee, noor)] == ["ConnectionRefusedError"] * 2
    assert waiting_letters(store, clock()) == ()
    clock.advance(minutes=1)
    make_postman(store, clock, mail.server).send_waiting()
    assert {mail.take()["To"], mail.take()["To"]} == {"lee@example.org", "noor@example.org"}
    assert only_letter(store, lee).problem == ""


def test_who_has_no_address_has_left_or_is_told_of_something_long_past_gets_no_mail(store: Store, clock: Clock) -> None:
    cara = add_member(store, clock, "cara", "")
    left = add_member(store, clock, "left", "left@example.org")
    late = add_member(store, clock, "late", "late@example.org")
    write(store, clock, cara, left, late)
    store.journal.run(
        lambda cursor: cursor.execute(
            "insert into departures by name select ? as account, 'moved' as reason, ? as gone_at",
            [left, clock().replace(tzinfo=None)],
        )
    )
    assert [waiting.address for waiting in waiting_letters(store, clock())] == ["late@example.org"]
    clock.advance(days=STALE.days)
    assert waiting_letters(store, clock()) == ()
    assert only_letter(store, cara).sent_at is None


def test_an_address_that_would_write_headers_is_a_problem_and_not_a_mail(
    store: Store, clock: Clock, mail: Postbox
) -> None:
    odd = add_member(store, clock, "odd", "odd@example.org\r\nBcc: all@example.org")
    write(store, clock, odd)
    make_postman(store, clock, mail.server).send_waiting()
    assert mail.is_empty
    assert "no address" in only_letter(store, odd).problem


def test_a_letter_holds_no_words_of_anyone_and_no_way_in(store: Store, clock: Clock) -> None:
    lee = add_member(store, clock, "lee", "lee@example.org")
    for about in About:
        write(store, clock, lee, about=about)
    for letter in letters_of(store, lee):
        assert "sign-in/" not in letter.words
        assert "lee" not in letter.words


def test_the_postman_comes_by_himself_until_he_is_stopped(store: Store, clock: Clock, mail: Postbox) -> None:
    write(store, clock, add_member(store, clock, "lee", "lee@example.org"))
    with closing(make_postman(store, clock, mail.server)) as postman:
        postman.start()
        assert mail.take()["To"] == "lee@example.org"
