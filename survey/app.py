"""The web application, put together: settings, store, languages, pages, and what is said to every browser."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime
from functools import partial

from flask import Flask
from flask_wtf import CSRFProtect
from whitenoise import WhiteNoise

from survey import resources
from survey.checking import count_findings
from survey.config import Config
from survey.cookies import SignedSessions
from survey.export.leaving import Leaving
from survey.headers import SecureHeaders
from survey.i18n import Languages
from survey.respondent import (
    about,
    changes,
    comfort,
    ending,
    entry,
    exits,
    handover,
    language,
    media,
    previewing,
    questions,
    returning,
)
from survey.respondent.editions import Editions
from survey.respondent.pages import frame
from survey.respondent.problems import install_problem_pages
from survey.respondent.site import Site, install_site, interface_locale
from survey.review.outside import Outside
from survey.review.views import init_review, review
from survey.speaking import init_babel
from survey.staff.findings.views import KEEP_WHAT_WAS_TYPED
from survey.staff.guard import is_signed_in, may_see_fieldwork
from survey.staff.offers.views import KEEP_WHAT_WAS_TYPED as KEEP_WHAT_WAS_DECIDED
from survey.staff.views import init_staff
from survey.store.connect import Store
from survey.templating import prepare_templates
from survey.translations.overlay import decided_folder

LARGEST_BODY = 4 * 1024 * 1024
"""Bytes. A text of 100,000 characters arrives as up to 1.2 MB and must get a kind answer; more is nobody's typing."""
YEAR = 365 * 24 * 60 * 60

RESPONDENT_BLUEPRINTS = tuple(
    module.blueprint
    for module in (
        entry,
        returning,
        questions,
        ending,
        handover,
        language,
        comfort,
        exits,
        about,
        changes,
        media,
        previewing,
    )
)


def create_app(
    config: Config,
    store: Store,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    public_waves: Callable[[], Collection[str]] = tuple,
    next_public_day: Callable[[], date | None] = lambda: None,
    leaving: Leaving | None = None,
    outside: Outside | None = None,
    languages: Languages | None = None,
) -> Flask:
    """The WSGI application of the survey, of the group and of those who run it, on an open store.

    What is public of the results is asked of `public_waves` and `next_public_day`, what the group reads of them of
    `outside`: the survey knows no releases.
    """
    app = Flask("survey", static_folder=None, template_folder=str(resources.PACKAGE / "templates"))
    _configure(app, config)
    languages = languages or read_languages(config)
    editions = Editions(store, languages, config.questionnaires)
    site = Site(config, store, languages, editions, now, may_see_fieldwork, is_signed_in, public_waves, next_public_day)
    install_site(app, site)
    prepare_templates(app, config)
    app.context_processor(lambda: frame(None))
    init_babel(app, languages, interface_locale)
    install_problem_pages(app)
    csrf = CSRFProtect(app)
    for blueprint in RESPONDENT_BLUEPRINTS:
        csrf.exempt(blueprint)  # their views check the token themselves, to keep what was typed when it is stale
        app.register_blueprint(blueprint)
    for view in (*KEEP_WHAT_WAS_TYPED, *KEEP_WHAT_WAS_DECIDED):
        csrf.exempt(view)
    init_staff(
        app,
        config=config,
        store=store,
        languages=languages,
        now=now,
        count_findings=partial(count_findings, config.questionnaires),
        leaving=leaving,
    )
    csrf.exempt(review)  # it checks the token itself, to give back what was typed
    init_review(app, outside or Outside())
    static = WhiteNoise(app.wsgi_app, root=resources.STATIC, prefix="static/", max_age=YEAR)
    app.wsgi_app = SecureHeaders(static)  # type: ignore[method-assign]
    return app


def read_languages(config: Config) -> Languages:
    """What ships, with what was decided on this installation laid over it."""
    return Languages(resources.TRANSLATIONS, decided_folder(config.data))


def _configure(app: Flask, config: Config) -> None:
    app.session_interface = SignedSessions(config.secret)
    app.config.update(
        SECRET_KEY=config.secret,
        SESSION_COOKIE_NAME="phb",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.url.startswith("https:"),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        WTF_CSRF_TIME_LIMIT=None,  # nobody is hurried: a page may stay open for days
    )
