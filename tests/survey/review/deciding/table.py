"""A group with a round in review, things on its ballot paper, and short words for what its members do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import Flask

from survey.config import load_config
from survey.coproduction.deciding import Decision, Result
from survey.coproduction.people import Hat, Office, Way
from survey.coproduction.rounds import Round
from survey.coproduction.suggestions import Change, Fate, Reword
from survey.store.accounts import list_accounts
from survey.store.audit import AuditRow, list_audit
from survey.store.connect import Store, open_store
from survey.store.group.decisions import decisions_of, load_matter, put_to_vote
from survey.store.group.offices import give_office
from survey.store.group.rounds import load_round
from survey.store.group.settling import count
from survey.store.group.suggestions import add_suggestion, load_suggestion
from survey.store.group.votes import Filled, cast_votes
from tests.survey.review.group import MEMBERS, Clock, Group

SHORTER = Reword(item="helped", field="text", words="What helped you most?")
OTHERWISE = Reword(item="helped", field="text", words="What was good for you?")
HINT = Reword(item="control", field="hint", words="Think about this year.")
EVERYONE = ("lee", "noor", "kim", "tom", "cara", "sue", "raj")
"""All who have a vote: five on the side of lived experience, two staff."""


@dataclass
class Table:
    """What the members sit round."""

    group: Group
    round: int
    decisions: list[int] = field(default_factory=list)

    @property
    def store(self) -> Store:
        return self.group.store

    @property
    def today(self) -> date:
        return self.group.clock().date()

    def current(self) -> Round:
        return load_round(self.store, self.round)

    def suggest(self, change: Change, name: str = "noor", why: str = "It is shorter.") -> int:
        author = self.group.accounts[name].id
        return self.store.journal.run(
            lambda cursor: add_suggestion(
                cursor,
                self.round,
                change,
                why,
                comment=None,
                author=author,
                hat=Hat.MEMBER,
                way=Way.SELF,
                entered_by=author,
                now=self.group.clock(),
            )
        )

    def put(self, *changes: Change) -> int:
        """Put changes to the vote; the number of the last decision."""
        suggestions = [self.suggest(change) for change in changes]
        put_to_vote(self.store, self.group.deed("fay"), self.round, suggestions, self.today, Way.SELF)
        self.decisions = [each.id for each in decisions_of(self.store, self.round)]
        return self.decisions[-1]

    def vote(self, name: str, decision: int, choice: str = "agree", words: str = "", way: Way = Way.SELF) -> None:
        filled = {decision: Filled(choice, words)}
        cast_votes(self.store, self.group.deed(name, "vote"), self.round, filled, self.today, way)

    def vote_all(self, decision: int, **others: str) -> None:
        """Everyone agrees, but for those named."""
        for name in EVERYONE:
            choice = others.get(name, "agree")
            self.vote(name, decision, choice, "It is too long." if choice == "stop" else "")

    def count(self, name: str = "fay", decision: int | None = None) -> Mapping[int, Result]:
        return count(self.store, self.group.deed(name, "count votes"), self.round, self.today, Way.SELF, decision)

    def at(self, decision: int) -> Decision:
        return load_matter(self.store, decision).decision

    def fate(self, decision: int) -> Fate:
        suggestion = self.at(decision).suggestion
        assert suggestion is not None
        return load_suggestion(self.store, suggestion).fate

    def after_the_day(self) -> None:
        """The morning after the last day to vote."""
        last = self.current().plan.decide_until
        assert last is not None
        self.group.clock.advance(days=(last - self.today).days + 1)

    def audit(self) -> int:
        return len(list_audit(self.store, most=10_000))

    def last_audit(self) -> AuditRow:
        return list_audit(self.store, most=1)[0]


@contextmanager
def seated(folder: Path) -> Iterator[Group]:
    """The group of eight on the store in a folder, made where there is none, and without pages."""
    config = load_config({"PHB_DATA": str(folder)})
    with closing(open_store(config)) as store:
        group = Group(Flask("no pages"), config, store, Clock())
        group.accounts.update((account.name, account) for account in list_accounts(store))
        for name, role in MEMBERS.items():
            if name not in group.accounts:
                group.add(name, role)
        yield group


def lay_table(group: Group, **plan: object) -> Table:
    """A round in review, with kim and raj as co-chairs."""
    for name, office in (("kim", Office.CO_CHAIR_LIVED), ("raj", Office.CO_CHAIR)):
        give_office(group.store, group.deed("fay", "give office"), group.accounts[name].id, office)
    return Table(group, group.open_round(**plan).id)  # type: ignore[arg-type]
