"""Commands of the gate: which languages and formats a wave offers, and who has checked a format."""

from __future__ import annotations

import json
from typing import Any

import click

from survey.terminal.fieldwork import wave
from survey.terminal.reach import send


@wave.command("offer")
@click.argument("wave")
@click.argument("name")
@click.option("--because", metavar="TEXT", help="Why a draft is offered, in plain words: people read it on every page.")
@click.option("--machine", is_flag=True, help="The standard reason: a computer made it, people are checking it.")
@click.option("--interpreter", metavar="PHONE", help="Where people can answer with an interpreter.")
def wave_offer(wave: str, name: str, because: str | None, machine: bool, interpreter: str | None) -> None:
    """Let people in WAVE choose NAME, a language such as `ur` or a format such as `easyread`.

    What is not adjudicated is a draft, and needs a reason. Each use sets all terms anew.
    """
    made = send("wave offer", wave=wave, name=name, because=because, machine=machine, interpreter=interpreter)
    click.echo(_in_words(made))


@wave.command("withdraw")
@click.argument("wave")
@click.argument("name")
def wave_withdraw(wave: str, name: str) -> None:
    """Offer NAME in WAVE no more. People who have begun in it go on in it."""
    click.echo(_in_words(send("wave withdraw", wave=wave, name=name)))


@wave.command("offers")
@click.argument("wave")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def wave_offers(wave: str, as_json: bool) -> None:
    """List every language and format of WAVE: how far it is, and whether people can choose it."""
    listed = send("wave offers", wave=wave)
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for each in listed:
        click.echo(_in_words(each))


@click.group("format")
def formats() -> None:
    """Easy Read, British Sign Language and read-aloud questions: who has checked them."""


@formats.command("review")
@click.argument("wave")
@click.argument("name", metavar="FORMAT")
@click.option("--by", required=True, metavar="NAME", help="Who checked it.")
@click.option("--uses-it/--does-not-use-it", required=True, help="Whether they use this format themselves.")
@click.option("--agrees/--disagrees", required=True, help="What they think of it now.")
@click.option("--words", metavar="TEXT", help="What they said; needed with --disagrees.")
def format_review(wave: str, name: str, by: str, uses_it: bool, agrees: bool, words: str | None) -> None:
    """Note what somebody said of the questions of WAVE in FORMAT: easyread, audio or bsl.

    A format is agreed when two people who use it agree and nobody's latest word disagrees.
    """
    noted = send("format review", wave=wave, format=name, by=by, uses_it=uses_it, agrees=agrees, words=words)
    click.echo(_in_words(noted))


def _in_words(each: dict[str, Any]) -> str:
    is_language = each["kind"] == "language"
    unit = "strings adjudicated" if is_language else "reviewers who use it agree"
    far = "agreed" if each["is_agreed"] else f"draft, {each['done']} of {each['of']} {unit}"
    how = "not offered" if each["tier"] is None else "offered"
    if each["tier"] == "draft":
        standard = "a computer made it, people are checking it" if is_language else "people have not checked it yet"
        how += f" as a draft: {each['because'] or standard}"
    phone = f"; interpreter {each['interpreter']}" if each["interpreter"] else ""
    return f"{each['name']}: {far}; {how}{phone}"
