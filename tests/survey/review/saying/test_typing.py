"""What is typed and not sent: kept for the one who typed it, from every window, until it is sent or thrown away."""

from __future__ import annotations

import re

from survey.store.group.typed import MOST_WINDOWS
from tests.survey.review.group import Group
from tests.survey.review.saying.sending import send

PAGE = "/review/rounds/1/stories"


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the form, as the page has them."""
    return dict(re.findall(r'name="(typed_\w+)" value="([^"]*)"', page.split("data-app-typed=")[1]))


def test_what_is_kept_is_there_again_on_any_device_for_nobody_else_and_goes_when_it_is_sent(group: Group) -> None:
    group.open_round()
    hidden = fields_of(group.text("lee", PAGE))
    kept = send(group, "lee", "/review/typed", **hidden, words="Half a thought")
    assert (kept.status_code, kept.location) == (303, f"{PAGE}#say")
    again = group.text("lee", PAGE)
    assert "Half a thought</textarea>" in again
    assert "You typed this before and have not sent it. Saved at 10:00" in again.replace("\n", " ")
    assert "Half a thought" not in group.text("noor", PAGE)
    send(group, "lee", PAGE, **fields_of(again), words="A whole thought")
    assert group.store.rows("select * from typed") == []
    assert "Half a thought" not in group.text("lee", PAGE)


def test_two_windows_lose_nothing_of_one_another(group: Group) -> None:
    group.open_round()
    one, other = (fields_of(group.text("lee", PAGE)) for _ in range(2))
    for words in ("The long st", "The long story"):
        saved = send(group, "lee", "/review/typed", **one, typed_by="script", words=words)
        assert saved.json == {"saved": "Saved at 10:00", "others": ""}
    group.clock.advance(minutes=1)
    saved = send(group, "lee", "/review/typed", **other, typed_by="script", words="Short")
    assert "The long story" in saved.get_json()["others"]
    third = group.text("lee", PAGE)
    assert "Short</textarea>" in third
    assert "The long story" in third
    assert "The long st<" not in third
    # What a third window began with is replaced by it, unless it was typed on in its own window since.
    began = fields_of(third)
    group.clock.advance(minutes=1)
    send(group, "lee", "/review/typed", **other, typed_by="script", words="Short, and on")
    send(group, "lee", "/review/typed", **began, typed_by="script", words="Short, and otherwise")
    assert group.store.rows("select count(*) from typed") == [(3,)]
    last = fields_of(group.text("lee", PAGE))
    send(group, "lee", "/review/typed/throw-away", **last)
    assert group.store.rows("select count(*) from typed") == [(2,)]


def test_what_is_no_form_or_too_much_is_not_kept(group: Group) -> None:
    group.open_round()
    hidden = fields_of(group.text("lee", PAGE))
    for place in ("//evil.example", "/review/rounds/1/stories\r\nx", "/review/rounds/1/suggest/../x", ""):
        sent = send(group, "lee", "/review/typed", **{**hidden, "typed_place": place}, words="x")
        assert sent.status_code == 404
    assert send(group, "lee", "/review/typed", **hidden, words="x" * 1_000_000).status_code == 413
    assert group.store.rows("select * from typed") == []
    for number in range(MOST_WINDOWS + 2):
        group.clock.advance(seconds=1)
        send(group, "lee", "/review/typed", **{**hidden, "typed_window": f"w{number}"}, words=f"{number}")
    assert group.store.rows("select count(*) from typed") == [(MOST_WINDOWS,)]


def test_a_form_with_mistakes_keeps_its_window(group: Group) -> None:
    group.open_round()
    hidden = fields_of(group.text("lee", PAGE))
    answer = send(group, "lee", PAGE, **hidden, words="\u202e")
    assert fields_of(answer.get_data(as_text=True)) == hidden
