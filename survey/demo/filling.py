"""Filling a store with the made-up waves, a wave at a time; what is filled already stays as it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context

from survey import resources
from survey.areas import load_areas
from survey.control import CommandFailed
from survey.demo.columns import event_columns, response_columns, status_columns
from survey.demo.fieldwork import WAVES, MadeUpWave, find_places
from survey.demo.generate import Batch, Task, generate
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.routing import Router
from survey.store.analysis import count_wave
from survey.store.bulk import append_all
from survey.store.connect import Store
from survey.store.waves import TRIAL, Wave, close_wave, find_wave, list_waves, open_wave

PART = 2000
"""Responses made in one go: often enough for a progress bar, seldom enough to be worth sending to another process."""

Report = Callable[[str, int, int], None]
"""Takes the step, how much of it is done, and of how much."""


class NotADemo(CommandFailed):
    """The store holds real waves; the message says which and what to do."""


def check_fillable(store: Store) -> None:
    """Raise NotADemo for a store with a wave that is not made up: nothing made up may stand beside real answers."""
    real = [wave.id for wave in list_waves(store) if not wave.made_up]
    if real:
        raise NotADemo(
            f"The store {store.path} holds the real wave {', '.join(real)}; made-up answers never go beside real ones. "
            "Name another folder in PHB_DATA."
        )


def fill(
    store: Store, questionnaire: Questionnaire, key: bytes, *, responses: int, seed: int, report: Report
) -> Iterator[Wave]:
    """Make up those of the three waves that are not there, `responses` over all of them, and close each.

    Gives each wave that it has closed, and goes on making others up while that one is being looked at. A wave is
    stored whole or not at all, so a filling that was broken off goes on where it stopped. Raises NotADemo.
    """
    check_fillable(store)
    for wave in WAVES:
        if _is_open(store, wave) and count_wave(store, wave.id):
            yield close_wave(store, wave.id, wave.closed_at)
    empty = [wave for wave in WAVES if _is_open(store, wave) or find_wave(store, wave.id) is None]
    tasks = _tasks(empty, questionnaire, key, responses=responses, seed=seed)
    pages = [placed.page.id for placed in Router(questionnaire).pages]
    batches = generate_all(tasks)
    done = 0
    for wave in empty:
        opened = find_wave(store, wave.id) or open_wave(
            store,
            wave=wave.id,
            questionnaire=questionnaire,
            vintage=wave.vintage,
            open_link=True,
            made_up=True,
            now=wave.opened_at,
        )
        made = []
        for task in (task for task in tasks if task.wave == wave):
            made.append(next(batches))
            done += len(task.numbers)
            report("Making responses up", done, sum(len(task.numbers) for task in tasks))
        append_all(
            store,
            responses=response_columns(made, opened),
            events=event_columns(made, pages),
            statuses=status_columns(made),
        )
        yield close_wave(store, wave.id, wave.closed_at)


def open_trial(store: Store, questionnaire: Questionnaire, vintage: str, now: datetime) -> Wave:
    """The made-up wave that is open, for a newcomer to answer."""
    return find_wave(store, TRIAL) or open_wave(
        store, wave=TRIAL, questionnaire=questionnaire, vintage=vintage, open_link=True, made_up=True, now=now
    )


def _is_open(store: Store, wave: MadeUpWave) -> bool:
    found = find_wave(store, wave.id)
    return found is not None and found.is_open


def _tasks(
    waves: Sequence[MadeUpWave], questionnaire: Questionnaire, key: bytes, *, responses: int, seed: int
) -> list[Task]:
    lists = {wave.vintage: load_areas(resources.AREAS, wave.vintage) for wave in WAVES}
    lasting = sorted(set.intersection(*({area.code for area in areas} for areas in lists.values())))
    tasks = []
    for wave in waves:
        place = WAVES.index(wave)
        size = responses * (place + 1) // len(WAVES) - responses * place // len(WAVES)
        places = find_places(lists[wave.vintage], lasting, seed)
        parts = [range(start, min(start + PART, size)) for start in range(0, size, PART)]
        tasks += [Task(wave, part, seed, questionnaire, places, key) for part in parts]
    return tasks


def generate_all(tasks: Sequence[Task]) -> Iterator[Batch]:
    """In other processes where there is enough to do; `spawn`, because an open store does not survive a fork."""
    processes = os.cpu_count() or 1
    if processes < 2 or len(tasks) < 2 * len(WAVES):
        yield from map(generate, tasks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(generate, tasks)
