"""Items without a format and languages without strings, counted and named."""

from __future__ import annotations

from survey.questionnaire.check.gaps import GAP_NAMES, find_format_gaps, find_translation_gaps
from survey.questionnaire.problems import Finding, Severity
from survey.questionnaire.stages import Stage
from survey.questionnaire.text import translation_units
from tests.survey.questionnaire.builders import Json, choice, page, questionnaire, statement

FORMATS: Json = {
    "easyread": {"text": "Do you choose?", "image": "choose.svg"},
    "audio": {"file": "choose.ogg"},
    "bsl": {"video": "choose.mp4", "captions": "choose.vtt", "transcript": "Do you choose?"},
}


def test_each_format_that_an_item_lacks_is_a_finding_of_its_own_rule() -> None:
    some = {name: FORMATS[name] for name in ("easyread", "bsl")}
    made = questionnaire(page(choice("full", formats=FORMATS)), page(choice("some", formats=some), statement("none")))
    gaps = list(find_format_gaps(made))
    assert [(gap.rule, gap.location[-3:]) for gap in gaps] == [
        ("easyread-gap", (1, "formats", "easyread")),
        ("audio-gap", (0, "formats", "audio")),
        ("audio-gap", (1, "formats", "audio")),
        ("bsl-gap", (1, "formats", "bsl")),
    ]
    assert "`some`" in gaps[1].message
    assert {gap.severity for gap in gaps} == {Severity.WARNING}


MADE = questionnaire(page(choice("control")), page(choice("change")))
CONTEXTS = [unit.context for unit in translation_units(MADE)]


def gaps_with(stages: dict[str, Stage]) -> list[Finding]:
    """The gaps of a language in which everything else is translated."""
    return list(find_translation_gaps(MADE, {"ur": dict.fromkeys(CONTEXTS, Stage.ADJUDICATED) | stages}))


def test_a_language_with_every_string_has_no_gap() -> None:
    assert gaps_with({}) == []
    assert list(find_translation_gaps(MADE, {})) == []


def test_strings_that_are_missing_or_out_of_date_are_counted_and_their_items_named() -> None:
    (gap,) = gaps_with({"item.control.text": Stage.MISSING, "item.change.option.yes.text": Stage.STALE})
    assert (gap.rule, gap.location) == ("translation-gap", ("translations", "ur"))
    assert f"of {len(CONTEXTS)} strings, 1 is not translated and 1 was translated from other words." in gap.message
    assert gap.message.endswith("The places are 2: `item.control`, `item.change`.")


def test_places_are_counted_apart_from_strings() -> None:
    of_one = [context for context in CONTEXTS if context.startswith("item.control.")]
    (gap,) = gaps_with(dict.fromkeys(of_one, Stage.MISSING))
    assert len(of_one) > 1
    assert f"{len(of_one)} are not translated. The place is `item.control`." in gap.message
    made = questionnaire(*(page(choice(name)) for name in "abcdefg"))
    (gap,) = find_translation_gaps(made, {"ur": {}})
    owners = {".".join(unit.context.split(".")[:2]) for unit in translation_units(made)}
    assert f"The places are {len(owners)}: " in gap.message
    assert gap.message.endswith(f" and {len(owners) - 5} more places.")


def test_a_language_that_nobody_has_begun_lacks_everything() -> None:
    (gap,) = find_translation_gaps(MADE, {"ur": {}})
    assert f"{len(CONTEXTS)} are not translated" in gap.message
    assert "other words" not in gap.message


def test_drafts_of_a_machine_are_a_finding_of_their_own() -> None:
    (gap,) = gaps_with({"item.control.text": Stage.MACHINE, "title": Stage.MACHINE})
    assert gap.rule == "translation-draft"
    assert f"2 of {len(CONTEXTS)} strings are drafts of a machine" in gap.message


def test_every_kind_of_gap_was_found_here() -> None:
    stages = {"title": Stage.MACHINE, "purpose": Stage.MISSING}
    found = {gap.rule for gap in (*find_format_gaps(MADE), *gaps_with(stages))}
    assert found == set(GAP_NAMES)
