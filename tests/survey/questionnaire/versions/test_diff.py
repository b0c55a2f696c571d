"""What is said to differ between two versions: each change once, by the kind meant for it, and nothing else."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.load import load_file
from survey.questionnaire.model import Answering, Questionnaire
from survey.questionnaire.text import translation_units
from survey.questionnaire.versions.changes import Kind, mark_words, moved, same_words
from survey.questionnaire.versions.diff import Stale, compare
from survey.questionnaire.versions.trends import Continues
from survey.resources import QUESTIONNAIRES
from tests.survey.questionnaire.builders import Json, choice, choices, document, option, page, scale, section

GATE = {"item": "gate", "is": "yes"}


def base() -> Json:
    """A questionnaire in which everything that can change is there once."""
    who = choice("who", "me", "them", role="answering", text="Who answers?")
    who["options"][0]["answering"], who["options"][1]["answering"] = "self", "proxy"
    grid = {
        "id": "grid",
        "type": "grid",
        "text": "How was it?",
        "rows": [{"code": "health", "text": "My health"}, {"code": "home", "text": "My home"}],
        "options": [option("better"), option("worse")],
    }
    number = {"id": "miles", "type": "number", "text": "How far?", "min": 0, "max": 50, "unit": "miles"}
    number["soft"] = [{"when": {"item": "miles", "at_least": 40}, "text": "That is far."}]
    easy = {"easyread": {"text": "Is it good?", "image": "good.svg"}}
    written = document(
        section(
            "first",
            page(who),
            page(choice("gate")),
            page(choices("uses"), show_if=GATE),
            page(scale("say", text={"self": "Your say?", "proxy": "Their say?"}, hint="From 0 to 10.")),
        ),
        section(
            "second",
            page(grid, intro="Now some more."),
            page(number),
            page(choice("good", "very", "fairly", formats=easy, measure={"good": ["very"]}), choice("better")),
            page(choice("last")),
        ),
        section("rounds", page(choice("each_one"), id="round"), repeat={"from": "uses", "at_most": 3}),
        section("end", page(choice("thanks"))),
        glossary=[{"code": "nhs", "term": "NHS", "meaning": "National Health Service"}],
    )
    return json.loads(json.dumps(written))  # nothing in it is in two places


def read(written: Json) -> Questionnaire:
    """As it is, also where the check would not let it through."""
    return Questionnaire.model_validate_json(json.dumps(written))


def item(written: Json, name: str) -> Any:
    return next(
        each for part in written["sections"] for on in part["pages"] for each in on["items"] if each["id"] == name
    )


def page_of(written: Json, name: str) -> Any:
    return next(on for part in written["sections"] for on in part["pages"] if on["id"] == name)


Plant = Callable[[Json], object]

PLANTED: dict[str, tuple[Kind, str, Plant]] = {
    "title": (Kind.REWORDED, "title", lambda q: q.update(title="Another title")),
    "minutes": (Kind.DETAILS, "minutes", lambda q: q.update(minutes=9)),
    "contact": (Kind.DETAILS, "contact", lambda q: q["contact"].update(name="Sam")),
    "status": (Kind.DETAILS, "status", lambda q: q.update(status="agreed")),
    "accepted": (Kind.DETAILS, "accepted", lambda q: q.update(accepted=[{"rule": "x", "reason": "y"}])),
    "term": (Kind.GLOSSARY, "glossary.nhs", lambda q: q["glossary"][0].update(meaning="The health service")),
    "term gone": (Kind.GLOSSARY, "glossary.nhs", lambda q: q["glossary"].clear()),
    "section added": (Kind.ADDED, "section.more", lambda q: q["sections"].append(section("more", page(choice("new"))))),
    "section gone": (Kind.REMOVED, "section.end", lambda q: q["sections"].pop()),
    "section moved": (Kind.MOVED, "section.end", lambda q: q["sections"].insert(0, q["sections"].pop())),
    "section renamed": (Kind.REWORDED, "section.end.title", lambda q: q["sections"][3].update(title="Goodbye")),
    "section routed": (Kind.ROUTING, "section.end", lambda q: q["sections"][3].update(show_if=GATE)),
    "repeat": (Kind.REPEAT, "section.rounds", lambda q: q["sections"][2]["repeat"].update(at_most=2)),
    "repeat gone": (Kind.REPEAT, "section.rounds", lambda q: q["sections"][2].pop("repeat")),
    "page added": (Kind.ADDED, "item.extra", lambda q: q["sections"][1]["pages"].append(page(choice("extra")))),
    "page gone": (Kind.REMOVED, "item.last", lambda q: q["sections"][1]["pages"].pop()),
    "page moved": (
        Kind.MOVED,
        "page.last",
        lambda q: q["sections"][1]["pages"].sort(key=lambda page: page["id"] != "last"),
    ),
    "page elsewhere": (
        Kind.MOVED,
        "page.last",
        lambda q: q["sections"][3]["pages"].append(q["sections"][1]["pages"].pop()),
    ),
    "page renamed": (Kind.DETAILS, "page.final", lambda q: page_of(q, "last").update(id="final")),
    "intro": (Kind.REWORDED, "page.grid.intro", lambda q: page_of(q, "grid").update(intro="Now a few more.")),
    "end": (Kind.END, "page.last", lambda q: page_of(q, "last").update(end={"kind": "offer"})),
    "routing": (Kind.ROUTING, "page.uses", lambda q: page_of(q, "uses").update(show_if={"item": "gate", "is": "no"})),
    "for everyone": (Kind.ROUTING, "page.uses", lambda q: page_of(q, "uses").pop("show_if")),
    "item added": (Kind.ADDED, "item.extra", lambda q: page_of(q, "last")["items"].append(choice("extra"))),
    "item to another page": (
        Kind.MOVED,
        "item.better",
        lambda q: page_of(q, "gate")["items"].append(page_of(q, "good")["items"].pop()),
    ),
    "items in order": (Kind.MOVED, "item.better", lambda q: page_of(q, "good")["items"].reverse()),
    "text": (Kind.REWORDED, "item.gate.text", lambda q: item(q, "gate").update(text="Other words?")),
    "text of one reader": (
        Kind.REWORDED,
        "item.say.text",
        lambda q: item(q, "say")["text"].update(proxy="How much say?"),
    ),
    "spaces": (Kind.TYPOGRAPHY, "item.gate.text", lambda q: item(q, "gate").update(text="Words  of gate ?")),
    "hint": (Kind.REWORDED, "item.say.hint", lambda q: item(q, "say").pop("hint")),
    "words within a scale": (
        Kind.REWORDED,
        "item.say.label.5",
        lambda q: item(q, "say").update(labels=[{"number": 5, "text": "Half"}]),
    ),
    "end of scale": (Kind.REWORDED, "item.say.max_text", lambda q: item(q, "say").update(max_text="Everything")),
    "unit": (Kind.REWORDED, "item.miles.unit", lambda q: item(q, "miles").update(unit="kilometres")),
    "type": (Kind.TYPE, "item.gate", lambda q: item(q, "gate").update(type="choices")),
    "limits": (Kind.LIMITS, "item.miles", lambda q: item(q, "miles").update(max=60, decimals=1)),
    "option added": (
        Kind.OPTION_ADDED,
        "item.gate.option.maybe",
        lambda q: item(q, "gate")["options"].append(option("maybe")),
    ),
    "option gone": (Kind.OPTION_REMOVED, "item.gate.option.no", lambda q: item(q, "gate")["options"].pop(1)),
    "option reworded": (
        Kind.OPTION_REWORDED,
        "item.gate.option.no.text",
        lambda q: item(q, "gate")["options"][1].update(text="Not at all"),
    ),
    "option spaces": (
        Kind.TYPOGRAPHY,
        "item.gate.option.dont_know.text",
        lambda q: item(q, "gate")["options"][2].update(text="I don’t know"),
    ),
    "option hint": (
        Kind.REWORDED,
        "item.gate.option.no.hint",
        lambda q: item(q, "gate")["options"][1].update(hint="Never"),
    ),
    "write-in": (
        Kind.REWORDED,
        "item.gate.option.no.write_in",
        lambda q: item(q, "gate")["options"][1].update(write_in="Why?"),
    ),
    "option counts": (
        Kind.OPTION_CHANGED,
        "item.uses.option.course",
        lambda q: item(q, "uses")["options"][2].update(exclusive=True),
    ),
    "options in order": (Kind.OPTIONS_REORDERED, "item.gate", lambda q: item(q, "gate")["options"].reverse()),
    "option pictured": (
        Kind.FORMATS,
        "item.good.option.very.easyread",
        lambda q: item(q, "good")["options"][0].update(easyread={"image": "v.svg"}),
    ),
    "row added": (
        Kind.ROW_ADDED,
        "item.grid.row.work",
        lambda q: item(q, "grid")["rows"].append({"code": "work", "text": "My work"}),
    ),
    "row gone": (Kind.ROW_REMOVED, "item.grid.row.home", lambda q: item(q, "grid")["rows"].pop()),
    "row reworded": (
        Kind.ROW_REWORDED,
        "item.grid.row.home.text",
        lambda q: item(q, "grid")["rows"][1].update(text="My house"),
    ),
    "rows in order": (Kind.ROWS_REORDERED, "item.grid", lambda q: item(q, "grid")["rows"].reverse()),
    "row routed": (Kind.ROUTING, "item.grid.row.home", lambda q: item(q, "grid")["rows"][1].update(show_if=GATE)),
    "easy read": (
        Kind.FORMATS,
        "item.good.easyread",
        lambda q: item(q, "good")["formats"]["easyread"].update(text="Good?"),
    ),
    "formats gone": (Kind.FORMATS, "item.good.easyread", lambda q: item(q, "good").pop("formats")),
    "audio": (Kind.FORMATS, "item.good.audio", lambda q: item(q, "good")["formats"].update(audio={"file": "good.ogg"})),
    "soft": (Kind.SOFT, "item.miles.soft", lambda q: item(q, "miles")["soft"][0].update(text="Is that right?")),
    "soft gone": (Kind.SOFT, "item.miles.soft", lambda q: item(q, "miles").pop("soft")),
    "sensitive": (Kind.SENSITIVE, "item.gate", lambda q: item(q, "gate").update(sensitive=True)),
    "required": (Kind.REQUIRED, "item.gate", lambda q: item(q, "gate").update(required=True)),
    "off": (Kind.SWITCHED, "item.last", lambda q: item(q, "last").update(off=True)),
    "role": (Kind.ROLE, "item.gate", lambda q: item(q, "gate").update(role="dimension:gate")),
    "measure": (Kind.MEASURE, "item.good", lambda q: item(q, "good").update(measure={"good": ["very", "fairly"]})),
    "equivalent": (
        Kind.EQUIVALENT,
        "item.gate",
        lambda q: item(q, "gate").update(equivalent=[{"version": "0", "reason": "Same"}]),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_change_is_said_once_by_its_kind(name: str) -> None:
    kind, where, plant = PLANTED[name]
    changed = base()
    plant(changed)
    found = compare(read(base()), read(changed)).changes
    assert [(change.kind, change.where) for change in found] == [(kind, where)]


def test_every_kind_of_change_is_planted() -> None:
    assert {kind for kind, _, _ in PLANTED.values()} == set(Kind)


@given(
    st.sets(
        st.sampled_from(sorted(set(PLANTED) - {"type", "page elsewhere", "items in order"})), min_size=2, max_size=4
    )
)
def test_changes_do_not_hide_each_other(names: set[str]) -> None:
    wheres = [PLANTED[name][1] for name in names]
    parts = [{*where.split(".")[:2]} for where in wheres]
    if any(one & other for place, one in enumerate(parts) for other in parts[:place]) or "section gone" in names:
        return  # what goes away as a whole, or is changed twice, is another story
    changed = base()
    try:
        for name in sorted(names):
            PLANTED[name][2](changed)
    except (StopIteration, IndexError, KeyError):
        return
    found = {(change.kind, change.where) for change in compare(read(base()), read(changed)).changes}
    assert {PLANTED[name][:2] for name in names} <= found


@pytest.mark.parametrize("name", ["phb-annual", "gallery"])
def test_a_questionnaire_does_not_differ_from_itself(name: str) -> None:
    one = load_file(QUESTIONNAIRES / f"{name}.json")
    found = compare(one, load_file(QUESTIONNAIRES / f"{name}.json"), {"pl": {"title": one.title}})
    assert (found.changes, found.trends, found.stale) == ((), (), ())


def test_the_same_condition_written_in_another_way_is_no_change() -> None:
    changed = base()
    page_of(changed, "uses")["show_if"] = {"not": {"not": {"all": [{"item": "gate", "any_of": ["yes"]}]}}}
    assert compare(read(base()), read(changed)).changes == ()


def test_another_order_of_codes_and_parts_is_no_other_routing() -> None:
    one, other = base(), base()
    parts = [{"item": "gate", "any_of": ["yes", "no"]}, {"item": "who", "answered": True}]
    page_of(one, "uses")["show_if"] = {"all": parts}
    page_of(other, "uses")["show_if"] = {"all": [parts[1], {"item": "gate", "any_of": ["no", "yes"]}]}
    assert compare(read(one), read(other)).changes == ()


def test_for_whom_the_words_are_other_is_said() -> None:
    changed = base()
    item(changed, "say")["text"]["proxy"] = "Their word?"
    (change,) = compare(read(base()), read(changed)).changes
    assert change.readers == (Answering.PROXY, Answering.CHILD)
    assert (change.old, change.new) == ("Their say?", "Their word?")


def test_routing_is_told_before_and_after() -> None:
    changed = base()
    del page_of(changed, "uses")["show_if"]
    (change,) = compare(read(base()), read(changed)).changes
    assert change.old == "Asked only if the answer to “Words of gate?” was “Yes”."
    assert change.new == "Asked of everyone who comes here."


# --- Trends and translations ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("text", {"gate": ()}),
        ("text of one reader", {"say": (Answering.PROXY, Answering.CHILD)}),
        ("spaces", {}),
        ("option spaces", {}),
        ("hint", {}),
        ("options in order", {}),
        ("routing", {}),
        ("page moved", {}),
        ("option added", {"gate": ()}),
        ("option gone", {"gate": ()}),
        ("option reworded", {"gate": ()}),
        ("type", {"gate": ()}),
        ("limits", {"miles": ()}),
        ("end of scale", {"say": ()}),
        ("row reworded", {"grid__home": ()}),
        ("row gone", {}),
        ("page gone", {}),
        ("page added", {}),
    ],
)
def test_other_words_or_answers_break_a_trend_and_nothing_else_does(name: str, broken: dict[str, Any]) -> None:
    changed = base()
    PLANTED[name][2](changed)
    trends = compare(read(base()), read(changed)).trends
    assert {trend.item: trend.readers for trend in trends} == broken
    assert {trend.continues for trend in trends} <= {Continues.BREAK}


def test_an_answer_that_comes_to_count_as_missing_breaks_the_trend() -> None:
    changed = base()
    item(changed, "gate")["options"][1]["missing"] = "refused"
    (trend,) = compare(read(base()), read(changed)).trends
    assert (trend.item, trend.reason) == ("gate", "the answer “No” counts in another way")


def test_words_for_the_numbers_of_a_scale_break_a_trend_as_other_words_do() -> None:
    def labelled(*labels: tuple[int, str]) -> Questionnaire:
        written = base()
        item(written, "say")["labels"] = [{"number": number, "text": text} for number, text in labels]
        return read(written)

    known = labelled((4, "A bit - not much"), (5, "Half"))
    assert compare(known, labelled((5, "Half"), (4, "A bit – not much"))).trends == ()
    (trend,) = compare(known, labelled((4, "Little"), (5, "Half"))).trends
    assert trend.reason == "its numbers had other words"
    (trend,) = compare(known, labelled((5, "Half"))).trends
    assert trend.reason == "its numbers had other words"


def test_a_declared_equivalence_carries_the_trend_on() -> None:
    changed = base()
    item(changed, "gate").update(text="Other?", equivalent=[{"version": "1", "reason": "Tried with 12 people"}])
    (trend,) = compare(read(base()), read(changed)).trends
    assert (trend.continues, trend.reason) == (Continues.DECLARED, "Tried with 12 people")
    item(changed, "gate")["equivalent"][0]["version"] = "0"
    assert compare(read(base()), read(changed)).trends[0].continues is Continues.BREAK


def test_translations_of_words_that_changed_are_named() -> None:
    changed = base()
    PLANTED["text"][2](changed)
    PLANTED["option reworded"][2](changed)
    old, new = read(base()), read(changed)
    sources = {unit.context: unit.source for unit in translation_units(old)}
    done = {unit.context: unit.source for unit in translation_units(new)}
    catalogues = {"ur": {"item.gate.text": sources["item.gate.text"]}, "pl": sources, "cy": done, "fr": {}}
    assert compare(old, new, catalogues).stale == (
        Stale("pl", ("item.gate.text", "item.gate.option.no.text")),
        Stale("ur", ("item.gate.text",)),
    )


# --- Words and orders ---------------------------------------------------------------------


def test_the_words_that_differ_are_marked() -> None:
    old, new = mark_words("How much control do you have?", "How much say do you have?")
    assert [piece.text for piece in old if piece.changed] == ["control"]
    assert [piece.text for piece in new if piece.changed] == ["say"]
    assert " ".join(piece.text for piece in old) == "How much control do you have?"


@given(st.text(), st.text())
def test_marking_loses_no_word(old: str, new: str) -> None:
    before, after = mark_words(old, new)
    assert " ".join(piece.text for piece in before).split() == old.split()
    assert " ".join(piece.text for piece in after).split() == new.split()


def test_spaces_and_signs_are_not_words() -> None:
    assert same_words("I don't  know", "I don’t know")
    assert same_words("How old are you ?", "How old are you?")
    assert not same_words("Not now", "now")


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)))
def test_what_did_not_move_is_still_in_order(order: list[int], gone: set[int]) -> None:
    old = [str(number) for number in range(8)]
    new = [str(number) for number in order if number not in gone]
    away = moved(old, new)
    stayed = [name for name in new if name not in away]
    assert stayed == sorted(stayed)
    if new == sorted(new):
        assert away == frozenset()


def test_five_hundred_items_in_another_order_and_other_words_are_compared() -> None:
    rng = random.Random(1)
    pages = [page(choice(f"item_{number}", *(f"code_{code}" for code in range(8)))) for number in range(500)]
    for on in pages[1:]:
        on["show_if"] = {"item": "item_0", "any_of": [f"code_{code}" for code in rng.sample(range(8), 3)]}
    old = document(*pages)
    new = copy.deepcopy(old)
    rng.shuffle(new["sections"][0]["pages"])
    for each in new["sections"][0]["pages"]:
        each["items"][0]["text"] += " Other words."
    before, after = read(old), read(new)
    assert len(compare(before, after).trends) == 500
