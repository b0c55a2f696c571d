"""How far two readers agree, against published numbers, and how near the word from rounded figures comes."""

from __future__ import annotations

from random import Random

import pytest

from dashboard.analysis.agreement import Strength, measure_kappa, name_agreement, name_kappa


def test_kappa_of_fleiss_cohen_and_everitt_1969_is_0_429_and_moderate() -> None:
    by_chance = (120 * 130 + 60 * 50 + 20 * 20) / 200**2
    kappa = measure_kappa((106 + 28 + 6) / 200, by_chance)
    assert kappa == pytest.approx(0.429, abs=0.0005)
    assert name_kappa(kappa) is Strength.MODERATE


def test_kappa_of_the_psychiatric_diagnoses_in_fleiss_1981_is_0_68_and_substantial() -> None:
    by_chance = (80 * 80 + 10 * 5 + 10 * 15) / 100**2
    kappa = measure_kappa((75 + 4 + 10) / 100, by_chance)
    assert kappa == pytest.approx(0.68, abs=0.005)
    assert name_kappa(kappa) is Strength.SUBSTANTIAL


def test_agreement_no_better_than_chance_is_slight_and_worse_is_poor() -> None:
    assert name_agreement(50, [50]) is Strength.SLIGHT
    assert name_agreement(45, [50, 50]) is Strength.POOR
    assert name_agreement(100, [20]) is Strength.ALMOST_PERFECT


@pytest.mark.parametrize(
    ("kappa", "word"),
    [
        *((-0.01, "poor"), (0.0, "slight"), (0.20, "slight"), (0.21, "fair"), (0.40, "fair"), (0.41, "moderate")),
        *((0.60, "moderate"), (0.61, "substantial"), (0.80, "substantial")),
        *((0.81, "almost perfect"), (1.0, "almost perfect")),
    ],
)
def test_the_words_are_those_of_landis_and_koch(kappa: float, word: str) -> None:
    assert name_kappa(kappa) == word


def test_the_word_from_rounded_figures_is_that_of_exact_ones_or_next_to_it() -> None:
    random, words, same = Random(7), list(Strength), 0
    for _ in range(400):
        decisions = random.randint(50, 500)
        found = round(decisions * random.uniform(0.2, 0.6))
        one = round(decisions * random.uniform(0, 0.12))
        other = round(decisions * random.uniform(0, 0.12))
        one, other = min(one, found), min(other, decisions - found)
        agreed = 1 - (one + other) / decisions
        first, second = found / decisions, (found - one + other) / decisions
        exact = name_kappa(measure_kappa(agreed, first * second + (1 - first) * (1 - second)))
        rounded = name_agreement(5 * round(20 * agreed), [5 * round(20 * first)])
        assert abs(words.index(exact) - words.index(rounded)) <= 1
        same += exact is rounded
    assert same > 300
