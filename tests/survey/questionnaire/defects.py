"""Defects for made-up questionnaires: for every rule of the check, one thing that breaks it and no other rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from survey.questionnaire.check.size import MOST_COMPARISONS, MOST_COMPARISONS_IN_ALL, MOST_ITEMS, MOST_OPTIONS
from survey.questionnaire.check.structural import RESERVED_PAGES
from tests.survey.questionnaire.builders import (
    DONT_KNOW,
    NOT_SAY,
    Json,
    area,
    choice,
    choices,
    long_text,
    option,
    page,
    scale,
    section,
    short_text,
    statement,
)
from tests.survey.questionnaire.generated import ALONE

Defect = Callable[[Random, Json], None]
"""Puts one thing wrong into a questionnaire."""

ALONGSIDE = {"cycle": {"item-later"}}
"""Rules that cannot be broken without another: a loop goes forward somewhere."""

BAD = "bad"
"""The id of the item that is put in; GOOD is another that it refers to."""
GOOD = "good"
ASKED = {"item": GOOD, "answered": True}


# --- Items to put in ------------------------------------------------------------


def grid(item_id: str, **more: Any) -> Json:
    rows = [{"code": code, "text": code.capitalize()} for code in ("health", "home")]
    return {**choice(item_id, "well", "badly", "so_so"), "type": "grid", "rows": rows, **more}


def rank(item_id: str, **more: Any) -> Json:
    return {**choices(item_id, "care", "chair", "course"), "type": "rank", **more}


def number(item_id: str, **more: Any) -> Json:
    return {"id": item_id, "type": "number", "text": "How many?", "min": 0, "max": 5, "options": [NOT_SAY], **more}


def date(item_id: str, **more: Any) -> Json:
    return {"id": item_id, "type": "date", "text": "When?", "options": [NOT_SAY], **more}


def with_options(item: Json, *options: Json) -> Json:
    return {**item, "options": list(options)}


def add_section(random: Random, document: Json, *pages: Json, **more: Any) -> None:
    made = section(f"added-{len(document['sections'])}", *pages, **more)
    document["sections"].insert(random.randint(1, len(document["sections"])), made)


def one_of(*makers: Callable[[], Json]) -> Defect:
    """Put in a page with one of these items."""
    return lambda random, document: add_section(random, document, page(random.choice(makers)()))


def asked_of(*cases: tuple[Json, Json]) -> Defect:
    """Put in an item, and a page that is shown under a condition on it."""

    def plant(random: Random, document: Json) -> None:
        item, condition = random.choice(cases)
        add_section(random, document, page(item), page(choice(BAD), show_if=condition))

    return plant


def said_of(*cases: tuple[Json, Any]) -> Defect:
    """Put in an item, and a page whose words are put together from its answer."""

    def plant(random: Random, document: Json) -> None:
        item, text = random.choice(cases)
        key = random.choice(("text", "hint"))
        add_section(random, document, page(item), page({**choice(BAD), key: text}))

    return plant


def counted(name: str) -> Json:
    return {"count": name, "one": "One thing", "other": "Many things"}


def any_of(*defects: Defect) -> Defect:
    return lambda random, document: random.choice(defects)(random, document)


def head(**keys: Any) -> Defect:
    return lambda random, document: document.update(keys)


def repeated(source: Json, *pages: Json, at_most: int = 5) -> Defect:
    """Put in a section that repeats from an item just before it."""

    def plant(random: Random, document: Json) -> None:
        where = random.randint(1, len(document["sections"]))
        again = section("again", *(pages or (page(choice(BAD)),)), repeat={"from": GOOD, "at_most": at_most})
        document["sections"][where:where] = [section("before", page({**source, "id": GOOD})), again]

    return plant


# --- Defects that need more than an item ----------------------------------------


def _duplicate_id(random: Random, document: Json) -> None:
    old = random.choice(document["sections"])
    match random.randrange(3):
        case 0:
            document["sections"].append(section(old["id"], page(choice(BAD))))
        case 1:
            document["sections"][-1]["pages"].append({**page(choice(BAD)), "id": old["pages"][0]["id"]})
        case _:
            add_section(random, document, page(choice(BAD), choice(BAD)))


def _reserved_page(random: Random, document: Json) -> None:
    add_section(random, document, page(choice(BAD), id=random.choice(sorted(RESERVED_PAGES))))


def _consent_later(random: Random, document: Json) -> None:
    document["sections"][0]["pages"].insert(0, page(choice(BAD)))


def _consent_without_end(random: Random, document: Json) -> None:
    del document["sections"][0]["pages"][0]["end"]


def _who(document: Json) -> Json | None:
    pages = document["sections"][0]["pages"]
    return pages[1]["items"][0] if len(pages) > 1 else None


def _answering_unsaid(random: Random, document: Json) -> None:
    who = _who(document)
    if who is None:
        who = choice("who", role="answering")
        who["options"] = [option(code, answering=code) for code in ("self", "proxy")]
        document["sections"][0]["pages"].append(page(who))
    del random.choice(who["options"])["answering"]


def _variant_unread(random: Random, document: Json) -> None:
    del document["sections"][0]["pages"][1:]
    add_section(random, document, page(choice(BAD, text={"self": "You?", "proxy": "They?"})))


def _later(random: Random, document: Json) -> None:
    written = random.choice(
        (
            page(choice(BAD), show_if={"item": BAD, "answered": True}),
            page(choice(BAD, hint=f"{{{BAD}|that}}")),
            page(number(BAD, hint=counted(BAD))),
            page(choice(BAD, soft=[{"when": {"any": [{"item": BAD, "is": "no"}, ASKED]}, "text": "Is it?"}])),
        )
    )
    add_section(random, document, written, page(choice(GOOD)))


def _repeat_from_later(random: Random, document: Json) -> None:
    document["sections"].append(section("again", page(choice(BAD)), repeat={"from": GOOD, "at_most": 5}))
    document["sections"].append(section("after", page(number(GOOD))))


def _into_repeat(random: Random, document: Json) -> None:
    repeated(number(GOOD), page(number(BAD)))(random, document)
    outside = (
        {"show_if": {"item": BAD, "answered": True}},
        {"intro": f"{{{BAD}|that}}"},
        {"intro": counted(BAD)},
    )
    document["sections"].append(section("outside", page(choice("outside"), **random.choice(outside))))


def _cycle(random: Random, document: Json) -> None:
    names = [f"loop{number}" for number in range(random.randint(2, 5))]
    pages = [
        page(choice(name), show_if={"item": needed, "is": "yes"})
        for name, needed in zip(names, [*names[1:], names[0]], strict=True)
    ]
    random.shuffle(pages)
    add_section(random, document, *pages)


def _strings(value: Any) -> list[tuple[Any, Any]]:
    """Where the words of questions stand: the object or list, and the key."""
    found = []
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(part, str) and key in ("text", "title", "hint", "intro", "self", "one", "other", "transcript"):
            found.append((value, key))
        elif isinstance(part, (dict, list)):
            found += _strings(part)
    return found


def words(*wrong: str) -> Defect:
    """Write something wrong where words stand."""

    def plant(random: Random, document: Json) -> None:
        here, key = random.choice(_strings(document))
        here[key] = random.choice(wrong)

    return plant


REAL = [option("yes"), option("no")]
ODD = {"item": GOOD, "is": "yes"}
EASY = {"text": "Short.", "image": "picture.svg"}


def _conditions_many(random: Random, document: Json) -> None:
    asked = {"item": GOOD, "is_not": "no"}
    long = {"any": [{"item": GOOD, "answered": False}, *[asked] * (MOST_COMPARISONS - 1)]}
    pages = [page(choice(f"{BAD}_{number}"), show_if=long) for number in range(MOST_COMPARISONS_IN_ALL // 50)]
    add_section(random, document, page(choice(GOOD)), *pages)


DEFECTS: Mapping[str, Defect] = {
    "items-many": lambda random, document: add_section(
        random, document, *(page(statement(f"{BAD}_{number}")) for number in range(MOST_ITEMS + 1))
    ),
    "options-many": one_of(lambda: choice(BAD, *(f"code_{number}" for number in range(MOST_OPTIONS + 1)))),
    "condition-long": asked_of((choice(GOOD), {"any": [{"item": GOOD, "is": "yes"}] * (MOST_COMPARISONS + 1)})),
    "conditions-many": _conditions_many,
    "duplicate-id": _duplicate_id,
    "reserved": any_of(
        _reserved_page,
        *(one_of(lambda name=name: choice(name, id=name)) for name in ("response", "by", "handover", "this")),  # type: ignore[misc]
        one_of(lambda: choices(BAD, "one", "missing")),
        one_of(lambda: rank(BAD, options=[option("one"), option("missing")])),
        one_of(lambda: grid(BAD, rows=[{"code": "missing", "text": "A row"}])),
    ),
    "minutes": head(core_minutes=6),
    "language": head(language="English"),
    "email": head(contact={"name": "Alex", "email": "alex", "phone": "0"}),
    "end-when": any_of(
        lambda random, document: add_section(random, document, page(statement(BAD), end={"kind": "refused"})),
        lambda random, document: add_section(
            random, document, page(choice(GOOD)), page(statement(BAD), end={"kind": "offer", "when": ASKED})
        ),
    ),
    "consent-first": _consent_later,
    "consent-end": _consent_without_end,
    "column-length": one_of(
        lambda: choices("a" * 32, "b" * 31, "c"),
        lambda: rank("a" * 32, options=[option("b" * 31), option("c")]),
        lambda: grid("a" * 32, rows=[{"code": "b" * 22, "text": "A row"}]),
    ),
    "duplicate-code": one_of(
        lambda: choice(BAD, "yes", "yes"),
        lambda: grid(BAD, rows=[{"code": "row", "text": "A row"}] * 2),
        lambda: with_options(number(BAD), NOT_SAY, NOT_SAY),
        lambda: {
            **choice(BAD, groups=[{"code": "x", "text": "X"}] * 2),
            "options": [option("y", group="x"), NOT_SAY],
        },
    ),
    "option-missing": one_of(
        *(lambda make=make: with_options(make(BAD), option("low")) for make in (scale, area, number, date))  # type: ignore[misc]
    ),
    "option-exclusive": one_of(
        lambda: with_options(choices(BAD), option("b"), DONT_KNOW), lambda: with_options(rank(BAD), *REAL, NOT_SAY)
    ),
    "exclusive-type": one_of(
        lambda: with_options(choice(BAD), option("none", exclusive=True), option("b")),
        lambda: with_options(grid(BAD), option("none", exclusive=True), option("b")),
        lambda: with_options(rank(BAD), option("none", exclusive=True), option("b")),
    ),
    "write-in-type": one_of(
        lambda: with_options(rank(BAD), option("other", write_in="What?"), option("b")),
        lambda: with_options(grid(BAD), option("other", write_in="What?"), option("b")),
        lambda: with_options(date(BAD), {**NOT_SAY, "write_in": "Why?"}),
    ),
    "options-none": one_of(
        lambda: with_options(choice(BAD), DONT_KNOW, NOT_SAY),
        lambda: with_options(grid(BAD), DONT_KNOW, NOT_SAY),
        lambda: with_options(choices(BAD), *ALONE),
        lambda: with_options(rank(BAD), *ALONE),
    ),
    "refused-option": one_of(
        *(lambda make=make: with_options(make(BAD, sensitive=True), *REAL) for make in (choice, choices, grid, rank)),  # type: ignore[misc]
        *(lambda make=make: with_options(make(BAD, sensitive=True), DONT_KNOW) for make in (scale, area, number, date)),  # type: ignore[misc]
    ),
    "group-unknown": one_of(
        lambda: with_options(choices(BAD), option("b", group="c"), option("d")),
        lambda: with_options(grid(BAD), option("b", group="c"), option("d")),
    ),
    "group-none": one_of(
        lambda: with_options(choice(BAD, groups=[{"code": "x", "text": "X"}]), option("b", group="x"), option("c"))
    ),
    "group-empty": one_of(
        lambda: {
            **choice(BAD, groups=[{"code": code, "text": code} for code in "xy"]),
            "options": [option("b", group="x"), NOT_SAY],
        }
    ),
    "role-type": one_of(
        lambda: choice(BAD, role="area"),
        lambda: grid(BAD, role="dimension:age"),
        lambda: number(BAD, role="dimension:age"),
        lambda: long_text(BAD, role="area"),
    ),
    "role-off": one_of(lambda: area(BAD, role="area", off=True)),
    "role-single": lambda random, document: add_section(
        random, document, page(area(BAD, role="area")), page(area(GOOD, role="area"))
    ),
    "required-consent": one_of(lambda: choice(BAD, required=True), lambda: date(BAD, required=True)),
    "answering-option": _answering_unsaid,
    "answering-role": one_of(lambda: with_options(choice(BAD), option("b", answering="self"), option("c"))),
    "scale-label": one_of(
        lambda: scale(BAD, labels=[{"number": 10, "text": "All"}]),
        lambda: scale(BAD, labels=[{"number": 5, "text": "Half"}, {"number": 5, "text": "Some"}]),
    ),
    "scale-range": one_of(lambda: scale(BAD, min=5, max=5), lambda: scale(BAD, max=101)),
    "number-limit": one_of(lambda: number(BAD, max=10**10), lambda: number(BAD, min=-(10**9))),
    "number-decimals": one_of(lambda: number(BAD, max=5.5), lambda: number(BAD, min=0.125, decimals=2)),
    "number-range": one_of(lambda: number(BAD, max=0), lambda: number(BAD, min=6)),
    "date-day": one_of(lambda: date(BAD, earliest="2026-02-30"), lambda: date(BAD, latest="2026-13-01")),
    "date-range": one_of(lambda: date(BAD, earliest="2026-02-02", latest="2026-02-01")),
    "rank-most": one_of(lambda: rank(BAD, at_most=4)),
    "measure-missing": one_of(lambda: choice(BAD, measure={"good": ["not_say"]})),
    "measure-code": one_of(
        lambda: grid(BAD, measure={"good": ["wel"]}), lambda: scale(BAD, measure={"good": [10, 11]})
    ),
    "measure-all": one_of(lambda: choice(BAD, measure={"good": ["yes", "no"]})),
    "item-unknown": any_of(
        asked_of((choice(GOOD), {"any": [ODD, {"item": "nobody", "is": "yes"}]})),
        said_of((choice(GOOD), "{nobody|that}"), (choice(GOOD), counted("nobody")), (grid(GOOD), "{good__work|that}")),
        lambda random, document: add_section(
            random, document, page(choice(BAD)), repeat={"from": "nobody", "at_most": 5}
        ),
    ),
    "item-later": any_of(_later, _repeat_from_later),
    "grid-itself": any_of(
        asked_of((grid(GOOD), ASKED)), said_of((grid(GOOD), "{good|that}"), (grid(GOOD), counted(GOOD)))
    ),
    "repeat-outside": _into_repeat,
    "operator-type": asked_of(
        (choice(GOOD), {"item": GOOD, "all_of": ["yes"]}),
        (date(GOOD), {"item": GOOD, "at_least": 2000}),
        (rank(GOOD), {"item": GOOD, "at_most": 1}),
        (statement(GOOD), ASKED),
        (short_text(GOOD), {"item": GOOD, "is": "yes"}),
    ),
    "code-repeated": asked_of((choice(GOOD), {"item": GOOD, "any_of": ["yes", "yes"]})),
    "code-unknown": asked_of(
        (choice(GOOD), {"item": GOOD, "is": "yess"}),
        (rank(GOOD), {"item": GOOD, "all_of": ["care", "cat"]}),
        (grid(GOOD), {"item": f"{GOOD}__home", "is_not": "fine"}),
        (date(GOOD), {"item": GOOD, "is": "2024"}),
        (number(GOOD), {"item": GOOD, "none_of": ["5"]}),
    ),
    "off-scale": asked_of(
        (scale(GOOD), {"item": GOOD, "at_least": 11}),
        (number(GOOD), {"item": GOOD, "at_most": -1}),
        (number(GOOD), {"item": GOOD, "any_of": [1, 6]}),
    ),
    "operand-decimals": asked_of(
        (scale(GOOD), {"item": GOOD, "at_least": 7.5}),
        (number(GOOD, decimals=1), {"item": GOOD, "is": 2.25}),
    ),
    "soft-type": lambda random, document: add_section(
        random, document, page(choice(GOOD)), page(statement(BAD, soft=[{"when": ODD, "text": "Is it?"}]))
    ),
    "soft-elsewhere": lambda random, document: add_section(
        random, document, page(choice(GOOD)), page(number(BAD, soft=[{"when": ODD, "text": "Is it?"}]))
    ),
    "soft-answered": one_of(
        lambda: number(BAD, soft=[{"when": {"not": {"item": BAD, "answered": False}}, "text": "Is it?"}])
    ),
    "repeat-source": any_of(*(repeated(source) for source in (choice(GOOD), rank(GOOD), number(GOOD, decimals=1)))),
    "repeat-off": any_of(repeated(number(GOOD, off=True)), repeated(choices(GOOD, off=True))),
    "repeat-most": any_of(repeated(number(GOOD), at_most=4), repeated(choices(GOOD), at_most=2)),
    "repeat-end": repeated(number(GOOD), page(statement(BAD), end={"kind": "offer"})),
    "repeat-role": any_of(
        repeated(number(GOOD), page(area(BAD, role="area"))),
        repeated(choices(GOOD), page(choice(BAD, role="dimension:age"))),
    ),
    "cycle": _cycle,
    "this-outside": said_of((choice(GOOD), "{this|that}")),
    "pipe-type": said_of((long_text(GOOD), "{good|that}"), (statement(GOOD), "{good|that}")),
    "pipe-nested": lambda random, document: add_section(
        random,
        document,
        page(choice("best")),
        page(with_options(choice(GOOD), *REAL, {"code": "same", "text": "{best|That}"})),
        page(choice(BAD, hint="{good|that}")),
    ),
    "pipe-sensitive": any_of(
        said_of((choice(GOOD, sensitive=True), "{good|that}"), (grid(GOOD, sensitive=True), "{good__home|that}")),
        repeated(choices(GOOD, sensitive=True), page(choice(BAD, text="{this}"))),
    ),
    "plural-count": said_of(*((make(GOOD), counted(GOOD)) for make in (choice, scale, rank, date, long_text))),
    "media-type": any_of(
        one_of(lambda: choice(BAD, formats={"easyread": {**EASY, "image": "picture.mp3"}})),
        one_of(lambda: choice(BAD, formats={"audio": {"file": "sound.exe"}})),
        one_of(lambda: with_options(choice(BAD), option("b", easyread={"image": "picture.mp4"}), NOT_SAY)),
        one_of(
            lambda: choice(BAD, formats={"bsl": {"video": "film.mp4", "captions": "film.srt", "transcript": "Words"}})
        ),
    ),
    "equivalent-twice": any_of(
        one_of(lambda: choice(BAD, equivalent=[{"version": "0", "reason": "The same."}] * 2)),
        one_of(lambda: choice(BAD, equivalent=[{"version": "1", "reason": "The same."}])),
    ),
    "text-empty": words("", " "),
    "text-spaces": words("Words. ", "\nWords."),
    "text-long": words("a" * 5001),
    "text-html": words("Do you <b>choose</b>?", "You &amp; yours", "<script>alert(1)</script>"),
    "text-brace": any_of(words("{Name}", "A { brace", "{one two|x}"), head(title="{good|that}")),
    "variant-unread": _variant_unread,
    "glossary-twice": any_of(
        head(glossary=[{"code": code, "term": "PHB", "meaning": "Words"} for code in ("a", "b")]),
        head(glossary=[{"code": "a", "term": term, "meaning": "Words"} for term in ("PHB", "ICS")]),
    ),
}
