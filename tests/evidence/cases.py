"""What is looked at: every type of question in every state, format and language, and the pages round them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey import resources
from tests.evidence.circumstances import CIRCUMSTANCES, COMFORT, Circumstance
from tests.journeys.gallery import GALLERY

LOCALES = ("en", "ur")
FORMATS = ("easyread", "audio", "bsl")
NORMAL, ERROR, SOFT = "normal", "error", "soft check"
GALLERY_PAGES = {
    "taking-part": "choice",
    "season": "choice",
    "place": "choice",
    "person-age/1": "choice",
    "bring": "choices",
    "feeling": "scale",
    "say": "scale",
    "distance": "number",
    "price": "number",
    "last-time": "date",
    "next-time": "date",
    "words": "short_text",
    "story": "long_text",
    "area": "area",
    "order": "rank",
    "how-was-it": "grid",
    "summing-up": "statement",
}
"""Pages of the gallery that differ from each other, and their type."""
ONE_OF_EACH_TYPE = (
    "place",
    "bring",
    "say",
    "distance",
    "last-time",
    "words",
    "story",
    "area",
    "order",
    "how-was-it",
    "summing-up",
)
"""The page of each type that has most to it."""
WAYS = [(locale, scripts) for locale in LOCALES for scripts in (True, False)]
WITHOUT_SOFT = ("taking-part", "person-age/1", "summing-up")
AROUND = {
    "start": "/?survey=trial",
    "return code": "/survey/return-code",
    "check your answers": "/survey/check",
    "leave": "/survey/leave",
    "someone else goes on": "/survey/handover",
    "come back": "/return",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "help": "/help",
    "support": "/help/support",
    "how it looks": "/comfort?to=/help",
    "what changed": "/what-changed",
    "not found": "/nowhere",
}
"""Pages of the survey that ask no question of a questionnaire."""
RESULTS = {
    "results": "/results/{tag}/",
    "results of a question": "/results/{tag}/2026/talk_matters",
    "results of a place": "/results/{tag}/2026/places/QYG",
}


@dataclass(frozen=True)
class Case:
    """One page in one state, and the circumstances it is looked at in."""

    kind: str
    """The type of item; `page` for what asks none."""
    name: str
    address: str
    state: str
    visit: str
    """Whose cookie is used, by questionnaire; '' is a fresh visitor."""
    locale: str
    scripts: bool
    format: str
    circumstances: tuple[Circumstance, ...]

    @property
    def where(self) -> str:
        """The page and all that it depends on, in words."""
        scripts = "with JavaScript" if self.scripts else "without JavaScript"
        format = "" if self.format == "standard" else f", {self.format}"
        return f"{self.visit or 'site'}: {self.name}, {self.state}, {self.locale}, {scripts}{format}"


def questions() -> Iterator[Case]:
    """Every type x state x JavaScript x direction x circumstance; a type's other pages in some of these by turns."""
    for locale, scripts in WAYS:
        for place, (name, kind) in enumerate(GALLERY_PAGES.items()):
            for state in states_of(name):
                is_first = name in ONE_OF_EACH_TYPE
                circumstances = CIRCUMSTANCES if is_first else in_turn(place + WAYS.index((locale, scripts)), 2)
                yield Case(kind, name, f"/survey/{name}", state, "gallery", locale, scripts, "standard", circumstances)


def states_of(name: str) -> list[str]:
    """The states that a page of the gallery can be in."""
    step = GALLERY[name]
    states = [NORMAL]
    if step.wrong is not None or step.tampered:
        states.append(ERROR)
    if name not in WITHOUT_SOFT:
        states.append(SOFT)
    return states


def formats() -> Iterator[Case]:
    """Every type in every format: in English in every circumstance, in Urdu in some of them, by turns."""
    place = 0
    for format in FORMATS:
        for name in ONE_OF_EACH_TYPE:
            for locale in LOCALES:
                place += 1
                yield Case(
                    GALLERY_PAGES[name],
                    name,
                    f"/survey/{name}",
                    NORMAL,
                    "gallery",
                    locale,
                    place % 4 < 2,
                    format,
                    in_turn(place, 2),
                )


def annual() -> Iterator[Case]:
    """Every page of the annual survey in both languages, in some circumstances by turns."""
    source = json.loads((resources.QUESTIONNAIRES / "phb-annual.json").read_text(encoding="utf-8"))
    pages = [page for section in source["sections"] for page in section["pages"]]
    for place, page in enumerate(pages):
        for locale in LOCALES:
            kind, name = page["items"][0]["type"], page["id"]
            turn = place + LOCALES.index(locale)
            yield Case(
                kind,
                name,
                f"/survey/{name}",
                NORMAL,
                "phb-annual",
                locale,
                turn % 2 == 0,
                "standard",
                in_turn(turn, 2),
            )


def around() -> Iterator[Case]:
    """The pages that ask nothing, and those of the results: in some circumstances by turns, all of them together."""
    for turn, (locale, scripts) in enumerate(WAYS):
        addresses = AROUND | {name: address.format(tag=locale) for name, address in RESULTS.items()}
        for place, (name, address) in enumerate([*addresses.items(), ("done", "/survey/done")]):
            visit = "" if address.startswith(("/results", "/?", "/return")) else "gallery"
            visit = "sent" if name == "done" else visit
            circumstances = in_turn(place + turn, 2)
            yield Case("page", name, address, NORMAL, visit, locale, scripts, "standard", circumstances)


def comfort() -> Iterator[Case]:
    """Every type in every state, and the pages round them, in each comfort setting: in both languages by turns."""
    asked = [case for case in questions() if case.name in ONE_OF_EACH_TYPE]
    for place, case in enumerate([*asked, *around()]):
        if place % len(LOCALES) == LOCALES.index(case.locale) and case.scripts:
            yield replace(case, circumstances=COMFORT)


def in_turn(place: int, many: int) -> tuple[Circumstance, ...]:
    """So many of the circumstances, others for every place."""
    return tuple(CIRCUMSTANCES[(place * many + each) % len(CIRCUMSTANCES)] for each in range(many))


def everything() -> list[Case]:
    """All that `make evidence` looks at."""
    return [*questions(), *formats(), *annual(), *around(), *comfort()]


def representative() -> list[Case]:
    """What `make test` looks at: every type in every state once, and every page round them, each in another way."""
    ways = {NORMAL: ("en", True), ERROR: ("ur", False), SOFT: ("ur", True)}
    pages = {kind: name for name, kind in reversed(GALLERY_PAGES.items()) if name not in WITHOUT_SOFT}
    chosen = {(name, state): ways[state] for name in pages.values() for state in states_of(name)}
    chosen |= {("summing-up", NORMAL): ways[NORMAL], ("taking-part", ERROR): ways[ERROR]}
    asked = [case for case in questions() if chosen.get((case.name, case.state)) == (case.locale, case.scripts)]
    beside = [case for case in around() if (case.locale == "ur") != case.scripts]
    beside = [case for place, case in enumerate(beside) if place % 4 == 0]
    drawn = list(formats())[::8]
    return [replace(case, circumstances=in_turn(place, 1)) for place, case in enumerate([*asked, *drawn, *beside])]
