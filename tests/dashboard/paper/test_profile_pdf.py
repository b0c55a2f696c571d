"""The PDF of a profile: one tagged sheet, whatever stands on it, and never more than its reader may see."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import flask
import pytest
from pypdf import PdfReader
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from dashboard.access import EVERY_STAGE, FOR_EVERYONE, Stages
from dashboard.address import Address, Page
from dashboard.app import create_dashboard
from dashboard.data import Releases
from dashboard.paper.profile import LONGEST, describe_profile, shorten, write_profile_pdf
from dashboard.release import Level, Step
from dashboard.views.highlights import Change, Changes, Said
from dashboard.views.next_steps import NextStep, Rule
from dashboard.views.profile import Profile, show_profile
from tests.dashboard.profiles import group, item, measure, promise, trend
from tests.dashboard.releases import write_release

LONG = "Something long that a person wrote down without any thought of how small a sheet of paper is. " * 8


@pytest.fixture(scope="module")
def view(releases: Releases) -> Profile:
    view = show_profile(releases, Address(Page.PROFILE, place="QYG", wave="2026"))
    assert isinstance(view, Profile)
    return view


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def tags_of(pdf: bytes) -> list[str]:
    """The names of the tags, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]).removeprefix("/"))
            walk(node.get("/K"))

    walk(read(pdf).root_object["/StructTreeRoot"]["/K"])
    return found


def fullest(view: Profile) -> Profile:
    """As much as a sheet may have to hold, all of it too long."""
    question = item("long", text=LONG, measure=LONG)
    said = Said(question, measure("long", "QYG"), None, measure("long", "england"))
    change = Change(question, trend("long", "2026", difference=20, changed=True), trend("long", "2025"))
    promises = tuple(promise(number=number, area="QYG", promise=LONG, owner=LONG, is_late=True) for number in range(9))
    breaks = {(level, kind): 27 for level in (Level.ENGLAND, Level.REGION) for kind in ("boundaries", "wording", "w")}
    assert view.coverage is not None
    return replace(
        view,
        coverage=replace(view.coverage, invited=200, response_rate=8, reason=LONG[:240]),
        said=(said,) * 5,
        missing=(group("A group of people with a long name of its own"),) * 3,
        changes=Changes("2025", (change,) * 3, {}, breaks),
        promises=promises,
        steps=(
            NextStep(Rule.LATE, promise=promises[0]),
            NextStep(Rule.BEGIN, said=said),
            NextStep(Rule.INVITE_MORE),
            NextStep(Rule.REACH, group=group("A group of people with a long name of its own")),
        ),
    )


def emptiest(view: Profile) -> Profile:
    """As little as a sheet may have to hold."""
    return replace(
        view,
        coverage=None,
        region_coverage=None,
        said=(),
        missing=(),
        changes=Changes(None, (), {}, {}),
        promises=(),
        steps=(NextStep(Rule.DECIDE),),
        questions_shown=0,
    )


def test_the_sheet_says_what_to_do_next(view: Profile) -> None:
    name, pdf = write_profile_pdf(view)
    assert name == "phb-profile-QYG-2026-release-2.pdf"
    words = words_of(pdf)
    for expected in (
        "Integrated care system (ICS) profile, personal health budget survey of 2026",
        "About 15 people from Cheshire and Merseyside answered in 2026.",
        "Main language: Polish (about 15 people missing).",
        "What changed since 2025",
        "What we will do",
        "What to do next",
        "Invite more people in Cheshire and Merseyside next time.",
        "Reach people whose main language is Polish.",
        "Decide who acts on these results, on what, and by which day.",
    ):
        assert expected in words


def test_the_pdf_is_tagged_titled_and_in_english(view: Profile) -> None:
    _name, pdf = write_profile_pdf(view)
    root = read(pdf).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = read(pdf).metadata
    assert metadata is not None
    assert metadata.title == "ICS profile: Cheshire and Merseyside, survey of 2026"
    assert b"pdfuaid" in pdf or "pdfuaid" in str(root["/Metadata"].get_data())
    tags = tags_of(pdf)
    assert tags.count("H1") == 1
    assert tags.count("H2") == 6
    assert (tags.count("Table"), tags.count("THead"), tags.count("TH")) == (2, 2, 3 + 5)
    assert tags.index("H1") < tags.index("H2") < tags.index("Table")
    assert {"L", "LI", "P", "Strong"} <= set(tags)


@pytest.mark.parametrize("fill", [fullest, emptiest, lambda view: view], ids=["fullest", "emptiest", "usual"])
def test_whatever_it_holds_it_is_one_sheet_of_a4(view: Profile, fill: Any) -> None:
    (page,) = read(write_profile_pdf(fill(view))[1]).pages
    assert [round(float(edge)) for edge in page.mediabox[2:]] == [595, 842]


