"""Leaving at once and finishing on a device: both cookies go, what was saved stays, and nobody is led astray."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from survey import resources
from survey.config import ConfigError, load_config
from survey.looks import COOKIE
from survey.questionnaire.model import Questionnaire
from tests.survey.respondent.conftest import Site, Visitor

WEATHER = "https://www.bbc.co.uk/weather"


def cookies(client: FlaskClient) -> list[str]:
    """The names of what the browser keeps of us."""
    return [name for name in ("phb", COOKIE) if client.get_cookie(name) is not None]


def begun(site: Site) -> Visitor:
    """Somebody who has begun and has chosen how pages look."""
    visitor = site.visitor().start()
    visitor.client.set_cookie(COOKIE, "theme-dark")
    assert cookies(visitor.client) == ["phb", COOKIE]
    return visitor


def test_leaving_forgets_who_was_here_and_opens_another_website(site: Site) -> None:
    visitor = begun(site)
    code = visitor.return_code
    reply = visitor.client.get("/leave-now")
    assert (reply.status_code, reply.headers["Location"]) == (303, WEATHER)
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert "Clear-Site-Data" not in reply.headers
    assert cookies(visitor.client) == []
    assert visitor.open("/survey/ethnicity").status == 403
    visitor.open("/return").type_code(code)
    assert visitor.address == "/survey/answering"


def test_what_was_saved_before_stays_saved(site: Site) -> None:
    visitor = begun(site).open("/survey/answering").press(answering="self")
    before = site.count("responses")
    visitor.client.get("/leave-now")
    assert site.count("responses") == before == 1


def test_a_link_on_another_website_makes_nobody_forget(site: Site) -> None:
    visitor = begun(site)
    reply = visitor.client.get("/leave-now", headers={"Sec-Fetch-Site": "cross-site"})
    assert reply.headers["Location"] == WEATHER
    assert cookies(visitor.client) == ["phb", COOKIE]


def test_who_has_begun_nothing_can_leave_too(site: Site) -> None:
    assert site.app.test_client().get("/leave-now").headers["Location"] == WEATHER


def test_finishing_on_a_device_takes_both_cookies_and_says_so_in_the_persons_words(site: Site) -> None:
    visitor = begun(site).open("/survey/leave")
    visitor.press(("switch", "ur")).press(("action", "finish"))
    assert visitor.page.lang == "ur"
    assert cookies(visitor.client) == []


@pytest.mark.parametrize("said", ["language=xx&format=standard", "language=%3Cb%3E", "format=easyread", ""])
def test_the_page_of_having_finished_takes_any_address(site: Site, said: str) -> None:
    reply = site.app.test_client().get(f"/finished?{said}")
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers
    assert '<html lang="en"' in reply.text


def test_every_page_can_be_paused_and_sensitive_ones_left_at_once(site: Site, annual: Questionnaire) -> None:
    visitor = site.visitor().start()
    seen = set()
    for section in annual.sections:
        for page in section.pages[:3]:
            visitor.open(f"/survey/{page.id}")
            if visitor.address != f"/survey/{page.id}" or visitor.status != 200:
                continue
            is_sensitive = any(item.sensitive for item in page.items)
            html = visitor.reply.text
            assert ('href="/leave-now"' in html) is is_sensitive, page.id
            assert ('href="/help/support"' in html) is is_sensitive, page.id
            assert ("leaving.js" in html) is is_sensitive, page.id
            assert ("action", "leave") in visitor.page.form.buttons, page.id
            seen.add(is_sensitive)
    assert seen == {True, False}
    assert ("action", "leave") in visitor.open("/survey/check").page.form.buttons


def test_the_way_out_comes_first_after_the_link_to_the_main_part(site: Site) -> None:
    html = site.visitor().start().open("/survey/ethnicity").reply.text
    body = html[html.index("<body") :]
    first, second = body.split("<a ", 3)[1:3]
    assert 'href="#maincontent"' in first
    assert 'href="/leave-now"' in second
    assert "What you saved before stays saved" in body


def test_the_page_of_people_to_talk_to_gives_numbers_to_press_and_a_way_out(site: Site) -> None:
    html = site.app.test_client().get("/help/support").text
    for number in ("999", "111", "116123", "08088087777", "08088088141", "08082000247"):
        assert f'href="tel:{number}"' in html
    assert 'href="sms:85258"' in html
    assert 'href="/leave-now"' in html
    assert 'href="/help/support"' in site.app.test_client().get("/help").text


def test_nothing_but_cookies_is_kept_in_a_browser() -> None:
    for script in (resources.PACKAGE / "frontend" / "public").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for store in ("localStorage", "sessionStorage", "indexedDB", "caches.", "serviceWorker", "document.cookie"):
            assert store not in text, f"{script.name}: what {store} keeps must go when somebody leaves"


def test_where_leaving_leads_is_a_setting(tmp_path: Path) -> None:
    settings = {"PHB_DATA": str(tmp_path)}
    assert load_config(settings).leave_to == WEATHER
    assert load_config({**settings, "PHB_LEAVE_TO": "https://example.org/news"}).leave_to == "https://example.org/news"


@pytest.mark.parametrize(
    "address", ["weather", "javascript:alert(1)", "https://", "https://a.org/\r\nX: y", "ftp://a.org"]
)
def test_a_setting_that_is_no_address_stops_the_start(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match="PHB_LEAVE_TO"):
        load_config({"PHB_DATA": str(tmp_path), "PHB_LEAVE_TO": address})
