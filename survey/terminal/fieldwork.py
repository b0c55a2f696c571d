"""Commands of fieldwork: waves, invitation codes, the analysis file and releases."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import click

from survey.terminal.reach import send
from survey.terminal.said import FILE, FOLDER, new_private_file, plain_errors

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def wave() -> None:
    """Open, close and list waves of fieldwork."""


@wave.command("open")
@click.argument("wave")
@click.option("--questionnaire", required=True, metavar="ID", help="Of the folder PHB_QUESTIONNAIRES.")
@click.option("--areas", metavar="YEAR", help="Which list of NHS areas, such as 2026.  [default: the newest]")
@click.option("--open-link", is_flag=True, help="Anyone with the address may answer; else only with a code.")
def wave_open(wave: str, questionnaire: str, areas: str | None, open_link: bool) -> None:
    """Open WAVE. A questionnaire that the group has not agreed can only be tried, in a wave named `trial`."""
    opened = send("wave open", wave=wave, questionnaire=questionnaire, areas=areas, open_link=open_link)
    how = "to anyone with the address" if opened["open_link"] else "to people with a code"
    click.echo(f"The wave '{wave}' of {opened['questionnaire']} is open {how}, with the areas of {opened['areas']}.")
    if opened["warnings"]:
        click.echo(f"`phb check` has {opened['warnings']} warnings about the questionnaire.")


@wave.command("close")
@click.argument("wave")
def wave_close(wave: str) -> None:
    """Close WAVE for good, and publish its results as provisional."""
    closed = send("wave close", wave=wave)
    click.echo(f"The wave '{wave}' is closed. Results: {closed['release']}")


@wave.command("list")
def wave_list() -> None:
    """List the waves and how many people have answered."""
    listed = send("wave list")
    if not listed:
        click.echo("There is no wave yet. `phb wave open` opens one.")
    for each in listed:
        state = f"closed {each['closed_on']}" if each["closed_on"] else "open"
        marks = ["made up"] * each["made_up"] + ["open link"] * each["open_link"]
        click.echo(
            f"{each['wave']}: {each['questionnaire']}, areas of {each['areas']}, opened {each['opened_on']}, {state}"
            f"{''.join(f', {mark}' for mark in marks)}; {each['begun']} begun, {each['sent']} sent"
        )


@click.group()
def codes() -> None:
    """Invitation codes."""


@codes.command("issue")
@click.option("--wave", required=True, help="Which wave; `phb wave list` names them.")
@click.option("--area", required=True, metavar="CODE", help="Of the wave's list of NHS areas, such as QMJ.")
@click.option("--count", required=True, type=click.IntRange(1, 100_000), help="How many.")
@click.option("--out", required=True, type=FILE, help="A new CSV file: code, wave, area, url.")
def codes_issue(wave: str, area: str, count: int, out: Path) -> None:
    """Make new invitation codes for an area. They are in this file and nowhere else."""
    with plain_errors(), new_private_file(out) as file:
        writer = csv.DictWriter(file, ["code", "wave", "area", "url"])
        writer.writeheader()
        writer.writerows(send("codes issue", wave=wave, area=area, count=count))
    click.echo(f"{count} codes for {area} are in {out}")


@click.command()
@click.option("--wave", required=True, help="Which wave; `phb wave list` names them.")
@click.option("--out", required=True, type=FOLDER, help="Folder for the files; made if it is not there.")
def export(wave: str, out: Path) -> None:
    """Write the analysis file of a wave as Parquet, CSV and SPSS, with a codebook.

    Free text is in a folder `restricted`, which only you can open: people may have written who they are.
    """
    written = send("export", wave=wave, out=str(out.absolute()))
    click.echo(f"{written['responses']} responses in {written['folder']}: {', '.join(written['files'])}")


@click.command()
@click.option("--wave", required=True, help="Which wave; `phb wave list` names them.")
@click.option("--sign", is_flag=True, help="As looked through and signed, not as provisional; needs --by.")
@click.option("--by", metavar="NAME", help="Who signs, or puts right: the account of an analyst or admin.")
@click.option("--note", metavar="TEXT", help="What readers should know, with --sign.")
@click.option("--public-on", metavar="YYYY-MM-DD", type=DAY, help="From when everyone may see it, with --sign.")
@click.option("--again", is_flag=True, help="Make the estimates again; needs --because and --by.")
@click.option("--because", metavar="TEXT", help="What is put right. Every later release says so.")
@click.option("--unweighted", is_flag=True, help="Do not weight people to the benchmarks.")
def publish(
    wave: str,
    sign: bool,
    by: str | None,
    note: str | None,
    public_on: datetime | None,
    again: bool,
    because: str | None,
    unweighted: bool,
) -> None:
    """Make a release: fieldwork counts of an open wave, results of a closed one.

    Results are made once; later releases take them over. Made again, a figure changes only where ten new people or
    more stand behind it.
    """
    if by and not (sign or again):
        raise click.UsageError("--by says who signs, or who puts right; it goes with --sign or --again.")
    if sign and not by:
        raise click.UsageError("--sign needs --by NAME, the account of the analyst who signs.")
    if (note or public_on) and not sign:
        raise click.UsageError("--note and --public-on go with --sign: what nobody has signed is not public.")
    if again and not (by and because and because.strip()):
        raise click.UsageError("--again needs --because TEXT, what is put right, and --by NAME, an analyst's account.")
    if because and not again:
        raise click.UsageError("--because says why estimates are made again; it goes with --again.")
    made = send(
        "publish",
        wave=wave,
        sign=sign,
        by=by,
        note=note or "",
        public_on=public_on.date().isoformat() if public_on else None,
        again=again,
        because=because or "",
        unweighted=unweighted,
    )
    click.echo(made["release"])
