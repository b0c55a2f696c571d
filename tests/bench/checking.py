"""How long a large questionnaire takes to check, and how much of it is the proof."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from random import Random
from statistics import median
from typing import Any

from survey.questionnaire.check.structural import find_problems
from survey.questionnaire.document import parse_document
from survey.questionnaire.proof.findings import find_proof_problems
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import choice, choices, document, page, scale, section

ITEMS, CONDITIONS, PAGES_IN_SECTION = 500, 200, 10
RUNS = 5

Json = dict[str, Any]


def make_large(*, trapped: bool, seed: int = 1) -> bytes:
    """A questionnaire of 500 items and 200 conditions, each of up to six comparisons with earlier items.

    Every condition is true of one set of answers, unless `trapped`: then a few contradict themselves, and whatever
    asks about their pages cannot be reached either.
    """
    random = Random(seed)
    answers: dict[str, str | int] = {}
    sections: list[Json] = []
    pages: list[Json] = []
    conditional = set(random.sample(range(20, ITEMS), CONDITIONS))
    for number in range(ITEMS):
        name = f"item_{number}"
        more = {"show_if": _condition(random, answers, trapped=trapped)} if number in conditional else {}
        kind = random.choice(("choice", "choice", "choices", "scale"))
        codes = [f"code_{code}" for code in range(random.choice((2, 4, 8)))]
        made = scale(name) if kind == "scale" else {"choice": choice, "choices": choices}[kind](name, *codes)
        answers[name] = random.randint(0, 10) if kind == "scale" else random.choice(codes)
        pages.append(page(made, **more))
        if len(pages) == PAGES_IN_SECTION:
            sections.append(section(f"section-{number}", *pages))
            pages = []
    return json.dumps(document(*sections)).encode()


def _condition(random: Random, answers: dict[str, str | int], *, trapped: bool) -> Json:
    def comparison() -> Json:
        name = random.choice(list(answers))
        answer = answers[name]
        if isinstance(answer, int):
            return {"item": name, "at_least": random.randint(0, answer)}
        return {
            "item": name,
            "any_of": [answer, *({"code_0", "dont_know"} - {answer} if random.random() < 0.5 else ())],
        }

    def several() -> Json:
        return {"any": [comparison(), {"item": random.choice(list(answers)), "answered": False}, comparison()]}

    if trapped and random.random() < 0.1:
        part = comparison()
        return {"all": [several(), part, {"not": part}]}
    return random.choice((comparison, several, lambda: {"all": [several(), several()]}))()


def run_checking(respondents: int, seconds: float) -> None:
    """Reading a large questionnaire and applying the rules, and the proof beside them."""
    del respondents, seconds
    print(f"\nChecking {ITEMS} items and {CONDITIONS} conditions, ms of CPU (median of {RUNS})")
    print(f"{'':<28} {'read':>8} {'rules':>8} {'proof':>8} {'proof / rest':>13} {'findings':>9} {'peak MB':>8}")
    for name, trapped in (("every page can be reached", False), ("many pages cannot", True)):
        source = make_large(trapped=trapped)
        questionnaire = fit_to_format(parse_document(source, name=name)[0])
        read = _milliseconds(lambda source=source, name=name: fit_to_format(parse_document(source, name=name)[0]))
        rules = _milliseconds(lambda questionnaire=questionnaire: list(find_problems(questionnaire)))
        proof = _milliseconds(lambda questionnaire=questionnaire: list(find_proof_problems(questionnaire)))
        tracemalloc.start()
        findings = list(find_proof_problems(questionnaire))
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        print(
            f"{name:<28} {read:8.0f} {rules:8.0f} {proof:8.0f} {proof / (read + rules):13.2f}"
            f" {len(findings):9} {peak:8.1f}",
            flush=True,
        )


def _milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return median(taken)
