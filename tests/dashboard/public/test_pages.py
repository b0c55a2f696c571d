"""The public pages: what they say, in which language, and that nothing comes out that is not public."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from werkzeug.test import Client

from dashboard.public.speech import Tongue
from tests.dashboard.public.conftest import PLANTED, client_of

LIKE_OTHERS = re.compile(r"/(?:pl|2025)/.|/(?:ur|en-GB-x-easyread)/2026/places/|/places/Q[^Y]")
"""Addresses of pages that are drawn like others: every place in every language would take long."""
EASY = "/results/en-GB-x-easyread/2026/"


def words_of(client: Client, address: str) -> str:
    """The words of a page that is there, without its marks."""
    reply = client.get(address)
    assert reply.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", reply.text))


def links_of(html: str) -> set[str]:
    return {address.partition("#")[0] for address in re.findall(r'href="(/results/[^"]*)"', html)}


# --- What is public ---------------------------------------------------------------


def test_every_page_that_links_lead_to_is_there_small_and_without_what_is_not_public(client: Client) -> None:
    seen: set[str] = set()
    waiting = {"/results/"}
    while waiting:
        address = waiting.pop()
        seen.add(address)
        reply = client.get(address, headers={"Accept-Encoding": "gzip"})
        page = client.get(address).text
        assert reply.status_code == 200, address
        assert len(reply.data) <= 40_000
        assert [planted for planted in PLANTED if planted in page] == []
        assert not re.search(r"<script|\sstyle=|\son\w+=|javascript:|https?://(?!www\.w3\.org)", page)
        waiting |= {link for link in links_of(page) if not LIKE_OTHERS.search(link)} - seen
    assert {"/results/en/2026/places/QYG", "/results/ur/2026/talk_matters", f"{EASY}missing_help"} <= seen


@pytest.mark.parametrize("wave", ["2027", "trial"])
@pytest.mark.parametrize("rest", ["", "talk_matters", "places/london"])
def test_a_wave_that_is_not_public_is_as_if_it_were_not_there(client: Client, wave: str, rest: str) -> None:
    reply = client.get(f"/results/en/{wave}/{rest}")
    assert reply.status_code == 404
    assert reply.text == client.get(f"/results/en/2031/{rest}").text


def test_a_release_becomes_public_on_its_day(folder: Path, speech: Sequence[Tongue]) -> None:
    assert "About 87,650 people answered" in words_of(client_of(folder, speech, date(2027, 1, 21)), "/results/en/")


def test_before_anything_is_public_there_is_a_calm_page(folder: Path, tmp_path: Path, speech: Sequence[Tongue]) -> None:
    for client in (client_of(folder, speech, date(2025, 11, 30)), client_of(tmp_path / "nowhere", speech)):
        assert "There are no results yet" in words_of(client, "/results/")
        assert "ابھی کوئی نتائج نہیں ہیں" in words_of(client, "/results/ur/")
        assert client.get("/results/en/2026/").status_code == 404


def test_a_release_that_vanishes_or_breaks_while_someone_looks_leaves_a_clear_page(
    folder: Path, tmp_path: Path, speech: Sequence[Tongue]
) -> None:
    shutil.copytree(folder, tmp_path / "releases")
    client = client_of(tmp_path / "releases", speech)
    assert client.get("/results/en/2025/").status_code == 200
    (tmp_path / "releases" / "2025" / "0001" / "estimates.parquet").unlink()
    broken = client.get("/results/en/2025/missing_help")
    assert broken.status_code == 503
    assert "These results cannot be read just now" in broken.text
    shutil.rmtree(tmp_path / "releases" / "2025")
    assert client.get("/results/en/2025/").status_code == 404
    (tmp_path / "releases" / "2026" / "0001" / "release.json").write_text("{")
    assert "There are no results yet" in words_of(client, "/results/en/")


# --- The first page of a wave -------------------------------------------------------


def test_a_wave_begins_with_how_many_what_most_said_and_who_is_missing(client: Client) -> None:
    words = words_of(client, "/results/en/2026/")
    assert "What people said in 2026 About 420 people answered the survey." in words
    assert (
        "We have not heard enough from people who gave these answers: “Polish” (What is your main language?)" in words
    )
    assert "About 6 in 10 people answered: “Yes, enough time”." in words
    assert "Made-up data" in words
    assert "Ada Analyst checked and signed these results on 14 November 2026. Read &lt;i&gt;this&lt;/i&gt;." in words


def test_areas_that_cannot_be_shown_are_named_with_their_region(client: Client) -> None:
    page = client.get("/results/en/2026/").text
    assert 'href="/results/en/2026/places/london"' in page
    hidden = re.search(r"Please look at the whole region\.\s*<span[^>]*>([^<]+)</span>", page)
    assert hidden is not None
    name = hidden[1].partition(";")[0].strip().rstrip(".")
    assert f">{name}</a>" not in page


def test_promises_are_shown_late_ones_as_late_and_what_is_not_public_is_not(client: Client) -> None:
    words = words_of(client, "/results/en/2026/")
    assert "Planning was &lt;b&gt;rushed&lt;/b&gt;." in words
    assert "By when 10 January 2027 How far it is Late: this is not done yet." in words
    assert "Done. What came of it A new number." in words
    assert "Late: this is not done yet." in words_of(client, "/results/en/2026/talk_matters")
    assert "Nobody answered the phone." in words_of(client, "/results/en/2026/places/QYG")
    assert "Nobody answered the phone." not in words_of(client, "/results/en/2026/places/london")
    assert "Nothing has been promised yet." in words_of(client, "/results/en/2025/")


# --- One question, one place --------------------------------------------------------


def test_a_question_has_its_sentence_chart_and_table_and_the_regions(client: Client) -> None:
    page = client.get("/results/en/2026/missing_help").text
    assert (
        '<p class="nhsuk-body-l" id="sentence">About 6 in 10 people answered: “Someone who already has a budget”.</p>'
        in page
    )
    assert '<div class="app-chart" role="img" aria-labelledby="sentence">' in page
    assert page.count("<caption") == 2
    words = words_of(client, "/results/en/2026/missing_help")
    assert (
        "About 420 people in England answered this question in 2026. They could choose more than one answer." in words
    )
    assert "North West" in words
    assert "East of England 65% 50% to 85%" in words


def test_a_place_says_how_many_answered_and_what_they_said(client: Client) -> None:
    words = words_of(client, "/results/en/2026/places/north-west")
    assert "These are the answers of 2026." in words
    assert "people answered: “Yes, enough time”." in words


def test_a_place_with_too_few_leads_to_its_region(client: Client) -> None:
    addresses = links_of(client.get("/results/en/2026/").text)
    shown = {address.rpartition("/")[2] for address in addresses if "/places/" in address}
    assert "QYG" in shown
    words = words_of(client, "/results/en/2026/places/QYG")
    assert "These are the answers of 2025 to 2026 together." in words
    assert "QKK" not in shown
    page = client.get("/results/en/2026/places/QKK").text
    assert "Too few people answered here. If we showed what they said, someone could be known." in page
    assert 'href="/results/en/2026/places/london"' in page
    assert "%" not in re.sub(r"<[^>]+>", "", page)


# --- Languages ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("ur-PK,en;q=0.5", "ur"),
        ("xx, pl;q=0.8, en;q=0.1", "pl"),
        ("en-GB", "en"),
        ("en-GB-x-easyread", "en"),
        ("", "en"),
        ("q=;;,,*", "en"),
        ("xx-" + "a" * 10_000, "en"),
        (",".join(["aa;q=0.1"] * 1300), "en"),
    ],
)
def test_the_first_page_speaks_the_language_of_the_browser(client: Client, accepted: str, tag: str) -> None:
    reply = client.get("/results/", headers={"Accept-Language": accepted})
    assert reply.status_code == 200
    assert f'<html lang="{tag}"' in reply.text
    assert "Accept-Language" in reply.headers["Vary"]


def test_links_to_other_languages_keep_wave_and_page_easy_read_first(client: Client) -> None:
    page = client.get("/results/en/2025/places/london").text
    links = re.findall(r'<a href="([^"]+)" lang="([^"]+)" hreflang="[^"]+" dir="(\w+)">', page)
    assert links[0] == ("/results/en-GB-x-easyread/2025/places/london", "en-GB-x-easyread", "ltr")
    assert links[1:] == sorted(links[1:])
    assert {
        ("/results/pl/2025/places/london", "pl", "ltr"),
        ("/results/ur/2025/places/london", "ur", "rtl"),
        ("/results/zh-Hans/2025/places/london", "zh-Hans", "ltr"),
    } <= set(links)
    assert '<strong aria-current="true">English</strong>' in page


def test_what_is_not_in_the_language_of_the_page_says_that_it_is_english(client: Client) -> None:
    page = client.get("/results/ur/2026/talk_matters").text
    assert '<html lang="ur" dir="rtl">' in page
    assert "app-rtl.css" in page
    assert "کیا کسی نے وقت نکالا؟" in page
    assert "کمپیوٹر کا ترجمہ" in page
    assert '<span lang="en" dir="ltr">A little</span>' in page
    assert '<span lang="en" dir="ltr">North West</span>' in page
    assert '<span lang="en" dir="ltr">Planning was &lt;b&gt;rushed&lt;/b&gt;.</span>' in page
    assert '<rect class="app-chart__share" x="36%" y="1" width="64%"' in page
    english = client.get("/results/en/2026/talk_matters").text
    assert 'lang="en" dir="ltr">A' not in english
    assert "Computer translation" not in english


def test_easy_read_has_dots_for_people_and_no_ranges(client: Client) -> None:
    page = client.get(f"{EASY}talk_matters").text
    assert 'class="app-results app-format-easyread"' in page
    assert "Did someone ask what you want?" in page
    assert "This Easy Read is not finished" in page
    assert "Likely range" not in page
    assert "app-chart__range" not in page
    first = page.split('<svg class="app-chart__ten"')[1].partition("</svg>")[0]
    assert first.count("app-chart__one--filled") == 6
    assert '<span lang="en"' not in page


# --- Bad input ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/results/xx/",
        "/results/EN/",
        "/results/xx/2026/",
        "/results/en/2031/",
        "/results/en/2026/never_asked",
        "/results/en/2026/places/nowhere",
        "/results/en/2026/places/england",
        "/results/en/2026/places/QYG/more",
        "/results/en/2026/..%2f..%2fetc",
        "/results/en/%00/",
        "/results/en/" + "9" * 5000 + "/",
        "/results/en/2026/<script>alert(1)</script>",
    ],
)
def test_what_is_not_there_has_a_page_that_leads_on(client: Client, address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 404
    assert "This page is not there" in reply.text
    assert 'href="/results/en/"' in reply.text
    assert "<script" not in reply.text
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_page_that_is_not_there_is_said_in_the_language_of_its_address(client: Client) -> None:
    assert "یہ صفحہ موجود نہیں ہے" in client.get("/results/ur/2031/").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_to_be_read(client: Client, method: str) -> None:
    reply = client.open("/results/en/2026/", method=method, data=b"x" * 100_000)
    assert reply.status_code == 405
    assert "GET" in reply.headers["Allow"]
    assert "We did not understand that" in reply.text


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client: Client) -> None:
    assert client.get("/results").headers["Location"].endswith("/results/")
    assert client.get("/results/en").headers["Location"].endswith("/results/en/")


# --- Headers ------------------------------------------------------------------------


def test_a_page_may_be_kept_a_short_while_and_is_not_sent_again_unchanged(client: Client) -> None:
    first = client.get("/results/en/2026/")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Vary"] == "Accept-Encoding, Cookie"
    again = client.get("/results/en/2026/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    packed = client.get("/results/en/2026/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != first.headers["ETag"]
    head = client.head("/results/en/2026/")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]


def test_every_answer_lets_no_script_run_and_nothing_load_from_elsewhere(client: Client) -> None:
    for address in ("/results/", "/results/en/2031/"):
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Set-Cookie" not in headers


def test_years_are_put_together_only_where_the_results_of_each_are_public(
    folder: Path, speech: Sequence[Tongue], tmp_path: Path
) -> None:
    together = "These are the answers of 2025 to 2026 together."
    alone = tmp_path / "2026" / "0001"
    shutil.copytree(folder / "2026" / "0001", alone)
    for root, is_there in ((folder, True), (tmp_path, False)):
        text = client_of(root, speech).get("/results/en/2026/places/QYG").text
        assert (together in text) is is_there
