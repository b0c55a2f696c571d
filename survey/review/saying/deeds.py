"""What people do on these pages: rules and change in one transaction, for themselves or for a member they write for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from duckdb import DuckDBPyConnection

from survey.coproduction.applying import check_change
from survey.coproduction.people import Hat, Person, Seat, Way
from survey.coproduction.refusals import Refused
from survey.coproduction.rounds import Round
from survey.coproduction.saying import Kind, Place
from survey.coproduction.saying_rules import (
    LONGEST_REASON,
    NotSaid,
    as_kept,
    check_comment,
    check_hat,
    check_hide,
    check_say,
    check_show_again,
    check_take_back,
    check_withdraw,
    check_words,
    check_write_down,
)
from survey.coproduction.suggestions import Change, Fate
from survey.respondent.site import current_site
from survey.review.door import Guest, deed
from survey.review.saying.changes import Names, is_same
from survey.review.saying.drafts import Draft
from survey.store.accounts import Account
from survey.store.group import comments, stories, suggestions
from survey.store.group.acting import carry_out_in_round
from survey.store.group.people import person_of
from survey.store.group.rounds import round_of
from survey.store.group.typed import Window, forget_typed


@dataclass(frozen=True)
class Speech:
    """How something is said: from which form, as what, and for which member, where it is not one's own."""

    place: str
    """Of the form: what was typed there is kept no longer."""
    window: Window
    hat: str
    member: Account | None = None


@dataclass(frozen=True)
class Speaker:
    """Whose words they are, and how they came in."""

    person: Person
    way: Way


def say_comment(guest: Guest, draft: Draft, place: Place, kind: str, words: str, speech: Speech) -> Speaker:
    """Comment on a place. Raises Refused."""
    said, now, today = as_kept(words), current_site().now(), current_site().today()

    def work(cursor: DuckDBPyConnection) -> Speaker:
        speaker = _speaker(cursor, guest, round_of(cursor, draft.round.id), speech, today)
        seat = speaker.person.seat
        check_comment(draft.questionnaire, place, kind, said, seat, hat := _hat(speech, seat))
        if comments.has_said(cursor, draft.round.id, place, Kind(kind), said, speaker.person.id):
            raise Refused(NotSaid.SAID_ALREADY)
        comments.add_comment(
            cursor,
            draft.round.id,
            place,
            Kind(kind),
            said,
            author=speaker.person.id,
            hat=Hat(hat),
            way=speaker.way,
            entered_by=guest.account.id,
            now=now,
        )
        return speaker

    return _say(guest, draft, speech, "comment", work)


def suggest(
    guest: Guest, draft: Draft, read: Callable[[Names], Change], why: str, comment: int | None, speech: Speech
) -> Speaker:
    """Suggest a change, which `read` makes from the form with names that nothing else has. Raises Refused."""
    because, now, today = as_kept(why), current_site().now(), current_site().today()

    def work(cursor: DuckDBPyConnection) -> Speaker:
        speaker = _speaker(cursor, guest, round_of(cursor, draft.round.id), speech, today)
        check_hat(speaker.person.seat, hat := _hat(speech, speaker.person.seat))
        if because:
            check_words(because, LONGEST_REASON)
        there = suggestions.all_suggestions(cursor, draft.round.id)
        change = read(Names(draft.questionnaire, there))
        mine = (each for each in there if each.author == speaker.person.id and each.fate is not Fate.WITHDRAWN)
        if any(is_same(each.change, change) for each in mine):
            raise Refused(NotSaid.SAID_ALREADY)
        check_change(draft.questionnaire, change)
        if comment is not None and not comments.is_in_round(cursor, comment, draft.round.id):
            raise Refused(NotSaid.NO_SUCH_PLACE)
        suggestions.add_suggestion(
            cursor,
            draft.round.id,
            change,
            because,
            comment=comment,
            author=speaker.person.id,
            hat=Hat(hat),
            way=speaker.way,
            entered_by=guest.account.id,
            now=now,
        )
        return speaker

    return _say(guest, draft, speech, "suggest", work)


def tell_story(guest: Guest, draft: Draft, words: str, speech: Speech) -> Speaker:
    """Tell what happened. Raises Refused."""
    told, now, today = as_kept(words), current_site().now(), current_site().today()

    def work(cursor: DuckDBPyConnection) -> Speaker:
        speaker = _speaker(cursor, guest, round_of(cursor, draft.round.id), speech, today)
        check_words(told)
        if stories.has_told(cursor, draft.round.id, told, speaker.person.id):
            raise Refused(NotSaid.SAID_ALREADY)
        stories.add_story(
            cursor,
            draft.round.id,
            told,
            author=speaker.person.id,
            way=speaker.way,
            entered_by=guest.account.id,
            now=now,
        )
        return speaker

    return _say(guest, draft, speech, "tell story", work)


