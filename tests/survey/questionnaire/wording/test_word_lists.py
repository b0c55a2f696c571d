"""Word lists: read line by line, refused with the line that is wrong, and found as whole words."""

from __future__ import annotations

import pytest

from survey.questionnaire.wording.word_lists import LISTS, WordListError, WordLists, parse_word_list


def lists(**given: str) -> WordLists:
    named = {name.replace("_", "-"): text for name, text in given.items()}
    return WordLists({name: parse_word_list(name, named.get(name, "")) for name in LISTS})


def test_comments_and_empty_lines_are_left_out() -> None:
    assert parse_word_list("vague-periods", "# Why\n\nrecently\n  lately  \r\n") == {"recently": "", "lately": ""}
    assert parse_word_list("hard-words", "utilise\tuse\n") == {"utilise": "use"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hard-words", "# a\nutilise\n", "hard-words.txt, line 2: 'utilise': write the hard word, a tab and plainer"),
        ("hard-words", "utilise\t \n", "write the hard word, a tab and plainer words"),
        ("vague-periods", "recently\tnow", "this list has no tabs"),
        ("vague-periods", "recently\nrecently", "line 2: 'recently': it is in the list already"),
        ("vague-periods", "a+b", "an entry is words of letters"),
        ("vague-periods", "nul\0", "an entry is words of letters"),
        ("vague-periods", "a" * 61, "at most 60 characters"),
        ("vague-periods", "(a+)+$", "an entry is words of letters"),
    ],
)
def test_a_line_that_is_wrong_is_named_with_what_to_do(name: str, text: str, said: str) -> None:
    with pytest.raises(WordListError, match="line") as error:
        parse_word_list(name, text)
    assert said in str(error.value)


def test_hard_words_are_found_with_their_endings_and_others_are_not() -> None:
    words = lists(hard_words="utilise\tuse\nnotify\ttell\nassist\thelp\nin order to\tto")
    text = "Utilising it, they notified us In Order To assist. Reutilise? Assistant, mid-assist-ed."
    assert list(words.found("hard-words", text)) == [
        ("Utilising", "use"),
        ("notified", "tell"),
        ("In Order To", "to"),
        ("assist", "help"),
    ]


def test_the_longest_entry_is_found_and_either_apostrophe_is_one() -> None:
    words = lists(leading_words="agree\ndon't you agree")
    assert list(words.found("leading-words", "Don’t you agree?")) == [("Don't you agree", "")]
    assert words.cut("leading-words", "Don’t you agree that it is?") == "… that it is?"


def test_an_empty_list_finds_nothing() -> None:
    assert list(lists().found("vague-periods", "recently")) == []
    assert lists().cut("vague-periods", "recently") == "recently"


def test_an_acronym_is_known_as_it_is_written() -> None:
    words = lists(known_acronyms="NHS")
    assert ("known-acronyms", "NHS") in words
    assert ("known-acronyms", "nhs") not in words
