"""A filled demonstration made ready to be looked at: results published, people who can sign in, codes to try."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from survey import resources
from survey.areas import load_areas
from survey.commands import Services, load_by_id, publish_wave
from survey.control import Report
from survey.demo.fieldwork import WAVES
from survey.demo.filling import fill, open_trial
from survey.store.accounts import Role, SignInLink, add_account, list_accounts, make_link
from survey.store.counts import count_responses
from survey.store.invitations import issue_codes
from survey.store.waves import list_waves

QUESTIONNAIRE = "phb-annual"
ACCOUNTS = {"sam": Role.STAFF, "ana": Role.ANALYST}
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
    filled = fill(
        store,
        questionnaire,
        key,
        responses=responses,
        seed=seed,
        report=lambda step, done, of: report({"step": step, "done": done, "of": of}),
    )
    for wave in filled:
        publish_wave(services, wave, report)
    for wave in list_waves(store):  # one that an earlier run filled and did not publish
        if not wave.is_open and not has_results(services.releases, wave.id):
            publish_wave(services, wave, report)
    trial = open_trial(store, questionnaire, WAVES[-1].vintage, services.now())
    known = {account.name for account in list_accounts(store)}
    for name, role in ACCOUNTS.items():
        if name not in known:
            add_account(store, name, role, services.now())
    areas = load_areas(resources.AREAS, trial.vintage)
    step = len(areas) // AREAS_WITH_CODES
    codes = {
        area.name: issue_codes(store, key, wave=trial.id, area=area.code, count=1, now=services.now())[0]
        for area in areas[step // 2 :: step]
    }
    links = {name: make_link(store, key, name, services.now()) for name in ACCOUNTS}
    counts = count_responses(store)
    return Guide(sum(counts[wave.id].begun for wave in WAVES if wave.id in counts), links, codes)
