"""The `phb` command: what each does on a store of its own, what it says, and its exit code."""

from __future__ import annotations

import csv
import json
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dashboard.release import newest_release, read_facts
from survey import resources
from survey.cli import main
from survey.config import load_config
from survey.i18n import EASY_READ, INTERFACE, RESULTS, SOURCE_LOCALE, WORKSPACE, shipped_languages
from survey.questionnaire.check.full import Checked
from survey.questionnaire.load import load_file
from survey.questionnaire.problems import Problem, Severity
from survey.questionnaire.stages import Stage
from survey.store.connect import open_store
from survey.store.responses import save_page, start_response, submit_response
from survey.store.waves import open_wave
from survey.terminal.checks import describe
from tests.survey.questionnaire.builders import choice, document, page

AREA = "QRL"
ANNUAL = resources.QUESTIONNAIRES / "phb-annual.json"

Phb = Callable[..., Result]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"PHB_DATA": str(tmp_path / "live"), "PHB_URL": "https://survey.example.org"}


@pytest.fixture
def phb(environment: dict[str, str]) -> Phb:
    """Run a command on the store of this test."""

    def run(*arguments: str | Path, typed: str = "", **settings: str) -> Result:
        runner = CliRunner()
        return runner.invoke(
            main, [str(argument) for argument in arguments], env={**environment, **settings}, input=typed
        )

    return run


@pytest.fixture
def with_trial(phb: Phb, environment: dict[str, str]) -> Phb:
    """A store with an open wave `trial`."""
    store = open_store(load_config(environment))
    asked = load_file(ANNUAL)
    now = datetime.now(UTC)
    open_wave(store, wave="trial", questionnaire=asked, vintage="2026", open_link=True, made_up=False, now=now)
    store.close()
    return phb


def answer(environment: dict[str, str]) -> str:
    """Begin and send a response in the wave `trial`, and give its return code."""
    config = load_config(environment)
    store = open_store(config)
    now = datetime.now(UTC)
    how = {"locale": "en", "format": "standard", "mode": "web"}
    state, code = start_response(
        store,
        config.code_key,
        wave="trial",
        invitation=None,
        page="taking-part",
        answers={"taking_part": "yes"},
        now=now,
        **how,
    )
    save_page(store, state.response, page="anything", answers={"anything": "Just between us"}, now=now, **how)
    submit_response(store, state.response, now=now, **how)
    store.close()
    return code


def succeed(result: Result) -> str:
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def fail(result: Result, exit_code: int = 1) -> str:
    """The line on standard error; nothing is on standard output."""
    assert (result.exit_code, result.stdout) == (exit_code, ""), result.output
    [line] = result.stderr.splitlines()
    return line


# --- Help and wrong usage --------------------------------------------------------------


