"""The web application, put together: settings, store, languages, pages, and what is said to every browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, get_flashed_messages, request
from flask_wtf import CSRFProtect
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader
from markupsafe import Markup
from whitenoise import WhiteNoise

from survey import resources
from survey.config import Config
from survey.cookies import SignedSessions
from survey.headers import SecureHeaders
from survey.i18n import Languages, init_babel
from survey.respondent import about, ending, entry, language, questions, returning
from survey.respondent.edition import Editions
from survey.respondent.pages import frame
from survey.respondent.problems import install_problem_pages
from survey.respondent.site import Site, current_locale, install_site
from survey.respondent.slots import flag_slot, text_slot
from survey.staff.views import init_staff
from survey.store.connect import Store

STATIC = resources.PACKAGE / "static"
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes. A text of 100,000 characters arrives as up to 1.2 MB and must get a kind answer; more is nobody's typing."""
YEAR = 365 * 24 * 60 * 60

RESPONDENT_BLUEPRINTS = tuple(module.blueprint for module in (entry, returning, questions, ending, language, about))


def create_app(config: Config, store: Store, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Flask:
    """The WSGI application of the survey and of those who run it, on an open store."""
    app = Flask("survey", static_folder=None, template_folder=str(resources.PACKAGE / "templates"))
    _configure(app, config)
    languages = Languages(resources.TRANSLATIONS)
    install_site(app, Site(config, store, languages, Editions(store, languages), now))
    _prepare_templates(app, config)
    app.context_processor(lambda: frame(None))
    init_babel(app, languages, current_locale)
    install_problem_pages(app)
    csrf = CSRFProtect(app)
    for blueprint in RESPONDENT_BLUEPRINTS:
        csrf.exempt(blueprint)  # their views check the token themselves, to keep what was typed when it is stale
        app.register_blueprint(blueprint)
    init_staff(app, config=config, store=store, now=now)
    static = WhiteNoise(app.wsgi_app, root=STATIC, prefix="static/", max_age=YEAR)
    app.wsgi_app = SecureHeaders(static)  # type: ignore[method-assign]
    return app


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


def _prepare_templates(app: Flask, config: Config) -> None:
    # The NHS.UK templates are written for Nunjucks, where what is missing is quietly empty at any depth.
    app.jinja_options = {
        "undefined": ChainableUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    loader = app.jinja_loader
    assert loader is not None
    app.jinja_env.loader = ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")])
    stamp = STATIC / ".sources"
    version = stamp.read_text()[:12] if stamp.is_file() else "unbuilt"
    app.jinja_env.globals.update(
        asset=lambda name: f"/static/{name}?v={version}",
        address=address,
        email=email,
        flag_slot=flag_slot,
        here=lambda: request.full_path.rstrip("?"),
        name=name,
        notices=get_flashed_messages,
        phone=phone,
        return_address=lambda: address(config.url + "/return"),
        text_slot=text_slot,
    )


def phone(number: str) -> Markup:
    """A telephone number to press or read: left to right in every language."""
    return Markup('<bdi dir="ltr"><a href="tel:{}">{}</a></bdi>').format(number.replace(" ", ""), number)


def name(text: str) -> Markup:
    """A name that keeps its own direction among other words."""
    return Markup("<bdi>{}</bdi>").format(text)


def email(mailbox: str) -> Markup:
    """An e-mail address to press or read: left to right in every language."""
    return Markup('<bdi dir="ltr"><a href="mailto:{}">{}</a></bdi>').format(mailbox, mailbox)


def address(url: str) -> Markup:
    """An address of this site to press or to copy by hand, without what nobody types."""
    return Markup('<bdi dir="ltr"><a href="{}">{}</a></bdi>').format(url, url.partition("://")[2])
