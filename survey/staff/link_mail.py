"""“Send me a link”: a sign-in link by mail, straight to its owner; the page says and does the same for every name."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Thread

from survey.config import MailServer
from survey.mail import MailProblem, mail_connection
from survey.staff.tries import WrongTries
from survey.store.accounts import make_link
from survey.store.connect import Store
from survey.store.group.letters import address_of

_log = logging.getLogger(__name__)

MOST_A_NAME = 3
"""Links an hour for one name: anyone can type it, and a new link takes the place of the one before."""
MOST_IN_ALL = 300

_SUBJECT = "Your link to sign in"
_WORDS = """You, or somebody who typed your name, asked for a link to sign in.

{address}/staff/sign-in/{token}

It works once, for 60 minutes. If you did not ask for it, do nothing: nobody but you has this link.
"""


@dataclass(frozen=True)
class LinkMail:
    """Sends links; `key` keys their hashes, `address` is the site's, without a slash."""

    store: Store
    key: bytes
    server: MailServer
    address: str
    now: Callable[[], datetime]
    asked: WrongTries = field(default_factory=lambda: WrongTries(most=MOST_A_NAME))
    sent: WrongTries = field(default_factory=lambda: WrongTries(most=MOST_IN_ALL))

    def send(self, name: str) -> None:
        """Send a link to whoever has this name, if there is somebody with an address.

        In a thread of its own, so that the answer comes as fast for a name that nobody has.
        """
        now = self.now()
        if not self.asked.too_many(name, now):
            self.asked.add(name, now)
            Thread(target=self._send, args=(name, now), name="link mail", daemon=True).start()

    def _send(self, name: str, now: datetime) -> None:
        try:
            to = address_of(self.store, name)
            if not to or self.sent.too_many("", now):
                return
            self.sent.add("", now)
            with mail_connection(self.server) as connection:
                link = make_link(self.store, self.key, name, now, actor="sign-in page")
                connection.send(to, _SUBJECT, _WORDS.format(address=self.address, token=link.token), now)
        except MailProblem as problem:
            _log.warning("A link to sign in was not sent: %s", problem)
        except Exception:
            _log.exception("A link to sign in was not sent")