# --- Taking back and hiding ------------------------------------------------------------


def take_comment_back(guest: Guest, number: int, comment: int) -> None:
    """Take a comment of one's own back. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        said, person = comments.comment_of(cursor, comment), _person(cursor, guest)
        check_take_back(said, person, has_outcome=comments.has_outcome(cursor, comment))
        comments.take_comment_back(cursor, comment)

    _do(guest, number, "take comment back", f"comment {comment}", work)


def take_story_back(guest: Guest, number: int, story: int) -> None:
    """Take a story of one's own back. Raises Refused."""

    def work(cursor: DuckDBPyConnection) -> None:
        check_take_back(stories.story_of(cursor, story), _person(cursor, guest), has_outcome=False)
        stories.take_story_back(cursor, story)

    _do(guest, number, "take story back", f"story {story}", work)


def withdraw(guest: Guest, number: int, suggestion: int) -> None:
    """Withdraw a suggestion of one's own. Raises Refused."""
    now = current_site().now()

    def work(cursor: DuckDBPyConnection) -> None:
        check_withdraw(suggestions.suggestion_of(cursor, suggestion), _person(cursor, guest))
        suggestions.settle_suggestion(cursor, suggestion, Fate.WITHDRAWN, now)

    _do(guest, number, "withdraw suggestion", f"suggestion {suggestion}", work)


def hide_comment(guest: Guest, number: int, comment: int, because: str | None) -> None:
    """Hide a comment for a reason; None shows it again. Raises Refused."""
    now = current_site().now()

    def work(cursor: DuckDBPyConnection) -> None:
        check_hide(_person(cursor, guest), comments.comment_of(cursor, comment))
        if because is None:
            check_show_again(round_of(cursor, number), has_outcome=comments.has_outcome(cursor, comment))
        comments.hide_comment(cursor, comment, _reason(because), guest.account.id, now)

    _do(guest, number, "show comment" if because is None else "hide comment", f"comment {comment}", work)


def hide_story(guest: Guest, number: int, story: int, because: str | None) -> None:
    """Hide a story for a reason; None shows it again. Raises Refused."""
    now = current_site().now()

    def work(cursor: DuckDBPyConnection) -> None:
        check_hide(_person(cursor, guest), stories.story_of(cursor, story))
        stories.hide_story(cursor, story, _reason(because), guest.account.id, now)

    _do(guest, number, "show story" if because is None else "hide story", f"story {story}", work)


# --- What they share ---------------------------------------------------------------------


def _say(
    guest: Guest, draft: Draft, speech: Speech, action: str, work: Callable[[DuckDBPyConnection], Speaker]
) -> Speaker:
    def whole(cursor: DuckDBPyConnection) -> Speaker:
        speaker = work(cursor)
        forget_typed(cursor, guest.account.id, speech.place, speech.window)
        return speaker

    for_member = {"for": str(speech.member.id)} if speech.member is not None else {}
    number = draft.round.id
    done = deed(guest, action, f"round {number}", **for_member)
    return carry_out_in_round(current_site().store, done, number, whole)


def _do(guest: Guest, number: int, action: str, subject: str, work: Callable[[DuckDBPyConnection], None]) -> None:
    carry_out_in_round(current_site().store, deed(guest, action, subject), number, work)


def _speaker(cursor: DuckDBPyConnection, guest: Guest, round_: Round, speech: Speech, today: date) -> Speaker:
    person = _person(cursor, guest)
    if speech.member is None:
        check_say(round_, person, today)
        return Speaker(person, person.way)
    member = person_of(cursor, speech.member, Way.PAPER)
    check_write_down(round_, person, member, today)
    return Speaker(member, Way.PAPER)


def _hat(speech: Speech, seat: Seat | None) -> str:
    """As what it is said. Whoever writes for staff writes what they said at their work."""
    if speech.member is None:
        return speech.hat or Hat.MEMBER
    return Hat.JOB if seat is Seat.STAFF else Hat.MEMBER


def _person(cursor: DuckDBPyConnection, guest: Guest) -> Person:
    return person_of(cursor, guest.account, guest.person.way)


def _reason(because: str | None) -> str:
    if because is None:
        return ""
    reason = as_kept(because)
    check_words(reason, LONGEST_REASON)
    return reason
