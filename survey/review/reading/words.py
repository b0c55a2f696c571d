"""The words for rungs, for kinds of comment, for what became of one, and for what makes a wording hard."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from survey.coproduction.ladder import Because, Rung
from survey.coproduction.saying import Became, Kind

RUNGS: Mapping[Rung, object] = {
    Rung.INFORMED: _l("Told about it"),
    Rung.CONSULTED: _l("Asked what they think"),
    Rung.INVOLVED: _l("Taking part"),
    Rung.CO_DESIGNED: _l("Made together"),
    Rung.LED_BY_MEMBERS: _l("Led by members"),
}
"""From the lowest rung to the highest."""

BECAUSE: Mapping[Because, object] = {
    Because.NOTHING_SAID: _l("People who live with a budget can read it. None of them has said anything about it yet."),
    Because.COMMENTED: _l("People who live with a budget have said what they think of it."),
    Because.SUGGESTED: _l("People who live with a budget have suggested a change to it."),
    Because.VOTED: _l("People who live with a budget have voted on a change to it."),
    Because.CHANGE_AGREED: _l("People who live with a budget suggested a change. The group voted for it."),
    Because.ASKED_FIRST: _l("Somebody who lives with a budget first asked for this question. The group voted for it."),
}

KINDS: Mapping[Kind, object] = {
    Kind.READING: _l("Hard to read"),
    Kind.INSTRUCTIONS: _l("What to do"),
    Kind.CLARITY: _l("What it means"),
    Kind.ASSUMPTIONS: _l("It takes things for granted"),
    Kind.MEMORY: _l("Hard to remember"),
    Kind.SENSITIVITY: _l("It can hurt"),
    Kind.ANSWER_OPTIONS: _l("The answers"),
    Kind.OTHER: _l("Something else"),
}
"""As on the form to say something: whoever types in what was written on paper finds them there."""

BECAME: Mapping[Became, object] = {
    Became.CHANGED: _l("Changed"),
    Became.CANNOT: _l("Cannot change"),
    Became.DISCUSS: _l("To be talked about"),
}

RULES: Mapping[str, object] = {
    "question-long": _l("A long question"),
    "easyread-long": _l("Long for Easy Read"),
    "sentence-long": _l("A long sentence"),
    "reading-age": _l("Hard to read"),
    "double-barrelled": _l("Two questions in one"),
    "negative": _l("It says “not”"),
    "leading": _l("It points to one answer"),
    "vague-period": _l("An unclear time"),
    "hard-word": _l("A hard word"),
    "acronym": _l("Letters that nobody explains"),
}
"""By the name of a rule of the check."""
