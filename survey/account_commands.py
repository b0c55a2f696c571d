"""The commands about people who sign in; see `commands.py` for how commands are run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.control import CommandFailed, Report
from survey.coproduction.refusals import Refused
from survey.store import accounts
from survey.store.group.departures import remove_account as remove

if TYPE_CHECKING:
    from survey.commands import Arguments, Services


def add_account(services: Services, arguments: Arguments, report: Report) -> Any:
    """Add somebody who can sign in."""
    added = accounts.add_account(services.store, arguments["name"], accounts.Role(arguments["role"]), services.now())
    return {"name": added.name, "role": str(added.role)}


def list_accounts(services: Services, arguments: Arguments, report: Report) -> Any:
    """Everybody who can sign in."""
    present = accounts.list_present(services.store)
    return [
        {"name": each.name, "role": str(each.role), "added_on": each.added_at.date().isoformat()} for each in present
    ]


def remove_account(services: Services, arguments: Arguments, report: Report) -> Any:
    """Let somebody sign in no more; what they said and did stays."""
    try:
        remove(services.store, arguments["name"], arguments["because"], services.now())
    except Refused as refused:
        raise CommandFailed(f"Nothing was changed: {refused}.") from refused
    return {"name": arguments["name"]}


def make_link(services: Services, arguments: Arguments, report: Report) -> Any:
    """A way in for somebody, good once and for an hour."""
    link = accounts.make_link(services.store, services.config.code_key, arguments["name"], services.now())
    return {
        "url": f"{services.config.url}/staff/sign-in/{link.token}",
        "page": f"{services.config.url}/staff/sign-in",
        "code": link.code6,
        "expires_at": link.expires_at.isoformat(timespec="minutes"),
    }
