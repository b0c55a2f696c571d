"""Analysis files of any size without a store: codes of the annual survey, drawn in DuckDB and the same every time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from dashboard.areas import load_geography
from dashboard.publish.benchmarks import known_areas, load_benchmarks
from survey import resources
from survey.questionnaire.codebook import codebook, columns
from survey.questionnaire.load import load_file

VINTAGE = {"2024": "2023", "2025": "2023", "2026": "2026"}
DRAWS = 200
"""An answer is one of this many equally likely draws, so shares are multiples of half a per cent."""
KNOWN = {"meta_area_source": "invitation", "meta_mode": "web", "meta_locale": "en-GB", "meta_format": "standard"}
META_DRAWS = {
    "meta_locale": (("pl", 0.04), ("ur", 0.04)),
    "meta_format": (("easyread", 0.1),),
    "meta_mode": (("phone", 0.08), ("paper", 0.12)),
    "meta_answering": (("self", 0.45), ("supported", 0.25), ("proxy", 0.25), ("child", 0.05)),
    "meta_status": (("submitted", 0.85), ("started", 0.14), ("withdrawn", 0.01)),
}
Draws = Sequence[str | None]


def write_synthetic(folder: Path, responses: int, *, wave: str = "2026") -> Path:
    """The closed, made-up `wave` with so many responses in `folder/<wave>`: a codebook, and a file to match it."""
    target = folder / wave
    target.mkdir(parents=True, exist_ok=True)
    questionnaire = load_file(resources.QUESTIONNAIRES / "phb-annual.json")
    book = codebook(questionnaire)
    book["wave"] = {
        "id": wave,
        "vintage": VINTAGE[wave],
        "made_up": True,
        "open": False,
        "opened_on": f"{wave}-09-01",
        "closed_on": f"{wave}-10-31",
    }
    (target / "codebook.json").write_text(json.dumps(book), encoding="utf-8")
    made = dict(_expressions(book, wave))
    chosen = ", ".join(
        f'{made.get(column.name, "null::varchar")} as "{column.name}"' for column in columns(questionnaire)
    )
    with duckdb.connect(":memory:") as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(
            f"copy (select {chosen} from range({responses}) as people(person))"
            f" to '{target / 'responses.parquet'}' (format parquet, compression zstd)"
        )
    return target


def _expressions(book: Mapping[str, Any], wave: str) -> Iterator[tuple[str, str]]:
    """By column, what makes its values from the number of the person."""
    random = Random(int(wave))
    areas = load_geography(resources.AREAS).codes(VINTAGE[wave])
    shares = [random.gammavariate(2, 1) for _ in areas]
    yield "response", f"md5((person + {wave})::varchar)"
    yield "meta_wave", f"'{wave}'"
    yield "meta_vintage", f"'{VINTAGE[wave]}'"
    yield "meta_area", _drawn(_draws(dict(zip(areas, shares, strict=True))), "meta_area")
    for name, parts in META_DRAWS.items():
        rest = 1 - sum(share for _, share in parts)
        options = dict(parts) | ({KNOWN[name]: rest} if name in KNOWN else {})
        yield name, _drawn(_draws(options), name)
    started = f"(date '{wave}-09-01' + {_random('started', 40)})"
    yield "meta_started_on", started
    yield (
        "meta_submitted_on",
        f"case when {_drawn(_draws(dict(META_DRAWS['meta_status'])), 'meta_status')} = 'submitted' then {started} end",
    )
    yield "meta_last_page", "'about-you'"
    for item in book["items"]:
        yield from _answers(item, random)


def _answers(item: Mapping[str, Any], random: Random) -> Iterator[tuple[str, str]]:
    name = item["id"]
    answers = [option["code"] for option in item["options"] if option["missing"] is None]
    left_out = random.choice((0.02, 0.05, 0.1, 0.3))
    if item["type"] == "choices":
        for code in answers:
            picked = random.uniform(0.05, 0.5)
            yield (
                f"{name}__{code}",
                (
                    f"case when {_random(name, DRAWS)} >= {int(DRAWS * left_out)}"
                    f" then ({_random(name + code, DRAWS)} < {int(DRAWS * picked)})::tinyint end"
                ),
            )
    elif item["type"] == "choice":
        usual = _usual(item)
        shares = {code: usual.get(code, 1.0) * random.uniform(0.5, 1.5) for code in answers}
        yield name, _drawn(_draws(shares, left_out), name)
    elif item["type"] == "scale":
        numbers = {str(number): random.gammavariate(2, 1) for number in range(item["min"], item["max"] + 1)}
        yield name, f"({_drawn(_draws(numbers, left_out), name)})::smallint"
    yield f"{name}__missing", f"case when {_random(name, DRAWS)} < {int(DRAWS * left_out)} then 'not_answered' end"


def _usual(item: Mapping[str, Any]) -> dict[str, float]:
    """By code of a dimension's question: the invented benchmark, shared out among the codes under a heading."""
    known = {
        benchmark.category: benchmark.share
        for benchmark in load_benchmarks(
            resources.BENCHMARKS, known_areas(load_geography(resources.AREAS)), made_up=True
        )
        if (benchmark.dimension, benchmark.area) == (item["dimension"], "england")
    }
    heading = {option["code"]: option["group"] or option["code"] for option in item["options"]}
    of_heading = Counter(heading.values())
    return {code: known.get(name, 0.1) / of_heading[name] for code, name in heading.items()} if known else {}


def _draws(shares: Mapping[str, float], left_out: float = 0.0) -> Draws:
    """`DRAWS` values, nulls first, as near to the shares as can be; every value at least once."""
    nulls = int(DRAWS * left_out)
    room = DRAWS - nulls - len(shares)
    total = sum(shares.values())
    found: list[str | None] = [None] * nulls
    for value, share in shares.items():
        found += [value] * (1 + int(room * share / total))
    largest = max(shares, key=lambda value: shares[value])
    return found + [largest] * (DRAWS - len(found))


def _random(salt: str, below: int) -> str:
    """A whole number from 0 to `below` - 1 that belongs to the person and the salt."""
    return f"(hash(person, '{salt}') % {below})::integer"


def _drawn(draws: Draws, salt: str) -> str:
    values = ", ".join("null" if value is None else f"'{value}'" for value in draws)
    return f"([{values}])[1 + {_random(salt, len(draws))}]"
