"""Analysis files as an export leaves them, of a small survey and made-up people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from dashboard.areas import load_geography

DATA = Path(__file__).parents[2] / "data"
AREAS = DATA / "areas"
BENCHMARKS = DATA / "benchmarks"
VINTAGE = {"2024": "2023", "2025": "2023", "2026": "2026", "2027": "2026"}

META = (
    *("response", "meta_wave", "meta_version", "meta_area", "meta_area_source", "meta_vintage", "meta_locale"),
    *("meta_format", "meta_mode", "meta_answering", "meta_status", "meta_started_on", "meta_submitted_on"),
    "meta_last_page",
)
DATES = ("meta_started_on", "meta_submitted_on")
Row = Mapping[str, Any]


def item(item_id: str, kind: str, *codes: str, **more: Any) -> dict[str, Any]:
    """An item of the codebook; a code ending in ! says why there is no answer."""
    options = [
        {
            "code": code.removesuffix("!"),
            "text": code.removesuffix("!").capitalize(),
            "missing": "dont_know" if code.endswith("!") else None,
            "group": None,
        }
        for code in codes
    ]
    usual = {
        "section": "one",
        "sensitive": False,
        "role": None,
        "dimension": None,
        "groups": [],
        "good": [],
        "repeat": None,
        "equivalent": [],
    }
    return {"id": item_id, "type": kind, "text": f"What about {item_id}?", "options": options, **usual, **more}


SAY = [{"number": 0, "text": "None"}, {"number": 3, "text": "All I want"}]
ITEMS = (
    item("taking_part", "choice", "yes", "no", role="consent"),
    item("control", "choice", "lot", "some", "none", "dont_know!", good=["lot", "some"]),
    item("help", "choices", "peer", "money", "nothing", "dont_know!", good=["nothing"]),
    item("say", "scale", min=0, max=3, labels=SAY, good=[2, 3]),
    item("sex", "choice", "female", "male", sensitive=True, role="dimension:sex", dimension="sex"),
    item(
        "ethnicity",
        "choice",
        *("white_british", "white_other", "indian", "pakistani", "african", "arab", "not_say!"),
        sensitive=True,
        role="dimension:ethnicity",
        dimension="ethnicity",
        groups=[{"code": code, "text": code.capitalize()} for code in ("white", "asian", "black", "other")],
    ),
    item("harder", "choices", "money", "time", "nothing", sensitive=True, good=["nothing"]),
    item("anything", "long_text", sensitive=True),
)
GROUP_OF = {"white_british": "white", "white_other": "white", "indian": "asian", "pakistani": "asian"}
GROUP_OF |= {"african": "black", "arab": "other"}
for option in ITEMS[5]["options"]:
    option["group"] = GROUP_OF.get(option["code"])


def columns_of(items: Sequence[Row]) -> list[str]:
    """Columns of the answers of items, in the order of the file."""
    found: list[str] = []
    for each in items:
        answers = [option["code"] for option in each["options"] if not option["missing"]]
        if each["type"] == "choices":
            found += [f"{each['id']}__{code}" for code in answers]
        elif each["type"] != "long_text":
            found.append(each["id"])
        found.append(f"{each['id']}__missing")
    return found


def response(area: str | None, vintage: str = "2026", *, status: str = "submitted", **answers: Any) -> dict[str, Any]:
    """One row of the file. Answers to `choices` items are given as a tuple of codes."""
    row = {
        "response": "x",
        "meta_area": area,
        "meta_vintage": vintage,
        "meta_status": status,
        "meta_locale": "en",
        "meta_format": "standard",
        "meta_mode": "web",
        "meta_started_on": date(2026, 9, 1),
        "meta_submitted_on": date(2026, 9, 2) if status == "submitted" else None,
        "meta_last_page": "control",
    }
    for each in ITEMS:
        answer = answers.get(each["id"])
        if each["type"] == "choices" and answer is not None:
            codes = [option["code"] for option in each["options"] if not option["missing"]]
            row |= {f"{each['id']}__{code}": int(code in answer) for code in codes}
        elif answer is not None:
            row[each["id"]] = answer
        else:
            row[f"{each['id']}__missing"] = "not_answered"
    return row


def people(number: int, vintage: str, *, seed: int) -> list[dict[str, Any]]:
    """Made-up responses, three areas with a fifth of them, some without an area and some unfinished."""
    random = np.random.default_rng(seed)
    areas: list[str | None] = [*load_geography(AREAS).codes(vintage), None]
    likely = np.append(np.random.default_rng(7).gamma(2, 1, len(areas) - 1), 0.6)
    likely[:3] += likely.sum() / 14
    chosen = random.choice(len(areas), size=number, p=likely / likely.sum())
    found = []
    for place in chosen.tolist():
        finished = random.random() < 0.85
        answers: dict[str, Any] = {
            "taking_part": "yes",
            "control": ("lot", "some", "none", None)[random.choice(4, p=(0.45, 0.35, 0.12, 0.08))],
            "help": tuple(code for code, share in (("peer", 0.3), ("money", 0.5)) if random.random() < share),
            "sex": ("female", "male")[random.choice(2, p=(0.55, 0.45))],
            "ethnicity": list(GROUP_OF)[random.choice(6, p=(0.7, 0.08, 0.08, 0.06, 0.06, 0.02))],
        }
        answers["help"] = answers["help"] or ("nothing",)
        if finished:
            answers["say"] = int(random.choice(4, p=(0.1, 0.2, 0.4, 0.3)))
            answers["harder"] = ("money",) if random.random() < 0.4 else ("time", "money")[: random.integers(1, 3)]
        row = response(areas[place], vintage, status="submitted" if finished else "started", **answers)
        day = date(2026, 9, 1) + timedelta(days=int(random.integers(40)))
        name = f"{seed}-{len(found)}"
        found.append({**row, "response": name, "meta_started_on": day, "meta_submitted_on": day if finished else None})
    return found


def write_analysis(
    folder: Path, wave: str, rows: Sequence[Row], *, items: Sequence[Row] = ITEMS, leave_out: str = "", **facts: Any
) -> Path:
    """The analysis file of a wave in `folder/<wave>`; `leave_out` is a column the Parquet file lacks."""
    target = folder / wave
    target.mkdir(parents=True, exist_ok=True)
    names = [*META, *columns_of(items)]
    usual = {
        "id": wave,
        "vintage": VINTAGE.get(wave, "2026"),
        "made_up": True,
        "open": False,
        "opened_on": f"{wave}-09-01",
        "closed_on": f"{wave}-10-31",
    }
    book = {
        "questionnaire": {"id": "small", "version": "1", "status": "agreed", "title": "A small survey"},
        "wave": {**usual, **facts},
        "sections": [{"id": "one", "title": "The only section"}],
        "items": items,
        "columns": [{"name": name} for name in names],
    }
    (target / "codebook.json").write_text(json.dumps(book))
    multiple = {f"{each['id']}__" for each in items if each["type"] == "choices"}
    with duckdb.connect(":memory:") as connection:
        kinds = {name: "DATE" if name in DATES else "VARCHAR" for name in names}
        kinds |= {name: "TINYINT" for name in names if any(name.startswith(start) for start in multiple)}
        kinds |= {each["id"]: "SMALLINT" for each in items if each["type"] == "scale"}
        kinds |= {f"{each['id']}__missing": "VARCHAR" for each in items}
        kept = [name for name in names if name != leave_out]
        connection.execute(f"create table t ({', '.join(f'{name} {kinds[name]}' for name in kept)})")
        if rows:
            places = ", ".join("?" * len(kept))
            connection.executemany(
                f"insert into t values ({places})", [[row.get(name) for name in kept] for row in rows]
            )
        connection.execute(f"copy t to '{target / 'responses.parquet'}' (format parquet)")
    return target
