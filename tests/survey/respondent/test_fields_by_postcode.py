"""An area by postcode: what it leads to is kept, the postcode is nowhere. Postcodes here are made up."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from survey import resources
from survey.questionnaire.answers import Value
from survey.store.postcode_loading import load_postcodes, remove_postcodes
from tests.survey.questionnaire.builders import area, page, questionnaire, short_text, statement
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_journey import the_response

SAMPLE = resources.SHIPPED / "data" / "postcodes" / "sample.csv"
TYPED = "cm1 1aa"
FORMS = ("cm1 1aa", "CM1 1AA", "CM11AA", "cm11aa", "cm1+1aa", "cm1%201aa", "cm1\\u00201aa")
"""How a postcode could turn up."""
FOUND: dict[str, Value] = {"area": "D7T5G", "area__2023": "QH8", "area__fifth": 4}


@pytest.fixture
def site(empty_site: Site) -> Site:
    """A site with postcodes, where the area is asked on a page of its own and on one with another question."""
    load_postcodes(SAMPLE, empty_site.config.data, resources.AREAS, lambda step, done, of: None)
    both = page(area("home"), short_text("words", max_length=5))
    empty_site.open(questionnaire(page(statement("first")), page(area()), both, page(statement("last"))))
    return empty_site


@pytest.fixture
def visitor(site: Site) -> Visitor:
    """Someone at the question about the area."""
    return site.visitor().open("/").press().press().open("/survey/area")


def found_in(folder: Path) -> list[str]:
    """The files that hold the postcode, in whatever form."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "postcodes.parquet"]
    assert files
    return [path.name for path in files for form in FORMS if form.lower().encode() in path.read_bytes().lower()]


def holds_postcode(text: str) -> bool:
    return any(form.lower() in text.lower() for form in FORMS)


def test_a_postcode_becomes_the_area_of_every_list_and_a_fifth(site: Site, visitor: Visitor) -> None:
    visitor.press(area__postcode=TYPED)
    assert visitor.address == "/survey/home"
    assert the_response(site).answers == FOUND
    visitor.open("/survey/area")
    assert visitor.page.form.answers == {"answer-area": ["D7T5G"], "answer-area__stood": ["D7T5G"]}


def test_what_a_postcode_led_to_stays_as_long_as_the_area_does(site: Site, visitor: Visitor) -> None:
    visitor.press(area__postcode=TYPED).open("/survey/area").press()
    assert the_response(site).answers == FOUND
    visitor.open("/survey/area").press(area="QOP")
    assert the_response(site).answers == {"area": "QOP"}


def test_a_postcode_takes_the_place_of_the_area_chosen_before(site: Site, visitor: Visitor) -> None:
    visitor.press(area="QOP").open("/survey/area").press(area__postcode=TYPED)
    assert the_response(site).answers == FOUND


def test_a_postcode_and_another_area_are_asked_about(site: Site, visitor: Visitor) -> None:
    visitor.press(area__postcode=TYPED, area="QOP")
    assert visitor.status == 422
    assert "You typed a postcode and chose another area" in visitor.page.text
    assert visitor.page.form.answers["answer-area"] == ["QOP"]
    visitor.press()
    assert the_response(site).answers == {"area": "QOP"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("CM1", "only the first part of a postcode"),
        ("Chelmsford", "Type a full postcode"),
        ("CM1 1ZZ", "We do not know this postcode"),
        ("CH5 1AA", "This postcode is not in England"),
        ("EH1 1AA", "This postcode is not in England"),
    ],
)
def test_a_postcode_that_leads_nowhere_is_explained_and_not_shown(
    site: Site, visitor: Visitor, typed: str, said: str
) -> None:
    visitor.press(area__postcode=typed)
    assert visitor.status == 422
    assert said in visitor.page.text
    assert "#answer-area__postcode" in visitor.page.links
    assert typed not in visitor.reply.text
    assert visitor.page.form.fields["answer-area__postcode"].values == [""]
    assert the_response(site).answers == {}


def test_an_error_beside_it_leaves_the_area_selected(visitor: Visitor) -> None:
    visitor.open("/survey/home").press(home__postcode=TYPED, words="too long")
    assert visitor.status == 422
    assert visitor.page.form.answers["answer-home"] == ["D7T5G"]
    assert not holds_postcode(visitor.reply.text)


def test_another_language_keeps_the_area(site: Site, visitor: Visitor) -> None:
    visitor.press(("switch", "ur"), area__postcode=TYPED)
    assert visitor.page.lang == "ur"
    assert visitor.page.form.answers["answer-area"] == ["D7T5G"]
    assert the_response(site).answers == FOUND


def test_a_list_counts_as_soon_as_it_is_loaded_and_until_it_is_removed(site: Site, visitor: Visitor) -> None:
    assert "answer-area__postcode" in visitor.page.form.fields
    remove_postcodes(site.config.data)
    visitor.open("/survey/area")
    assert list(visitor.page.form.answers) == []
    assert "answer-area__postcode" not in visitor.page.form.fields
    visitor.press(area="QOP")
    assert the_response(site).answers == {"area": "QOP"}
    load_postcodes(SAMPLE, site.config.data, resources.AREAS, lambda step, done, of: None)
    visitor.open("/survey/area")
    assert "answer-area__postcode" in visitor.page.form.fields


def test_the_postcode_is_in_no_file_log_cookie_or_page(
    site: Site, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    replies = []
    for sent in (
        {"area__postcode": TYPED},
        {"area__postcode": TYPED, "area": "QOP"},
        {"area__postcode": TYPED + " and more"},
    ):
        visitor.open("/survey/area").press(**sent)
        replies.append(visitor.reply)
    visitor.open("/survey/home").press(home__postcode=TYPED, words="too long")
    replies.append(visitor.reply)
    fields = visitor.page.form.sent() | {"answer-home__postcode": [TYPED], "csrf_token": ["stale"]}
    replies.append(visitor.send("/survey/home", fields).reply)
    stranger = site.visitor()
    replies.append(stranger.send("/survey/home", fields).reply)
    assert [reply.status_code for reply in replies] == [200, 422, 422, 422, 400, 403]
    for reply in replies:
        assert not holds_postcode(reply.text)
        assert not holds_postcode(str(reply.headers))
    for browser in (visitor, stranger):
        with browser.client.session_transaction() as session:
            assert not holds_postcode(repr(dict(session)))
    assert not holds_postcode(caplog.text)
    assert not holds_postcode(repr(site.store.rows("select answers from events")))
    assert found_in(site.config.data) == []
