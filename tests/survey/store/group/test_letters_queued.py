"""Letters are written in the transaction of what they tell: to those it is for, and not where it was refused."""

from __future__ import annotations

import pytest

from survey.coproduction.letter_words import About, letter_words
from survey.coproduction.people import Office
from survey.coproduction.refusals import Refused
from survey.store.clock import to_stored
from survey.store.group.letters import letters_of
from survey.store.group.people import find_person
from survey.store.group.running import call_off, extend_round
from tests.survey.review.group import Group


def subjects(group: Group, name: str) -> list[str]:
    return [letter.subject for letter in letters_of(group.store, group.accounts[name].id)]


def test_an_extension_and_the_end_are_told_to_all_who_were_asked_and_to_the_sponsor(group: Group) -> None:
    round_ = group.open_round()
    sponsor = group.accounts["raj"]
    group.store.journal.run(
        lambda cursor: cursor.execute(
            "insert into offices by name select ? as office, ? as account, ?::timestamp as since",
            [Office.SPONSOR, sponsor.id, to_stored(group.clock())],
        )
    )
    lee = find_person(group.store, group.accounts["lee"])
    extend_round(group.store, group.deed("lee"), lee, round_.id)
    with pytest.raises(Refused):
        extend_round(group.store, group.deed("lee"), lee, round_.id)
    extension, ended, due = (
        letter_words(about, 1)[0] for about in (About.EXTENSION, About.ROUND_ENDED, About.ANSWER_DUE)
    )
    assert subjects(group, "tom") == [extension]
    call_off(group.store, group.deed("fay"), round_.id, "The law changed.")
    assert subjects(group, "tom") == [ended, extension]
    assert subjects(group, "raj") == [due, ended, extension]


def test_a_round_that_nobody_has_seen_ends_without_a_letter(group: Group) -> None:
    call_off(group.store, group.deed("fay"), group.prepare_round().id, "A mistake.")
    assert subjects(group, "tom") == []
