"""Handing mail over to a server: plain text, one letter to one address, and a server that hangs holds up nothing."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from survey.config import MailServer, is_mail_address

PATIENCE = 10.0
"""Seconds that a server may take for each step."""


class MailProblem(Exception):
    """A mail was not taken; the message says why, in a line."""


class ServerProblem(MailProblem):
    """No mail at all was taken: there is no server, or it does not let us in."""


class Connection:
    """A connection to a mail server, over which letters go one after another."""

    def __init__(self, server: MailServer, connected: smtplib.SMTP) -> None:
        self._server = server
        self._connected = connected

    def send(self, to: str, subject: str, words: str, now: datetime) -> None:
        """Send one letter. Raises MailProblem; ServerProblem where the connection is lost."""
        if not is_mail_address(to):
            raise MailProblem("This is no address that mail can be sent to.")
        message = EmailMessage(policy=SMTP)
        message["Subject"] = " ".join(subject.split())
        message["From"] = self._server.sender
        message["To"] = to
        message["Date"] = format_datetime(now)
        message["Message-ID"] = make_msgid(domain=self._server.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words)
        try:
            self._connected.send_message(message)
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            raise ServerProblem(_told(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            self._start_again()
            raise MailProblem(_told(error)) from error

    def _start_again(self) -> None:
        """What was refused leaves the server ready for the next letter."""
        try:
            self._connected.rset()
        except (smtplib.SMTPException, OSError) as error:
            raise ServerProblem(_told(error)) from error


@contextmanager
def mail_connection(server: MailServer, patience: float = PATIENCE) -> Iterator[Connection]:
    """Connect, and sign in where a user is set; a password goes over no line that is not encrypted.

    Raises ServerProblem.
    """
    try:
        connected = _connect(server, patience)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:  # smtplib takes ASCII passwords only
        raise ServerProblem(_told(error)) from error
    try:
        yield Connection(server, connected)
    finally:
        connected.close()


def _connect(server: MailServer, patience: float) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    if server.encrypted:
        connected: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=patience, context=trusted)
    else:
        connected = smtplib.SMTP(server.host, server.port, timeout=patience)
    try:
        connected.ehlo_or_helo_if_needed()
        if not server.encrypted and connected.has_extn("starttls"):
            connected.starttls(context=trusted)
        elif not server.encrypted and server.user:
            raise smtplib.SMTPException("The server offers no encryption, so the password was not sent.")
        if server.user:
            connected.login(server.user, server.password)
    except BaseException:
        connected.close()
        raise
    return connected


def _told(error: Exception) -> str:
    """What went wrong, short; nothing of what was sent."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, reply = next(iter(error.recipients.values()))
            return f"The server refused the address: {code} {_line(reply)}"
        case smtplib.SMTPResponseException():
            return f"The server refused: {error.smtp_code} {_line(error.smtp_error)}"
        case _:
            return f"{type(error).__name__}: {_line(str(error))}"


def _line(reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:200]
