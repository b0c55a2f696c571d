"""docs/who-sees-what.md from the table that the code asks: `python -m tests.survey.staff.who_sees_what` writes it."""

from __future__ import annotations

from pathlib import Path

from survey.staff.rights import RIGHTS, Right
from survey.store.accounts import Role

PAGE = Path(__file__).parents[3] / "docs" / "who-sees-what.md"

PEOPLE = {
    None: "everyone (no sign-in needed)",
    Role.LIVED_EXPERIENCE: "group members with lived experience",
    Role.CARER: "group members who are carers",
    Role.GROUP_STAFF: "staff members of the group",
    Role.FACILITATOR: "facilitators of the group",
    Role.TRANSLATOR: "translators",
    Role.INTERVIEWER: "interviewers",
    Role.CLERK: "data-entry clerks",
    Role.STAFF: "survey staff",
    Role.ICS_STAFF: "staff of integrated care systems (ICSs)",
    Role.ANALYST: "analysts",
    Role.ADMIN: "administrators",
}
WHAT = {
    Right.PUBLIC: "See signed results from the day they are public (on /results/)",
    Right.SIGNED: "See signed results before that day",
    Right.PROVISIONAL: "See provisional results, which no analyst has signed",
    Right.COUNTS: "See how many have answered while a survey is open",
    Right.TRIAL: "See whatever there is of the trial survey",
    Right.FIELDWORK: "See the list of surveys, read and try draft questionnaires",
    Right.PROMISE: "Write down a finding, who does what about it, until when, and how far that is",
    Right.WORDS: "Read what people wrote in their own words, code and redact it",
    Right.GROUP: "Read the group's drafts, comment, suggest, and vote where the seat has a vote (on /review/)",
    Right.RUN_GROUP: "Keep the group's records: members, links for those who need help, offices",
    Right.TRANSLATE: "Translate, and check what others translated (on /review/translate/)",
}
ABOVE = """# Who sees what

One table in the program decides (`survey/staff/rights.py`). This page and the tests of each door are made from it:
`python -m tests.survey.staff.who_sees_what` writes this page anew, and a test fails while it says something else.

Whoever may not see a release finds the dashboard as if that release were not there: no page, figure, link, download or
count of it, and the same answer as for a survey that never was. The group and the staff of ICSs see the same results at
the same time.

"""


def draw_page() -> str:
    """The whole page. People who have the same rights share a column."""
    columns: dict[frozenset[Right], list[str]] = {}
    for role, rights in RIGHTS.items():
        columns.setdefault(rights, []).append(PEOPLE[role])
    heads = ["What", *(capitalised(", ".join(people)) for people in columns.values())]
    lines = [heads, ["---"] * len(heads)]
    lines += [[WHAT[right], *("yes" if right in rights else "no" for rights in columns)] for right in Right]
    return ABOVE + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def capitalised(words: str) -> str:
    return words[0].upper() + words[1:]


if __name__ == "__main__":
    PAGE.write_text(draw_page(), encoding="utf-8")
