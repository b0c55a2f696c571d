"""Who is missing in the survey, as the group's pages are told it: the groups clearly missing in the newest release."""

from __future__ import annotations

from datetime import datetime

from dashboard.access import ENGLAND
from dashboard.data import NoRelease, ReleaseGone, Releases
from dashboard.sentences.missing import say_group
from dashboard.views.highlights import choose_missing
from survey.review.outside import Missing

MOST = 8
"""Groups: more than anybody can invite next."""


def missing_in_the_survey(releases: Releases) -> tuple[Missing, ...]:
    """The groups clearly missing in the latest wave with results, holders of a budget first; none where there is no
    release. `releases` are those that the group may see.
    """
    settled = releases.settled()
    try:
        wave = settled.latest_with_estimates()
        if wave is None:
            return ()
        release = settled.current(wave)
        groups = choose_missing(settled.groups(release), at_most=MOST)
    except (NoRelease, ReleaseGone):
        return ()
    released_on = datetime.fromisoformat(release.facts.released_at).astimezone(ENGLAND).date()
    return tuple(
        Missing(
            dimension=group.dimension,
            category=group.category,
            label=group.label,
            ours=group.share,
            theirs=None if group.benchmark_share is None else round(group.benchmark_share),
            sentence=f"{group.dimension_label}: {say_group(group)}",
            released_on=released_on,
        )
        for group in groups
    )
