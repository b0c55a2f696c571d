"""The release and list of areas of a view, and why a release cannot answer an address that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard.address import Address, AddressError, Page
from dashboard.data import Releases
from dashboard.model import Release


class Reason(StrEnum):
    """Why a release cannot answer an address that can be read."""

    FIELDWORK_ONLY = "fieldwork_only"
    UNKNOWN_LIST = "unknown_list"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_PLACE = "unknown_place"
    PLACE_OF_OTHER_LIST = "place_of_other_list"
    NOT_AN_AREA = "not_an_area"
    UNKNOWN_ANSWER = "unknown_answer"
    UNKNOWN_PERIOD = "unknown_period"
    NOTHING_POOLED = "nothing_pooled"
    UNKNOWN_GROUP = "unknown_group"
    QUESTION_OF_GROUPS = "question_of_groups"
    GROUPS_OF_ENGLAND = "groups_of_england"
    NOT_BY_GROUP = "not_by_group"
    WAVES_OF_ONE_PLACE = "waves_of_one_place"
    WAVES_OF_REGIONS = "waves_of_regions"
    WAVES_ON_OWN_LIST = "waves_on_own_list"
    NOT_BY_WAVE = "not_by_wave"
    NO_MEASURE = "no_measure"
    COMPARES_MANY = "compares_many"
    UNKNOWN_SPLIT = "unknown_split"


class NoSuchView(Exception):
    """The release has no such view; `instead` is the nearest address that works."""

    def __init__(self, reason: Reason, setting: Setting, instead: Address) -> None:
        super().__init__(reason)
        self.reason = reason
        self.setting = setting
        self.instead = instead


@dataclass(frozen=True)
class Setting:
    """What every page says at its top: the release, the list of areas, and what else could be chosen."""

    release: Release
    vintage: str
    waves: tuple[str, ...]
    replaced: int | None
    """The number of another release that the address asked for; superseded ones are not served."""
    passed_over: str | None = None
    """The latest wave, where it has no results yet and the address chose none."""


def choose_setting(releases: Releases, address: Address) -> Setting:
    """The release and list of areas of `address`. Raises NoRelease, ReleaseGone, AddressError, NoSuchView.

    Without a wave the overview is of the latest, and every other page of the latest that has more than counts.
    """
    latest = None if address.page is Page.OVERVIEW else releases.latest_with_estimates()
    release = releases.current(address.wave or latest)
    waves = releases.waves()
    passed_over = waves[0] if waves and latest and address.wave is None and latest != waves[0] else None
    replaced = None
    if address.release is not None:
        if not address.release.isdigit():
            raise AddressError("release")
        replaced = int(address.release) if int(address.release) != release.facts.number else None
    setting = Setting(release, address.areas or release.facts.vintage, waves, replaced, passed_over)
    if setting.vintage not in release.areas:
        served = Setting(release, release.facts.vintage, setting.waves, replaced)
        raise NoSuchView(Reason.UNKNOWN_LIST, served, address.with_changes(areas=None, place=None))
    return setting


def check_estimates(releases: Releases, setting: Setting, address: Address) -> None:
    if setting.release.facts.has_estimates:
        return
    before = releases.before(setting.release)
    instead = address.with_changes(wave=before.facts.wave, release=None) if before else Address(Page.OVERVIEW)
    raise NoSuchView(Reason.FIELDWORK_ONLY, setting, instead)
