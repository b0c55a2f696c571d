"""A member's own page: what they say is kept as they said it, and only they and those who run the group read it."""

from __future__ import annotations

from werkzeug.test import TestResponse

from survey.coproduction.membership import Need, Profile
from survey.coproduction.people import Naming
from survey.staff.session import THROUGH_A_SUPPORTER
from survey.store.audit import list_audit
from survey.store.group.links import show_link
from survey.store.group.members import Member, load_member
from tests.survey.review.group import Group

SAID = {
    "naming": "display",
    "display_name": "Sunny",
    "needs_words": "A quiet room",
    "minutes_a_month": "45",
    "wants_pay": "no",
    "email": "lee@example.org",
    "about_sex": "female",
    "about_carer": "yes",
}


def save(group: Group, name: str = "lee", revision: str = "0", **changes: str) -> TestResponse:
    return group.post(name, "/review/me", seen_on="/review/group/agreement", revision=revision, **{**SAID, **changes})


def member(group: Group, name: str = "lee") -> Member:
    found = load_member(group.store, group.accounts[name].id)
    assert found is not None
    return found


def refusals(group: Group) -> list[str]:
    return [row.action for row in list_audit(group.store) if row.action.startswith("refused: ")]


def test_what_a_member_says_is_kept(group: Group) -> None:
    assert save(group, needs="bsl").status_code == 303
    assert member(group).profile == Profile(
        display_name="Sunny",
        naming=Naming.DISPLAY,
        needs=frozenset({Need.BSL}),
        needs_words="A quiet room",
        email="lee@example.org",
        minutes_a_month=45,
        wants_pay=False,
        about={"sex": "female", "carer": "yes"},
    )
    page = group.text("lee", "/review/me")
    assert 'value="Sunny"' in page
    assert '<option value="female" selected>' in page


def test_a_newcomer_is_reminded_kindly_and_reads_all_the_same(group: Group) -> None:
    reminder = "Say how the group sees you, and what you need"
    assert "Welcome to the group" in group.text("lee", "/review/me")
    assert reminder in group.text("lee", "/review/group")
    save(group)
    assert "Welcome to the group" not in group.text("lee", "/review/me")
    assert reminder not in group.text("lee", "/review/group")


def test_after_that_the_code_of_conduct_is_next(group: Group) -> None:
    assert save(group).location == "/review/me"
    group.post("fay", "/review/group/conduct/new", words="Be kind.", seen="0")
    assert save(group, revision="1").location == "/review/group/conduct"


def test_two_windows_at_once_lose_nothing(group: Group) -> None:
    save(group)
    late = save(group, revision="0", display_name="Rainy", minutes_a_month="90")
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "This was changed while you wrote" in page
    assert 'value="Rainy"' in page
    assert "Sunny" in page
    assert member(group).profile.display_name == "Sunny"
    assert refusals(group) == ["refused: save about me"]
    assert save(group, revision="1", display_name="Rainy").status_code == 303


WRONG: list[tuple[dict[str, str], str]] = [
    ({"display_name": ""}, "Type the name that you want to be shown."),
    ({"display_name": "noor"}, "Somebody else has this name."),
    ({"display_name": "Sun\N{RIGHT-TO-LEFT OVERRIDE}ny"}, "hidden characters in this name"),
    ({"display_name": "S" * 1_000_000}, "This name is too long."),
    ({"needs_words": "n" * 1_000_000}, "This text is too long."),
    ({"minutes_a_month": "many"}, "Type how many minutes"),
    ({"minutes_a_month": "-5"}, "Type how many minutes"),
    ({"email": "lee at home"}, "Type an e-mail address"),
]


def test_what_cannot_be_is_said_at_its_field_and_everything_typed_stays(group: Group) -> None:
    for number, (changes, said) in enumerate(WRONG, start=1):
        answer = save(group, **changes)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert page.count(said) == 2, said  # in the summary and at the field
        assert "<title>Error:" in page
        assert all(text in page for text in {**SAID, **changes}.values())
        assert refusals(group) == ["refused: save about me"] * number
    assert member(group).revision == 0


FORGED = [
    {"naming": "king"},
    {"wants_pay": "double"},
    {"needs": "a_yacht"},
    {"about_sex": "forged"},
    {"lives_it": "yes"},
]


def test_a_choice_that_no_form_offers_changes_nothing(group: Group) -> None:
    for number, forged in enumerate(FORGED, start=1):
        answer = save(group, **forged)
        assert answer.status_code == 409
        assert "Nothing was changed." in answer.get_data(as_text=True)
        assert refusals(group) == ["refused: save about me"] * number
    assert member(group).revision == 0


def test_only_staff_are_asked_whether_they_have_lived_experience_too(group: Group) -> None:
    assert "I also have lived experience" not in group.text("lee", "/review/me")
    assert "I also have lived experience" in group.text("sue", "/review/me")
    assert save(group, "sue", lives_it="yes").status_code == 303
    assert member(group, "sue").profile.lives_it is True


def test_links_are_mailed_to_no_address_that_somebody_else_has_typed(group: Group) -> None:
    client = group.client("lee")
    with client.session_transaction() as session:
        session[THROUGH_A_SUPPORTER] = True
    answer = save(group)
    assert answer.status_code == 400
    assert "You came in with a link that was shown to somebody else." in answer.get_data(as_text=True)
    assert (member(group).profile, refusals(group)) == (Profile(), ["refused: save about me"])
    assert save(group, email="").status_code == 303
    assert member(group).profile.needs_words == "A quiet room"


def test_a_member_sees_who_was_shown_a_link_for_them(group: Group) -> None:
    assert "Nobody so far." in group.text("lee", "/review/me")
    show_link(group.store, group.deed("fay"), group.config.code_key, group.accounts["lee"].id)
    assert "<bdi>fay</bdi>, on 5 October 2026, 10:00" in group.text("lee", "/review/me")
    assert "Nobody so far." in group.text("noor", "/review/me")


def test_what_is_told_for_the_make_up_stands_on_no_other_page(group: Group) -> None:
    save(group, about_ethnicity="roma")
    for path in ("/review/group", "/review/members", f"/review/members/{group.accounts['lee'].id}"):
        assert "Roma" not in group.text("fay", path)
    assert "roma" not in str([row.details for row in list_audit(group.store)])