def every_command(group: click.Group = main, name: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for each, command in group.commands.items():
        yield (*name, each)
        if isinstance(command, click.Group):
            yield from every_command(command, (*name, each))


@pytest.mark.parametrize("name", [(), *every_command()], ids=" ".join)
def test_every_command_explains_itself(phb: Phb, name: tuple[str, ...]) -> None:
    text = succeed(phb(*name, "--help"))
    command: click.Command = main
    for part in name:
        assert isinstance(command, click.Group)
        command = command.commands[part]
    assert command.help
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    unexplained = {option.name for option in options if not option.help}
    assert unexplained == set()
    assert "Usage: " in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["wave"],
        ["wave", "open", "2031"],
        ["codes", "issue", "--wave", "trial", "--area", AREA, "--count", "0", "--out", "x.csv"],
        ["account", "add", "sam", "--role", "king"],
        ["publish", "--wave", "trial", "--by", "ana"],
        ["serve", "--port", "0"],
        ["demo", "--responses", "none"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_how_it_goes(phb: Phb, arguments: list[str]) -> None:
    result = phb(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: ")


def test_a_wrong_setting_is_one_line(phb: Phb) -> None:
    assert fail(phb("wave", "list", PHB_STORE="mysql:x")).startswith("Error: PHB_STORE: 'mysql:x' is no store.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["wave", "list"],
        ["wave", "close", "trial"],
        ["export", "--wave", "trial", "--out", "out"],
        ["publish", "--wave", "trial"],
        ["link", "sam"],
        ["backup", "copy.duckdb"],
        ["erase"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_where_there_is_no_store_a_command_says_so_and_makes_none(
    phb: Phb, environment: dict[str, str], arguments: list[str]
) -> None:
    data = Path(environment["PHB_DATA"])
    line = fail(phb(*arguments))
    assert line.startswith(f"Error: There is no store {data / 'phb.duckdb'}. Set PHB_DATA to the folder")
    assert not data.exists()


def test_a_store_without_waves_is_said_to_have_none(phb: Phb) -> None:
    succeed(phb("account", "add", "sam", "--role", "staff"))
    assert succeed(phb("wave", "list")) == "There is no wave yet. `phb wave open` opens one.\n"


# --- Fieldwork -------------------------------------------------------------------------


def test_a_draft_can_only_be_tried(phb: Phb) -> None:
    line = fail(phb("wave", "open", "2031", "--questionnaire", "phb-annual"))
    assert "still a draft: the group has not agreed it. Only a wave named 'trial' may ask it." in line
    said = succeed(phb("wave", "open", "trial", "--questionnaire", "phb-annual", "--areas", "2023", "--open-link"))
    [opened, *rest] = said.splitlines()
    assert opened == "The wave 'trial' of phb-annual is open to anyone with the address, with the areas of 2023."
    assert all(line.startswith("`phb check` has ") for line in rest)


def test_a_wave_opens_only_where_the_whole_check_finds_no_error(phb: Phb, tmp_path: Path) -> None:
    settings = {"PHB_QUESTIONNAIRES": str(tmp_path)}
    asked = document(page(choice("control", formats={"audio": {"file": "control.ogg"}})), id="asked")
    (tmp_path / "asked.json").write_text(json.dumps(asked))
    refused = phb("wave", "open", "trial", "--questionnaire", "asked", **settings)
    assert (refused.exit_code, refused.stdout) == (1, "")
    first, second = refused.stderr.splitlines()
    assert first == "Error: 'asked' cannot be asked: `phb check` finds 1 error."
    assert second.startswith("$.sections[0].pages[0].items[0].formats.audio.file: There is no file `control.ogg`")
    assert "no wave yet" in phb("wave", "list").stdout + phb("wave", "list").stderr
    (tmp_path / "asked").mkdir()
    (tmp_path / "asked" / "control.ogg").write_bytes(b"")
    said = succeed(phb("wave", "open", "trial", "--questionnaire", "asked", **settings))
    assert "`phb check` has " in said


def test_a_wave_is_checked_against_the_version_asked_before(phb: Phb, tmp_path: Path) -> None:
    settings = {"PHB_QUESTIONNAIRES": str(tmp_path)}
    asked = document(page(choice("control")), id="asked", status="agreed")
    (tmp_path / "asked.json").write_text(json.dumps(asked))
    succeed(phb("wave", "open", "2031", "--questionnaire", "asked", **settings))
    succeed(phb("wave", "open", "2032", "--questionnaire", "asked", **settings))
    (tmp_path / "asked.json").write_text(json.dumps({**asked, "title": "Another survey"}))
    refused = phb("wave", "open", "2033", "--questionnaire", "asked", **settings)
    assert refused.exit_code == 1
    assert "$.version: The content has changed and the version is still `1`." in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--questionnaire", "../phb-annual"], "There is no questionnaire '../phb-annual'"),
        (["--questionnaire", "phb-weekly"], "phb-annual."),
        (["--questionnaire", "phb-annual", "--areas", "1999"], "There is no list of areas for '1999'."),
    ],
)
def test_a_wave_needs_a_questionnaire_and_a_list_of_areas(phb: Phb, arguments: list[str], said: str) -> None:
    assert said in fail(phb("wave", "open", "trial", *arguments))


def test_a_wave_opened_beside_made_up_ones_is_made_up(phb: Phb, environment: dict[str, str]) -> None:
    store = open_store(load_config(environment))
    now = datetime.now(UTC)
    open_wave(store, wave="m", questionnaire=load_file(ANNUAL), vintage="2026", open_link=True, made_up=True, now=now)
    store.close()
    succeed(phb("wave", "open", "trial", "--questionnaire", "phb-annual"))
    assert all("made up" in line for line in succeed(phb("wave", "list")).splitlines())


def test_waves_are_listed_with_what_has_come_in(with_trial: Phb, environment: dict[str, str]) -> None:
    answer(environment)
    today = datetime.now(UTC).date()
    listed = succeed(with_trial("wave", "list"))
    assert listed == f"trial: phb-annual, areas of 2026, opened {today}, open, open link; 1 begun, 1 sent\n"


def test_closing_a_wave_publishes_its_results(with_trial: Phb, environment: dict[str, str]) -> None:
    answer(environment)
    assert "The wave 'trial' is closed. Results: " in succeed(with_trial("wave", "close", "trial"))
    newest = newest_release(Path(environment["PHB_DATA"]) / "releases", "trial")
    assert newest is not None
    assert read_facts(newest).has_estimates
    assert fail(with_trial("wave", "close", "trial")) == "Error: The wave 'trial' is closed already."


def test_codes_are_in_a_new_file_that_only_its_owner_reads(with_trial: Phb, tmp_path: Path) -> None:
    out = tmp_path / "letters" / "codes.csv"
    issue = ("codes", "issue", "--wave", "trial", "--area", AREA, "--count", "3", "--out", out)
    assert succeed(with_trial(*issue)) == f"3 codes for {AREA} are in {out}\n"
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [list(row) for row in rows] == [["code", "wave", "area", "url"]] * 3
    assert {row["url"] for row in rows} == {f"https://survey.example.org/c/{row['code']}" for row in rows}
    assert len({row["code"] for row in rows}) == 3
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    before = out.read_bytes()
    assert fail(with_trial(*issue)) == f"Error: {out} exists already. Name a file that does not."
    assert out.read_bytes() == before


def test_codes_for_an_area_nobody_knows_leave_no_file(with_trial: Phb, tmp_path: Path) -> None:
    out = tmp_path / "codes.csv"
    line = fail(with_trial("codes", "issue", "--wave", "trial", "--area", "QMJ", "--count", "1", "--out", out))
    assert line.startswith("Error: 'QMJ' is no area of the list of 2026. Its codes: D7T5G, ")
    line = fail(with_trial("codes", "issue", "--wave", "2031", "--area", AREA, "--count", "1", "--out", out))
    assert line == "Error: There is no wave '2031'. Waves: trial."
    assert not out.exists()


# --- Results ---------------------------------------------------------------------------


def test_an_export_names_its_files(with_trial: Phb, environment: dict[str, str], tmp_path: Path) -> None:
    answer(environment)
    said = succeed(with_trial("export", "--wave", "trial", "--out", tmp_path / "out"))
    names = "responses.csv, responses.parquet, responses.sav, restricted/free_text.parquet"
    assert said == f"1 responses in {tmp_path / 'out'}: codebook.html, codebook.json, {names}\n"


def test_an_export_that_cannot_be_written_says_where(with_trial: Phb) -> None:
    assert fail(with_trial("export", "--wave", "trial", "--out", "/dev/null/out")).startswith("Error: /dev/null")


def test_releases_are_provisional_until_an_analyst_signs(with_trial: Phb, environment: dict[str, str]) -> None:
    succeed(with_trial("account", "add", "ana", "--role", "analyst"))
    succeed(with_trial("account", "add", "sam", "--role", "staff"))
    answer(environment)
    provisional = read_facts(Path(succeed(with_trial("publish", "--wave", "trial")).strip()))
    assert (provisional.step, provisional.has_estimates) == ("provisional", False)
    assert "close it and publish it first" in fail(with_trial("publish", "--wave", "trial", "--sign", "--by", "ana"))
    succeed(with_trial("wave", "close", "trial"))
    line = fail(with_trial("publish", "--wave", "trial", "--sign", "--by", "sam"))
    assert line.startswith("Error: 'sam' is no account of an analyst, so cannot sign.")
    sign = ("publish", "--wave", "trial", "--sign", "--by", "ana", "--note", "Few.", "--public-on")
    assert "1999-12-31 is before the signing" in fail(with_trial(*sign, "1999-12-31"))
    signed = read_facts(Path(succeed(with_trial(*sign, "2999-12-31")).strip()))
    assert (signed.step, signed.signed_by, signed.sign_note, signed.public_on) == (
        "signed",
        "ana",
        "Few.",
        "2999-12-31",
    )
    assert "is no account of an analyst" in fail(
        with_trial("publish", "--wave", "trial", "--again", "--by", "sam", "--because", "A slip.")
    )
    again = ("publish", "--wave", "trial", "--again", "--by", "ana", "--because", "A slip.")
    corrected = read_facts(Path(succeed(with_trial(*again)).strip()))
    assert (corrected.step, [each["what"] for each in corrected.corrections]) == ("provisional", ["A slip."])
    assert (Path(environment["PHB_DATA"]) / "publishing" / "trial").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--sign"], "--sign needs --by NAME"),
        (["--sign", "--by", ""], "--sign needs --by NAME"),
        (["--by", "ana"], "it goes with --sign"),
        (["--note", "Few in the east."], "--note and --public-on go with --sign"),
        (["--public-on", "2031-01-01"], "--note and --public-on go with --sign"),
        (["--sign", "--by", "ana", "--public-on", "soon"], "does not match the format"),
        (["--again", "--by", "ana"], "--again needs --because TEXT"),
        (["--again", "--because", "Late answers."], "and --by NAME"),
        (["--because", "Late answers."], "it goes with --again"),
    ],
)
def test_nobody_signs_without_a_name_and_no_name_goes_without_signing(
    with_trial: Phb, options: list[str], message: str
) -> None:
    result = with_trial("publish", "--wave", "trial", *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_who_has_no_account_cannot_sign(with_trial: Phb) -> None:
    line = fail(with_trial("publish", "--wave", "trial", "--sign", "--by", "nobody"))
    assert line.startswith("Error: 'nobody' is no account of an analyst, so cannot sign.")


# --- Accounts --------------------------------------------------------------------------


def test_a_link_comes_with_a_code_to_type(phb: Phb) -> None:
    said = succeed(phb("account", "add", "sam", "--role", "staff"))
    assert said == "sam is added as staff. A sign-in link: phb link sam\n"
    link, code = succeed(phb("link", "sam")).splitlines()
    assert link.startswith("https://survey.example.org/staff/sign-in/")
    assert code.startswith("or, at https://survey.example.org/staff/sign-in, the name and the code ")
    assert code[-6:].isdigit()
    assert fail(phb("link", "nobody")) == "Error: There is no account 'nobody'."
    assert fail(phb("account", "add", "sam", "--role", "staff")) == "Error: There is an account 'sam' already."


def test_an_account_that_is_removed_is_listed_no_more_and_gets_no_link(phb: Phb) -> None:
    for name in ("sam", "lee"):
        succeed(phb("account", "add", name, "--role", "staff"))
    said = succeed(phb("account", "remove", "sam", "--because", "Has another job"))
    assert said == "sam can no longer sign in. What they said and did stays.\n"
    assert [line.split("\t")[0] for line in succeed(phb("account", "list")).splitlines()] == ["lee"]
    assert fail(phb("link", "sam")) == "Error: There is no account 'sam'."
    assert "was removed" in fail(phb("account", "add", "sam", "--role", "admin"))
    assert "was removed before" in fail(phb("account", "remove", "sam", "--because", "Again"))
    assert fail(phb("account", "remove", "lee", "--because", "")) == "Error: Nothing was changed: there is no reason."


# --- The store as a whole --------------------------------------------------------------


def test_a_backup_can_be_gone_back_to(with_trial: Phb, environment: dict[str, str], tmp_path: Path) -> None:
    answer(environment)
    assert "holds the store" in succeed(with_trial("backup", tmp_path / "copy.duckdb"))
    answer(environment)
    assert "2 begun" in succeed(with_trial("wave", "list"))
    restored = succeed(with_trial("restore", tmp_path / "copy.duckdb"))
    assert "The store holds 1 responses; 0 were erased again." in restored
    assert "1 begun" in succeed(with_trial("wave", "list"))
    assert "exists already" in fail(with_trial("backup", tmp_path / "copy.duckdb"))


def test_what_is_erased_is_in_no_file(with_trial: Phb, environment: dict[str, str]) -> None:
    data = Path(environment["PHB_DATA"])
    code = answer(environment)
    succeed(with_trial("publish", "--wave", "trial"))
    assert any(b"Just between us" in path.read_bytes() for path in data.rglob("phb.duckdb*"))
    succeed(with_trial("erase", typed=f"{code.lower()}\n"))
    assert "0 begun" in succeed(with_trial("wave", "list"))
    assert not any(b"Just between us" in path.read_bytes() for path in data.rglob("*") if path.is_file())
    book = json.loads((data / "analysis" / "trial" / "codebook.json").read_text())
    assert book["wave"]["responses"] == 0
    assert fail(with_trial("erase", typed=f"{code}\n")) == "Error: No response has that return code."
    assert fail(with_trial("erase", typed="ABCD\n")).startswith("Error: That is no return code")


# --- Questionnaires and translations -------------------------------------------------------


@pytest.mark.parametrize("name", ["phb-annual", "gallery"])
def test_everything_found_in_a_survey_that_ships_is_accepted_with_a_reason(phb: Phb, name: str) -> None:
    found = json.loads(succeed(phb("check", resources.QUESTIONNAIRES / f"{name}.json", "--json")))
    assert [(problem["rule"], problem["at"]) for problem in found if problem["accepted"] is None] == []


def test_every_problem_of_every_file_is_listed(phb: Phb, tmp_path: Path) -> None:
    broken = json.loads(ANNUAL.read_text(encoding="utf-8"))
    broken["minutes"] = 0
    broken["sections"][0]["pages"][0]["items"][0]["options"][0]["kode"] = "yes"
    (tmp_path / "broken.json").write_text(json.dumps(broken))
    result = phb("check", tmp_path / "broken.json", tmp_path / "missing.json", "--json")
    assert result.exit_code == 1
    found = {
        (Path(problem["file"]).name, problem["path"], problem["severity"]) for problem in json.loads(result.stdout)
    }
    assert found == {
        ("broken.json", "$.minutes", "error"),
        ("broken.json", "$.sections[0].pages[0].items[0].options[0].kode", "error"),
        ("missing.json", "$", "error"),
    }
    result = phb("check", tmp_path / "broken.json")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{tmp_path / 'broken.json'}: 2 errors\n")
    assert "\n    minutes ($.minutes): " in result.stdout


@pytest.fixture
def worded(tmp_path: Path) -> Path:
    """A survey of seven hard words, of which one is accepted."""
    questions = [choice(f"item{number}", text="Do you utilise it?") for number in range(7)]
    reason = "The group knows the word and wants it kept."
    accepted = [
        {"rule": "hard-word", "at": "item.item0", "reason": reason},
        *({"rule": f"{name}-gap", "reason": "It is for a test alone."} for name in ("easyread", "audio", "bsl")),
        {"rule": "translation-gap", "reason": "It is for a test alone."},
    ]
    path = tmp_path / "worded.json"
    path.write_text(json.dumps(document(*map(page, questions), accepted=accepted)))
    return path


def test_warnings_are_told_rule_by_rule_and_what_is_accepted_with_its_reason(phb: Phb, worded: Path) -> None:
    lines = succeed(phb("check", worded)).splitlines()
    assert lines[0].startswith(f"{worded}: 6 warnings, ")
    assert lines[1] == "  warning: hard-word, 6 of them. Say `use`, or explain it in `glossary`."
    assert lines[2] == "    item.item1.text ($.sections[0].pages[1].items[0].text): `utilise` is a hard word."
    assert lines[7] == "    … and 1 more; --all shows them."
    assert "  accepted: hard-word, 1 of them, because: The group knows the word and wants it kept." in lines
    every = succeed(phb("check", worded, "--all")).splitlines()
    assert sum("is a hard word." in line for line in every) == 7
    assert not any("--all" in line for line in every)


def test_what_is_wrong_stands_before_how_it_is_worded_and_that_before_what_is_not_made_yet(tmp_path: Path) -> None:
    rules = ["audio-gap", "translation-gap", "vague-period", "acronym", "unreachable", "bsl-gap", "media-unused"]
    problems = [Problem("$", rule, Severity.WARNING, "Found.", "Mend it.") for rule in rules]
    wrong = Problem("$", "text-long", Severity.ERROR, "Found.", "Mend it.")
    lines = describe(tmp_path, Checked((*problems, wrong)), everything=True)
    assert [line.split(": ")[1] for line in lines if line.startswith(("  error", "  warning"))] == [
        "text-long",
        "media-unused",
        "unreachable",
        "acronym",
        "vague-period",
        "audio-gap",
        "bsl-gap",
        "translation-gap",
    ]


def test_other_programs_get_every_finding_with_the_reason_it_was_accepted_for(phb: Phb, worded: Path) -> None:
    found = json.loads(succeed(phb("check", worded, "--json")))
    hard = {problem["at"]: problem["accepted"] for problem in found if problem["rule"] == "hard-word"}
    assert hard == {f"item.item{number}.text": None for number in range(7)} | {
        "item.item0.text": "The group knows the word and wants it kept."
    }


def test_a_version_is_compared_with_the_one_before(phb: Phb, worded: Path) -> None:
    before = json.loads(worded.read_text())
    (worded.parent / "before.json").write_text(json.dumps({**before, "title": "Another title"}))
    result = phb("check", worded, "--against", worded.parent / "before.json")
    assert result.exit_code == 1
    assert "  error: version-same\n" in result.stdout
    (worded.parent / "before.json").write_text("{")
    assert "before.json cannot be used" in phb("check", worded, "--against", worded.parent / "before.json").stderr


def test_nothing_is_checked_with_a_broken_word_list(
    phb: Phb, worded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(resources.WORDS, tmp_path / "words")
    (folder / "hard-words.txt").write_text("utilise\n")
    monkeypatch.setattr(resources, "WORDS", folder)
    assert fail(phb("check", worded)).startswith("Error: hard-words.txt, line 1: 'utilise': ")


def test_translations_say_how_far_they_are(phb: Phb) -> None:
    result = phb("translations", "status", "--json")
    found = json.loads(result.stdout)
    assert {(status["locale"], status["name"]) for status in found} == {
        *((EASY_READ, name) for name in (INTERFACE, WORKSPACE, RESULTS)),
        *(
            (locale, name)
            for locale in shipped_languages().locales - {SOURCE_LOCALE}
            for name in (INTERFACE, WORKSPACE, RESULTS, "gallery", "phb-annual")
        ),
    }
    assert all(set(status["counts"]) == {str(stage) for stage in Stage} for status in found)
    assert result.exit_code == 0, result.stderr


def test_translations_are_brought_up_to_date(phb: Phb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path)
    assert "template written: " in succeed(phb("translations", "extract"))
    assert succeed(phb("translations", "extract")) == "Every template was up to date.\n"
    merged = succeed(phb("translations", "merge", "cy"))
    assert f"catalogue written: {tmp_path / 'cy' / 'LC_MESSAGES' / 'interface.po'}" in merged
    assert "'xx-nonsense' is not a language" in fail(phb("translations", "merge", "xx-nonsense"))
    broken = tmp_path / "cy" / "LC_MESSAGES" / "results.po"
    broken.write_text("a letter to my aunt")
    status = phb("translations", "status")
    assert status.exit_code == 1
    assert re.search(r"^cy interface: (\d+) strings: \1 missing, 0 stale, ", status.stdout, re.MULTILINE)
    assert f"  not served: {broken}, near line 1: " in status.stderr


def test_what_an_installation_decided_is_brought_home(
    phb: Phb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "TRANSLATIONS", tmp_path / "shipped")
    assert succeed(phb("translations", "collect")).startswith("Nothing was decided in ")
    for folder, flag, words in (("shipped", "machine-draft", "Na"), ("here", "adjudicated", "Nac ydy")):
        catalogue = tmp_path / folder / "cy" / "LC_MESSAGES" / "interface.po"
        catalogue.parent.mkdir(parents=True)
        catalogue.write_text(f'#, {flag}\nmsgid "No"\nmsgstr "{words}"\n', encoding="utf-8")
    assert succeed(phb("translations", "collect", tmp_path / "here")) == (
        "cy interface: strings that are new or have come further: 1\n"
    )
    home = (tmp_path / "shipped" / "cy" / "LC_MESSAGES" / "interface.po").read_text(encoding="utf-8")
    assert '#, adjudicated\nmsgid "No"\nmsgstr "Nac ydy"\n' in home
    catalogue.write_text("a letter to my aunt")
    assert "interface.po, near line 1" in fail(phb("translations", "collect", tmp_path / "here"))
