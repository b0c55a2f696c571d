"""Which numbers a plural form of a language is for, by examples: nobody knows forms by their place in a file."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from gettext import c2py

from survey.translations.catalogues import empty_catalogue

MOST_EXAMPLES = 4
_TRIED = (*range(201), 1000, 1_000_000)


@lru_cache(maxsize=64)
def examples_by_form(locale: str) -> tuple[tuple[int, ...], ...]:
    """For each form of the language, the first numbers that take it.

    >>> examples_by_form("pl")
    ((1,), (2, 3, 4, 22), (0, 5, 6, 7))
    """
    catalogue = empty_catalogue("examples", locale)
    form_of = c2py(catalogue.plural_expr)
    numbers: dict[int, list[int]] = defaultdict(list)
    for number in _TRIED:
        numbers[form_of(number)].append(number)
    return tuple(tuple(numbers[form][:MOST_EXAMPLES]) for form in range(catalogue.num_plurals))
