"""A question as people will see it: in every language and format, for everyone who answers, with nothing to send."""

from __future__ import annotations

import json
from typing import Any

from survey import resources
from tests.survey.review.group import Group


def annual() -> dict[str, Any]:
    source: dict[str, Any] = json.loads((resources.QUESTIONNAIRES / "phb-annual.json").read_text())
    return source


def number_of(source: dict[str, Any], item: str) -> int:
    ids = [each["id"] for section in source["sections"] for page in section["pages"] for each in page["items"]]
    return ids.index(item) + 1


def test_the_frame_shows_each_look_and_changes_nothing(group: Group) -> None:
    source = annual()
    source["sections"][2]["pages"][0]["items"][0]["hint"] = "Words that nobody has translated."
    new = source["sections"][2]["pages"][0]["items"][0]["id"]
    round = group.open_round(source)
    here = f"/review/rounds/{round.id}"
    frame = f"{here}/frame/{number_of(source, 'talk_matters')}"

    plain = group.text("lee", frame)
    assert '<html lang="en" dir="ltr">' in plain
    assert "what a good life looks like for you?" in plain
    assert "<form" not in plain
    assert "csrf_token" not in plain
    assert "a good life looks like for the person?" in group.text("lee", f"{frame}?answering=proxy")
    easy = group.text("lee", f"{frame}?format=easyread")
    assert 'class="app-format-easyread"' in easy
    assert "Did someone ask what you want in life?" in easy
    urdu = group.text("lee", f"{frame}?locale=ur")
    assert '<html lang="ur" dir="rtl">' in urdu
    assert "app-rtl.css" in urdu
    assert "a good life" not in urdu

    aloud = group.text("lee", f"{frame}?format=audio&framed=1")
    assert "To hear this, open the question on a page of its own." in aloud
    assert "<script" not in aloud
    assert "listening.js" in group.text("lee", f"{frame}?format=audio")
    assert group.text("lee", f"{frame}?locale=xx&format=smoke&answering=nobody") == plain

    mixed = group.text("lee", f"{here}/frame/{number_of(source, new)}?locale=ur")
    assert '<span lang="en" dir="ltr">Words that nobody has translated.</span>' in mixed
    page = group.text("lee", f"{here}/questions/{number_of(source, new)}?format=bsl")
    assert "texts are translated. The rest is in English." in page
    assert '<html lang="en" dir="ltr">' in page, "looking at a question changes no choice of the reader"
    kinds = {
        each["type"]: each["id"]
        for section in source["sections"]
        for page in section["pages"]
        for each in page["items"]
    }
    for item in kinds.values():
        group.text("lee", f"{here}/frame/{number_of(source, item)}?locale=ur&answering=child")


def test_only_our_own_pages_may_frame_a_question_and_nothing_else(group: Group) -> None:
    round = group.open_round()
    framed = group.get("lee", f"/review/rounds/{round.id}/frame/1").headers
    assert framed.getlist("X-Frame-Options") == ["SAMEORIGIN"]
    (policy,) = framed.getlist("Content-Security-Policy")
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    page = group.get("lee", f"/review/rounds/{round.id}/questions/1")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert 'sandbox="allow-same-origin"' in page.get_data(as_text=True)
