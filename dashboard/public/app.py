"""The public pages of results as a Flask server: no sign-in, no JavaScript, signed releases whose day has come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import flask
from werkzeug.exceptions import HTTPException, NotFound

from dashboard.access import ENGLAND, FOR_EVERYONE
from dashboard.data import NoRelease, ReleaseGone, Releases
from dashboard.model import Release
from dashboard.public import sentences
from dashboard.public.links import Links
from dashboard.public.questions import Questions
from dashboard.public.replies import finish_reply
from dashboard.public.speech import Tongue, choose_tongue, find_tongue, write_title
from dashboard.public.views import NotThere, show_place, show_question, show_wave
from dashboard.svg import draw_bars, draw_people

log = logging.getLogger(__name__)

Reply = flask.typing.ResponseReturnValue
Looks = tuple[str, Sequence[tuple[str, str]]]
"""How a person wants pages to look: classes of the root element, and style sheets as (address, media)."""


def create_results(
    releases_dir: Path,
    *,
    speech: Callable[[], Sequence[Tongue]],
    url_prefix: str = "/results/",
    stylesheets: tuple[str, str] = ("/static/app.css", "/static/app-rtl.css"),
    icon: str = "/static/favicon.svg",
    looks: Callable[[flask.Request, bool], Looks] = lambda request, right_to_left: ("", ()),
    today: Callable[[], date] = lambda: datetime.now(ENGLAND).date(),
) -> flask.Flask:
    """A server to mount with `DispatcherMiddleware` at `url_prefix` without its last slash.

    `speech` gives the languages on offer, the one to fall back to first; it is asked for each page. `stylesheets` are
    those for left to right and for right to left. `looks` says for each request, and for right to left or not, how the
    person wants pages to look.
    """
    releases = Releases(releases_dir, today=today).seen_by(FOR_EVERYONE)
    server = flask.Flask(__name__, static_folder=None)
    server.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    server.jinja_env.globals.update(
        date_of=date.fromisoformat,
        draw_bars=draw_bars,
        draw_people=draw_people,
        icon=icon,
        stylesheets=stylesheets,
        write_title=write_title,
    )
    pages = _Pages(releases, speech, url_prefix, looks, today)
    server.add_url_rule("/", view_func=pages.show_first)
    server.add_url_rule("/<tag>/", view_func=pages.show_latest)
    server.add_url_rule("/<tag>/<wave>/", view_func=pages.show_wave)
    server.add_url_rule("/<tag>/<wave>/<item>", view_func=pages.show_question)
    server.add_url_rule("/<tag>/<wave>/places/<code>", view_func=pages.show_place)
    server.register_error_handler(Exception, pages.show_problem)
    server.after_request(finish_reply)
    return server


@dataclass(frozen=True)
class _Pages:
    releases: Releases
    speech: Callable[[], Sequence[Tongue]]
    prefix: str
    looks: Callable[[flask.Request, bool], Looks]
    today: Callable[[], date]

    def show_first(self) -> Reply:
        """The latest wave in the language of the browser."""
        response = flask.make_response(self._wave(self._browsers_tongue(), None))
        response.vary.add("Accept-Language")
        return response

    def show_latest(self, tag: str) -> Reply:
        """The latest wave in a language."""
        return self._wave(self._tongue(tag), None)

    def show_wave(self, tag: str, wave: str) -> Reply:
        """The first page of a wave."""
        return self._wave(self._tongue(tag), wave)

    def show_question(self, tag: str, wave: str, item: str) -> Reply:
        """One question in England and by region."""
        tongue = self._tongue(tag)
        view = show_question(self.releases, wave, item)
        return self._draw("question.html", Links(self.prefix, tongue, wave, item), view.release, view=view)

    def show_place(self, tag: str, wave: str, code: str) -> Reply:
        """One region or area."""
        tongue = self._tongue(tag)
        view = show_place(self.releases, wave, code)
        return self._draw("place.html", Links(self.prefix, tongue, wave, f"places/{code}"), view.release, view=view)

    def show_problem(self, error: Exception) -> Reply:
        """A clear page for what cannot be shown, in the language of the address or of the browser."""
        found = find_tongue(self.speech(), (flask.request.view_args or {}).get("tag", ""))
        links = Links(self.prefix, found or self._browsers_tongue())
        if isinstance(error, ReleaseGone):
            log.warning("a public release could not be read: %s", error)
            return self._draw("problem.html", links, None, problem="gone"), 503
        if isinstance(error, (NoRelease, NotThere, NotFound)):
            return self._draw("problem.html", links, None, problem="not_there"), 404
        if isinstance(error, HTTPException):
            response = error.get_response()
            response.set_data(self._draw("problem.html", links, None, problem="not_understood"))
            return response
        log.exception("a public page could not be drawn")
        return self._draw("problem.html", links, None, problem="broken"), 500

    def _wave(self, tongue: Tongue, wave: str | None) -> str:
        try:
            view = show_wave(self.releases, wave)
        except NoRelease:
            if wave is not None:
                raise
            return self._draw("nothing.html", Links(self.prefix, tongue), None)
        return self._draw("wave.html", Links(self.prefix, tongue, view.release.facts.wave), view.release, view=view)

    def _draw(self, template: str, links: Links, release: Release | None, **context: Any) -> str:
        tongue = links.tongue
        speech = self.speech()
        questions = Questions(tongue, self.releases.wordings(release).get(tongue.locale) if release else None)
        return flask.render_template(
            template,
            _=tongue.gettext,
            asks=questions,
            easy=tongue.is_easy_read,
            facts=release.facts if release else None,
            here=quote(flask.request.root_path + flask.request.path) if release else links.home(),
            link=links,
            looks=self.looks(flask.request, tongue.is_right_to_left),
            mark=partial(sentences.mark, tongue=tongue),
            release=release,
            says=sentences,
            speech=sorted(speech, key=lambda each: not each.is_easy_read),
            today=self.today(),
            tongue=tongue,
            **context,
        )

    def _tongue(self, tag: str) -> Tongue:
        found = find_tongue(self.speech(), tag)
        if found is None:
            raise NotFound
        return found

    def _browsers_tongue(self) -> Tongue:
        return choose_tongue(self.speech(), [str(tag) for tag in flask.request.accept_languages.values()])
