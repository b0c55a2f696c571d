"""Running a round in the store: each act with its rule and one audit row, whoever comes at the same time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest

from survey.coproduction.deciding import Result
from survey.coproduction.opening import Unready
from survey.coproduction.people import Office
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Act, NotNow, Round, State
from survey.questionnaire.model import Questionnaire
from survey.store.audit import list_audit
from survey.store.group.people import find_person
from survey.store.group.rounds import extend_in, load_round, move_round
from survey.store.group.running import (
    Written,
    around_of,
    call_off,
    extend_round,
    known_questionnaires,
    open_round,
    prepare_round,
    write_plan,
)
from survey.store.versions import load_version
from tests.survey.review.group import Group


def fill_offices(group: Group) -> None:
    moment = group.clock().replace(tzinfo=None)
    for office, name in ((Office.CO_CHAIR_LIVED, "lee"), (Office.CO_CHAIR, "sue")):
        values = [office, group.accounts[name].id, moment]
        group.store.journal.run(
            lambda cursor, v=values: cursor.execute("insert into offices values (?, ?, ?, null)", v)
        )


def written(round_: Round, **changed: object) -> Written:
    return Written(replace(round_.plan, **changed), round_.asked, round_.revision)  # type: ignore[arg-type]


def actions(group: Group) -> list[str]:
    return [row.action for row in list_audit(group.store)]


def refusal(act: Callable[[], object]) -> tuple[object, ...]:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reasons


def today(group: Group) -> date:
    return group.clock().date()


def test_a_round_is_prepared_on_a_version_that_is_kept(group: Group) -> None:
    source = load_version(group.store, group.prepare_round().version)
    fresh = Questionnaire.model_validate(source.model_copy(update={"id": "other"}))
    made = prepare_round(group.store, group.deed("fay"), group.prepare_round().plan, fresh)
    assert load_version(group.store, made.version) == fresh
    assert (made.state, made.minutes) == (State.DRAFT, 7)
    assert made.asked == {account.id for account in group.accounts.values()}
    assert known_questionnaires(group.store) == {"small", "other"}


def test_nobody_but_a_facilitator_prepares_a_round(group: Group) -> None:
    prepared = group.prepare_round()
    source = load_version(group.store, prepared.version)
    assert refusal(lambda: prepare_round(group.store, group.deed("sue"), prepared.plan, source)) == (
        NotAllowed.NOT_YOURS,
    )


def test_who_runs_rounds_is_always_asked_and_strangers_never(group: Group) -> None:
    prepared = group.prepare_round()
    lee, fay = group.accounts["lee"].id, group.accounts["fay"].id
    saved = write_plan(
        group.store, group.deed("fay"), prepared.id, Written(prepared.plan, frozenset({lee, 999}), prepared.revision)
    )
    assert saved.asked == {lee, fay}
    assert saved.revision == prepared.revision + 1


def test_of_two_who_write_at_once_the_second_is_told(group: Group) -> None:
    prepared = group.prepare_round()
    write_plan(group.store, group.deed("fay"), prepared.id, written(prepared, title="First"))
    assert refusal(
        lambda: write_plan(group.store, group.deed("fay"), prepared.id, written(prepared, title="Second"))
    ) == (NotAllowed.CHANGED_MEANWHILE,)
    assert load_round(group.store, prepared.id).plan.title == "First"


def test_a_round_opens_for_everyone_asked(group: Group) -> None:
    fill_offices(group)
    prepared = group.prepare_round()
    opened = open_round(group.store, group.deed("fay", "open round"), prepared.id, written(prepared), today(group))
    assert opened.state is State.IN_REVIEW
    assert opened.opened_at == group.clock()
    assert opened.first_decide_until == opened.plan.decide_until
    assert actions(group)[0] == "open round"


def test_a_round_that_is_not_ready_is_not_even_saved(group: Group) -> None:
    prepared = group.prepare_round()
    before = len(actions(group))
    reasons = refusal(
        lambda: open_round(
            group.store,
            group.deed("fay", "open round"),
            prepared.id,
            written(prepared, purpose="", title="Other"),
            today(group),
        )
    )
    assert reasons == (Unready.NO_PURPOSE, Unready.NO_CO_CHAIRS)
    assert load_round(group.store, prepared.id) == prepared
    assert actions(group)[0] == "refused: open round"
    assert len(actions(group)) == before + 1


def test_whoever_would_be_asked_for_too_much_is_named(group: Group) -> None:
    fill_offices(group)
    first = group.open_round()
    group.store.journal.run(lambda cursor: cursor.execute("update rounds set minutes = 115"))
    second = group.prepare_round()
    with group.store.as_of_now() as cursor:
        around = around_of(cursor, second, today(group))
    assert around.overloaded == first.asked
    assert refusal(lambda: open_round(group.store, group.deed("fay"), second.id, written(second), today(group))) == (
        Unready.OVERLOADED,
    )
    opened = open_round(
        group.store, group.deed("fay"), second.id, written(second, load_reason="They want it."), today(group)
    )
    assert opened.plan.load_reason == "They want it."


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What several do who begin at the same moment: what came of it, or the reasons why not."""
    barrier, results = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results.append(act())
        except Refused as refused:
            results.append(refused.reasons)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_who_open_at_once_the_second_is_refused_in_one_audit_row(group: Group) -> None:
    fill_offices(group)
    prepared = group.prepare_round()
    before = len(actions(group))
    deed = group.deed("fay", "open round")
    results = at_once(*2 * [lambda: open_round(group.store, deed, prepared.id, written(prepared), today(group)).state])
    assert sorted(map(str, results)) == sorted([str((NotNow.OPENED_ALREADY,)), "in_review"])
    assert sorted(actions(group)[: len(actions(group)) - before]) == ["open round", "refused: open round"]


