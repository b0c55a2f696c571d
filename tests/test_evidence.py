"""The evidence for /accessibility: a representative part of it, and that its rules find what they are meant to find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from survey import resources
from survey.respondent.statement import EVIDENCE, Gap, load_statement
from tests.browser import served
from tests.evidence import figures, snapshots
from tests.evidence.cases import AROUND, ERROR, FORMATS, LOCALES, NORMAL, SOFT, Case, everything, representative
from tests.evidence.circumstances import CIRCUMSTANCES, COMFORT
from tests.evidence.figures import Results, group
from tests.evidence.looking import RULES, Finding, Seen
from tests.evidence.site import Looked, running_site
from tests.evidence.walking import divide, walk
from tests.survey.test_question_types import TYPES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    with running_site(tmp_path_factory.mktemp("evidence"), LOCALES) as looked:
        yield looked


# --- A representative part ------------------------------------------------------------


def test_a_part_of_every_type_state_and_circumstance_has_no_finding_that_is_not_named(
    browser: Browser, site: Looked
) -> None:
    results = Results()
    for work in divide(representative(), []):
        results.add(walk(browser, site, work))
    gaps = load_statement(resources.ACCESSIBILITY).gaps
    assert gaps is not None
    assert [each for each in group(results.seen, gaps) if not each.gap] == []
    assert results.failures == []
    for kind, trees in results.trees.items():
        assert "\n".join(snapshots.differences(kind, trees)) == ""
    assert {one.case.kind for one in results.seen} == {*TYPES, "page"}
    assert {one.circumstance for one in results.seen} == {each.name for each in CIRCUMSTANCES}


def test_one_goes_through_the_core_of_the_annual_survey_by_keyboard_alone(browser: Browser, site: Looked) -> None:
    (work,) = divide([], [("phb-annual", "ur", True)])
    (journey,) = walk(browser, site, work).journeys
    assert journey.pages > 15
    assert set(journey.presses) == {"Tab", "Space", "ArrowDown", "Enter"}


# --- What is looked at ------------------------------------------------------------------


def test_every_type_is_looked_at_in_every_state_it_can_have_and_every_format() -> None:
    cases = everything()
    states = {(case.kind, case.state) for case in cases if case.visit == "gallery" and case.kind != "page"}
    assert states == {(kind, state) for kind in TYPES for state in (NORMAL, ERROR, SOFT) if kind != "statement"} | {
        ("statement", NORMAL)
    }
    asked = {(case.kind, case.state, case.locale, case.scripts) for case in cases if case.format == "standard"}
    assert {(*each, locale, scripts) for each in states for locale in LOCALES for scripts in (True, False)} <= asked
    assert {(case.kind, case.format) for case in cases if case.kind != "page"} >= {
        (kind, format) for kind in TYPES for format in FORMATS
    }
    assert {case.name for case in cases} >= set(AROUND)
    for state in states:
        ways = [case.circumstances for case in cases if (case.kind, case.state) == state and case.format == "standard"]
        assert {CIRCUMSTANCES, COMFORT} <= set(ways)


# --- That the rules find something --------------------------------------------------------

BROKEN = """
<!DOCTYPE html><html lang="ur" dir="rtl"><head><title>سوال</title><meta http-equiv="refresh" content="900"></head>
<body style="margin: 0"><main>
<h1 id="heading">سوال</h1>
<input name="answer-a" id="a" style="outline: none"><p id="a">Words in English that nobody marked as such</p>
<p style="height: 8px; overflow: hidden; margin: 0">ایک لمبا جملہ<br>جو کٹ جاتا ہے</p>
<p style="position: absolute; top: 300px">ایک جملہ</p><p style="position: absolute; top: 300px">دوسرا جملہ</p>
<button style="width: 20px; height: 20px; white-space: nowrap; outline: none">ایک بہت لمبا بٹن</button>
<p style="position: absolute; left: -60px; width: 300px; top: 400px" dir="ltr">English</p>
<button style="position: absolute; top: 500px; width: 90px; height: 50px" name="switch">Polski</button>
<div style="position: absolute; top: 490px; width: 200px; height: 90px; background: white"></div>
<video autoplay></video><p draggable="true">یہ کھینچیں</p>
</main><footer><a href="/privacy">رازداری</a></footer></body></html>
"""


def test_every_rule_finds_what_breaks_it(browser: Browser) -> None:
    def broken(environ: object, start_response: object) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])  # type: ignore[operator]
        return [BROKEN.encode()]

    page = browser.new_page(viewport={"width": 320, "height": 640})
    with served(broken) as url:
        page.goto(url)
        expected = {"isQuestion": True, "isError": True, "isSurvey": True, "error": "غلطی: ", "isLatin": False}
        found = page.evaluate(f"expected => ({RULES})(expected)", {**expected, "language": "ur"})
        page.close()
    assert [rule for rule, elements in found["broken"].items() if not elements] == []
    assert found["targets"] >= found["small"] > 0


# --- Figures and gaps ---------------------------------------------------------------------


def seen(*findings: Finding, kind: str = "choice", circumstance: str = "desktop") -> Seen:
    case = Case(kind, "season", "/survey/season", NORMAL, "gallery", "en", True, "standard", CIRCUMSTANCES)
    return Seen(case, circumstance, checks=50, undecided=1, targets=10, small=2, findings=findings)


SMALL = Finding("targets are large", ("<a>",))
GAP = Gap.model_validate(
    {
        "id": "small-targets",
        "what": "Some links are small.",
        "who": "People whose hands shake.",
        "since": "2026-11-22",
        "instead": "Call us.",
        "rules": ["targets are large"],
        "where": "desktop",
    }
)


def test_a_finding_is_named_where_a_gap_names_every_place_of_it() -> None:
    (named,) = group([seen(SMALL), seen(SMALL, kind="scale")], [GAP])
    assert (named.gap, len(named.where)) == ("small-targets", 2)
    (elsewhere_too,) = group([seen(SMALL), seen(SMALL, circumstance="forced colours")], [GAP])
    assert elsewhere_too.gap == ""
    (other,) = group([seen(Finding("words are cut off", ("<p>",)))], [GAP])
    assert other.gap == ""


def test_the_figures_are_counted_by_type_state_and_circumstance_and_can_be_read_by_the_page(tmp_path: Path) -> None:
    results = Results(seen=[seen(SMALL), seen(), seen(kind="scale", circumstance="forced colours")])
    evidence = figures.summarise(results, group(results.seen, [GAP]), {"axe": "4"}, date(2026, 11, 21))
    assert evidence["totals"] == {
        "looks": 3,
        "checks": 150,
        "findings": 1,
        "left_out": 0,
        "undecided": 3,
        "targets": 30,
        "targets_under_44_pixels": 6,
    }
    assert evidence["figures"] == [
        {"type": "choice", "state": NORMAL, "circumstance": "desktop", "looks": 2, "checks": 100, "findings": 1},
        {"type": "scale", "state": NORMAL, "circumstance": "forced colours", "looks": 1, "checks": 50, "findings": 0},
    ]
    assert [each["gap"] for each in evidence["findings"]] == ["small-targets"]
    figures.write(evidence, tmp_path / EVIDENCE)
    assert json.loads((tmp_path / EVIDENCE).read_text(encoding="utf-8")) == evidence
    read = load_statement(tmp_path).evidence
    assert read is not None
    assert (read.day, read.totals.looks, [each.name for each in read.circumstances]) == (
        date(2026, 11, 21),
        3,
        ["desktop", "forced colours"],
    )


def test_what_ships_names_no_finding_that_no_gap_explains_and_counts_right() -> None:
    evidence = json.loads((resources.ACCESSIBILITY / EVIDENCE).read_text(encoding="utf-8"))
    gaps = load_statement(resources.ACCESSIBILITY).gaps
    assert gaps is not None
    explained = {gap.id: gap for gap in gaps}
    for finding in evidence["findings"]:
        assert all(explained[finding["gap"]].names(finding["rule"], where) for where in finding["where"])
    totals = evidence["totals"]
    assert totals["findings"] == sum(len(finding["where"]) for finding in evidence["findings"])
    for way in ("circumstances", "javascript", "languages", "formats", "figures"):
        for counted in ("looks", "checks", "findings"):
            assert sum(each[counted] for each in evidence[way]) == totals[counted]
    assert {each["type"] for each in evidence["figures"]} == {*TYPES, "page"}
    assert {each["name"] for each in evidence["circumstances"]} == {each.name for each in (*CIRCUMSTANCES, *COMFORT)}
    share = 100 * totals["targets_under_44_pixels"] / totals["targets"]
    assert f"{share:.0f} in 100 " in explained["under-forty-four-pixels"].what
    assert ("looked-at-in-part" in explained) == (totals["left_out"] > 0)
    if totals["left_out"]:
        part = 100 * totals["looks"] / (totals["looks"] + totals["left_out"])
        assert f"{part:.0f} in 100 " in explained["looked-at-in-part"].what


def test_a_tree_that_differs_from_the_one_that_is_kept_is_shown_as_a_difference() -> None:
    (heading, kept), *_ = snapshots.read("choice").items()
    assert snapshots.differences("choice", {heading: kept}) == []
    (difference,) = snapshots.differences("choice", {heading: kept + "\n- button"})
    assert difference.endswith("+- button")
    assert snapshots.differences("choice", {"nothing of the kind": kept}) != []


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_has_its_trees(kind: str) -> None:
    assert any(heading.endswith(NORMAL) for heading in snapshots.read(kind))
