"""Keeping the group's members: added, given tasks, shown a way in, removed; each refused where a rule refuses."""

from __future__ import annotations

import re
from datetime import date

from werkzeug.test import TestResponse

from survey.coproduction.letter_words import About
from survey.coproduction.membership import Need, Profile, TakingPart
from survey.coproduction.people import Office, Seat, Way
from survey.staff.session import THROUGH_A_SUPPORTER
from survey.store.accounts import Role, list_accounts
from survey.store.audit import AuditRow, list_audit
from survey.store.group.letters import write_letters
from survey.store.group.members import Member, load_member, save_profile
from survey.store.group.people import holders
from tests.survey.review.group import Group


def page_of(group: Group, name: str) -> str:
    return f"/review/members/{group.accounts[name].id}"


def post(group: Group, path: str, by: str = "fay", **fields: str) -> TestResponse:
    """Send a form that stands on a page which everybody in the group may open, so that forging it can be tried."""
    token = group.token(group.client(by), "/review/group/agreement")
    return group.client(by).post(path, data={**fields, "csrf_token": token})


def member(group: Group, name: str) -> Member | None:
    found = next(account for account in list_accounts(group.store) if account.name == name)
    return load_member(group.store, found.id)


def refusals(group: Group) -> list[AuditRow]:
    return [row for row in list_audit(group.store) if row.action.startswith("refused: ")]


def link_in(answer: TestResponse) -> str:
    found = re.search(r"/staff/sign-in/[\w-]{20,}", answer.get_data(as_text=True))
    assert found is not None
    return found[0]


def test_those_who_run_the_group_see_its_members(group: Group) -> None:
    group.add("ada", Role.ADMIN)
    for name in ("fay", "ada"):
        page = group.text(name, "/review/members")
        assert all(f"<bdi>{each}</bdi>" in page for each in ("lee", "cara", "sue", "fay"))
        assert "<bdi>ada</bdi></a>" not in page


def test_nobody_else_does(group: Group) -> None:
    group.add("ada", Role.STAFF)
    for name in ("lee", "sue", "ada"):
        for path in ("", "/add", "/1", "/1/remove"):
            assert group.get(name, f"/review/members{path}").status_code == 403


def test_a_member_is_added_and_needs_a_way_in(group: Group) -> None:
    answer = post(group, "/review/members/add", name=" Mo  Ali ", role="carer", month="3", year="2024")
    added = member(group, "Mo Ali")
    assert added is not None
    assert answer.location == f"/review/members/{added.account}"
    assert (added.seat, added.since) == (Seat.CARER, date(2024, 3, 1))
    assert "in the group since March 2024" in group.text("lee", "/review/group")


WRONG_NEW: list[tuple[dict[str, str], str]] = [
    ({"name": ""}, "Type a name."),
    ({"name": "lee"}, "Somebody else has this name."),
    ({"name": "Mo\N{RIGHT-TO-LEFT OVERRIDE}"}, "hidden characters"),
    ({"name": "M" * 1_000_000}, "too long"),
    ({"role": "admin"}, "Choose one of the answers"),
    ({"role": "king"}, "Choose one of the answers"),
    ({"month": "13"}, "Type a month"),
    ({"year": "2031"}, "Type a month"),
]


def test_who_cannot_be_added_is_not_and_everything_typed_stays(group: Group) -> None:
    before = len(list_accounts(group.store))
    for number, (changes, said) in enumerate(WRONG_NEW, start=1):
        fields = {"name": "Mo", "role": "carer", "month": "3", "year": "2024", **changes}
        answer = post(group, "/review/members/add", **fields)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert page.count(said) == 2, said  # in the summary and at the field
        assert f'value="{fields["name"]}"' in page or not fields["name"]
        assert [row.action for row in refusals(group)] == ["refused: add member"] * number
    assert len(list_accounts(group.store)) == before


def test_what_a_member_needs_is_read_by_those_who_run_the_group(group: Group) -> None:
    said = Profile(needs=frozenset({Need.LARGE_PRINT}), needs_words="A ramp", email="lee@example.org")
    save_profile(group.store, group.deed("lee"), group.accounts["lee"].id, said, 0, {})
    page = group.text("fay", page_of(group, "lee"))
    assert all(words in page for words in ("Large print", "A ramp", "lee@example.org", "120 minutes"))
    assert "A ramp" not in group.text("noor", "/review/group")


