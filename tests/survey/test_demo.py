"""The demonstration: people who answer as the real survey asks, always the same ones, and never beside real answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dashboard.release import newest_release, read_facts
from survey import resources
from survey.areas import load_areas
from survey.cli import main
from survey.config import Config, load_config
from survey.demo import people, tastes
from survey.demo.answering import Habits
from survey.demo.fieldwork import SHARE_OF_FEWEST, SHARE_OF_MOST, WAVES, find_places
from survey.demo.filling import NotADemo, fill
from survey.demo.generate import Batch, Task, generate
from survey.questionnaire.answers import check_answer, from_json, write_in_key
from survey.questionnaire.load import load_file
from survey.questionnaire.model import ChoiceItem, ChoicesItem, GridItem, LongTextItem
from survey.questionnaire.routing import Router
from survey.store.connect import Store, open_store
from survey.store.counts import count_responses
from survey.store.responses import Status, load_response
from survey.store.waves import find_wave, list_waves, open_wave

NOW = datetime(2026, 10, 5, tzinfo=UTC)
ANNUAL = load_file(resources.QUESTIONNAIRES / "phb-annual.json")
ROUTER = Router(ANNUAL)
HABITS = Habits(ROUTER)
WRITE_INS = {
    write_in_key(item.id, option.code)
    for item in ROUTER.items.values()
    if isinstance(item, (ChoiceItem, ChoicesItem))
    for option in item.options
    if option.write_in
}
SEED = 7


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return load_config({"PHB_DATA": str(tmp_path / "live")})


@pytest.fixture
def store(config: Config) -> Iterator[Store]:
    opened = open_store(config)
    yield opened
    opened.close()


def fill_all(store: Store, config: Config, responses: int = 90) -> list[str]:
    filled = fill(store, ANNUAL, config.code_key, responses=responses, seed=SEED, report=lambda step, done, of: None)
    return [wave.id for wave in filled]


def task_of(numbers: range, seed: int = SEED) -> Task:
    areas = load_areas(resources.AREAS, "2026")
    lasting = [area.code for area in areas]
    return Task(WAVES[2], numbers, seed, ANNUAL, find_places(areas, lasting, seed), b"a key for made-up codes")


@pytest.fixture(scope="module")
def many() -> Batch:
    """Three thousand people."""
    return generate(task_of(range(3000)))


def events_of(batch: Batch) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Page and answers of each event, response by response."""
    pages = [placed.page.id for placed in ROUTER.pages]
    start = 0
    for size in batch.pages_saved:
        places = range(start, start + size)
        yield [(pages[batch.event_pages[n]], from_json(batch.texts[batch.event_texts[n]])) for n in places]
        start += size


# --- Who is made up -------------------------------------------------------------------


def test_the_same_seed_makes_the_same_people_up_whoever_makes_which_part() -> None:
    whole = generate(task_of(range(20)))
    parts = [generate(task_of(range(10))), generate(task_of(range(10, 20)))]
    assert list(whole.ids) == [number for part in parts for number in part.ids]
    assert list(events_of(whole)) == [each for part in parts for each in events_of(part)]
    assert list(whole.ids) != list(generate(task_of(range(20), seed=SEED + 1)).ids)


def test_everybody_is_asked_what_the_router_asks(many: Batch) -> None:
    for area, events in zip(many.areas, events_of(many), strict=True):
        latest = dict(events)
        answers = {key: value for said in latest.values() for key, value in said.items()}
        path = ROUTER.path(answers, frozenset({"area"}) if area else frozenset())
        assert list(latest) == list(path.pages[: len(latest)])
        assert path.answers == answers


def test_every_answer_is_one_that_the_form_would_take(many: Batch) -> None:
    given = {pair for events in events_of(many) for _, answers in events for pair in answers.items()}
    codes = {area.code for area in load_areas(resources.AREAS, "2026")}
    assert len(given) > 1000
    for key, value in given:
        asked = HABITS.asked.get(key)
        if asked is None:
            assert key in WRITE_INS
            assert isinstance(value, str)
        else:
            raw = list(value) if isinstance(value, tuple) else [str(value)]
            assert check_answer(asked.item, raw, area_codes=codes, today=date(2026, 7, 1)) == value


