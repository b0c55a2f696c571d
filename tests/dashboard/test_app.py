"""The dashboard as a server below its prefix: who may pass, what is refused, and what every answer carries."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plotly.offline import get_plotlyjs_version
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client, TestResponse

from dashboard.access import EVERY_STAGE, Stages
from dashboard.app import LARGEST_REQUEST, SPREADSHEET, create_dashboard
from tests.dashboard.releases import write_release

ROOT = Path(__file__).parents[2]
PREFIX = "/dashboard"
PAGES = ["/", "/results", "/missing", "/results?place=areas"]


def our_request(path: str = "/dashboard/", query: str = "") -> dict[str, Any]:
    return {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": query},
        ],
        "changedPropIds": ["address.pathname"],
    }


def mount(folder: Path, sees: Callable[[flask.Request], Stages | None]) -> Client:
    """The dashboard as the survey's server mounts it."""
    root = flask.Flask("root")
    return Client(DispatcherMiddleware(root, {PREFIX: create_dashboard(folder, sees=sees)}))


@pytest.fixture(scope="module")
def staff(releases_folder: Path) -> Client:
    """Someone the guard lets pass."""
    return mount(releases_folder, lambda request: EVERY_STAGE)


@pytest.fixture(scope="module")
def stranger(releases_folder: Path) -> Client:
    """Someone the guard does not let pass."""
    return mount(releases_folder, lambda request: None)


def read_component_addresses(client: Client) -> list[str]:
    return re.findall(r'(?:src|href)="(/dashboard/[^"]+)"', client.get(f"{PREFIX}/").text)


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_who_asks_for_a_page_is_sent_to_sign_in(stranger: Client, page: str) -> None:
    answer = stranger.get(PREFIX + page)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff/sign-in")


def test_a_stranger_gets_nothing_else(staff: Client, stranger: Client) -> None:
    rules = staff.application.mounts[PREFIX].url_map.iter_rules()  # type: ignore[attr-defined]
    paths = {re.sub(r"<[^>]+>", "x", rule.rule) for rule in rules} - {"/"}
    assert {"/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/download.csv"} <= paths
    for path in (*paths, "/nowhere", "/assets/dashboard.css", "/download.csv?page=results", "/_dash-update-component"):
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
            answer = stranger.open(PREFIX + path, method=method)
            assert answer.status_code == 403, (method, path)
    for address in read_component_addresses(staff):
        assert stranger.get(address).status_code == 403, address
    assert stranger.post(f"{PREFIX}/").status_code == 403
    refused = stranger.get(f"{PREFIX}/_dash-layout")
    assert refused.mimetype == "text/plain"
    assert refused.text == "This is for people who are signed in. Please sign in, then try again.\n"
    assert stranger.post(f"{PREFIX}/_dash-update-component", json=our_request()).status_code == 403


def test_nothing_of_a_release_is_in_what_a_stranger_gets(stranger: Client) -> None:
    for path in PAGES:
        assert "420" not in stranger.get(PREFIX + path).text


def test_the_guard_is_asked_at_every_request(releases_folder: Path) -> None:
    asked: list[str] = []

    def sees(request: flask.Request) -> Stages | None:
        asked.append(request.path)
        return EVERY_STAGE if len(asked) < 3 else None

    client = mount(releases_folder, sees)
    statuses = [client.get(f"{PREFIX}/_dash-layout").status_code for _ in range(4)]
    assert statuses == [200, 200, 403, 403]
    assert len(asked) == 4


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_served_with_its_language_its_styles_and_a_way_past_the_header(staff: Client, page: str) -> None:
    answer = staff.get(PREFIX + page)
    assert answer.status_code == 200
    assert '<html lang="en-GB"' in answer.text
    assert 'href="/static/app.css"' in answer.text
    assert 'href="#main"' in answer.text
    assert re.search(r'href="/staff/">Staff pages and sign out<', answer.text)
    assert "This dashboard needs JavaScript." in answer.text.partition("<noscript>")[2]
    assert "{%" not in answer.text


def test_charts_are_drawn_by_the_plotly_that_the_figures_are_made_for() -> None:
    packages = json.loads((ROOT / "survey/frontend/package-lock.json").read_text())["packages"]
    assert packages["node_modules/plotly.js-basic-dist-min"]["version"] == get_plotlyjs_version()


def test_the_prefix_without_its_slash_is_the_overview(staff: Client) -> None:
    answer = staff.get(PREFIX, follow_redirects=True)
    assert answer.status_code == 200
    assert "react-entry-point" in answer.text


def test_an_unknown_page_is_not_found_but_still_a_page(staff: Client) -> None:
    answer = staff.get(f"{PREFIX}/nowhere")
    assert answer.status_code == 404
    assert "react-entry-point" in answer.text


def test_every_script_and_style_of_the_page_is_there_and_kept_for_a_year(staff: Client) -> None:
    addresses = read_component_addresses(staff)
    assert len(addresses) > 5
    for address in addresses:
        with staff.get(address) as answer:
            assert answer.status_code == 200, address
            if "favicon" not in address:
                assert (answer.cache_control.max_age, answer.cache_control.private) == (31536000, True), address


