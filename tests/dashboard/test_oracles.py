"""Published numbers beside ours: the file is what our estimators give today, and agrees with what was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.data import METHOD, Releases
from dashboard.oracles import FILE, OraclesError, load_oracles
from dashboard.pages.making import WHO_SEES
from survey.staff.rights import RIGHTS, Right
from survey.store.accounts import Role
from tests.oracle_table import MOST, TABLE, numbers_beside, rows
from tests.reference_numbers import agrees


def test_the_file_says_what_our_estimators_give() -> None:
    assert METHOD / FILE == TABLE
    assert load_oracles(METHOD) == tuple(rows()), "Run `python -m tests.oracle_table`."


def test_ours_agree_in_every_figure_that_was_published() -> None:
    apart = [what for what, _reference, published, ours in numbers_beside() if not agrees(ours, published, MOST)]
    assert apart == []


@pytest.mark.parametrize("text", ["", "what,ours\n", "what,reference,published,ours,difference\na,b,1\n"])
def test_another_file_is_refused_and_the_page_does_without(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(OraclesError):
        load_oracles(tmp_path)
    assert Releases(tmp_path, method=tmp_path).oracles() == ()
    assert Releases(tmp_path, method=tmp_path / "nowhere").oracles() == ()


def test_who_sees_what_is_as_the_rights_have_it() -> None:
    for stage, (_name, who, _words) in WHO_SEES.items():
        seen_by = {role for role, rights in RIGHTS.items() if Right(stage.value) in rights}
        everyone = seen_by == set(RIGHTS)
        together = {Role.STAFF, Role.ANALYST, Role.ICS_STAFF, Role.LIVED_EXPERIENCE, Role.CARER, Role.GROUP_STAFF}
        assert ("Everyone" in who) == everyone
        if not everyone:
            assert together <= seen_by
            assert not seen_by & {None, Role.TRANSLATOR, Role.INTERVIEWER, Role.CLERK}
