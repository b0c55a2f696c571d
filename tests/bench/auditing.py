"""Releases made in memory by the hundred, held against the auditor, some with holes planted: what is found, mended."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator

from dashboard.analysis.disclosure.audit import audit
from tests.dashboard.attacks.generated import Generated, generate, repair
from tests.dashboard.attacks.planted import holes, is_unsafe

FIRST = 1000
KINDS = {(False, False): "opinion, choice", (False, True): "opinion, choices"}
KINDS |= {(True, False): "sensitive, choice", (True, True): "sensitive, choices"}
HOLES_EVERY = 300
"""Of so many releases one has holes planted: a search in whole numbers takes long."""
HOLES = 3


def run_auditing(respondents: int, seconds: float, *, releases: int = 300) -> None:
    """Print what was found, by kind of item and by what an attacker knows."""
    del respondents, seconds
    print(f"\nAudit of {releases:,} releases made in memory, and of holes planted in every {HOLES_EVERY}th")
    print(
        f"{'':<30} {'releases':>9} {'show':>6} {'found':>6} {'turns':>6} {'stays':>6} {'holes':>6}"
        f" {'unsafe':>7} {'caught':>7} {'seconds':>8}"
    )
    for exact in (False, True):
        counts: dict[str, Counter[str]] = {name: Counter() for name in KINDS.values()}
        for seed in range(FIRST, FIRST + releases):
            began = time.process_time()
            generated = generate(seed)
            found = counts[KINDS[generated.answers.strict, generated.answers.takes_several]]
            found.update(_audited(generated, exact=exact))
            found["seconds"] += round(1000 * (time.process_time() - began))
            if seed % HOLES_EVERY == 0:
                found.update(_planted(generated, exact=exact))
        for name, found in counts.items():
            what = f"{name}, {'counts known' if exact else 'rounded'}"
            print(
                f"{what:<30} {found['releases']:9} {found['show']:6} {found['found']:6} {found['turns']:6}"
                f" {found['stays']:6} {found['holes']:6} {found['unsafe']:7} {found['caught']:7}"
                f" {found['seconds'] / 1000:8.1f}",
                flush=True,
            )


def _audited(generated: Generated, *, exact: bool) -> Iterator[str]:
    yield "releases"
    if any(cell.way == "shown" for cell in generated.told()):
        yield "show"
    turns = repair(generated, exact=exact)
    if turns != 0:
        yield "found"
    yield from ["turns"] * (turns or 0)
    if turns is None:
        yield "stays"


def _planted(generated: Generated, *, exact: bool) -> Iterator[str]:
    every = list(holes(generated, exact=exact))
    for told in every[:: max(1, len(every) // HOLES)][:HOLES]:
        yield "holes"
        puzzles = generated.puzzles(told)
        if any(is_unsafe(puzzle) for puzzle in puzzles):
            yield "unsafe"
            if any(audit(puzzle) for puzzle in puzzles):
                yield "caught"
