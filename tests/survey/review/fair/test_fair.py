"""The page for all: whose words changed the text, and who is not in the room; never of so few that one is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from survey.coproduction.membership import Profile
from survey.coproduction.people import Hat, Way
from survey.coproduction.saying import Kind, Place
from survey.review.outside import Missing, Outside, keep_outside
from survey.store.accounts import Role
from survey.store.clock import to_stored
from survey.store.group.comments import add_comment
from survey.store.group.members import load_member, save_profile
from tests.survey.review.fair.acts import end_review
from tests.survey.review.fair.test_time import plain
from tests.survey.review.group import Group

FAIR = "/review/fair"
LIVED = ("lee", "noor", "kim", "tom")
POLISH = Missing("language", "polish", "Polish", 1, 5, "Main language: about 15 people missing", date(2026, 9, 30))


def say(group: Group, number: int, name: str, became: str | None = None) -> None:
    def work(cursor):  # type: ignore[no-untyped-def]
        comment = add_comment(
            cursor,
            number,
            Place("control"),
            Kind.CLARITY,
            f"Words of {name}",
            author=group.accounts[name].id,
            hat=Hat.MEMBER,
            way=Way.SELF,
            entered_by=group.accounts[name].id,
            now=group.clock(),
        )
        if became:
            cursor.execute(
                "insert into outcomes by name select ? as comment, 1 as seq, ? as became, 'Words' as words,"
                " 'us' as power, '' as owner, 1 as decided_by, ? as decided_at",
                [comment, became, to_stored(group.clock())],
            )

    group.store.journal.run(work)


def speaks(group: Group, name: str, language: str) -> None:
    account = group.accounts[name].id
    member = load_member(group.store, account)
    assert member is not None
    profile: Profile = replace(member.profile, about={"language": language})
    offered = {"language": [language]}
    save_profile(group.store, group.deed(name), account, profile, member.revision, offered)


def test_whose_words_changed_the_text_is_said_where_enough_people_spoke(group: Group) -> None:
    for name in ("ann", "bob", "dot"):
        group.add(name, Role.GROUP_STAFF)
    group.add("eve", Role.CARER)
    group.add("gus", Role.CARER)
    opened = group.open_round()
    for name in LIVED:
        say(group, opened.id, name, "changed")
    for name in ("ann", "bob", "dot"):
        say(group, opened.id, name, "cannot" if name == "ann" else None)
    for name in ("cara", "eve", "gus"):
        say(group, opened.id, name)
    assert "No round is over yet." in plain(group.text("lee", FAIR))
    end_review(group, opened)
    page = plain(group.text("lee", FAIR))
    assert "Of 4 comments by members with lived experience, 4 changed the text." in page
    assert "Of 3 comments by staff, 0 changed the text." in page
    assert plain(group.text("sue", FAIR)).replace("sue", "lee") == page


def test_a_seat_that_few_hold_is_not_shown_nor_what_would_tell_of_it(group: Group) -> None:
    opened = group.open_round()
    for name in (*LIVED, "cara", "sue", "raj"):
        say(group, opened.id, name, "changed")
    end_review(group, opened)
    page = plain(group.text("lee", FAIR))
    assert "Of 4 comments by members with lived experience, 4 changed the text." in page
    assert page.count("Too few people to show") == 4
    assert "by carers" not in page
    assert "by staff" not in page


def test_who_is_missing_in_the_survey_and_here_is_to_be_invited_next(group: Group) -> None:
    keep_outside(group.app, Outside(missing=lambda: (POLISH, replace(POLISH, category="urdu", label="Urdu"))))
    for name in ("lee", "noor", "kim"):
        speaks(group, name, "urdu")
    speaks(group, "tom", "polish")
    page = plain(group.text("lee", FAIR))
    polish = page.index("Polish: missing in the survey, and fewer than 3 in this group.")
    urdu = page.index("Urdu: missing in the survey, and 3 or more in this group.")
    assert polish < urdu
    assert "The survey is as of 30 September 2026." in page
    assert "Main language: about 15 people missing" in page


def test_without_a_release_nothing_is_said_of_who_is_missing(group: Group) -> None:
    assert "We cannot tell yet who is missing in the survey." in plain(group.text("lee", FAIR))
