"""Everything that stands on the page of one question of a draft, put together for its template."""

from __future__ import annotations

from typing import Any

from flask import url_for

from survey.coproduction.ladder import Rung, find_rung
from survey.coproduction.numbering import Numbered
from survey.coproduction.reading import can_mark_read
from survey.questionnaire.in_words import Words
from survey.questionnaire.model import Format
from survey.respondent.alone import Look
from survey.respondent.site import current_site
from survey.review.door import Guest
from survey.review.reading.asked import Asking
from survey.review.reading.before import asked_last, found_before
from survey.review.reading.draft import Draft
from survey.review.reading.hard_words import find_hard
from survey.review.reading.looks import READERS, is_there, offered_languages, write_look
from survey.review.reading.words import BECAME, BECAUSE, KINDS, RULES, RUNGS
from survey.review.saying.panel import describe_panel
from survey.store.group.item_history import said_before, taken_part
from survey.store.group.people import how_people_are_shown
from survey.store.group.reading_progress import read_items


def describe_question(draft: Draft, numbered: Numbered, look: Look, guest: Guest) -> dict[str, Any]:
    """What the template of a question's page works with."""
    store, round = current_site().store, draft.round
    item = numbered.item
    rung, because = find_rung(taken_part(store, round, item.id))
    read = read_items(store, round.id, guest.account.id)
    return {
        **describe_draft(draft),
        **describe_panel(round, numbered, guest),
        "numbered": numbered,
        "question": draft.alone(numbered, look).question,
        "frame_address": _frame_address(draft, numbered, look),
        "look": look,
        "look_query": write_look(look),
        "offered": offered_languages(draft, numbered),
        "looks": draft.edition.formats,
        "has_look": is_there(item, look.format) or look.format is Format.AUDIO,
        "readers": READERS,
        "hard": find_hard(draft.questionnaire, item.id),
        "rules": RULES,
        "asked": Asking(draft.numbered, Words(draft.questionnaire)).tell(numbered),
        "last": asked_last(draft, numbered),
        "found": found_before(draft, numbered),
        "said": said_before(store, round, item.id),
        "people": how_people_are_shown(store),
        "kinds": KINDS,
        "became": BECAME,
        "rung": rung,
        "rungs": [(each, RUNGS[each]) for each in reversed(Rung)],
        "because": BECAUSE[because],
        "may_mark": can_mark_read(round, guest.person),
        "is_read": item.id in read,
        "read": len(read & {each.item.id for each in draft.numbered}),
        "before": numbered.number - 1 or None,
        "after": numbered.number + 1 if numbered.number < len(draft.numbered) else None,
    }


def describe_draft(draft: Draft) -> dict[str, Any]:
    """What every page of a draft says: the round, how many questions, and whether it is old."""
    return {
        "draft": draft,
        "round": draft.round,
        "standing": draft.standing,
        "total": len(draft.numbered),
        "source": draft.questionnaire.language,
    }


def _frame_address(draft: Draft, numbered: Numbered, look: Look) -> str:
    here = url_for("review.reading.show_alone", number=draft.round.id, question=numbered.number)
    return f"{here}?{write_look(look)}"
