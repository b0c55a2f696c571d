"""The dashboard as a Flask server to be mounted below its prefix: one guard before every path of it."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import flask
from dash import Dash
from dash.exceptions import DependencyException
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from dashboard.access import Stages
from dashboard.address import AddressError, Page, read_download, read_profile
from dashboard.callbacks import is_readable_request, register_callbacks
from dashboard.data import METHOD, NoRelease, ReleaseGone, Releases
from dashboard.downloads.book import make_book
from dashboard.downloads.csv_file import write_csv
from dashboard.downloads.ods_file import write_ods
from dashboard.downloads.xlsx_file import write_xlsx
from dashboard.footing import say_no_such_view
from dashboard.layout import draw_shell
from dashboard.paper.profile import write_profile_pdf
from dashboard.views.profile import ProfileChoice, show_profile
from dashboard.views.setting import NoSuchView
from dashboard.words import _

log = logging.getLogger(__name__)

LARGEST_REQUEST = 64 * 1024
_PAGES = frozenset(f"/{page.value}" for page in Page)
_WORTH_COMPRESSING = 1024
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_INDEX = """<!DOCTYPE html>
<html lang="en-GB" class="nhsuk-template">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" href="NOTICE_ICON" type="image/svg+xml">
{%css%}
</head>
<body class="nhsuk-template__body" data-charts="NOTICE_CHARTS">
<a class="nhsuk-skip-link" href="#main">NOTICE_SKIP</a>
<noscript><p class="dash-noscript">NOTICE_SCRIPT</p><style>._dash-loading { display: none; }</style></noscript>
<div id="notice" class="dash-notice" role="alert" data-signed-out="NOTICE_OUT" data-failed="NOTICE_FAILED"></div>
{%app_entry%}
<footer class="nhsuk-footer" role="contentinfo"><div class="nhsuk-width-container dash-width">
<div class="nhsuk-footer__meta"><ul class="nhsuk-footer__list">NOTICE_LINKS</ul></div>
</div></footer>
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>
"""


def create_dashboard(
    releases_dir: Path,
    *,
    sees: Callable[[flask.Request], Stages | None],
    url_prefix: str = "/dashboard/",
    sign_in: str = "/staff/sign-in",
    stylesheets: Sequence[str] = ("/static/app.css",),
    icon: str = "/static/favicon.svg",
    charts: str = "/static/plotly-basic.min.js",
    method: Path = METHOD,
    footer: Sequence[tuple[str, str]] = (
        (_("Staff pages and sign out"), "/staff/"),
        (_("Accessibility"), "/accessibility"),
    ),
) -> flask.Flask:
    """A server to mount with `DispatcherMiddleware` at `url_prefix` without its last slash.

    `sees` says for every request which stages of releases whoever sent it may see; None is a stranger, who is sent to
    `sign_in` for a page, and gets 403 for anything else. `stylesheets`, `icon` and `charts`, a bundle of plotly.js,
    are addresses on the same host, `footer` its links. `method` holds published numbers beside ours.
    """
    releases = Releases(releases_dir, method=method)
    server = flask.Flask(__name__, static_folder=None)
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    # Dash links its assets with the time of their last change, so a browser may keep them.
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31536000

    @server.before_request
    def check_guard() -> flask.typing.ResponseReturnValue | None:
        stages = sees(flask.request)
        if stages is not None:
            flask.g.releases = releases.seen_by(stages)
            return None
        if flask.request.method == "GET" and flask.request.path in _PAGES:
            return flask.redirect(sign_in, code=303)
        return _refuse(403, _("This is for people who are signed in. Please sign in, then try again."))

    app = Dash(
        __name__,
        server=server,  # type: ignore[arg-type]  # a Flask server is what its documentation asks for
        assets_folder=str(Path(__file__).parent / "assets"),
        requests_pathname_prefix=url_prefix,
        routes_pathname_prefix="/",
        external_stylesheets=list(stylesheets),
        title=_("Personal health budget survey: results"),
        update_title="",
        index_string=_write_index(icon, charts, footer),
        suppress_callback_exceptions=True,
        add_log_handler=False,
    )
    app.layout = lambda: draw_shell(url_prefix)
    register_callbacks(app, lambda: flask.g.releases.settled(), url_prefix)
    _add_downloads(server)
    _add_checks(server, app)
    _add_headers(server, app)
    return server


def _write_index(icon: str, charts: str, footer: Sequence[tuple[str, str]]) -> str:
    links = "".join(
        f'<li class="nhsuk-footer__list-item"><a class="nhsuk-footer__list-item-link" href="{escape(address)}">'
        f"{escape(words)}</a></li>"
        for words, address in footer
    )
    return (
        _INDEX.replace("NOTICE_SKIP", _("Skip to main content"))
        .replace("NOTICE_SCRIPT", _("This dashboard needs JavaScript. Please switch it on and load the page again."))
        .replace("NOTICE_LINKS", links)
        .replace("NOTICE_ICON", escape(icon))
        .replace("NOTICE_CHARTS", escape(charts))
        .replace("NOTICE_OUT", _("You have been signed out. Please sign in again to go on."))
        .replace("NOTICE_FAILED", _("This could not be loaded. Please check your connection and try again."))
    )


def _add_downloads(server: flask.Flask) -> None:
    @server.get("/download.csv")
    def download() -> flask.typing.ResponseReturnValue:
        address = read_download(_query())
        name, text = write_csv(flask.g.releases.settled(), address, flask.request.args.get("table"))
        return _send(name, text.encode("utf-8-sig"), "text/csv")

    @server.get("/download.xlsx")
    def download_xlsx() -> flask.typing.ResponseReturnValue:
        book = make_book(flask.g.releases.settled(), read_download(_query()))
        return _send(f"{book.name}.xlsx", write_xlsx(book), SPREADSHEET)

    @server.get("/download.ods")
    def download_ods() -> flask.typing.ResponseReturnValue:
        book = make_book(flask.g.releases.settled(), read_download(_query()))
        return _send(f"{book.name}.ods", write_ods(book), "application/vnd.oasis.opendocument.spreadsheet")

    @server.get("/profile.pdf")
    def download_profile() -> flask.typing.ResponseReturnValue:
        view = show_profile(flask.g.releases.settled(), read_profile(_query()))
        if isinstance(view, ProfileChoice):
            raise AddressError("place")
        return _send(*write_profile_pdf(view), "application/pdf")

    @server.errorhandler(AddressError)
    def say_unreadable(error: AddressError) -> flask.Response:
        return _refuse(400, _("The part “%(key)s” of the address cannot be read.") % {"key": error.key})

    @server.errorhandler(NoSuchView)
    def say_no_view(error: NoSuchView) -> flask.Response:
        return _refuse(404, say_no_such_view(error.reason, error.setting))

    @server.errorhandler(NoRelease)
    def say_no_release(error: NoRelease) -> flask.Response:
        return _refuse(404, _("No results of that survey have been published."))

    @server.errorhandler(ReleaseGone)
    def say_gone(error: ReleaseGone) -> flask.Response:
        log.warning("a release could not be read: %s", error)
        return _refuse(503, _("These results cannot be read just now. Please try again in a minute."))


def _query() -> str:
    return flask.request.query_string.decode("utf-8", "replace")


def _send(name: str, data: bytes, mimetype: str) -> flask.Response:
    response = flask.Response(data, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _refuse(status: int, sentence: str) -> flask.Response:
    return flask.Response(sentence + "\n", status=status, mimetype="text/plain")


def _add_checks(server: flask.Flask, app: Dash) -> None:
    """Unknown pages are 404 and unreadable callback bodies 400, before Dash would make a 200 and a 500 of them."""

    @server.before_request
    def check_request() -> flask.typing.ResponseReturnValue | None:
        path = flask.request.path
        if path == "/_dash-update-component" and flask.request.method == "POST":
            if not is_readable_request(flask.request.get_json(silent=True)):
                return _refuse(400, _("This request cannot be read."))
        elif flask.request.endpoint == "/<path:path>" and path.rstrip("/") not in _PAGES:
            return flask.Response(app.index(), status=404)  # type: ignore[no-untyped-call]
        return None

    @server.errorhandler(DependencyException)
    def say_no_such_script(error: DependencyException) -> flask.typing.ResponseReturnValue:
        return _refuse(404, _("There is no such file."))

    @server.errorhandler(Exception)
    def say_something_went_wrong(error: Exception) -> flask.typing.ResponseReturnValue:
        if isinstance(error, HTTPException):
            return _refuse(error.code or 500, error.description or "")
        log.exception("a request to the dashboard failed")
        return _refuse(500, _("Something went wrong on our side. Please try again."))


def _add_headers(server: flask.Flask, app: Dash) -> None:
    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src 'self' " + " ".join(app.csp_hashes()),
            # Plotly writes its own style rules and attributes while it draws.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )

    @server.after_request
    def add_headers(response: flask.Response) -> flask.Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if response.cache_control.max_age:
            response.cache_control.private = True
        elif _is_script():
            response.headers["Cache-Control"] = "private, no-cache"
        else:
            response.headers["Cache-Control"] = "no-store"
        return _compress(response)


def _is_script() -> bool:
    """Whether a script of Dash is asked for: the same for everyone, and kept by the browser where it has an ETag."""
    return flask.request.path.startswith("/_dash-component-suites/")


def _compress(response: flask.Response) -> flask.Response:
    accepted = "gzip" in flask.request.headers.get("Accept-Encoding", "")
    if not accepted or response.status_code != 200 or response.direct_passthrough:
        return response
    data = response.get_data()
    if len(data) < _WORTH_COMPRESSING:
        return response
    response.set_data(_compress_once(data) if _is_script() else gzip.compress(data, compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


@lru_cache(64)
def _compress_once(data: bytes) -> bytes:
    """A script is megabytes and always the same."""
    return gzip.compress(data, compresslevel=9, mtime=0)
