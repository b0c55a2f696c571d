"""Every rule about wording: found in ten sentences and more, and not in ten others that look alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import resources
from survey.questionnaire.model import Questionnaire
from survey.questionnaire.problems import Finding, Severity
from survey.questionnaire.schema import fit_to_format
from survey.questionnaire.wording.plain_words import WORDING_NAMES, find_wording
from survey.words import load_word_lists
from tests.survey.questionnaire.builders import (
    Json,
    choice,
    choices,
    document,
    long_text,
    option,
    page,
    questionnaire,
    section,
    short_text,
    statement,
)
from tests.survey.questionnaire.generated import documents, questionnaires

WORDS = load_word_lists(resources.WORDS)

A_WORD = " word"
QUESTION_OF = {number: f"Is{A_WORD * (number - 1)}?" for number in range(2, 40)}
SENTENCE_OF = {number: f"Here{A_WORD * (number - 1)}." for number in range(2, 60)}
EASY = {"image": "choose.svg"}

BAD_QUESTIONS: dict[str, list[str]] = {
    "question-long": [*(QUESTION_OF[number] for number in range(21, 30)), f"{SENTENCE_OF[10]} {QUESTION_OF[12]}"],
    "reading-age": [
        "Does a condition or illness lasting a year or more make everyday things harder for you?",
        "Does your personal assistant understand your individual situation before visiting your family?",
        "Has the organisation explained its financial responsibilities to you during your conversations?",
        "Did the professionals understand your communication and information necessities, as everybody deserves?",
        "How satisfactory is the organisation of the emotional and physical rehabilitation opportunities you use?",
        "Which organisation is responsible for supervising your personal assistants during holidays or emergencies?",
        "Do professionals understand the particular difficulty of administering medication independently at home?",
        "How confident are you that a community organisation manages your information responsibly every day?",
        "Would additional educational opportunities improve your independent living considerably in one year?",
        "Does the local authority understand your personal circumstances whenever decisions about money are necessary?",
    ],
    "double-barrelled": [
        "Do you feel safe and listened to?",
        "Are the staff kind and helpful?",
        "Do you choose your own support and is it good?",
        "How happy are you with your plan and your support?",
        "Do you have enough money and time?",
        "Does your budget pay for food, travel and training?",
        "Is your plan clear as well as short?",
        "Do you have a plan or do you have someone who helps you plan?",
        "Did you get the help you asked for? Was it good?",
        "Are you told about changes and/or asked what you think?",
        "If you asked for help, was it quick and was it kind?",
    ],
    "negative": [
        "Do you not have a plan?",
        "Isn't the money enough?",
        "Have you never been asked what you want?",
        "Is there no one who helps you plan?",
        "Don't you feel safe at home?",
        "Are you no longer able to go out?",
        "Is nothing done when you ask for help?",
        "Was the plan not what you wanted?",
        "How often were you not listened to?",
        "Do you think that the staff are not unhelpful?",
        "Did nobody tell you how much money there was?",
    ],
    "leading": [
        "Don’t you agree that a budget helps?",
        "Do you agree that a budget makes life better?",
        "Surely a budget gives you more choice?",
        "Of course you want a say: how much do you have?",
        "Do most people think well of you, as everyone knows?",
        "Obviously it takes time: how much?",
        "Wouldn't you say that it helps?",
        "Most people agree with the plan: do you?",
        "Has it helped, as we all know it can?",
        "Do you feel, of course, that you are heard?",
    ],
    "vague-period": [
        "Have you had help recently?",
        "Are you well at the moment?",
        "Have you talked with anyone lately?",
        "Do you see a nurse regularly?",
        "What are you currently paid?",
        "Have you had a plan in the past?",
        "How do you feel these days?",
        "Has it changed in recent years?",
        "Do you get a break from time to time?",
        "Have things got better over time?",
        "Did you have to wait in the past few weeks?",
    ],
    "hard-word": [
        "Can you utilise your budget?",
        "When did your support commence?",
        "Were you notified of the change?",
        "Who facilitates your plan?",
        "Do you require more help?",
        "How did you purchase your chair?",
        "Did you ask for help prior to your plan?",
        "Was the money sufficient?",
        "Were you told in a timely way?",
        "What did they do in order to help?",
        "Is your carer entitled to a break?",
    ],
    "acronym": [
        "Do you have a PHB?",
        "Who is your P.A.?",
        "Which ICBs do you know?",
        "Does an OT help you?",
        "Do you use DoLS?",
        "Have you been to A&E?",
        "Do you get CHC money?",
        "Has the eRedbook helped?",
        "Is your PA kind?",
        "Do you have an EHCP?",
        "Do you want to be heard NOW?",
    ],
}

GOOD_QUESTIONS: dict[str, list[str]] = {
    "question-long": [*(QUESTION_OF[number] for number in range(11, 20)), QUESTION_OF[20]],
    "reading-age": [
        "Which of these best describes your sexual orientation?",
        "What is your religion?",
        "Do you have a personal health budget?",
        "Which of these best describes your ethnic group or background?",
        "In the last 12 months, has someone talked with you about how the budget works?",
        "If something went wrong with the budget, would you know who to ask?",
        "Did someone take time to find out what a good life looks like for you?",
        "Was there something you wanted to spend the budget on and were told no?",
        "When your usual support cannot come, what do you do to get through the day?",
        "If you could choose again, what would you do with the money you have now?",
        "How many hours a week do you care for the person, unpaid?",
    ],
    "double-barrelled": [
        "Are you female or male?",
        "How much say do you and your child have?",
        "Do your family and friends help?",
        "Is there more or less room in your life?",
        "Did it take between two and four weeks?",
        "Was there something you asked for and did not get?",
        "Was there something you wanted and were told no?",
        "What did you need and not get?",
        "If the budget was asked for and given, who told you?",
        "Does it take an hour and a half?",
        "Do you have health and care staff at home?",
        "Which of these describes your ethnic group or background?",
        "Do you go out now and then?",
    ],
    "negative": [
        "When your usual support cannot come, what happens?",
        "If you did not get help, who did you ask?",
        "What do you do when your carer cannot come?",
        "Were you told no?",
        "Why did you not ask?",
        "Is there anything that you cannot do?",
        "Do you know whether or not there is a plan?",
        "Was there something you asked for and did not get?",
        "Do you live without help?",
        "Are you unhappy with the plan?",
        "Do you know the staff who are not paid?",
    ],
    "leading": [
        "Do you agree?",
        "How much do you agree with the plan?",
        "Does a budget give you more choice, less, or the same?",
        "Is the way to ask for help clear?",
        "Was the course any use?",
        "Do the people you know help you?",
        "What do most people ask you?",
        "Would you say yes again?",
        "How sure are you?",
        "Who agreed the plan with you?",
    ],
    "vague-period": [
        "In the last 12 months, has anyone talked with you?",
        "In the past year, have you had help?",
        "In the past 4 weeks, were you well?",
        "Have you had help since April 2025?",
        "How often do you see a nurse?",
        "In the past two weeks, did you go out?",
        "What did you do last week?",
        "When your usual support cannot come, what happens?",
        "How long have you had a budget?",
        "Is this a past budget?",
        "What is the best moment of the day?",
    ],
    "hard-word": [
        "Do you use your budget?",
        "When did it start?",
        "Is the chair the right size?",
        "Do you go to a day centre?",
        "Who gives you help?",
        "Does a well-timed call help?",
        "What is an upon-request visit?",
        "Was it enough?",
        "Which month was it?",
        "Did you buy it?",
    ],
    "acronym": [
        "Do you have an NHS plan?",
        "Have you asked your GP?",
        "Do you know your MP or MPs?",
        "Do you have a TV?",
        "Is Mr McDonald your carer?",
        "Do you use British Sign Language (BSL)?",
        "Does an occupational therapist (OT) help you?",
        "Does an OT (occupational therapist) help you?",
        "Is your integrated care board, the ICB, near you?",
        "Do you like A or B?",
        "Am I right?",
        "Do you live in SW1A?",
        "Do you have an iPad?",
    ],
}

BAD_HINTS = {
    "sentence-long": [*(SENTENCE_OF[number] for number in range(26, 35)), f"{SENTENCE_OF[3]} {SENTENCE_OF[26]}"],
}
GOOD_HINTS = {
    "sentence-long": [*(SENTENCE_OF[number] for number in range(17, 26)), f"{SENTENCE_OF[25]} {SENTENCE_OF[25]}"],
}
BAD_EASY_READ = {
    "easyread-long": [*(QUESTION_OF[number] for number in range(16, 25)), "You have a budget. Is it enough?"],
}
GOOD_EASY_READ = {"easyread-long": [QUESTION_OF[number] for number in range(6, 16)]}


def asked(text: Any) -> Json:
    return choice("worded", text=text)


def hinted(text: Any) -> Json:
    return choice("worded", hint=text)


def easy(text: Any) -> Json:
    return choice("worded", formats={"easyread": {**EASY, "text": text}})


BAD = [
    (rule, make(text))
    for make, table in ((asked, BAD_QUESTIONS), (hinted, BAD_HINTS), (easy, BAD_EASY_READ))
    for rule, texts in table.items()
    for text in texts
]
GOOD = [
    (rule, make(text))
    for make, table in ((asked, GOOD_QUESTIONS), (hinted, GOOD_HINTS), (easy, GOOD_EASY_READ))
    for rule, texts in table.items()
    for text in texts
]


def wording(item: Json) -> str:
    easyread = item.get("formats", {}).get("easyread", {})
    return str(easyread.get("text") or item.get("hint") or item["text"])


def findings(*pages: Json, **more: Any) -> list[Finding]:
    return list(find_wording(questionnaire(*pages, **more), WORDS))


def rules(*pages: Json, **more: Any) -> list[str]:
    return [finding.rule for finding in findings(*pages, **more)]


@pytest.mark.parametrize(("rule", "item"), BAD, ids=lambda each: each if isinstance(each, str) else wording(each)[:60])
def test_bad_wording_is_found_with_a_remedy(rule: str, item: Json) -> None:
    found = findings(page(item))
    assert rule in {finding.rule for finding in found}
    for finding in found:
        assert finding.severity is Severity.WARNING
        assert finding.message.endswith(".")
        assert finding.remedy.endswith((".", "?"))


@pytest.mark.parametrize(("rule", "item"), GOOD, ids=lambda each: each if isinstance(each, str) else wording(each)[:60])
def test_wording_that_only_looks_bad_is_left_alone(rule: str, item: Json) -> None:
    assert rule not in rules(page(item))


def test_every_rule_has_ten_sentences_of_each_kind() -> None:
    bad, good = ([rule for rule, _ in table] for table in (BAD, GOOD))
    assert set(bad) == set(good) == set(WORDING_NAMES)
    assert all(bad.count(rule) >= 10 and good.count(rule) >= 10 for rule in WORDING_NAMES)


@settings(max_examples=30)
@given(made_up=questionnaires())
def test_nothing_is_said_of_plain_wording(made_up: Questionnaire) -> None:
    assert list(find_wording(made_up, WORDS)) == []


@pytest.mark.parametrize("rule", WORDING_NAMES)
@settings(max_examples=8)
@given(written=documents(), seed=st.integers(0, 2**16))
def test_bad_wording_is_found_wherever_it_is_put(rule: str, written: Json, seed: int) -> None:
    random, document = Random(seed), {**json.loads(json.dumps(written)), "glossary": []}
    item = random.choice([item for name, item in BAD if name == rule])
    document["sections"].insert(random.randint(1, len(document["sections"])), section("worded", page(item)))
    assert rule in {finding.rule for finding in find_wording(fit_to_format(document), WORDS)}


# --- Where and how often ----------------------------------------------------------------


def test_the_variants_of_a_text_are_found_once_at_the_first_that_is_bad() -> None:
    text = {"self": "Do you help?", "proxy": "Do they utilise it?", "child": "Does your child utilise it?"}
    roles = [option("self", answering="self"), option("proxy", answering="proxy")]
    who = {**choice("answering", role="answering"), "options": roles}
    found = findings(page(who), page(asked(text)))
    assert [(finding.rule, finding.location[-2:]) for finding in found] == [("hard-word", ("text", "proxy"))]
    assert "`utilise`" in found[0].message
    assert found[0].remedy == "Say `use`, or explain it in `glossary`."


def test_the_hardest_variant_decides_about_the_reading_age_together_with_its_hint() -> None:
    hint = "This is help someone needs because of a condition, an illness, a disability or old age."
    (finding,) = findings(
        page(choice("worded", text="Does the person look after someone else too, unpaid?", hint=hint))
    )
    assert (finding.rule, finding.location[-1]) == ("reading-age", "text")
    assert "`disability`" in finding.remedy
    assert rules(page(choice("worded", text="Do you help?", hint=hint.replace("condition", "cold")))) == []


def test_a_word_or_acronym_that_the_glossary_explains_may_be_used() -> None:
    glossary = [
        {"code": "phb", "term": "PHB", "meaning": "A personal health budget."},
        {"code": "review", "term": "Timely review", "meaning": "A talk about your budget each year."},
    ]
    text = "Has your PHB had a timely review?"
    assert sorted(rules(page(asked(text)))) == ["acronym", "hard-word"]
    assert rules(page(asked(text)), glossary=glossary) == []


def test_an_acronym_is_found_once_a_page_and_explained_by_anything_on_the_page() -> None:
    first, second = choice("first", text="Is the ICB near?"), choice("second", text="Is the ICB kind?")
    assert rules(page(first, second)) == ["acronym"]
    assert rules(page(first), page(second)) == ["acronym", "acronym"]
    assert rules(page(first, second, intro="Your integrated care board is the NHS team for your area.")) == []


def test_two_alternatives_that_the_options_offer_are_one_question() -> None:
    text = "Do you look after the money, or does someone help you?"
    assert rules(page(choice("worded", "me", "someone_helps", text=text))) == []
    assert rules(page(choice("worded", "yes", "no", text=text))) == ["double-barrelled"]


def test_what_is_written_freely_may_be_about_two_things() -> None:
    assert rules(page(long_text("worded", text="What went well and what did not?"))) == []
    assert rules(page(long_text("worded", text="What has not worked?"))) == []
    assert rules(page(choice("worded", text="Did it go well and did it last?"))) == ["double-barrelled"]


@pytest.mark.parametrize("made", [short_text, long_text])
@pytest.mark.parametrize("rule", ["negative", "leading"])
def test_what_is_written_freely_is_neither_turned_round_nor_led(rule: str, made: Callable[..., Json]) -> None:
    for text in BAD_QUESTIONS[rule]:
        assert rule in rules(page(made("worded", text=text))), text
    for text in GOOD_QUESTIONS[rule]:
        assert rule not in rules(page(made("worded", text=text))), text


@pytest.mark.parametrize("text", ["I do not feel safe.", "My plan is not short", "They are kind and helpful"])
def test_a_row_that_is_a_sentence_is_judged_as_a_question(text: str) -> None:
    def grid(row: str) -> Json:
        rows = [{"code": "one", "text": row}]
        return {**choice("worded", "agree", "disagree", text="What do you think?"), "type": "grid", "rows": rows}

    assert len(rules(page(grid(text)))) == 1
    assert rules(page(grid("Friends and getting out"))) == []


def test_two_negatives_in_one_breath_are_found_in_answers_too() -> None:
    def answered(text: str) -> Json:
        return {**choice("worded"), "options": [option("a", text=text), option("b")]}

    assert rules(page(answered("I do not go without"))) == ["negative"]
    assert rules(page(answered("No, and I did not know that they should"))) == []
    assert rules(page(answered("No, I go without"))) == []


def test_what_is_piped_in_is_read_as_it_is_without_an_answer() -> None:
    text = f"{{uses|{A_WORD * 12}}} {QUESTION_OF[12]}"
    assert rules(page(choices("uses")), page(asked(text))) == ["question-long"]


def test_words_to_read_are_judged_by_their_sentences_and_age_and_not_as_questions() -> None:
    assert rules(page(statement("words", text=f"You and we do not agree. {SENTENCE_OF[21]}"))) == []
    assert rules(page(statement("words", text=SENTENCE_OF[26]))) == ["sentence-long"]


def test_only_english_is_judged() -> None:
    german = document(page(asked("Do you utilise it and not regularly?")), language="de-DE")
    assert list(find_wording(fit_to_format(json.loads(json.dumps(german))), WORDS)) == []
