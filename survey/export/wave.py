"""The analysis file of a wave: one row per response, a codebook beside it, repeats and free text apart."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from survey import resources
from survey.areas import list_vintages
from survey.codes import Purpose, hash_code
from survey.export.codebook_page import draw_codebook
from survey.export.portions import add_portion
from survey.export.repeat_table import RepeatTable
from survey.export.response_table import NAME_LENGTH, ResponseTable, vintage_columns
from survey.export.spss import write_spss
from survey.export.version import Version
from survey.questionnaire.codebook import codebook
from survey.questionnaire.columns import Column
from survey.store.analysis import count_wave, read_wave
from survey.store.connect import Store
from survey.store.files import copy_weights, write_table
from survey.store.invitations import count_invited
from survey.store.versions import load_version
from survey.store.waves import Wave

CODEBOOK = "codebook.json"
CODEBOOK_PAGE = "codebook.html"
RESTRICTED = "restricted"
"""The folder for free text, inside that of the analysis file; only its owner may look in."""

DAYS = ("meta_started_on", "meta_submitted_on")

WEIGHTS = ("weights.parquet", "weights.csv")
WEIGHTED = [
    "weights.parquet and weights.csv have the column weight for each response that counts in the published results; "
    "join them to the responses by the column response. The mean weight is 1.",
    "For a weighted share, add up the weights of the people who gave the answer and divide by the weights of all who "
    "answered the question. The standard errors need the weights too: use a program for surveys, with the column as "
    "sampling weights.",
    "They make up for groups who answered more or less often than others, as far as the published benchmarks tell. Do "
    "not weight the questions that the weights were made from: compare those with the benchmarks.",
]
NOT_WEIGHTED = [
    "There are no weights beside these files. They are made with the estimates, once a wave is closed and published, "
    "and only where there is a benchmark of people who have a budget to weight to. Until then every response counts "
    "once, and shares are of the people who answered."
]

Report = Callable[[int, int], None]
"""Takes how many responses have been read, and of how many."""


@dataclass(frozen=True)
class Exported:
    """What was written, and where."""

    folder: Path
    files: tuple[str, ...]
    responses: int


def export_wave(
    store: Store,
    wave: Wave,
    folder: Path,
    key: bytes,
    report: Report,
    *,
    now: datetime,
    weights: Path | None = None,
    for_release: bool = False,
) -> Exported:
    """Write the analysis file of a wave into `folder`; each file is moved there when all are whole. Raises OSError.

    Rows are in the order of their keyed hash, which says nothing about who answered when. Answers of pages that have
    left the path appear nowhere. `weights` is the folder where publishing has left those of the wave's estimates, if it
    has; those of responses that are still there go into `folder` too. `for_release` leaves out all that a release is
    not made from: CSV, SPSS, free text, the page of the codebook.
    """
    table = read_responses(store, wave, key, report)
    questionnaire = load_version(store, wave.version)
    weighted = weights is not None and not wave.is_open and (weights / WEIGHTS[0]).is_file()
    described = {
        **codebook(questionnaire, _other_vintages(wave)),
        "wave": _described(store, wave, table.rows, now),
        "weights": {"files": list(WEIGHTS) if weighted else [], "about": WEIGHTED if weighted else NOT_WEIGHTED},
    }
    order = table.order()
    with _moved_when_whole(folder) as beside:
        endings = (".parquet",) if for_release else (".parquet", ".csv")
        with ThreadPoolExecutor(len(endings)) as writers:  # DuckDB, beside which there is time for SPSS
            frame = table.frame(order)
            written = [
                writers.submit(write_table, frame, beside / f"responses{ending}", days=DAYS) for ending in endings
            ]
            if not for_release:
                write_spss(table, order, beside / "responses.sav")
            for each in written:
                each.result()
        if not for_release:
            for section, repeat in table.repeats.items():
                _write_repeat(repeat, beside / f"repeat_{section.replace('-', '_')}")
            _make_private(beside / RESTRICTED)
            write_table(table.texts(), beside / RESTRICTED / "free_text.parquet")
            (beside / CODEBOOK_PAGE).write_text(draw_codebook(described, questionnaire), encoding="utf-8")
        if weights is not None and weighted:
            copies = [beside / name for name in WEIGHTS]
            copy_weights(weights / WEIGHTS[0], beside / "responses.parquet", *copies)
        (beside / CODEBOOK).write_text(json.dumps(described, ensure_ascii=False, indent=1), encoding="utf-8")
        files = tuple(sorted(str(path.relative_to(beside)) for path in beside.rglob("*") if path.is_file()))
    return Exported(folder, files, table.rows)


def read_responses(store: Store, wave: Wave, key: bytes, report: Report) -> ResponseTable:
    """All responses of a wave, each on the path of the version it began with."""
    table = ResponseTable(load_version(store, wave.version), count_wave(store, wave.id), _other_vintages(wave))
    versions: dict[str, Version] = {}
    for portion in read_wave(store, wave.id, table.size):  # one begun meanwhile is for the next export
        for version in set(portion.begun["version"]) - versions.keys():
            versions[version] = Version(load_version(store, version), table.items)
        names = [
            hash_code(key, Purpose.EXPORT, f"{wave.id}/{response}")[:NAME_LENGTH] for response in portion.responses
        ]
        add_portion(table, names, portion, versions)
        report(table.rows, table.size)
    return table


def _other_vintages(wave: Wave) -> tuple[Column, ...]:
    return vintage_columns([vintage for vintage in list_vintages(resources.AREAS) if vintage != wave.vintage])


def _write_repeat(repeat: RepeatTable, path: Path) -> None:
    """The rounds of one section as Parquet, CSV and SPSS; `path` is without the ending."""
    order = repeat.order()
    write_table(repeat.frame(order), path.with_suffix(".parquet"), path.with_suffix(".csv"))
    write_spss(repeat, order, path.with_suffix(".sav"))


def _described(store: Store, wave: Wave, responses: int, now: datetime) -> dict[str, Any]:
    """What a reader of the file must know of the wave; days and moments are of UTC, `invited` are codes by area."""
    return {
        "id": wave.id,
        "version": wave.version,
        "vintage": wave.vintage,
        "made_up": wave.made_up,
        "open": wave.is_open,
        "opened_on": wave.opened_at.date().isoformat(),
        "closed_on": wave.closed_at.date().isoformat() if wave.closed_at else None,
        "exported_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "responses": responses,
        "invited": count_invited(store, wave.id),
    }


@contextmanager
def _moved_when_whole(folder: Path) -> Iterator[Path]:
    """A folder to write in, whose files replace those of `folder` once everything is written."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".writing-{secrets.token_hex(4)}"
    beside.mkdir(mode=0o700)
    try:
        yield beside
        if (beside / RESTRICTED).exists():
            _make_private(folder / RESTRICTED)
        files = [path for path in beside.rglob("*") if path.is_file()]
        for written in sorted(files, key=lambda path: path.name == CODEBOOK):  # who finds the codebook finds the rest
            os.replace(written, folder / written.relative_to(beside))
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
