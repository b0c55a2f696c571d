"""The postman: sends the letters that wait for members, where mail is set up, and tries again what failed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from survey.config import MailServer
from survey.mail import PATIENCE, MailProblem, ServerProblem, mail_connection
from survey.repeating import Repeating
from survey.store.connect import Store
from survey.store.group.letters import note_problem, note_sent, waiting_letters

_log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds between two looks at what waits."""

_FRAME = """{words}

Sign in here to read it:
{address}/review/

This letter holds no names and nothing that anyone said. Nobody reads replies to it.
"""


class Postman(Repeating):
    """Sends what waits; once started every minute, until it is closed. `address` is the site's, without a slash."""

    def __init__(
        self,
        store: Store,
        server: MailServer,
        address: str,
        now: Callable[[], datetime],
        patience: float = PATIENCE,
    ) -> None:
        super().__init__("postman", self.send_waiting, EVERY)
        self._store = store
        self._server = server
        self._address = address
        self._now = now
        self._patience = patience

    def send_waiting(self) -> None:
        """Send what waits now. A letter that is refused waits alone; without a server all that wait, wait longer."""
        waiting = list(waiting_letters(self._store, self._now()))
        if not waiting:
            return
        try:
            with mail_connection(self._server, self._patience) as connection:
                while waiting and not self.is_closing:
                    letter = waiting[0]
                    words = _FRAME.format(words=letter.words, address=self._address)
                    try:
                        connection.send(letter.address, letter.subject, words, self._now())
                    except ServerProblem:
                        raise
                    except MailProblem as problem:
                        note_problem(self._store, [letter.id], str(problem), self._now())
                    else:
                        note_sent(self._store, letter.id, self._now())
                    waiting.pop(0)
        except ServerProblem as problem:
            _log.warning("Letters wait: %s", problem)
            note_problem(self._store, [letter.id for letter in waiting], str(problem), self._now())
