"""What the made-up programme found in the made-up answers, and promised: something of every state, late ones too."""

from __future__ import annotations

from datetime import datetime, timedelta

from survey.store.accounts import Account
from survey.store.connect import Store
from survey.store.findings import Content, SameFinding, State, add_finding


def add_findings(store: Store, *, by: Account, now: datetime) -> None:
    """Add the findings of the last two made-up waves; those that are there already stay as they are."""
    for wave, content in _findings(now):
        try:
            add_finding(store, wave, content, by=by, now=now)
        except SameFinding:
            continue


def _findings(now: datetime) -> tuple[tuple[str, Content], ...]:
    """By wave; days are counted from `now`, so that what is late in one year is late in the next."""

    def day(days: int) -> datetime:
        return now + timedelta(days=days)

    return (
        (
            "2025",
            Content(
                item="missing_help",
                area="",
                found="At the start, many people miss someone who already has a personal health budget.",
                public=True,
                state=State.UNDER_WAY,
                owner="National personalised care team",
                promise="Pay peer supporters in every region, and name them in the first letter.",
                due_on=day(120).date(),
            ),
        ),
        (
            "2025",
            Content(
                item="amount_known",
                area="",
                found="Only about a third know how much money there is before their support is planned.",
                public=True,
                state=State.PROMISED,
                owner="National personalised care team",
                promise="Put the amount into the letter that comes before the planning talk.",
                due_on=day(-40).date(),
            ),
        ),
        (
            "2025",
            Content(
                item="",
                area="",
                found="Fewer people whose main language is Urdu answered than hold a budget.",
                public=True,
                state=State.DONE,
                owner="Survey team",
                promise="Send the invitation in Urdu, and offer an interpreter.",
                due_on=day(-150).date(),
                outcome="The 2026 invitation and survey came in Urdu, checked by nobody yet: that is next.",
            ),
        ),
        (
            "2025",
            Content(
                item="enough",
                area="",
                found="Some people say that the money does not cover what was agreed.",
                public=True,
                state=State.CANNOT,
                owner="",
                outcome="The survey cannot change what a budget pays. We told those who can, in writing.",
            ),
        ),
        (
            "2026",
            Content(
                item="talk_matters",
                area="",
                found="Fewer than half say that someone took enough time to hear what a good life is for them.",
                public=True,
                state=State.PROMISED,
                owner="Co-production group and national team",
                promise="Write one page together on how such a talk goes well, and try it in three systems.",
                due_on=day(150).date(),
            ),
        ),
        (
            "2026",
            Content(
                item="carer_asked",
                area="QYG",
                found="Carers here want to be asked what they need themselves.",
                public=False,
                state=State.PROMISED,
                owner="Carers' lead of the integrated care board",
                promise="Ask every carer at the yearly review, and write down what came of it.",
                due_on=day(-10).date(),
            ),
        ),
        (
            "2026",
            Content(
                item="reviewed",
                area="",
                found="About half had a talk in the last year about how the budget is going.",
                public=False,
            ),
        ),
    )
