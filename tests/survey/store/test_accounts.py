"""Signing in: a link once within the hour, or six digits with few tries; nothing of either is stored."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from survey.config import Config
from survey.store.accounts import (
    AccountError,
    LinkError,
    LinkProblem,
    Role,
    add_account,
    find_account,
    list_accounts,
    make_link,
    spend_code,
    spend_link,
)
from survey.store.audit import list_audit
from survey.store.connect import Store, open_store
from tests.survey.store.builders import NOON

SOON = NOON + timedelta(minutes=59, seconds=59)
LATE = NOON + timedelta(minutes=60)


@pytest.fixture
def account(store: Store) -> int:
    return add_account(store, "Asha Rahman", Role.STAFF, NOON).id


def other_than(code6: str) -> str:
    return f"{(int(code6) + 1) % 1_000_000:06}"


def test_an_account_is_found_by_number_and_listed_by_name(store: Store, account: int) -> None:
    add_account(store, "Aaron", Role.LIVED_EXPERIENCE, NOON)
    found = find_account(store, account)
    assert found is not None
    assert (found.name, found.role, found.added_at) == ("Asha Rahman", Role.STAFF, NOON)
    assert [each.name for each in list_accounts(store)] == ["Aaron", "Asha Rahman"]
    assert find_account(store, 99) is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "tab\0zero"])
def test_a_name_that_nobody_could_type_is_refused(store: Store, name: str) -> None:
    with pytest.raises(AccountError, match="1 to 100 characters"):
        add_account(store, name, Role.STAFF, NOON)


@pytest.mark.usefixtures("account")
def test_a_name_is_taken_once(store: Store) -> None:
    with pytest.raises(AccountError, match="already"):
        add_account(store, " Asha  Rahman ", Role.ADMIN, NOON)


def test_a_link_signs_in_once(store: Store, key: bytes, account: int) -> None:
    link = make_link(store, key, "Asha Rahman", NOON)
    assert spend_link(store, key, link.token, SOON).account.id == account
    with pytest.raises(LinkError) as caught:
        spend_link(store, key, link.token, SOON)
    assert caught.value.kind is LinkProblem.SPENT
    with pytest.raises(LinkError) as caught:
        spend_code(store, key, "Asha Rahman", link.code6, SOON)
    assert caught.value.kind is LinkProblem.UNKNOWN


def test_the_digits_sign_in_once_and_spend_the_link(store: Store, key: bytes, account: int) -> None:
    link = make_link(store, key, "Asha Rahman", NOON)
    assert spend_code(store, key, "Asha Rahman", f" {link.code6[:3]} {link.code6[3:]} ", SOON).account.id == account
    with pytest.raises(LinkError) as caught:
        spend_link(store, key, link.token, SOON)
    assert caught.value.kind is LinkProblem.SPENT


@pytest.mark.usefixtures("account")
def test_after_an_hour_neither_works(store: Store, key: bytes) -> None:
    link = make_link(store, key, "Asha Rahman", NOON)
    assert link.expires_at == LATE
    with pytest.raises(LinkError) as caught:
        spend_link(store, key, link.token, LATE)
    assert caught.value.kind is LinkProblem.EXPIRED
    with pytest.raises(LinkError) as caught:
        spend_code(store, key, "Asha Rahman", link.code6, LATE)
    assert caught.value.kind is LinkProblem.EXPIRED


@pytest.mark.usefixtures("account")
def test_five_wrong_tries_void_the_digits_of_that_link_only(store: Store, key: bytes) -> None:
    link = make_link(store, key, "Asha Rahman", NOON)
    for _ in range(5):
        with pytest.raises(LinkError) as caught:
            spend_code(store, key, "Asha Rahman", other_than(link.code6), SOON)
        assert caught.value.kind is LinkProblem.WRONG_CODE
    with pytest.raises(LinkError) as caught:
        spend_code(store, key, "Asha Rahman", link.code6, SOON)
    assert caught.value.kind is LinkProblem.TOO_MANY_TRIES
    newer = make_link(store, key, "Asha Rahman", NOON)
    assert spend_code(store, key, "Asha Rahman", newer.code6, SOON).account.name == "Asha Rahman"


def test_a_link_lives_on_when_its_digits_are_void(store: Store, key: bytes, account: int) -> None:
    link = make_link(store, key, "Asha Rahman", NOON)
    for _ in range(6):
        with pytest.raises(LinkError):
            spend_code(store, key, "Asha Rahman", other_than(link.code6), SOON)
    assert spend_link(store, key, link.token, SOON).account.id == account


def test_four_wrong_tries_do_not(store: Store, key: bytes, account: int) -> None:
    link = make_link(store, key, "Asha Rahman", NOON)
    for _ in range(4):
        with pytest.raises(LinkError):
            spend_code(store, key, "Asha Rahman", other_than(link.code6), SOON)
    assert spend_code(store, key, "Asha Rahman", link.code6, SOON).account.id == account


def test_a_newer_link_replaces_the_older(store: Store, key: bytes, account: int) -> None:
    older = make_link(store, key, "Asha Rahman", NOON)
    newer = make_link(store, key, "Asha Rahman", NOON)
    with pytest.raises(LinkError) as caught:
        spend_link(store, key, older.token, SOON)
    assert caught.value.kind is LinkProblem.SPENT
    assert spend_link(store, key, newer.token, SOON).account.id == account


@pytest.mark.usefixtures("account")
def test_who_has_an_account_cannot_be_found_out_with_digits(store: Store, key: bytes) -> None:
    kinds = []
    for name in ("Asha Rahman", "Nobody"):
        with pytest.raises(LinkError) as caught:
            spend_code(store, key, name, "000000", NOON)
        kinds.append(caught.value.kind)
    assert kinds == [LinkProblem.UNKNOWN] * 2


def test_a_made_up_token_is_unknown_and_a_made_up_name_gets_no_link(store: Store, key: bytes) -> None:
    with pytest.raises(LinkError) as caught:
        spend_link(store, key, "made up", NOON)
    assert caught.value.kind is LinkProblem.UNKNOWN
    with pytest.raises(AccountError, match="There is no account 'Nobody'"):
        make_link(store, key, "Nobody", NOON)


def test_tokens_and_digits_are_nowhere_in_the_files_or_in_a_repr(config: Config, tmp_path: Path) -> None:
    store = open_store(config)
    add_account(store, "Asha Rahman", Role.STAFF, NOON)
    link = make_link(store, config.code_key, "Asha Rahman", NOON)
    store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert link.token.encode() not in written
    assert link.token not in repr(link)
    assert link.code6 not in repr(link)


@pytest.mark.usefixtures("account")
def test_everything_about_accounts_is_audited(store: Store, key: bytes) -> None:
    link = make_link(store, key, "Asha Rahman", NOON, actor="Facilitator")
    spend_link(store, key, link.token, SOON)
    assert [(row.actor, row.action, row.subject) for row in reversed(list_audit(store))] == [
        ("command line", "add account", "Asha Rahman"),
        ("Facilitator", "make sign-in link", "Asha Rahman"),
        ("Asha Rahman", "sign in", "Asha Rahman"),
    ]
