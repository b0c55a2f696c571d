"""Figures in plain words, from rounded figures only: whole sentences in the language of the page, none put together."""

from __future__ import annotations

from datetime import date

from dashboard.figures.rows import Mark
from dashboard.findings import Finding, State
from dashboard.gaps import HOLDERS
from dashboard.model import Coverage, Figure, Group
from dashboard.public.questions import Questions
from dashboard.public.speech import Said, Tongue
from dashboard.public.views import Main, PlaceView, WaveView
from dashboard.release import Facts, Span, Status

_FEW = 10


def say_main(main: Main, questions: Questions) -> Said:
    """The main answer to a question in one sentence, or that it cannot be shown."""
    if main.cell is None:
        return questions.tongue.gettext("We cannot show this. Too few people answered.")
    return say_share(main.cell, questions.name_answer(main.item, main.option), questions.tongue)


def say_share(figure: Figure, answer: Said, tongue: Tongue) -> Said:
    """How many gave an answer, in words to the nearest tenth: "About 7 in 10 people answered: “Yes”."

    67 is about 7 in 10, 48 about half; a band of under 15 is "fewer than 3 in 20".
    """
    _, share = tongue.gettext, figure.share or 0
    if figure.band == "under":
        return _(
            "Fewer than %(count)s in 20 people answered: “%(answer)s”.", count=_write(share // 5, tongue), answer=answer
        )
    if figure.band == "over":
        return _(
            "More than %(count)s in 20 people answered: “%(answer)s”.", count=_write(share // 5, tongue), answer=answer
        )
    if share < 3:
        return _("Fewer than 1 in 20 people answered: “%(answer)s”.", answer=answer)
    if share < 8:
        return _("About 1 in 20 people answered: “%(answer)s”.", answer=answer)
    if share > 97:
        return _("More than 19 in 20 people answered: “%(answer)s”.", answer=answer)
    if share > 92:
        return _("About 19 in 20 people answered: “%(answer)s”.", answer=answer)
    if 45 <= share < 55:
        return _("About half of people answered: “%(answer)s”.", answer=answer)
    return _(
        "About %(count)s in 10 people answered: “%(answer)s”.", count=_write((share + 5) // 10, tongue), answer=answer
    )


def _write(count: int, tongue: Tongue) -> str:
    return tongue.write_number(count)


def write_share(figure: Figure, tongue: Tongue) -> Said:
    """A figure as a table has it: 67%, under 5%; why there is none where there is none."""
    if figure.status is Status.TOO_FEW:
        return tongue.gettext("Too few to show")
    if figure.status is not Status.SHOWN:
        return tongue.gettext("Held back to protect people")
    share = tongue.write_share(figure.share or 0)
    if figure.band == "under":
        return tongue.gettext("under %(share)s", share=share)
    if figure.band == "over":
        return tongue.gettext("over %(share)s", share=share)
    return tongue.say(share, share)


def write_tenths(figure: Figure, tongue: Tongue) -> Said:
    """A figure as Easy Read has it: about 7 in 10; why there is none where there is none."""
    share = figure.share or 0
    if figure.status is not Status.SHOWN:
        return write_share(figure, tongue)
    if figure.band == "under" or share < 5:
        least = max(1, -(-share // 10))
        return tongue.gettext("Fewer than %(count)s in 10", count=_write(least, tongue))
    if figure.band == "over" or share >= 95:
        return tongue.gettext("More than %(count)s in 10", count=_write(min(9, share // 10), tongue))
    return tongue.gettext("About %(count)s in 10", count=_write((share + 5) // 10, tongue))


def write_range(figure: Figure, tongue: Tongue) -> Said:
    """The likely range as the table has it; nothing where there is none."""
    if figure.low is None or figure.high is None:
        return tongue.say("–", "–")
    low, high = tongue.write_share(figure.low), tongue.write_share(figure.high)
    return tongue.gettext("%(low)s to %(high)s", low=low, high=high)


def mark(label: Said, figure: Figure, tongue: Tongue) -> Mark:
    """A figure as a chart draws it."""
    value = write_tenths(figure, tongue) if tongue.is_easy_read else write_share(figure, tongue)
    if figure.status is not Status.SHOWN:
        return Mark(label, value, None)
    if figure.band == "under":
        return Mark(label, value, None, 0, figure.share)
    if figure.band == "over":
        return Mark(label, value, None, figure.share, 100)
    return Mark(label, value, figure.share, figure.low, figure.high)


# --- The three sentences of a wave --------------------------------------------------


def say_people(facts: Facts, tongue: Tongue) -> Said:
    """How many answered."""
    if facts.responses < _FEW:
        return tongue.gettext("Fewer than 10 people answered the survey.")
    return tongue.gettext("About %(people)s people answered the survey.", people=tongue.write_number(facts.responses))


def say_most(view: WaveView, questions: Questions) -> Said:
    """What most said, as a question and its answer, where there is one."""
    assert view.most is not None
    return questions.tongue.gettext(
        "We asked: “%(question)s” %(answer)s",
        question=questions.ask(view.most.item),
        answer=say_main(view.most, questions),
    )


def say_missing(view: WaveView, tongue: Tongue) -> Said:
    """Whether there are groups that have not been heard enough; they are named in a list below."""
    if not view.is_compared:
        return tongue.gettext("We cannot tell yet whom we have not heard enough from.")
    if not view.missing:
        return tongue.gettext("No group of people is clearly missing.")
    if view.missing[0].benchmark_of == HOLDERS:
        return tongue.gettext("We have not heard enough from people who gave these answers:")
    return tongue.gettext("Compared with everyone who lives in England, fewer people gave these answers:")


def say_group(group: Group, view: WaveView, questions: Questions) -> Said:
    """A group as the answer that its people give: the words there are in every language."""
    item = next((item for item in view.release.items if item.dimension == group.dimension), None)
    if item is None or all(option.code != group.category for option in item.options):
        answer, question = questions.tongue.in_english(group.label), questions.tongue.in_english(group.dimension_label)
    else:
        answer, question = questions.name_answer(item, group.category), questions.ask(item)
    return questions.tongue.gettext("“%(answer)s” (%(question)s)", answer=answer, question=question)


# --- Places -------------------------------------------------------------------------


def say_coverage(coverage: Coverage | None, tongue: Tongue) -> list[Said]:
    """How many answered from a place, of how many who were invited, and how many are missing, as far as it is known."""
    if coverage is None:
        return []
    if coverage.count is None or coverage.count < _FEW:
        return [tongue.gettext("Fewer than 10 people from here answered.")]
    sentences = [
        tongue.gettext("About %(people)s people from here answered.", people=tongue.write_number(coverage.count))
    ]
    if coverage.response_rate is not None:
        rate = tongue.write_share(coverage.response_rate)
        sentences.append(tongue.gettext("That is about %(share)s of the people who were invited.", share=rate))
    if coverage.missing and coverage.benchmark_of == HOLDERS:
        people = tongue.write_number(coverage.missing)
        sentences.append(
            tongue.gettext(
                "About %(people)s more would have had to answer for this place to count as much as others.",
                people=people,
            )
        )
    return sentences


def say_span(view: PlaceView, tongue: Tongue) -> Said:
    """Which years the answers of a place are from."""
    waves = view.release.facts.pooled_waves
    if view.span is Span.WAVE:
        return tongue.gettext("These are the answers of %(wave)s.", wave=view.release.facts.wave)
    return tongue.gettext("These are the answers of %(first)s to %(last)s together.", first=waves[0], last=waves[-1])


# --- What we will do ----------------------------------------------------------------


def say_state(finding: Finding, today: date, tongue: Tongue) -> Said:
    """How far a promise has come."""
    if finding.is_late(today):
        return tongue.gettext("Late: this is not done yet.")
    return {
        State.OPEN: tongue.gettext("Nobody has promised anything yet."),
        State.PROMISED: tongue.gettext("Promised."),
        State.UNDER_WAY: tongue.gettext("We are working on it."),
        State.DONE: tongue.gettext("Done."),
        State.CANNOT: tongue.gettext("This cannot be done."),
    }[finding.state]


def say_signed(facts: Facts, tongue: Tongue) -> Said:
    """Who stands for the figures, and since when."""
    who = tongue.in_english(facts.signed_by or "")
    signed_on = date.fromisoformat((facts.signed_at or facts.released_at)[:10])
    return tongue.gettext(
        "%(name)s checked and signed these results on %(date)s.", name=who, date=tongue.write_date(signed_on)
    )


def say_fieldwork(facts: Facts, tongue: Tongue) -> Said:
    """When people answered, and that it was up to them."""
    if facts.opened_on is None or facts.closed_on is None:
        return tongue.gettext("People chose for themselves to answer.")
    return tongue.gettext(
        "People chose for themselves to answer, from %(first)s to %(last)s.",
        first=tongue.write_date(date.fromisoformat(facts.opened_on)),
        last=tongue.write_date(date.fromisoformat(facts.closed_on)),
    )
