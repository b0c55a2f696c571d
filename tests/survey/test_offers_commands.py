"""The commands of the gate, as somebody types them."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from survey.config import load_config
from survey.questionnaire.load import load_file
from survey.questionnaire.model import Status
from survey.resources import QUESTIONNAIRES
from survey.store.audit import list_audit
from survey.store.connect import open_store
from survey.store.waves import close_wave, open_wave
from tests.survey.test_cli import Phb, fail, phb, succeed

__all__ = ["phb"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A store with an open wave for real."""
    environment = {"PHB_DATA": str(tmp_path)}
    asked = load_file(QUESTIONNAIRES / "gallery.json").model_copy(update={"status": Status.AGREED})
    with closing(open_store(load_config(environment))) as store:
        now = datetime.now(UTC)
        open_wave(store, wave="2026", questionnaire=asked, vintage="2026", open_link=True, made_up=False, now=now)
    return environment


def offered(phb: Phb) -> dict[str, str | None]:
    """By name the tier on which each language and format is offered."""
    return {each["name"]: each["tier"] for each in json.loads(succeed(phb("wave", "offers", "2026", "--json")))}


def actions(environment: dict[str, str]) -> list[str]:
    with closing(open_store(load_config(environment))) as store:
        return [row.action for row in reversed(list_audit(store))]


def test_a_language_is_offered_listed_and_withdrawn(phb: Phb, environment: dict[str, str]) -> None:
    before = offered(phb)
    assert before["en"] == before["standard"] == "adjudicated"
    assert {tier for name, tier in before.items() if name not in {"en", "standard"}} == {None}
    said = succeed(phb("wave", "offer", "2026", "ur", "--because", "Two people read it.", "--interpreter", "0300 1234"))
    assert "offered as a draft: Two people read it.; interpreter 0300 1234" in said
    assert "offered as a draft: a computer made it" in succeed(phb("wave", "offer", "2026", "ur", "--machine"))
    assert offered(phb) == before | {"ur": "draft"}
    assert "not offered" in succeed(phb("wave", "withdraw", "2026", "ur"))
    assert offered(phb) == before
    assert "ur: draft, 0 of " in succeed(phb("wave", "offers", "2026"))
    assert actions(environment) == ["offer", "offer", "withdraw offer"]


def test_a_format_is_agreed_by_two_reviewers_who_use_it(phb: Phb, environment: dict[str, str]) -> None:
    for name in ("Rosa", "Ade"):
        said = succeed(phb("format", "review", "2026", "bsl", "--by", name, "--uses-it", "--agrees"))
    assert said == "bsl: agreed; offered\n"
    said = succeed(
        phb("format", "review", "2026", "bsl", "--by", "Kim", "--does-not-use-it", "--disagrees", "--words", "Dark.")
    )
    assert said == "bsl: draft, 2 of 2 reviewers who use it agree; not offered\n"
    assert actions(environment) == ["note format review"] * 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["offer", "2031", "ur", "--machine"], "There is no wave '2031'. Waves: 2026."),
        (
            ["offer", "2026", "xx", "--machine"],
            "The wave '2026' has no language or format 'xx'. It has: en,",
        ),
        (["offer", "2026", "../ur", "--machine"], "has no language or format '../ur'"),
        (["offer", "2026", "ur"], "It is a draft. Say --because"),
        (["offer", "2026", "ur", "--because", "  "], "It is a draft. Say --because"),
        (["offer", "2026", "ur", "--because", "x", "--machine"], "Give --because or --machine, not both."),
        (["offer", "2026", "ur", "--because", "x" * 301], "too long: at most 300 characters"),
        (["offer", "2026", "ur", "--because", "a\N{RIGHT-TO-LEFT OVERRIDE}b"], "characters that nobody sees"),
        (["offer", "2026", "ur", "--machine", "--interpreter", "call us"], "--interpreter takes a telephone number"),
        (["offer", "2026", "en", "--machine"], "offered in every wave"),
        (["withdraw", "2026", "standard"], "offered in every wave"),
        (["withdraw", "2026", "ur"], "It is not offered, so there is nothing to withdraw."),
        (["offers", "2031"], "There is no wave '2031'."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    phb: Phb, environment: dict[str, str], arguments: list[str], said: str
) -> None:
    assert said in fail(phb("wave", *arguments))
    assert actions(environment) == []


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("standard", ["--agrees"], "The standard format needs no reviewer."),
        ("ur", ["--agrees"], "'ur' is a language. Formats: audio, bsl, easyread, standard."),
        ("bsl", ["--disagrees"], "Who disagrees says why: --words."),
    ],
)
def test_what_is_no_review_is_not_noted(
    phb: Phb, environment: dict[str, str], name: str, arguments: list[str], said: str
) -> None:
    assert said in fail(phb("format", "review", "2026", name, "--by", "Rosa", "--uses-it", *arguments))
    assert actions(environment) == []


def test_a_closed_wave_stays_as_it_was(phb: Phb, environment: dict[str, str]) -> None:
    with closing(open_store(load_config(environment))) as store:
        close_wave(store, "2026", datetime.now(UTC))
    assert "The wave is closed" in fail(phb("wave", "offer", "2026", "ur", "--machine"))