def test_scripts_come_from_this_host_alone_and_inline_ones_are_known_by_their_hash(staff: Client) -> None:
    answer = staff.get(f"{PREFIX}/")
    policy = answer.headers["Content-Security-Policy"]
    scripts = re.search(r"script-src ([^;]+)", policy)
    assert scripts is not None
    assert all(source == "'self'" or source.startswith("'sha256-") for source in scripts[1].split())
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert re.findall(r'(?:src|href|action)="(https?:|//)', answer.text) == []


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/download.csv?page=overview", "/nowhere"])
def test_what_is_about_people_is_never_kept(staff: Client, path: str) -> None:
    answer = staff.get(PREFIX + path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def ask(client: Client, body: Any, **options: Any) -> TestResponse:
    return client.post(f"{PREFIX}/_dash-update-component", json=body, **options)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/dashboard/", "About 420 people began in 2026"),
        ("/dashboard/results", "about 6 in 10 said"),
        ("/dashboard/missing", "Most clearly missing"),
        ("/dashboard/nowhere", "There is no page at this address."),
    ],
)
def test_the_callback_answers_with_the_page_of_the_address(staff: Client, path: str, words: str) -> None:
    answer = ask(staff, our_request(path))
    assert answer.status_code == 200
    assert words in json.dumps(answer.json, ensure_ascii=False)


def test_the_callback_waits_until_the_address_is_known(staff: Client) -> None:
    body = our_request()
    body["inputs"][0]["value"] = None
    assert ask(staff, body).status_code == 204


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    changes=st.dictionaries(st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds"]), json_values)
)
def test_a_strange_callback_body_is_refused_and_never_breaks(staff: Client, changes: dict[str, Any]) -> None:
    answer = ask(staff, {**our_request(), **changes})
    assert answer.status_code in (200, 204, 400)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"null", b'{"output": "page.children"}'])
def test_a_body_that_is_no_request_of_ours_is_refused(staff: Client, data: bytes) -> None:
    answer = staff.post(f"{PREFIX}/_dash-update-component", data=data, content_type="application/json")
    assert (answer.status_code, answer.text) == (400, "This request cannot be read.\n")


def test_a_huge_body_is_refused(staff: Client) -> None:
    body = our_request(query="?question=" + "x" * LARGEST_REQUEST)
    assert ask(staff, body).status_code in (400, 413)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/_dash-component-suites/dash/../../etc/passwd", 404),
        ("/_dash-component-suites/os/path.py", 404),
        ("/assets/../app.py", 404),
        ("/assets/nothing.css", 404),
        ("/download.csv", 400),
        ("/download.csv?page=results&question=%00", 400),
        ("/download.csv?page=results&question=%ff", 400),
        ("/download.csv?page=results&table=people", 400),
        ("/download.csv?page=results&question=never", 404),
        ("/download.csv?page=results&wave=1066", 404),
    ],
)
def test_a_hostile_path_is_refused_in_a_sentence(staff: Client, path: str, status: int) -> None:
    answer = staff.get(PREFIX + path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_a_download_is_a_file_that_spreadsheets_read_as_utf8(staff: Client) -> None:
    answer = staff.get(f"{PREFIX}/download.csv?page=results&question=talk_matters")
    assert answer.mimetype == "text/csv"
    name = "phb-results-2026-release-2-provisional.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.data.startswith(b"\xef\xbb\xbfwave,release,")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_spreadsheet_is_had_beside_it(staff: Client, stranger: Client, kind: str) -> None:
    answer = staff.get(f"{PREFIX}/download.{kind}?page=results")
    assert answer.data.startswith(b"PK")
    assert answer.mimetype in (SPREADSHEET, "application/vnd.oasis.opendocument.spreadsheet")
    assert f"phb-results-2026-release-2-provisional.{kind}" in answer.headers["Content-Disposition"]
    assert stranger.get(f"{PREFIX}/download.{kind}?page=results").status_code == 403
    assert staff.get(f"{PREFIX}/download.{kind}").status_code == 400
    assert staff.get(f"{PREFIX}/download.{kind}?page=results&wave=1066").status_code == 404


def test_a_release_that_cannot_be_read_is_a_503_for_downloads(tmp_path: Path) -> None:
    (write_release(tmp_path) / "estimates.parquet").write_bytes(b"broken")
    client = mount(tmp_path, lambda request: EVERY_STAGE)
    for kind in ("csv", "xlsx", "ods"):
        assert client.get(f"{PREFIX}/download.{kind}?page=results").status_code == 503


def test_large_answers_travel_compressed(staff: Client) -> None:
    plain = ask(staff, our_request())
    packed = ask(staff, our_request(), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 4


def test_the_largest_script_is_kept_by_the_browser_and_asked_for_again_in_vain(staff: Client) -> None:
    path = f"{PREFIX}/_dash-component-suites/plotly/package_data/plotly.min.js"
    first = staff.get(path, headers={"Accept-Encoding": "gzip"})
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Content-Encoding"] == "gzip"
    again = staff.get(path, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status_code, again.data) == (304, b"")


def test_an_error_of_ours_is_a_sentence_and_no_stack_trace(releases_folder: Path) -> None:
    def broken(request: flask.Request) -> bool:
        raise RuntimeError("secret of the door")

    answer = mount(releases_folder, broken).get(f"{PREFIX}/")
    assert answer.status_code == 500
    assert answer.text == "Something went wrong on our side. Please try again.\n"


def test_two_dashboards_in_one_process_do_not_mix(releases_folder: Path, tmp_path: Path) -> None:
    empty = mount(tmp_path, lambda request: EVERY_STAGE)
    full = mount(releases_folder, lambda request: EVERY_STAGE)
    assert "No results yet" in json.dumps(ask(empty, our_request()).json)
    assert "420" in json.dumps(ask(full, our_request()).json)
