"""What is different between two versions of a questionnaire, for whom, and whether answers can still be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from survey.questionnaire.in_words import Words, wording
from survey.questionnaire.model import Contact, Item, Page, Questionnaire, Section
from survey.questionnaire.text import Unit, translation_units
from survey.questionnaire.versions.changes import Change, Kind, in_lines, moved, text_changes
from survey.questionnaire.versions.items import item_changes, label_changes
from survey.questionnaire.versions.routing import routing_change, tell_routing
from survey.questionnaire.versions.trends import Trend, compare_trends

Catalogues = Mapping[str, Mapping[str, str]]
"""By locale: the context of each string that is translated, with the English it is of (of a plural `one / other`)."""


@dataclass(frozen=True)
class Stale:
    """The translations of one language that are of an English wording that is no longer asked."""

    locale: str
    contexts: tuple[str, ...]


@dataclass(frozen=True)
class Diff:
    """All that changed: the survey as a whole, its sections and pages, then its questions; what went comes last."""

    old_version: str
    new_version: str
    changes: tuple[Change, ...]
    trends: tuple[Trend, ...]
    """Questions in both versions whose answers cannot simply be put side by side."""
    stale: tuple[Stale, ...]


def compare(old: Questionnaire, new: Questionnaire, catalogues: Catalogues | None = None) -> Diff:
    """Compare two versions. A question is the same by its id, whatever page or section it stands in."""
    before, after = _Version(old), _Version(new)
    return Diff(
        old_version=old.version,
        new_version=new.version,
        changes=tuple(
            chain(
                _head(old, new),
                _glossary(old, new),
                _sections(before, after),
                _pages(before, after),
                _items(before, after),
            )
        ),
        trends=tuple(compare_trends(old, new)),
        stale=tuple(find_stale(old, new, catalogues or {})),
    )


def find_stale(old: Questionnaire, new: Questionnaire, catalogues: Catalogues) -> Iterator[Stale]:
    """By language: the strings whose English changed and that are still translated from the old one."""
    before = {unit.context: english(unit) for unit in translation_units(old)}
    changed = [unit for unit in translation_units(new) if before.get(unit.context, english(unit)) != english(unit)]
    for locale, translated in sorted(catalogues.items()):
        contexts = tuple(unit.context for unit in changed if _is_of_another(translated, unit))
        if contexts:
            yield Stale(locale, contexts)


def _is_of_another(translated: Mapping[str, str], unit: Unit) -> bool:
    return translated.get(unit.context, english(unit)) != english(unit)


def english(unit: Unit) -> str:
    """The English of a string as catalogues are compared by it: of a plural both forms."""
    return unit.source if unit.plural is None else f"{unit.source} / {unit.plural}"


class _Version:
    """One side of the comparison, with everything found by its id."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.words = Words(questionnaire)
        self.sections = {section.id: section for section in questionnaire.sections}
        self.pages: dict[str, Page] = {}
        self.section_of: dict[str, Section] = {}
        """By the id of a page."""
        self.items: dict[str, Item] = {}
        self.page_of: dict[str, Page] = {}
        """By the id of an item."""
        for section in questionnaire.sections:
            for page in section.pages:
                self.pages[page.id], self.section_of[page.id] = page, section
                for item in page.items:
                    self.items[item.id], self.page_of[item.id] = item, page


# --- The survey as a whole ----------------------------------------------------------

_HEAD = {
    "id": "The id of the survey",
    "status": "How far the group has come",
    "language": "The language",
    "minutes": "How many minutes it takes",
    "core_minutes": "How many minutes the main questions take",
    "contact": "Whom people can ask",
}


