"""Whatever is asked of the dashboard, what leaves is made of the shown cells of the release that is served."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import cycle, product
from pathlib import Path
from typing import Any

import duckdb
import flask
import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from dashboard.access import EVERY_STAGE
from dashboard.app import create_dashboard
from dashboard.release import newest_release
from dashboard.tables import TABLES
from tests.dashboard.releases import ITEMS, write_release

SECRET = 7345
"""No figure of any release: wherever it comes out, something was read that must not leave."""
WAVES = ("2025", "2026")
HIDDEN_AREA = "QYG"
PLACES = ("england", "regions", "areas", HIDDEN_AREA)
FIGURE = ("base", "effective", "share", "low", "high")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two waves, each with a superseded release; the folders of analysis files and of what publishing keeps beside."""
    root = tmp_path_factory.mktemp("asked")
    for wave, number in product(WAVES, (1, 2)):
        write_release(root / "releases", wave=wave, number=number)
    return root


@pytest.fixture(scope="module")
def planted(asked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same; but every hidden cell, every superseded release and the folders beside hold a number of their own."""
    root = Path(shutil.copytree(asked, tmp_path_factory.mktemp("planted") / "root"))
    for wave in WAVES:
        served = newest_release(root / "releases", wave)
        assert served is not None
        for table, columns in TABLES.items():
            numbers = tuple(name for name, kind in columns.items() if kind == "INTEGER" and name != "release")
            if "status" in columns:
                plant(served / f"{table}.parquet", numbers, "status <> 'shown'")
            elif "band" in columns:
                plant(served / f"{table}.parquet", ("count",), "band <> ''")
            else:
                (served / f"{table}.parquet").write_text(f"{SECRET}")
        superseded = served.with_name("0001")
        plant(superseded / "estimates.parquet", FIGURE, "true")
        plant(superseded / "inclusion.parquet", ("base", "count", "share"), "true")
        plant(superseded / "fieldwork.parquet", ("count",), "true")
        for folder in (
            root / "publishing" / wave / "0002",
            root / "analysis" / wave,
            root / "releases" / wave / ".writing-0003",
        ):
            folder.mkdir(parents=True)
            for name in ("responses.parquet", "rows.parquet", "weights.csv", "codebook.json"):
                (folder / name).write_text(f"{SECRET}")
    return root


def plant(file: Path, columns: tuple[str, ...], condition: str) -> None:
    other = file.with_name("planted.parquet")
    changes = ", ".join(f"case when {condition} then {SECRET} else {name} end as {name}" for name in columns)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"copy (select * replace ({changes}) from '{file}') to '{other}' (format parquet)")
    other.replace(file)


def open_door(root: Path) -> Client:
    server = create_dashboard(root / "releases", sees=lambda request: EVERY_STAGE)
    return Client(DispatcherMiddleware(flask.Flask("root"), {"/dashboard": server}))


def questions() -> Iterator[tuple[str, str]]:
    """Pages and queries: every question, place, period and list of areas, as the address would ask."""
    yield from product(("", "missing", "method"), ("", "wave=2025", "wave=2026&release=1", "areas=2023"))
    yield from product(("compare",), ("", "place=regions", "period=wave&areas=2023", "wave=2025", "question=language"))
    for by, answer in product(("language", "waves"), ("measure", "little", "no")):
        yield from (("results", f"by={by}&answer={answer}&{more}") for more in ("period=wave", "period=pooled"))
    yield from (("results", f"by=waves&place={place}") for place in ("north-west", HIDDEN_AREA, "areas"))
    items = [item["id"] for item in ITEMS]
    for item, place, period in product(items, PLACES, ("wave", "pooled")):
        yield "results", f"question={item}&place={place}&period={period}"
    yield from (("results", f"wave=2025&question={items[0]}&place={place}") for place in PLACES)
    for item in ITEMS:
        for option, (vintage, place) in zip(
            item["options"], cycle([("2023", "areas"), ("2026", "regions")]), strict=False
        ):
            yield "results", f"question={item['id']}&areas={vintage}&place={place}&answer={option['code']}"


FORGED: list[tuple[str, str]] = [
    ("results", "wave=2026&release=1"),
    ("results", "wave=0001"),
    ("results", "wave=.counting"),
    ("results", "wave=2026/0001"),
    ("results", "wave=publishing"),
    ("results", "wave=..&question=..%2F..%2Fpublishing"),
    ("results", "question=enough&place=areas&answer=measure&status=suppressed"),
    ("../publishing/2026/0002/rows.parquet", ""),
    ("results/../../releases/2026/0001/estimates.parquet", ""),
]


def ask(client: Client, page: str, query: str) -> tuple[int, bytes]:
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "address", "property": "pathname", "value": f"/dashboard/{page}"},
            {"id": "address", "property": "search", "value": f"?{query}" if query else ""},
        ],
        "changedPropIds": ["address.search"],
    }
    answer = client.post("/dashboard/_dash-update-component", json=body)
    return answer.status_code, answer.data


def download(client: Client, page: str, query: str) -> tuple[int, bytes]:
    answer = client.get(f"/dashboard/download.csv?page={page or 'overview'}&{query}")
    return answer.status_code, answer.data


@pytest.mark.parametrize("form", [ask, download])
def test_no_page_chart_or_file_depends_on_anything_but_shown_cells(asked: Path, planted: Path, form: Any) -> None:
    """Charts with their hover texts and custom data are in what the callback gives."""
    one, other = open_door(asked), open_door(planted)
    answered = 0
    for page, query in [*questions(), *FORGED]:
        expected, found = form(one, page, query), form(other, page, query)
        assert str(SECRET).encode() not in found[1], (page, query)
        assert found == expected, (page, query)
        answered += found[0] == 200
    assert answered > 40


def test_what_is_shown_does_change_what_leaves(asked: Path, tmp_path: Path) -> None:
    """The test before can fail: one shown share that is another comes out in page and file."""
    root = Path(shutil.copytree(asked, tmp_path / "root"))
    plant(root / "releases" / "2026" / "0002" / "estimates.parquet", ("share",), "status = 'shown' and band = ''")
    client = open_door(root)
    for form in (ask, download):
        assert str(SECRET).encode() in form(client, "results", "wave=2026&place=regions")[1]


@pytest.mark.parametrize(
    "path",
    [
        "_dash-layout",
        "_dash-dependencies",
        "_reload-hash",
        "_favicon.ico",
        "assets/../../publishing/2026/0002/responses.parquet",
        "assets/..%2f..%2freleases%2f2026%2f0001%2festimates.parquet",
        "_dash-component-suites/dash/..%2f..%2freleases/2026/0001/release.json",
        "releases/2026/0002/estimates.parquet",
    ],
)
def test_no_other_path_leads_into_a_folder(planted: Path, path: str) -> None:
    answer = open_door(planted).get(f"/dashboard/{path}")
    assert str(SECRET).encode() not in answer.data
    assert b"PAR1" not in answer.data
    assert b"estimates_from" not in answer.data


@pytest.mark.parametrize(
    "change",
    [
        {"output": "page.data"},
        {"outputs": {"id": "page", "property": "figure"}},
        {"state": [{"id": "page", "property": "children", "value": "x"}]},
        {"inputs": [{"id": "release", "property": "value", "value": "2026/0001"}]},
    ],
)
def test_a_callback_made_by_hand_is_refused(planted: Path, change: dict[str, Any]) -> None:
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "address", "property": "pathname", "value": "/dashboard/results"},
            {"id": "address", "property": "search", "value": ""},
        ],
        "changedPropIds": [],
        **change,
    }
    answer = open_door(planted).post(
        "/dashboard/_dash-update-component", data=json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 400
    assert str(SECRET).encode() not in answer.data
