"""Conditions and paths in SQL: DuckDB says what the Python evaluator and the Router say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from random import Random

import duckdb
import numpy as np
import pandas
import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.questionnaire.answers import Answers, Value
from survey.questionnaire.conditions import evaluate
from survey.questionnaire.model import GridItem, Item, Questionnaire, options_of, row_key
from survey.questionnaire.routing import Router
from survey.questionnaire.walk import comparisons_in, variables_of
from survey.store.condition_sql import condition_sql, name_sql, text_sql
from survey.store.routing_sql import UNANSWERED, Paths
from tests.survey.questionnaire.builders import area, built, choice, choices, long_text, page, scale, section
from tests.survey.questionnaire.defects import grid
from tests.survey.questionnaire.generated import questionnaires
from tests.survey.questionnaire.test_conditions import CONDITION, ITEMS, TRUTH, answer_sets, conditions

PEOPLE = 40
"""Made-up responses to each made-up questionnaire."""


@pytest.fixture(scope="module")
def connection() -> Iterator[DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def ask_duckdb(
    connection: DuckDBPyConnection, condition: dict[str, object], people: Sequence[Answers]
) -> list[bool | None]:
    """What a condition is for each person, in one statement."""
    asked = CONDITION.validate_json(json.dumps(condition))
    items = sorted({comparison.item for _, comparison in comparisons_in((), asked)})
    rows = ", ".join(f"({', '.join(_sql_text(answers.get(item, ())) for item in items)})" for answers in people)
    source = f"(values {rows}) as given({', '.join(map(name_sql, items))})"
    return [
        value
        for (value,) in connection.execute(f"select {condition_sql(asked, ITEMS, name_sql)} from {source}").fetchall()
    ]


def _sql_text(value: Value) -> str:
    return text_sql(json.dumps(value)) if value or value == 0 else "null::varchar"


@pytest.mark.parametrize(("item", "operator", "states", "expected"), TRUTH, ids=lambda value: str(value))
def test_an_operator_in_sql_keeps_to_its_truth_table(
    connection: DuckDBPyConnection,
    item: str,
    operator: dict[str, object],
    states: tuple[Value | None, ...],
    expected: tuple[bool | None, ...],
) -> None:
    people: list[Answers] = [{} if state is None else {item: state} for state in states]
    assert tuple(ask_duckdb(connection, {"item": item, **operator}, people)) == expected


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(condition=conditions, people=st.lists(answer_sets, min_size=5, max_size=10))
def test_a_condition_in_sql_is_what_it_is_in_python(
    connection: DuckDBPyConnection, condition: dict[str, object], people: list[Answers]
) -> None:
    asked = CONDITION.validate_json(json.dumps(condition))
    assert ask_duckdb(connection, condition, people) == [evaluate(asked, answers, ITEMS) for answers in people]


def test_a_number_and_its_digits_are_not_the_same_in_sql(connection: DuckDBPyConnection) -> None:
    assert ask_duckdb(connection, {"item": "say", "is": 1}, [{"say": "1"}, {"say": 1}]) == [False, True]
    assert ask_duckdb(connection, {"item": "cost", "is": 12}, [{"cost": 12.0}]) == [True]
    assert ask_duckdb(connection, {"item": "cost", "at_least": 0.1}, [{"cost": 0.1}]) == [True]


# --- Paths --------------------------------------------------------------------------


def check_same_paths(written: Questionnaire, people: list[Answers], invited: list[bool]) -> None:
    """Every page, row and answer that counts, of each person, by SQL and by the Router."""
    paths, router = Paths(written), Router(written)
    given_by = {item: _texts([answers.get(item, ()) for answers in people]) for item in paths.asks}
    walked = paths.of(given_by, np.array(invited, dtype=np.bool_))
    areas = frozenset(item.id for item in router.items.values() if item.role == "area")
    for place, answers in enumerate(people):
        route = router.path(answers, areas if invited[place] else frozenset())
        assert tuple(page for page, on in walked.path.items() if on[place]) == route.pages
        for placed in router.pages:
            entered = walked.entered[placed.page.id][place]
            for item in placed.page.items:
                if isinstance(item, GridItem):
                    shown = router.shown_rows(item, route.answers)
                    for row in item.rows:
                        key = row_key(item.id, row.code)
                        counts = entered and (key not in walked.rows or walked.rows[key][place])
                        assert (key in route.answers) == bool(counts and answers.get(key))
                        assert key not in walked.rows or walked.rows[key][place] == (row.code in shown)
                else:
                    value = answers.get(item.id, ())
                    assert (item.id in route.answers) == bool(entered and (value or value == 0))


def _texts(values: list[Value]) -> pandas.Categorical:
    return pandas.Categorical([json.dumps(value) if value or value == 0 else UNANSWERED for value in values])


def draw_answer(random: Random, item: Item) -> Value:
    """Any answer that can be, and often none."""
    codes = [option.code for option in options_of(item)]
    if random.random() < 0.3:
        return ()
    if item.type in ("choices", "rank"):
        return tuple(random.sample(codes, random.randint(0, min(3, len(codes)))))
    if item.type in ("scale", "number") and random.random() < 0.8:
        return random.choice([0, 1, 2, 2.5, 3, 4, 5, -1])
    if item.type in ("area", "date", "short_text", "long_text") and (not codes or random.random() < 0.7):
        return {"area": "QMJ", "date": "2024"}.get(item.type, "Words, \"quoted\" and 'so'")
    return random.choice(codes) if codes else ()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=questionnaires(), seed=st.integers(0, 2**32 - 1))
def test_paths_in_sql_are_those_of_the_router(written: Questionnaire, seed: int) -> None:
    random = Random(seed)
    once = tuple(part for part in written.sections if part.repeat is None)
    written = written.model_copy(update={"sections": once})
    items = list(variables_of(written))
    yes = {"taking_part": "yes"}
    people: list[Answers] = [{item.id: draw_answer(random, item) for item in items} for _ in range(PEOPLE)]
    people = [{**answers, **(yes if random.random() < 0.8 else {})} for answers in people]
    check_same_paths(written, people, [random.random() < 0.5 for _ in people])


def test_who_refuses_sees_nothing_more_and_the_invited_are_not_asked_for_their_area() -> None:
    rows = [{"code": code, "text": code, "show_if": {"item": "uses", "is": code}} for code in ("care", "chair")]
    is_five = {"item": "say", "at_least": 5}
    written = built(
        section(
            "start",
            page(choice("taking_part"), end={"kind": "refused", "when": {"item": "taking_part", "is": "no"}}),
            page(area(role="area")),
            page(area("area_too", role="area"), long_text("why")),
        ),
        section(
            "main",
            page(choices("uses"), show_if={"item": "taking_part", "is_not": "no"}),
            page(grid("went", rows=rows)),
            page(scale("say"), show_if={"item": "went__care", "answered": True}),
            page(choice("last"), show_if={"any": [is_five, {"item": "later", "answered": True}]}),
            page(choice("later"), show_if={"item": "area", "is": "QMJ"}),
            show_if={"not": {"item": "taking_part", "is": "dont_know"}},
        ),
    )
    random, items = Random(3), list(variables_of(written))
    people: list[Answers] = [{item.id: draw_answer(random, item) for item in items} for _ in range(300)]
    check_same_paths(written, people, [random.random() < 0.5 for _ in people])


def test_a_questionnaire_without_any_condition_has_one_path() -> None:
    check_same_paths(built(page(choice("one")), page(choice("two"))), [{}, {"one": "yes"}], [False, True])


def test_a_repeat_has_no_path_in_sql() -> None:
    written = built(
        section("uses", page(choices("uses"))),
        section("each", page(choice("met")), repeat={"from": "uses", "at_most": 3}),
    )
    with pytest.raises(ValueError, match="repeats a section"):
        Paths(written)
