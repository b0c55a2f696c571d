"""What is promised and what to do next, in sentences; a step says what to do, then why."""

from __future__ import annotations

from dashboard.findings import State
from dashboard.gaps import HOLDERS
from dashboard.views.next_steps import NextStep, Promise, Rule
from dashboard.views.profile import Profile
from dashboard.words import _, about_figure, write_date, write_place, write_share

FEW_PROMISES = 4


def list_promises(view: Profile) -> tuple[str, ...]:
    """What is promised, late ones first; at most four, and how many more there are."""
    lines = [_say_promise(view, promise) for promise in view.promises[:FEW_PROMISES]]
    more = len(view.promises) - FEW_PROMISES
    if more > 0:
        lines.append(_("And %(more)d more.") % {"more": more})
    return tuple(lines)


def say_no_promise(view: Profile) -> str:
    """That nobody has promised anything."""
    words = {"place": view.place.short_name, "region": view.region.short_name}
    return _("Nothing is promised yet for %(place)s, the %(region)s region or England.") % words


def _say_promise(view: Profile, promise: Promise) -> str:
    finding = promise.finding
    words = {
        "where": write_place(view.name_area(finding.area)) if finding.area else _("England"),
        "found": _end_open(finding.found),
        "promise": _end_open(finding.promise),
        "owner": finding.owner,
        "state": say_state(promise),
        "outcome": finding.outcome,
        "day": write_date(finding.due_on) if finding.due_on else _("no day named"),
    }
    if finding.state is State.OPEN:
        return _("%(where)s. Found: %(found)s. Nobody has promised anything yet.") % words
    if finding.state in (State.DONE, State.CANNOT):
        return _("%(where)s, %(owner)s: %(promise)s – %(state)s: %(outcome)s") % words
    if finding.moved_from:
        words["first"] = write_date(finding.moved_from)
        return _("%(where)s, %(owner)s: %(promise)s – by %(day)s (first promised by %(first)s), %(state)s.") % words
    return _("%(where)s, %(owner)s: %(promise)s – by %(day)s, %(state)s.") % words


def _end_open(text: str) -> str:
    """What someone wrote, without its full stop: it stands inside a sentence."""
    return text.strip().removesuffix(".")


def say_state(promise: Promise) -> str:
    """How far a promise has come; late in words."""
    if promise.is_late:
        return _("late: the day has passed and it is not done")
    return {
        State.OPEN: _("nobody has promised anything yet"),
        State.PROMISED: _("promised"),
        State.UNDER_WAY: _("under way"),
        State.DONE: _("done"),
        State.CANNOT: _("cannot be done"),
    }[promise.finding.state]


def list_next_steps(view: Profile) -> tuple[tuple[str, str], ...]:
    """Each step as (what to do, why and how)."""
    return tuple(_say_step(view, step) for step in view.steps)


def _say_step(view: Profile, step: NextStep) -> tuple[str, str]:
    if step.said is not None:
        return _say_about_answer(view, step)
    if step.promise is not None:
        return _say_about_promise(step)
    return _say_about_people(view, step)


def _say_about_promise(step: NextStep) -> tuple[str, str]:
    assert step.promise is not None
    finding = step.promise.finding
    words = {
        "promise": _end_open(finding.promise),
        "found": _end_open(finding.found),
        "owner": finding.owner,
        "day": write_date(finding.due_on) if finding.due_on else "",
    }
    if step.rule is Rule.LATE and not finding.area:
        return (
            _("Ask what became of “%(promise)s”.") % words,
            _("%(owner)s promised it for England by %(day)s. A new day is theirs to name.") % words,
        )
    if step.rule is Rule.LATE:
        return (
            _("Say what became of “%(promise)s”.") % words,
            _("%(owner)s promised it by %(day)s. Name a new day, or say why it cannot be done.") % words,
        )
    return (
        _("Decide who acts on this: “%(found)s”.") % words,
        _("Nobody has promised anything yet. Name who does what, and by which day."),
    )


