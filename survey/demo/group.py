"""The made-up co-production group: its people, what they wrote of themselves, and the rounds they play."""

from __future__ import annotations

from datetime import datetime, timedelta

from survey.coproduction.membership import TextKind
from survey.coproduction.people import Office
from survey.demo import group_words as words
from survey.demo.group_rounds import begin, play_first_round, play_open_round
from survey.questionnaire.model import Questionnaire
from survey.store.accounts import Account, list_accounts
from survey.store.connect import Store
from survey.store.group.acting import Deed
from survey.store.group.members import add_member, load_member, save_profile
from survey.store.group.offices import give_office
from survey.store.group.rounds import list_rounds, load_round
from survey.store.group.texts import add_text, agree_to_text
from survey.store.versions import load_version

FOUNDED = timedelta(days=120)
"""So long ago the made-up group began, and opened its first round ten days later."""


def found_group(store: Store, questionnaire: Questionnaire, now: datetime) -> None:
    """Bring the group together and play its rounds; a group that has had a round already stays as it is."""
    if list_rounds(store):
        return
    founded = now - FOUNDED
    accounts = {account.name: account for account in list_accounts(store)}
    _gather(store, accounts, founded)
    sponsor = words.OFFICES[Office.SPONSOR]
    first = begin(store, accounts, questionnaire, words.TITLES[0], founded + timedelta(days=10))
    play_first_round(first, sponsor)
    agreed = load_version(store, load_round(store, first.round.id).new_version)
    play_open_round(begin(store, accounts, agreed, words.TITLES[1], now - timedelta(days=4)))


def _gather(store: Store, accounts: dict[str, Account], founded: datetime) -> None:
    by = accounts[words.OFFICES[Office.SPONSOR]]
    for name, role in words.GROUP.items():
        if name not in accounts:
            deed = Deed(by, "add member", name, founded)
            accounts[name] = add_member(store, deed, name, role, founded.date())
    for office, name in words.OFFICES.items():
        give_office(store, Deed(by, "give office", name, founded), accounts[name].id, office)
    fay = accounts["fay"]
    for kind, text in words.TEXTS.items():
        add_text(store, Deed(fay, "write text", kind, founded), kind, text, seen=0)
    for name in words.GROUP:
        agree_to_text(store, Deed(accounts[name], "agree", "conduct", founded), TextKind.CONDUCT, 1)
    offered = {dimension: [code] for each in words.PROFILES.values() for dimension, code in each.about.items()}
    for name, profile in words.PROFILES.items():
        member = load_member(store, accounts[name].id)
        assert member is not None
        deed = Deed(accounts[name], "say about oneself", name, founded)
        save_profile(store, deed, member.account, profile, member.revision, offered)
