"""What the page templates work with: the NHS.UK components, slots, and links that keep their direction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from flask import Flask, get_flashed_messages, request
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from survey import resources
from survey.config import Config
from survey.respondent.exits import presses_to_leave
from survey.respondent.slots import flag_slot, text_slot
from survey.respondent.tokens import form_token


def prepare_templates(app: Flask, config: Config) -> None:
    """Give the application's templates what they need; before the first one is loaded."""
    app.jinja_options = {
        "undefined": ChainableUndefined,  # the NHS.UK templates come from Nunjucks: what is missing is quietly empty
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    loader = app.jinja_loader
    assert loader is not None
    app.jinja_env.loader = ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")])
    app.jinja_env.globals.update(
        address=address,
        asset=lru_cache(resources.static_address),
        email=email,
        flag_slot=flag_slot,
        form_token=form_token,
        here=lambda: request.full_path.rstrip("?"),
        name=name,
        nhs_button=keep_macro(app.jinja_env, "button", "button"),
        nhs_skip_link=keep_macro(app.jinja_env, "skip-link", "skipLink"),
        notices=get_flashed_messages,
        phone=phone,
        presses_to_leave=presses_to_leave,
        return_address=lambda: address(config.url + "/return"),
        text_slot=text_slot,
    )


def keep_macro(environment: Environment, component: str, macro: str) -> Callable[[Mapping[str, str | bool]], Markup]:
    """An NHS.UK macro that draws the same thing once: half of what a plain page took went into its buttons."""

    @lru_cache(maxsize=1000)
    def draw(params: frozenset[tuple[str, str | bool]]) -> Markup:
        template = environment.get_template(f"nhsuk/components/{component}/macro.jinja")
        html: Markup = getattr(template.module, macro)(dict(params))
        return html

    return lambda params: draw(frozenset(params.items()))


def phone(number: str) -> Markup:
    """A telephone number to press or read: left to right in every language."""
    return Markup('<bdi dir="ltr"><a href="tel:{}">{}</a></bdi>').format(number.replace(" ", ""), number)


def name(text: str, language: str) -> Markup:
    """A name that keeps its own language and direction among other words."""
    return Markup('<bdi lang="{}">{}</bdi>').format(language, text)


def email(mailbox: str) -> Markup:
    """An e-mail address to press or read: left to right in every language."""
    return Markup('<bdi dir="ltr"><a href="mailto:{}">{}</a></bdi>').format(mailbox, mailbox)


def address(url: str) -> Markup:
    """An address of this site to press or to copy by hand, without what nobody types."""
    return Markup('<bdi dir="ltr"><a href="{}">{}</a></bdi>').format(url, url.partition("://")[2])
