"""A co-production group on a real store, with a clock that a test can turn and a browser for each member."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.config import Config
from survey.coproduction.rounds import Act, Plan, Round
from survey.questionnaire.model import Questionnaire
from survey.store.accounts import Account, Role, add_account, make_link
from survey.store.connect import Store
from survey.store.group.acting import Deed, carry_out_in_round
from survey.store.group.rounds import add_round, move_round
from survey.store.versions import save_version

BEGIN = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)

MEMBERS = {
    "lee": Role.LIVED_EXPERIENCE,
    "noor": Role.LIVED_EXPERIENCE,
    "kim": Role.LIVED_EXPERIENCE,
    "tom": Role.LIVED_EXPERIENCE,
    "cara": Role.CARER,
    "sue": Role.GROUP_STAFF,
    "raj": Role.GROUP_STAFF,
    "fay": Role.FACILITATOR,
}
"""Five on the side of lived experience, two staff, one who facilitates."""

SMALL = {
    "id": "small",
    "version": "1",
    "status": "draft",
    "language": "en-GB",
    "title": "A small survey",
    "purpose": "To hear how your personal health budget is going.",
    "minutes": 5,
    "contact": {"name": "Survey team", "email": "team@example.org", "phone": "01632 960 123"},
    "sections": [
        {
            "id": "budget",
            "title": "Your budget",
            "pages": [
                {
                    "id": "control",
                    "items": [
                        {
                            "id": "control",
                            "type": "choice",
                            "text": {
                                "self": "How much control do you have over your support?",
                                "proxy": "How much control does the person have over their support?",
                            },
                            "hint": "Think about the last year.",
                            "options": [
                                {"code": "a_lot", "text": "A lot"},
                                {"code": "some", "text": "Some"},
                                {"code": "none", "text": "None"},
                            ],
                        }
                    ],
                },
                {
                    "id": "helped",
                    "items": [{"id": "helped", "type": "long_text", "text": "What helped you?", "max_length": 2000}],
                },
                {
                    "id": "times",
                    "show_if": {"item": "control", "is_not": "none"},
                    "items": [
                        {
                            "id": "times",
                            "type": "number",
                            "text": "How often did you ask for help?",
                            "min": 0,
                            "max": 99,
                        }
                    ],
                },
            ],
        }
    ],
}
"""A questionnaire of three questions as its JSON says it."""


@dataclass
class Clock:
    """Now, until a test says otherwise."""

    moment: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **units: float) -> None:
        self.moment += timedelta(**units)


@dataclass
class Group:
    """Everything that a test of the workspace touches."""

    app: Flask
    config: Config
    store: Store
    clock: Clock
    accounts: dict[str, Account] = field(default_factory=dict)
    _clients: dict[str, FlaskClient] = field(default_factory=dict)

    def add(self, name: str, role: Role) -> Account:
        """An account that can sign in."""
        self.accounts[name] = add_account(self.store, name, role, self.clock())
        return self.accounts[name]

    def client(self, name: str) -> FlaskClient:
        """The browser of somebody who has signed in with a link of their own."""
        if name not in self._clients:
            client = self.app.test_client()
            link = make_link(self.store, self.config.code_key, name, self.clock())
            address = f"/staff/sign-in/{link.token}"
            client.post(address, data={"csrf_token": self.token(client, address)})
            self._clients[name] = client
        return self._clients[name]

    def sign_out(self) -> None:
        """Let everybody sign in anew, after a day or more has gone by."""
        self._clients.clear()

    def get(self, name: str, path: str) -> TestResponse:
        return self.client(name).get(path)

    def text(self, name: str, path: str) -> str:
        """What a page says, as HTML; it must be there."""
        answer = self.get(name, path)
        assert answer.status_code == 200, (answer.status_code, path)
        return answer.get_data(as_text=True)

    def post(self, name: str, path: str, seen_on: str | None = None, **fields: str) -> TestResponse:
        """Send a form as a browser does: get the page it is on, take over its token."""
        client = self.client(name)
        return client.post(path, data={**fields, "csrf_token": self.token(client, seen_on or path)})

    def token(self, client: FlaskClient, path: str) -> str:
        page = client.get(path).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found is not None, page
        return found[1]

    def deed(self, name: str, action: str = "test", subject: str = "test") -> Deed:
        return Deed(self.accounts[name], action, subject, self.clock())

    def prepare_round(self, source: dict[str, object] | None = None, **plan: object) -> Round:
        """A round in preparation by fay, on a questionnaire given as JSON; everyone is asked."""
        questionnaire = Questionnaire.model_validate_json(json.dumps(source or SMALL))
        version = self.store.journal.run(lambda cursor: save_version(cursor, questionnaire, self.clock()))
        today = self.clock().date()
        written: dict[str, object] = {
            "title": "The questions for next year",
            "purpose": "To make the questions easy to answer.",
            "can_change": "The words, the answers and the order.",
            "cannot_change": "That nobody is asked for a name.",
            "difference": "What you agree on will be asked next year.",
            "contact": "Fay, 01632 960 124",
            "say_until": today + timedelta(days=21),
            "decide_until": today + timedelta(days=28),
            "quorum": 5,
        }
        return add_round(
            self.store,
            self.deed("fay", "prepare round", "a round"),
            questionnaire=questionnaire.id,
            version=version,
            plan=Plan(**{**written, **plan}),  # type: ignore[arg-type]
            minutes=8,
            asked=[account.id for account in self.accounts.values()],
        )

    def open_round(self, source: dict[str, object] | None = None, **plan: object) -> Round:
        """A round in review, without asking the rules of opening."""
        prepared = self.prepare_round(source, **plan)
        moment = self.clock().replace(tzinfo=None)
        decide_until: date | None = prepared.plan.decide_until
        return carry_out_in_round(
            self.store,
            self.deed("fay", "open round", f"round {prepared.id}"),
            prepared.id,
            lambda cursor: move_round(
                cursor, prepared.id, Act.OPEN, self.clock(), opened_at=moment, first_decide_until=decide_until
            ),
        )