def _say_about_answer(view: Profile, step: NextStep) -> tuple[str, str]:
    assert step.said is not None
    said = step.said
    words = {
        "place": view.place.short_name,
        "where": write_place(view.name_area(said.measure.area)),
        "answer": said.item.measure,
        "question": said.item.text,
        "about": about_figure(said.measure),
        "share": write_share(said.measure),
        "rest": said.comparison.rest if said.comparison else None,
    }
    asked = _("Asked “%(question)s”, %(about)s in %(where)s said so (%(share)s), in the rest of England %(rest)s%%.")
    if step.rule is Rule.FIND_OUT and said.measure.area == view.place.code:
        do = _("Ask people who have a budget why fewer here said “%(answer)s”.")
        return do % words, asked % words
    if step.rule is Rule.FIND_OUT:
        do = _("Ask people who have a budget whether it is so in %(place)s that fewer say “%(answer)s”.")
        return do % words, asked % words
    if step.rule is Rule.LEARN:
        do = _("Find out why more people in %(place)s said “%(answer)s”, and tell others what you do.")
        return do % words, asked % words
    return (
        _("Choose one thing to begin with. Ask people who have a budget in %(place)s what would help.") % words,
        _("Of the answers above “%(answer)s” has the lowest share (%(about)s, %(where)s). We asked: “%(question)s”")
        % words,
    )


def _say_about_people(view: Profile, step: NextStep) -> tuple[str, str]:
    words = {
        "place": view.place.short_name,
        "region": view.region.short_name,
        "number": step.number,
        "where": write_place(view.name_area(step.rate.area)) if step.rate else "",
        "rate": step.rate.response_rate if step.rate else None,
        "group": step.group.label if step.group else "",
        "dimension": step.group.dimension_label if step.group else "",
        "people": step.group.missing if step.group else None,
    }
    if step.rule is Rule.INVITE:
        return (
            _("Ask for %(number)s more invitations for %(place)s.") % words,
            _(
                "At least 10 people must answer before anything can be shown of it alone; in %(where)s %(rate)s%% of "
                "those invited did."
            )
            % words,
        )
    if step.rule is Rule.ASK_WHY:
        return (
            _("Find out why so few in %(place)s answered.") % words,
            _("About %(number)s people were invited, which elsewhere is enough for 10 answers.") % words,
        )
    if step.rule is Rule.INVITE_MORE:
        return (
            _("Invite more people in %(place)s next time.") % words,
            _(
                "Fewer than 10 answered, and nothing is shown of so few. Invite each person by a code of their own, "
                "so that it can be told how many answer."
            ),
        )
    if step.rule is Rule.MISSING_HERE:
        return (
            _("Invite more people in %(place)s next time.") % words,
            _("About %(number)s more would have had to answer for it to be heard as much as other places.") % words,
        )
    if step.group is not None and step.group.benchmark_of != HOLDERS:
        return (
            _("Look whether some people are not heard (%(dimension)s: %(group)s).") % words,
            _(
                "Compared with everyone living in England about %(people)s fewer answered. Ask whether it is so here, "
                "and why."
            )
            % words,
        )
    if step.rule is Rule.REACH:
        is_language = step.group is not None and step.group.dimension == "language"
        return (
            (
                _("Reach people whose main language is %(group)s.")
                if is_language
                else _("Reach people who are missing (%(dimension)s: %(group)s).")
            )
            % words,
            _(
                "About %(people)s more would have to answer in England. Ask groups they trust to pass invitations on, "
                "and look whether they are missing here too."
            )
            % words,
        )
    return (
        _("Decide who acts on these results, on what, and by which day."),
        _(
            "Nothing is promised yet for %(place)s, the %(region)s region or England. "
            "What staff write down as a promise stands here."
        )
        % words,
    )
