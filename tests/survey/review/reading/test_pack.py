"""The draft in order and on paper: the same numbers, every answer, and who is asked."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.survey.review.group import SMALL, Group
from tests.survey.review.reading.test_questions import words_of


def read_pdf(group: Group, path: str) -> tuple[PdfReader, str]:
    answer = group.get("lee", path)
    assert answer.mimetype == "application/pdf"
    reader = PdfReader(BytesIO(answer.data))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_order_and_the_map_name_who_is_asked(group: Group) -> None:
    round = group.open_round()
    page = group.text("lee", f"/review/rounds/{round.id}/order")
    said = words_of(page)
    places = [said.index(text) for text in ("Your budget", "How much control", "What helped you?", "How often")]
    assert places == sorted(places)
    assert [f'<li value="{number}">' in page for number in (1, 2, 3)] == [True, True, True]
    assert "Asked only if “How much control do you have over your support?” was answered" in said
    assert "Your budget" in group.text("lee", f"/review/rounds/{round.id}/map")


def test_the_pack_has_every_question_with_all_its_answers(group: Group) -> None:
    source: dict[str, Any] = json.loads(json.dumps(SMALL))
    source["sections"][0]["pages"][1]["items"][0]["text"] = "What helped you 😀 #strong[most]?"
    round = group.open_round(source, purpose="To <b>mend</b> it, نئے سرے سے", difference="")
    here = f"/review/rounds/{round.id}/pack"
    said = words_of(group.text("lee", here))
    for text in (
        "The questions for next year",
        "What it is for To &lt;b&gt;mend&lt;/b&gt; it",
        "Send it back by 26 October 2026",
        "The group votes until 2 November 2026",
        "about 8 minutes. You need not read all of it.",
        "My name: Given to: on (day):",
        "1. How much control do you have over your support? Think about the last year.",
        "People choose one answer: A lot Some None",
        "Who is asked this? Everyone is asked.",
        "What do you think? Tick what fits. Hard to read What to do",
        "3. How often did you ask for help? People write a number.",
    ):
        assert text in said
    assert "What difference it will make" not in said
    assert "app-pack--large" not in group.text("lee", here)
    assert "app-pack--large" in group.text("lee", f"{here}?print=large")

    reader, words = read_pdf(group, f"{here}.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    for text in ("My name:", "1. How much control", "A lot", "Everyone is asked.", "#strong[most]?", "Hard to read"):
        assert text in words
    large, same = read_pdf(group, f"{here}.pdf?print=large")
    assert len(large.pages) > len(reader.pages)
    assert "3. How often did you ask for help?" in same
    urdu, _ = read_pdf(group, f"{here}.pdf?locale=ur")
    assert urdu.trailer["/Root"]["/Lang"].startswith(("ur", "en"))
