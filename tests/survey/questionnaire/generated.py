"""Questionnaires made up by hypothesis: every type, repeats, conditions, checks, formats, and nothing wrong with any.

Every page can be reached: beside the questions one set of answers is made up, and every condition is true of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from hypothesis import strategies as st

from survey.questionnaire.answers import Value
from survey.questionnaire.model import Questionnaire
from tests.survey.questionnaire.builders import (
    DONT_KNOW,
    NOT_SAY,
    Json,
    area,
    choice,
    choices,
    document,
    load,
    long_text,
    option,
    page,
    scale,
    section,
    short_text,
    statement,
)

AREA = "QMJ"
"""The area that the made-up answers name; whoever walks through must know of it."""

CODES = ("always", "often", "rarely", "never", "once")
ALONE = [{**DONT_KNOW, "exclusive": True}, {**NOT_SAY, "exclusive": True}]
VARIANTS = ("supported", "proxy", "child")


CODED = frozenset({"choice", "choices", "rank", "scale", "number"})
"""The types of which one answer can be told from another in a condition."""


class Asked(NamedTuple):
    """An item, or a row of a grid, that later pages can ask about, and its made-up answer."""

    name: str
    kind: str
    item: Json
    answer: Value
    sensitive: bool


@dataclass
class Maker:
    """Makes one questionnaire; `asked` are the items of the pages before the one being made."""

    random: Random
    asked: list[Asked] = field(default_factory=list)
    made: int = 0
    has_variants: bool = False
    names_rounds: bool = False
    """Whether the section being made repeats, and what a round is about may be said aloud."""
    is_conditional: bool = False
    """Whether the section being made is not asked of everyone."""
    rows_may_hide: bool = True
    asked_before: int = 0
    """How many of `asked` came before that section."""

    def likely(self, chance: float) -> bool:
        return self.random.random() < chance

    def name(self, kind: str) -> str:
        self.made += 1
        return f"{kind}_{self.made}"

    # --- Wording ---

    def text(self, words: str) -> Any:
        if self.likely(0.15) and (pipeable := [a for a in self.asked if a.kind != "long_text" and not a.sensitive]):
            words = f"{words} {{{self.random.choice(pipeable).name}|that}}"
        if self.names_rounds and self.likely(0.3):
            words = f"{words} {{this}}"
        counts = [asked for asked in self.asked if asked.kind in ("number", "choices")]
        if counts and self.likely(0.1):
            return {"count": self.random.choice(counts).name, "one": words, "other": f"{words} All"}
        if self.has_variants and self.likely(0.2):
            return {"self": words, self.random.choice(VARIANTS): f"{words} They"}
        return words

    # --- Conditions, all true of the made-up answers ---

    def comparison(self, asked: Asked) -> Json:
        return {"item": asked.name, **self.random.choice(true_of(asked))}

    def negative(self, asked: Asked) -> Json:
        """That some other answer was not given, said so that nobody is lost who gave none."""
        picked = asked.answer if isinstance(asked.answer, tuple) else (asked.answer,)
        other = self.random.choice([code for code in _codes(asked) if code not in picked])
        wrong, left_out = {"item": asked.name, "is": other}, {"item": asked.name, "answered": False}
        return self.random.choice(
            (
                {"all": [{"item": asked.name, "answered": True}, {"not": wrong}]},
                {"any": [left_out, {"item": asked.name, "is_not": other}]},
                {"any": [left_out, {"item": asked.name, "none_of": [other]}]},
            )
        )

    def show_if(self) -> Json | None:
        """Now and then a condition.

        In a section that has one or repeats, a page asks only about the section's own items: so it says nothing twice.
        """
        free = self.asked[self.asked_before :] if self.is_conditional else self.asked
        if not free or self.likely(0.6):
            return None
        first, *others = self.random.sample(free, min(2, len(free)))
        parts = [self.comparison(asked) for asked in (first, *others)]
        shapes: list[Json] = [parts[0], {"all": parts}, {"any": parts}]
        if first.kind in CODED:
            shapes += [self.negative(first)] * 2
        return self.random.choice(shapes)

    # --- Items ---

    def item(self, kind: str) -> tuple[Json, list[Asked]]:
        """An item of a type and what can be asked about it later."""
        item, answer = MAKERS[kind](self, self.name(kind))
        item["text"] = self.text(item["text"])
        if self.likely(0.2):
            item["hint"] = self.text("A hint.")
        if self.likely(0.2):
            item["formats"] = formats(self)
        if kind not in ("statement", "short_text", "long_text", "grid") and self.likely(0.2):
            item["sensitive"] = True
        sensitive = bool(item.get("sensitive"))
        if kind == "grid":
            rows = [row["code"] for row in item["rows"] if "show_if" not in row]
            return item, [Asked(f"{item['id']}__{code}", "choice", item, answer, sensitive) for code in rows]
        asked = Asked(item["id"], kind, item, answer, sensitive)
        if kind in ("choice", "scale", "number") and self.likely(0.3):
            odd = {"item": item["id"], **self.random.choice(true_of(asked)[1:])}
            item["soft"] = [{"when": odd, "text": self.text("Is this right?")}]
        if kind in ("choice", "scale") and self.likely(0.2):
            item["measure"] = {"good": [answer]}
        return item, [] if kind == "statement" else [asked]

    def page(self, kinds: Sequence[str]) -> Json:
        """A page with an item of each of the types."""
        condition = self.show_if()
        self.rows_may_hide = condition is None
        made = [self.item(kind) for kind in kinds]
        written = page(*(item for item, _ in made))
        if condition is not None:
            written["show_if"] = condition
        if self.likely(0.2):
            written["intro"] = self.text("Some words.")
        if self.likely(0.1):
            written["items"].append(choice(self.name("off"), off=True))
        self.asked += [asked for _, known in made for asked in known]
        return written

    def section(self, kinds: Sequence[str], source: Asked | None = None) -> Json:
        """A section with a page for every one or two of the types; it repeats if it has a source."""
        before = list(self.asked)
        self.asked_before = len(before)
        condition = self.show_if() if source is None else None
        self.is_conditional = condition is not None or source is not None
        title = self.text("A title")
        self.names_rounds = source is not None and not source.sensitive
        pages, left = [], list(kinds)
        while left:
            size = self.random.randint(1, 2)
            pages.append(self.page(left[:size]))
            left = left[size:]
        written = section(self.name("section").replace("_", "-"), *pages, title=title)
        if condition is not None:
            written["show_if"] = condition
        if source is not None:
            written["repeat"] = {"from": source.name, "at_most": 5}
            self.asked = before
        self.names_rounds = self.is_conditional = False
        return written


def formats(maker: Maker) -> Json:
    made: Json = {
        "easyread": {"text": maker.text("Short words"), "image": "picture.svg"},
        "audio": {"file": "read-aloud.ogg"},
        "bsl": {"video": "signed.mp4", "captions": "signed.vtt", "transcript": "What is signed."},
    }
    return {name: made[name] for name in sorted(made) if maker.likely(0.7)}


def true_of(asked: Asked) -> list[Json]:
    """Operators with operands that hold for the made-up answer and not for every other; the first fits every type."""
    answered: list[Json] = [{"answered": True}]
    if asked.kind not in CODED:
        return answered
    if isinstance(asked.answer, tuple):
        return [*answered, {"is": asked.answer[0]}, {"any_of": [asked.answer[0]]}, {"all_of": list(asked.answer)}]
    same: list[Json] = [{"is": asked.answer}, {"any_of": [asked.answer]}]
    if asked.kind in ("scale", "number"):
        same += [{"at_least": asked.answer}, {"at_most": asked.answer}]
    return answered + same


def _codes(asked: Asked) -> list[Any]:
    if asked.kind in ("scale", "number"):
        return [asked.item["min"], asked.item["max"]]
    return [each["code"] for each in asked.item.get("options", ())]


# --- One maker for each type ----------------------------------------------------


def _choice(maker: Maker, name: str) -> tuple[Json, Value]:
    codes = CODES[: maker.random.randint(2, 5)]
    item = choice(name, *codes)
    if maker.likely(0.2):
        item["options"][1]["write_in"] = "What else?"
    if maker.likely(0.2):
        item["groups"] = [{"code": "all_of_them", "text": "All of them"}]
        item["options"] = [each if "missing" in each else {**each, "group": "all_of_them"} for each in item["options"]]
    return item, maker.random.choice(codes)


def _choices(maker: Maker, name: str) -> tuple[Json, Value]:
    codes = CODES[: maker.random.randint(2, 5)]
    return choices(name, *codes), codes[: maker.random.randint(1, 2)]


def _scale(maker: Maker, name: str) -> tuple[Json, Value]:
    least = maker.random.randint(-2, 1)
    return scale(name, min=least, max=least + 5), least + maker.random.randint(1, 4)


def _grid(maker: Maker, name: str) -> tuple[Json, Value]:
    rows: list[Json] = [{"code": f"row{number}", "text": maker.text("A row")} for number in range(3)]
    if maker.rows_may_hide and (condition := maker.show_if()) is not None:
        rows[2]["show_if"] = condition
    item = choice(name, *CODES[:3], type="grid", rows=rows)
    return item, maker.random.choice(CODES[:3])


def _rank(maker: Maker, name: str) -> tuple[Json, Value]:
    item = {**choice(name, *CODES[:4]), "type": "rank", "at_most": maker.random.randint(2, 4)}
    item["options"][4:] = ALONE
    return item, tuple(maker.random.sample(CODES[:4], 2))


def _number(maker: Maker, name: str) -> tuple[Json, Value]:
    item = {"id": name, "type": "number", "text": f"Words of {name}?", "min": 0, "max": 5, "options": [NOT_SAY]}
    if maker.likely(0.3):
        return {**item, "decimals": 2, "max": 5.25, "unit": "pounds"}, 2.5
    return item, maker.random.randint(1, 4)


def _date(maker: Maker, name: str) -> tuple[Json, Value]:
    bounds = maker.random.choice(({}, {"earliest": "2000-02-29"}, {"earliest": "2000-01-01", "latest": "today"}))
    finest = maker.random.choice(("year", "month", "day"))
    options = [DONT_KNOW, NOT_SAY]
    item = {"id": name, "type": "date", "text": f"Words of {name}?", "finest": finest, "options": options, **bounds}
    return item, "2024"


MAKERS: dict[str, Callable[[Maker, str], tuple[Json, Value]]] = {
    "choice": _choice,
    "choices": _choices,
    "scale": _scale,
    "grid": _grid,
    "rank": _rank,
    "number": _number,
    "date": _date,
    "area": lambda maker, name: (area(name), AREA),
    "short_text": lambda maker, name: (short_text(name), "Words"),
    "long_text": lambda maker, name: (long_text(name), "Many words"),
    "statement": lambda maker, name: (statement(name), ""),
}
"""For each type of item, what makes one and its made-up answer."""


def make_document(random: Random) -> Json:
    """A questionnaire as an author would write it."""
    maker = Maker(random)
    agree = choice("taking_part", role="consent", required=True)
    start = [page(agree, end={"kind": "refused", "when": {"item": "taking_part", "is": "no"}})]
    if maker.likely(0.5):
        maker.has_variants = True
        who = [option(code, answering=code) for code in ("self", *VARIANTS)]
        start.append(page({**choice("who", role="answering"), "options": who}))
    kinds = list(MAKERS) if maker.likely(0.5) else random.sample(list(MAKERS), random.randint(1, 5))
    random.shuffle(kinds)
    middle = random.randint(0, len(kinds))
    sections = [maker.section(part) for part in (kinds[:middle], kinds[middle:]) if part]
    sources = [asked for asked in maker.asked if asked.kind in ("number", "choices") and "decimals" not in asked.item]
    for source in sources:
        sections.append(maker.section(random.sample(list(MAKERS), random.randint(1, 4)), source))
    if maker.likely(0.5):
        offer = section("offer", page(statement("so_far"), end={"kind": "offer"}))
        sections += [offer, maker.section([random.choice(list(MAKERS))])]
    glossary = [{"code": "phb", "term": "PHB", "meaning": "Personal health budget"}][: random.randint(0, 1)]
    return document(section("start", *start), *sections, glossary=glossary)


def documents() -> st.SearchStrategy[Json]:
    """Valid questionnaires as JSON, for tests that break one.

    Hypothesis draws a seed and not each choice: one of these has hundreds, and to draw and shrink them takes minutes.
    """
    return st.integers(0, 2**32 - 1).map(lambda seed: make_document(Random(seed)))


def questionnaires() -> st.SearchStrategy[Questionnaire]:
    """Valid questionnaires of every kind."""
    return documents().map(load)
