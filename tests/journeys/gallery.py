"""What is entered on each page of the gallery: what can be taken, what cannot, and what the page asks about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Entered = Mapping[str, str | list[str]]
"""What is entered, by the name of a field without `answer-`; of checkboxes those that are ticked."""


@dataclass(frozen=True)
class Step:
    """What happens on one page, in this order."""

    right: Entered = field(default_factory=dict)
    """What can be taken."""
    wrong: Entered | None = None
    """What is entered first and cannot be taken."""
    tampered: str = ""
    """The radio buttons that are first sent with an answer that is none."""
    odd: Entered = field(default_factory=dict)
    """What the page asks about."""
    button: tuple[str, str] | tuple[()] = ()
    """Pressed before "Continue", with the page shown again."""
    shown: Entered = field(default_factory=dict)
    """What stands there on coming back, where that is not what was entered."""


WORDS = "Warm, ‎😀 اور آرام"
GALLERY = {
    "taking-part": Step({"taking_part": "yes"}, wrong={}),
    "answering": Step({"answering": "supported"}),
    "season": Step({"season": "summer"}, tampered="season"),
    "place": Step(
        {"place": "other_inside", "place__other_inside__text": WORDS, "place__other_outside__text": ""},
        wrong={"place": "other_outside", "place__other_outside__text": "x" * 600},
        shown={"place": "other_inside", "place__other_inside__text": WORDS},
    ),
    "bring": Step(
        {"bring": ["food", "other"], "bring__other__text": WORDS},
        wrong={"bring": ["food", "none"], "bring__other__text": WORDS},
    ),
    "feeling": Step({"feeling": "4"}),
    "say": Step({"say": "7"}, tampered="say"),
    "distance": Step({"distance": "250"}, wrong={"distance": "far"}, odd={"distance": "250"}),
    "price": Step({"price": "12.50"}, wrong={"price": "12.345"}, shown={"price": "12.50"}),
    "last-time": Step(
        {"last_time__day": "", "last_time__month": "5", "last_time__year": "2024"},
        wrong={"last_time__day": "31", "last_time__month": "2", "last_time__year": "2024"},
        shown={"last_time__month": "5", "last_time__year": "2024"},
    ),
    "next-time": Step(
        {"next_time__month": "", "next_time__year": "", "next_time__missing": ["dont_know"]},
        wrong={"next_time__month": "11", "next_time__year": "1999"},
        shown={"next_time__missing": ["dont_know"]},
    ),
    "words": Step({"words": WORDS}, wrong={"words": "x" * 100}),
    "story": Step({"story": f"{WORDS}\n<b>"}, wrong={"story": "x" * 600}),
    "area": Step(
        {"area__postcode": "CM1 1AA"},
        wrong={"area__postcode": "NO1 1NO"},
        shown={"area": "D7T5G", "area__stood": "D7T5G"},
    ),
    "order": Step(
        {"order__rest__place": "1", "order__food__place": "2"},
        wrong={"order__rest__place": "1", "order__food__place": "1"},
        button=("action", "up:answer-order:food"),
        shown={"order__rest__place": "2", "order__food__place": "1"},
    ),
    "done-before": Step({"done_before": ["swim", "train"]}),
    "how-was-it": Step(
        {"how_was_it__swim": "better", "how_was_it__train": "dont_know", "how_was_it__whole": "worse"},
        tampered="how_was_it__train",
    ),
    "stops": Step({"stops": ["cafe", "garden"]}),
    "people": Step({"people": "2"}, odd={"people": "0"}),
    "stop-minutes/1": Step({"stop_minutes": "30"}, wrong={"stop_minutes": "0"}),
    "stop-why/1": Step({"stop_why": "yes"}),
    "stop-minutes/3": Step(),
    "stop-why/3": Step({"stop_why": "no"}),
    "person-age/1": Step({"person_age": "adult"}),
    "person-age/2": Step({"person_age": "not_say"}),
    "summing-up": Step(),
    "unwell": Step({"unwell": "yes"}),
    "rest": Step({"rest": "yes"}),
    "ease": Step({"ease": "easy"}),
}
"""By page, as they follow each other."""
