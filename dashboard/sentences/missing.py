"""The sentences that say who is missing."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.gaps import HOLDERS, Dimension, is_clearly_missing, may_be_chance
from dashboard.model import Group
from dashboard.release import Status
from dashboard.views.missing import Missing
from dashboard.words import (
    _,
    write_share,
    write_status,
)


def say_missing(view: Missing) -> str:
    """The groups that are clearly under-heard, the largest first, and of how many nothing can be told."""
    hidden = sum(
        1
        for dimension in view.dimensions
        for group in dimension.groups
        if group.status is not Status.SHOWN and group.benchmark_share is not None
    )
    sentence = _say_clearly_missing(view)
    words = {"sentence": sentence, "hidden": hidden}
    if not hidden:
        return sentence
    if hidden == 1:
        return _("%(sentence)s Of one group nothing can be told: it is not shown, to protect people.") % words
    return _("%(sentence)s Of %(hidden)d groups nothing can be told: they are not shown, to protect people.") % words


def _say_clearly_missing(view: Missing) -> str:
    groups = [group for dimension in view.dimensions for group in dimension.groups]
    clear = sorted((group for group in groups if is_clearly_missing(group)), key=lambda group: -(group.missing or 0))
    if not any(group.missing is not None for group in groups):
        return _("There is nothing to compare with: no benchmark is loaded, or too few people answered.")
    if not clear:
        return _("No group is clearly missing: every gap could be chance.")
    holders = [group for group in clear if group.benchmark_of == HOLDERS]
    if holders:
        return _("Most clearly missing: %(groups)s.") % {"groups": _list_groups(holders[:3])}
    return _("Compared with everyone living here, clearly fewer: %(groups)s.") % {"groups": _list_groups(clear[:3])}


def _list_groups(groups: Sequence[Group]) -> str:
    named = [
        _("%(dimension)s: %(label)s (%(words)s)")
        % {"dimension": group.dimension_label, "label": group.label, "words": write_group(group)}
        for group in groups
    ]
    return "; ".join(named)


def say_group(group: Group) -> str:
    """One group in words: people, and against whom; or why that cannot be told."""
    if group.status is not Status.SHOWN:
        return write_status(group.status)
    if group.benchmark_share is None:
        return group.reason or _("nothing to compare with")
    if group.missing is None:
        return group.reason or _("cannot be told: our share is %(share)s") % {"share": write_share(group)}
    if group.missing == 0:
        return _("no one missing") if group.benchmark_of == HOLDERS else _("no fewer than among everyone living here")
    if may_be_chance(group):
        return _("could be chance")
    if group.benchmark_of == HOLDERS:
        return _("about %(people)d people missing") % {"people": group.missing}
    return _("about %(people)d fewer, compared with everyone living here") % {"people": group.missing}


def write_group(group: Group) -> str:
    """One group in words, beside a heading that says against whom."""
    if group.benchmark_of == HOLDERS or group.missing is None or may_be_chance(group):
        return say_group(group)
    return _("about %(people)d fewer") % {"people": group.missing} if group.missing else _("no fewer")


def write_group_heading(dimension: Dimension) -> str:
    """What `write_group` stands under."""
    if any(group.benchmark_of == HOLDERS for group in dimension.groups):
        return _("People missing")
    if any(group.benchmark_share is not None for group in dimension.groups):
        return _("Compared with everyone living here")
    return _("Comparison")


def say_dimension(dimension: Dimension) -> str:
    """The chart of a dimension in a sentence: the groups clearly missing, or that none is."""
    clear = [group for group in dimension.groups if is_clearly_missing(group)]
    if not clear:
        return _("%(dimension)s: no group is clearly missing.") % {"dimension": dimension.title}
    return _("%(dimension)s. Clearly missing: %(groups)s.") % {
        "dimension": dimension.title,
        "groups": "; ".join(
            _("%(label)s (%(words)s)") % {"label": group.label, "words": write_group(group)} for group in clear
        ),
    }
