"""What the commands do to a store: the same functions in the process that serves it and in one of their own.

Each takes the services, arguments as JSON can carry them, and where to report progress; it returns what JSON can carry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

from survey import account_commands, offers_commands, questionnaire_commands, resources
from survey.areas import AreaError, list_vintages, load_areas
from survey.checking import load_checked
from survey.codes import CodeError
from survey.config import Config
from survey.control import CommandFailed, Handler, Report
from survey.export.leaving import Leaving
from survey.export.wave import export_wave
from survey.export.wording import write_wordings
from survey.questionnaire.load import QuestionnaireError
from survey.steps import NO_STEPS, Steps
from survey.store import accounts, copies, invitations, versions, waves
from survey.store.connect import Store
from survey.store.counts import ResponseCounts, count_responses
from survey.store.erasure import erase_response
from survey.store.journal import NotSaved
from survey.store.waves import Wave

Arguments = Mapping[str, Any]
Publish = Callable[..., Path]
"""`publish(analysis, releases, steps=, now=)` makes a release from a folder of analysis files."""

SIGNERS = frozenset({accounts.Role.ANALYST, accounts.Role.ADMIN})


@dataclass(frozen=True)
class Services:
    """What the commands work with."""

    config: Config
    store: Store
    publish: Publish
    now: Callable[[], datetime]
    publishing: AbstractContextManager[bool] = field(default_factory=RLock)
    """Held while it is decided whether to make a release, and while one is made: one at a time."""
    leaving: Leaving | None = None
    """How people's own words are published; None where nothing publishes."""

    @property
    def releases(self) -> Path:
        """Where the dashboard finds what it shows."""
        return self.config.data / "releases"

    @property
    def analysis(self) -> Path:
        """Where the analysis files are that releases are made from; only its owner may look in."""
        return self.config.data / "analysis"


Command = Callable[[Services, Arguments, Report], Any]


def make_handlers(services: Services) -> Mapping[str, Handler]:
    """Every command by name, ready to be run with its arguments. What one cannot do it says as CommandFailed."""
    return {name: partial(_run, command, services) for name, command in COMMANDS.items()}


def _run(command: Command, services: Services, arguments: Arguments, report: Report) -> Any:
    try:
        return command(services, arguments, report)
    except _SAID_PLAINLY as error:
        raise CommandFailed(str(error)) from error
    except NotSaved as error:
        raise CommandFailed(f"Nothing was saved: {error}") from error
    except OSError as error:
        raise CommandFailed(f"{error.filename or 'The file'}: {error.strerror or error}.") from error


_SAID_PLAINLY = (waves.WaveError, accounts.AccountError, copies.CopyError, AreaError, QuestionnaireError)


# --- Fieldwork ------------------------------------------------------------------


def open_wave(services: Services, arguments: Arguments, report: Report) -> Any:
    """Open a wave; one opened beside made-up ones is made up too."""
    vintage = arguments["areas"] or list_vintages(resources.AREAS)[-1]
    load_areas(resources.AREAS, vintage)
    name = arguments["questionnaire"]
    opened_before = versions.load_versions_of(services.store, name)
    questionnaire, checked = load_checked(services.config.questionnaires, name, opened_before)
    opened = waves.open_wave(
        services.store,
        wave=arguments["wave"],
        questionnaire=questionnaire,
        vintage=vintage,
        open_link=arguments["open_link"],
        made_up=any(wave.made_up for wave in waves.list_waves(services.store)),
        now=services.now(),
    )
    return {**_describe(opened, None), "warnings": len(checked.warnings)}


def close_wave(services: Services, arguments: Arguments, report: Report) -> Any:
    """Close a wave and publish what it found."""
    closed = waves.close_wave(services.store, arguments["wave"], services.now())
    release = publish_wave(services, closed, report)
    return {**_describe(closed, None), "release": str(release)}


def list_waves(services: Services, arguments: Arguments, report: Report) -> Any:
    """Every wave with how many have begun and sent."""
    counts = count_responses(services.store)
    return [_describe(wave, counts.get(wave.id)) for wave in waves.list_waves(services.store)]


def issue_codes(services: Services, arguments: Arguments, report: Report) -> Any:
    """New invitation codes with the address each leads to. They are kept nowhere else."""
    wave = _find_wave(services.store, arguments["wave"])
    area = arguments["area"]
    known = [each.code for each in load_areas(resources.AREAS, wave.vintage)]
    if area not in known:
        raise CommandFailed(
            f"'{area}' is no area of the list of {wave.vintage}. Its codes: {', '.join(sorted(known))}."
        )
    codes = invitations.issue_codes(
        services.store, services.config.code_key, wave=wave.id, area=area, count=arguments["count"], now=services.now()
    )
    return [{"code": code, "wave": wave.id, "area": area, "url": f"{services.config.url}/c/{code}"} for code in codes]


# --- Results --------------------------------------------------------------------


def export(services: Services, arguments: Arguments, report: Report) -> Any:
    """Write the analysis file of a wave."""
    wave = _find_wave(services.store, arguments["wave"])
    written = export_wave(
        services.store,
        wave,
        Path(arguments["out"]),
        services.config.code_key,
        _reading(wave, report),
        now=services.now(),
        weights=services.analysis / wave.id,
    )
    return {"folder": str(written.folder), "files": list(written.files), "responses": written.responses}


