"""What is said when an answer cannot be taken: kind, exact, in the person's language."""

from __future__ import annotations

from datetime import date

from flask_babel import format_decimal, get_locale

from survey.codes import CodeError, CodeProblem
from survey.i18n import Phrase, gettext, ngettext
from survey.questionnaire.answers import AnswerError, AnswerProblemKind
from survey.questionnaire.model import AreaItem, ChoicesItem, DateItem, Item, LongTextItem, NumberItem
from survey.speaking import say_date


def explain(error: AnswerError, item: Item) -> str:
    """The message for an answer to `item` that cannot be taken, in the language of the request."""
    kind = error.kind
    match kind:
        case AnswerProblemKind.REQUIRED:
            return gettext("Choose an answer, so that we know whether you want to take part")
        case AnswerProblemKind.TOO_LONG:
            return _too_long(int(error.params["length"]), int(error.params["max_length"]), item)
        case AnswerProblemKind.EXCLUSIVE:
            return gettext("You chose an answer that stands alone, and others with it. Choose one or the other")
        case AnswerProblemKind.ONE_ONLY:
            return _one_only(item)
        case AnswerProblemKind.TOO_MANY:
            most = int(error.params["most"])
            return ngettext("Choose only %(count)s", "Choose only %(count)s", most, count=format_decimal(most))
        case AnswerProblemKind.RANK_TWICE:
            return gettext("You gave the same place to more than one answer. Give each a place of its own")
        case AnswerProblemKind.UNKNOWN_AREA:
            return gettext("Choose an area from the list")
        case _ if isinstance(item, NumberItem):
            return _explain_number(error, item)
        case _ if isinstance(item, DateItem):
            return _explain_date(error)
        case _ if isinstance(item, ChoicesItem):
            return gettext("Choose from the answers on this page. We could not use one of those that arrived")
        case _:
            return gettext("Choose one of the answers on this page. We could not use the one that arrived")


def _one_only(item: Item) -> str:
    if isinstance(item, NumberItem):
        return gettext("You typed a number and ticked an answer below it. Keep one of the two")
    if isinstance(item, DateItem):
        return gettext("You typed a date and ticked an answer below it. Keep one of the two")
    if isinstance(item, AreaItem):
        return gettext(
            "You typed a postcode and chose another area. Go on to keep the area, or type the postcode again"
        )
    return gettext("Choose only one answer")


def _explain_number(error: AnswerError, item: NumberItem) -> str:
    bounds = {"least": format_decimal(item.min), "most": format_decimal(item.max)}
    if error.kind is AnswerProblemKind.OUT_OF_RANGE:
        return gettext("Type a number from %(least)s to %(most)s", **bounds)
    if error.kind is AnswerProblemKind.TOO_MANY_DECIMALS and item.decimals == 0:
        return gettext("Type a whole number, with nothing after the point")
    if error.kind is AnswerProblemKind.TOO_MANY_DECIMALS:
        return ngettext(
            "Type a number with at most %(count)s digit after the point",
            "Type a number with at most %(count)s digits after the point",
            item.decimals,
            count=format_decimal(item.decimals),
        )
    return gettext("Type a number in digits, from %(least)s to %(most)s", **bounds)


def _explain_date(error: AnswerError) -> str:
    match error.kind:
        case AnswerProblemKind.DATE_TOO_EARLY:
            return gettext("Type a date that is not before %(day)s", day=_in_words(error.bound))
        case AnswerProblemKind.DATE_TOO_LATE:
            return gettext("Type a date that is not after %(day)s", day=_in_words(error.bound))
        case AnswerProblemKind.DATE_INCOMPLETE:
            return gettext("Type the year too, or leave the whole date empty")
        case _:
            return gettext("There is no such date. Check the day, the month and the year")


def _in_words(day: str) -> Phrase:
    return say_date(date.fromisoformat(day), str(get_locale()))


def explain_code(error: CodeError) -> str:
    """The message for a code that cannot be right, in the language of the request."""
    match error.kind:
        case CodeProblem.WRONG_LENGTH if error.detail == "0":
            return gettext("Type your return code, or the code on your letter")
        case CodeProblem.WRONG_LENGTH:
            return gettext("A code has 16 letters and numbers. The one you typed has %(count)s", count=error.detail)
        case CodeProblem.WRONG_CHARACTER:
            return gettext("“%(letter)s” is never part of a code. Check this letter or number", letter=error.detail)
        case CodeProblem.CHECK_FAILS:
            return gettext("There is a slip in this code. Check each letter and number")


def _too_long(length: int, most: int, item: Item) -> str:
    numbers = {"over": format_decimal(length - most), "most": format_decimal(most)}
    if isinstance(item, LongTextItem):
        return gettext("Make your answer shorter by %(over)s characters. It can have up to %(most)s", **numbers)
    return gettext("Make what you wrote shorter by %(over)s characters. It can have up to %(most)s", **numbers)


def unknown_code() -> str:
    """A code that could be right and is nobody's."""
    return gettext("We do not know this code. Check each letter and number")


def used_code() -> str:
    """A code from a letter that has begun a response."""
    return gettext("With this code somebody has already begun. To go on, type the return code that was shown then")


def not_own_form(token: str | None) -> str:
    """A form whose token is too old, or of another browser session, or that has none because not all of it arrived."""
    if token is None:
        return gettext("Not everything on this page reached us. What did arrive is still here. Press the button again.")
    return gettext("This page was open for a long time. What you typed is still here. Press the button again.")


def no_cookie() -> str:
    """A form without a token, before anything was typed."""
    return gettext(
        "Press the button again. If you see this again, your browser lets us keep no cookie. "
        "We need one cookie to keep your answers together."
    )


def not_saved() -> str:
    """The store cannot save."""
    return gettext("We could not save this just now. What you typed is still here. Try again in a minute.")
