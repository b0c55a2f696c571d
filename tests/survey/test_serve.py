"""`phb serve` as real processes: started, asked, sent commands, stopped, killed, and refused in one line."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import pytest
from click.testing import CliRunner, Result

from dashboard.release import newest_release, read_facts
from survey.cli import main
from survey.codes import CodeError, normalise
from survey.config import load_config
from survey.control import ADDRESS_FILE
from survey.questionnaire.answers import Value
from survey.store.connect import open_store
from survey.store.responses import find_by_return_code
from tests.bench.client import MainForm, Reply, Visitor
from tests.bench.servers import PHB, Running, free_port, serving

AREA = "QRL"


BROKEN = "translations/pl/LC_MESSAGES/interface.po"


@dataclass(frozen=True)
class Served:
    """A serving process and the settings it runs with."""

    running: Running
    environment: dict[str, str]
    log: Path
    closing: ExitStack

    @property
    def data(self) -> Path:
        return Path(self.environment["PHB_DATA"])

    def phb(self, *arguments: str | Path) -> Result:
        """A command in this process, which finds the store taken and the server beside it."""
        return CliRunner().invoke(main, [str(argument) for argument in arguments], env=self.environment)

    def visitor(self) -> Visitor:
        visitor = Visitor(self.running.port)
        self.closing.callback(visitor.close)
        return visitor


@contextmanager
def served_from(folder: Path) -> Iterator[Served]:
    port = free_port()
    environment = {"PHB_DATA": str(folder / "live"), "PHB_URL": f"http://127.0.0.1:{port}"}
    log = folder / "server.log"
    with serving([PHB, "serve", "--port", str(port)], port, environment, log) as running, ExitStack() as closing:
        yield Served(running, environment, log, closing)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server on an empty store, with a broken catalogue, for all the tests that leave it running."""
    folder = tmp_path_factory.mktemp("served")
    broken = folder / "live" / BROKEN
    broken.parent.mkdir(parents=True)
    broken.write_text("a letter to my aunt")
    with served_from(folder) as served:
        yield served


# --- A walk along the survey -----------------------------------------------------


@dataclass
class Walker:
    """Somebody who takes the first answer everywhere and notes what the server has acknowledged."""

    visitor: Visitor
    path: str = "/"
    return_code: str | None = None
    acknowledged: dict[str, str] = field(default_factory=dict)

    def step(self) -> None:
        """Fill the form of the page and send it. What is acknowledged by a redirect is noted."""
        page = self.visitor.get(self.path)
        while page.status == 303:
            self.path = page.location
            page = self.visitor.get(self.path)
        if self.path == "/survey/return-code":
            self.return_code = code_on(page)
        reply = page
        while reply.status == 200:  # the page, and once more when it asks whether an odd answer is right
            form = MainForm()
            form.feed(reply.body.decode())
            target = form.action or self.path
            reply = self.visitor.post(target, urlencode(form.fields).encode())
        assert reply.status == 303, reply.body.decode()
        if target.startswith("/survey/"):
            self.acknowledged |= {
                name.removeprefix("answer-"): value for name, value in form.fields.items() if name.startswith("answer-")
            }
        self.path = reply.location


def code_on(page: Reply) -> str:
    text = re.sub(r"<[^>]+>|\s", "", page.body.decode())
    for found in re.findall(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}", text):
        with suppress(CodeError):
            return normalise(found)
    raise AssertionError("no return code on the page")


def begin(served: Served) -> Walker:
    """Somebody who has been shown the return code."""
    walker = Walker(served.visitor())
    for _ in range(10):
        walker.step()
        if walker.return_code is not None:
            return walker
    raise AssertionError("no return code was shown on the first pages")


# --- What is served ---------------------------------------------------------------


def test_an_empty_store_gets_a_trial_wave_and_says_so(served: Served) -> None:
    assert "the wave 'trial' of phb-annual is open" in served.log.read_text()
    assert served.visitor().get("/").status == 200


def test_survey_staff_pages_dashboard_results_and_their_style_share_one_port(served: Served) -> None:
    visitor = served.visitor()
    assert visitor.get("/healthz").status == 200
    assert visitor.get("/staff/sign-in").status == 200
    for file in ("app.css", "plotly-basic.min.js"):
        assert visitor.get(f"/static/{file}").status == 200
    assert visitor.get("/results/").status == 200
    dashboard = visitor.get("/dashboard/")
    assert (dashboard.status, dashboard.location) == (303, "/staff/sign-in")
    assert visitor.get("/dashboard/_dash-layout").status == 403


def test_staff_open_the_dashboard_with_a_link_and_a_translator_does_not(served: Served) -> None:
    for name, role, status in (("sam", "staff", 200), ("tess", "translator", 303)):
        assert served.phb("account", "add", name, "--role", role).exit_code == 0
        link = served.phb("link", name).stdout.split()[0]
        visitor = served.visitor()
        path = urlsplit(link).path
        form = MainForm()
        form.feed(visitor.get(path).body.decode())
        assert visitor.post(path, urlencode(form.fields).encode()).status == 303
        assert visitor.get("/dashboard/").status == status


