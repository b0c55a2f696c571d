"""The page on which one thing is suggested: its form, and what the change would make different."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, request

from survey.coproduction.numbering import Numbered
from survey.coproduction.people import Seat
from survey.questionnaire.in_words import wording
from survey.questionnaire.model import options_of
from survey.respondent.site import current_site
from survey.review.difference import Difference
from survey.review.door import Guest
from survey.review.saying.changes import FIRST, Names, Wish
from survey.review.saying.drafts import Draft
from survey.review.saying.panel import place_of_form
from survey.review.saying.places import Part, find_part, name_part, other_readers
from survey.review.saying.sheets import Sheet
from survey.review.saying.shown import may_say, members_to_write_for
from survey.review.saying.wishes import fits, heading_of, new_types
from survey.store.group.suggestions import suggestions_of


@dataclass(frozen=True)
class SuggestPage:
    """What is suggested about which question; `part` are the words that are to be others."""

    guest: Guest
    draft: Draft
    wish: Wish
    numbered: Numbered | None
    part: Part | None

    @property
    def back(self) -> str:
        """The page to go to afterwards: that of the question, or of all suggestions."""
        if self.numbered is None:
            return f"/review/rounds/{self.draft.round.id}/suggestions"
        return f"{place_of_form(self.draft.round.id, self.numbered)}#suggested"

    @property
    def question(self) -> str:
        """The words of the question as it is."""
        return wording(self.numbered.item.text) if self.numbered else ""

    def names(self) -> Names:
        """Names that are taken, for looking at a change without sending it."""
        return Names(self.draft.questionnaire, suggestions_of(current_site().store, self.draft.round.id))

    def draw(self, sheet: Sheet, found: tuple[Difference, ...] | None = None) -> str:
        """The form, with what it would make different where somebody has asked to see it."""
        item = self.numbered.item if self.numbered else None
        options = [(option.code, wording(option.text)) for option in options_of(item)] if item else []
        places = [(each.item.id, each.number, wording(each.item.text)) for each in self.draft.items]
        return render_template(
            "review/saying/suggest.html",
            page=self,
            draft=self.draft,
            wish=self.wish,
            numbered=self.numbered,
            heading=heading_of(self.wish),
            part_name=name_part(item, self.part) if item and self.part else "",
            others=[(part.address, name_part(item, part)) for part in other_readers(item, self.part)]
            if item and self.part
            else [],
            options=options,
            questions=[each for each in places if item is None or each[0] != item.id],
            first=FIRST,
            new_types=new_types(),
            sheet=sheet,
            found=found,
            comment=request.values.get("comment", type=int),
            members=members_to_write_for(self.draft, self.guest),
            may_say=may_say(self.draft, self.guest),
            is_staff=self.guest.person.seat is Seat.STAFF,
        )


def find_page(guest: Guest, draft: Draft, item: str, wish: str, part: str) -> SuggestPage:
    """The page for a wish; 404 where a question has nothing of the kind."""
    if wish not in set(Wish) or (item == "") != (wish == Wish.QUESTION):
        abort(404)
    numbered = draft.item(item) if item else None
    found = find_part(numbered.item, part) if numbered and wish == Wish.WORDS else None
    if (found is None) == (wish == Wish.WORDS) or (numbered and not fits(Wish(wish), numbered)):
        abort(404)
    return SuggestPage(guest, draft, Wish(wish), numbered, found)