def test_how_somebody_takes_part_is_kept_and_not_overwritten_unseen(group: Group) -> None:
    path = page_of(group, "lee")
    answer = post(group, path, revision="0", way="supporter", supporter="Mo", month="3", year="2024")
    assert answer.status_code == 303
    lee = member(group, "lee")
    assert lee is not None
    assert lee.part == TakingPart(Way.SUPPORTER, "Mo", date(2024, 3, 1))
    late = post(group, path, revision="0", way="paper", supporter="Flo", month="3", year="2024")
    assert late.status_code == 409
    assert 'value="Flo"' in late.get_data(as_text=True)
    assert "Mo" in late.get_data(as_text=True)
    assert member(group, "lee") == lee
    assert [row.action for row in refusals(group)] == ["refused: save how a member takes part"]


WRONG_PART: list[tuple[dict[str, str], int]] = [
    ({"way": "supporter", "supporter": ""}, 400),
    ({"supporter": "M\N{LEFT-TO-RIGHT OVERRIDE}o"}, 400),
    ({"supporter": "M" * 1_000_000}, 400),
    ({"month": "x"}, 400),
    ({"way": "telepathy"}, 409),
]


def test_a_way_of_taking_part_that_cannot_be_is_refused(group: Group) -> None:
    for number, (changes, status) in enumerate(WRONG_PART, start=1):
        fields = {"revision": "0", "way": "self", "supporter": "Mo", "month": "3", "year": "2024", **changes}
        assert post(group, page_of(group, "lee"), **fields).status_code == status
        assert len(refusals(group)) == number
    lee = member(group, "lee")
    assert lee is not None
    assert lee.revision == 0


def give(group: Group, name: str, office: str, action: str = "give", by: str = "fay") -> TestResponse:
    account = str(group.accounts[name].id)
    return post(group, "/review/members/tasks", by, account=account, office=office, action=action)


def test_tasks_are_given_and_taken_back(group: Group) -> None:
    group.add("Dr Sponsor", Role.ICS_STAFF)
    for name, office in (
        ("lee", "co_chair_lived"),
        ("sue", "co_chair"),
        ("fay", "facilitator"),
        ("cara", "named_contact"),
    ):
        assert give(group, name, office).location == page_of(group, name)
    assert give(group, "Dr Sponsor", "sponsor").location == "/review/members"
    assert len(holders(group.store)) == len(Office)
    assert "has this task now." in group.text("fay", page_of(group, "noor"))
    give(group, "lee", "co_chair_lived", "take")
    page = group.text("fay", page_of(group, "lee"))
    assert "from 5 October 2026 to 5 October 2026" in page
    give(group, "Dr Sponsor", "sponsor", "take")
    assert Office.SPONSOR not in holders(group.store)


WRONG_TASK = [
    ("sue", "co_chair_lived", "with lived experience or a carer"),
    ("fay", "co_chair", "A facilitator has no vote"),
    ("lee", "facilitator", "Only a facilitator"),
    ("lee", "emperor", "Choose one of the answers"),
    ("Dr Sponsor", "co_chair", "not in the group"),
]


def test_a_task_that_somebody_cannot_have_is_refused(group: Group) -> None:
    group.add("Dr Sponsor", Role.ICS_STAFF)
    for number, (name, office, said) in enumerate(WRONG_TASK, start=1):
        answer = give(group, name, office)
        assert answer.status_code == 409
        assert said in answer.get_data(as_text=True)
        assert len(refusals(group)) == number
    assert holders(group.store) == {}


def test_no_member_gives_themselves_a_task(group: Group) -> None:
    assert give(group, "lee", "co_chair_lived", by="lee").status_code == 403
    assert holders(group.store) == {}
    assert len(refusals(group)) == 1


def test_a_link_shown_for_a_member_marks_what_is_sent_with_it(group: Group) -> None:
    link = link_in(post(group, f"{page_of(group, 'lee')}/link"))
    helped = group.app.test_client()
    helped.post(link, data={"csrf_token": group.token(helped, link)})
    with helped.session_transaction() as session:
        assert session[THROUGH_A_SUPPORTER] is True
        assert session["account"] == group.accounts["lee"].id
    group.client("lee")
    with group.client("lee").session_transaction() as session:
        assert THROUGH_A_SUPPORTER not in session
    assert "shown to you" in group.text("fay", page_of(group, "lee"))
    assert "<bdi>fay</bdi>, on" in group.text("lee", "/review/me")


def test_a_facilitators_own_link_is_just_their_own(group: Group) -> None:
    link = link_in(post(group, f"{page_of(group, 'fay')}/link"))
    own = group.app.test_client()
    own.post(link, data={"csrf_token": group.token(own, link)})
    with own.session_transaction() as session:
        assert THROUGH_A_SUPPORTER not in session
    assert "Nobody so far." in group.text("fay", "/review/me")


