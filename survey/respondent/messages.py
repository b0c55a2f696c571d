"""What is said when an answer cannot be taken: kind, exact, in the person's language."""

from __future__ import annotations

from flask_babel import format_decimal

from survey.codes import CodeError, CodeProblem
from survey.i18n import gettext
from survey.questionnaire.answers import AnswerError, AnswerProblemKind
from survey.questionnaire.model import ChoicesItem, Item, LongTextItem


def explain(error: AnswerError, item: Item) -> str:
    """The message for an answer to `item` that cannot be taken, in the language of the request."""
    match error.kind:
        case AnswerProblemKind.REQUIRED:
            return gettext("Choose an answer, so that we know whether you want to take part")
        case AnswerProblemKind.TOO_LONG:
            return _too_long(error.params["length"], error.params["max_length"], item)
        case AnswerProblemKind.EXCLUSIVE:
            return gettext("You chose an answer that stands alone, and others with it. Choose one or the other")
        case AnswerProblemKind.ONE_ONLY:
            return gettext("Choose only one answer")
        case AnswerProblemKind.NOT_A_NUMBER | AnswerProblemKind.OUT_OF_RANGE | AnswerProblemKind.UNKNOWN_OPTION:
            if isinstance(item, ChoicesItem):
                return gettext("Choose from the answers on this page. We could not use one of those that arrived")
            return gettext("Choose one of the answers on this page. We could not use the one that arrived")
        case AnswerProblemKind.UNKNOWN_AREA:
            return gettext("Choose an area from the list")


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