def test_people_skip_say_they_do_not_know_refuse_and_change_their_minds(many: Batch) -> None:
    said = Counter(
        str(answers.get("cover")) for events in events_of(many) for page, answers in events if page == "cover"
    )
    assert min(said["None"], said["dont_know"], said["not_say"]) > 5
    assert any(len({page for page, _ in events}) < len(events) for events in events_of(many))


def test_those_for_whom_it_is_harder_stop_more_often(many: Batch) -> None:
    sent: dict[str, list[int]] = defaultdict(list)
    for locale, done in zip(many.locales, many.sent, strict=True):
        sent["English" if locale == "en" else "another"].append(done)
    for mode, done in zip(many.modes, many.sent, strict=True):
        sent[mode].append(done)
    share = {group: sum(done) / len(done) for group, done in sent.items()}
    assert share["another"] < share["English"] - 0.05
    assert share["web"] < share["home"] < share["paper"] == 1


def test_traits_hang_together(many: Batch) -> None:
    everyone = [{k: v for _, said in events for k, v in said.items()} for events in events_of(many)]
    whole = [answers for answers in everyone if {"holder_age", "answering", "ethnicity", "language"} <= answers.keys()]

    def share(of: dict[str, str], among: dict[str, str]) -> float:
        chosen = [answers for answers in whole if all(answers[k] == v for k, v in among.items())]
        return sum(all(answers[k] == v for k, v in of.items()) for answers in chosen) / len(chosen)

    assert share({"answering": "child"}, {"holder_age": "age_5_10"}) > 0.7
    assert share({"answering": "child"}, {"holder_age": "age_45_54"}) == 0
    assert share({"language": "urdu"}, {"ethnicity": "pakistani"}) > 0.25
    assert share({"language": "urdu"}, {"ethnicity": "white_british"}) == 0


@pytest.mark.parametrize("vintage", ["2023", "2026"])
def test_three_areas_hold_a_fifth_and_three_a_hundredth(vintage: str) -> None:
    lists = {year: load_areas(resources.AREAS, year) for year in ("2023", "2026")}
    lasting = {area.code for area in lists["2023"]} & {area.code for area in lists["2026"]}
    places = find_places(lists[vintage], sorted(lasting), SEED)
    shares = sorted(high - low for low, high in pairwise((0.0, *places.running)))
    assert len(shares) == len(lists[vintage])
    assert sum(shares) == pytest.approx(1)
    assert sum(shares[:3]) == pytest.approx(SHARE_OF_FEWEST) == pytest.approx(0.01)
    assert sum(shares[-3:]) == pytest.approx(SHARE_OF_MOST) == pytest.approx(0.2)


def test_every_item_has_its_tastes_and_no_taste_is_for_what_does_not_exist() -> None:
    items = ROUTER.items.values()
    by_item = {item.id: item for item in items if isinstance(item, (ChoiceItem, ChoicesItem, GridItem))}
    known = {**tastes.ONE, **tastes.SEVERAL}
    special = {"taking_part", "budget_for", *people.OF_THE_PERSON}
    assert known.keys() | special == by_item.keys()
    for item_id, weights in known.items():
        options = [option for option in by_item[item_id].options if not option.missing and not option.exclusive]
        assert weights.keys() == {option.code for option in options}
    assert tastes.WORDS.keys() == {item.id for item in items if isinstance(item, LongTextItem)}
    assert tastes.WRITTEN_IN.keys() == {key.split("__")[0] for key in WRITE_INS}


# --- What is filled --------------------------------------------------------------------


def test_three_closed_waves_are_filled_in_their_order(store: Store, config: Config) -> None:
    assert fill_all(store, config) == ["2024", "2025", "2026"]
    waves = list_waves(store)
    assert [(wave.id, wave.vintage, wave.made_up, wave.is_open) for wave in waves] == [
        ("2024", "2023", True, False),
        ("2025", "2023", True, False),
        ("2026", "2026", True, False),
    ]
    assert {wave: counts.begun for wave, counts in count_responses(store).items()} == {
        "2024": 30,
        "2025": 30,
        "2026": 30,
    }


