"""A real mail server for tests, which keeps what it is sent, or refuses it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from queue import Queue
from typing import Any, cast

from aiosmtpd.controller import Controller

from survey.config import MailServer


@dataclass
class Postbox:
    """What arrived, in its order; addresses in `refused` are told that there is no such box."""

    server: MailServer
    refused: set[str] = field(default_factory=set)
    arrived: Queue[EmailMessage] = field(default_factory=Queue)

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 No such box here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.arrived.put(cast(EmailMessage, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"

    def take(self) -> EmailMessage:
        """The next letter; waits for it."""
        return self.arrived.get(timeout=5)

    @property
    def is_empty(self) -> bool:
        return self.arrived.empty()


def server_at(port: int, user: str = "", password: str = "") -> MailServer:
    """A mail server of this machine without encryption."""
    return MailServer("127.0.0.1", port, False, user, password, "survey@example.org")


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A server that takes mail while the block runs."""
    box = Postbox(server_at(free_port()))
    controller = Controller(box, hostname=box.server.host, port=box.server.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def server_that_hangs() -> Iterator[MailServer]:
    """A server that takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield server_at(listening.getsockname()[1])


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