def test_of_two_who_take_the_extension_at_once_the_second_is_refused(group: Group) -> None:
    opened = group.open_round()
    lee = find_person(group.store, group.accounts["lee"])
    before = len(actions(group))
    deed = group.deed("lee", "extend round")
    results = at_once(*2 * [lambda: extend_round(group.store, deed, lee, opened.id).is_extended])
    assert sorted(map(str, results)) == sorted([str((NotNow.EXTENDED_ALREADY,)), "True"])
    assert len(actions(group)) == before + 2


def test_an_extension_moves_the_round_and_its_open_votes(group: Group) -> None:
    opened = group.open_round()
    for decision, result in ((1, Result.OPEN), (2, Result.STOPPED), (3, Result.AGREED)):
        values = [decision, opened.id, decision, result, 1, group.clock().replace(tzinfo=None)]
        group.store.journal.run(
            lambda cursor, v=values: cursor.execute(
                "insert into decisions values (?, ?, ?, ?, ?, ?, date '2026-11-02', null, null, '')", v
            )
        )
    lee = find_person(group.store, group.accounts["lee"])
    extended = extend_round(group.store, group.deed("lee"), lee, opened.id)
    assert extended.plan.say_until == date(2026, 11, 9)
    assert extended.plan.decide_until == date(2026, 11, 16)
    assert extended.first_decide_until == date(2026, 11, 2)
    assert group.store.rows("select closes_on from decisions order by decision") == [
        (date(2026, 11, 16),),
        (date(2026, 11, 2),),
        (date(2026, 11, 2),),
    ]


def test_the_extension_of_a_proposed_round_moves_the_vote_on_the_whole(group: Group) -> None:
    opened = group.open_round()

    def propose(cursor: object) -> Round:
        return move_round(  # type: ignore[arg-type]
            cursor, opened.id, Act.PROPOSE, group.clock(), sign_off_until=date(2026, 11, 2)
        )

    group.store.journal.run(propose)
    extended = group.store.journal.run(lambda cursor: extend_in(cursor, opened.id, group.clock()))
    assert extended.sign_off_until == date(2026, 11, 16)
    assert extended.plan.decide_until == opened.plan.decide_until
    assert refusal(lambda: group.store.journal.run(lambda cursor: extend_in(cursor, opened.id, group.clock()))) == (
        NotNow.EXTENDED_ALREADY,
    )


def test_a_round_is_called_off_with_its_reason(group: Group) -> None:
    opened = group.open_round()
    ended = call_off(group.store, group.deed("fay"), opened.id, "The money is gone.")
    assert (ended.state, ended.called_off_because) == (State.CALLED_OFF, "The money is gone.")
    assert ended.ended_at == group.clock()
    assert refusal(lambda: call_off(group.store, group.deed("fay"), opened.id, "Again.")) == (NotAllowed.OVER,)


def test_nothing_is_done_by_a_clock_that_jumped_back(group: Group) -> None:
    opened = group.open_round()
    lee = find_person(group.store, group.accounts["lee"])
    group.clock.advance(days=3)
    extend_round(group.store, group.deed("lee"), lee, opened.id)
    group.clock.moment -= timedelta(days=30)
    before = len(actions(group))
    assert refusal(lambda: call_off(group.store, group.deed("fay"), opened.id, "Why not.")) == (
        NotAllowed.CLOCK_WENT_BACK,
    )
    assert load_round(group.store, opened.id).state is State.IN_REVIEW
    assert len(actions(group)) == before + 1
