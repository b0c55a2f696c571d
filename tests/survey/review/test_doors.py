"""Every address of the workspace, as the application lists them: who is no member gets in nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from survey.review.translating.strings import string_id
from survey.store.accounts import Role
from tests.survey.review.conftest import made_group
from tests.survey.review.group import Group

WANTED = {"kind": "conduct", "item": "control", "wish": "words", "part": "hint", "what": "comment", "said": "yes"}
"""What stands in an address where it is no number."""
NOT_IN_THE_GROUP = {
    "sam": Role.STAFF,
    "ana": Role.ANALYST,
    "ivo": Role.ICS_STAFF,
    "tia": Role.TRANSLATOR,
    "ira": Role.INTERVIEWER,
    "cleo": Role.CLERK,
}
FOR_THOSE_WHO_RUN_THE_GROUP = ("/review/members", "/review/ledger")
FOR_THOSE_WHO_TRANSLATE = "/review/translate/"
A_QUESTION = string_id("item.taking_part.text", "Do you want to take part?")
IN_TRANSLATIONS = {"locale": "ur", "catalogue": "phb-annual", "key": A_QUESTION}


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    with made_group(tmp_path_factory.mktemp("doors")) as group:
        group.open_round()
        for name, role in {**NOT_IN_THE_GROUP, "adam": Role.ADMIN}.items():
            group.add(name, role)
        yield group


def addresses(group: Group, method: str) -> list[str]:
    """Every address that takes a method, with a number or a word where one belongs."""
    adapter = group.app.url_map.bind("localhost")
    found = set()
    for rule in group.app.url_map.iter_rules():
        if rule.rule.startswith("/review") and method in (rule.methods or ()):
            values = {name: WANTED.get(name, 1) for name in rule.arguments}
            values |= {"questionnaire": "small"} if "questionnaire" in rule.arguments else {}
            if rule.rule.startswith(FOR_THOSE_WHO_TRANSLATE):
                values |= {name: IN_TRANSLATIONS[name] for name in rule.arguments}
            found.add(adapter.build(rule.endpoint, values, method=method))
    return sorted(found)


def is_open(name: str, path: str) -> bool:
    """Whether somebody who is not in the group has work behind an address."""
    return name == "tia" and path.startswith(FOR_THOSE_WHO_TRANSLATE)


def refused(client: FlaskClient, path: str) -> str:
    """What a page answers, in a word."""
    answer = client.get(path)
    if answer.status_code == 303 and answer.location == "/staff/sign-in":
        return "sign in"
    return "not for you" if answer.status_code == 403 else f"{answer.status_code} {answer.location}"


def test_a_stranger_is_asked_to_sign_in_everywhere(group: Group) -> None:
    paths = addresses(group, "GET")
    assert len(paths) > 40
    stranger = group.app.test_client()
    assert {path: refused(stranger, path) for path in paths} == dict.fromkeys(paths, "sign in")


@pytest.mark.parametrize("name", NOT_IN_THE_GROUP)
def test_who_signs_in_and_is_not_in_the_group_gets_in_nowhere(group: Group, name: str) -> None:
    paths = [path for path in addresses(group, "GET") if not is_open(name, path)]
    client = group.client(name)
    assert {path: refused(client, path) for path in paths} == dict.fromkeys(paths, "not for you")


@pytest.mark.parametrize("name", ["tia", "lee", "fay", "adam"])
def test_translators_the_group_and_administrators_come_in_to_translate(group: Group, name: str) -> None:
    paths = [path for path in addresses(group, "GET") if path.startswith(FOR_THOSE_WHO_TRANSLATE)]
    assert len(paths) > 7
    client = group.client(name)
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_an_administrator_keeps_members_and_pay_and_reads_nothing_of_what_is_said(group: Group) -> None:
    client = group.client("adam")
    for path in addresses(group, "GET"):
        if not path.startswith((*FOR_THOSE_WHO_RUN_THE_GROUP, FOR_THOSE_WHO_TRANSLATE)):
            assert refused(client, path) == "not for you", path


@pytest.mark.parametrize("name", ["lee", "sue"])
def test_members_who_do_not_run_the_group_see_nobodys_records(group: Group, name: str) -> None:
    for path in addresses(group, "GET"):
        if path.startswith(FOR_THOSE_WHO_RUN_THE_GROUP):
            assert refused(group.client(name), path) == "not for you", path


def test_nothing_can_be_sent_by_strangers_nor_without_the_token_of_a_page(group: Group) -> None:
    before = group.store.rows("select count(*) from audit")
    stranger, member = group.app.test_client(), group.client("lee")
    for path in addresses(group, "POST"):
        for client in (stranger, member):
            assert client.post(path, data={"words": "Ten of us"}).status_code == 400, path
    assert group.store.rows("select count(*) from audit") == before


@pytest.mark.parametrize("name", NOT_IN_THE_GROUP)
def test_what_others_send_is_refused_with_one_audit_row(group: Group, name: str) -> None:
    client = group.client(name)
    token = group.token(client, "/review/")
    for path in addresses(group, "POST"):
        if is_open(name, path):
            continue
        ((before,),) = group.store.rows("select count(*) from audit")
        answer = client.post(path, data={"csrf_token": token, "words": "Ten of us"})
        ((after,),) = group.store.rows("select count(*) from audit")
        assert (answer.status_code, after - before) == (403, 1), path
    assert group.store.rows("select count(*) from comments") == [(0,)]
