"""Four translators on a store, and one string to translate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from survey.adjudication.drafts import Entry, Key, Origin, Step
from survey.store.accounts import Account, Role, add_account
from survey.store.connect import Store, open_store
from survey.store.group.acting import Deed
from survey.store.translating.entries import add_entry
from tests.survey.store.builders import NOON, config_for

CONTROL = Key("pl", "phb-annual", "item.control.text", "How much control?")
NAMES = ("ana", "ben", "cat", "dee")


@dataclass
class Desk:
    """Who translates what, and when."""

    store: Store
    people: dict[str, Account]
    now: datetime = NOON

    def deed(self, name: str, action: str = "translate") -> Deed:
        self.now += timedelta(minutes=1)
        return Deed(self.people[name], action, "pl", self.now)

    def step(
        self,
        name: str,
        step: Step,
        *forms: str,
        key: Key = CONTROL,
        plural: str = "",
        note: str = "",
        seen: int | None = None,
    ) -> Entry:
        return add_entry(
            self.store,
            self.deed(name, f"{step} a translation"),
            key,
            plural,
            step,
            forms,
            origin=Origin.OWN,
            note=note,
            forms_wanted=3,
            seen=seen,
        )

    def decide(self, *forms: str, key: Key = CONTROL, plural: str = "") -> None:
        """Ana and Ben draft, Cat takes Ben's words, Dee agrees."""
        drafts = {"ana": (*[f"{form} (Ana)" for form in forms],), "ben": forms}
        for name, words in drafts.items():
            self.step(name, Step.DRAFT, *words, key=key, plural=plural)
        self.step("cat", Step.REVIEW, *forms, key=key, plural=plural)
        self.step("dee", Step.ADJUDICATE, *forms, key=key, plural=plural)

    def audit(self) -> list[tuple[str, str]]:
        """Who did what, accounts apart."""
        return [
            (actor, action)
            for actor, action in self.store.rows("select actor, action from audit order by happened_at")
            if action != "add account"
        ]


def reworded(key: Key, source: str) -> Key:
    return replace(key, source=source)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_store(config_for(tmp_path))) as store:
        yield Desk(store, {name: add_account(store, name, Role.TRANSLATOR, NOON) for name in NAMES})
