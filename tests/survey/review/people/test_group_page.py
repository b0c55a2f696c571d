"""The group's own page: its texts in versions, who is in it as they want to be shown, agreeing to the conduct."""

from __future__ import annotations

from datetime import UTC, datetime

from werkzeug.test import TestResponse

from survey.coproduction.membership import Profile, TextKind
from survey.coproduction.people import Naming, Office
from survey.store.accounts import Role
from survey.store.audit import list_audit
from survey.store.group.members import save_profile
from survey.store.group.offices import give_office
from survey.store.group.texts import versions_of
from tests.survey.review.group import Group

PURPOSE = {
    "purpose": "To make the survey fit our lives.",
    "can_change": "The questions.",
    "cannot_change": "The law.",
    "difference": "What we agree on is asked.",
}


def write(group: Group, words: str, *, seen: int = 0, name: str = "fay") -> TestResponse:
    path = "/review/group/conduct/new"
    return group.post(name, path, seen_on="/review/group/agreement", words=words, seen=str(seen))


def refusals(group: Group) -> list[str]:
    return [row.action for row in list_audit(group.store) if row.action.startswith("refused: ")]


def test_a_group_that_has_nothing_yet_says_so(group: Group) -> None:
    page = group.text("lee", "/review/group")
    assert page.count("Nobody has written this yet.") == 3
    assert page.count("Nobody yet") == 5
    assert "/new" not in page


def test_the_purpose_says_what_can_and_cannot_change_and_what_difference_it_makes(group: Group) -> None:
    answer = group.post("fay", "/review/group/purpose/new", seen="0", **PURPOSE)
    assert answer.status_code == 303
    page = group.text("lee", "/review/group")
    for words in (*PURPOSE.values(), "What we can change", "What we cannot change", "What difference it will make"):
        assert words in page
    assert list_audit(group.store)[0].action in ("write text", "sign in")


def test_earlier_versions_stay_to_be_read(group: Group) -> None:
    write(group, "Be kind.")
    write(group, "Be kind. Listen.", seen=1)
    newest = group.text("lee", "/review/group/conduct")
    assert "Be kind. Listen." in newest
    assert "Version 1" in newest
    earlier = group.text("lee", "/review/group/conduct?version=1")
    assert "Be kind. Listen." not in earlier
    assert "This is an earlier version." in earlier
    assert "I agree" not in earlier
    assert group.get("lee", "/review/group/conduct?version=3").status_code == 404
    assert group.get("lee", "/review/group/anthem").status_code == 404


def test_the_day_of_a_version_is_the_one_it_was_in_england(group: Group) -> None:
    group.clock.moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    write(group, "Be kind.")
    assert "from 2 July 2026" in group.text("lee", "/review/group")
    assert "from 2 July 2026" in group.text("lee", "/review/group/conduct")


def test_of_two_who_write_at_once_the_second_sees_what_the_first_wrote_and_loses_nothing(group: Group) -> None:
    group.add("flo", Role.FACILITATOR)
    write(group, "Be kind.")
    write(group, "Be kind. Listen.", seen=1)
    late = write(group, "Be kind. Be short.", seen=1, name="flo")
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Be kind. Listen." in page
    assert "Be kind. Be short." in page
    assert [text.version for text in versions_of(group.store, TextKind.CONDUCT)] == [2, 1]
    assert refusals(group) == ["refused: write text"]
    assert write(group, "Be kind. Listen. Be short.", seen=2, name="flo").status_code == 303


def test_a_text_sent_twice_is_one_version(group: Group) -> None:
    for _ in range(2):
        assert write(group, "Be kind.").status_code == 303
    assert len(versions_of(group.store, TextKind.CONDUCT)) == 1


WRONG = {"": "nothing here yet", "x" * 1_000_000: "too long", "Be\N{RIGHT-TO-LEFT OVERRIDE} kind": "hidden characters"}


def test_a_text_that_cannot_stand_is_given_back_with_the_reason(group: Group) -> None:
    for number, (words, said) in enumerate(WRONG.items(), start=1):
        answer = write(group, words)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert said in page
        assert words in page
        assert refusals(group) == ["refused: write text"] * number
    assert versions_of(group.store, TextKind.CONDUCT) == ()


