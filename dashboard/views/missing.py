"""Every group beside its benchmark."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.address import Address
from dashboard.data import Releases
from dashboard.gaps import Dimension, read_dimensions
from dashboard.views.setting import Setting, check_estimates, choose_setting


@dataclass(frozen=True)
class Missing:
    """Every group beside its benchmark."""

    setting: Setting
    dimensions: tuple[Dimension, ...]


def show_missing(releases: Releases, address: Address) -> Missing:
    """Raises NoRelease, ReleaseGone, AddressError, NoSuchView."""
    setting = choose_setting(releases, address)
    check_estimates(releases, setting, address)
    return Missing(
        setting=setting,
        dimensions=read_dimensions(releases.groups(setting.release)),
    )
