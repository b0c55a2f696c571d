"""A folder is a release when it is whole, has the columns that are written down, and is coarse throughout."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from dashboard.release import (
    ReleaseError,
    check_release,
    newest_release,
    read_facts,
    release_folders,
    released_waves,
)
from tests.dashboard.releases import write_release


def test_a_whole_release_is_read_with_its_facts(tmp_path: Path) -> None:
    facts = check_release(write_release(tmp_path, wave="2026", number=3))
    assert (facts.wave, facts.number, facts.pooled_waves) == ("2026", 3, ("2024", "2025", "2026"))


def test_the_highest_number_is_the_newest_and_other_folders_are_none(tmp_path: Path) -> None:
    write_release(tmp_path, number=9)
    newest = write_release(tmp_path, number=10)
    (tmp_path / "2026" / ".writing-0011").mkdir()
    (tmp_path / "2026" / "0012").mkdir()
    (tmp_path / "2025").mkdir()
    assert [path.name for path in release_folders(tmp_path, "2026")] == ["0009", "0010"]
    assert newest_release(tmp_path, "2026") == newest
    assert newest_release(tmp_path, "2025") is None
    assert released_waves(tmp_path) == ("2026",)
    assert released_waves(tmp_path / "none") == ()


def edit_json(name: str, **changes: object) -> Callable[[Path], None]:
    def change(release: Path) -> None:
        content = json.loads((release / name).read_text())
        target = content[0] if isinstance(content, list) else content
        for key, value in changes.items():
            if value is None:
                del target[key]
            else:
                target[key] = value
        (release / name).write_text(json.dumps(content))

    return change


def edit_table(name: str, selected: str) -> Callable[[Path], None]:
    def change(release: Path) -> None:
        file = release / f"{name}.parquet"
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"create table t as select {selected} from '{file}'")
            connection.execute(f"copy t to '{file}' (format parquet)")

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda release: (release / "items.json").unlink(), r"items\.json cannot be read"),
        (lambda release: (release / "areas.json").write_text("{"), r"areas\.json cannot be read"),
        (lambda release: (release / "estimates.parquet").write_bytes(b"PAR1"), r"estimates\.parquet cannot be read"),
        (edit_json("release.json", wave=None), "look at wave"),
        (edit_json("release.json", extra=1), "look at extra"),
        (edit_json("release.json", format=99), "has format 99"),
        (edit_json("release.json", responses=7), "look at responses"),
        (edit_json("release.json", step="public"), "look at step"),
        (edit_json("release.json", public_on="2026-12-01"), "a public day without a signature"),
        (edit_json("release.json", signed_by="ana"), "a signature without a name, or the reverse"),
        (edit_json("release.json", estimates_from=9), "estimates from no release"),
        (edit_json("release.json", corrections=[{"what": "A slip."}]), "a correction that is not whole"),
        (edit_json("release.json", methods={}), "in a way that release.json does not explain"),
        (lambda release: (release / "answers.csv").write_text(""), r"more than a release: answers\.csv"),
        (lambda release: (release / "quality.json").write_text("{"), r"quality\.json cannot be read"),
        (edit_json("items.json", options=None), "needs, for each entry: .*options"),
        (edit_table("estimates", "* exclude (band)"), "other columns .*: band"),
        (edit_table("estimates", "* replace (share::double as share)"), "other columns .*: share"),
        (edit_table("estimates", "* replace (base + 1 as base)"), "a base that is not a multiple of 5"),
        (edit_table("estimates", "* replace (if(base is null, null, 5)::int as base)"), "of fewer than ten people"),
        (edit_table("estimates", "* replace (101 as share)"), "a share that is none"),
        (edit_table("estimates", "* replace ('under' as band)"), "limits beside a band"),
        (edit_table("estimates", "* replace ('seen' as status)"), "an unknown status"),
        (edit_table("estimates", "* replace ('too_few' as status)"), "a number in a hidden cell"),
        (edit_table("estimates", "* replace ('shown' as status)"), "a shown cell without its number"),
        (edit_table("inclusion", "* replace (missing + 1 as missing)"), "missing people that are not"),
        (edit_table("inclusion", "* replace (ratio + 0.01 as ratio)"), "a ratio finer than a tenth"),
        (edit_table("fieldwork", '* replace ("count" + 2 as "count")'), "a count that is not a multiple of 5"),
    ],
)  # fmt: skip
def test_a_release_that_is_not_one_is_refused_with_the_file_and_the_reason(
    tmp_path: Path, releases_folder: Path, change: Callable[[Path], object], words: str
) -> None:
    release = Path(shutil.copytree(releases_folder / "2026" / "0001", tmp_path / "0001"))
    change(release)
    with pytest.raises(ReleaseError, match=words):
        check_release(release)


def test_facts_that_are_no_object_are_refused(tmp_path: Path) -> None:
    release = write_release(tmp_path)
    (release / "release.json").write_text("[]")
    with pytest.raises(ReleaseError, match="not an object"):
        read_facts(release)
