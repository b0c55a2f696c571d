"""The `phb` command.

The dashboard is imported where it is used: it takes a second, which a command such as `phb wave list` need not wait.
"""

from __future__ import annotations

import os
import shlex
from contextlib import closing
from pathlib import Path

import click

from survey import resources
from survey.config import default_data_folder, load_config
from survey.store.connect import open_store
from survey.terminal import authoring, checks, fieldwork, offers, people, postcodes, questionnaires, upkeep, versions
from survey.terminal.progress import progress_bars
from survey.terminal.said import plain_errors, show_addresses
from survey.together.services import has_results, make_services, now


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="phb-survey")
@click.pass_context
def main(context: click.Context) -> None:
    """The annual personal health budget survey: run it, look after its fieldwork, publish what it finds.

    Settings come from the environment (PHB_DATA, PHB_URL and others, see the README). Commands work while the survey
    is being served, too.
    """
    context.obj = make_services


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the survey at /, staff pages at /staff/, the dashboard at /dashboard/ and public results at /results/.

    An empty store gets a wave `trial` of the annual survey that anyone with the address can answer.
    """
    from survey import serve as serving

    with plain_errors():
        os.environ.setdefault("PHB_URL", serving.address_of(host, port))
        config = load_config(os.environ)
        serving.check_questionnaires(config.questionnaires)
        serving.check_address(host, port)
        serving.check_room(config.data)
        with closing(open_store(config)) as store:
            first = serving.open_first_wave(store, config, now())
    if first is not None:
        click.echo(f"The store was empty: the wave '{first.id}' of {first.questionnaire} is open to anyone.")
    show_addresses(config.url)
    serving.run_server(host, port)


@main.command()
@click.option("--responses", default=1260, show_default=True, type=click.IntRange(3, 10_000_000), help="In all waves.")
@click.option("--seed", default=2026, show_default=True, help="Another seed makes other people up.")
@click.option("--serve/--no-serve", "then_serve", default=True, help="Serve afterwards, or only fill.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def demo(responses: int, seed: int, then_serve: bool, host: str, port: int) -> None:
    """Fill a system with made-up answers, say where to look, and serve it.

    Three closed waves with results, and a wave `trial` to answer in. It lives in a folder of its own (PHB_DATA, else
    data/live/demo) and is filled once: another time it starts at once. Delete the folder to begin anew.
    """
    from survey import serve as serving
    from survey.demo.showing import prepare_demo

    with plain_errors():
        os.environ.setdefault("PHB_URL", serving.address_of(host, port))
        os.environ.setdefault("PHB_DATA", str(default_data_folder() / "demo"))
        config = load_config(os.environ)
        serving.check_questionnaires(config.questionnaires)
        serving.check_room(config.data)
        if then_serve:
            serving.check_address(host, port)
        with closing(open_store(config)) as store, progress_bars() as bars:
            services = make_services(config, store)
            guide = prepare_demo(services, has_results, responses=responses, seed=seed, report=bars.show)
    click.echo(f"Made-up data: {guide.responses} responses in {config.data}")
    if guide.responses != responses:
        click.echo(f"It was filled before. To have {responses}, delete that folder and run this again.")
    click.echo(f"Other commands on it: PHB_DATA={shlex.quote(str(config.data))} phb wave list")
    for name, link in guide.links.items():
        click.echo(f"Sign in as {name}, once and within the hour: {config.url}/staff/sign-in/{link.token}")
    for area, code in guide.codes.items():
        click.echo(f"Invitation to {area}: {config.url}/c/{code}")
    if then_serve:
        show_addresses(config.url)
        serving.run_server(host, port)


@main.group()
def areas() -> None:
    """The dated lists of NHS areas."""


@areas.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=resources.AREAS)
def areas_check(folder: Path) -> None:
    """Check the lists of areas in FOLDER, and say what became of each area. [default: those in use]"""
    from dashboard.areas import AreaError, describe_changes, load_geography

    try:
        geography = load_geography(folder)
    except AreaError as error:
        raise click.ClickException(str(error)) from error
    for line in describe_changes(geography):
        click.echo(line)


@main.group()
def benchmarks() -> None:
    """What answers are compared with: how many of all people belong to each group."""


@benchmarks.command("check")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--questionnaire", default="phb-annual", show_default=True, help="Whose groups they should be.")
def benchmarks_check(files: tuple[Path, ...], questionnaire: str) -> None:
    """Check benchmarks in CSV FILES, line by line. [default: those in use]"""
    from dashboard.areas import load_geography
    from dashboard.publish.benchmarks import known_areas, read_benchmarks, unused

    chosen = files or tuple(sorted(resources.BENCHMARKS.glob("*.csv")))
    with plain_errors():
        known, dimensions = known_areas(load_geography(resources.AREAS)), checks.group_dimensions(questionnaire)
    problems: list[str] = []
    for file in chosen:
        found = read_benchmarks(file, known, problems)
        problems += [f"{file}: {words}" for words in unused(found, dimensions)]
        groups = {(each.dimension, each.area) for each in found}
        click.echo(f"{file}: {len(found)} shares of {len(groups)} dimensions and places")
    if problems:
        raise click.ClickException("\n".join(problems))


for command in (
    checks.check,
    areas,
    benchmarks,
    versions.diff,
    versions.map_,
    fieldwork.wave,
    fieldwork.codes,
    fieldwork.export,
    fieldwork.publish,
    offers.formats,
    people.account,
    people.link,
    postcodes.postcodes,
    questionnaires.questionnaire,
    upkeep.backup,
    upkeep.restore,
    upkeep.erase,
    authoring.translations,
):
    main.add_command(command)
