"""What people said in their own words, as `voices.json` beside the releases of a wave has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dashboard.voices import FILE, Theme, Voice, Voices, dump_voices

VOICES = Voices(
    date(2026, 11, 20),
    (
        Voice(
            "anything",
            "Is there anything else you want the people who run budgets to know?",
            60,
            (
                Theme("t1", "Paperwork and letters", "Forms, letters and calls that take time.", 15, "under", ()),
                Theme(
                    "t2",
                    "Choosing who helps",
                    "That people chose, or could not choose, who comes to help.",
                    35,
                    "",
                    ("The people who come now are people I chose.", "I want to choose [my helper] myself."),
                ),
                Theme("t3", "Waiting", "How long something took.", 45, "", ("It took [many] months.",)),
            ),
            None,
        ),
        Voice("missed", "Is there a question we should have asked?", 25, (), None),
    ),
)


def write_voices(folder: Path, wave: str = "2026", voices: Voices = VOICES) -> None:
    """Put them beside the releases of a wave."""
    (folder / wave / FILE).write_text(dump_voices(voices), encoding="utf-8")
