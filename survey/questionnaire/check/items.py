"""Checks of items: their options, rows, roles and groups, and the columns they become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from survey.questionnaire.check.rules import Rule
from survey.questionnaire.item_model import WithOptions
from survey.questionnaire.model import (
    AreaItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    GridItem,
    Item,
    Missing,
    NumberItem,
    Option,
    Questionnaire,
    RankItem,
    ScaleItem,
    options_of,
)
from survey.questionnaire.problems import Finding, Location, Severity, instead_of, shown
from survey.questionnaire.walk import items_of

LONGEST_COLUMN = 64
"""What an SPSS file can hold."""

TYPES_OF_ROLE = {
    "consent": ("choice",),
    "answering": ("choice",),
    "area": ("area",),
    "dimension": ("choice", "choices"),
}

# Column names of the analysis file that are taken, and words that are none in SPSS.
_RESERVED = frozenset({"response", "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})
_NO_ITEMS = frozenset({"handover", "this"})
_RESERVED_CODES = frozenset({"missing"})


def _check_names(location: Location, item: Item) -> Iterator[Finding]:
    if item.id in _RESERVED or item.id.startswith("meta_"):
        message = f"{shown(item.id)} cannot be the id of an item: the analysis file uses the name otherwise."
        yield Finding((*location, "id"), "reserved", message, "Choose another id.")
    if item.id in _NO_ITEMS:
        message = f"{shown(item.id)} cannot be the id of an item: answers and wording use the name otherwise."
        yield Finding((*location, "id"), "reserved", message, "Choose another id.")
    for place, code, longest in _columns(location, item):
        if code in _RESERVED_CODES:
            message = f"{shown(code)} cannot be a code: the column `{item.id}__{code}` is taken."
            yield Finding(place, "reserved", message, "Choose another code.")
        elif len(longest) > LONGEST_COLUMN:
            message = f"The column `{longest}` would be longer than {LONGEST_COLUMN} characters."
            yield Finding(place, "column-length", message, "Shorten the code or the id of the item.")


def _columns(location: Location, item: Item) -> Iterator[tuple[Location, str, str]]:
    """The codes that become columns: each with its place and the longest column made of it."""
    if isinstance(item, (ChoicesItem, RankItem)):
        for position, option in enumerate(item.options):
            yield (*location, "options", position, "code"), option.code, f"{item.id}__{option.code}"
    if isinstance(item, GridItem):
        for position, row in enumerate(item.rows):
            yield (*location, "rows", position, "code"), row.code, f"{item.id}__{row.code}__missing"


def _check_codes(location: Location, item: Item) -> Iterator[Finding]:
    groups = item.groups if isinstance(item, ChoiceItem) else ()
    yield from _repeated((*location, "options"), [option.code for option in options_of(item)])
    yield from _repeated((*location, "groups"), [group.code for group in groups])
    rows = item.rows if isinstance(item, GridItem) else ()
    yield from _repeated((*location, "rows"), [row.code for row in rows])


def _repeated(location: Location, codes: list[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for position, code in enumerate(codes):
        if code in seen:
            message = f"The code {shown(code)} is already taken in this list."
            yield Finding((*location, position, "code"), "duplicate-code", message, "Give one of them another code.")
        seen.add(code)


def _check_options(location: Location, item: Item) -> Iterator[Finding]:
    for position, option in enumerate(options_of(item)):
        place = (*location, "options", position)
        if isinstance(item, (ScaleItem, NumberItem, DateItem, AreaItem)) and option.missing is None:
            message = f"An item of type `{item.type}` has options only for what is missing, such as I don't know."
            yield Finding(place, "option-missing", message, "Add `missing`, or take the option out.")
        if isinstance(item, (ChoicesItem, RankItem)) and option.missing is not None and not option.exclusive:
            message = "Someone who does not know, or would rather not say, has picked nothing else."
            yield Finding(place, "option-exclusive", message, 'Add `"exclusive": true`.')
        if option.exclusive and not _may_stand_alone(item, option):
            message = f"In an item of type `{item.type}` this says nothing: it belongs to `choices`."
            yield Finding((*place, "exclusive"), "exclusive-type", message, "Take it out.")
        if option.write_in is not None and not isinstance(item, (ChoiceItem, ChoicesItem)):
            message = f"A text box cannot open in an item of type `{item.type}`."
            remedy = "Take `write_in` out, or use type `choice` or `choices`."
            yield Finding((*place, "write_in"), "write-in-type", message, remedy)
    if isinstance(item, (ChoiceItem, ChoicesItem, GridItem, RankItem)) and all(o.missing for o in item.options):
        message = "No option is an answer: all of them are missing ones."
        yield Finding((*location, "options"), "options-none", message, "Add the options people can pick.")


def _may_stand_alone(item: Item, option: Option) -> bool:
    return isinstance(item, ChoicesItem) or (isinstance(item, RankItem) and option.missing is not None)


def _check_refusal(location: Location, item: Item) -> Iterator[Finding]:
    refused = any(option.missing is Missing.REFUSED for option in options_of(item))
    if item.sensitive and isinstance(item, WithOptions) and not refused:
        message = "The item is sensitive and nobody can say that they would rather not say."
        yield Finding(location, "refused-option", message, 'Add an option with `"missing": "refused"`.')


def _check_groups(location: Location, item: Item) -> Iterator[Finding]:
    known = [group.code for group in item.groups] if isinstance(item, ChoiceItem) else []
    used = Counter(option.group for option in options_of(item))
    for position, option in enumerate(options_of(item)):
        place = (*location, "options", position)
        if option.group is not None and option.group not in known:
            message = f"{shown(item.id)} has no group {shown(option.group)}."
            remedy = instead_of(option.group, known, "Add it to `groups` of an item of type `choice`.")
            yield Finding((*place, "group"), "group-unknown", message, remedy)
        if option.group is None and option.missing is None and known:
            message = "The item has groups and this option is in none, so results would lose it."
            yield Finding(place, "group-none", message, "Add `group`.")
    for position, code in enumerate(known):
        if not used[code]:
            message = f"No option is in the group {shown(code)}."
            place = (*location, "groups", position, "code")
            yield Finding(place, "group-empty", message, "Take the group out.", Severity.WARNING)


def _check_role(location: Location, item: Item) -> Iterator[Finding]:
    role = (item.role or "").partition(":")[0]
    if role and item.type not in TYPES_OF_ROLE[role]:
        message = f"An item of type `{item.type}` cannot have the role `{item.role}`."
        remedy = f"Take the role out, or use type {' or '.join(TYPES_OF_ROLE[role])}."
        yield Finding((*location, "role"), "role-type", message, remedy)
    if role in ("consent", "answering", "area") and item.off:
        message = f"The item with the role `{role}` cannot be switched off."
        yield Finding((*location, "off"), "role-off", message, "Take `off` out.")
    if item.required and role != "consent":
        message = "Every question can be left out, except the agreement to take part."
        yield Finding((*location, "required"), "required-consent", message, "Take `required` out.")
    for position, option in enumerate(options_of(item)):
        place = (*location, "options", position)
        if role == "answering" and option.answering is None and option.missing is None:
            message = "The option does not say who is answering, so it cannot drive the wording."
            remedy = "Add `answering`: self, supported, proxy or child."
            yield Finding(place, "answering-option", message, remedy)
        if role != "answering" and option.answering is not None:
            message = "Only the item with the role `answering` says who is answering."
            yield Finding((*place, "answering"), "answering-role", message, "Take it out, or add the role.")


def _check_each(questionnaire: Questionnaire) -> Iterator[Finding]:
    for location, _, item in items_of(questionnaire):
        for rule in _RULES:
            yield from rule(location, item)


def _check_roles_are_single(questionnaire: Questionnaire) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for location, _, item in items_of(questionnaire):
        if item.role is None:
            continue
        if item.role in seen:
            message = f"{shown(seen[item.role])} already has the role `{item.role}`."
            yield Finding((*location, "role"), "role-single", message, "Let one of them keep it.")
        seen.setdefault(item.role, item.id)


_RULES = (_check_names, _check_codes, _check_options, _check_refusal, _check_groups, _check_role)

ITEM_RULES = (
    Rule(
        _check_each,
        (
            "reserved",
            "column-length",
            "duplicate-code",
            "option-missing",
            "option-exclusive",
            "exclusive-type",
            "write-in-type",
            "options-none",
            "refused-option",
            "group-unknown",
            "group-none",
            "group-empty",
            "role-type",
            "role-off",
            "required-consent",
            "answering-option",
            "answering-role",
        ),
    ),
    Rule(_check_roles_are_single, ("role-single",)),
)
