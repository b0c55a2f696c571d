"""What lies behind a question of a draft: how it was asked last, what it found, and what people said of it before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey.coproduction.numbering import Numbered, number_items
from survey.questionnaire.in_words import wording
from survey.respondent.site import current_site
from survey.review.difference import Difference, differences
from survey.review.outside import Found, current_outside
from survey.review.reading.draft import Draft
from survey.store.versions import load_version
from survey.store.waves import TRIAL, list_waves


@dataclass(frozen=True)
class AskedLast:
    """A question as the newest wave before the round asked it; no `item` where it did not."""

    wave: str
    item: Numbered | None
    language: str
    differences: tuple[Difference, ...] = ()

    @property
    def question(self) -> str:
        """Its words then."""
        return wording(self.item.item.text) if self.item is not None else ""


def asked_last(draft: Draft, numbered: Numbered) -> AskedLast | None:
    """How the wave before the round asked a question; None where no wave asked this questionnaire yet."""
    site, round = current_site(), draft.round
    until = round.opened_at or site.now()
    waves = [
        wave
        for wave in list_waves(site.store)
        if wave.questionnaire == round.questionnaire and wave.id != TRIAL and wave.opened_at <= until
    ]
    if not waves:
        return None
    earlier = load_version(site.store, waves[-1].version)
    asked = next((each for each in number_items(earlier) if each.item.id == numbered.item.id), None)
    if asked is None:
        return AskedLast(waves[-1].id, None, earlier.language)
    found = () if waves[-1].version == round.version else differences(earlier, draft.questionnaire)
    ours = tuple(each for each in found if each.number == asked.number and each.question == wording(asked.item.text))
    return AskedLast(waves[-1].id, asked, earlier.language, ours)


def found_before(draft: Draft, numbered: Numbered) -> Sequence[Found]:
    """What the question found, the newest wave first, of what the group may see."""
    return current_outside().found(draft.round.questionnaire, numbered.item.id)
