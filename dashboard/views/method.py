"""How the numbers were made, and how far they can be trusted."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.oracles import Oracle
from dashboard.quality_report import QualityReport
from dashboard.views.setting import Setting, check_estimates, choose_setting


@dataclass(frozen=True)
class Method:
    """How far the numbers can be trusted."""

    setting: Setting
    report: QualityReport
    oracles: tuple[Oracle, ...]
    """Published numbers beside ours."""


def show_method(releases: Releases, address: Address) -> Method:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    return Method(setting, releases.quality(setting.release), releases.oracles())
