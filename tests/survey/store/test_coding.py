"""Coding people's own words: which answers there are, who may do what with them, and what counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from survey.config import Config
from survey.questionnaire.model import Questionnaire
from survey.store.accounts import Account, Role, add_account
from survey.store.audit import list_audit
from survey.store.coding import LONGEST_QUOTE, CodingError, Refusal, plain_words
from survey.store.connect import Store
from survey.store.erasure import erase_response
from survey.store.quotes import approve_quote, load_quotes, propose_quote, refuse_quote
from survey.store.readings import Coded, load_coded, save_reading
from survey.store.responses import save_page, start_response, submit_response, withdraw_response
from survey.store.themes import Frame, add_theme, agree_theme, load_frame, retire_theme
from survey.store.waves import Wave, open_wave
from survey.store.written import Answer, Written, find_answers, find_words, open_questions
from tests.survey.store.builders import NOON, said

PHRASE = "the blue gate by the mill"


def asking(**changes: Any) -> Questionnaire:
    pages = (
        {"id": "who", "items": ({"id": "who", "type": "choice", "text": "Who?", "options": _options("me", "other")},)},
        {
            "id": "words",
            "show_if": {"item": "who", "is": "me"},
            "items": ({"id": "words", "type": "long_text", "text": "Words?"},),
        },
        {"id": "off", "items": ({"id": "off", "type": "short_text", "text": "Off?", "off": True},)},
    )
    described = {
        "id": "tiny",
        "version": "1",
        "status": "agreed",
        "language": "en-GB",
        "title": "Tiny",
        "purpose": "To try the store.",
        "minutes": 1,
        "contact": {"name": "Safe hands", "email": "n@example.org", "phone": "0300 000 0000"},
        "sections": ({"id": "one", "title": "One", "pages": pages},),
    }
    return Questionnaire.model_validate(described | changes, strict=False)


def _options(*codes: str) -> tuple[dict[str, str], ...]:
    return tuple({"code": code, "text": code} for code in codes)


def answer(store: Store, config: Config, words: str, *, who: str = "me", sent: bool = True) -> tuple[int, str]:
    """A response and its return code."""
    state, code = start_response(
        store, config.code_key, wave="2026", invitation=None, page="who", answers={"who": who}, **said()
    )
    save_page(store, state.response, page="words", answers={"words": words}, **said())
    if sent:
        submit_response(store, state.response, **said())
    return state.response, code


@pytest.fixture
def wave(store: Store) -> Wave:
    return open_wave(
        store, wave="2026", questionnaire=asking(), vintage="2026", open_link=True, made_up=False, now=NOON
    )


@pytest.fixture
def people(store: Store) -> list[Account]:
    return [add_account(store, name, Role.STAFF, NOON) for name in ("Ada", "Ben", "Cem")]


def agree(store: Store, people: list[Account], label: str, *, minutes: int = 1) -> str:
    """A theme that two people have agreed, so many minutes after noon."""
    now = NOON + timedelta(minutes=minutes)
    added = add_theme(store, people[0], wave="2026", item="words", label=label, meaning="What it is.", now=now)
    agree_theme(store, people[1], wave="2026", item="words", theme=added.code, now=now)
    return added.code


def frame(store: Store) -> Frame:
    return load_frame(store, "2026", "words")


def coded(store: Store, wave: Wave) -> tuple[Coded, ...]:
    return load_coded(store, wave.id, "words", frame(store), find_answers(store, wave))


def read(store: Store, reader: Account, found: Answer, *themes: str, minutes: int = 2) -> None:
    save_reading(store, reader, wave="2026", answer=found, themes=themes, now=NOON + timedelta(minutes=minutes))


def refused(kind: Refusal) -> Any:
    return pytest.raises(CodingError, match=f"^{kind}$")


def test_only_what_was_sent_and_stands_on_the_path_is_there_to_read(store: Store, config: Config, wave: Wave) -> None:
    response, _ = answer(store, config, PHRASE)
    answer(store, config, "Not sent.", sent=False)
    answer(store, config, "Off the path.", who="other")
    answer(store, config, "   ")
    withdrawn, _ = answer(store, config, "Taken back.")
    assert [question.item for question in open_questions(asking())] == ["words"]
    written = Written()
    assert len(written.of(store, wave)) == 2
    withdraw_response(store, withdrawn, **said())
    [found] = written.of(store, wave)
    assert (found.response, found.item, find_words(store, found)) == (response, "words", PHRASE)
    assert find_words(store, Answer(response, "words", found.seq + 1)) is None
    assert find_words(store, Answer(withdrawn, "words", 2)) is None
    assert PHRASE not in repr(written.__dict__)


def test_a_theme_is_in_use_once_somebody_else_has_agreed(store: Store, wave: Wave, people: list[Account]) -> None:
    ada, ben, _ = people
    about = {"wave": "2026", "item": "words", "now": NOON}
    added = add_theme(store, ada, label=" Waiting \n long\x00", meaning="For help.", **about)
    assert (added.label, frame(store).codes) == ("Waiting long", frozenset())
    with refused(Refusal.OWN_THEME):
        agree_theme(store, ada, theme=added.code, **about)
    with refused(Refusal.UNKNOWN_THEME):
        agree_theme(store, ben, theme="t9", **about)
    agree_theme(store, ben, theme=added.code, **about)
    assert frame(store).codes == {added.code}
    with refused(Refusal.ALREADY_DECIDED):
        agree_theme(store, ben, theme=added.code, **about)
    with refused(Refusal.SAME_LABEL):
        add_theme(store, ada, label="waiting LONG", meaning="The same.", **about)
    with refused(Refusal.NO_LABEL):
        add_theme(store, ada, label="\u200b \x00", meaning=" ", **about)
    with refused(Refusal.TOO_LONG):
        add_theme(store, ada, label="a" * 1_000_000, meaning="Long.", **about)
    retire_theme(store, ada, theme=added.code, **about)
    assert frame(store).codes == frozenset()
    with refused(Refusal.ALREADY_DECIDED):
        retire_theme(store, ada, theme=added.code, **about)


def test_two_read_an_answer_and_a_third_does_not(
    store: Store, config: Config, wave: Wave, people: list[Account]
) -> None:
    ada, ben, cem = people
    theme = agree(store, people, "Waiting")
    answer(store, config, PHRASE)
    found = coded(store, wave)[0].answer
    with refused(Refusal.UNKNOWN_THEME):
        read(store, ada, found, "t7")
    read(store, ada, found, theme)
    read(store, ada, found)
    read(store, ben, found)
    with refused(Refusal.READ_BY_TWO):
        read(store, cem, found, theme)
    with refused(Refusal.READ_BY_TWO):
        read(store, ada, found, theme)
    [each] = coded(store, wave)
    assert each.is_full
    assert not each.differ


def test_where_two_differ_each_may_change_their_own_and_what_they_found_first_stays(
    store: Store, config: Config, wave: Wave, people: list[Account]
) -> None:
    ada, ben, _ = people
    theme = agree(store, people, "Waiting")
    answer(store, config, PHRASE)
    found = coded(store, wave)[0].answer
    read(store, ada, found, theme)
    read(store, ben, found)
    assert coded(store, wave)[0].differ
    read(store, ben, found, theme, minutes=3)
    [each] = coded(store, wave)
    assert not each.differ
    ben_s = each.by(ben.id)
    assert ben_s is not None
    assert (ben_s.first, ben_s.now) == (frozenset(), {theme})


def test_a_reading_is_stale_once_another_theme_is_agreed(
    store: Store, config: Config, wave: Wave, people: list[Account]
) -> None:
    ada = people[0]
    first = agree(store, people, "Waiting")
    answer(store, config, PHRASE)
    found = coded(store, wave)[0].answer
    read(store, ada, found, first)
    second = agree(store, people, "Choice", minutes=5)
    assert coded(store, wave)[0].readings == ()
    read(store, ada, found, first, second, minutes=6)
    assert coded(store, wave)[0].readings[0].now == {first, second}
    retire_theme(store, ada, wave="2026", item="words", theme=second, now=NOON)
    assert coded(store, wave)[0].readings[0].now == {first}
    with refused(Refusal.UNKNOWN_THEME):
        read(store, ada, found, second, minutes=7)


def test_what_is_gone_cannot_be_read_and_takes_its_readings_and_quotes_along(
    store: Store, config: Config, wave: Wave, people: list[Account]
) -> None:
    ada, ben, _ = people
    theme = agree(store, people, "Waiting")
    _, code = answer(store, config, PHRASE)
    found = coded(store, wave)[0].answer
    for reader in (ada, ben):
        read(store, reader, found, theme)
    propose(store, ada, coded(store, wave)[0], theme)
    approve_quote(store, ben, wave="2026", quote=1, now=NOON)
    erase_response(store, config.code_key, code, NOON)
    assert (coded(store, wave), load_quotes(store, "2026")) == ((), ())
    with refused(Refusal.ANSWER_GONE):
        read(store, ben, found, theme)
    with refused(Refusal.UNKNOWN_QUOTE):
        approve_quote(store, ben, wave="2026", quote=1, now=NOON)


def propose(store: Store, account: Account, found: Coded, theme: str, words: str = "[A place] is hard.") -> None:
    propose_quote(store, account, wave="2026", coded=found, theme=theme, words=words, now=NOON)


def test_a_quote_leaves_when_somebody_else_approves_it(
    store: Store, config: Config, wave: Wave, people: list[Account]
) -> None:
    ada, ben, cem = people
    theme, other = agree(store, people, "Waiting"), agree(store, people, "Choice")
    answer(store, config, PHRASE)
    read(store, ada, coded(store, wave)[0].answer, theme, other)
    with refused(Refusal.NOT_READ_BY_TWO):
        propose(store, ada, coded(store, wave)[0], theme)
    read(store, ben, coded(store, wave)[0].answer, theme)
    [found] = coded(store, wave)
    for account, chosen in ((ada, other), (cem, theme)):
        with refused(Refusal.NOT_FOUND_THERE):
            propose(store, account, found, chosen)
    for words, kind in (("", Refusal.NO_WORDS), ("a" * (LONGEST_QUOTE + 1), Refusal.TOO_LONG)):
        with refused(kind):
            propose(store, ada, found, theme, words)
    propose(store, ada, found, theme)
    with refused(Refusal.ALREADY_QUOTED):
        propose(store, ada, found, theme)
    with refused(Refusal.OWN_QUOTE):
        approve_quote(store, ada, wave="2026", quote=1, now=NOON)
    for wave_id, number in (("2025", 1), ("2026", 2)):
        with refused(Refusal.UNKNOWN_QUOTE):
            approve_quote(store, ben, wave=wave_id, quote=number, now=NOON)
    assert [quote.is_approved for quote in load_quotes(store, "2026")] == [False]
    approve_quote(store, ben, wave="2026", quote=1, now=NOON)
    assert [quote.is_approved for quote in load_quotes(store, "2026")] == [True]
    with refused(Refusal.ALREADY_DECIDED):
        approve_quote(store, cem, wave="2026", quote=1, now=NOON)
    refuse_quote(store, cem, wave="2026", quote=1, now=NOON)
    assert load_quotes(store, "2026") == ()
    with refused(Refusal.ALREADY_DECIDED):
        refuse_quote(store, ada, wave="2026", quote=1, now=NOON)


def test_words_are_kept_without_what_nobody_sees_but_with_what_languages_need() -> None:
    hidden = (
        "\x00\x1b\x7f\x85\xad\u061c\u200b\u202a\u202e\u2066\u2069\ufeff\ufffe\uffff\U0001fffe\ue000\ud800\U000e0041"
    )
    assert plain_words(f" They{hidden}\u2028came\tlate. ") == "They came late."
    needed = (
        "می\N{ZERO WIDTH NON-JOINER}خواهم ක්\N{ZERO WIDTH JOINER}ර \N{RIGHT-TO-LEFT MARK}a\N{LEFT-TO-RIGHT MARK} é ❤️"
    )
    assert plain_words(needed) == needed
    assert plain_words("\N{ZERO WIDTH JOINER} \N{LEFT-TO-RIGHT MARK}") == ""


def test_every_change_has_its_audit_row_and_none_holds_what_somebody_wrote(
    store: Store, config: Config, wave: Wave, people: list[Account]
) -> None:
    ada, ben, _ = people
    theme = agree(store, people, "Waiting")
    response, _ = answer(store, config, PHRASE)
    for reader in (ada, ben):
        read(store, reader, coded(store, wave)[0].answer, theme)
    propose(store, ada, coded(store, wave)[0], theme, PHRASE)
    refuse_quote(store, ben, wave="2026", quote=1, now=NOON)
    rows = list_audit(store)
    assert {(row.actor, row.action) for row in rows if row.action != "add account"} == {
        ("Ada", "suggest theme"),
        ("Ben", "agree theme"),
        ("Ada", "read answer"),
        ("Ben", "read answer"),
        ("Ada", "propose quote"),
        ("Ben", "refuse quote"),
    }
    assert PHRASE not in repr(rows)
    assert str(response) not in repr(rows)
