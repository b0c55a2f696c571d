"""The annual survey: every question of the first draft is there, for those it is for and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import resources
from survey.questionnaire.answers import Answers, Value
from survey.questionnaire.check.structural import check_questionnaire
from survey.questionnaire.load import load_file, switch_on
from survey.questionnaire.model import (
    Answering,
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    EndKind,
    GridItem,
    Item,
    LongTextItem,
    Missing,
    Page,
    ScaleItem,
    Status,
    Text,
    options_of,
)
from survey.questionnaire.routing import Router
from survey.questionnaire.text import choose, translation_units

SURVEY = load_file(Path(__file__).parents[2] / "questionnaires" / "phb-annual.json")
SWITCHED_OFF = ("gender_same", "religion", "orientation")
ROUTER = Router(SURVEY)
ROUTER_WITH_ALL = Router(switch_on(SURVEY, SWITCHED_OFF))
PAGES = [page for section in SURVEY.sections for page in section.pages]
ITEMS = {item.id: item for page in PAGES for item in page.items}


def _ids(text: str) -> list[str]:
    return text.split()


STARTING = _ids("taking_part answering proxy_view area holder_age")
BUDGET = _ids("budget_status budget_for held_how held_since amount_known")
ABOUT_YOU = _ids("sex ethnicity language english_well limits difficulty")
PLANNING = _ids("talk_matters heard choice_hold have_plan missing_help reviewed know_whom")
DIFFERENCE = _ids("hoped_for got harder say_now keep")
RUNNING = _ids("used_for effort dp_gaps cover told_no enough")
IN_THE_WAY = _ids("in_the_way unfair")
CARERS = _ids("carer_hours carer_load carer_room carer_asked")
A_FEW_MORE = _ids("holder_cares help_used")
LAST_WORDS = _ids("anything ease missed")
UP_TO_THE_OFFER = [*STARTING, *BUDGET, *ABOUT_YOU, *PLANNING, *DIFFERENCE]
DRAFT = [*UP_TO_THE_OFFER, *RUNNING, *IN_THE_WAY, *CARERS, *A_FEW_MORE, *LAST_WORDS]
CORE = _ids(
    "taking_part answering area holder_age budget_status held_how amount_known sex ethnicity language limits "
    "talk_matters hoped_for say_now keep"
)
SENSITIVE = {
    *_ids("area holder_age budget_for got harder cover enough in_the_way unfair carer_load carer_room holder_cares"),
    *ABOUT_YOU,
    *_ids("anything missed"),
    *SWITCHED_OFF,
}
FOR_HOLDERS = {
    *_ids("budget_for held_how held_since amount_known choice_hold have_plan reviewed know_whom hoped_for harder keep"),
    *RUNNING,
    *_ids("carer_load carer_room"),
}
ABOUT_WHO_ANSWERS = {
    *_ids("taking_part answering proxy_view core_done help_used ease anything missed"),
    *CARERS,
}
"""Items that speak to the person who gives the answers, whoever that is."""

ADULT_WITH_EVERYTHING: Answers = {
    "taking_part": "yes",
    "answering": "self",
    "area": "QOP",
    "holder_age": "age_45_54",
    "budget_status": "now",
    "budget_for": ("joint",),
    "held_how": "direct_payment",
    "held_since": "over_3_years",
    "language": "polish",
    "used_for": ("employees",),
}


# --- What is in it ----------------------------------------------------------------


def test_it_has_no_problem_at_all() -> None:
    assert check_questionnaire(SURVEY) == ()


def test_every_item_of_the_draft_is_there_in_order() -> None:
    asked = [item_id for item_id in ITEMS if item_id not in ("core_done", *SWITCHED_OFF)]
    assert len(DRAFT) == 45
    assert asked == DRAFT


def test_three_items_are_switched_off_and_say_why_they_would_be_asked() -> None:
    assert tuple(item.id for item in ITEMS.values() if item.off) == SWITCHED_OFF
    for item_id in SWITCHED_OFF:
        assert "whole of England" in _wording(ITEMS[item_id].hint, Answering.SELF)


def test_about_you_comes_third_and_says_why() -> None:
    assert [section.id for section in SURVEY.sections].index("about-you") == 2
    intro = _wording(SURVEY.sections[2].pages[0].intro, Answering.SELF)
    assert "whose voice is missing" in intro


def test_sending_is_offered_once_right_after_the_core_questions() -> None:
    offers = [page for page in PAGES if page.end is not None and page.end.kind is EndKind.OFFER]
    assert [page.id for page in offers] == ["core-done"]
    before = [item.id for page in PAGES[: PAGES.index(offers[0])] for item in page.items]
    assert set(CORE) <= set(before)
    assert before == UP_TO_THE_OFFER


def test_pages_hold_one_item_and_are_named_after_it() -> None:
    for page in PAGES:
        assert [item.id.replace("_", "-") for item in page.items] == [page.id]


def test_only_the_agreement_to_take_part_is_required() -> None:
    assert [item.id for item in ITEMS.values() if item.required] == ["taking_part"]


def test_sensitive_items_are_marked_and_can_be_refused_in_words() -> None:
    assert {item.id for item in ITEMS.values() if item.sensitive} == SENSITIVE
    for item in ITEMS.values():
        if item.sensitive and not isinstance(item, LongTextItem):
            refused = [option for option in options_of(item) if option.missing is Missing.REFUSED]
            assert [option.text for option in refused] == ["I would rather not say"], item.id


def test_roles_name_the_group_dimensions_of_the_results() -> None:
    roles = {item.id: item.role for item in ITEMS.values() if item.role is not None}
    assert roles == {
        "taking_part": "consent",
        "answering": "answering",
        "area": "area",
        "holder_age": "dimension:age",
        "sex": "dimension:sex",
        "ethnicity": "dimension:ethnicity",
        "language": "dimension:language",
        "english_well": "dimension:english",
        "limits": "dimension:limits",
        "difficulty": "dimension:difficulty",
    }


def test_ethnicity_has_the_nineteen_census_boxes_under_five_headings() -> None:
    ethnicity = ITEMS["ethnicity"]
    assert isinstance(ethnicity, ChoiceItem)
    boxes = [option for option in ethnicity.options if option.missing is None]
    assert len(boxes) == 19
    headings = [group.code for group in ethnicity.groups]
    assert {heading: sum(box.group == heading for box in boxes) for heading in headings} == {
        "white": 5,
        "mixed": 4,
        "asian": 5,
        "black": 3,
        "other": 2,
    }
    assert [box.group for box in boxes if box.write_in is not None] == headings


def test_a_measure_counts_no_missing_code_as_good() -> None:
    for item in ITEMS.values():
        if isinstance(item, (ChoiceItem, ChoicesItem, ScaleItem)) and item.measure is not None:
            missing = {option.code for option in item.options if option.missing is not None}
            assert missing.isdisjoint(item.measure.good), item.id


def test_a_draft_has_a_made_up_contact_and_an_agreed_survey_has_not() -> None:
    made_up = SURVEY.contact.email.endswith("@example.org") or SURVEY.contact.phone.startswith("01632 960")
    assert made_up is (SURVEY.status is Status.DRAFT)


# --- Who is asked what ------------------------------------------------------------


def test_an_adult_who_answers_alone_is_asked_at_most_38_items() -> None:
    path = _asked(ADULT_WITH_EVERYTHING)
    assert path == [item_id for item_id in DRAFT if item_id not in ("proxy_view", "got", "help_used", *CARERS)]
    assert len(path) == 38


@pytest.mark.parametrize(("answering", "left_out"), [("supported", "proxy_view"), ("proxy", "help_used")])
def test_with_the_carers_part_at_most_43_items_are_asked(answering: str, left_out: str) -> None:
    path = _asked({**ADULT_WITH_EVERYTHING, "answering": answering, "carer_hours": "hours_50_over"})
    assert path == [item_id for item_id in DRAFT if item_id not in ("got", left_out)]
    assert len(path) == 43


def test_someone_who_does_not_want_to_take_part_is_asked_nothing_more() -> None:
    path = ROUTER.path({**ADULT_WITH_EVERYTHING, "taking_part": "no"})
    assert path.pages == ("taking-part",)
    assert path.ended is EndKind.REFUSED


def test_an_area_known_from_the_invitation_is_not_asked() -> None:
    path = ROUTER.path(ADULT_WITH_EVERYTHING, frozenset({"area"}))
    assert "area" not in path.pages
    assert path.before("holder-age") == "answering"


@pytest.mark.parametrize("status", ["being_set_up", "told_no", "said_no", "dont_know"])
def test_someone_without_a_budget_is_still_asked_what_is_for_everyone(status: str) -> None:
    asked = set(_asked({**ADULT_WITH_EVERYTHING, "budget_status": status}))
    assert FOR_HOLDERS.isdisjoint(asked)
    assert {"missing_help", "say_now", "in_the_way", "unfair", "anything"} <= asked
    assert ("talk_matters" in asked) is (status != "dont_know")
    assert ("heard" in asked) is (status == "being_set_up")


@pytest.mark.parametrize(
    ("budget_for", "lasting"),
    [
        (("wheelchair",), False),
        (("one_off",), False),
        (("wheelchair", "one_off"), False),
        (("wheelchair", "joint"), True),
        (("dont_know",), True),
        (("not_say",), True),
        ((), True),
    ],
)
def test_keeping_it_going_is_asked_of_budgets_that_last(budget_for: tuple[str, ...], lasting: bool) -> None:
    asked = set(_asked({**ADULT_WITH_EVERYTHING, "budget_for": budget_for}))
    assert asked.isdisjoint({"reviewed", "effort", "cover"}) is not lasting
    assert {"reviewed", "effort", "cover"} <= asked or not lasting


@pytest.mark.parametrize(
    ("held_since", "asked"),
    [("under_6_months", False), ("months_6_to_12", False), ("years_1_to_3", True), ("over_3_years", True), ("", True)],
)
def test_a_yearly_review_is_asked_about_after_a_year(held_since: str, asked: bool) -> None:
    assert ("reviewed" in _asked({**ADULT_WITH_EVERYTHING, "held_since": held_since})) is asked


@pytest.mark.parametrize(
    ("held_how", "used_for", "asked"),
    [
        ("direct_payment", (), True),
        ("mix", ("agency",), True),
        ("notional", ("agency",), False),
        ("notional", ("agency", "employees"), True),
        ("notional", (), False),
        ("", (), True),
    ],
)
def test_help_with_money_and_staff_is_asked_where_there_is_some(
    held_how: str, used_for: tuple[str, ...], asked: bool
) -> None:
    answers = {**ADULT_WITH_EVERYTHING, "held_how": held_how, "used_for": used_for}
    assert ("dp_gaps" in _asked(answers)) is asked


def test_a_plan_that_does_not_exist_is_not_asked_for() -> None:
    assert "have_plan" not in _asked({**ADULT_WITH_EVERYTHING, "heard": "no_plan"})
    assert "have_plan" in _asked({**ADULT_WITH_EVERYTHING, "heard": "nothing"})


@pytest.mark.parametrize("language", ["english", "no_words", "not_say", ""])
def test_english_is_asked_about_only_beside_another_language(language: str) -> None:
    assert "english_well" not in _asked({**ADULT_WITH_EVERYTHING, "language": language})


@pytest.mark.parametrize(
    ("answering", "carer_hours", "asked"),
    [
        ("supported", "hours_1_9", True),
        ("supported", "dont_know", True),
        ("supported", "none", False),
        ("supported", "", False),
        ("proxy", "", True),
        ("child", "", True),
        ("child", "none", False),
        ("self", "hours_1_9", False),
        ("", "hours_1_9", False),
    ],
)
def test_carers_are_asked_about_caring_and_nobody_else(answering: str, carer_hours: str, asked: bool) -> None:
    answers = {**ADULT_WITH_EVERYTHING, "answering": answering, "carer_hours": carer_hours}
    assert {"carer_load", "carer_room", "carer_asked"}.issubset(_asked(answers)) is asked
    assert ("carer_asked" in _asked(answers)) is asked


@pytest.mark.parametrize(
    ("answering", "age", "asked"),
    [
        ("self", "age_0_4", False),
        ("child", "age_5_10", False),
        ("child", "age_11_15", True),
        ("child", "", False),
        ("child", "not_say", False),
        ("self", "", True),
        ("proxy", "not_say", True),
    ],
)
def test_small_children_are_not_asked_whom_they_care_for(answering: str, age: str, asked: bool) -> None:
    assert ("holder_cares" in _asked({**ADULT_WITH_EVERYTHING, "answering": answering, "holder_age": age})) is asked


def test_skipping_every_question_skips_no_follow_up_that_may_be_for_the_person() -> None:
    left_out = {"proxy_view", "got", "english_well", *CARERS}
    assert _asked({"taking_part": "yes"}) == [item_id for item_id in DRAFT if item_id not in left_out]


# --- What always holds ------------------------------------------------------------


def _answer_to(item: Item) -> st.SearchStrategy[Value]:
    codes = [option.code for option in options_of(item)]
    match item:
        case ChoiceItem():
            return st.sampled_from(codes)
        case ChoicesItem():
            exclusive = [(option.code,) for option in item.options if option.exclusive]
            together = [option.code for option in item.options if not option.exclusive]
            several = st.lists(st.sampled_from(together), unique=True).map(
                lambda picked: tuple(code for code in together if code in picked)
            )
            return st.one_of(several, st.sampled_from(exclusive)) if exclusive else several
        case ScaleItem():
            return st.one_of(st.integers(item.min, item.max), st.sampled_from(codes))
        case AreaItem():
            return st.sampled_from(["QOP", "QRV", *codes])
        case _:
            return st.just("Some words")


ANSWERS = st.fixed_dictionaries({}, optional={item.id: _answer_to(item) for item in ROUTER_WITH_ALL.items.values()})


@given(ANSWERS)
def test_every_path_leads_from_the_first_page_to_the_last(answers: Mapping[str, Value]) -> None:
    path = ROUTER_WITH_ALL.path(answers)
    order = [placed.page.id for placed in ROUTER_WITH_ALL.pages]
    assert list(path.pages) == [page_id for page_id in order if page_id in path.pages]
    if answers.get("taking_part") == "no":
        assert path.pages == ("taking-part",)
    else:
        assert path.pages[0] == "taking-part"
        assert path.pages[-1] == "missed"
        assert "core-done" in path.pages
    page_id, steps = path.pages[0], 0
    while (following := path.after(page_id)) is not None:
        page_id, steps = following, steps + 1
    assert steps == len(path.pages) - 1


@given(ANSWERS, st.sampled_from(["being_set_up", "told_no", "said_no", "dont_know"]))
def test_nobody_without_a_budget_is_asked_about_one(answers: Mapping[str, Value], status: str) -> None:
    asked = _asked({**answers, "budget_status": status}, ROUTER_WITH_ALL)
    assert FOR_HOLDERS.isdisjoint(asked)


@given(ANSWERS)
def test_nobody_is_asked_what_only_adults_are_asked_under_a_child_route(answers: Mapping[str, Value]) -> None:
    assert set(SWITCHED_OFF).isdisjoint(_asked({**answers, "answering": "child"}, ROUTER_WITH_ALL))


@given(ANSWERS, st.sampled_from(["age_0_4", "age_5_10", "age_11_15", "not_say", ""]))
def test_what_is_for_16_and_over_needs_an_age_of_16_or_over(answers: Mapping[str, Value], age: str) -> None:
    assert set(SWITCHED_OFF).isdisjoint(_asked({**answers, "holder_age": age}, ROUTER_WITH_ALL))


@given(ANSWERS)
def test_proxies_are_not_asked_about_gender_or_orientation(answers: Mapping[str, Value]) -> None:
    asked = _asked({**answers, "answering": "proxy"}, ROUTER_WITH_ALL)
    assert {"gender_same", "orientation"}.isdisjoint(asked)


@given(ANSWERS)
def test_only_someone_who_answers_for_another_is_asked_where_the_answers_come_from(
    answers: Mapping[str, Value],
) -> None:
    asked = "proxy_view" in _asked(answers)
    takes_part = answers.get("taking_part") != "no"
    assert asked is (takes_part and answers.get("answering") in ("proxy", "child"))


# --- How it is said ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("answering", "not_said"),
    [
        (Answering.SELF, r"\b(the person|their|your child)\b"),
        (Answering.PROXY, r"\b(you|your|yours|i|me|my|mine|we|us|our|your child)\b"),
        (Answering.CHILD, r"\b(the person|i|me|my|mine)\b"),
    ],
)
def test_every_wording_speaks_of_the_right_person(answering: Answering, not_said: str) -> None:
    wrong = [
        (page.id, wording)
        for page in PAGES
        if page.items[0].id not in (*ABOUT_WHO_ANSWERS, *SWITCHED_OFF)
        for wording in _wordings_about_the_holder(page, answering)
        if re.search(not_said, wording, re.IGNORECASE)
    ]
    assert wrong == []


def test_children_and_adults_are_each_named_in_the_section_titles() -> None:
    assert choose(SURVEY.sections[1].title, Answering.PROXY)[0] == "The person's budget"
    assert choose(SURVEY.sections[1].title, Answering.CHILD)[0] == "Your child's budget"


def test_questions_have_at_most_20_words_and_sentences_25() -> None:
    for unit in translation_units(SURVEY):
        if unit.context.startswith("item.") and re.search(r"^item\.[^.]+\.text", unit.context):
            assert len(unit.source.split()) <= 20, unit
        for sentence in re.split(r"[.?!](?:\s|$)", unit.source):
            assert len(sentence.split()) <= 25, unit


def test_no_acronym_stands_without_its_words() -> None:
    for unit in translation_units(SURVEY):
        assert set(re.findall(r"\b[A-Z]{2,}s?\b", unit.source)) <= {"NHS"}, unit


def test_free_text_pages_say_that_nobody_replies_and_whom_to_call() -> None:
    written = [page for page in PAGES if isinstance(page.items[0], LongTextItem)]
    assert [page.id for page in written] == ["anything", "missed"]
    for page in written:
        intro = _wording(page.intro, Answering.SELF)
        assert "Nobody can reply" in intro
        assert "999" in intro
        assert "111" in intro
        assert "leave out names" in _wording(page.items[0].hint, Answering.SELF)


def _asked(answers: Mapping[str, Value], router: Router = ROUTER) -> list[str]:
    """The ids of the items on the path, without the statement that offers to send."""
    pages = [router.page(page_id) for page_id in router.path(answers).pages]
    return [item.id for placed in pages if placed for item in placed.page.items if item.id != "core_done"]


def _wording(text: Text | None, answering: Answering) -> str:
    return "" if text is None else choose(text, answering)[0]


def _wordings_about_the_holder(page: Page, answering: Answering) -> Iterator[str]:
    """Everything on a page but what says that the one who answers does not know, or need not say."""
    (item,) = page.items
    if page.id != "sex":  # its words above the question tell the one who answers why it is asked
        yield _wording(page.intro, answering)
    yield _wording(item.text, answering)
    yield _wording(item.hint, answering).replace("tell us", "")
    if isinstance(item, ScaleItem):
        yield _wording(item.max_text, answering)
    for option in options_of(item):
        if option.missing is None:
            yield _wording(option.text, answering)
            yield _wording(option.hint, answering)
            yield _wording(option.write_in, answering).replace("Tell us which, if you want to", "")


# --- Formats, the grid, soft checks -------------------------------------------------


def test_every_question_has_short_words_and_a_picture_that_is_there() -> None:
    folder = resources.QUESTIONNAIRES / "phb-annual"
    for item in ITEMS.values():
        assert item.formats is not None, item.id
        easy = item.formats.easyread
        assert easy is not None, item.id
        labels = [option.easyread for option in options_of(item) if option.easyread is not None]
        for image in (easy.image, *(label.image for label in labels if label.image)):
            assert (folder / image).is_file(), image


def test_easy_read_wording_follows_who_answers_where_the_standard_wording_does() -> None:
    for item in ITEMS.values():
        easy = item.formats.easyread if item.formats else None
        if easy is not None and isinstance(easy.text, str):
            assert isinstance(item.text, str) or not re.search(r"\b(you|your)\b", easy.text), item.id


def test_the_grid_asks_about_each_thing_hoped_for_and_about_nothing_else() -> None:
    grid, hoped_for = ITEMS["got"], ITEMS["hoped_for"]
    assert isinstance(grid, GridItem)
    assert isinstance(hoped_for, ChoicesItem)
    hopes = {option.code: option.text for option in hoped_for.options if not option.exclusive}
    assert {row.code: row.text for row in grid.rows} == hopes
    for code in hopes:
        path = ROUTER.path({"taking_part": "yes", "hoped_for": (code,)})
        assert "got" in path.pages
        assert ROUTER.shown_rows(grid, path.answers) == (code,)
    assert "got" not in ROUTER.path({"taking_part": "yes", "hoped_for": ("none",)}).pages


@pytest.mark.parametrize(
    ("who", "age", "odd"),
    [
        ("child", "age_35_44", True),
        ("child", "age_11_15", False),
        ("proxy", "age_5_10", True),
        ("proxy", "age_16_17", False),
        ("self", "age_0_4", True),
        ("self", "age_11_15", False),
        ("supported", "age_5_10", False),
    ],
)
def test_an_age_that_does_not_fit_who_answers_is_asked_about_once(who: str, age: str, odd: bool) -> None:
    assert bool(ROUTER.odd("holder-age", {"taking_part": "yes", "answering": who, "holder_age": age})) is odd
