"""The made-up group: its rounds are played by the rules, and nothing in them was refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from survey import resources
from survey.coproduction.rounds import State
from survey.coproduction.suggestions import Fate
from survey.demo.group import found_group
from survey.questionnaire.load import load_file
from survey.store.accounts import Role, add_account
from survey.store.connect import Store, open_store
from survey.store.group.answers import load_answer
from survey.store.group.outcomes import latest_outcomes
from survey.store.group.rounds import list_rounds
from survey.store.group.suggestions import suggestions_of
from survey.store.versions import load_version
from tests.survey.store.builders import NOON, config_for

ANNUAL = load_file(resources.QUESTIONNAIRES / "phb-annual.json")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with closing(open_store(config_for(tmp_path_factory.mktemp("group")))) as opened:
        for name, role in {"sam": Role.STAFF, "lee": Role.LIVED_EXPERIENCE}.items():
            add_account(opened, name, role, NOON)
        found_group(opened, ANNUAL, NOON)
        yield opened


def test_one_round_is_over_and_one_is_open(store: Store) -> None:
    second, first = list_rounds(store)
    assert (first.state, second.state) == (State.TRANSLATING, State.IN_REVIEW)
    assert second.version == first.new_version
    assert load_answer(store, first.id) is not None


def test_the_group_changed_the_questions(store: Store) -> None:
    first = list_rounds(store)[-1]
    before = {item.id for section in ANNUAL.sections for page in section.pages for item in page.items}
    made = load_version(store, first.new_version)
    after = {item.id for section in made.sections for page in section.pages for item in page.items}
    assert after - before == {"heard_back"}
    fates = [each.fate for each in suggestions_of(store, first.id)]
    assert (fates.count(Fate.AGREED), fates.count(Fate.NOT_AGREED)) == (3, 1)
    assert len(latest_outcomes(store, first.id)) == 7


def test_nothing_was_refused_and_founding_it_again_changes_nothing(store: Store) -> None:
    assert store.rows("select count(*) from audit where action like 'refused%'") == [(0,)]
    rows = store.rows("select count(*) from audit")
    found_group(store, ANNUAL, NOON + timedelta(days=1))
    assert store.rows("select count(*) from audit") == rows
