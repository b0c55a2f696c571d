"""The words of an area's sheet, on the page and on paper: who answered, and who is missing."""

from __future__ import annotations

from dashboard.gaps import HOLDERS
from dashboard.model import Coverage
from dashboard.sentences.missing import say_group
from dashboard.views.profile import Profile
from dashboard.words import _, write_number, write_people, write_span


def say_profile(view: Profile) -> str:
    """How many answered, and how much of what they said can be shown for the area itself."""
    wave = view.setting.release.facts.wave
    words = {
        "place": view.place.short_name,
        "wave": wave,
        "region": view.region.short_name,
        "shown": view.questions_shown,
        "questions": view.questions,
        "span": write_span(view.setting, view.span),
    }
    if view.changed_ground:
        return (
            _(
                "%(place)s is not the area it was: answers of %(span)s cannot be added up to it. "
                "What can be said of the %(region)s region or of England stands here instead."
            )
            % words
        )
    words["people"] = _say_answered(view)
    if view.questions_shown == 0:
        return (
            _(
                "%(people)s Too few answered to show what they said by themselves. "
                "What people in the %(region)s region or in England said stands here instead."
            )
            % words
        )
    if view.questions_shown == view.questions:
        return _("%(people)s We can show all questions for %(place)s by itself (%(span)s).") % words
    return (
        _(
            "%(people)s We can show %(shown)d of %(questions)d questions for %(place)s by itself (%(span)s); "
            "for the others, what people in the %(region)s region or in England said."
        )
        % words
    )


def _say_answered(view: Profile) -> str:
    coverage = view.coverage
    words = {"place": view.place.short_name, "wave": view.setting.release.facts.wave}
    if coverage is not None and coverage.count is not None:
        words["count"] = write_number(coverage.count)
        return _("About %(count)s people from %(place)s answered in %(wave)s.") % words
    if coverage is not None and coverage.band:
        return _("Fewer than 10 people from %(place)s answered in %(wave)s.") % words
    return _("It cannot be told how many people from %(place)s answered in %(wave)s.") % words


def write_counted(coverage: Coverage | None) -> str:
    """How many answered in a region or area."""
    if coverage is None or (coverage.count is None and not coverage.band):
        return _("not known")
    return _("fewer than 10 people") if coverage.count is None else write_people(coverage.count)


def list_responses(view: Profile) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows of the table of responses: the area, its region, England."""
    invited = any(each and each.invited for each in (view.coverage, view.region_coverage))
    heads = (_("Where"), _("Who answered"), *((_("Invited"), _("Of whom answered")) if invited else ()))
    england = (
        _("England"),
        write_people(view.setting.release.facts.responses),
        *((_("not counted"), _("not counted")) if invited else ()),
        _("see “Who is missing”"),
    )
    places = ((view.place, view.coverage), (view.region, view.region_coverage))
    rows = tuple(
        (
            place.short_name,
            write_counted(coverage),
            *(_write_invited(coverage) if invited else ()),
            write_missing_here(coverage),
        )
        for place, coverage in places
    )
    of_holders = view.coverage is None or view.coverage.benchmark_of in ("", HOLDERS)
    return (*heads, _("People missing") if of_holders else _("Compared with everyone living here")), (*rows, england)


def _write_invited(coverage: Coverage | None) -> tuple[str, str]:
    if coverage is None or coverage.invited is None:
        return _("no one by a code"), _("cannot be told")
    rate = coverage.response_rate
    told = _("cannot be told") if rate is None else _("%(share)d%%") % {"share": rate}
    return write_number(coverage.invited), told


def write_missing_here(coverage: Coverage | None) -> str:
    """How many people of a place would have to answer for it to be heard as much as others."""
    if coverage is None or coverage.missing is None:
        return _("cannot be told")
    if coverage.missing == 0:
        return _("none that can be told")
    if coverage.ratio_high is None or coverage.ratio_high >= 1:
        return _("could be chance")
    words = {"people": coverage.missing}
    return (_("about %(people)d") if coverage.benchmark_of == HOLDERS else _("about %(people)d fewer")) % words


def explain_responses(view: Profile) -> tuple[str, ...]:
    """Against whom people are missing, and why something cannot be told."""
    coverage = view.coverage
    if coverage is None:
        return (_("How many answered here is not in this release."),)
    lines = [coverage.reason] if coverage.reason else []
    if coverage.benchmark_share is not None:
        words = {"source": coverage.benchmark_source, "date": coverage.benchmark_date}
        holders = _("Compared with people who hold a personal health budget: %(source)s, %(date)s.")
        living = _("Compared with everyone living here, not with people who hold a budget: %(source)s, %(date)s.")
        lines.append((holders if coverage.benchmark_of == HOLDERS else living) % words)
    return tuple(lines)


def say_who_is_missing(view: Profile) -> str:
    """For whom the groups below are missing, honestly."""
    words = {"place": view.place.short_name}
    if view.missing:
        return _("This is told of England as a whole. Look whether it is so in %(place)s.") % words
    if view.can_compare_groups:
        return _("In England as a whole no group is clearly missing: every gap could be chance.")
    return _("It cannot be told who is missing: no benchmark is loaded, or too few people answered.")


def list_missing_groups(view: Profile) -> tuple[str, ...]:
    """The groups clearly missing in England."""
    return tuple(
        _("%(dimension)s: %(label)s (%(words)s).")
        % {"dimension": group.dimension_label, "label": group.label, "words": say_group(group)}
        for group in view.missing
    )
