"""Commands about people who sign in."""

from __future__ import annotations

import click

from survey.store.accounts import Role
from survey.terminal.reach import send


@click.group()
def account() -> None:
    """People who sign in. Respondents never do."""


@account.command("add")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]), help="What they may do.")
def account_add(name: str, role: str) -> None:
    """Add an account called NAME. `phb link NAME` then makes a way in."""
    added = send("account add", name=name, role=role)
    click.echo(f"{added['name']} is added as {added['role']}. A sign-in link: phb link {added['name']}")


@account.command("list")
def account_list() -> None:
    """Everybody who can sign in, with their role and since when."""
    for each in send("account list"):
        click.echo(f"{each['name']}\t{each['role']}\tsince {each['added_on']}")


@account.command("remove")
@click.argument("name")
@click.option("--because", required=True, help="Why; kept with the account.")
def account_remove(name: str, because: str) -> None:
    """Let the account NAME sign in no more: links and session end. What they said and did stays."""
    removed = send("account remove", name=name, because=because)
    click.echo(f"{removed['name']} can no longer sign in. What they said and did stays.")


@click.command()
@click.argument("name")
def link(name: str) -> None:
    """Make a sign-in link for the account NAME. It works once, within the hour; older ones no longer work."""
    made = send("link", name=name)
    click.echo(f"{made['url']}\nor, at {made['page']}, the name and the code {made['code']}")
