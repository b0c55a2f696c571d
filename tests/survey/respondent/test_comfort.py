"""Comfort settings: kept in their own cookie, on every page, without losing what was typed; nonsense harms nobody."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from survey.looks import COOKIE
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.forms import PageReader

CHOICE = {"looks-text": "text-150", "looks-theme": "theme-dark", "looks-sound": "sound-aloud"}


def root_classes(html: str) -> str:
    """The classes of the page's root element."""
    found = re.search(r"<html[^>]*? class=\"([^\"]*)\"", html)
    return found[1] if found else ""


def cookie_of(client: FlaskClient) -> str | None:
    """What the browser keeps of the settings."""
    kept = client.get_cookie(COOKIE)
    return kept.value if kept else None


def settings(visitor: Visitor, **fields: str) -> dict[str, str]:
    """What the settings page sends with these choices."""
    sent = {name: values[-1] for name, values in visitor.page.form.sent().items()}
    return {**sent, **CHOICE, **fields}


def test_what_is_chosen_is_kept_and_every_page_shows_it(site: Site) -> None:
    visitor = site.visitor().start()
    visitor.open("/comfort?to=/survey/ethnicity")
    reply = visitor.client.post("/comfort", data=settings(visitor))
    assert (reply.status_code, reply.headers["Location"]) == (303, "/survey/ethnicity")
    assert "Max-Age=31536000" in next(each for each in reply.headers.getlist("Set-Cookie") if COOKIE in each)
    for address in ("/", "/survey/ethnicity", "/survey/check", "/help", "/no-such-page", "/staff/sign-in", "/comfort"):
        html = visitor.client.get(address).text
        assert root_classes(html) == "app-text-150 app-theme-dark app-sound-aloud", address
        assert html.count('media="screen" data-app-theme') == 1
        assert 'data-app-listen="page"' in html


def test_a_page_drawn_once_for_everybody_looks_to_each_as_they_chose(site: Site) -> None:
    dark, light = site.visitor().start(), site.visitor().start()
    dark.client.set_cookie(COOKIE, "theme-dark")
    assert root_classes(dark.open("/survey/ethnicity").reply.text) == "app-theme-dark"
    plain = light.open("/survey/ethnicity").reply.text
    assert root_classes(plain) == ""
    assert "dark.css" not in plain
    assert "data-app-listen" not in plain


def test_right_to_left_pages_get_the_themes_other_sheet(site: Site) -> None:
    client = site.app.test_client()
    client.set_cookie(COOKIE, "theme-contrast")
    html = client.get("/", headers={"Accept-Language": "ur"}).text
    assert "/static/contrast-rtl.css" in html


@pytest.mark.parametrize(
    "cookie", ["x" * 10_000, 'theme-dark"><script>alert(1)</script>', "text-999.theme-pink", "\x7f%00", "..."]
)
def test_a_cookie_of_nonsense_is_as_none(site: Site, cookie: str) -> None:
    visitor = site.visitor().start()
    plain = visitor.open("/survey/ethnicity").reply.text
    reply = visitor.client.get("/survey/ethnicity", headers={"Cookie": f"{COOKIE}={cookie}; {session_of(visitor)}"})
    assert reply.status_code == 200
    assert reply.text == plain


def session_of(visitor: Visitor) -> str:
    """The cookie of the visit, as a header."""
    kept = visitor.client.get_cookie("phb")
    assert kept is not None
    return f"phb={kept.value}"


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "", "/a\r\nSet-Cookie: x"],
)
def test_nobody_is_led_elsewhere_by_a_forged_address(site: Site, address: str) -> None:
    client = site.app.test_client()
    assert PageReader(client.get("/comfort", query_string={"to": address}).text).form.sent()["to"] == ["/"]
    assert client.post("/comfort", data={**CHOICE, "to": address}).headers["Location"] == "/"
    carried = client.post("/comfort", data={**CHOICE, "to": address, "answer-x": "1"})
    assert (carried.status_code, carried.headers["Location"]) == (307, "/")


def test_one_button_takes_the_cookie_away(site: Site) -> None:
    visitor = site.visitor().open("/comfort?to=/help")
    visitor.client.post("/comfort", data=settings(visitor))
    assert cookie_of(visitor.client) == "text-150.theme-dark.sound-aloud"
    visitor.open("/comfort?to=/help").press(("comfort", "reset"))
    assert cookie_of(visitor.client) is None
    assert visitor.address == "/help"


def test_who_chooses_what_everyone_has_keeps_no_cookie(site: Site) -> None:
    visitor = site.visitor().open("/comfort").press()
    assert cookie_of(visitor.client) is None


def test_words_that_are_no_setting_are_left_out(site: Site) -> None:
    client = site.app.test_client()
    client.post("/comfort", data={"looks-text": "text-9", "looks-theme": "<b>", "looks-new": "theme-dark"})
    assert cookie_of(client) == "theme-dark"
    client.post("/comfort", data={"looks-text": "x" * 100_000})
    assert cookie_of(client) is None


def test_what_was_typed_comes_back_even_where_it_cannot_be_saved(site: Site) -> None:
    visitor = site.visitor().start().open("/survey/anything")
    too_long = "<b>سب & 'x'\n" + "x" * 5000
    form = visitor.page.form
    sent = {name: values[0] for name, values in form.sent().items() if values}
    sent |= {"answer-anything": too_long, "comfort": "open"}
    opened = visitor.client.post("/comfort?to=/survey/anything", data=sent)
    assert opened.status_code == 200
    carried = {name: values[-1] for name, values in PageReader(opened.text).form.sent().items()}
    saved = visitor.client.post("/comfort", data={**carried, **CHOICE})
    assert (saved.status_code, saved.headers["Location"]) == (307, "/survey/anything")
    back = visitor.client.post("/survey/anything", data={**carried, **CHOICE})
    assert back.status_code == 200
    assert PageReader(back.text).form.sent()["answer-anything"] == [too_long]
    assert root_classes(back.text).startswith("app-text-150")


def test_what_can_be_saved_is_saved_on_the_way_back(site: Site) -> None:
    visitor = site.visitor().start().open("/survey/anything")
    sent = {name: values[0] for name, values in visitor.page.form.sent().items() if values}
    sent |= {"answer-anything": "It works", "comfort": "back", **CHOICE}
    back = visitor.client.post("/survey/anything", data=sent)
    assert (back.status_code, back.headers["Location"]) == (303, "/survey/anything")
    assert "It works" in visitor.client.get("/survey/anything").text


def test_the_language_can_be_changed_on_the_settings_page_and_what_is_chosen_and_typed_stays(site: Site) -> None:
    visitor = site.visitor()
    reply = visitor.client.post(
        "/comfort", data={**CHOICE, "to": "/return", "code": "AB", "comfort": "back", "switch": "ur"}
    )
    assert reply.status_code == 200
    assert '<html lang="ur"' in reply.text
    sent = PageReader(reply.text).form.sent()
    assert (sent["code"], sent["to"], sent["looks-text"]) == (["AB"], ["/return"], ["text-150"])


def test_every_page_leads_to_the_settings_and_back(site: Site) -> None:
    visitor = site.visitor().start()
    for address in ("/survey/ethnicity", "/survey/check", "/survey/leave", "/return"):
        html = visitor.open(address).reply.text
        assert f'formaction="/comfort?to={address}"' in html, address
    for address in ("/help", "/privacy", "/help/support"):
        assert f'href="/comfort?to={address}"' in visitor.open(address).reply.text, address