def test_what_is_stored_reads_like_what_respondents_leave(store: Store, config: Config) -> None:
    fill_all(store, config)
    for wave in list_waves(store):
        rows = store.rows("select response, started_at from responses where wave = ?", [wave.id])
        for response, started_at in rows:
            state = load_response(store, response)
            assert state is not None
            assert state.answers["taking_part"] == "yes"
            moments = [
                moment
                for (moment,) in store.rows("select saved_at from events where response = ? order by seq", [response])
            ]
            assert moments[0] == started_at
            assert moments == sorted(moments)
            assert wave.opened_at.replace(tzinfo=None) <= moments[0]
            assert wave.closed_at is not None
            assert moments[-1] <= wave.closed_at.replace(tzinfo=None)
            assert len(moments) + (state.status is Status.SUBMITTED) == state.seq


def test_a_filling_that_was_broken_off_goes_on_where_it_stopped(store: Store, config: Config) -> None:
    filling = fill(store, ANNUAL, config.code_key, responses=90, seed=SEED, report=lambda step, done, of: None)
    next(filling)
    filling.close()
    open_wave(
        store,
        wave="2025",
        questionnaire=ANNUAL,
        vintage="2023",
        open_link=True,
        made_up=True,
        now=WAVES[1].opened_at,
    )
    store.journal.run(lambda cursor: cursor.execute("update waves set closed_at = null where wave = '2024'"))
    store.waves.clear()
    before = store.rows("select * from events order by all")
    assert fill_all(store, config) == ["2024", "2025", "2026"]
    events = store.rows("select * from events")
    assert set(before) < set(events)
    assert len(events) == len(set(events))
    assert fill_all(store, config) == []


def test_made_up_answers_never_go_beside_real_ones(store: Store, config: Config) -> None:
    open_wave(store, wave="trial", questionnaire=ANNUAL, vintage="2026", open_link=True, made_up=False, now=NOW)
    with pytest.raises(NotADemo, match="holds the real wave trial"):
        fill_all(store, config)
    assert [wave.id for wave in list_waves(store)] == ["trial"]


# --- The command -----------------------------------------------------------------------


@pytest.mark.slow
def test_the_demo_fills_publishes_and_lets_people_in_and_the_second_time_starts_at_once(tmp_path: Path) -> None:
    settings = {"PHB_DATA": str(tmp_path / "demo"), "PHB_URL": "http://127.0.0.1:9"}

    def demo(responses: str) -> list[str]:
        result = CliRunner().invoke(main, ["demo", "--responses", responses, "--no-serve"], env=settings)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout.splitlines()

    lines = demo("300")
    assert lines[0] == f"Made-up data: 300 responses in {tmp_path / 'demo'}"
    assert lines[1] == f"Other commands on it: PHB_DATA={tmp_path / 'demo'} phb wave list"
    names = ("sam", "ana", "lee", "cara", "sue", "fay")
    assert [line.split(":")[0] for line in lines[2:8]] == [
        f"Sign in as {name}, once and within the hour" for name in names
    ]
    assert [line.startswith("Invitation to NHS ") for line in lines[8:]] == [True] * 3
    releases = tmp_path / "demo" / "releases"
    facts = [read_facts(folder) for wave in WAVES if (folder := newest_release(releases, wave.id))]
    assert [(each.wave, each.number, each.made_up, each.has_estimates, each.public_on) for each in facts] == [
        ("2024", 1, True, True, "2024-08-08"),
        ("2025", 1, True, True, "2025-08-07"),
        ("2026", 1, True, True, None),
    ]
    assert facts[-1].pooled_waves == ("2024", "2025", "2026")
    again = demo("900")
    assert again[1] == "It was filled before. To have 900, delete that folder and run this again."
    assert not set(lines[2:]) & set(again)  # links and codes are new each time
    assert [newest_release(releases, each.wave) for each in facts] == [releases / each.wave / "0001" for each in facts]
    store = open_store(load_config(settings))
    trial = find_wave(store, "trial")
    store.close()
    assert trial is not None
    assert (trial.is_open, trial.open_link, trial.made_up) == (True, True, True)