def test_script_in_a_text_is_only_text(group: Group) -> None:
    write(group, "<script>alert(1)</script>")
    page = group.text("lee", "/review/group")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_only_a_facilitator_writes(group: Group) -> None:
    assert group.get("lee", "/review/group/conduct/new").status_code == 403
    for number, name in enumerate(("lee", "sue"), start=1):
        assert write(group, "Shout.", name=name).status_code == 403
        assert refusals(group) == ["refused: send"] * number
    assert versions_of(group.store, TextKind.CONDUCT) == ()


def test_each_member_agrees_and_is_asked_again_for_a_new_version(group: Group) -> None:
    write(group, "Be kind.")
    agree = {"path": "/review/group/conduct/agree", "seen_on": "/review/group/conduct"}
    assert "Read the code of conduct, and agree to it" in group.text("lee", "/review/group")
    assert group.post("lee", **agree, version="1").status_code == 303
    assert "You agreed to this version on 5 October 2026." in group.text("lee", "/review/group/conduct")
    assert "Read the code of conduct, and agree to it" not in group.text("lee", "/review/group")
    write(group, "Be kind. Listen.", seen=1)
    assert "You agreed to version 1. This one is new" in group.text("lee", "/review/group/conduct")
    stale = group.post("lee", **agree, version="1")
    assert stale.status_code == 409
    assert "There is a newer version" in stale.get_data(as_text=True)
    assert "Be kind. Listen." in stale.get_data(as_text=True)
    assert refusals(group) == ["refused: agree to conduct"]
    assert group.post("lee", **agree, version="2").status_code == 303


def test_people_are_shown_as_each_wants(group: Group) -> None:
    for name, said in (
        ("noor", Profile(display_name="Sunny", naming=Naming.DISPLAY)),
        ("kim", Profile(naming=Naming.ANONYMOUS)),
    ):
        save_profile(group.store, group.deed(name), group.accounts[name].id, said, 0, {})
    page = group.text("lee", "/review/group")
    listed = page.partition("Everybody in the group</h2>")[2].partition("</ul>")[0]
    assert "<bdi>Sunny</bdi> · Member with lived experience · in the group since October 2026" in listed
    assert "and 1 person who does not show a name" in listed
    for hidden in ("noor", "kim"):
        assert hidden not in page


def test_what_somebody_is_stays_out_where_fewer_than_three_are_the_same(group: Group) -> None:
    listed = group.text("lee", "/review/group").partition("Everybody in the group</h2>")[2].partition("</ul>")[0]
    assert "<bdi>lee</bdi> · Member with lived experience" in listed
    assert "<bdi>cara</bdi> · in the group since" in listed
    assert "<bdi>sue</bdi> · in the group since" in listed
    group.add("ann", Role.GROUP_STAFF)
    assert "<bdi>sue</bdi> · Staff member" in group.text("lee", "/review/group")


def test_who_does_what_stands_there_with_the_sponsor_from_outside(group: Group) -> None:
    group.add("Dr Sponsor", Role.ICS_STAFF)
    save_profile(group.store, group.deed("kim"), group.accounts["kim"].id, Profile(naming=Naming.ANONYMOUS), 0, {})
    for name, office in (
        ("fay", Office.FACILITATOR),
        ("kim", Office.CO_CHAIR_LIVED),
        ("Dr Sponsor", Office.SPONSOR),
    ):
        give_office(group.store, group.deed("fay"), group.accounts[name].id, office)
    page = group.text("lee", "/review/group")
    assert "<bdi>Dr Sponsor</bdi>" in page
    assert "Somebody who does not show a name" in page
    assert page.count("Nobody yet") == 2


def test_programme_staff_and_strangers_see_nothing_of_it(group: Group) -> None:
    group.add("ada", Role.STAFF)
    for path in ("/review/group", "/review/group/conduct", "/review/me", "/review/members"):
        assert group.get("ada", path).status_code == 403
        assert group.app.test_client().get(path).location == "/staff/sign-in"
