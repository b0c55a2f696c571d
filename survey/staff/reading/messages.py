"""Why something about people's own words is not done, in the language of the request."""

from __future__ import annotations

from survey.i18n import gettext
from survey.staff.reading.hints import Sign
from survey.store.coding import LONGEST_LABEL, LONGEST_MEANING, LONGEST_QUOTE, Refusal


def explain(refusal: Refusal) -> str:
    """The words for a refusal."""
    match refusal:
        case Refusal.UNKNOWN_THEME:
            return gettext("A theme you chose is not in use any more. Look at the themes again")
        case Refusal.SAME_LABEL:
            return gettext("There is a theme of this name already")
        case Refusal.NO_LABEL:
            return gettext("Write what the theme is called and what it means")
        case Refusal.TOO_LONG:
            return gettext(
                "This is too long. A name has at most %(label)s letters, a meaning %(meaning)s, a quote %(quote)s",
                label=LONGEST_LABEL,
                meaning=LONGEST_MEANING,
                quote=LONGEST_QUOTE,
            )
        case Refusal.OWN_THEME:
            return gettext("You suggested this theme. Somebody else has to agree to it")
        case Refusal.ALREADY_DECIDED:
            return gettext("Somebody has decided this already")
        case Refusal.READ_BY_TWO:
            return gettext("Two people have read this answer. A third reading would not count")
        case Refusal.ANSWER_GONE:
            return gettext("This answer is not there any more. The person may have taken it back")
        case Refusal.NO_WORDS:
            return gettext("Leave the words that may be quoted")
        case Refusal.NOT_FOUND_THERE:
            return gettext("Choose a theme that you found in this answer")
        case Refusal.NOT_READ_BY_TWO:
            return gettext("You can quote from this answer once two people have read it and both find the same theme")
        case Refusal.ALREADY_QUOTED:
            return gettext("There is a quote from this answer. One person is quoted once on a question")
        case Refusal.OWN_QUOTE:
            return gettext("You proposed this quote. Somebody else has to approve it")
        case Refusal.UNKNOWN_QUOTE:
            return gettext("There is no such quote. The person may have taken their answer back")


def explain_why_nothing_leaves(why: str) -> str:
    """The words for why nothing is published."""
    match why:
        case "open":
            return gettext("This survey is still open. Words leave once it is closed.")
        case "no_release":
            return gettext("There are no results of this survey yet. Publish those first.")
        case "too_few":
            return gettext("For no question have the answers of ten people been read and compared with agreed themes.")
        case "too_early":
            return gettext(
                "What is published stays. It is made again when the answers of at least ten more people have been "
                "read, so that nobody can work out what those few said. To be sure of that we wait for up to 14."
            )
        case _:
            return gettext("What is published cannot be read. Please tell whoever looks after the survey.")


def say_sign(sign: Sign) -> str:
    """What something in a quote looks like."""
    match sign:
        case Sign.EMAIL:
            return gettext("an email address")
        case Sign.POSTCODE:
            return gettext("a postcode")
        case Sign.PHONE:
            return gettext("a telephone number")
        case Sign.NUMBER:
            return gettext("a number or a date")
        case Sign.NAME:
            return gettext("a name or a place")
