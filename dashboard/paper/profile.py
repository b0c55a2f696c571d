"""The sheet of one area as a PDF: what the page says, on one side of A4."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dashboard.footing import write_release
from dashboard.paper.typeset import typeset
from dashboard.release import Step
from dashboard.sentences.highlights import explain_said, head_changes, head_said, list_changes, list_said, say_changes
from dashboard.sentences.next_steps import list_next_steps, list_promises, say_no_promise
from dashboard.sentences.profile import (
    explain_responses,
    list_missing_groups,
    list_responses,
    say_profile,
    say_who_is_missing,
)
from dashboard.views.highlights import Said
from dashboard.views.profile import Profile
from dashboard.words import _, find_limits

LONGEST = 150
"""Letters of a text that someone typed, or of a question: so many fit, and the page has the rest."""


def write_profile_pdf(view: Profile) -> tuple[str, bytes]:
    """The file's name and the PDF."""
    facts = view.setting.release.facts
    name = f"phb-profile-{view.place.code}-{facts.wave}-release-{facts.number}.pdf"
    return name, typeset("profile", describe_profile(view), datetime.fromisoformat(facts.released_at))


def describe_profile(view: Profile) -> dict[str, Any]:
    """Every word of the sheet, and of each likely range its ends."""
    facts = view.setting.release.facts
    words = {"place": view.place.short_name, "wave": facts.wave, "release": write_release(facts)}
    responses, places = list_responses(view)
    said, answers = list_said(view)
    return {
        "title": _("ICS profile: %(place)s, survey of %(wave)s") % words,
        "subject": _("Personal health budget survey"),
        "heading": view.place.short_name,
        "caption": _("Integrated care system (ICS) profile, personal health budget survey of %(wave)s") % words,
        "bands": _list_bands(view),
        "lead": say_profile(view),
        "responses": {
            "heading": _("Who answered"),
            "heads": responses,
            "rows": places,
            "notes": explain_responses(view),
        },
        "missing": {
            "heading": _("Who is missing"),
            "sentence": say_who_is_missing(view),
            "lines": list_missing_groups(view),
        },
        "said": {
            "heading": head_said(view),
            "heads": said,
            "rows": [[shorten(text) for text in row] for row in answers],
            "ranges": [_ends(each) for each in view.said],
            "empty": _("Nothing can be shown, not of England either: too few people answered."),
            "note": explain_said(),
        },
        "changes": {
            "heading": head_changes(view),
            "lines": [shorten(line, LONGEST + 60) for line in list_changes(view)],
            "sentences": say_changes(view),
        },
        "promises": {
            "heading": _("What we will do"),
            "lines": [shorten(line, LONGEST + 60) for line in list_promises(view)],
            "empty": say_no_promise(view),
        },
        "steps": {
            "heading": _("What to do next"),
            "lines": [[shorten(do), shorten(why, LONGEST + 60)] for do, why in list_next_steps(view)],
        },
        "foot": _("Release %(release)s. How the figures were made: see the dashboard, page Method.") % words,
    }


def shorten(text: str, longest: int = LONGEST) -> str:
    """The text, or as many of its words as fit and an ellipsis."""
    if len(text) <= longest:
        return text
    fitting = text[:longest]
    whole_words = fitting.rsplit(" ", 1)[0] if " " in fitting else fitting[:-1]
    return whole_words.rstrip(" ,;:–") + "…"


def _list_bands(view: Profile) -> list[list[str]]:
    facts = view.setting.release.facts
    bands = []
    if facts.made_up:
        bands.append([_("Made-up data"), _("Nobody gave these answers. They are invented.")])
    if facts.step is not Step.SIGNED:
        bands.append([_("Provisional"), _("Not yet signed by an analyst. Please do not pass these figures on.")])
    return bands


def _ends(said: Said) -> list[int | None]:
    """Of a likely range, per cent: its ends, and the share or null where it is a band."""
    low, high = find_limits(said.measure)
    return [low, high, None if said.measure.band else said.measure.share]
