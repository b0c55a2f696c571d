"""How translators are called on these pages: as they chose for themselves, as translators or in the group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from survey.i18n import gettext
from survey.respondent.site import current_site
from survey.store.accounts import list_accounts
from survey.store.group.people import how_people_are_shown
from survey.store.translating.credits import credit_of


def names_of(accounts: Iterable[int]) -> Mapping[int, str]:
    """The names of some people, by account. Who wants to be named nowhere is somebody here, too."""
    store = current_site().store
    known = {account.id: account.name for account in list_accounts(store)}
    shown = {account: shown.name for account, shown in how_people_are_shown(store).items()}
    found = {}
    for account in set(accounts):
        chosen = credit_of(store, account)
        name = shown.get(account, known.get(account, "")) if chosen is None else chosen
        found[account] = name or gettext("somebody who is not named here")
    return found
