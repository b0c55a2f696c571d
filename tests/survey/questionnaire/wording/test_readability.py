"""Words, sentences and syllables, and the published scores of four sentences."""

from __future__ import annotations

import pytest

from survey.questionnaire.wording.readability import (
    count_syllables,
    reading_age,
    reading_ease,
    school_grade,
    sentences_of,
    words_of,
)

SYLLABLES = {
    1: "a the is you we they made life health help plan care house choice voice asked lived looked changed paid told"
    " signed through thought where there whole these those months years pounds times names sides makes takes friends"
    " true blue please child real eye eyes aged bought change choose don't you're it's viewed spent due week",
    2: "budget money after under over person people little able simple table trouble better being doing going seeing"
    " wanted needed ended started worried carried carer paper sentence taken reading creature hybrid mammal service"
    " prices pieces boxes wishes teaches because before almost someone always working doctor treatment housework"
    " payment careful useful hopeful lonely safely science quiet riot lion giant trial client poet fluid ruin diet"
    " fuel cruel create social special ocean station nation section question region union million action patient"
    " ancient woman living caring sharing nighttime something wheelchair ethnic background language describes agreed"
    " cannot didn't breathing paying healthcare themselves yourself every treated lasting given reviewed judgement",
    3: "personal family history hospital another deciding decided however together tomorrow decision permission"
    " condition religion opinion direction employer disabled employee equipment arrangement agreement management"
    " document confident medical physical video radio studio period area idea museum reliant understand remember"
    " difficult holiday carefully advocate exercise envelope platypus seemingly reptilian regular satisfied company"
    " companies improvement encourage negative positive appointment library services relationship-free volunteer"
    " sexual annual usual gradual everyone anyone anywhere arranges registered aftercare therapy employing reaction",
    4: "information community ability mobility security independent ordinary necessary education medication"
    " experience january automatic professional operation population society appropriate alternative identity"
    " majority variety material immediate situation graduation relationship february usually technology bisexual"
    " deprivation",
    5: "disability organisation communication individual accommodation opportunity university examination"
    " consideration evaluation orientation representative disabilities",
    6: "responsibility availability rehabilitation accessibility heterosexual",
}
COUNTED = [(word, count) for count, words in SYLLABLES.items() for word in words.split() if not word.endswith("-free")]


def test_nineteen_words_of_twenty_have_the_right_number_of_syllables() -> None:
    assert len(COUNTED) > 280
    wrong = [(word, count, count_syllables(word)) for word, count in COUNTED if count_syllables(word) != count]
    assert len(wrong) <= len(COUNTED) / 20, wrong


@pytest.mark.parametrize(("word", "count"), [("well-being", 3), ("Your", 1), ("12", 1), ("person's", 2), ("don’t", 1)])
def test_syllables_of_joined_words_numbers_and_short_forms(word: str, count: int) -> None:
    assert count_syllables(word) == count


@pytest.mark.parametrize(
    ("text", "ease", "grade"),
    [
        ("The cat sat on the mat.", 116.145, -1.45),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 37.46, 11.26),
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.", 68.98, 7.61),
        ("Has your budget made your life better?", 90.96, 2.31),
    ],
)
def test_the_scores_are_the_published_ones(text: str, ease: float, grade: float) -> None:
    assert reading_ease(text) == pytest.approx(ease, abs=0.006)
    assert school_grade(text) == pytest.approx(grade, abs=0.006)
    assert reading_age(text) == pytest.approx(grade + 5, abs=0.006)


def test_a_text_without_words_has_no_score() -> None:
    with pytest.raises(ValueError, match="without words"):
        reading_ease("… 	— ?")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Khan helps, e.g. With forms.", ["Dr. Khan helps, e.g. With forms."]),
        ("It costs £3.50 a day.", ["It costs £3.50 a day."]),
        ("The questions say “the person”. You can stop.", ["The questions say “the person”.", "You can stop."]),
        ("A heading\nAnd a line", ["A heading", "And a line"]),
        ("Write to us at a.b@example.org today", ["Write to us at a.b@example.org today"]),
        (" … ", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


def test_words_are_counted_as_they_are_read() -> None:
    assert words_of("Don't say “well-being”: it’s 2 words, or 1?") == [
        *("Don't", "say", "well-being", "it’s", "2", "words", "or", "1")
    ]
