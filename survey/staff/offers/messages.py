"""What is said when something cannot be offered, withdrawn or noted, in the language of the request."""

from __future__ import annotations

from survey.adjudication.gate import WhyNot
from survey.i18n import gettext

FIELD_OF = {
    WhyNot.NO_REASON: "because",
    WhyNot.TWO_REASONS: "because",
    WhyNot.TOO_LONG: "because",
    WhyNot.HIDDEN_CHARACTERS: "because",
    WhyNot.NO_NUMBER: "interpreter",
}
"""The field of an offer that it is to be put right in; what has none is said above the form."""

REVIEW_FIELD_OF = {
    WhyNot.NO_NAME: "reviewer",
    WhyNot.NO_WORDS: "words",
    WhyNot.TOO_LONG: "words",
    WhyNot.HIDDEN_CHARACTERS: "words",
}
"""The same of a review."""


def explain(reason: WhyNot) -> str:
    """The words for it."""
    match reason:
        case WhyNot.NO_REASON:
            return gettext("Write why you offer it before it is checked. People read this on every page")
        case WhyNot.TWO_REASONS:
            return gettext("There is a reason of your own here. Choose “In our own words”, or leave this empty")
        case WhyNot.TOO_LONG:
            return gettext("Make this shorter: it can have up to 300 characters")
        case WhyNot.HIDDEN_CHARACTERS:
            return gettext("There are hidden characters in this text. Type it again, or paste it as plain text")
        case WhyNot.NO_NUMBER:
            return gettext("Type a telephone number with digits and spaces only, like 0300 123 4567")
        case WhyNot.CLOSED:
            return gettext("This wave is closed. What it offered stays as it was.")
        case WhyNot.NOT_OFFERED:
            return gettext("It is not offered, so there is nothing to take back.")
        case WhyNot.CHANGED_MEANWHILE:
            return gettext("Somebody else has changed this just now. Look at what stands here, then decide again.")
        case WhyNot.NO_NAME:
            return gettext("Type the name of the person who checked it")
        case WhyNot.NO_WORDS:
            return gettext("Write what is not good yet, in the person’s own words")
        case WhyNot.ALWAYS_OFFERED | WhyNot.UNKNOWN | WhyNot.NOT_REVIEWED:
            return gettext("There is nothing to decide about this one.")
