"""The whole way from a round to a question that is asked: agreed, written as a file, opened, without the banner."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from survey.app import create_app
from survey.cli import main
from survey.config import load_config
from survey.questionnaire.load import content_hash, load_file
from survey.questionnaire.model import Status
from survey.store.connect import open_store
from survey.store.group.rounds import load_round
from tests.survey.review.group import MEMBERS, SMALL, Clock, Group
from tests.survey.review.versions.scenes import HINT, agreed_round

Phb = Callable[..., Result]

BANNER = "The group of people with lived experience has not agreed them yet."

CONSENT = {
    "id": "consent",
    "end": {"kind": "refused", "when": {"item": "consent", "is": "no"}},
    "items": [
        {
            "id": "consent",
            "type": "choice",
            "role": "consent",
            "required": True,
            "text": "Do you want to take part?",
            "options": [{"code": "yes", "text": "Yes"}, {"code": "no", "text": "No"}],
        }
    ],
}
SOURCE: dict[str, object] = json.loads(json.dumps(SMALL))
SOURCE["sections"][0]["pages"].insert(0, CONSENT)  # type: ignore[index]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "questionnaires"
    folder.mkdir()
    (folder / "small.json").write_text(json.dumps(SOURCE))
    return {"PHB_DATA": str(tmp_path / "live"), "PHB_QUESTIONNAIRES": str(folder)}


@pytest.fixture
def phb(environment: dict[str, str]) -> Phb:
    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], env=environment)

    return run


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def in_group(environment: dict[str, str], act: Callable[[Group], object]) -> None:
    """Do something as the group, with a process of its own, as it were."""
    config = load_config(environment)
    with closing(open_store(config)) as store:
        group = Group(Flask("no-pages"), config, store, Clock(datetime.now(UTC)))
        for name, role in MEMBERS.items():
            group.add(name, role)
        act(group)


def start_page(environment: dict[str, str], wave: str) -> str:
    config = load_config(environment)
    with closing(open_store(config)) as store:
        return create_app(config, store).test_client().get(f"/s/{wave}").get_data(as_text=True)


def test_what_a_round_agrees_on_is_written_opened_and_asked_without_the_banner(
    phb: Phb, environment: dict[str, str]
) -> None:
    file = Path(environment["PHB_QUESTIONNAIRES"]) / "small.json"
    said(phb("wave", "open", "trial", "--questionnaire", "small", "--open-link"))
    assert BANNER in start_page(environment, "trial")
    in_group(environment, lambda group: agreed_round(group, HINT, source=SOURCE))
    listed = said(phb("questionnaire", "list")).splitlines()
    assert [line.partition(", kept")[0] for line in listed] == ["small 1: draft", "small 2: agreed"]
    assert "made in round 1" in listed[1]
    assert "small 2 (agreed) is in" in said(phb("questionnaire", "write", "small"))
    written = load_file(file)
    assert (written.version, written.status) == ("2", Status.AGREED)
    assert phb("check", file).exit_code == 0
    said(phb("wave", "open", "2027", "--questionnaire", "small", "--open-link"))
    config = load_config(environment)
    with closing(open_store(config)) as store:
        assert store.rows("select version from waves where wave = '2027'") == [(load_round(store, 1).new_version,)]
        assert content_hash(written) == load_round(store, 1).new_version
    page = start_page(environment, "2027")
    assert BANNER not in page
    assert "A small survey" in page


def test_a_draft_in_review_keeps_nobody_from_opening_a_wave(phb: Phb, environment: dict[str, str]) -> None:
    assert phb("questionnaire", "list").exit_code == 1
    in_group(environment, lambda group: group.open_round(SOURCE))
    assert said(phb("questionnaire", "list")).startswith("small 1: draft, in review, kept since ")
    file = Path(environment["PHB_QUESTIONNAIRES"]) / "small.json"
    file.write_text(json.dumps({**SOURCE, "title": "Another title"}))
    said(phb("wave", "open", "trial", "--questionnaire", "small"))
    refused = phb("questionnaire", "write", "small")
    assert refused.exit_code == 1
    assert refused.stderr == ("Error: The group has agreed on no version of 'small'. Name one with --version.\n")


def test_a_file_with_changes_that_no_version_has_is_not_written_over(
    phb: Phb, environment: dict[str, str], tmp_path: Path
) -> None:
    in_group(environment, lambda group: agreed_round(group, HINT, source=SOURCE))
    file = Path(environment["PHB_QUESTIONNAIRES"]) / "small.json"
    for content in (json.dumps({**SOURCE, "title": "Mine"}), "broken"):
        file.write_text(content)
        refused = phb("questionnaire", "write", "small")
        assert refused.exit_code == 1
        assert "has changes that no version has" in refused.stderr
        assert file.read_text() == content
    for arguments, why in (
        (("other",), "No version of 'other' is kept."),
        (("small", "--version", "7"), "There is no version 7 of 'small'. There is: 1, 2."),
    ):
        assert phb("questionnaire", "write", *arguments).stderr.startswith(f"Error: {why}")
    other = tmp_path / "new" / "small.json"
    assert "only a wave named `trial`" in said(phb("questionnaire", "write", "small", "--version", "1", "--out", other))
    assert load_file(other).status is Status.DRAFT
    assert "agreed" in said(phb("questionnaire", "write", "small", "--out", other))
    assert load_file(other).version == "2"
