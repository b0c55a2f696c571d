"""What is kept of the people of the group: texts, profiles, offices, links, departures, each with one audit row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from survey.coproduction.membership import MemberReason, Need, Profile, TakingPart, TextKind
from survey.coproduction.people import Naming, Office, Seat, Way
from survey.coproduction.refusals import NotAllowed, Refused
from survey.store.accounts import (
    Account,
    AccountError,
    LinkError,
    LinkProblem,
    Role,
    add_account,
    find_account,
    list_accounts,
    list_present,
    make_link,
    spend_code,
    spend_link,
)
from survey.store.audit import list_audit
from survey.store.connect import Store, open_store
from survey.store.group.acting import Deed
from survey.store.group.departures import list_departures, remove_account, remove_member
from survey.store.group.links import show_link, shown_links_of
from survey.store.group.members import add_member, list_members, load_member, save_profile, save_taking_part
from survey.store.group.offices import give_office, take_office, terms_of
from survey.store.group.people import holders, how_people_are_shown, seats_of
from survey.store.group.texts import add_text, agree_to_text, agreement_of, newest_texts, versions_of, who_agreed
from tests.survey.store.builders import NOON, config_for

KEY = b"k" * 32


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(config_for(tmp_path))) as opened:
        yield opened


@pytest.fixture
def fay(store: Store) -> Account:
    return add_account(store, "fay", Role.FACILITATOR, NOON)


@pytest.fixture
def lee(store: Store) -> Account:
    return add_account(store, "lee", Role.LIVED_EXPERIENCE, NOON)


def deed(by: Account) -> Deed:
    return Deed(by, "try", "the group", NOON)


def refuse(store: Store, work: Callable[[], object]) -> tuple[object, ...]:
    """The reasons of what must be refused, with one audit row and no other."""
    before = len(list_audit(store))
    with pytest.raises(Refused) as caught:
        work()
    rows = list_audit(store)
    assert len(rows) == before + 1
    assert rows[0].action.startswith("refused: ")
    return caught.value.reasons


def test_who_is_in_the_group_is_known_before_anything_was_saved(store: Store, fay: Account, lee: Account) -> None:
    add_account(store, "ada", Role.ANALYST, NOON)
    assert [(member.name, member.seat, member.revision) for member in list_members(store)] == [
        ("fay", Seat.FACILITATOR, 0),
        ("lee", Seat.LIVED_EXPERIENCE, 0),
    ]
    member = load_member(store, lee.id)
    assert member is not None
    assert (member.since, member.profile, member.minutes_a_month) == (NOON.date(), Profile(), 120)


def test_what_a_member_says_comes_back_as_it_was_said(store: Store, lee: Account) -> None:
    said = Profile(
        display_name="Sunny",
        naming=Naming.DISPLAY,
        needs=frozenset({Need.BSL, Need.BREAKS}),
        needs_words="A quiet room",
        email="lee@example.org",
        minutes_a_month=45,
        wants_pay=False,
        about={"sex": "female"},
    )
    save_profile(store, deed(lee), lee.id, said, 0, {"sex": {"female"}})
    save_taking_part(store, deed(lee), lee.id, TakingPart(Way.SUPPORTER, "Mo", date(2024, 3, 1)), 1)
    member = load_member(store, lee.id)
    assert member is not None
    assert member.profile == said
    assert member.part == TakingPart(Way.SUPPORTER, "Mo", date(2024, 3, 1))
    assert (member.since, member.revision) == (date(2024, 3, 1), 2)
    assert member.said_at == NOON


def test_of_two_who_save_at_once_one_is_refused(store: Store, lee: Account) -> None:
    def save(minutes: int) -> bool:
        try:
            save_profile(store, deed(lee), lee.id, Profile(minutes_a_month=minutes), 0, {})
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        saved = list(pool.map(save, (10, 20, 30, 40)))
    assert sum(saved) == 1
    member = load_member(store, lee.id)
    assert member is not None
    assert member.minutes_a_month == (10, 20, 30, 40)[saved.index(True)]


def test_nobody_is_shown_under_the_name_of_another(store: Store, fay: Account, lee: Account) -> None:
    sunny = Profile(display_name="Sunny", naming=Naming.DISPLAY)
    save_profile(store, deed(lee), lee.id, sunny, 0, {})
    for name in ("lee", "SUNNY"):
        save = partial(save_profile, store, deed(fay), fay.id, replace(sunny, display_name=name), 0, {})
        assert refuse(store, save) == (MemberReason.NAME_TAKEN,)
    assert refuse(store, lambda: add_member(store, deed(fay), "Sunny", Role.CARER, None)) == (MemberReason.NAME_TAKEN,)


def test_a_member_is_added_with_a_seat_and_with_no_other_role(store: Store, fay: Account) -> None:
    added = add_member(store, deed(fay), "cara", Role.CARER, date(2025, 6, 1))
    member = load_member(store, added.id)
    assert member is not None
    assert (member.seat, member.since, member.said_at) == (Seat.CARER, date(2025, 6, 1), None)
    assert refuse(store, lambda: add_member(store, deed(fay), "eve", Role.ADMIN, None)) == (
        MemberReason.NO_SUCH_CHOICE,
    )
    assert [account.name for account in list_accounts(store)] == ["cara", "fay"]


def test_an_office_has_one_holder_and_a_history(store: Store, fay: Account, lee: Account) -> None:
    noor = add_account(store, "noor", Role.LIVED_EXPERIENCE, NOON)
    give_office(store, deed(fay), lee.id, Office.CO_CHAIR_LIVED)
    assert refuse(store, lambda: give_office(store, deed(fay), noor.id, Office.CO_CHAIR_LIVED)) == (
        MemberReason.OFFICE_TAKEN,
    )
    assert refuse(store, lambda: take_office(store, deed(fay), noor.id, Office.CO_CHAIR_LIVED)) == (
        MemberReason.OFFICE_NOT_HELD,
    )
    take_office(store, deed(fay), lee.id, Office.CO_CHAIR_LIVED)
    give_office(store, deed(fay), noor.id, Office.CO_CHAIR_LIVED)
    assert holders(store) == {Office.CO_CHAIR_LIVED: (noor.id,)}
    assert [term.until for term in terms_of(store, lee.id)] == [NOON]


def test_texts_are_never_overwritten(store: Store, fay: Account, lee: Account) -> None:
    add_text(store, deed(fay), TextKind.CONDUCT, {"words": "Be kind."}, seen=0)
    add_text(store, deed(fay), TextKind.CONDUCT, {"words": "Be kind. Listen."}, seen=1)
    reasons = refuse(store, lambda: add_text(store, deed(lee), TextKind.CONDUCT, {"words": "Shout."}, seen=1))
    assert reasons == (NotAllowed.CHANGED_MEANWHILE,)
    assert [(text.version, text.words["words"]) for text in versions_of(store, TextKind.CONDUCT)] == [
        (2, "Be kind. Listen."),
        (1, "Be kind."),
    ]
    assert newest_texts(store)[TextKind.CONDUCT].version == 2
    assert TextKind.PURPOSE not in newest_texts(store)


def test_one_agrees_to_the_newest_version_and_is_asked_again_for_a_newer(
    store: Store, fay: Account, lee: Account
) -> None:
    nothing = refuse(store, lambda: agree_to_text(store, deed(lee), TextKind.CONDUCT, 0))
    assert nothing == (NotAllowed.CHANGED_MEANWHILE,)
    add_text(store, deed(fay), TextKind.CONDUCT, {"words": "Be kind."}, seen=0)
    for _ in range(2):
        agree_to_text(store, deed(lee), TextKind.CONDUCT, 1)
    assert who_agreed(store, TextKind.CONDUCT) == {lee.id}
    add_text(store, deed(fay), TextKind.CONDUCT, {"words": "Be kind. Listen."}, seen=1)
    assert who_agreed(store, TextKind.CONDUCT) == frozenset()
    older = refuse(store, lambda: agree_to_text(store, deed(lee), TextKind.CONDUCT, 1))
    assert older == (NotAllowed.CHANGED_MEANWHILE,)
    agreement = agreement_of(store, TextKind.CONDUCT, lee.id)
    assert agreement is not None
    assert agreement.version == 1


def test_a_link_that_was_shown_to_another_says_so_when_it_is_used(store: Store, fay: Account, lee: Account) -> None:
    shown = show_link(store, deed(fay), KEY, lee.id)
    assert [(link.shown_by, link.shown_at) for link in shown_links_of(store, lee.id)] == [("fay", NOON)]
    signed_in = spend_link(store, KEY, shown.token, NOON)
    assert (signed_in.account.name, signed_in.through_another) == ("lee", True)
    assert list_audit(store)[0].details == {"through": "a link that somebody else was shown"}
    by_code = show_link(store, deed(fay), KEY, lee.id)
    assert spend_code(store, KEY, "lee", by_code.code6, NOON).through_another is True
    own = make_link(store, KEY, "lee", NOON)
    assert spend_link(store, KEY, own.token, NOON).through_another is False


def test_a_link_of_ones_own_is_nothing_to_tell(store: Store, fay: Account) -> None:
    own = show_link(store, deed(fay), KEY, fay.id)
    assert shown_links_of(store, fay.id) == ()
    assert spend_link(store, KEY, own.token, NOON).through_another is False


def test_whoever_came_in_with_a_link_of_another_gets_none_by_which_that_would_be_lost(
    store: Store, fay: Account, lee: Account
) -> None:
    for account in (fay, lee):
        showing = partial(show_link, store, deed(fay), KEY, account.id, Way.SUPPORTER)
        assert refuse(store, showing) == (NotAllowed.NOT_IN_PERSON,)
    assert store.rows("select count(*) from sign_in_links") == [(0,)]


def test_whoever_runs_the_group_gets_no_link_of_anybody_outside_it(store: Store, fay: Account) -> None:
    admin = add_account(store, "ada", Role.ADMIN, NOON)
    assert refuse(store, lambda: show_link(store, deed(fay), KEY, admin.id)) == (MemberReason.NOT_IN_GROUP,)
    assert store.rows("select count(*) from sign_in_links") == [(0,)]


def test_a_replayed_link_leaves_one_audit_row(store: Store, lee: Account) -> None:
    link = make_link(store, KEY, "lee", NOON)
    spend_link(store, KEY, link.token, NOON)
    before = len(list_audit(store))
    with pytest.raises(LinkError):
        spend_link(store, KEY, link.token, NOON)
    rows = list_audit(store)
    assert len(rows) == before + 1
    assert (rows[0].action, rows[0].subject, rows[0].details) == ("refused: sign in", "lee", {"why": "spent"})


def test_who_leaves_is_gone_from_the_doors_and_stays_in_the_records(store: Store, fay: Account, lee: Account) -> None:
    give_office(store, deed(fay), lee.id, Office.CO_CHAIR_LIVED)
    link = make_link(store, KEY, "lee", NOON)
    remove_member(store, deed(fay), lee.id, "Moved away.")
    assert find_account(store, lee.id) is None
    assert load_member(store, lee.id) is None
    assert lee.id not in seats_of(store)
    assert holders(store) == {}
    assert [account.name for account in list_present(store)] == ["fay"]
    assert how_people_are_shown(store)[lee.id].name == "lee"
    assert [(gone.name, gone.reason) for gone in list_departures(store)] == [("lee", "Moved away.")]
    before = len(list_audit(store))
    with pytest.raises(LinkError) as caught:
        spend_link(store, KEY, link.token, NOON)
    assert caught.value.kind is LinkProblem.SPENT
    assert len(list_audit(store)) == before + 1
    with pytest.raises(LinkError):
        spend_code(store, KEY, "lee", link.code6, NOON)
    with pytest.raises(AccountError):
        make_link(store, KEY, "lee", NOON)
    for work in (
        lambda: show_link(store, deed(fay), KEY, lee.id),
        lambda: remove_member(store, deed(fay), lee.id, "Again."),
        lambda: save_taking_part(store, deed(fay), lee.id, TakingPart(), 0),
    ):
        assert refuse(store, work) == (MemberReason.NOT_IN_GROUP,)
    assert refuse(store, lambda: give_office(store, deed(fay), lee.id, Office.SPONSOR)) == (MemberReason.HAS_LEFT,)


def test_nobody_takes_themselves_or_an_outsider_out_of_the_group(store: Store, fay: Account) -> None:
    admin = add_account(store, "ada", Role.ADMIN, NOON)
    assert refuse(store, lambda: remove_member(store, deed(fay), fay.id, "Enough.")) == (MemberReason.NOT_ONESELF,)
    assert refuse(store, lambda: remove_member(store, deed(fay), admin.id, "Enough.")) == (MemberReason.NOT_IN_GROUP,)
    assert len(list_present(store)) == 2


def test_any_account_is_removed_from_the_command_line(store: Store) -> None:
    add_account(store, "ada", Role.ADMIN, NOON)
    with pytest.raises(Refused):
        remove_account(store, "ada", "", NOON)
    remove_account(store, "ada", "Has another job.", NOON)
    assert list_present(store) == ()
    row = list_audit(store)[0]
    assert (row.actor, row.action, row.subject) == ("command line", "remove account", "ada")
    with pytest.raises(AccountError, match="removed before"):
        remove_account(store, "ada", "Again.", NOON)
