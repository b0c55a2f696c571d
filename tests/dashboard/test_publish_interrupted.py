"""Publishing that goes wrong: files that say little or something else, a full disk, a kill, two at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.data import Releases
from dashboard.publish.wave import PublishError, publish_wave
from dashboard.release import check_release, newest_release, read_facts, release_folders
from tests.dashboard.analysis_files import AREAS, BENCHMARKS, ITEMS, people, response, write_analysis
from tests.dashboard.releases import write_release

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
FEW = [item for item in ITEMS if item["id"] in ("taking_part", "control")]
PROGRAM = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from dashboard.publish.wave import PublishError, publish_wave
folder, areas, benchmarks, most = sys.argv[1:]
if int(most):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
try:
    print(publish_wave(Path(folder) / "a" / "2026", Path(folder) / "r", areas=Path(areas),
        benchmarks=Path(benchmarks), now=datetime(2026, 11, 12, tzinfo=UTC)).name)
except PublishError as error:
    sys.exit(str(error))
"""


def publish(folder: Path, **changes: Any) -> Path:
    settings = {"areas": AREAS, "benchmarks": BENCHMARKS, "now": NOW, **changes}
    return publish_wave(folder / "a" / "2026", folder / "r", **settings)


def start_publisher(folder: Path, *, largest_file: int = 0) -> subprocess.Popen[str]:
    """A publisher in a process of its own; `largest_file` is how many bytes a file may have before the disk is full."""
    arguments = [str(folder), str(AREAS), str(BENCHMARKS), str(largest_file)]
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], stdout=pipe, stderr=pipe, text=True)


def statuses(release: Path) -> set[str]:
    rows = duckdb.connect(":memory:").execute(f"select distinct status from '{release}/estimates.parquet'").fetchall()
    return {status for (status,) in rows}


# --- Files that say little, or the wrong thing ------------------------------------------


def test_of_one_response_nothing_is_shown(tmp_path: Path) -> None:
    write_analysis(tmp_path / "a", "2026", [response("QE1", control="lot")], items=FEW)
    release = publish(tmp_path)
    assert statuses(release) <= {"too_few", "suppressed", "break"}
    assert read_facts(release).responses == 0


def test_of_people_who_answered_nothing_nothing_is_shown(tmp_path: Path) -> None:
    write_analysis(tmp_path / "a", "2026", [response("QE1") for _ in range(30)], items=FEW)
    release = publish(tmp_path)
    assert statuses(release) <= {"too_few", "suppressed", "break"}
    assert read_facts(release).responses == 30


def test_a_file_of_an_older_questionnaire_is_refused_and_the_last_release_served(tmp_path: Path) -> None:
    rows = [response("QE1", control=code) for code in ("lot", "none") for _ in range(10)]
    analysis = write_analysis(tmp_path / "a", "2026", rows, items=FEW, open=True)
    good = publish(tmp_path)
    book = json.loads((analysis / "codebook.json").read_text())
    (analysis / "codebook.json").write_text(
        json.dumps({**book, "questionnaire": {**book["questionnaire"], "version": "0"}})
    )
    with pytest.raises(
        PublishError, match="is of the questionnaire small 0; release 1 of wave 2026 was made with small 1"
    ):
        publish(tmp_path)
    assert Releases(tmp_path / "r").current("2026").folder == good


def test_a_folder_that_is_a_file_stops_it(tmp_path: Path) -> None:
    write_analysis(tmp_path / "a", "2026", [response("QE1", control="lot")], items=FEW)
    (tmp_path / "r").write_text("")
    with pytest.raises(PublishError, match=r"/r: .*Nothing was published"):
        publish(tmp_path)


# --- Releases of another format, or broken ----------------------------------------------


def make_old(release: Path, **changes: object) -> None:
    facts = json.loads((release / "release.json").read_text())
    for name in ("methods", "sign_note", "corrections"):
        del facts[name]
    (release / "release.json").write_text(json.dumps({**facts, "format": 1, **changes}))


def test_estimates_in_another_format_stop_it_with_what_to_do(tmp_path: Path) -> None:
    write_analysis(tmp_path / "a", "2026", [response("QE1", control="lot")], items=FEW)
    make_old(write_release(tmp_path / "r"))
    with pytest.raises(PublishError, match=r"has format 1.* with the version of this program that made it"):
        publish(tmp_path)
    assert [path.name for path in release_folders(tmp_path / "r", "2026")] == ["0001"]


def test_counts_of_fieldwork_in_another_format_do_not(tmp_path: Path) -> None:
    write_analysis(tmp_path / "a", "2026", [response("QE1", control="lot")], items=FEW, open=True)
    make_old(write_release(tmp_path / "r", has_estimates=False))
    assert publish(tmp_path).name == "0002"


# --- Cut off ----------------------------------------------------------------------------


def test_a_publisher_that_is_killed_leaves_nothing_half_served(tmp_path: Path) -> None:
    write_analysis(tmp_path / "a", "2026", people(420, "2026", seed=1))
    child = start_publisher(tmp_path)
    writing = tmp_path / "r" / "2026" / ".writing-0001" / "areas.json"
    until = time.monotonic() + 60
    while not writing.exists() and child.poll() is None and time.monotonic() < until:
        time.sleep(0.001)
    child.kill()
    child.communicate()
    assert writing.exists()
    assert newest_release(tmp_path / "r", "2026") is None
    write_analysis(tmp_path / "a", "2026", [response("QE1", control="lot") for _ in range(20)], items=FEW)
    release = publish(tmp_path)
    assert check_release(release).number == 1
    assert [path.name for path in (tmp_path / "r" / "2026").iterdir()] == ["0001"]
    assert [path.name for path in (tmp_path / "publishing").iterdir()] == ["2026"]


def test_a_full_disk_is_said_and_the_last_release_served_on(tmp_path: Path) -> None:
    rows = [response("QE1", control=code) for code in ("lot", "none") for _ in range(10)]
    write_analysis(tmp_path / "a", "2026", rows, items=FEW, open=True)
    good = publish(tmp_path)
    child = start_publisher(tmp_path, largest_file=4096)
    _, said = child.communicate()
    assert child.returncode == 1
    assert "Traceback" not in said
    assert "Nothing was published" in said
    assert [path.name for path in (tmp_path / "r" / "2026").iterdir()] == ["0001"]
    assert Releases(tmp_path / "r").current("2026").folder == good


def test_two_publishers_in_two_processes_make_two_releases(tmp_path: Path) -> None:
    rows = [response("QE1", control=code) for code in ("lot", "none") for _ in range(10)]
    write_analysis(tmp_path / "a", "2026", rows, items=FEW, open=True)
    children = [start_publisher(tmp_path) for _ in range(2)]
    assert sorted(child.communicate()[0].strip() for child in children) == ["0001", "0002"]
    assert [check_release(folder).number for folder in release_folders(tmp_path / "r", "2026")] == [1, 2]
