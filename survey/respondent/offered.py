"""What the wave of a request offers: a survey speaks that and nothing else, wherever the wish for more comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from survey.i18n import Language
from survey.offering import Offering, ReadIn, all_there_is, offered_in
from survey.respondent.site import current_offering, current_site, use_offering

if TYPE_CHECKING:
    from survey.respondent.edition import Edition


@dataclass(frozen=True)
class KeptOffering:
    """What was found to be offered, and the state of the store and of the languages when that was."""

    changed: int
    spoken: tuple[Language, ...]
    offering: Offering


NOTHING_READ: ReadIn = frozenset()


def enter_survey(edition: Edition, read_in: ReadIn = NOTHING_READ) -> None:
    """From here on the request belongs to a survey.

    It is answered in what the wave offers, or in what the person has answered in before it was withdrawn.
    """
    use_offering(offering_of(edition).keeping(read_in))


def enter_unless_entered(edition: Edition) -> None:
    """The same where the request belongs to no survey yet, and nothing is known of the person."""
    if current_offering() is None:
        enter_survey(edition)


def offering_of(edition: Edition) -> Offering:
    """What the wave of an edition offers now; of a preview, all there is. Remembered until something changes."""
    site = current_site()
    changed, spoken = site.store.offers_changed, site.languages.offered
    kept = edition.offering
    if kept is None or kept.changed != changed or kept.spoken is not spoken:
        if edition.is_preview:
            offering = all_there_is(site.store, site.languages, edition.questionnaire)
        else:
            offering = offered_in(site.store, site.languages, edition.wave, edition.questionnaire)
        edition.shells.clear()  # what is offered is drawn on every page
        edition.offering = kept = KeptOffering(changed, spoken, offering)
    return kept.offering