def _head(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    yield from text_changes("title", "The title of the survey", old.title, new.title)
    yield from text_changes("purpose", "What the survey is for", old.purpose, new.purpose)
    yield from label_changes("purpose", "The Easy Read of what the survey is for", old.easyread, new.easyread)
    for field, what in _HEAD.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Change(Kind.DETAILS, field, what, _tell(before), _tell(after))
    if old.accepted != new.accepted:
        earlier, later = ("; ".join(f"{each.rule}: {each.reason}" for each in one.accepted) for one in (old, new))
        yield Change(Kind.DETAILS, "accepted", "Findings of the check that stay", earlier or None, later or None)


def _tell(value: object) -> str | None:
    if isinstance(value, Contact):
        return f"{value.name}, {value.email}, {value.phone}"
    return None if value is None else str(value)


def _glossary(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    before, after = ({term.code: term for term in one.glossary} for one in (old, new))
    for code in dict.fromkeys([*after, *before]):
        if before.get(code) != after.get(code):
            told = [
                None if term is None else f"{term.term}: {term.meaning}" for term in (before.get(code), after.get(code))
            ]
            name = (after.get(code) or before[code]).term
            yield Change(Kind.GLOSSARY, f"glossary.{code}", f"The meaning of “{name}”", told[0], told[1])


# --- Sections and pages ---------------------------------------------------------------


def _sections(old: _Version, new: _Version) -> Iterator[Change]:
    away = moved(list(old.sections), list(new.sections))
    for name, section in new.sections.items():
        where, what = f"section.{name}", f"Section “{wording(section.title)}”"
        known = old.sections.get(name)
        if known is None:
            yield Change(Kind.ADDED, where, what, None, _questions(section, old.items))
            continue
        if name in away:
            yield _moved(where, what, list(old.sections), list(new.sections), name)
        yield from text_changes(
            f"{where}.title", f"The title of section “{wording(known.title)}”", known.title, section.title
        )
        yield from routing_change(where, what, known.show_if, section.show_if, old.words, new.words)
        if known.repeat != section.repeat:
            yield Change(Kind.REPEAT, where, what, _tell_repeat(known, old.words), _tell_repeat(section, new.words))
    for name, section in old.sections.items():
        if name not in new.sections:
            what = f"Section “{wording(section.title)}”"
            yield Change(Kind.REMOVED, f"section.{name}", what, _questions(section, new.items), None)


def _tell_repeat(section: Section, words: Words) -> str:
    return "These questions are asked once." if section.repeat is None else words.repeat(section.repeat).text


def _questions(section: Section, elsewhere: Mapping[str, Item]) -> str | None:
    """The questions that come or go with a section, one a line."""
    items = [item for page in section.pages for item in page.items if item.id not in elsewhere]
    return "\n".join(f"“{wording(item.text)}”" for item in items) or None


def _moved(where: str, what: str, old: Sequence[str], new: Sequence[str], name: str) -> Change:
    return Change(Kind.MOVED, where, what, _neighbour(old, name), _neighbour(new, name))


def _neighbour(order: Sequence[str], name: str) -> str:
    place = order.index(name)
    return f"after `{order[place - 1]}`" if place else "first"


def _pages(old: _Version, new: _Version) -> Iterator[Change]:
    """Of pages that are in both versions; pages come and go with their questions."""
    pairs = _match_pages(old, new)
    for section in new.sections.values():
        here = [page for page in section.pages if page.id in pairs]
        stay = {pairs[page.id] for page in here if old.section_of[pairs[page.id]].id == section.id}
        before = [page.id for page in old.sections[section.id].pages if page.id in stay] if stay else []
        after = [pairs[page.id] for page in here if pairs[page.id] in stay]
        away = moved(before, after)
        for page in here:
            known = old.pages[pairs[page.id]]
            where, what = f"page.{page.id}", _named(page)
            if known.id not in stay:
                titles = [f"in section “{wording(each.title)}”" for each in (old.section_of[known.id], section)]
                yield Change(Kind.MOVED, where, what, titles[0], titles[1])
            elif known.id in away:
                yield _moved(where, what, before, after, known.id)
            yield from _page_changes(known, page, old.words, new.words)


def _page_changes(old: Page, new: Page, old_words: Words, new_words: Words) -> Iterator[Change]:
    where, what = f"page.{new.id}", _named(new)
    if old.id != new.id:
        yield Change(Kind.DETAILS, where, f"The address of {what}", old.id, new.id)
    yield from text_changes(f"{where}.intro", f"The words above {what}", old.intro, new.intro)
    yield from label_changes(where, f"The Easy Read of the words above {what}", old.easyread, new.easyread)
    yield from routing_change(where, what, old.show_if, new.show_if, old_words, new_words)
    if old.end != new.end:
        earlier = None if old.end is None else in_lines(old_words.end(old.end))
        later = None if new.end is None else in_lines(new_words.end(new.end))
        yield Change(Kind.END, where, f"What ends at {what}", earlier, later)


def _named(page: Page) -> str:
    return " and ".join(f"“{wording(item.text)}”" for item in page.items)


def _match_pages(old: _Version, new: _Version) -> dict[str, str]:
    """The old id of each new page: the same id, else the page that its questions stood on."""
    pairs = {name: name for name in new.pages if name in old.pages}
    taken = set(pairs.values())
    for name, page in new.pages.items():
        homes = [old.page_of[item.id].id for item in page.items if item.id in old.page_of]
        home = next((home for home in homes if home not in taken), None)
        if name not in pairs and home is not None:
            pairs[name] = home
            taken.add(home)
    return pairs


# --- Questions ------------------------------------------------------------------------


def _items(old: _Version, new: _Version) -> Iterator[Change]:
    pairs = _match_pages(old, new)
    away = frozenset(_moved_on_page(old, new, pairs))
    for name, item in new.items.items():
        where, what = f"item.{name}", f"“{wording(item.text)}”"
        page = new.page_of[name]
        known = old.items.get(name)
        if known is None:
            if new.section_of[page.id].id in old.sections:  # else it is named with its section
                yield Change(Kind.ADDED, where, what, None, tell_routing(page.show_if, new.words))
            continue
        home = old.page_of[name]
        if pairs.get(page.id) != home.id:
            told = [f"on page `{home.id}`. {tell_routing(home.show_if, old.words)}"]
            told.append(f"on page `{page.id}`. {tell_routing(page.show_if, new.words)}")
            yield Change(Kind.MOVED, where, what, told[0], told[1])
        elif name in away:
            yield _moved(where, what, _ids(home), _ids(page), name)
        if known is not item and known != item:
            yield from item_changes(known, item, old.words, new.words)
    for name, item in old.items.items():
        if name not in new.items and old.section_of[old.page_of[name].id].id in new.sections:
            yield Change(Kind.REMOVED, f"item.{name}", f"“{wording(item.text)}”", f"“{wording(item.text)}”", None)


def _moved_on_page(old: _Version, new: _Version, pairs: Mapping[str, str]) -> Iterator[str]:
    for name, page in new.pages.items():
        if name in pairs and len(page.items) > 1:
            yield from moved(_ids(old.pages[pairs[name]]), _ids(page))


def _ids(page: Page) -> list[str]:
    return [item.id for item in page.items]
