"""Stages: what the flags of a .po file tell of a string, and what a wave may offer."""

from __future__ import annotations

import pytest

from survey.questionnaire.stages import FLAGS, Stage, stage_of


@pytest.mark.parametrize(
    ("flags", "stage"),
    [
        (set(), Stage.DRAFTED),
        ({"machine-draft"}, Stage.MACHINE),
        ({"reviewed"}, Stage.REVIEWED),
        ({"adjudicated", "python-format"}, Stage.ADJUDICATED),
        ({"pretested"}, Stage.PRETESTED),
        ({"adjudicated", "fuzzy"}, Stage.STALE),
        ({"adjudicated", "machine-draft"}, Stage.MACHINE),
    ],
)
def test_flags_tell_the_stage_and_of_several_the_earliest(flags: set[str], stage: Stage) -> None:
    assert stage_of(flags, is_whole=True) is stage


def test_a_string_without_all_its_forms_is_missing_whatever_its_flags_say() -> None:
    assert stage_of(set(FLAGS.values()), is_whole=False) is Stage.MISSING


def test_only_what_a_third_person_has_decided_counts() -> None:
    assert [stage for stage in Stage if stage.counts] == [Stage.ADJUDICATED, Stage.PRETESTED]