def test_codes_issued_while_serving_open_the_survey(served: Served, tmp_path: Path) -> None:
    out = tmp_path / "codes.csv"
    issued = served.phb("codes", "issue", "--wave", "trial", "--area", AREA, "--count", "2", "--out", out)
    assert issued.exit_code == 0, issued.output
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["wave"], row["area"]) for row in rows] == [("trial", AREA)] * 2
    assert served.visitor().get(urlsplit(rows[0]["url"]).path).status == 200


def test_waves_are_listed_exported_and_published_while_serving(served: Served, tmp_path: Path) -> None:
    begin(served)
    listed = served.phb("wave", "list")
    assert re.search(r"trial: phb-annual, areas of 2026, opened .*, open, open link; [1-9]\d* begun", listed.stdout)
    assert served.phb("export", "--wave", "trial", "--out", tmp_path / "out").exit_code == 0
    assert (tmp_path / "out" / "responses.parquet").exists()
    published = served.phb("publish", "--wave", "trial")
    assert published.exit_code == 0, published.output
    newest = newest_release(served.data / "releases", "trial")
    assert newest == Path(published.stdout.strip())
    assert newest is not None
    assert not read_facts(newest).has_estimates


def test_what_a_command_cannot_do_is_said_by_the_server_in_one_line(served: Served) -> None:
    failed = served.phb("wave", "close", "2031")
    assert (failed.exit_code, failed.stdout, failed.stderr) == (1, "", "Error: There is no wave '2031'.\n")


def test_the_log_names_no_code_and_no_query(served: Served) -> None:
    visitor = served.visitor()
    visitor.get("/c/ABCD-EFGH-JKMN-PQRT?secret=1")
    visitor.get("/staff/sign-in/0123456789abcdef")
    visitor.get("/survey/holder-age?from=check")
    visitor.get("/nowhere/ABCD-EFGH-JKMN-PQRT")
    visitor.get("/dashboard/_dash-layout")
    log = served.log.read_text()
    assert "GET /survey/<page_id> " in log
    assert "GET (no such page) 404 " in log
    assert "GET /dashboard/_dash-layout 403 " in log
    assert not any(secret in log for secret in ("ABCD-EFGH", "0123456789abcdef", "secret=1", "from=check"))


def test_a_broken_catalogue_is_said_and_the_server_starts_all_the_same(served: Served) -> None:
    (line,) = (line for line in served.log.read_text().splitlines() if BROKEN in line)
    assert f"WARNING {served.data / BROKEN}, near line 1: " in line
    assert "Mend the file in an editor for .po files." in line
    assert served.visitor().get("/language/pl?to=/").status == 303


