"""What was said and suggested as one reader may see it: by whom, where, and what that reader can do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey.coproduction.numbering import Numbered
from survey.coproduction.people import Shown
from survey.coproduction.saying import Comment, Story
from survey.coproduction.saying_rules import can_hide, can_say, can_take_back, can_withdraw
from survey.coproduction.suggestions import Fate, Suggestion
from survey.respondent.site import current_site
from survey.review.difference import Difference
from survey.review.door import Guest
from survey.review.saying.drafts import Draft, difference_of
from survey.review.saying.places import where
from survey.store.accounts import Account, list_accounts
from survey.store.group.comments import with_outcome
from survey.store.group.people import how_people_are_shown, seats_of

STRANGER = Shown("", None)


@dataclass(frozen=True)
class Remark:
    """A comment or a story. `words` are '' where this reader may not see them."""

    said: Comment | Story
    words: str
    who: Shown
    is_mine: bool
    may_take_back: bool
    may_hide: bool
    place: str = ""
    question: Numbered | None = None
    has_outcome: bool = False


@dataclass(frozen=True)
class Proposal:
    """A suggestion with what it would make different."""

    suggestion: Suggestion
    who: Shown
    is_mine: bool
    may_withdraw: bool
    found: tuple[Difference, ...]


def show_comments(draft: Draft, guest: Guest, comments: Iterable[Comment]) -> list[Remark]:
    """Comments of a draft for a reader."""
    store = current_site().store
    people, decided = how_people_are_shown(store), with_outcome(store, draft.round.id)
    return [
        Remark(
            said=said,
            words=_words(said, guest),
            who=people.get(said.author, STRANGER),
            is_mine=said.author == guest.account.id,
            may_take_back=can_take_back(said, guest.person, has_outcome=said.id in decided),
            may_hide=can_hide(guest.person, said),
            place=where(draft, said.place),
            question=draft.find(said.place.item),
            has_outcome=said.id in decided,
        )
        for said in comments
    ]


def show_stories(guest: Guest, stories: Iterable[Story]) -> list[Remark]:
    """Stories for a reader."""
    people = how_people_are_shown(current_site().store)
    return [
        Remark(
            said=told,
            words=_words(told, guest),
            who=people.get(told.author, STRANGER),
            is_mine=told.author == guest.account.id,
            may_take_back=can_take_back(told, guest.person, has_outcome=False),
            may_hide=can_hide(guest.person, told),
        )
        for told in stories
    ]


def show_suggestions(draft: Draft, guest: Guest, suggestions: Iterable[Suggestion]) -> list[Proposal]:
    """Suggestions for a draft, withdrawn ones left out, for a reader."""
    people = how_people_are_shown(current_site().store)
    return [
        Proposal(
            suggestion=each,
            who=people.get(each.author, STRANGER),
            is_mine=each.author == guest.account.id,
            may_withdraw=can_withdraw(each, guest.person),
            found=difference_of(draft, each.change),
        )
        for each in suggestions
        if each.fate is not Fate.WITHDRAWN
    ]


def may_say(draft: Draft, guest: Guest) -> bool:
    """Whether this reader can comment and suggest now, for themselves or for a member."""
    return can_say(draft.round, guest.person, current_site().today())


def members_to_write_for(draft: Draft, guest: Guest) -> list[Account]:
    """The members for whom this reader may enter what they gave on paper or by phone; empty for who may for nobody."""
    if not guest.person.may_facilitate:
        return []
    store = current_site().store
    there = seats_of(store)
    asked = draft.round.asked - {guest.account.id}
    return [account for account in list_accounts(store) if account.id in asked and account.id in there]


def _words(said: Comment | Story, guest: Guest) -> str:
    """What somebody hid is read by its author, and by who may show it again."""
    if said.hidden_because and said.author != guest.account.id and not can_hide(guest.person, said):
        return ""
    return said.words
