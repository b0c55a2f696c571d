"""The way from the survey to what people said before, where there is something that everyone may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from survey.respondent.site import install_site
from tests.survey.respondent.conftest import Site, Visitor

LINK = 'href="/results/"'


def make_public(site: Site, waves: Collection[str]) -> None:
    install_site(site.app, replace(site.app.extensions["survey"], public_waves=lambda: waves))


def test_the_first_and_the_last_page_lead_to_results_once_some_are_public(site: Site, visitor: Visitor) -> None:
    assert LINK not in visitor.open("/").reply.text
    visitor.start()
    visitor.open("/survey/check").press()
    assert visitor.address == "/survey/done"
    assert LINK not in visitor.reply.text
    make_public(site, ("2025",))
    assert LINK in visitor.open("/survey/done").reply.text
    assert LINK in visitor.open("/").reply.text
