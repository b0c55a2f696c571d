"""Whole journeys, as a program walks them: by filling the one form of each page."""

from __future__ import annotations

from survey.store.responses import Status, load_response
from tests.survey.respondent.conftest import Site, Visitor


def walk(visitor: Visitor, choices: dict[str, str] | None = None) -> list[str]:
    """Answer the first option of everything, or what `choices` says, until nothing is left; the pages seen."""
    seen = []
    while visitor.address.startswith("/survey/") and visitor.address != "/survey/done":
        assert visitor.status == 200, visitor.reply.text
        seen.append(visitor.address)
        answers: dict[str, str | list[str] | None] = {}
        for name, read in visitor.page.form.fields.items():
            item = name.removeprefix("answer-")
            if name.startswith("answer-") and read.options:
                answers[item] = (choices or {}).get(item, next(option for option in read.options if option))
            elif read.kind == "textarea":
                answers[item] = "It goes well."
        visitor.press(**answers)
    return seen


def test_a_program_can_walk_the_whole_survey_by_filling_forms(site: Site, visitor: Visitor) -> None:
    visitor.open("/")
    visitor.press()
    seen = walk(visitor)
    assert visitor.address == "/survey/done"
    assert seen[0] == "/survey/taking-part"
    assert seen[1] == "/survey/return-code"
    assert seen[-1] == "/survey/check"
    assert len(seen) == len(set(seen)) > 30
    (number,) = site.store.rows("select response from responses")[0]
    state = load_response(site.store, number, fresh=True)
    assert state is not None
    assert state.status is Status.SUBMITTED
    assert state.answers["answering"] == "self"
    assert state.answers["anything"] == "It goes well."
