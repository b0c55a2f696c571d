"""The web application behind the server: survey, group and staff, dashboard and public results on one store."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Sequence
from threading import Timer
from typing import TYPE_CHECKING

from survey import resources
from survey.commands import make_handlers
from survey.compressing import Compressed
from survey.config import load_config
from survey.control import CommandServer
from survey.i18n import RESULTS, Languages
from survey.looks import COOKIE, read_looks
from survey.store.connect import open_store
from survey.together.group import outside_of_the_group
from survey.together.services import has_results, make_services, now

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from flask import Flask, Request

    from dashboard.access import Stage
    from dashboard.public.speech import Tongue

UNTIL_THE_REST = 10.0
"""Seconds after the start until the pages of the group are read in every language: all together they take three."""


def wsgi() -> WSGIApplication:
    """What the server serves: survey, staff, group at `/`, `/dashboard/`, public `/results/`, on the store it opens."""
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    from dashboard.app import create_dashboard
    from dashboard.data import Releases
    from dashboard.public.app import create_results
    from dashboard.public.days import PublicDays
    from survey.app import create_app, read_languages
    from survey.export.wording import write_all_wordings
    from survey.letters import Postman
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
    postman = Postman(store, config.mail, config.url, now) if config.mail is not None else None
    if postman is not None:
        postman.start()
    days = PublicDays(Releases(services.releases))
    languages = read_languages(config)
    reading = Timer(UNTIL_THE_REST, languages.read_the_rest)
    reading.daemon = True
    reading.start()
    survey = create_app(
        config,
        store,
        languages=languages,
        public_waves=days.waves,
        next_public_day=days.next_day,
        leaving=services.leaving,
        outside=outside_of_the_group(services.releases, languages),
    )
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
        speech=lambda: speak(languages),
        stylesheets=(resources.static_address("app.css"), resources.static_address("app-rtl.css")),
        icon=resources.static_address("favicon.svg"),
        looks=read_results_looks,
    )

    def close() -> None:
        reading.cancel()
        refresher.close()
        if postman is not None:
            postman.close()
        commands.close()
        store.close()

    atexit.register(close)
    stop_with_parent()
    # What is loaded by now stays for good: looking through it for garbage took a tenth of a second every few views.
    gc.collect()
    gc.freeze()
    together = DispatcherMiddleware(survey, {"/dashboard": dashboard, "/results": results})
    return RequestLog(Compressed(together))


def speak(languages: Languages) -> Sequence[Tongue]:
    """The languages of the public pages of results, with what translators have decided by now."""
    from dashboard.public.speech import make_tongue

    return [make_tongue(catalogue) for catalogue in languages.catalogues(RESULTS)]


def read_results_looks(request: Request, right_to_left: bool) -> tuple[str, tuple[tuple[str, str], ...]]:
    """How somebody wants the public pages of results to look: classes and style sheets."""
    looks = read_looks(request.cookies.get(COOKIE))
    return looks.classes, looks.sheets(right_to_left=right_to_left)


def read_stages(survey: Flask, environ: WSGIEnvironment) -> frozenset[Stage] | None:
    """The stages of releases that whoever sent a request may see on the dashboard; None for whom it is not there."""
    from dashboard.access import Stage
    from survey.staff.guard import stages_seen

    stages = stages_seen(survey, environ)
    return None if stages is None else frozenset(Stage(stage.value) for stage in stages)
