"""What is wrong with a translation is found whatever it is, and nothing is found in a good one."""

from __future__ import annotations

import pytest

from survey.adjudication.problems import Wrong, find_problems, longest_sensible


@pytest.mark.parametrize(
    ("source", "translation", "wrong", "details"),
    [
        ("Hello %(name)s", "Cześć %(name)s", None, ""),
        ("Hello %(name)s", "Cześć", Wrong.PLACEHOLDERS, "%(name)s is missing"),
        ("Hello %(name)s", "Cześć %(imie)s", Wrong.PLACEHOLDERS, "%(name)s is missing; %(imie)s is not in the source"),
        ("Hello %(name)s", "Cześć %(name)d", Wrong.PLACEHOLDERS, "%(name)s is missing; %(name)d is not in the source"),
        ("Hello {name}", "Cześć {imie}", Wrong.PIPES, "{name} is missing; {imie} is not in the source"),
        ("Hello {name|you}", "Cześć {name|ty}", None, ""),
        ("Hello {name|you}", "Cześć {name}", Wrong.PIPES, "{name|…} is missing; {name} is not in the source"),
        ("Hello {name}", "Cześć {name", Wrong.PIPES, "{name} is missing; { is not in the source"),
        ("Call <b>999</b>", "<b>999</b>: dzwoń", None, ""),
        ("Call <b>999</b>", "Dzwoń pod <b>999", Wrong.MARK_UP, "</b> is missing"),
        ("Call <b>999</b>", "<b>Dzwoń</b> <b>999</b>", Wrong.MARK_UP, "</b>, <b> is not in the source"),
        ('<a href="/x">here</a>', '<a href="/x" onclick="y()">tu</a>', Wrong.MARK_UP, None),
        ("Read this", "Czytaj <script>to</script>", Wrong.MARK_UP, "</script>, <script> is not in the source"),
        ("Read this", "Czytaj <IMG src=x onerror=y", Wrong.MARK_UP, "<IMG src=x onerror=y is not in the source"),
        ("Read this", "Czytaj <!-- to -->", Wrong.MARK_UP, "<!-- to --> is not in the source"),
        ("Read this", "Czytaj&nbsp;to", Wrong.MARK_UP, "&nbsp; is not in the source"),
        ("Tea & milk < 5", "Herbata & mleko < 5", None, ""),
        ("%(share)s%% of %(n)s", "%(share)s%% z %(n)s", None, ""),
        ("%(share)s%% of %(n)s", "%(share)s% z %(n)s", Wrong.PER_CENT, ""),
        ("Half of people", "50% osób", Wrong.PER_CENT, ""),
        ("Half of people", "50%% osób", Wrong.PER_CENT, ""),
        ("Hello %(name)s", "Cześć %(name)s%(name)9999999999s", Wrong.PER_CENT, ""),
        ("Hello %(name)s", "Cześć %(name)s%(name).3s", Wrong.PER_CENT, ""),
        ("Hello %(name)s", "Cześć <%(name)s>", Wrong.MARK_UP, "<% is not in the source"),
        ("Hello %(name)s", "Cześć </%(name)s>", Wrong.MARK_UP, "</% is not in the source"),
        ("Hello %(name)s", "Cześć &%(name)s;", Wrong.MARK_UP, "&%(name)s; is not in the source"),
        ("Hello {name}", "Cześć <{name}>", Wrong.MARK_UP, "<{ is not in the source"),
        ("About 5% of people", "Około 5% osób", None, ""),
        ("Read this", "Czytaj\N{ZERO WIDTH NO-BREAK SPACE} to", Wrong.HIDDEN, ""),
        ("Read this", "Czytaj\N{RIGHT-TO-LEFT OVERRIDE} to", Wrong.HIDDEN, ""),
        ("Read this", "Czytaj\nto", Wrong.HIDDEN, ""),
        ("Read\nthis", "Czytaj\nto", None, ""),
        ("Read this", "یہ\N{ZERO WIDTH NON-JOINER}پڑھیں\N{LEFT-TO-RIGHT MARK}", None, ""),
        ("Read this", " ", Wrong.EMPTY, ""),
        ("Yes", "x" * 19, None, ""),
        ("Yes", "x" * 20, Wrong.TOO_LONG, "20 characters, more than 19"),
    ],
)
def test_a_translation_keeps_what_its_source_has_and_brings_nothing_else(
    source: str, translation: str, wrong: Wrong | None, details: str | None
) -> None:
    found = find_problems((source,), (translation,), 1, is_questionnaire=False)
    assert [problem.wrong for problem in found] == ([] if wrong is None else [wrong])
    if found and details is not None:
        assert found[0].details == details
        assert str(found[0]).endswith(f"({details})" if details else str(wrong))


@pytest.mark.parametrize(
    ("forms", "wrong"),
    [
        (("jedna filiżanka", "%(num)s filiżanki", "%(num)s filiżanek"), []),
        (("jedna filiżanka", "%(num)s filiżanki", "filiżanki"), [(Wrong.PLACEHOLDERS, 2)]),
        (("%(numer)s filiżanka", "%(num)s filiżanki", "%(num)s filiżanek"), [(Wrong.PLACEHOLDERS, 0)]),
        (("%(num)s filiżanka", "%(num)s filiżanki"), [(Wrong.FORMS, 0)]),
        (("%(num)s filiżanka", "", "%(num)s filiżanek"), [(Wrong.EMPTY, 1)]),
    ],
)
def test_every_form_is_looked_at_and_only_that_for_most_numbers_must_have_the_number(
    forms: tuple[str, ...], wrong: list[tuple[Wrong, int]]
) -> None:
    found = find_problems(("%(num)s cup", "%(num)s cups"), forms, 3, is_questionnaire=False)
    assert [(problem.wrong, problem.form) for problem in found] == wrong


@pytest.mark.parametrize(
    ("forms", "wrong"),
    [
        (("Jedna {kind}", "{cups} {kind}", "{cups} {kind}"), 0),
        (("Jedna", "{cups} {kind}", "{cups} {kind}"), 1),
        (("Jedna {kind}", "{cups}", "{kind}"), 2),
    ],
)
def test_an_answer_that_is_in_both_forms_of_a_source_is_in_every_form(forms: tuple[str, ...], wrong: int) -> None:
    assert len(find_problems(("One {kind}", "{cups} {kind}"), forms, 3, is_questionnaire=True)) == wrong


def test_a_questionnaire_may_have_a_per_cent_sign_as_it_is() -> None:
    assert find_problems(("Half",), ("50%",), 1, is_questionnaire=True) == ()


def test_length_is_told_and_stops_nothing() -> None:
    (problem,) = find_problems(("Yes",), ("x" * 60,), 1, is_questionnaire=True)
    assert not problem.stops
    assert [wrong for wrong in Wrong if not wrong.stops] == [Wrong.TOO_LONG]


@pytest.mark.parametrize(("length", "limit"), [(3, 19), (20, 70), (60, 140), (200, 350)])
def test_a_translation_may_be_longer_than_its_source_within_reason(length: int, limit: int) -> None:
    assert longest_sensible(length) == limit
