"""One suggested change made to the JSON of a questionnaire: the places are found, or why they cannot be is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from survey.coproduction.fitting import DoesNotFit
from survey.coproduction.refusals import NotAllowed, Refused
from survey.coproduction.suggestions import (
    AddOption,
    AddQuestion,
    Change,
    DropOption,
    DropQuestion,
    MoveQuestion,
    OrderOptions,
    Reword,
)
from survey.coproduction.wordings import reword
from survey.questionnaire.check.structural import RESERVED_PAGES

Document = dict[str, Any]
"""A questionnaire as `dump_questionnaire` writes it, read again."""

NEEDED_ROLES = frozenset({"consent", "answering", "area"})
"""What the survey itself asks for: nothing is kept without the first, the others steer words and results."""

_PICKED = frozenset({"choice", "choices", "grid", "rank"})
"""Types of question that are answered with one of their options."""

_FEWEST_ANSWERS = 2


class Found(NamedTuple):
    """Where an item stands: the lists that it, its page and its section are in, and its place in each."""

    sections: list[Document]
    section: int
    pages: list[Document]
    page: int
    items: list[Document]
    item: int

    @property
    def it(self) -> Document:
        """The item."""
        return self.items[self.item]


def edit(document: Document, change: Change) -> None:
    """Make a change in place. Raises Refused where its place is not there; whether the whole holds is not asked."""
    match change:
        case Reword():
            _reword(find_item(document, change.item).it, change)
        case AddOption():
            _add_option(find_item(document, change.item).it, change)
        case DropOption():
            _drop_option(document, find_item(document, change.item).it, change)
        case OrderOptions():
            _order_options(find_item(document, change.item).it, change)
        case AddQuestion():
            _add_question(document, change)
        case DropQuestion():
            _drop_question(document, find_item(document, change.item))
        case MoveQuestion():
            _move_question(document, find_item(document, change.item), change.after)


def find_item(document: Document, name: str) -> Found:
    """The place of an item. Raises Refused where there is none."""
    for place in _places(document):
        if place.it["id"] == name:
            return place
    raise Refused(DoesNotFit.NO_QUESTION)


def _places(document: Document) -> Iterator[Found]:
    sections = document["sections"]
    for section_number, section in enumerate(sections):
        for page_number, page in enumerate(section["pages"]):
            for number in range(len(page["items"])):
                yield Found(sections, section_number, section["pages"], page_number, page["items"], number)


# --- Words and answers ------------------------------------------------------------


def _reword(item: Document, change: Reword) -> None:
    holder, key = _holder(item, change.field)
    words = reword(holder.get(key), change.variant, change.words.strip())
    if words is not None:
        holder[key] = words
    elif key == "hint":
        holder.pop(key, None)
    else:
        raise Refused(NotAllowed.EMPTY)


def _holder(item: Document, field: str) -> tuple[Document, str]:
    """The object that has the words of a field, or may have them, and under which key."""
    match field.split("."):
        case ["text" | "hint" as key]:
            return item, key
        case ["min_text" | "max_text" | "unit" as key] if key in item:
            return item, key
        case ["option", code, "text" | "hint" as key]:
            return _coded(item.get("options", []), code), key
        case ["row", code, "text"]:
            return _coded(item.get("rows", []), code), "text"
        case ["easyread", "text" | "hint" as key] if "easyread" in item.get("formats", {}):
            return item["formats"]["easyread"], key
    raise Refused(DoesNotFit.NO_WORDS)


def _coded(parts: list[Document], code: str) -> Document:
    return parts[_position(parts, code)]


def _position(parts: list[Document], code: str) -> int:
    for position, part in enumerate(parts):
        if part["code"] == code:
            return position
    raise Refused(DoesNotFit.NO_ANSWER)


def _answers(item: Document) -> list[Document]:
    if item["type"] not in _PICKED:
        raise Refused(DoesNotFit.NO_ANSWERS)
    answers: list[Document] = item["options"]
    return answers


def _add_option(item: Document, change: AddOption) -> None:
    answers = _answers(item)
    if any(answer["code"] == change.code for answer in answers):
        raise Refused(DoesNotFit.TAKEN)
    if not change.words.strip():
        raise Refused(NotAllowed.EMPTY)
    position = _position(answers, change.before) if change.before else len(answers)
    added = {"code": change.code, "text": change.words.strip()}
    beside = [answer["group"] for answer in (answers[position:] + answers[:position][::-1]) if "group" in answer]
    answers.insert(position, {**added, "group": beside[0]} if beside else added)


def _drop_option(document: Document, item: Document, change: DropOption) -> None:
    answers = _answers(item)
    answers.pop(_position(answers, change.code))
    if len(answers) < _FEWEST_ANSWERS:
        raise Refused(DoesNotFit.TOO_FEW_ANSWERS)
    if change.code in (good := item.get("measure", {}).get("good", [])):
        good.remove(change.code)
        if not good:
            raise Refused(DoesNotFit.COUNTED)
    used = {answer.get("group") for answer in answers}
    if "groups" in item:
        item["groups"] = [group for group in item["groups"] if group["code"] in used]
    _forget_accepted(document, f"item.{item['id']}.option.{change.code}")


def _order_options(item: Document, change: OrderOptions) -> None:
    answers = {answer["code"]: answer for answer in _answers(item)}
    if sorted(answers) != sorted(change.codes):
        raise Refused(DoesNotFit.WHICH_ANSWERS)
    item["options"] = [answers[code] for code in change.codes]


# --- Questions --------------------------------------------------------------------


def _add_question(document: Document, change: AddQuestion) -> None:
    question = change.question.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if any(place.it["id"] == question["id"] for place in _places(document)):
        raise Refused(DoesNotFit.TAKEN)
    pages, position = _after(document, change.after)
    pages.insert(position, {"id": _free_address(document, question["id"]), "items": [question]})


def _after(document: Document, name: str) -> tuple[list[Document], int]:
    """The list of pages, and the place in it, for a page that comes after a question."""
    if not name:
        return document["sections"][0]["pages"], 0
    found = find_item(document, name)
    return found.pages, found.page + 1


def _free_address(document: Document, item: str) -> str:
    taken = {page["id"] for section in document["sections"] for page in section["pages"]} | RESERVED_PAGES
    wanted = item.replace("_", "-")
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def _drop_question(document: Document, found: Found) -> None:
    item = found.items.pop(found.item)
    if item.get("role") in NEEDED_ROLES:
        raise Refused(DoesNotFit.NEEDED)
    _forget_accepted(document, f"item.{item['id']}")
    if not found.items:
        _forget_accepted(document, f"page.{found.pages.pop(found.page)['id']}")
    _without_empty_sections(document)


def _move_question(document: Document, found: Found, after: str) -> None:
    item = found.it["id"]
    if after == item:
        raise Refused(DoesNotFit.NOTHING_NEW)
    beside = next((number for number, other in enumerate(found.items) if other["id"] == after), None)
    if beside is not None:
        moving = found.items.pop(found.item)
        found.items.insert(beside + (found.item > beside), moving)
        return
    page = found.pages.pop(found.page)
    pages, position = _after(document, after)
    pages.insert(position, page)
    _without_empty_sections(document)


def _without_empty_sections(document: Document) -> None:
    for section in document["sections"]:
        if not section["pages"]:
            _forget_accepted(document, f"section.{section['id']}")
    document["sections"] = [section for section in document["sections"] if section["pages"]]
    if not document["sections"]:
        raise Refused(DoesNotFit.LAST)


def _forget_accepted(document: Document, place: str) -> None:
    """Take out what was accepted of something that is no longer there."""
    kept = [each for each in document.get("accepted", ()) if not f"{each.get('at', '')}.".startswith(f"{place}.")]
    if "accepted" in document:
        document["accepted"] = kept