def test_what_is_too_long_ends_between_words_and_says_so(view: Profile) -> None:
    assert shorten("Short enough") == "Short enough"
    assert shorten("a word, and another one", 12) == "a word, and…"
    assert shorten("one word, and another one", 11) == "one word…"
    assert shorten("unbroken" * 3, 9) == "unbroken…"
    sheet = describe_profile(fullest(view))
    assert all(len(text) <= LONGEST for row in sheet["said"]["rows"] for text in row)
    assert "And 5 more." in sheet["promises"]["lines"]


def test_made_up_and_provisional_stand_on_the_sheet_until_they_are_not_so(view: Profile) -> None:
    assert "Made-up data. Nobody gave these answers." in words_of(write_profile_pdf(view)[1])
    assert "Provisional. Not yet signed by an analyst." in words_of(write_profile_pdf(view)[1])
    release = view.setting.release
    facts = replace(release.facts, made_up=False, step=Step.SIGNED, signed_by="A. Analyst")
    signed = replace(view, setting=replace(view.setting, release=replace(release, facts=facts)))
    words = words_of(write_profile_pdf(signed)[1])
    assert "Made-up" not in words
    assert "Provisional" not in words
    assert "signed by A. Analyst" in words


def test_what_people_type_is_never_markup_and_what_cannot_be_drawn_is_a_box(view: Profile) -> None:
    typed = {
        "#panic() *not bold* $x$ @ref <b> \\ ```": "#panic() *not bold* $x$ @ref <b> \\ ```",
        "Łódź – “quoted” £5 €3": "Łódź – “quoted” £5 €3",
        "two\nlines\tand a tab": "two lines and a tab",
        "a smile 😀 and \x00 \u202e ਪ": "a smile □ and □ □ □",
    }
    promises = tuple(promise(area="QYG", promise=written) for written in typed)
    words = words_of(write_profile_pdf(replace(view, promises=promises))[1])
    for printed in typed.values():
        assert printed in words


def test_the_same_sheet_is_typeset_once(view: Profile) -> None:
    assert write_profile_pdf(view)[1] is write_profile_pdf(view)[1]


def mount(folder: Path, stages: Stages | None) -> Client:
    dashboard = create_dashboard(folder, sees=lambda request: stages)
    return Client(DispatcherMiddleware(flask.Flask("root"), {"/dashboard": dashboard}))


@pytest.fixture(scope="module")
def staff(releases_folder: Path) -> Client:
    return mount(releases_folder, EVERY_STAGE)


def test_the_route_sends_a_file(staff: Client) -> None:
    answer = staff.get("/dashboard/profile.pdf?place=QYG")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="phb-profile-QYG-2026-release-2.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "The part “place” of the address cannot be read."),
        ("?place=%00", 400, "The part “place” of the address cannot be read."),
        ("?place=QYG&place=QE1", 400, "The part “place” of the address cannot be read."),
        ("?place=QYG&release=x", 400, "The part “release” of the address cannot be read."),
        ("?place=nowhere", 404, "has no such region or area"),
        ("?place=england", 404, "A profile is of one integrated care system"),
        ("?place=north-west", 404, "A profile is of one integrated care system"),
        ("?place=QHG", 404, "but it is on another one"),
        ("?place=QYG&areas=1999", 404, "no list of areas of that year"),
        ("?place=QYG&wave=1066", 404, "No results of that survey have been published."),
    ],
)
def test_a_pdf_that_cannot_be_had_is_refused_in_a_sentence(staff: Client, query: str, status: int, words: str) -> None:
    answer = staff.get(f"/dashboard/profile.pdf{query}")
    assert (answer.status_code, answer.mimetype) == (status, "text/plain")
    assert words in answer.text
    assert not re.search(r"Traceback|\.py", answer.text)


def test_the_same_guard_stands_before_it(releases_folder: Path) -> None:
    path = "/dashboard/profile.pdf?place=QYG&wave=2026"
    assert mount(releases_folder, None).get(path).status_code == 403
    assert mount(releases_folder, FOR_EVERYONE).get(path).status_code == 404


def test_an_open_wave_has_none_and_a_broken_release_may_be_tried_again(tmp_path: Path) -> None:
    write_release(tmp_path, wave="2026", has_estimates=False)
    assert mount(tmp_path, EVERY_STAGE).get("/dashboard/profile.pdf?place=QYG&wave=2026").status_code == 404
    (tmp_path / "2026" / "0001" / "release.json").write_text("{}")
    assert mount(tmp_path, EVERY_STAGE).get("/dashboard/profile.pdf?place=QYG&wave=2026").status_code == 503
