"""Loading the word lists that the co-production group owns."""

from __future__ import annotations

from pathlib import Path

from survey.questionnaire.wording.word_lists import LISTS, WordListError, WordLists, parse_word_list

_LARGEST = 1_000_000


def load_word_lists(folder: Path) -> WordLists:
    """The lists of a folder. Raises WordListError for one that is missing or cannot be read."""
    return WordLists({name: parse_word_list(name, _read(folder / f"{name}.txt")) for name in LISTS})


def _read(path: Path) -> str:
    try:
        source = path.read_bytes()
    except OSError as error:
        raise WordListError(f"{path}: {error.strerror}. Put the word list back; it may be empty.") from error
    if len(source) > _LARGEST:
        raise WordListError(f"{path} is longer than {_LARGEST:,} bytes. Is it a word list?")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WordListError(f"{path} is not UTF-8. Save it as UTF-8 text.") from error
