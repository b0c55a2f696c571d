"""What members said in a round, put straight into the store: comments, agreed suggestions, a review that has ended."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.coproduction.people import Hat, Office, Way
from survey.coproduction.rounds import Act, Round
from survey.coproduction.saying import Kind, Place
from survey.coproduction.suggestions import Fate, Reword
from survey.store.audit import AuditRow, list_audit
from survey.store.clock import to_stored
from survey.store.group.comments import add_comment
from survey.store.group.rounds import move_round
from survey.store.group.suggestions import add_suggestion, settle_suggestion
from tests.survey.review.group import Group


def say(group: Group, round_: Round, name: str, words: str = "What is control?", item: str = "control") -> int:
    """A comment of somebody; its number."""
    author = group.accounts[name].id
    return group.store.journal.run(
        lambda cursor: add_comment(
            cursor,
            round_.id,
            Place(item, "text"),
            Kind.CLARITY,
            words,
            author=author,
            hat=Hat.MEMBER,
            way=Way.SELF,
            entered_by=author,
            now=group.clock(),
        )
    )


def agree_on(group: Group, round_: Round, words: str = "What helped you most?", fate: Fate = Fate.AGREED) -> int:
    """A suggestion of lee's for the second question that the group has voted on; its number."""
    author = group.accounts["lee"].id

    def work(cursor: object) -> int:
        number = add_suggestion(
            cursor,  # type: ignore[arg-type]
            round_.id,
            Reword(item="helped", field="text", words=words),
            "",
            comment=None,
            author=author,
            hat=Hat.MEMBER,
            way=Way.SELF,
            entered_by=author,
            now=group.clock(),
        )
        settle_suggestion(cursor, number, fate, group.clock())  # type: ignore[arg-type]
        return number

    return group.store.journal.run(work)


def end_review(group: Group, round_: Round) -> None:
    """The review is over, and nothing has come of it that would be another version."""
    moment = to_stored(group.clock())
    group.store.journal.run(
        lambda cursor: move_round(
            cursor, round_.id, Act.PROPOSE, group.clock(), closed_at=moment, new_version=round_.version
        )
    )


def give_office(group: Group, name: str, office: Office) -> None:
    """Let somebody hold an office from now on."""
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "insert into offices by name select ? as office, ? as account, ?::timestamp as since",
            [office, group.accounts[name].id, to_stored(group.clock())],
        )
    )


def audit(group: Group) -> list[AuditRow]:
    """All rows, the newest first."""
    return list(list_audit(group.store, most=1000))


_tokens: dict[int, tuple[FlaskClient, str]] = {}


def post(group: Group, name: str, path: str, **fields: str) -> TestResponse:
    """Send a form without getting the page it is on again: a browser keeps its token while it is signed in."""
    client = group.client(name)
    if id(client) not in _tokens:
        _tokens[id(client)] = (client, group.token(client, "/review/rounds/1/answer"))
    return client.post(path, data={**fields, "csrf_token": _tokens[id(client)][1]})
