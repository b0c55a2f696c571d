"""The sentences about places: how many answered there, and where people are missing."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.gaps import HOLDERS, Covered, is_clearly_missing, may_be_chance
from dashboard.model import Coverage
from dashboard.words import _, write_number


def say_places(regions: Sequence[Covered], areas: Sequence[Covered]) -> str:
    """The places that are clearly under-heard, the largest first, and of how many areas nothing can be told."""
    told = [covered for covered in (*regions, *areas) if covered.coverage.missing is not None]
    if not told:
        return _(
            "Of no region or ICS can be told whether people are missing: no benchmark is loaded, or too few answered."
        )
    clear = [covered for covered in told if is_clearly_missing(covered.coverage)]
    hidden = sum(1 for covered in areas if covered.coverage.missing is None)
    sentence = _("In no region or ICS are people clearly missing: every gap could be chance.")
    if clear:
        most = sorted(clear, key=lambda covered: -(covered.coverage.missing or 0))[:3]
        named = "; ".join(
            _("%(place)s (%(words)s)") % {"place": each.place.short_name, "words": say_place(each.coverage)}
            for each in most
        )
        sentence = _("Most clearly missing: %(places)s.") % {"places": named}
    words = {"sentence": sentence, "hidden": hidden, "areas": len(areas)}
    if not hidden:
        return sentence
    return _("%(sentence)s Of %(hidden)d of %(areas)d ICSs it cannot be told.") % words


def say_place(coverage: Coverage) -> str:
    """A place in words: people missing, and against whom; or that it cannot be told."""
    if coverage.missing is None:
        return _("cannot be told")
    if may_be_chance(coverage):
        return _("could be chance")
    words = {"people": write_number(coverage.missing)}
    if coverage.benchmark_of == HOLDERS:
        return _("about %(people)s people missing") % words if coverage.missing else _("no one missing")
    return _("about %(people)s fewer than expected") % words if coverage.missing else _("no fewer than expected")


def say_ground(places: Sequence[Covered]) -> str:
    """Against whom places are compared, and of when."""
    row = next((each.coverage for each in places if each.coverage.benchmark_share is not None), None)
    if row is None:
        return _("No benchmark is loaded for places, so nowhere can people be said to be missing.")
    words = {"source": row.benchmark_source, "date": row.benchmark_date}
    if row.benchmark_of == HOLDERS:
        return _("Compared with where people who hold a personal health budget live: %(source)s, %(date)s.") % words
    return _("Compared with where everyone lives, not people who hold a budget: %(source)s, %(date)s.") % words


def write_answered(coverage: Coverage) -> str:
    """How many answered in a place, as the table has it."""
    return coverage.band or (_("not known") if coverage.count is None else write_number(coverage.count))


def write_rate(coverage: Coverage) -> str:
    """How many of those invited that is."""
    if coverage.response_rate is None:
        return _("not known")
    words = {"rate": coverage.response_rate, "invited": write_number(coverage.invited)}
    return _("%(rate)d%% of %(invited)s") % words


def say_regions(regions: Sequence[Covered]) -> str:
    """The chart of the regions in a sentence."""
    clear = [covered for covered in regions if is_clearly_missing(covered.coverage)]
    if not clear:
        return _("Regions: in none are people clearly missing.")
    return _("Regions. Clearly missing: %(places)s.") % {
        "places": "; ".join(
            _("%(place)s (%(words)s)") % {"place": each.place.short_name, "words": say_place(each.coverage)}
            for each in clear
        )
    }


def find_reasons(places: Sequence[Covered]) -> tuple[str, ...]:
    """Why something cannot be told of some place, each reason once; its sentences are those of the release."""
    sentences = (sentence for each in places for sentence in each.coverage.reason.split(". "))
    return tuple(dict.fromkeys(f"{sentence.rstrip('.')}." for sentence in sentences if sentence))
