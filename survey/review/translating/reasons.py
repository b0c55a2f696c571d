"""Why a step with a translation is refused, and what is wrong with one, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from survey.adjudication.problems import Wrong
from survey.adjudication.rules import NotTranslated

WRONG: Mapping[StrEnum, object] = {
    Wrong.FORMS: _l("There is one box for each form of the language. Fill in all of them."),
    Wrong.EMPTY: _l("Write the translation here."),
    Wrong.PLACEHOLDERS: _l("Keep the names after a per cent sign as they are in the English."),
    Wrong.PER_CENT: _l("Write the per cent sign as the English does. Where the English has none, write it as a word."),
    Wrong.PIPES: _l("Keep what stands in braces as it is in the English."),
    Wrong.MARK_UP: _l("Keep the signs < and > and what is between them as they are in the English."),
    Wrong.HIDDEN: _l("There are hidden characters in this text. Type it again, or paste it as plain text."),
    Wrong.TOO_LONG: _l("This is far longer than the English. Look whether it fits."),
}

EXPLAINED: Mapping[StrEnum, object] = {
    **WRONG,
    NotTranslated.DRAFTED_TWICE: _l("Two people have drafted it already. It waits for a review."),
    NotTranslated.REVIEWED_ALREADY: _l("It was reviewed already. Now somebody decides."),
    NotTranslated.TOO_FEW_DRAFTS: _l("It needs two drafts by two people first."),
    NotTranslated.OWN_WORDS: _l("These are your own words. Somebody else checks them."),
    NotTranslated.DRAFTED_IT: _l("You wrote one of the drafts. So you can only take the other one as it stands."),
    NotTranslated.NOT_REVIEWED: _l("It was not reviewed yet."),
    NotTranslated.DECIDED_ALREADY: _l("It is decided already. To change it, draft it anew."),
    NotTranslated.TOOK_PART: _l("You drafted or reviewed it. Somebody else decides."),
    NotTranslated.NOT_DECIDED: _l("It is not decided yet."),
    NotTranslated.OTHER_WORDS: _l("You can only try out the words that were decided."),
    NotTranslated.NO_FINDING: _l("Write down what you found."),
}
