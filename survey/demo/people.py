"""Made-up people: who answers, for whom, in which language and how, with traits that hang together.

All shares are invented, though shaped by life: age goes with who answers, background with language, language with the
language the survey is read in, and all of them with who gives up half-way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from survey.areas import Area

Weights = Mapping[str, float]

OF_THE_PERSON = frozenset(
    {"answering", "holder_age", "sex", "ethnicity", "language", "english_well", "limits", "budget_status"}
)
"""Items whose answer is the field of `Person` of that name."""

WHEN_OLD = ("age_65_74", "age_75_84", "age_85_over")
CHILDREN = ("age_0_4", "age_5_10", "age_11_15")

AGES: Weights = {
    "age_0_4": 2,
    "age_5_10": 5,
    "age_11_15": 4,
    "age_16_17": 3,
    "age_18_24": 8,
    "age_25_34": 11,
    "age_35_44": 11,
    "age_45_54": 14,
    "age_55_64": 17,
    "age_65_74": 11,
    "age_75_84": 9,
    "age_85_over": 5,
}
ANSWERING: Mapping[str, Weights] = {
    "child": {"child": 92, "supported": 8},
    "young": {"self": 25, "supported": 35, "proxy": 40},
    "adult": {"self": 47, "supported": 25, "proxy": 28},
    "old": {"self": 32, "supported": 23, "proxy": 45},
}
ETHNICITY: Weights = {
    "white_british": 760,
    "white_irish": 9,
    "gypsy_traveller": 3,
    "roma": 2,
    "white_other": 84,
    "white_caribbean": 10,
    "white_african": 5,
    "white_asian": 9,
    "mixed_other": 8,
    "indian": 26,
    "pakistani": 62,
    "bangladeshi": 12,
    "chinese": 5,
    "asian_other": 11,
    "caribbean": 14,
    "african": 21,
    "black_other": 5,
    "arab": 6,
    "any_other": 9,
}
DIVERSITY_OF_REGION: Mapping[str, float] = {"London": 3.5, "Midlands": 1.3, "South West": 0.4}
"""How much more often than elsewhere somebody is not White British."""

MAIN_LANGUAGE: Mapping[str, Weights] = {
    "white_other": {"polish": 52, "another": 22, "english": 26},
    "roma": {"another": 70, "english": 30},
    "pakistani": {"urdu": 46, "another": 10, "english": 44},
    "indian": {"another": 24, "english": 76},
    "bangladeshi": {"another": 38, "english": 62},
    "chinese": {"another": 30, "english": 70},
    "asian_other": {"another": 30, "urdu": 4, "english": 66},
    "african": {"another": 22, "english": 78},
    "arab": {"another": 52, "english": 48},
    "any_other": {"another": 30, "english": 70},
}
ENGLISH_WELL: Mapping[str, Weights] = {
    "young": {"very_well": 45, "well": 35, "not_well": 15, "not_at_all": 5},
    "old": {"very_well": 12, "well": 26, "not_well": 40, "not_at_all": 22},
}
LOCALES: Mapping[str, str] = {"polish": "pl", "urdu": "ur"}
MODES: Weights = {"web": 76, "phone": 9, "home": 6, "workshop": 2, "paper": 7}


@dataclass(frozen=True)
class Person:
    """What of somebody decides how they answer; the fields of `OF_THE_PERSON` hold codes."""

    area: Area
    invited: bool
    holder_age: str
    answering: str
    sex: str
    ethnicity: str
    language: str
    english_well: str
    limits: str
    budget_status: str
    purpose: str
    """The first of `budget_for`."""
    locale: str
    mode: str
    fortune: float
    """How well things go, about 0 and mostly between -2 and 2."""
    reserve: float
    """The chance that a question is left out or not told, times that of others."""
    patience: int
    """After how many pages they stop; more than there are for most."""

    def says(self, item: str) -> str | None:
        """The code of a trait that an item asks for; None for any other item."""
        return str(getattr(self, item)) if item in OF_THE_PERSON else None


def draw_person(random: Random, area: Area, fortune_of_area: float) -> Person:
    """Somebody of an area."""
    age = pick(random, AGES)
    ethnicity = _draw_ethnicity(random, area, young=age in CHILDREN)
    language = _draw_language(random, ethnicity)
    english = pick(random, ENGLISH_WELL["old" if age in WHEN_OLD or age == "age_55_64" else "young"])
    struggles = language in {"polish", "urdu", "another", "bsl"} and english in {"not_well", "not_at_all"}
    answering = _draw_answering(random, age, language, struggles=struggles)
    mode = pick(random, MODES)
    locale = _draw_locale(random, language, struggles=struggles) if mode == "web" else "en"
    fortune = random.gauss(fortune_of_area, 0.9) - 0.5 * struggles - 0.15 * (answering == "proxy")
    return Person(
        area=area,
        invited=random.random() < 0.7,
        holder_age=age,
        answering=answering,
        sex="female" if random.random() < (0.42 if age in CHILDREN else 0.56) else "male",
        ethnicity=ethnicity,
        language=language,
        english_well=english,
        limits=pick(random, {"a_lot": 78, "a_little": 18, "not_at_all": 4}),
        budget_status=_draw_status(random, struggles=struggles),
        purpose=_draw_purpose(random, age),
        locale=locale,
        mode=mode,
        fortune=fortune,
        reserve=random.choice((0.3, 0.6, 1.0, 1.6)) * (1.5 if struggles else 1.0),
        patience=_draw_patience(random, locale, mode, answering, struggles=struggles),
    )


def pick(random: Random, weights: Weights) -> str:
    """One of the keys, by weight."""
    left = random.random() * sum(weights.values())
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    return next(reversed(list(weights)))


def _draw_ethnicity(random: Random, area: Area, *, young: bool) -> str:
    factor = DIVERSITY_OF_REGION.get(area.region, 1.0) * (1.5 if young else 1.0)
    common, *others = ETHNICITY.values()
    if random.random() < common / (common + factor * sum(others)):
        return "white_british"
    return pick(random, {code: weight for code, weight in ETHNICITY.items() if code != "white_british"})


def _draw_language(random: Random, ethnicity: str) -> str:
    drawn = random.random()
    if drawn < 0.03:
        return "no_words"
    if drawn < 0.04:
        return "bsl"
    return pick(random, MAIN_LANGUAGE.get(ethnicity, {"english": 985, "another": 15}))


def _draw_answering(random: Random, age: str, language: str, *, struggles: bool) -> str:
    group = "child" if age in CHILDREN else "young" if age == "age_16_17" else "old" if age in WHEN_OLD else "adult"
    answering = pick(random, ANSWERING[group])
    if answering == "self" and (language == "no_words" or (struggles and random.random() < 0.5)):
        return "proxy" if language == "no_words" else "supported"
    return answering


def _draw_locale(random: Random, language: str, *, struggles: bool) -> str:
    offered = LOCALES.get(language)
    return offered if offered and random.random() < (0.9 if struggles else 0.5) else "en"


def _draw_status(random: Random, *, struggles: bool) -> str:
    weights = {"now": 73, "ended": 8, "being_set_up": 8, "told_no": 4, "said_no": 3, "dont_know": 4}
    if struggles:
        weights |= {"now": 60, "told_no": 9, "dont_know": 11}
    return pick(random, weights)


def _draw_purpose(random: Random, age: str) -> str:
    if age in CHILDREN or age == "age_16_17":
        return pick(random, {"children_care": 52, "wheelchair": 34, "joint": 8, "other": 6})
    weights = {"continuing_care": 38, "wheelchair": 35, "aftercare": 8, "joint": 9, "one_off": 5, "other": 5}
    return pick(random, {**weights, "end_of_life": 6 if age in WHEN_OLD else 1})


def _draw_patience(random: Random, locale: str, mode: str, answering: str, *, struggles: bool) -> int:
    """Where somebody stops: each page loses a few, more of those it is hard for, and none on paper."""
    if mode == "paper":
        return 1000
    lost_a_page = 0.006 * (2.0 if struggles else 1.0) * (1.6 if locale != "en" else 1.0)
    lost_a_page *= {"phone": 0.4, "home": 0.2, "workshop": 0.3}.get(mode, 1.0)
    lost_a_page *= {"supported": 0.7, "child": 1.2}.get(answering, 1.0)
    return 1 + int(random.expovariate(lost_a_page))
