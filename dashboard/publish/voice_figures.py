"""The figures of an open question on their way out: shares of themes, how far two readers agree, who may be quoted.

Everything is decided on published numbers. Themes share a base: would one of them fit only some of the numbers that
the base is rounded from, several together would pin it, and with it how many spoke of each. So every share that is
published fits every such number, and more than one count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from dashboard.analysis.agreement import name_agreement
from dashboard.analysis.rounding import COARSENESS, SMALLEST_BASE, nearest_five
from dashboard.voices import Agreement, Theme, Voice

HIDDEN = 7
"""A theme of 1 to so many people is not told from one of nobody."""
QUOTED_FROM = 10
"""Nobody is quoted on a theme that fewer people speak of."""
SMALLEST_TWICE = 20
"""Answers from which agreement is published, whatever their number was rounded from."""
READERS = 2

Reading = Mapping[str, list[str]]
"""Themes found `first`, by a reader alone, and `now`, once both had seen where they differ."""


def read_by_two(question: Mapping[str, Any]) -> list[Sequence[Reading]]:
    """The answers that count: two people are behind everything that leaves."""
    return [answer for answer in question["readings"] if len(answer) == READERS]


def make_voice(question: Mapping[str, Any]) -> Voice:
    """The figures of a question with ten answers or more that two people have read."""
    answers = read_by_two(question)
    themes = []
    for theme in question["themes"]:
        count = sum(all(theme["code"] in reading["now"] for reading in answer) for answer in answers)
        share, band = share_of_theme(count, len(answers))
        quoted = count >= QUOTED_FROM and may_be_quoted(share, band, nearest_five(len(answers)))
        quotes = quotes_of(question, theme["code"]) if quoted else ()
        themes.append(Theme(theme["code"], theme["label"], theme["meaning"], share, band, quotes))
    agreement = _agreement(answers, themes)
    return Voice(question["item"], question["text"], nearest_five(len(answers)), tuple(themes), agreement)


def share_of_theme(count: int, people: int) -> tuple[int, str]:
    """Per cent with '', or the bound of a band with `under` or `over`: 12 of 42 are 30, 7 of 42 are under 25."""
    base = nearest_five(people)
    step = theme_step(base)
    rounded = step * ((200 * count + step * people) // (2 * step * people))
    if rounded < hidden_limit(base):
        return hidden_limit(base), "under"
    if rounded > over_limit(base):
        return over_limit(base), "over"
    return rounded, ""


def theme_step(base: int) -> int:
    """To how many per cent shares are rounded: as many as one person or more is of whatever was rounded to `base`.

    So there is a count for each. From a base of 25 the step is about two people or more: even with an exact base no
    share of a theme is that of one count alone, save 50% of 38.
    """
    return 10 if base < 40 else 5 if base <= 200 else 1


def hidden_limit(base: int) -> int:
    """HIDDEN people of any number that is rounded to `base` are a share that rounds to less than this."""
    unit = max(theme_step(base), COARSENESS)
    return next(at for at in range(unit, 100, unit) if (2 * at - theme_step(base)) * _fewest(base) > 200 * HIDDEN)


def over_limit(base: int) -> int:
    """All but one of any number that is rounded to `base` are a share that rounds to more than this, as everyone is."""
    unit = max(theme_step(base), COARSENESS)
    return 100 - next(at for at in range(unit, 100, unit) if (2 * at - theme_step(base)) * _fewest(base) >= 200)


def may_be_quoted(share: int, band: str, base: int) -> bool:
    """Whether a published share may be that of more than QUOTED_FROM people whatever `base` was rounded from.

    Else a quote would tell the base, or the count.
    """
    if band:
        return band == "over"
    most = ((2 * share + theme_step(base)) * _fewest(base) - 1) // 200
    return most > QUOTED_FROM


def quotes_of(question: Mapping[str, Any], theme: str) -> tuple[str, ...]:
    """In an order that comes from the words alone."""
    words = {quote["words"] for quote in question["quotes"] if quote["theme"] == theme}
    return tuple(sorted(words, key=lambda each: sha256(each.encode()).digest()))


def _fewest(base: int) -> int:
    return max(SMALLEST_BASE, base - COARSENESS // 2)


def _agreement(answers: Sequence[Sequence[Reading]], themes: Sequence[Theme]) -> Agreement | None:
    """Of what both found before they saw each other's: a decision is whether a theme is in an answer.

    None where a theme is hidden, as it is among the decisions.
    """
    base = nearest_five(len(answers))
    if _fewest(base) < SMALLEST_TWICE or not themes or any(theme.band for theme in themes):
        return None
    same = sum(
        (theme.code in one["first"]) == (theme.code in other["first"]) for one, other in answers for theme in themes
    )
    agreed = nearest_five(100 * same / (len(answers) * len(themes)))
    return Agreement(base, agreed, name_agreement(agreed, [theme.share for theme in themes]))