def test_nobody_else_shows_themselves_the_link_of_a_member(group: Group) -> None:
    group.add("ada", Role.STAFF)
    for name, seen_on in (("sue", "/review/group"), ("ada", "/staff/"), ("cara", "/review/group")):
        before = len(refusals(group))
        token = group.token(group.client(name), seen_on)
        answer = group.client(name).post(f"{page_of(group, 'lee')}/link", data={"csrf_token": token})
        assert answer.status_code == 403
        assert len(refusals(group)) == before + 1
        assert (refusals(group)[0].actor, refusals(group)[0].action) == (name, "refused: send")
    lee = group.accounts["lee"].id
    assert group.store.rows("select count(*) from sign_in_links where account = ?", [lee]) == [(0,)]


def test_a_facilitator_gets_no_link_of_an_administrator(group: Group) -> None:
    group.add("ada", Role.ADMIN)
    answer = post(group, f"{page_of(group, 'ada')}/link")
    assert answer.status_code == 409
    assert "/staff/sign-in/" not in answer.get_data(as_text=True)
    assert [row.action for row in refusals(group)] == ["refused: show sign-in link"]


def test_a_replayed_link_signs_nobody_in(group: Group) -> None:
    link = link_in(post(group, f"{page_of(group, 'lee')}/link"))
    for status in (303, 410):
        client = group.app.test_client()
        assert client.post(link, data={"csrf_token": group.token(client, link)}).status_code == status
    assert client.get("/review/me").location == "/staff/sign-in"
    assert [(row.action, row.subject) for row in refusals(group)] == [("refused: sign in", "lee")]


def test_who_is_removed_is_out_at_the_next_request_and_their_links_with_them(group: Group) -> None:
    group.text("lee", "/review/me")
    link = link_in(post(group, f"{page_of(group, 'lee')}/link"))
    gone = post(group, f"{page_of(group, 'lee')}/remove", reason="Moved away.")
    assert gone.location == "/review/members"
    assert group.get("lee", "/review/me").location == "/staff/sign-in"
    client = group.app.test_client()
    assert client.post(link, data={"csrf_token": group.token(client, link)}).status_code == 410
    page = group.text("fay", "/review/members")
    assert "Moved away." in page
    assert "<bdi>lee</bdi></a>" not in page
    assert "<bdi>lee</bdi>" not in group.text("noor", "/review/group")
    assert group.get("fay", page_of(group, "lee")).status_code == 404
    assert [row.action for row in refusals(group)] == ["refused: sign in"]


WRONG_REASON = {"": "Write why.", "x" * 1_000_000: "too long", "Mo\N{RIGHT-TO-LEFT OVERRIDE}ved": "hidden characters"}


def test_nobody_is_removed_without_a_reason_that_can_be_read(group: Group) -> None:
    for number, (reason, said) in enumerate(WRONG_REASON.items(), start=1):
        answer = post(group, f"{page_of(group, 'lee')}/remove", reason=reason)
        assert answer.status_code == 400
        assert answer.get_data(as_text=True).count(said) == 2
        assert len(refusals(group)) == number
    assert member(group, "lee") is not None


def test_nobody_removes_themselves_or_an_account_outside_the_group(group: Group) -> None:
    group.add("ada", Role.ADMIN)
    own = post(group, f"{page_of(group, 'fay')}/remove", reason="Enough.")
    assert own.status_code == 400
    assert post(group, f"{page_of(group, 'ada')}/remove", reason="Enough.").status_code == 409
    assert len(refusals(group)) == 2
    assert group.get("ada", "/review/members").status_code == 200


def test_a_number_that_nobody_has_leads_nowhere(group: Group) -> None:
    assert group.get("fay", "/review/members/99").status_code == 404
    assert group.get("fay", f"/review/members/{10**30}").status_code == 404
    assert post(group, "/review/members/99/link").status_code == 409


def test_letters_that_no_mail_took_are_there_to_print_but_not_those_that_tell_of_a_vote(group: Group) -> None:
    account = group.accounts["lee"].id
    for about in (About.ROUND_OPENS, About.STOP_REPLY):
        group.store.journal.run(lambda cursor, about=about: write_letters(cursor, [account], about, 1, group.clock()))
    page = group.text("fay", page_of(group, "lee"))
    assert "A new round is open for you" in page
    assert "There is a reply to your stop" not in page
