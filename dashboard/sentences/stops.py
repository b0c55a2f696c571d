"""The sentences about how people answered, where they stop and what they leave out."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale, UnknownLocaleError

from dashboard.model import Count, NonResponse
from dashboard.release import Status
from dashboard.views.stops import Line, Split, Stops, Way, most
from dashboard.words import _, is_few, write_number, write_people, write_share

SPLITS = {
    Split.LANGUAGE: _("Language"),
    Split.FORMAT: _("Format"),
    Split.MODE: _("How they took part"),
    Split.ANSWERING: _("Who answered"),
}
_NAMES = {
    Split.FORMAT: {
        "standard": _("Standard"),
        "easyread": _("Easy Read"),
        "audio": _("Audio"),
        "bsl": _("British Sign Language"),
    },
    Split.MODE: {
        "web": _("Online"),
        "phone": _("By phone"),
        "home": _("At home, with an interviewer"),
        "paper": _("On paper"),
        "workshop": _("In a workshop"),
    },
    Split.ANSWERING: {
        "self": _("The person, alone"),
        "supported": _("The person, with help"),
        "proxy": _("Someone on their behalf"),
        "child": _("Someone for a child"),
    },
}
KINDS = {
    "break_off": _("stopped here"),
    "left_out": _("left out"),
    "dont_know": _("did not know"),
    "refused": _("would not say"),
}


def write_way(split: Split, category: str) -> str:
    """A way of answering by its name."""
    if split is not Split.LANGUAGE:
        return _NAMES[split].get(category, category)
    try:
        return Locale.parse(category, sep="-" if "-" in category else "_").get_display_name("en") or category
    except (UnknownLocaleError, ValueError):
        return category


def say_ways(ways: Sequence[Way]) -> str:
    """In which ways most people answered."""
    first = {way.split: way for way in reversed(ways) if way.began.count is not None}
    if not first:
        return _("How people answered is not counted.")
    named = [
        _("%(way)s (about %(people)s people)")
        % {"way": write_way(way.split, way.category), "people": write_number(way.began.count)}
        for split, way in sorted(first.items(), key=lambda entry: list(Split).index(entry[0]))
    ]
    return _("Most people answered: %(ways)s.") % {"ways": "; ".join(named)}


def write_began(began: Count) -> str:
    """How many answered in a way."""
    return began.band if began.count is None or is_few(began.count) else write_number(began.count)


def say_stops(stops: Stops) -> str:
    """How many came to the last page, and where most stopped."""
    lines = stops.pages
    if not lines:
        return _("Where people stop is not known.")
    words = {"split": SPLITS[stops.split]} if stops.split else {}
    top = max(lines, key=lambda line: line.most)
    where = _("No page stands out as the place where people stop.")
    if top.most:
        share = max((figure for figure in top.figures if figure.band != "under"), key=lambda figure: figure.share or 0)
        words |= {"page": top.text, "share": write_share(share)}
        where = _("Most stopped at “%(page)s”: %(share)s of those who came that far.") % words
        if stops.split:
            words["way"] = write_way(stops.split, share.category)
            where = _("Most stopped at “%(page)s”: %(way)s, %(share)s of those who came that far.") % words
    reached = None if stops.split else find_course(lines, 0)
    if reached is None:
        return where
    counts = {"began": write_number(reached[0]), "ended": write_number(reached[1]), "where": where}
    return _("Of about %(began)s people who began, about %(ended)s came to the last page. %(where)s") % counts


def find_course(pages: Sequence[Line], category: int) -> tuple[int, int] | None:
    """How many of a category came to the first page and to the last; None where that is not shown."""
    if not pages or category >= min(len(pages[0].figures), len(pages[-1].figures)):
        return None
    first, last = pages[0].figures[category].base, pages[-1].figures[category].base
    return None if first is None or last is None else (first, min(first, last))


def say_course(pages: Sequence[Line]) -> str:
    """The line of how many came how far, in a sentence."""
    reached = find_course(pages, 0)
    if reached is None:
        return _("How far people came is not shown.")
    words = {"began": write_number(reached[0]), "ended": write_number(reached[1]), "pages": len(pages)}
    return _("Over %(pages)d pages the number of people falls from about %(began)s to about %(ended)s.") % words


def write_course(reached: tuple[int, int] | None) -> str:
    """How many came to the last page, of how many."""
    if reached is None:
        return _("too few to show")
    return _("about %(ended)s of %(began)s") % {"began": write_number(reached[0]), "ended": write_number(reached[1])}


def say_courses(stops: Stops) -> str:
    """The bars of a split in a sentence."""
    assert stops.split is not None
    named = "; ".join(
        _("%(way)s: %(reached)s")
        % {"way": write_way(stops.split, category), "reached": write_course(find_course(stops.pages, number))}
        for number, category in enumerate(stops.categories)
    )
    return _("How many came to the last page. %(ways)s.") % {"ways": named}


def say_left_out(stops: Stops) -> str:
    """What was left out most, and of how many questions it is too little for a number."""
    if not stops.left_out:
        return _("What people leave out is not known.")
    top = stops.left_out[0]
    if not top.most:
        return _("No question was left out often enough to stand out.")
    figure = max((each for each in top.figures if each.band != "under"), key=lambda each: each.share or 0)
    words = {"question": top.text, "share": write_share(figure), "kind": KINDS[top.kind]}
    if stops.split:
        words["way"] = write_way(stops.split, figure.category)
        return _("Most often without an answer: “%(question)s” (%(way)s: %(share)s %(kind)s).") % words
    return _("Most often without an answer: “%(question)s” (%(share)s %(kind)s).") % words


def say_other_pages(others: int) -> str:
    """That the pages not listed hold only bounds, or nothing that can be shown."""
    return _("On %(others)d pages so few stopped that there is only a bound, or nothing can be shown.") % {
        "others": others
    }


def say_other_questions(others: int) -> str:
    """That the questions not listed hold only bounds, or nothing that can be shown."""
    return _("Of %(others)d other lines there is only a bound, such as “under 5%%”, or nothing can be shown.") % {
        "others": others
    }


def write_worst(figures: Sequence[NonResponse], texts: dict[str, str]) -> str:
    """Where most people of one way stopped, or what they left out most; else the bound that holds everywhere."""
    shown = [figure for figure in figures if figure.status is Status.SHOWN]
    if not shown:
        return _("too few to show")
    if not most(shown):
        return _("nowhere more than %(share)d%%") % {"share": max(figure.share or 0 for figure in shown)}
    top = max((figure for figure in shown if figure.band != "under"), key=lambda figure: figure.share or 0)
    return _("%(share)s: %(what)s") % {"share": write_share(top), "what": texts.get(top.subject, top.subject)}


def write_base(figure: NonResponse) -> str:
    """How many came that far, or were asked."""
    return "–" if figure.base is None else write_people(figure.base)
