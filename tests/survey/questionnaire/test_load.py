"""Loading: what is wrong with a file is said all at once, with its place; no input crashes it or holds it up."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.document import MAX_BYTES, MAX_DEPTH
from survey.questionnaire.load import (
    QuestionnaireError,
    content_hash,
    dump_questionnaire,
    load_file,
    load_folder,
    load_questionnaire,
    switch_on,
)
from survey.questionnaire.model import ChoiceItem, Questionnaire, Variants
from survey.questionnaire.problems import MAX_PROBLEMS, Problem
from tests.survey.questionnaire.builders import (
    Json,
    area,
    choice,
    choices,
    document,
    load,
    long_text,
    option,
    page,
    scale,
    section,
    short_text,
    statement,
)

IS_NOW = {"item": "status", "is": "now"}

REFUSED = {"kind": "refused", "when": {"item": "agree", "is": "no"}}

WHO = {**choice("who", role="answering"), "options": [option(code, answering=code) for code in ("self", "child")]}

WHOLE = document(
    section(
        "start",
        page(statement("welcome"), choice("agree", role="consent", required=True), end=REFUSED),
        page(choice("status", "now", "ended", text={"self": "You?", "child": "Your child?"})),
    ),
    section(
        "main",
        page(choices("uses"), show_if={"any": [{"item": "status", "answered": False}, {"not": IS_NOW}]}),
        page(scale("say", min=1, max=5, measure={"good": [4, 5]})),
        page(area(sensitive=True), short_text("line", off=True)),
        page(
            {**choice("who", role="answering"), "options": [option(code, answering=code) for code in ("self", "child")]}
        ),
        page(long_text("story", hint="Leave out names."), end={"kind": "offer"}),
    ),
    core_minutes=2,
)


def problems_of(source: bytes | str) -> tuple[Problem, ...]:
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(source.encode() if isinstance(source, str) else source, name="broken.json")
    assert caught.value.problems
    assert all(problem.path.startswith("$") and problem.message and problem.remedy for problem in caught.value.problems)
    assert str(caught.value).startswith("broken.json cannot be used:\n$")
    return caught.value.problems


def places_and_rules(written: Json) -> list[tuple[str, str]]:
    return [(problem.path, problem.rule) for problem in problems_of(json.dumps(written))]


def changed(change: Callable[[Json], object]) -> Json:
    written: Json = json.loads(json.dumps(WHOLE))
    change(written)
    return written


# --- What cannot be read at all -------------------------------------------------

UNREADABLE = {
    "nothing": (b"", "json"),
    "a file cut off": (json.dumps(WHOLE).encode()[:-200], "json"),
    "a file cut off inside a string": (b'{"id": "phb', "json"),
    "escapes without end": (b'{"id": "' + b'\\"' * 2_000_000, "json"),
    "a file cut off after a backslash": (b'{"id": "phb\\', "json"),
    "no JSON": (b"title: Personal health budget survey", "json"),
    "two documents": (b"{} {}", "json"),
    "a trailing comma": (b'{"id": "a",}', "json"),
    "a raw NUL": (b'{"id": "a\x00"}', "json"),
    "single quotes": (b"{'id': 'a'}", "json"),
    "Latin-1": ('{"title": "Café"}'.encode("latin-1"), "encoding"),
    "UTF-16": (json.dumps(WHOLE).encode("utf-16"), "encoding"),
    "50 MB": (b" " * 50_000_000, "size"),
    "too many values": (b"[" + b"1," * 200_001 + b"1]", "size"),
    "brackets without end": (b"[" * 1_000_000, "depth"),
    "braces without end": (b'{"a":' * 100_000, "depth"),
    "not a number": (b'{"minutes": NaN}', "number"),
    "infinity": (b'{"minutes": -Infinity}', "number"),
    "a number of a million digits": (b'{"minutes": ' + b"9" * 1_000_000 + b"}", "number"),
    "a float beyond all floats": (b'{"minutes": 1e999}', "number"),
}


@pytest.mark.parametrize(("source", "rule"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_one_problem_of_the_whole_file(source: bytes, rule: str) -> None:
    (problem,) = problems_of(source)
    assert (problem.path, problem.rule) == ("$", rule)


def test_a_syntax_error_names_line_and_column() -> None:
    (problem,) = problems_of('{\n  "id": "a"\n  "version": "1"\n}')
    assert "line 3, column 3" in problem.message


def test_a_byte_that_is_not_utf_8_is_named_by_its_line() -> None:
    (problem,) = problems_of(b'{\n"title": "\xff"}')
    assert "line 2" in problem.message


@pytest.mark.parametrize("levels", [98, 1000])
@pytest.mark.parametrize("key", ["not", "all", "any"])
def test_conditions_nested_a_thousand_deep_are_refused_and_deep_ones_that_are_allowed_do_not_crash(
    key: str, levels: int
) -> None:
    opened = f'{{"{key}":' + ("" if key == "not" else "[")
    closed = "}" if key == "not" else "]}"
    inner = '{"item": "status", "is": "now"}'
    levels_that_fit = (MAX_DEPTH - 8) // (1 if key == "not" else 2)
    nested = min(levels, levels_that_fit) if levels < MAX_DEPTH else levels
    condition = opened * nested + inner + closed * nested
    written = document(page(choice("status", "now", "ended")), page(choice("more"), show_if="PUT HERE"))
    source = json.dumps(written).replace('"PUT HERE"', condition)
    if levels > MAX_DEPTH:
        assert [problem.rule for problem in problems_of(source)] == ["depth"]
    else:
        loaded = load_questionnaire(source.encode(), name="deep.json")
        assert load_questionnaire(dump_questionnaire(loaded), name="deep.json") == loaded


def test_a_byte_order_mark_does_no_harm() -> None:
    assert load_questionnaire(b"\xef\xbb\xbf" + json.dumps(WHOLE).encode(), name="marked.json") == load(WHOLE)


# --- What does not fit the format -----------------------------------------------

STATUS = "$.sections[0].pages[1].items[0]"
USES = "$.sections[1].pages[0]"
SAY = "$.sections[1].pages[1].items[0]"
AREA = "$.sections[1].pages[2].items[0]"


def part(written: Json, *steps: str | int) -> Any:
    here: Any = written
    for step in steps:
        here = here[step]
    return here


def status(written: Json) -> Any:
    """The item at STATUS."""
    return part(written, "sections", 0, "pages", 1, "items", 0)


def now(written: Json) -> Any:
    """The first option of the item at STATUS."""
    return status(written)["options"][0]


def uses(written: Json) -> Any:
    """The page at USES, which has a condition."""
    return part(written, "sections", 1, "pages", 0)


def say(written: Json) -> Any:
    """The item at SAY."""
    return part(written, "sections", 1, "pages", 1, "items", 0)


def shown_if(**condition: Any) -> Callable[[Json], object]:
    return lambda written: uses(written).update(show_if=condition)


Misfit = tuple[str, Callable[[Json], object], tuple[str, str]]

MISFITS: list[Misfit] = [
    ("an unknown key at the top", lambda w: w.update(titel="x"), ("$.titel", "key-unknown")),
    ("an unknown key named as a type", lambda w: status(w).update(choice=1), (f"{STATUS}.choice", "key-unknown")),
    ("an odd unknown key", lambda w: w.update({'a "b".c': 1}), ('$["a \\"b\\".c"]', "key-unknown")),
    ("a missing key at the top", lambda w: w.pop("contact"), ("$.contact", "key-missing")),
    ("a missing key inside", lambda w: w["contact"].pop("phone"), ("$.contact.phone", "key-missing")),
    ("a missing text", lambda w: now(w).pop("text"), (f"{STATUS}.options[0].text", "key-missing")),
    ("a missing code", lambda w: now(w).pop("code"), (f"{STATUS}.options[0].code", "key-missing")),
    ("a missing id", lambda w: status(w).pop("id"), (f"{STATUS}.id", "key-missing")),
    ("a missing type", lambda w: status(w).pop("type"), (f"{STATUS}.type", "key-missing")),
    ("an unknown type", lambda w: status(w).update(type="chioce"), (f"{STATUS}.type", "type-unknown")),
    ("a type that is a list", lambda w: status(w).update(type=["choice"]), (f"{STATUS}.type", "type-unknown")),
    ("text for a number", lambda w: w.update(minutes="5"), ("$.minutes", "type")),
    ("a fraction for a number", lambda w: w.update(minutes=5.5), ("$.minutes", "type")),
    ("true for a number", lambda w: w.update(minutes=True), ("$.minutes", "type")),
    ("a number out of range", lambda w: w.update(minutes=0), ("$.minutes", "value")),
    ("a number for text", lambda w: now(w).update(text=5), (f"{STATUS}.options[0].text", "type")),
    ("a list for text", lambda w: now(w).update(text=["x"]), (f"{STATUS}.options[0].text", "type")),
    ("null for text", lambda w: now(w).update(text=None), (f"{STATUS}.options[0].text", "type")),
    ("text for true", lambda w: now(w).update(exclusive="true"), (f"{STATUS}.options[0].exclusive", "type")),
    ("an object for a list", lambda w: w.update(sections={}), ("$.sections", "type")),
    ("an empty list", lambda w: w.update(sections=[]), ("$.sections", "value")),
    ("text for an object", lambda w: w["sections"].append("x"), ("$.sections[2]", "type")),
    (
        "a variant that does not exist",
        lambda w: now(w).update(text={"self": "x", "carer": "y"}),
        (f"{STATUS}.options[0].text.carer", "key-unknown"),
    ),
    (
        "variants without self",
        lambda w: now(w).update(text={"proxy": "y"}),
        (f"{STATUS}.options[0].text.self", "key-missing"),
    ),
    ("an id with a capital letter", lambda w: status(w).update(id="Status"), (f"{STATUS}.id", "pattern")),
    ("an id with a line feed", lambda w: status(w).update(id="status\n"), (f"{STATUS}.id", "pattern")),
    ("a code with two underscores", lambda w: now(w).update(code="a__b"), (f"{STATUS}.options[0].code", "pattern")),
    ("a role that does not exist", lambda w: say(w).update(role="boss"), (f"{SAY}.role", "pattern")),
    (
        "the role of the agreement misspelt",
        lambda w: part(w, "sections", 0, "pages", 0, "items", 1).update(role="concent"),
        ("$.sections[0].pages[0].items[1].role", "pattern"),
    ),
    (
        "the end of the agreement misspelt",
        lambda w: part(w, "sections", 0, "pages", 0, "end").update(kind="refusal"),
        ("$.sections[0].pages[0].end.kind", "value-unknown"),
    ),
    ("the end of a scale misspelt", lambda w: say(w).update(max="5", min=0), (f"{SAY}.max", "type")),
    (
        "who is answering misspelt",
        lambda w: part(w, "sections", 1, "pages", 3, "items", 0).update(role="answers"),
        ("$.sections[1].pages[3].items[0].role", "pattern"),
    ),
    ("a status that does not exist", lambda w: w.update(status="done"), ("$.status", "value-unknown")),
    ("an unknown reason", lambda w: now(w).update(missing="lost"), (f"{STATUS}.options[0].missing", "value-unknown")),
    ("an unknown end", lambda w: uses(w).update(end={"kind": "full"}), (f"{USES}.end.kind", "value-unknown")),
    ("text for a condition", lambda w: uses(w).update(show_if="status"), (f"{USES}.show_if", "type")),
    ("an empty condition", shown_if(), (f"{USES}.show_if", "comparison")),
    ("a comparison without operator", shown_if(item="status"), (f"{USES}.show_if", "comparison")),
    ("a comparison without item", shown_if(**{"is": "now"}), (f"{USES}.show_if", "comparison")),
    ("an item that is a number", shown_if(item=1, **{"is": "now"}), (f"{USES}.show_if", "comparison")),
    ("the model's own keys", shown_if(item="status", operator="is", operand="now"), (f"{USES}.show_if", "comparison")),
    ("all of nothing", shown_if(all=[]), (f"{USES}.show_if.all", "value")),
    ("all beside any", lambda w: uses(w)["show_if"].update(all=[IS_NOW]), (f"{USES}.show_if.any", "key-unknown")),
    (
        "two operators",
        lambda w: uses(w)["show_if"]["any"].append({**IS_NOW, "is_not": "now"}),
        (f"{USES}.show_if.any[2]", "comparison"),
    ),
    (
        "an operator that does not exist",
        lambda w: uses(w)["show_if"]["any"].append({"item": "status", "equals": "now"}),
        (f"{USES}.show_if.any[2].equals", "operator-unknown"),
    ),
    (
        "an operand of the wrong kind",
        shown_if(**{"not": {"item": "status", "any_of": "now"}}),
        (f"{USES}.show_if.not.any_of", "operand"),
    ),
    ("an empty operand", shown_if(item="status", any_of=[]), (f"{USES}.show_if.any_of", "operand")),
    ("true for a code", shown_if(item="status", **{"is": True}), (f"{USES}.show_if.is", "operand")),
    ("a list in a list", shown_if(item="status", any_of=[["now"]]), (f"{USES}.show_if.any_of", "operand")),
    ("a code for answered", shown_if(item="status", answered="yes"), (f"{USES}.show_if.answered", "operand")),
]


@pytest.mark.parametrize(("change", "expected"), [case[1:] for case in MISFITS], ids=[case[0] for case in MISFITS])
def test_what_does_not_fit_is_reported_at_its_true_path_and_nothing_that_only_follows_from_it(
    change: Callable[[Json], object], expected: tuple[str, str]
) -> None:
    assert places_and_rules(changed(change)) == [expected]


@pytest.mark.parametrize("source", ["[]", "5", "null", '"survey"', "true", "1e3"])
def test_a_document_that_is_no_object_is_reported(source: str) -> None:
    assert [(problem.path, problem.rule) for problem in problems_of(source)] == [("$", "type")]


def test_a_key_written_twice_is_reported_wherever_it_is() -> None:
    source = json.dumps(WHOLE).replace('"minutes": 5', '"minutes": 5, "minutes": 6')
    source = source.replace('"code": "ended"', '"code": "later", "code": "ended"')
    assert [(problem.path, problem.rule) for problem in problems_of(source)] == [
        ("$.minutes", "duplicate-key"),
        (f"{STATUS}.options[1].code", "duplicate-key"),
    ]


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\tb", "a\ud800b", "a\x85b"])
def test_characters_that_cannot_be_shown_are_reported_and_named(text: str) -> None:
    written = changed(lambda w: w.update(title=text))
    (problem,) = problems_of(json.dumps(written))
    assert (problem.path, problem.rule) == ("$.title", "character")
    assert f"U+{ord(text[1]):04X}" in problem.message


def test_characters_that_cannot_be_shown_are_reported_in_keys() -> None:
    problems = problems_of(json.dumps(changed(lambda w: w.update({"a\x00": 1}))))
    assert {problem.rule for problem in problems} == {"character", "key-unknown"}


# --- All at once ----------------------------------------------------------------


def test_what_does_not_fit_and_what_is_wrong_elsewhere_come_together() -> None:
    written = changed(lambda w: w.update(minutes="5", language="English"))
    now(written).update(txt="x")
    uses(written)["show_if"]["any"].extend(
        [{"item": "status", "equals": "now"}, {"item": "statos", "is": "now"}, {"item": "status", "is": "nwo"}]
    )
    uses(written)["items"].append({"id": "x", "type": "chioce"})
    say(written).update(text="How much <b>say</b>?", measure={"good": [11]})
    part(written, "sections", 1, "pages", 2)["id"] = "say"
    assert sorted(places_and_rules(written)) == sorted(
        [
            ("$.minutes", "type"),
            ("$.language", "language"),
            (f"{STATUS}.options[0].txt", "key-unknown"),
            (f"{USES}.show_if.any[2].equals", "operator-unknown"),
            (f"{USES}.show_if.any[3].item", "item-unknown"),
            (f"{USES}.show_if.any[4].is", "code-unknown"),
            (f"{USES}.items[1].type", "type-unknown"),
            (f"{SAY}.text", "text-html"),
            (f"{SAY}.measure.good[0]", "measure-code"),
            ("$.sections[1].pages[2].id", "duplicate-id"),
        ]
    )


def test_the_places_of_further_problems_are_those_of_the_file_as_it_was_written() -> None:
    written = changed(lambda w: w["sections"].insert(1, "not a section"))
    part(written, "sections", 2, "pages").insert(0, {"id": "empty", "items": []})
    part(written, "sections", 2, "pages", 2, "items", 0)["text"] = "<b>"
    assert places_and_rules(written) == [
        ("$.sections[1]", "type"),
        ("$.sections[2].pages[0].items", "value"),
        ("$.sections[2].pages[2].items[0].text", "text-html"),
    ]


def test_what_refers_to_a_part_that_does_not_fit_is_not_called_unknown() -> None:
    written = changed(lambda w: now(w).update(text=5))
    status(written)["measure"] = {"good": ["now"]}
    part(written, "sections", 0, "pages", 0, "items", 0).pop("type")
    uses(written)["show_if"] = {"item": "welcome", "answered": True}
    assert places_and_rules(written) == [
        ("$.sections[0].pages[0].items[0].type", "key-missing"),
        (f"{STATUS}.options[0].text", "type"),
    ]


def test_words_and_conditions_about_an_item_that_does_not_fit_are_not_said_to_name_an_unknown_one() -> None:
    row = {"code": "home", "text": 5}
    written = document(
        page({**choice("got"), "type": "grid", "rows": [row]}),
        page(choice("a", hint="You said {got__home|nothing}."), show_if={"item": "got__home", "answered": True}),
    )
    assert places_and_rules(written) == [("$.sections[0].pages[0].items[0].rows[0].text", "type")]


def test_a_sensitive_item_whose_refusal_does_not_fit_is_not_said_to_lack_one() -> None:
    written = changed(lambda w: part(w, "sections", 1, "pages", 2, "items", 0, "options", 1).update(code="Not say"))
    assert places_and_rules(written) == [(f"{AREA}.options[1].code", "pattern")]


def test_a_file_wrong_all_over_is_reported_in_part_and_says_so() -> None:
    problems = problems_of(json.dumps(changed(lambda w: w.update({f"key{n}": n for n in range(5_000)}))))
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].rule == "too-many"


def test_a_string_of_four_megabytes_is_not_repeated_in_the_message() -> None:
    (problem,) = problems_of(json.dumps(changed(shown_if(item="a" * 4_000_000, **{"is": "b"}))))
    assert len(problem.message) < 200


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def _places(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for step, inner in inside for deeper in _places(inner, (*place, step)))]


@given(place=st.sampled_from(_places(WHOLE)), value=JSON_VALUES, take_out=st.booleans())
def test_whatever_stands_at_any_place_the_loader_answers_with_a_questionnaire_or_with_problems(
    place: tuple[str | int, ...], value: Any, take_out: bool
) -> None:
    written: Any = json.loads(json.dumps(WHOLE))
    if not place:
        written = value
    elif take_out:
        del part(written, *place[:-1])[place[-1]]
    else:
        part(written, *place[:-1])[place[-1]] = value
    with suppress(QuestionnaireError):
        load_questionnaire(json.dumps(written).encode(), name="any.json")


@given(source=st.binary(max_size=200) | st.text(alphabet='{}[]",:\\ 1eE.-+nulltrue', max_size=60).map(str.encode))
def test_no_bytes_crash_the_loader(source: bytes) -> None:
    with pytest.raises(QuestionnaireError):
        load_questionnaire(source, name="any.json")


# --- What can be read -----------------------------------------------------------


def test_a_whole_questionnaire_is_read() -> None:
    loaded = load(WHOLE)
    item = loaded.sections[0].pages[1].items[0]
    assert isinstance(item, ChoiceItem)
    assert [option.code for option in item.options] == ["now", "ended", "dont_know", "not_say"]
    assert item.text == Variants.model_validate({"self": "You?", "child": "Your child?"})


def test_what_is_written_is_read_back_as_it_was() -> None:
    loaded = load(WHOLE)
    written = dump_questionnaire(loaded)
    assert load_questionnaire(written, name="again.json") == loaded
    assert dump_questionnaire(load_questionnaire(written, name="again.json")) == written


def test_what_is_written_is_canonical_and_leaves_out_what_only_repeats_a_default() -> None:
    """So a key that the format is given later, with a default, changes no hash."""
    written = dump_questionnaire(load(changed(lambda w: now(w).update(exclusive=False, text="Żółć"))))
    canonical = json.dumps(json.loads(written), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert written == canonical.encode()
    assert b'"exclusive":false' not in written


def test_the_hash_is_of_what_is_meant_and_not_of_how_it_is_written() -> None:
    backwards = json.loads(json.dumps(WHOLE), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    spelt_out = changed(lambda w: now(w).update(exclusive=False, hint=None))
    assert len({content_hash(load(written)) for written in (WHOLE, backwards, spelt_out)}) == 1
    assert content_hash(load(changed(lambda w: w.update(title="Another")))) != content_hash(load(WHOLE))


def test_a_file_is_read_and_its_name_is_in_its_errors(tmp_path: Path) -> None:
    path = tmp_path / "survey.json"
    path.write_text(json.dumps(WHOLE), encoding="utf-8")
    assert load_file(path) == load(WHOLE)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(QuestionnaireError, match=r"survey\.json cannot be used"):
        load_file(path)


def test_a_file_that_is_not_there_or_too_large_is_reported_without_being_read(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireError) as missing:
        load_file(tmp_path / "none.json")
    assert [problem.rule for problem in missing.value.problems] == ["file"]
    with pytest.raises(QuestionnaireError) as folder:
        load_file(tmp_path)
    assert [problem.rule for problem in folder.value.problems] == ["file"]
    large = tmp_path / "large.json"
    with large.open("wb") as sparse:
        sparse.truncate(MAX_BYTES + 1)
    with pytest.raises(QuestionnaireError) as size:
        load_file(large)
    assert [problem.rule for problem in size.value.problems] == ["size"]


def read_folder(folder: Path, **files: Json | str) -> dict[str, Any]:
    """The questionnaire, or the rules that keep it from being used, by the name of the file."""
    for name, written in files.items():
        text = written if isinstance(written, str) else json.dumps(written)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return {
        path.stem: found if isinstance(found, Questionnaire) else [problem.rule for problem in found.problems]
        for path, found in load_folder(folder)
    }


def test_a_folder_is_read_as_a_whole_and_a_broken_file_holds_up_no_other(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a questionnaire", encoding="utf-8")
    found = read_folder(tmp_path, one={**WHOLE, "id": "one"}, two={**WHOLE, "id": "two"}, three=json.dumps(WHOLE)[:-9])
    assert found == {"one": load({**WHOLE, "id": "one"}), "three": ["json"], "two": load({**WHOLE, "id": "two"})}


def test_of_two_files_with_one_id_neither_is_used_and_each_names_the_other(tmp_path: Path) -> None:
    found = read_folder(tmp_path, one={**WHOLE, "id": "one"}, copy={**WHOLE, "id": "one"}, two={**WHOLE, "id": "two"})
    assert found["one"] == ["id-twice"]
    assert found["copy"] == ["id-twice", "file-name"]
    assert isinstance(found["two"], Questionnaire)
    for path, error in load_folder(tmp_path):
        if isinstance(error, QuestionnaireError):
            twice = error.problems[0]
            assert (twice.path, twice.at) == ("$.id", "id")
            assert "`one.json`" in twice.message
            assert "`copy.json`" in twice.message
            assert str(error).startswith(f"{path} cannot be used:")


def test_a_file_whose_name_is_not_its_id_is_not_used_because_it_would_not_be_found(tmp_path: Path) -> None:
    assert read_folder(tmp_path, annual={**WHOLE, "id": "yearly"}) == {"annual": ["file-name"]}
    ((_, error),) = load_folder(tmp_path)
    assert isinstance(error, QuestionnaireError)
    assert error.problems[0].remedy == "Call the file `yearly.json`."


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    ((path, error),) = load_folder(tmp_path / "none")
    assert path == tmp_path / "none"
    assert isinstance(error, QuestionnaireError)
    assert [problem.rule for problem in error.problems] == ["file"]


def test_what_does_not_fit_is_also_placed_by_ids() -> None:
    (problem,) = problems_of(json.dumps(changed(lambda w: now(w).update(txt="x"))))
    assert problem.at == "item.status.option.now.txt"


def test_warnings_do_not_keep_a_questionnaire_from_being_used_however_many_they_are() -> None:
    spaced = [page(choice(f"a{number}", hint="Words ")) for number in range(MAX_PROBLEMS + 1)]
    assert load(document(*spaced)).sections[0].pages[0].items[0].hint == "Words "
    problems = problems_of(json.dumps(document(*spaced, page(choice("last", text="<i>")))))
    assert "text-html" in {problem.rule for problem in problems}


# Each as large as it may be, or far larger, and hostile in its own way.
HOSTILE = {
    "50 MB": b"[" * 50_000_000,
    "keys": b"{" + b",".join(b'"k%d":1' % number for number in range(49_000)) + b"}",
    "conditions": json.dumps(
        document(page(choice("a")), page(choice("b"), show_if={"any": [{"item": "a", "is": "x"}] * 12_000}))
    ).encode(),
    "pages": json.dumps(document(*[page(statement("a"), show_if={"item": "a", "is": "x"})] * 2_500)).encode(),
    "one long string": json.dumps({**WHOLE, "title": "<a {b" * 900_000}).encode(),
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_within_bounded_memory(source: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    problems = problems_of(source)
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert len(problems) <= MAX_PROBLEMS + 1
    assert more < 400_000, "kilobytes beyond the most that this process ever had"


def test_items_are_switched_on_by_name() -> None:
    loaded = load(WHOLE)
    line = switch_on(loaded, ["line"]).sections[1].pages[2].items[1]
    assert (line.id, line.off) == ("line", False)
    assert loaded.sections[1].pages[2].items[1].off, "the original is left as it was"
    assert content_hash(switch_on(loaded, ["line"])) != content_hash(loaded)
    assert switch_on(loaded, []) == loaded


def test_switching_on_an_item_that_does_not_exist_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(QuestionnaireError) as caught:
        switch_on(load(WHOLE), ["line", "lime", "zzzz"])
    assert [problem.remedy for problem in caught.value.problems] == [
        "Did you mean `line`?",
        "Name an item of this questionnaire.",
    ]
