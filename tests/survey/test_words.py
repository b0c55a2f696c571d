"""The word lists that ship are read; a folder that lacks one, or has one that is no text, is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from survey import resources
from survey.questionnaire.wording.word_lists import LISTS, WordListError
from survey.words import load_word_lists


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(resources.WORDS, tmp_path / "words")


def test_every_list_that_ships_is_read_and_described(folder: Path) -> None:
    words = load_word_lists(folder)
    described = (folder / "README.md").read_text(encoding="utf-8")
    assert set(words.lists) == set(LISTS) == {path.stem for path in folder.glob("*.txt")}
    for name in LISTS:
        assert words.lists[name]
        assert f"`{name}.txt`" in described


def test_the_lists_are_in_order_so_that_a_change_is_easy_to_read(folder: Path) -> None:
    for name, entries in load_word_lists(folder).lists.items():
        assert list(entries) == sorted(entries), name


def test_a_list_may_be_empty_and_not_missing(folder: Path) -> None:
    (folder / "vague-periods.txt").write_text("")
    assert load_word_lists(folder).lists["vague-periods"] == {}
    (folder / "vague-periods.txt").unlink()
    with pytest.raises(WordListError, match=r"vague-periods\.txt: No such file.* Put the word list back"):
        load_word_lists(folder)


@pytest.mark.parametrize(
    ("source", "said"), [(b"recently\xff", "is not UTF-8"), (b"a" * 1_000_001, "is longer than 1,000,000 bytes")]
)
def test_a_list_that_is_no_text_is_refused(folder: Path, source: bytes, said: str) -> None:
    (folder / "vague-periods.txt").write_bytes(source)
    with pytest.raises(WordListError, match=said):
        load_word_lists(folder)