def test_a_second_server_on_the_same_store_stops_with_one_line(served: Served) -> None:
    again = subprocess.run(
        [PHB, "serve", "--port", str(free_port())],
        env={**os.environ, **served.environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (again.returncode, again.stdout) == (1, "")
    assert re.fullmatch(r"Error: The store .* is open in another process\..*\n", again.stderr)
    assert served.visitor().get("/healthz").status == 200


# --- Stopping and being killed ------------------------------------------------------


def test_sigterm_finishes_and_lets_the_store_go(tmp_path: Path) -> None:
    with served_from(tmp_path) as served:
        walker = begin(served)
        assert (served.data / ADDRESS_FILE).exists()
        served.running.process.send_signal(signal.SIGTERM)
        assert served.running.process.wait(timeout=30) == 0
        assert not (served.data / ADDRESS_FILE).exists()
        assert "Traceback" not in served.log.read_text()
        assert list(served.data.glob("*.wal")) == []
        assert answers_of(served, walker) >= {"taking_part": "yes"}.items()


def test_the_application_ends_when_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    with served_from(tmp_path) as served:
        children = served.running.process.children(recursive=True)
        served.running.process.kill()
        _, alive = psutil.wait_procs(children, timeout=30)
        assert alive == []
        open_store(load_config(served.environment)).close()


@pytest.mark.slow
def test_no_acknowledged_page_is_lost_when_killed_under_load(tmp_path: Path) -> None:
    with served_from(tmp_path) as served:
        walkers = [begin(served) for _ in range(8)]
        enough = threading.Barrier(len(walkers) + 1)

        def walk(walker: Walker) -> None:
            with suppress(OSError):  # the connection breaks when the server is gone
                for number in range(40):
                    if number == 6:
                        enough.wait(timeout=60)
                    walker.step()

        threads = [threading.Thread(target=walk, args=(walker,)) for walker in walkers]
        for thread in threads:
            thread.start()
        enough.wait(timeout=60)
        everyone = [served.running.process, *served.running.process.children(recursive=True)]
        for process in everyone:
            process.kill()
        psutil.wait_procs(everyone, timeout=30)
        for thread in threads:
            thread.join()
        for walker in walkers:
            assert len(walker.acknowledged) > 6
            assert answers_of(served, walker) >= walker.acknowledged.items()


def answers_of(served: Served, walker: Walker) -> set[tuple[str, str]]:
    """What the store holds of a response; of several codes picked the first, which is what was sent."""
    assert walker.return_code is not None
    config = load_config(served.environment)
    store = open_store(config)
    try:
        state = find_by_return_code(store, config.code_key, walker.return_code)
        assert state is not None
        return {(item, as_sent(value)) for item, value in state.answers.items()}
    finally:
        store.close()


def as_sent(value: Value) -> str:
    return value[0] if isinstance(value, tuple) else str(value)


# --- Refusing to start ---------------------------------------------------------------


def refused(tmp_path: Path, *options: str, **environment: str) -> str:
    """The one line that `phb serve` says instead of starting."""
    settings = {"PHB_DATA": str(tmp_path / "live"), "PHB_URL": "http://127.0.0.1:1", **environment}
    result = CliRunner().invoke(main, ["serve", "--port", str(free_port()), *options], env=settings)
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    [line] = result.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("PHB_STORE", "sqlite:answers.db", "Error: PHB_STORE: 'sqlite:answers.db' is no store."),
        ("PHB_PUBLISH_EVERY", "often", "Error: PHB_PUBLISH_EVERY: 'often' is not a whole number"),
        ("PHB_URL", "survey.example.org", "Error: PHB_URL: 'survey.example.org' is no address."),
        ("PHB_SECRET", "short", "Error: PHB_SECRET: too short"),
        ("PHB_DATA", "/dev/null/live", "Error: PHB_DATA: the folder /dev/null/live cannot be made"),
        ("PHB_QUESTIONNAIRES", "/nowhere", "Error: PHB_QUESTIONNAIRES: there is no folder /nowhere."),
    ],
)
def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path, setting: str, value: str, said: str) -> None:
    assert refused(tmp_path, **{setting: value}).startswith(said)


def test_a_folder_without_questionnaires_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    line = refused(tmp_path, PHB_QUESTIONNAIRES=str(tmp_path / "forms"))
    assert (
        line == f"Error: There is no questionnaire in {tmp_path / 'forms'}. Put one there, or set PHB_QUESTIONNAIRES."
    )


def test_an_empty_store_needs_the_annual_survey(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    annual = json.loads((Path(__file__).parents[2] / "questionnaires/phb-annual.json").read_text())
    (tmp_path / "forms" / "other.json").write_text(json.dumps({**annual, "id": "other"}))
    line = refused(tmp_path, PHB_QUESTIONNAIRES=str(tmp_path / "forms"))
    assert "there is nothing to ask. There is no questionnaire 'phb-annual'" in line


def test_a_broken_questionnaire_stops_the_start_with_its_first_problem(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "phb-annual.json").write_text('{"id": "phb-annual", "colour": "blue"}')
    line = refused(tmp_path, PHB_QUESTIONNAIRES=str(tmp_path / "forms"))
    assert "phb-annual.json cannot be used. $" in line
    assert re.search(r"\(Problem 1 of \d+; `phb check .*phb-annual.json` lists all\.\)$", line)


def test_a_port_in_use_stops_the_start(tmp_path: Path, served: Served) -> None:
    port = served.running.port
    line = refused(tmp_path, "--port", str(port))
    assert line == f"Error: Port {port} of 127.0.0.1 is in use. Stop what uses it, or give another --port."
    assert not (tmp_path / "live" / "phb.duckdb").exists(), "a store was made, and a wave opened to anyone"


def test_a_host_nobody_knows_stops_the_start(tmp_path: Path) -> None:
    assert re.match(r"Error: 192\.0\.2\.1, port \d+, cannot be used: ", refused(tmp_path, "--host", "192.0.2.1"))


def test_another_key_for_codes_stops_the_start(tmp_path: Path) -> None:
    open_store(load_config({"PHB_DATA": str(tmp_path / "live")})).close()
    line = refused(tmp_path, PHB_CODE_KEY="not the one the store was made with")
    assert line.startswith("Error: PHB_CODE_KEY is not the one that")


def test_what_is_no_store_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "phb.duckdb").write_text("a letter to my aunt")
    assert refused(tmp_path).endswith("phb.duckdb is no DuckDB database. Name another file.")


def test_a_disk_without_room_stops_the_start(tmp_path: Path) -> None:
    settings = {**os.environ, "PHB_DATA": str(tmp_path / "live")}
    limited = ["sh", "-c", 'ulimit -f 500; exec "$0" serve', PHB]  # no file may grow past 500 blocks
    result = subprocess.run(limited, env=settings, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: PHB_DATA: .*/live cannot be written: File too large\.\n", result.stderr)
