"""Whether a repeated section stays as quick at its fiftieth round as at its first."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from statistics import median

from flask.testing import FlaskClient

from survey.app import create_app
from survey.config import load_config
from survey.questionnaire.rounds import page_key
from survey.store.connect import open_store
from survey.store.waves import open_wave
from survey.together.services import now
from tests.bench.client import TOKEN
from tests.survey.questionnaire.builders import choice, page, questionnaire, section

ROUNDS = 50
PAGES = ("kind", "enough")
REPEATED = questionnaire(
    section("start", page({"id": "services", "type": "number", "text": "How many?", "min": 0, "max": ROUNDS})),
    section("each", page(choice("kind")), page(choice("enough")), repeat={"from": "services", "at_most": ROUNDS}),
)


def run_rounds(respondents: int, seconds: float) -> None:
    """CPU of saving a page and showing the next, in the first rounds and in the last, with their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        config = load_config({"PHB_DATA": folder})
        store = open_store(config)
        open_wave(store, wave="trial", questionnaire=REPEATED, vintage="2026", open_link=True, made_up=True, now=now())
        client = create_app(config, store).test_client()
        taken = list(_walk(client))
        store.close()
    first, last = (median(part) for part in (taken[10:30], taken[-20:]))
    print(f"\nFifty rounds of two pages, ms of CPU a submission (median of 20): rounds 6 to 15 {first:.1f},", end=" ")
    print(f"rounds 41 to 50 {last:.1f}, ratio {last / first:.2f}", flush=True)


def _walk(client: FlaskClient) -> Iterator[float]:
    _send(client, "/", {})
    _send(client, "/survey/services", {"answer-services": str(ROUNDS)})
    for number in range(1, ROUNDS + 1):
        for name in PAGES:
            began = time.process_time()
            _send(client, f"/survey/{page_key(name, number)}", {f"answer-{name}": "yes"})
            yield (time.process_time() - began) * 1000


def _send(client: FlaskClient, address: str, answers: dict[str, str]) -> None:
    """What one page costs: it is shown, filled and sent, and leads on."""
    found = TOKEN.search(client.get(address).data)
    token = found[1].decode() if found else ""
    reply = client.post(address, data={**answers, "csrf_token": token})
    if reply.status_code != 303:
        raise RuntimeError(f"POST {address} answered {reply.status_code}")
