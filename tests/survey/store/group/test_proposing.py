"""Closing a review, agreeing on what came of it, and going live, in a real store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from survey.config import load_config
from survey.coproduction.deciding import Result
from survey.coproduction.going_live import NotLive
from survey.coproduction.lineage import Standing, newest_to_ask
from survey.coproduction.people import Hat, Office, Person, Seat, Way
from survey.coproduction.proposing import LeftOpen, Unsettled, can_propose, check_proposing
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.rounds import Plan, Round, State
from survey.coproduction.saying import Kind, Place
from survey.coproduction.suggestions import Fate
from survey.questionnaire.load import content_hash
from survey.questionnaire.model import Status
from survey.store.audit import list_audit
from survey.store.connect import open_store
from survey.store.group.acting import carry_out_in_round
from survey.store.group.agreeing import agree_version, let_stand
from survey.store.group.comments import add_comment
from survey.store.group.decisions import decisions_of
from survey.store.group.going_live import go_live, retire, send_to_translation, went_live
from survey.store.group.people import find_person
from survey.store.group.rounds import list_rounds, load_round
from survey.store.group.suggestions import load_suggestion
from survey.store.group.versions import kept_versions
from survey.store.versions import load_version
from tests.survey.review.group import BEGIN, MEMBERS, SMALL, Clock, Group
from tests.survey.review.versions.scenes import HINT, agree, agreed_round, close_review, pass_days, suggest


@pytest.fixture
def group(tmp_path: Path) -> Iterator[Group]:
    """The group and its store, without the pages."""
    config = load_config({"PHB_DATA": str(tmp_path)})
    with closing(open_store(config)) as store:
        made = Group(Flask("no-pages"), config, store, Clock())
        for name, role in MEMBERS.items():
            made.add(name, role)
        yield made


FACILITATOR = Person(1, Seat.FACILITATOR)
LATE = date(2027, 1, 1)
LEFT = LeftOpen((1, 2), (3,), (4,), (5,))


@pytest.mark.parametrize(
    ("by", "left", "today", "reasons"),
    [
        (FACILITATOR, LeftOpen(), LATE, ()),
        (Person(1, Seat.STAFF, frozenset({Office.FACILITATOR})), LeftOpen(), LATE, ()),
        (Person(1, Seat.LIVED_EXPERIENCE, frozenset({Office.CO_CHAIR_LIVED})), LEFT, LATE, (NotAllowed.NOT_YOURS,)),
        (Person(1, None), LeftOpen(), LATE, (NotAllowed.NOT_YOURS,)),
        (FACILITATOR, LeftOpen(), date(2026, 11, 2), (Unsettled.VOTING,)),
        (FACILITATOR, LeftOpen(comments=(1,)), LATE, (Unsettled.COMMENTS,)),
        (FACILITATOR, LEFT, date(2026, 10, 26), tuple(Unsettled)),
    ],
)
def test_a_review_closes_once_all_is_settled_and_says_all_that_is_not(
    by: Person, left: LeftOpen, today: date, reasons: tuple[object, ...]
) -> None:
    plan = Plan("", "", "", "", "", "", date(2026, 10, 26), date(2026, 11, 2), 5)
    round_ = Round(1, "small", "hash", plan, State.IN_REVIEW, 8, frozenset({1}), 2, BEGIN)
    assert can_propose(round_, by, left, today) is (not reasons)
    if reasons:
        with pytest.raises(Refused) as refused:
            check_proposing(round_, by, left, today)
        assert refused.value.reasons == reasons
    with pytest.raises(Refused):
        check_proposing(replace(round_, state=State.PROPOSED), by, left, today)


def test_closing_makes_the_new_version_settles_what_was_overtaken_and_opens_the_vote_on_the_whole(group: Group) -> None:
    opened = group.open_round()
    won = suggest(group, opened, HINT, agrees=5)
    lost = suggest(group, opened, {**HINT, "words": "Think back."}, agrees=4)
    no = suggest(group, opened, {"do": "drop_question", "item": "helped"}, result=Result.NOT_AGREED)
    pass_days(group)
    closed = close_review(group, opened)
    assert (closed.state, closed.closed_at, closed.sign_off_until) == (
        State.PROPOSED,
        group.clock(),
        date(2026, 11, 17),
    )
    made = load_version(group.store, closed.new_version)
    assert (made.version, made.status) == ("2", Status.DRAFT)
    assert made.sections[0].pages[0].items[0].hint == HINT["words"]
    fates = [load_suggestion(group.store, each).fate for each in (won, lost, no)]
    assert fates == [Fate.AGREED, Fate.OVERTAKEN, Fate.NOT_AGREED]
    whole = decisions_of(group.store, opened.id)[-1]
    assert (whole.suggestion, whole.closes_on, whole.result) == (None, closed.sign_off_until, Result.OPEN)


def test_with_nothing_agreed_the_same_version_is_voted_on(group: Group) -> None:
    opened = group.open_round()
    pass_days(group)
    assert close_review(group, opened).new_version == opened.version


def test_two_rounds_do_not_make_two_versions_of_one_name(group: Group) -> None:
    rounds = [group.open_round(), group.open_round()]
    suggest(group, rounds[0], HINT)
    suggest(group, rounds[1], {"do": "drop_question", "item": "helped"})
    pass_days(group)
    names = [load_version(group.store, close_review(group, each).new_version).version for each in rounds]
    assert names == ["2", "3"]


def comment(group: Group, round_: Round) -> None:
    carry_out_in_round(
        group.store,
        group.deed("lee", "comment", f"round {round_.id}"),
        round_.id,
        lambda cursor: add_comment(
            cursor,
            round_.id,
            Place("control"),
            Kind.CLARITY,
            "What is control?",
            author=group.accounts["lee"].id,
            hat=Hat.MEMBER,
            way=Way.SELF,
            entered_by=group.accounts["lee"].id,
            now=group.clock(),
        ),
    )


def test_a_round_with_an_open_comment_a_suggestion_a_stop_and_a_tie_stays_open(group: Group) -> None:
    opened = group.open_round()
    comment(group, opened)
    for result in (Result.OPEN, Result.STOPPED, Result.TIED):
        suggest(group, opened, HINT, result=result, author="noor")
    before = load_round(group.store, opened.id), len(list_audit(group.store))
    with pytest.raises(Refused) as refused:
        close_review(group, opened)
    assert refused.value.reasons == tuple(Unsettled)
    assert [refused.value.about.get(each) for each in Unsettled][2:] == ["1", "3", "1", "1"]
    assert (load_round(group.store, opened.id), len(list_audit(group.store))) == (before[0], before[1] + 1)
    assert list_audit(group.store)[0].action == "refused: close the review"


def test_of_two_who_close_at_once_the_second_is_refused_and_leaves_one_audit_row(group: Group) -> None:
    opened = group.open_round()
    suggest(group, opened, HINT)
    pass_days(group)
    rows, refusals = len(list_audit(group.store)), []

    def close() -> None:
        try:
            close_review(group, opened)
        except Refused as refused:
            refusals.append(refused.reasons)

    threads = [threading.Thread(target=close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refusals == [(NotAllowed.OVER,)] * 3
    assert len(list_audit(group.store)) == rows + 4
    assert [each.suggestion for each in decisions_of(group.store, opened.id)].count(None) == 1
    assert load_round(group.store, opened.id).revision == opened.revision + 1


# --- After the vote ----------------------------------------------------------------


def test_the_agreed_version_has_a_hash_of_its_own_and_nothing_touches_what_is_kept(group: Group) -> None:
    opened = group.open_round()
    suggest(group, opened, HINT)
    pass_days(group)
    proposed = close_review(group, opened)
    kept = dict(group.store.rows("select version, source from versions"))
    agreed = agree(group, opened)
    assert (agreed.state, agreed.ended_at) == (State.AGREED, group.clock())
    version = load_version(group.store, agreed.new_version)
    assert (version.status, version.version, content_hash(version)) == (Status.AGREED, "2", agreed.new_version)
    assert agreed.new_version != proposed.new_version
    after = dict(group.store.rows("select version, source from versions"))
    assert {name: after[name] for name in kept} == kept
    with pytest.raises(Refused):
        agree(group, opened)


def test_an_edit_of_what_was_agreed_is_a_new_version_and_leaves_the_agreed_one_as_it_is(group: Group) -> None:
    agreed = agreed_round(group, HINT)
    again = group.open_round(load_version(group.store, agreed.new_version).model_dump(mode="json", by_alias=True))
    assert again.version == agreed.new_version
    suggest(group, again, {**HINT, "words": "Think back."})
    pass_days(group)
    made = load_version(group.store, close_review(group, again).new_version)
    assert (made.version, made.status) == ("3", Status.DRAFT)
    assert load_version(group.store, agreed.new_version).sections[0].pages[0].items[0].hint == HINT["words"]


def test_without_agreement_the_round_stands_and_the_version_before_is_still_the_one_to_ask(group: Group) -> None:
    first = agreed_round(group, HINT)
    second = group.open_round(load_version(group.store, first.new_version).model_dump(mode="json", by_alias=True))
    suggest(group, second, {**HINT, "words": "Think back."})
    pass_days(group)
    close_review(group, second)
    stood = carry_out_in_round(
        group.store,
        group.deed("fay", "count"),
        second.id,
        lambda cursor: let_stand(cursor, second.id, group.clock()),
    )
    assert (stood.state, stood.ended_at) == (State.STANDS, group.clock())
    kept = kept_versions(group.store, "small")
    assert [(each.questionnaire.version, each.standing) for each in kept] == [
        ("1", Standing.DRAFT),
        ("2", Standing.AGREED),
        ("3", Standing.NOT_AGREED),
    ]
    newest = newest_to_ask(kept)
    assert newest is not None
    assert newest.version == first.new_version


def test_a_version_is_in_review_proposed_and_agreed_as_its_rounds_are(group: Group) -> None:
    def standings() -> list[Standing]:
        return [each.standing for each in kept_versions(group.store, "small")]

    prepared = group.prepare_round()
    assert standings() == [Standing.DRAFT]
    assert newest_to_ask(kept_versions(group.store, "small")) is None
    opened = group.open_round()
    assert standings() == [Standing.IN_REVIEW]
    suggest(group, opened, HINT)
    pass_days(group)
    close_review(group, opened)
    assert standings() == [Standing.DRAFT, Standing.PROPOSED]
    agree(group, opened)
    assert standings() == [Standing.DRAFT, Standing.AGREED]
    assert {each.id for each in kept_versions(group.store, "small")[0].read_in} == {prepared.id, opened.id}


def live(group: Group, round_: Round, incomplete: tuple[str, ...] = (), because: str = "") -> Round:
    fay = find_person(group.store, group.accounts["fay"])
    subject = f"round {round_.id}"
    send_to_translation(group.store, group.deed("fay", "translate", subject), fay, round_.id)
    return go_live(group.store, group.deed("fay", "go live", subject), fay, round_.id, incomplete, because)


def test_a_version_goes_live_in_place_of_the_one_before_of_its_questionnaire(group: Group) -> None:
    live(group, agreed_round(group, source={**SMALL, "id": "other"}))
    first = live(group, agreed_round(group, HINT))
    second = live(group, agreed_round(group, {"do": "drop_question", "item": "helped"}))
    assert [each.state for each in list_rounds(group.store)] == [State.LIVE, State.RETIRED, State.LIVE]
    newest = newest_to_ask(kept_versions(group.store, "small"))
    assert newest is not None
    assert (newest.version, newest.standing) == (second.new_version, Standing.LIVE)
    assert first.new_version != second.new_version
    fay = find_person(group.store, group.accounts["fay"])
    assert retire(group.store, group.deed("fay"), fay, second.id).state is State.RETIRED
    assert newest_to_ask(kept_versions(group.store, "small")) is None


def test_with_languages_that_are_not_complete_it_takes_a_reason_which_is_kept(group: Group) -> None:
    agreed = agreed_round(group, HINT)
    with pytest.raises(Refused) as refused:
        live(group, agreed, ("ur",), " ")
    assert refused.value.reasons == (NotLive.LANGUAGES,)
    fay = find_person(group.store, group.accounts["fay"])
    gone = go_live(group.store, group.deed("fay"), fay, agreed.id, ("ur", "pl"), "The rest follows in May.")
    assert gone.state is State.LIVE
    kept = went_live(group.store, agreed.id)
    assert kept is not None
    assert (kept.incomplete, kept.because) == (("pl", "ur"), "The rest follows in May.")


def test_nobody_but_a_facilitator_closes_translates_lets_live_or_retires(group: Group) -> None:
    opened = group.open_round()
    name = "lee"
    person = find_person(group.store, group.accounts[name])
    pass_days(group)
    acts: tuple[Callable[[], Round], ...] = (
        lambda: close_review(group, opened, by=name),
        lambda: send_to_translation(group.store, group.deed(name), person, opened.id),
        lambda: go_live(group.store, group.deed(name), person, opened.id, (), ""),
        lambda: retire(group.store, group.deed(name), person, opened.id),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.reasons == (NotAllowed.NOT_YOURS,)
    assert load_round(group.store, opened.id).state is State.IN_REVIEW


def test_what_is_not_proposed_can_be_neither_agreed_nor_let_stand(group: Group) -> None:
    opened = group.open_round()
    with pytest.raises(Refused):
        group.store.journal.run(lambda cursor: agree_version(cursor, opened.id, group.clock()))
    with pytest.raises(Refused):
        group.store.journal.run(lambda cursor: let_stand(cursor, opened.id, group.clock()))
    assert load_round(group.store, opened.id) == opened
