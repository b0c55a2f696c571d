"""What a question found, for people who read it elsewhere: one sentence and one small chart for each wave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from dashboard.access import TRIAL
from dashboard.data import NoRelease, ReleaseGone, Releases
from dashboard.model import Figure, Option
from dashboard.public.questions import Questions
from dashboard.public.sentences import mark, say_main
from dashboard.public.speech import Tongue
from dashboard.public.views import NotThere, QuestionView, show_question
from dashboard.release import is_provisional
from dashboard.svg import draw_bars, draw_people


@dataclass(frozen=True)
class Told:
    """What one wave found. The chart is named by an element with the id `found-<wave>`, which has the sentence."""

    wave: str
    released_on: date
    sentence: Markup
    chart: Markup
    is_provisional: bool


def tell_found(releases: Releases, questionnaire: str, item: str, tongue: Tongue) -> Iterator[Told]:
    """What an item of a questionnaire found in each wave that the reader of `releases` may see, the newest first.

    Nothing for waves that did not ask it or are still open, and for the one that is for trying things out.
    """
    settled = releases.settled()
    for wave in settled.waves():
        if wave == TRIAL:
            continue
        with suppress(NoRelease, ReleaseGone, NotThere):
            facts = settled.current(wave).facts
            if facts.has_estimates and facts.questionnaire["id"] == questionnaire:
                yield _tell(settled, show_question(settled, wave, item), tongue)


def _tell(releases: Releases, view: QuestionView, tongue: Tongue) -> Told:
    facts = view.release.facts
    asks = Questions(tongue, releases.wordings(view.release).get(tongue.locale))
    return Told(
        wave=facts.wave,
        released_on=date.fromisoformat(facts.released_at[:10]),
        sentence=say_main(view.main, asks),
        chart=_draw(view.rows, view, asks) if view.main.cell is not None else Markup(),
        is_provisional=is_provisional(facts),
    )


def _draw(rows: tuple[tuple[Option, Figure], ...], view: QuestionView, asks: Questions) -> Markup:
    tongue = asks.tongue
    marks = [mark(asks.name_answer(view.main.item, option.code), figure, tongue) for option, figure in rows]
    draw = draw_people if tongue.is_easy_read else draw_bars
    return draw(marks, labelled_by=f"found-{view.release.facts.wave}", right_to_left=tongue.is_right_to_left)
