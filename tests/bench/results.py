"""The public pages of results: bytes over the wire and server time, in every language."""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from dashboard.public.app import create_results
from dashboard.public.speech import make_tongue
from dashboard.release import Step, dump_facts, newest_release, read_facts, released_waves
from survey import resources
from survey.export.wording import write_wording
from survey.i18n import RESULTS, shipped_languages
from survey.questionnaire.load import load_file
from tests.bench.dashboard import fill

RESPONSES = (1260, 100_000)
CALLS = 60
LIMIT = 40_000
"""Bytes a page may be over the wire."""
TODAY = date(2100, 1, 1)


def run_results(respondents: int, seconds: float) -> None:
    """Pages of a made-up system that is signed, at a small and at a large number of responses."""
    print(f"\nPublic pages, bytes over the wire (at most {LIMIT:,}) and server time, ms (p50, p95)")
    for responses in RESPONSES:
        with tempfile.TemporaryDirectory() as folder:
            releases = fill(Path(folder) / "filled", responses).folder / "releases"
            sign_all(releases)
            print(f"{responses:,} responses")
            time_pages(releases)


def sign_all(releases: Path) -> None:
    """Sign the newest release of each wave and say its questions in every language, as publishing would."""
    questionnaire = load_file(resources.QUESTIONNAIRES / "phb-annual.json")
    for wave in released_waves(releases):
        newest = newest_release(releases, wave)
        assert newest is not None
        facts = read_facts(newest)
        if facts.has_estimates:
            signed = replace(
                facts, step=Step.SIGNED, signed_by="Bench", signed_at=facts.released_at, public_on="2026-01-01"
            )
            (newest / "release.json").write_text(dump_facts(signed))
            write_wording(questionnaire, shipped_languages(), releases / wave)


def time_pages(releases: Path) -> None:
    """The first page, a question and a place in every language."""
    speech = [make_tongue(catalogue) for catalogue in shipped_languages().catalogues(RESULTS)]
    results = create_results(releases, speech=lambda: speech, today=lambda: TODAY)
    client = Client(DispatcherMiddleware(lambda environ, start: [], {"/results": results}))
    links = re.findall(r'href="(/results/en/[^"#]+)"', client.get("/results/en/").text)
    question = next(link for link in links if link.endswith("/got__health"))
    places = [link for link in links if "/places/" in link]
    for tongue in speech:
        for name, address in (
            ("wave", "/results/en/"),
            ("question", question),
            ("longest place", max(places, key=lambda link: len(client.get(link).data))),
        ):
            size, spent = _time(client, address.replace("/en/", f"/{tongue.tag}/"))
            p95 = statistics.quantiles(spent, n=20)[18]
            over = "  OVER" if size > LIMIT else ""
            print(
                f"{tongue.name:<10} {name:<14} {size:>7,} {statistics.median(spent):8.1f} {p95:8.1f}{over}", flush=True
            )


def _time(client: Client, address: str) -> tuple[int, Sequence[float]]:
    spent, size = [], 0
    for _ in range(CALLS):
        began = time.perf_counter()
        reply = client.get(address, headers={"Accept-Encoding": "gzip"})
        spent.append((time.perf_counter() - began) * 1000)
        if reply.status_code != 200:
            raise RuntimeError(f"{address} answered {reply.status_code}")
        size = len(reply.data) + len(str(reply.headers))
    return size, spent