def publish(services: Services, arguments: Arguments, report: Report) -> Any:
    """Make a release of a wave, which the analyst `by` signs, or for which they make the estimates again, or both."""
    wave, sign, again = _find_wave(services.store, arguments["wave"]), arguments["sign"], arguments["again"]
    by = _signer(services.store, arguments["by"]) if sign or again else None
    day = arguments["public_on"]
    steps = Steps(
        signed_by=by if sign else None,
        note=arguments["note"],
        public_on=date.fromisoformat(day) if day else None,
        again_by=by if again else None,
        because=arguments["because"],
        weighted=not arguments["unweighted"],
    )
    return {"release": str(publish_wave(services, wave, report, steps))}


def publish_wave(services: Services, wave: Wave, report: Report, steps: Steps = NO_STEPS) -> Path:
    """Write the wave's analysis file anew and make a release from it."""
    with services.publishing:
        folder = write_analysis(services, wave, report)
        release = services.publish(folder, services.releases, steps=steps, now=services.now())
        write_wordings(services.store, services.releases, [wave])
        return release


def write_analysis(services: Services, wave: Wave, report: Report) -> Path:
    """Write the analysis file that releases of a wave are made from, and return its folder."""
    folder = services.analysis / wave.id
    services.analysis.mkdir(mode=0o700, exist_ok=True)
    progress, now = _reading(wave, report), services.now()
    key = services.config.code_key
    export_wave(services.store, wave, folder, key, progress, now=now, weights=folder, for_release=True)
    return folder


# --- The store as a whole ---------------------------------------------------------


def back_up(services: Services, arguments: Arguments, report: Report) -> Any:
    """Copy the store into a new file."""
    return {"bytes": copies.back_up(services.store, Path(arguments["destination"]))}


def restore(services: Services, arguments: Arguments, report: Report) -> Any:
    """Go on with a backup; what was erased since stays erased."""
    restored = copies.restore(services.store, services.config.code_key, Path(arguments["source"]), services.now())
    return {"responses": restored.responses, "erased_again": restored.erased_again, "kept": str(restored.kept)}


def erase(services: Services, arguments: Arguments, report: Report) -> Any:
    """Erase a response, and its quotes from what is published; write the store and the analysis file anew."""
    try:
        erased = erase_response(services.store, services.config.code_key, arguments["code"], services.now())
    except CodeError as error:
        raise CommandFailed("That is no return code: look for a slip. It has 16 letters and digits.") from error
    if erased is None:
        raise CommandFailed("No response has that return code.")
    wave = _find_wave(services.store, erased.wave)
    has_analysis = (services.analysis / wave.id).exists()
    try:
        if services.leaving is not None:
            services.leaving.take_back_quotes(services.store, wave, services.now().date())
    finally:
        copies.compact(services.store)
        if has_analysis:
            with services.publishing:
                write_analysis(services, wave, report)
    return {"wave": erased.wave}


COMMANDS: Mapping[str, Command] = {
    "wave open": open_wave,
    "wave close": close_wave,
    "wave list": list_waves,
    "wave offer": offers_commands.offer_in_wave,
    "wave withdraw": offers_commands.withdraw_from_wave,
    "wave offers": offers_commands.list_offers,
    "format review": offers_commands.note_format_review,
    "codes issue": issue_codes,
    "export": export,
    "publish": publish,
    "account add": account_commands.add_account,
    "account list": account_commands.list_accounts,
    "account remove": account_commands.remove_account,
    "link": account_commands.make_link,
    "questionnaire list": questionnaire_commands.list_versions,
    "questionnaire give": questionnaire_commands.give_version,
    "backup": back_up,
    "restore": restore,
    "erase": erase,
}

BEGINNINGS = frozenset({"wave open", "account add", "restore"})
"""Commands that make a store where there is none. The others have nothing to do there, and say so."""


# --- Found and described ------------------------------------------------------------


def _find_wave(store: Store, wave: str) -> Wave:
    found = waves.find_wave(store, wave)
    if found is None:
        known = ", ".join(each.id for each in waves.list_waves(store)) or "none yet"
        raise CommandFailed(f"There is no wave '{wave}'. Waves: {known}.")
    return found


def _signer(store: Store, name: str) -> str:
    account = accounts.find_account_named(store, name)
    if account is None or account.role not in SIGNERS:
        raise CommandFailed(f"'{name}' is no account of an analyst, so cannot sign. Add one with `phb account add`.")
    return account.name


def _describe(wave: Wave, counts: ResponseCounts | None) -> dict[str, Any]:
    return {
        "wave": wave.id,
        "questionnaire": wave.questionnaire,
        "areas": wave.vintage,
        "open_link": wave.open_link,
        "made_up": wave.made_up,
        "opened_on": wave.opened_at.date().isoformat(),
        "closed_on": wave.closed_at.date().isoformat() if wave.closed_at else None,
        "begun": counts.begun if counts else 0,
        "sent": counts.sent if counts else 0,
    }


def _reading(wave: Wave, report: Report) -> Callable[[int, int], None]:
    return lambda done, of: report({"step": f"Reading {wave.id}", "done": done, "of": of})
