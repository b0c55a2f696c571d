"""What somebody in the group has not done yet that everybody there is asked for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from survey.coproduction.membership import TextKind

if TYPE_CHECKING:
    from survey.store.connect import Store


class FirstStep(StrEnum):
    """What is asked kindly, and keeps nobody from reading."""

    SAY_HOW_SHOWN = "say_how_shown"
    """Say how the others see them, and what they need."""
    AGREE_TO_CONDUCT = "agree_to_conduct"
    """Read the newest code of conduct and agree to it."""


def first_steps(store: Store, account: int) -> tuple[FirstStep, ...]:
    """What a member has still to do; the code of conduct only where there is one."""
    ((has_said, newest, agreed),) = store.rows(
        """
        select exists (select 1 from members where account = ? and said_at is not null),
            (select coalesce(max(version), 0) from group_texts where kind = ?),
            (select coalesce(max(version), 0) from text_agreements where kind = ? and account = ?)
        """,
        [account, TextKind.CONDUCT, TextKind.CONDUCT, account],
    )
    steps = {FirstStep.SAY_HOW_SHOWN: not has_said, FirstStep.AGREE_TO_CONDUCT: agreed < newest}
    return tuple(step for step, is_open in steps.items() if is_open)
