"""The `phb` command, and the one place where the survey and the dashboard are put together.

The dashboard is imported where it is used: it takes a second, which a command such as `phb wave list` need not wait.
"""

from __future__ import annotations

import atexit
import gc
import os
import shlex
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from survey import resources
from survey.commands import Services, make_handlers
from survey.config import Config, default_data_folder, load_config
from survey.control import CommandFailed, CommandServer
from survey.export.leaving import Leaving
from survey.i18n import RESULTS, shipped_languages
from survey.steps import Steps
from survey.store.connect import Store, open_store
from survey.terminal import authoring, checks, fieldwork, people, postcodes, upkeep, versions
from survey.terminal.progress import progress_bars
from survey.terminal.said import plain_errors, show_addresses

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from flask import Flask

    from dashboard.access import Stage


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


# --- The application --------------------------------------------------------------


def wsgi() -> WSGIApplication:
    """What the server serves: survey and staff at `/`, `/dashboard/`, public `/results/`, all on the store it opens."""
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    from dashboard.app import create_dashboard
    from dashboard.data import Releases
    from dashboard.public.app import create_results
    from dashboard.public.days import PublicDays
    from dashboard.public.speech import make_tongue
    from survey.app import create_app
    from survey.export.wording import write_all_wordings
    from survey.refresh import Refresher
    from survey.request_log import RequestLog, set_up_logging
    from survey.serve import open_first_wave, stop_with_parent

    set_up_logging()
    config = load_config(os.environ)
    store = open_store(config)
    open_first_wave(store, config, now())
    services = make_services(config, store)
    write_all_wordings(store, services.releases)
    commands = CommandServer(make_handlers(services), config)
    refresher = Refresher(services, has_results)
    refresher.start()
    days = PublicDays(Releases(services.releases))
    survey = create_app(config, store, public_waves=days.waves, next_public_day=days.next_day, leaving=services.leaving)
    dashboard = create_dashboard(
        services.releases,
        sees=lambda request: read_stages(survey, request.environ),
        stylesheets=[resources.static_address("app.css")],
        icon=resources.static_address("favicon.svg"),
        charts=resources.static_address("plotly-basic.min.js"),
        method=resources.METHOD,
    )
    results = create_results(
        services.releases,
        speech=[make_tongue(catalogue) for catalogue in shipped_languages().catalogues(RESULTS)],
        stylesheets=(resources.static_address("app.css"), resources.static_address("app-rtl.css")),
        icon=resources.static_address("favicon.svg"),
    )

    def close() -> None:
        refresher.close()
        commands.close()
        store.close()

    atexit.register(close)
    stop_with_parent()
    # What is loaded by now stays for good: looking through it for garbage took a tenth of a second every few views.
    gc.collect()
    gc.freeze()
    return RequestLog(DispatcherMiddleware(survey, {"/dashboard": dashboard, "/results": results}))


def read_stages(survey: Flask, environ: WSGIEnvironment) -> frozenset[Stage] | None:
    """The stages of releases that whoever sent a request may see on the dashboard; None for whom it is not there."""
    from dashboard.access import Stage
    from survey.staff.guard import stages_seen

    stages = stages_seen(survey, environ)
    return None if stages is None else frozenset(Stage(stage.value) for stage in stages)


def make_services(config: Config, store: Store) -> Services:
    """What commands work with, publishing included."""
    leaving = Leaving(config.data / "analysis", config.data / "releases", let_words_out)
    return Services(config, store, publish, now, leaving=leaving)


def let_words_out(coding: Path, releases: Path, *, step: str, today: date) -> Mapping[str, Any]:
    """What of people's own words leaves: the dashboard decides. See `survey.export.leaving.LetOut`."""
    from dashboard.publish.voices import let_out

    return let_out(coding, releases, records=releases.with_name("publishing"), step=step, today=today)


def publish(analysis: Path, releases: Path, *, steps: Steps, now: datetime) -> Path:
    """Make a release of an analysis file; which responses it used is kept beside it. Raises CommandFailed."""
    from dashboard.publish.steps import Again, Signature
    from dashboard.publish.wave import PublishError, publish_wave

    try:
        return publish_wave(
            analysis,
            releases,
            areas=resources.AREAS,
            benchmarks=resources.BENCHMARKS,
            makings=releases.with_name("publishing"),
            signature=Signature(steps.signed_by, steps.note, steps.public_on) if steps.signed_by else None,
            again=Again(steps.again_by, steps.because) if steps.again_by else None,
            weighted=steps.weighted,
            now=now,
        )
    except PublishError as error:
        raise CommandFailed(str(error)) from error


def has_results(releases: Path, wave: str) -> bool:
    """Whether the newest release of a wave has estimates; so it has when only somebody can tell what to do with it."""
    from dashboard.release import ReleaseError, newest_release, read_facts

    newest = newest_release(releases, wave)
    try:
        return newest is not None and read_facts(newest).has_estimates
    except ReleaseError:
        return True


# --- Commands ---------------------------------------------------------------------


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
        serving.check_translations(resources.TRANSLATIONS)
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
        serving.check_translations(resources.TRANSLATIONS)
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
    people.account,
    people.link,
    postcodes.postcodes,
    upkeep.backup,
    upkeep.restore,
    upkeep.erase,
    authoring.translations,
):
    main.add_command(command)
