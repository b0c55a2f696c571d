"""Texts that name answers or count them: filled for each person, with what they wrote left as they wrote it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from babel.messages.catalog import Catalog

from survey import resources
from survey.i18n import Catalogue, Languages, read_catalogue
from survey.questionnaire.model import Answering, Format, Plural, Questionnaire
from survey.respondent.answer_words import AnswerWords
from survey.respondent.edition import Edition
from survey.respondent.live import LivePhrase
from survey.respondent.wording import Wording
from survey.store.waves import find_wave
from tests.survey.questionnaire.builders import (
    area,
    choice,
    choices,
    option,
    page,
    questionnaire,
    scale,
    short_text,
    statement,
)
from tests.survey.respondent.conftest import Site, Visitor
from tests.survey.respondent.test_repeats import begin, number

DATE = {"id": "since", "type": "date", "text": "Since when?"}
RANK = {"id": "order", "type": "rank", "text": "In which order?", "options": [option("tea"), option("rest")]}


def naming(item: dict[str, Any], text: str = "You said {about|nothing}. Right?") -> Any:
    """Two pages: the item, and a question that names its answer."""
    return questionnaire(page(item), page(choice("right", text=text.replace("about", item["id"]))))


def test_an_answer_in_a_question_stands_apart_from_the_words_around_it(empty_site: Site) -> None:
    visitor = begin(empty_site, naming(short_text("helper"))).press(helper="Anna").press()
    assert 'You said <bdi dir="auto">Anna</bdi>. Right?' in visitor.reply.text
    assert visitor.page.title.startswith("You said Anna. Right? – ")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{other} {this|x}", "{other} {this|x}"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ('%(page)s & "quoted" {0}', "%(page)s &amp; &#34;quoted&#34; {0}"),
        ("be\0fore\x1b", "before"),
        ("\ue000live:x\ue001", "\ue000live:x\ue001"),
        ("بہت اچھا", "بہت اچھا"),
    ],
)
def test_what_somebody_wrote_comes_out_as_they_wrote_it(empty_site: Site, typed: str, shown: str) -> None:
    visitor = begin(empty_site, naming(short_text("helper"))).press(helper=typed).press()
    assert visitor.status == 200
    assert f'<bdi dir="auto">{shown}</bdi>' in visitor.reply.text
    assert "<script>alert" not in visitor.reply.text
    visitor.press(("", ""), right=["yes", "no"])
    assert visitor.status == 422
    assert f'<bdi dir="auto">{shown}</bdi>' in visitor.reply.text


def test_without_an_answer_the_text_has_other_words(empty_site: Site) -> None:
    visitor = begin(empty_site, naming(short_text("helper"))).press().press()
    assert visitor.page.heading == "You said nothing. Right?"


def test_not_knowing_is_no_answer_where_the_text_has_other_words(empty_site: Site) -> None:
    visitor = begin(empty_site, naming(choice("helper"))).press(helper="dont_know").press()
    assert visitor.page.heading == "You said nothing. Right?"


@pytest.mark.parametrize(
    ("item", "sent", "words"),
    [
        (choice("about", "one_way"), {"about": "one_way"}, "One way"),
        (choices("about"), {"about": ["care", "course"]}, "Care and Course"),
        (choices("about"), {"about": ["care", "chair", "course"]}, "Care, Chair and Course"),
        (scale("about"), {"about": "0"}, "0"),
        (number("about", max=9000), {"about": "1500"}, "1,500"),
        (number("about", decimals=1), {"about": "2.5"}, "2.5"),
        (area("about"), {"about": "QOP"}, "Greater Manchester"),
        (
            choice("about", options=[option("a"), option("b", write_in="What?")]),
            {"about": "b", "about__b__text": "My own"},
            "My own",
        ),
        (
            {"id": "about", "type": "grid", "text": "G?", "rows": [option("x")], "options": [option("a"), option("b")]},
            {"about__x": "b"},
            "B",
        ),
    ],
)
def test_every_kind_of_answer_can_be_named(
    empty_site: Site, item: dict[str, Any], sent: dict[str, Any], words: str
) -> None:
    text = "You said {about|nothing}. Right?"
    asked = questionnaire(
        page(item), page(choice("right", text=text.replace("about", "about__x") if item["type"] == "grid" else text))
    )
    visitor = begin(empty_site, asked).press(**sent).press()
    assert visitor.page.heading == f"You said {words}. Right?"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"since": "2024-05-17"}, "17 May 2024"),
        ({"since": "2024-05"}, "May 2024"),
        ({"since": "2024"}, "2024"),
        ({"order": ("rest", "tea")}, "Rest and Tea"),
        ({}, "nothing"),
    ],
)
def test_dates_and_orders_are_named_as_far_as_they_are_known(
    empty_site: Site, answers: dict[str, Any], words: str
) -> None:
    name = next(iter(answers), "since")
    asked = questionnaire(page(DATE), page(RANK), page(statement("so", text=f"It is {{{name}|nothing}}.")))
    edition = empty_site.app.extensions["survey"].editions.of_wave(empty_site.open(asked, "2026", made_up=True))
    wording = edition.wording("en", Answering.SELF, Format.STANDARD)
    item = edition.router.items["so"]
    said = wording.say("item.so.text", item.text)
    teller = AnswerWords(edition, wording, answers).teller("so")
    assert teller.phrase(said).text == f"It is {words}."


def test_titles_hints_options_and_intros_name_answers_too(empty_site: Site) -> None:
    name = "{helper|your helper}"
    asked = page(
        choice(
            "right",
            hint=f"Think of {name}.",
            options=[option("a", text=f"More {name}"), option("b", hint=f"Less {name}")],
        ),
        short_text("words", text=f"Say of {name}"),
        intro=f"About {name}",
    )
    visitor = begin(empty_site, questionnaire(page(short_text("helper")), asked)).press(helper="A & B").press()
    for words in ("Think of ", "More ", "Less ", "Say of ", "About "):
        assert f'{words}<bdi dir="auto">A &amp; B</bdi>' in visitor.reply.text, words
    visitor.press(right="a").open("/survey/check")
    assert 'More <bdi dir="auto">A &amp; B</bdi>' in visitor.reply.text
    assert 'Say of <bdi dir="auto">A &amp; B</bdi>' in visitor.reply.text
    assert "\ue000" not in visitor.reply.text


@pytest.mark.parametrize(("count", "words"), [("0", "0 visits"), ("1", "One visit"), ("2", "2 visits")])
def test_a_text_counts(empty_site: Site, count: str, words: str) -> None:
    text = {"count": "visits", "one": "One visit?", "other": "{visits|No} visits?"}
    visitor = begin(empty_site, questionnaire(page(number("visits")), page(choice("right", text=text))))
    visitor.press(visits=count).press()
    assert visitor.page.heading == f"{words}?"


@pytest.mark.parametrize(
    ("picked", "words"), [([], "Things"), (["care"], "Thing"), (["care", "chair"], "Things"), (["dont_know"], "Things")]
)
def test_a_text_counts_what_was_picked(empty_site: Site, picked: list[str], words: str) -> None:
    text = {"count": "uses", "one": "Thing?", "other": "Things?"}
    visitor = begin(empty_site, questionnaire(page(choices("uses")), page(choice("right", text=text))))
    visitor.press(uses=picked).press()
    assert visitor.page.heading == f"{words}?"


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 wizyta"), (2, "2 wizyty"), (5, "5 wizyt"), (22, "22 wizyty"), (12, "12 wizyt")]
)
def test_polish_has_three_forms(empty_site: Site, count: int, words: str) -> None:
    text = Plural(count="visits", one="{visits|No} visit", other="{visits|No} visits")
    asked = questionnaire(page(number("visits")), page(short_text("so")))
    edition: Edition = empty_site.app.extensions["survey"].editions.of_wave(
        empty_site.open(asked, "2026", made_up=True)
    )
    polish = Catalog("pl")
    polish.add(
        (text.one, text.other),
        ("{visits|Nie} wizyta", "{visits|Nie} wizyty", "{visits|Nie} wizyt"),
        context="item.so.text",
    )
    wording = Wording(read_catalogue(polish, "pl"), Answering.SELF)
    said = wording.say("item.so.text", text)
    assert isinstance(said, LivePhrase)
    assert not said.foreign
    assert AnswerWords(edition, wording, {"visits": count}).teller("so").plain(said.name) == words


def test_lists_follow_the_language_and_english_labels_say_that_they_are(empty_site: Site) -> None:
    site = empty_site
    site.open(naming(choices("helper")), "2026", made_up=True)
    visitor = site.visitor("pl").open("/").press().press(helper=["care", "chair"]).press()
    assert '<bdi dir="auto">Care</bdi> i <bdi dir="auto">Chair</bdi>' in visitor.reply.text
    assert '<span lang="en" dir="ltr">You said ' in visitor.reply.text


def test_a_kept_page_never_names_what_somebody_else_answered(empty_site: Site) -> None:
    asked = naming(short_text("helper"))
    first = begin(empty_site, asked).press(helper="Anna").press()
    second = empty_site.visitor().open("/").press().press(helper="Bob").press()
    assert "Anna" in first.reply.text
    assert "Anna" not in second.reply.text
    assert second.page.heading == "You said Bob. Right?"


@pytest.mark.parametrize("written", ["\ue000text:csrf_token\ue001", "\ue000live:item.x.text\ue001"])
def test_no_questionnaire_can_write_a_slot(empty_site: Site, written: str) -> None:
    visitor = begin(empty_site, questionnaire(page(short_text("helper", text=f"Who {written}?"))))
    assert visitor.status == 200
    assert f"Who {written}?" in visitor.reply.text


class TwoAtOnce(Languages):
    """Gives a catalogue only when two threads ask for it together."""

    def __init__(self) -> None:
        super().__init__(resources.TRANSLATIONS)
        self._both = Barrier(2, timeout=10)

    def catalogue(self, name: str, locale: str) -> Catalogue:
        self._both.wait()
        return super().catalogue(name, locale)


def test_two_threads_that_come_first_share_their_words(annual: Questionnaire) -> None:
    media = resources.QUESTIONNAIRES
    edition = Edition(
        "2026", made_up=True, questionnaire=annual, areas=(), vintage="2026", languages=TwoAtOnce(), media=media
    )
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: edition.wording("en", Answering.SELF, Format.STANDARD), range(2))
    assert one.live is other.live, "a page drawn with the words of one is filled with those of the other"


def test_pages_without_such_texts_are_filled_without_looking_for_them(site: Site, visitor: Visitor) -> None:
    visitor.start()
    shells = site.app.extensions["survey"].editions.of_wave(site_wave(site)).shells
    assert shells
    assert not any(shell.is_live for key, shell in shells.items() if key.page == "answering")


def site_wave(site: Site) -> Any:
    """The wave that is open."""
    return find_wave(site.store, "trial")
