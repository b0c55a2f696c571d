"""Against the version before: each change that would pass off one answer as another is said, and no harmless one."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.check.places import placed
from survey.questionnaire.check.versions import VERSION_NAMES, check_against
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Severity
from survey.questionnaire.schema import fit_to_format
from tests.survey.questionnaire.builders import Json, choice, document, option, page, scale
from tests.survey.questionnaire.defects import grid
from tests.survey.questionnaire.generated import make_document

BEFORE = document(
    page(choice("keep", "yes", "no")), page(scale("say")), page(choice("age", "young", "old")), page(grid("got"))
)
SAME = [{"version": "1", "reason": "The group tried both wordings and people read them alike."}]


def item(written: Json, number: int) -> Json:
    found: Json = written["sections"][0]["pages"][number]["items"][0]
    return found


def put(number: int, new: Json) -> Callable[[Json], object]:
    return lambda written: written["sections"][0]["pages"][number].update(items=[new])


CHANGES: list[tuple[str, str, Callable[[Json], object], Severity]] = [
    ("version-same", "version", lambda w: w.update(version="1", title="Another"), Severity.ERROR),
    ("id-changed-type", "item.say.type", put(1, choice("say")), Severity.ERROR),
    ("id-gone", "", lambda w: w["sections"][0]["pages"].pop(0), Severity.WARNING),
    ("id-reworded", "item.keep.text", lambda w: item(w, 0).update(text="Other words?"), Severity.WARNING),
    ("range-changed", "item.say", lambda w: item(w, 1).update(max=5), Severity.WARNING),
    (
        "code-changed",
        "item.keep.option.no",
        lambda w: item(w, 0)["options"][1].update(missing="refused"),
        Severity.ERROR,
    ),
    ("code-gone", "item.age.options", lambda w: item(w, 2)["options"].pop(0), Severity.WARNING),
    ("code-gone", "item.got.rows", lambda w: item(w, 3)["rows"].pop(0), Severity.WARNING),
    (
        "code-reworded",
        "item.age.option.old.text",
        lambda w: item(w, 2)["options"][1].update(text="X"),
        Severity.WARNING,
    ),
    ("code-reworded", "item.got.row.home.text", lambda w: item(w, 3)["rows"][1].update(text="X"), Severity.WARNING),
    (
        "equivalent-unknown",
        "item.new.equivalent",
        lambda w: w["sections"][0]["pages"].append(page(choice("new", equivalent=SAME))),
        Severity.ERROR,
    ),
]


def read(written: Json) -> Questionnaire:
    return fit_to_format(json.loads(json.dumps(written)))


def changed(change: Callable[[Json], object]) -> Questionnaire:
    written = json.loads(json.dumps({**BEFORE, "version": "2"}))
    change(written)
    return read(written)


@pytest.mark.parametrize(
    ("rule", "at", "change", "severity"), CHANGES, ids=[f"{rule} {at}" for rule, at, *_ in CHANGES]
)
def test_a_change_is_said_at_its_place_by_the_rule_meant_for_it(
    rule: str, at: str, change: Callable[[Json], object], severity: Severity
) -> None:
    now = changed(change)
    (finding,) = placed(check_against(now, read(BEFORE)), now)
    assert (finding.rule, finding.at, finding.severity) == (rule, at, severity)


def test_every_rule_about_versions_has_a_change_that_is_meant_for_it() -> None:
    assert {rule for rule, *_ in CHANGES} == set(VERSION_NAMES)


def test_new_words_that_are_said_to_mean_the_same_are_left_alone() -> None:
    def reword(written: Json) -> None:
        item(written, 2).update(text="Other words?", equivalent=SAME)
        item(written, 2)["options"][1].update(text="Other words")

    assert list(check_against(changed(reword), read(BEFORE))) == []


def test_what_is_new_is_left_alone() -> None:
    def add(written: Json) -> None:
        item(written, 0)["options"].insert(0, option("perhaps"))
        written["sections"][0]["pages"].append(page(choice("new")))

    assert list(check_against(changed(add), read(BEFORE))) == []


@given(seed=st.integers(0, 2**16))
def test_a_new_version_of_the_same_content_is_left_alone(seed: int) -> None:
    written = make_document(Random(seed))
    assert list(check_against(read({**written, "version": "2"}), read(written))) == []
    assert list(check_against(read(written), read(written))) == []


def test_a_version_is_the_same_once_it_is_agreed() -> None:
    draft = read({**BEFORE, "status": "draft"})
    assert list(check_against(read({**BEFORE, "status": "agreed"}), draft)) == []
