"""What the group's pages are told of releases: as far as everyone who takes part in the group may see them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from survey.dates import write_date
from survey.i18n import RESULTS, Languages
from survey.respondent.site import interface_locale
from survey.review.outside import Found, Outside
from survey.staff.rights import RIGHTS, STAGES, Right, roles_with

if TYPE_CHECKING:
    from dashboard.access import Stage


def outside_of_the_group(releases: Path, languages: Languages) -> Outside:
    """What is known of results and of people missing; the dashboard is imported here, which takes a second."""
    from dashboard.data import Releases
    from dashboard.public.speech import make_tongue
    from dashboard.told import tell_found
    from survey.together.missing import missing_in_the_survey

    seen = Releases(releases).seen_by(stages_of_the_group())

    def found(questionnaire: str, item: str) -> Sequence[Found]:
        locale = interface_locale()
        told = tell_found(seen, questionnaire, item, make_tongue(languages.catalogue(RESULTS, locale)))
        return [
            Found(each.wave, write_date(each.released_on, locale), each.sentence, each.chart, each.is_provisional)
            for each in told
        ]

    return Outside(found=found, missing=lambda: missing_in_the_survey(seen))


def stages_of_the_group() -> frozenset[Stage]:
    """The stages of releases that everybody in the group may see: nobody reads there what is not for all of them."""
    from dashboard.access import Stage

    rights = frozenset.intersection(*(RIGHTS[role] for role in roles_with(Right.GROUP)))
    return frozenset(Stage(right.value) for right in rights & STAGES)
