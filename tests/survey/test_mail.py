"""Mail: one plain letter to one address; a server that refuses, hangs or is not there costs nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from survey.mail import MailProblem, ServerProblem, mail_connection
from tests.survey.postbox import free_port, postbox, server_at, server_that_hangs

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_a_letter_arrives_as_plain_text_from_the_sender_that_is_set() -> None:
    with postbox() as box:
        with mail_connection(box.server) as connection:
            connection.send("lee@example.org", "There is an answer", "Zażółć\nSign in.", NOON)
        letter = box.take()
    assert (letter["From"], letter["To"]) == ("survey@example.org", "lee@example.org")
    assert letter["Subject"] == "There is an answer"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().split() == ["Zażółć", "Sign", "in."]


@pytest.mark.parametrize(
    "address",
    [
        "lee@example.org\r\nBcc: all@example.org",
        "lee@example.org\n",
        "lee@example.org, all@example.org",
        "Lee <lee@example.org>",
        "lee",
        "lee@" + "a" * 260,
        "",
    ],
)
def test_what_is_no_single_address_gets_no_mail(address: str) -> None:
    with postbox() as box, mail_connection(box.server) as connection:
        with pytest.raises(MailProblem, match="no address"):
            connection.send(address, "There is an answer", "Sign in.", NOON)
        assert box.is_empty


def test_a_subject_cannot_start_a_header_of_its_own() -> None:
    with postbox() as box:
        with mail_connection(box.server) as connection:
            connection.send("lee@example.org", "An answer\r\nBcc: all@example.org", "Sign in.", NOON)
        letter = box.take()
    assert letter["Bcc"] is None
    assert letter["Subject"] == "An answer Bcc: all@example.org"


def test_an_address_that_is_refused_does_not_hold_up_the_next() -> None:
    with postbox() as box:
        box.refused.add("gone@example.org")
        with mail_connection(box.server) as connection:
            with pytest.raises(MailProblem, match="550 No such box here") as caught:
                connection.send("gone@example.org", "A", "B", NOON)
            assert not isinstance(caught.value, ServerProblem)
            connection.send("lee@example.org", "A", "B", NOON)
        assert box.take()["To"] == "lee@example.org"


def test_a_server_that_hangs_is_given_up() -> None:
    with (
        server_that_hangs() as server,
        pytest.raises(ServerProblem, match="timed out"),
        mail_connection(server, patience=0.1),
    ):
        pass


def test_a_server_that_is_not_there_is_a_problem_in_one_line() -> None:
    with pytest.raises(ServerProblem, match="ConnectionRefusedError"), mail_connection(server_at(free_port())):
        pass


def test_a_password_goes_over_no_line_that_is_not_encrypted() -> None:
    with (
        postbox() as box,
        pytest.raises(ServerProblem, match="no encryption") as caught,
        mail_connection(server_at(box.server.port, user="post", password="secret")),
    ):
        pass
    assert "secret" not in str(caught.value)
