"""Codes: a slip is always noticed, tidy-up never is, and hashes tell nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.codes import ALPHABET, CodeError, CodeProblem, Purpose, hash_code, new_code, normalise

codes = st.integers().map(lambda seed: new_code(Random(seed)))
places = st.integers(0, 15)


def symbols(code: str) -> list[str]:
    return list(code.replace("-", ""))


@given(codes)
def test_a_code_is_shown_in_four_groups_of_four(code: str) -> None:
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert set(symbols(code)) <= set(ALPHABET)


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == 29
    assert not set("01OILSU") & set(ALPHABET)


def test_a_known_code_stays_valid() -> None:
    assert new_code(Random(1)) == "6MYW-V4A5-HVGH-PEWM"
    assert normalise("6MYW-V4A5-HVGH-PEWM") == "6MYW-V4A5-HVGH-PEWM"


@given(codes, places, st.sampled_from(ALPHABET))
def test_any_one_wrong_symbol_is_noticed(code: str, place: int, other: str) -> None:
    typed = symbols(code)
    if typed[place] == other:
        return
    typed[place] = other
    with pytest.raises(CodeError) as caught:
        normalise("".join(typed))
    assert caught.value.kind is CodeProblem.CHECK_FAILS


@given(codes, places, places)
def test_any_two_exchanged_symbols_are_noticed(code: str, one: int, other: int) -> None:
    typed = symbols(code)
    if typed[one] == typed[other]:
        return
    typed[one], typed[other] = typed[other], typed[one]
    with pytest.raises(CodeError):
        normalise("".join(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "6mywv4a5hvghpewm",
        "  6MYW V4A5\tHVGH\u00a0PEWM\n",
        "6myw\u2013v4a5\u2014hvgh\u2011pewm",
        "6MYW.V4A5.HVGH.PEWM",
        "\uff16MYW-V4A\uff15-HVGH-PEWM",
        "6MYW-V4AS-HVGH-PEWM",
        "6MYW-U4A5-HUGH-PEWM",
    ],
)
def test_spaces_dashes_case_and_letters_that_are_in_no_code_do_not_matter(typed: str) -> None:
    assert normalise(typed) == "6MYW-V4A5-HVGH-PEWM"


@pytest.mark.parametrize(
    ("typed", "kind", "detail"),
    [
        ("", CodeProblem.WRONG_LENGTH, "0"),
        ("6MYW-V4A5-HVGH-PEW", CodeProblem.WRONG_LENGTH, "15"),
        ("6MYW-V4A5-HVGH-PEWM-2", CodeProblem.WRONG_LENGTH, "17"),
        ("6MYW-V4A5-HVGH-PEW0", CodeProblem.WRONG_CHARACTER, "0"),
        ("6MYW-V4A5-HVGH-PE\0M", CodeProblem.WRONG_CHARACTER, "\0"),
        ("\u06f6MYW-V4A5-HVGH-PEWM", CodeProblem.WRONG_CHARACTER, "\u06f6"),
        ("6MYW-V4A5-HVGH-PEWN", CodeProblem.CHECK_FAILS, ""),
    ],
)
def test_what_is_wrong_with_a_code_is_said(typed: str, kind: CodeProblem, detail: str) -> None:
    with pytest.raises(CodeError) as caught:
        normalise(typed)
    assert (caught.value.kind, caught.value.detail) == (kind, detail)


@given(st.text())
def test_no_text_does_worse_than_a_code_error(typed: str) -> None:
    try:
        assert normalise(normalise(typed)) == normalise(typed)
    except CodeError:
        return


def test_a_hash_depends_on_key_purpose_and_code() -> None:
    code = "6MYW-V4A5-HVGH-PEWM"
    hashes = {
        hash_code(b"key", Purpose.RETURN, code),
        hash_code(b"other", Purpose.RETURN, code),
        hash_code(b"key", Purpose.INVITATION, code),
        hash_code(b"key", Purpose.RETURN, "6MYW-V4A5-HVGH-PEWN"),
    }
    assert len(hashes) == 4
    assert all(len(text) == 64 for text in hashes)
    assert hash_code(b"key", "return", code) == hash_code(b"key", Purpose.RETURN, code)
