"""A filled demonstration made ready to be looked at: results published, people who can sign in, codes to try."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from survey import resources
from survey.areas import load_areas
from survey.checking import load_by_id
from survey.commands import Services, write_analysis
from survey.control import Report
from survey.demo.acting import add_findings
from survey.demo.fieldwork import WAVES
from survey.demo.filling import fill, open_trial
from survey.demo.group import found_group
from survey.demo.words import read_words
from survey.export.leaving import NothingLeaves
from survey.steps import NO_STEPS, Steps
from survey.store.accounts import Account, Role, SignInLink, add_account, list_accounts, make_link
from survey.store.counts import count_responses
from survey.store.invitations import issue_codes
from survey.store.waves import Wave, find_wave, list_waves

QUESTIONNAIRE = "phb-annual"
ANALYST = "ana"
STAFF = "sam"
ACCOUNTS = {STAFF: Role.STAFF, ANALYST: Role.ANALYST, "lee": Role.LIVED_EXPERIENCE}
WITH_LINKS = (*ACCOUNTS, "cara", "sue", "fay")
"""Of the group a co-chair with lived experience, a carer, a member of staff, and the facilitator."""
SIGN_NOTE = "The answers are made up: this only shows what a signed release looks like."
MONTH = timedelta(days=30)
AREAS_WITH_CODES = 3


@dataclass(frozen=True)
class Guide:
    """What somebody needs to look round: addresses that work once, by name and by area."""

    responses: int
    links: dict[str, SignInLink]
    codes: dict[str, str]


def prepare_demo(
    services: Services, has_results: Callable[[Path, str], bool], *, responses: int, seed: int, report: Report
) -> Guide:
    """Fill what is empty, publish what is not published, in the order of the waves, and let people in."""
    store, key = services.store, services.config.code_key
    questionnaire = load_by_id(services.config.questionnaires, QUESTIONNAIRE)
    unpublished = [
        wave for wave in list_waves(store) if not wave.is_open and not has_results(services.releases, wave.id)
    ]
    filled = fill(
        store,
        questionnaire,
        key,
        responses=responses,
        seed=seed,
        report=lambda step, done, of: report({"step": step, "done": done, "of": of}),
    )
    _publish_all(services, chain(unpublished, filled), report)
    trial = open_trial(store, questionnaire, WAVES[-1].vintage, services.now())
    known = {account.name for account in list_accounts(store)}
    for name, role in ACCOUNTS.items():
        if name not in known:
            add_account(store, name, role, services.now())
    accounts = {account.name: account for account in list_accounts(store)}
    add_findings(store, by=accounts[STAFF], now=services.now())
    found_group(store, questionnaire, services.now())
    _let_words_out(services, (accounts[STAFF], accounts[ANALYST]), seed)
    areas = load_areas(resources.AREAS, trial.vintage)
    step = len(areas) // AREAS_WITH_CODES
    codes = {
        area.name: issue_codes(store, key, wave=trial.id, area=area.code, count=1, now=services.now())[0]
        for area in areas[step // 2 :: step]
    }
    links = {name: make_link(store, key, name, services.now()) for name in WITH_LINKS}
    counts = count_responses(store)
    return Guide(sum(counts[wave.id].begun for wave in WAVES if wave.id in counts), links, codes)


def _publish_all(services: Services, waves: Iterable[Wave], report: Report) -> None:
    """Publish waves in their order, each in another process while the next one is stored and exported in this one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as publisher:
        releases = [
            publisher.submit(
                services.publish,
                write_analysis(services, wave, report),
                services.releases,
                **_when(wave, services.now()),
            )
            for wave in waves
        ]
        for number, release in enumerate(releases, start=1):
            release.result()
            report({"step": "Publishing", "done": number, "of": len(releases)})


def _when(wave: Wave, now: datetime) -> dict[str, Any]:
    """The latest wave is provisional; those before it were signed a month after they closed, and are public since.

    So there is something to see at every step, on /results/ too.
    """
    if wave.id == WAVES[-1].id or wave.closed_at is None:
        return {"steps": NO_STEPS, "now": now}
    signed_at = wave.closed_at + MONTH
    return {"steps": Steps(signed_by=ANALYST, note=SIGN_NOTE, public_on=signed_at.date()), "now": signed_at}


def _let_words_out(services: Services, readers: tuple[Account, Account], seed: int) -> None:
    """Have the latest wave read, and publish what may leave; a demonstration of few people has too little to show."""
    wave = find_wave(services.store, WAVES[-1].id)
    if services.leaving is None or wave is None or (services.releases / wave.id / "voices.json").exists():
        return
    read_words(services.store, wave, readers, seed=seed, now=services.now())
    with suppress(NothingLeaves):
        services.leaving.publish(services.store, wave, services.now().date())
