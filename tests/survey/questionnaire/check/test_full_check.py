"""The whole check: everything at once, what is accepted apart, and no more than somebody can read."""

from __future__ import annotations

import json
from typing import Any

from survey import resources
from survey.questionnaire.check.accepted import ACCEPTED_NAMES
from survey.questionnaire.check.full import ALL_RULES, Beside, Checked, check_fully
from survey.questionnaire.check.gaps import GAP_NAMES
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import MAX_PROBLEMS
from survey.questionnaire.schema import fit_to_format
from survey.questionnaire.wording.plain_words import WORDING_NAMES
from survey.words import load_word_lists
from tests.survey.questionnaire.builders import Json, choice, document, option, page

WORDS = load_word_lists(resources.WORDS)
NO_GAPS = [
    {"rule": rule, "reason": "This made-up survey is for one test only."}
    for rule in ("easyread-gap", "audio-gap", "bsl-gap")
]


def checked(*pages: Json, previous: Questionnaire | None = None, media: Any = (), **more: Any) -> Checked:
    accepted = [*NO_GAPS, *more.pop("accepted", [])]
    made = fit_to_format(json.loads(json.dumps(document(*pages, accepted=accepted, **more))))
    return check_fully(made, Beside(WORDS, media, {}, previous))


def test_every_kind_of_finding_comes_at_once_with_its_place_by_path_and_by_ids() -> None:
    broken = page(choice("control", text="Do you utilise <b>it</b>?", sensitive=True))
    broken["items"][0]["options"] = [option("yes"), option("no")]
    found = checked(broken, media=["left.svg"])
    assert {(problem.rule, problem.path, problem.at) for problem in found.problems} == {
        ("text-html", "$.sections[0].pages[0].items[0].text", "item.control.text"),
        ("refused-option", "$.sections[0].pages[0].items[0]", "item.control"),
        ("media-unused", "$", ""),
        ("hard-word", "$.sections[0].pages[0].items[0].text", "item.control.text"),
    }
    assert {problem.rule for problem in found.errors} == {"text-html", "refused-option"}
    assert {problem.rule for problem in found.warnings} == {"media-unused", "hard-word"}


def test_what_is_accepted_is_no_problem_and_keeps_its_reason() -> None:
    found = checked(page(choice("control")))
    assert found.problems == ()
    assert {(each.problem.rule, each.problem.at) for each in found.accepted} == {
        (f"{name}-gap", f"item.control.{name}") for name in ("easyread", "audio", "bsl")
    }
    assert {each.reason for each in found.accepted} == {"This made-up survey is for one test only."}


def test_an_entry_is_unused_only_where_its_rule_was_looked_for() -> None:
    accepted = [{"rule": "id-gone", "reason": "Nobody compares this question any more."}]
    assert checked(page(choice("control")), accepted=accepted).problems == ()
    before = fit_to_format(json.loads(json.dumps(document(page(choice("control")), version="0"))))
    (problem,) = checked(page(choice("control")), accepted=accepted, previous=before).problems
    assert (problem.rule, problem.at) == ("accepted-unused", "accepted.3")


def test_the_version_before_is_compared_with() -> None:
    before = fit_to_format(json.loads(json.dumps(document(page(choice("other")), version="0"))))
    assert [problem.rule for problem in checked(page(choice("control")), previous=before).problems] == ["id-gone"]


def test_a_questionnaire_that_lacks_everything_is_not_unusable_and_not_endless() -> None:
    pages = [page(choice(f"item{number}")) for number in range(MAX_PROBLEMS + 50)]
    made = fit_to_format(json.loads(json.dumps(document(*pages))))
    found = check_fully(made, Beside(WORDS, (), {}))
    assert found.errors == ()
    assert len(found.warnings) == 3 * (MAX_PROBLEMS + 1)
    assert found.warnings[-1].message == "There are 50 more of these."


def test_no_rule_goes_unnamed() -> None:
    assert {*WORDING_NAMES, *GAP_NAMES, *ACCEPTED_NAMES} < ALL_RULES
