"""Waves: opened once, with an agreed questionnaire, closed once, and remembered as they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey.config import Config
from survey.questionnaire.load import content_hash
from survey.store.connect import Store, open_store
from survey.store.versions import load_version
from survey.store.waves import Wave, WaveError, close_wave, find_wave, list_waves, open_wave
from tests.survey.store.builders import NOON, open_tiny_wave, tiny_questionnaire


def test_an_opened_wave_pins_its_questionnaire(store: Store) -> None:
    wave = open_tiny_wave(store)
    version = content_hash(tiny_questionnaire())
    assert wave == Wave("2026", "tiny", version, "2026", True, False, NOON, None)
    assert wave.is_open
    assert find_wave(store, "2026") == wave
    assert load_version(store, version) == tiny_questionnaire()


def test_a_wave_is_found_again_in_a_store_opened_anew(config: Config) -> None:
    store = open_store(config)
    wave = open_tiny_wave(store)
    store.close()
    again = open_store(config)
    assert find_wave(again, "2026") == wave
    assert load_version(again, wave.version) == tiny_questionnaire()
    again.close()


def test_an_unknown_wave_is_none_and_an_unknown_version_a_key_error(store: Store) -> None:
    assert find_wave(store, "2031") is None
    with pytest.raises(KeyError):
        load_version(store, "0" * 64)


def test_waves_are_listed_in_the_order_they_were_opened(store: Store) -> None:
    for place, name in enumerate(["b", "a", "c"]):
        open_wave(
            store,
            wave=name,
            questionnaire=tiny_questionnaire(title=name if name == "c" else "same"),
            vintage="2023",
            open_link=False,
            made_up=True,
            now=NOON + timedelta(days=place),
        )
    assert [wave.id for wave in list_waves(store)] == ["b", "a", "c"]
    assert store.rows("select count(*) from versions") == [(2,)]


def test_a_wave_opens_once(store: Store) -> None:
    open_tiny_wave(store)
    with pytest.raises(WaveError, match="There is a wave '2026' already"):
        open_tiny_wave(store)


@pytest.mark.parametrize("name", ["", "Wave", "a b", "../up", "a--b", "x" * 33, "2026\n"])
def test_a_name_that_would_not_do_in_a_path_is_refused(store: Store, name: str) -> None:
    with pytest.raises(WaveError, match="is no name for a wave"):
        open_tiny_wave(store, name)


@pytest.mark.parametrize(
    ("wave", "status", "made_up", "opens"),
    [
        ("2026", "agreed", False, True),
        ("2026", "draft", False, False),
        ("trial", "draft", False, True),
        ("2026", "draft", True, True),
        ("trial-2", "draft", False, False),
    ],
)
def test_only_a_trial_or_a_made_up_wave_asks_what_is_not_agreed(
    store: Store, wave: str, status: str, made_up: bool, opens: bool
) -> None:
    def open_it() -> Wave:
        return open_wave(
            store,
            wave=wave,
            questionnaire=tiny_questionnaire(status),
            vintage="2026",
            open_link=True,
            made_up=made_up,
            now=NOON,
        )

    if opens:
        assert open_it().is_open
    else:
        with pytest.raises(WaveError, match="still a draft"):
            open_it()
        assert list_waves(store) == ()


def test_a_wave_closes_once_and_that_is_seen_at_once(store: Store) -> None:
    open_tiny_wave(store)
    closed = close_wave(store, "2026", NOON + timedelta(days=30))
    assert closed.closed_at == NOON + timedelta(days=30)
    assert not closed.is_open
    assert find_wave(store, "2026") == closed
    assert list_waves(store) == (closed,)
    with pytest.raises(WaveError, match="closed already"):
        close_wave(store, "2026", NOON)
    with pytest.raises(WaveError, match="There is no wave '2031'"):
        close_wave(store, "2031", NOON)
