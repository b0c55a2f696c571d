"""The commands about versions of questionnaires that the store keeps; see `commands.py` for how commands are run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from survey.control import CommandFailed, Report
from survey.coproduction.lineage import Kept, newest_to_ask
from survey.questionnaire.load import content_hash, dump_questionnaire
from survey.questionnaire.model import Status
from survey.store.group.versions import kept_versions, list_questionnaires

if TYPE_CHECKING:
    from survey.commands import Arguments, Services


def list_versions(services: Services, arguments: Arguments, report: Report) -> Any:
    """Every version of every questionnaire, the oldest first."""
    return [
        {
            "questionnaire": name,
            "version": kept.questionnaire.version,
            "standing": str(kept.standing),
            "since": kept.since.date().isoformat(),
            "rounds": [each.id for each in kept.made_in],
            "waves": list(kept.waves),
        }
        for name in list_questionnaires(services.store)
        for kept in kept_versions(services.store, name)
    ]


def give_version(services: Services, arguments: Arguments, report: Report) -> Any:
    """The text of a version, by its name or the one agreed last; and the hashes of all that are kept."""
    name, version = arguments["questionnaire"], arguments["version"]
    kept = kept_versions(services.store, name)
    chosen = _choose(name, kept, version)
    return {
        "version": chosen.questionnaire.version,
        "standing": str(chosen.standing),
        "is_agreed": chosen.questionnaire.status is Status.AGREED,
        "source": dump_questionnaire(chosen.questionnaire).decode(),
        "kept": sorted({content_hash(chosen.questionnaire)}.union(*(each.hashes for each in kept))),
    }


def _choose(name: str, kept: tuple[Kept, ...], version: str | None) -> Kept:
    if not kept:
        raise CommandFailed(f"No version of '{name}' is kept. `phb questionnaire list` names those that are.")
    if version is None:
        newest = newest_to_ask(kept)
        if newest is None:
            raise CommandFailed(f"The group has agreed on no version of '{name}'. Name one with --version.")
        return newest
    named = [each for each in kept if each.questionnaire.version == version]
    if not named:
        known = ", ".join(dict.fromkeys(each.questionnaire.version for each in kept))
        raise CommandFailed(f"There is no version {version} of '{name}'. There is: {known}.")
    return named[-1]
