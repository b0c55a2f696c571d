"""The map as one page that needs nothing else: what a group can read on a screen, hand round, or print."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey import resources
from survey.map.layout import NARROW, WIDE, lay_out
from survey.map.outline import Outline, outline_questionnaire
from survey.map.picture import draw_sections, draw_whole
from survey.questionnaire.in_words import in_a_row
from survey.questionnaire.model import Questionnaire

_FOLDER = resources.PACKAGE / "templates" / "map"


@lru_cache(maxsize=8)
def draw_page(questionnaire: Questionnaire) -> str:
    """The whole map as HTML, with its styles and its picture inside."""
    outline = outline_questionnaire(questionnaire)
    return (
        _environment()
        .get_template("map.html")
        .render(
            outline=outline,
            style=_style(),
            wide=draw_sections(lay_out(outline, WIDE)),
            narrow=draw_sections(lay_out(outline, NARROW)),
            description=describe_picture(outline),
        )
    )


def draw_picture(questionnaire: Questionnaire) -> str:
    """The picture alone, as an SVG file."""
    outline = outline_questionnaire(questionnaire)
    return draw_whole(lay_out(outline, WIDE), f"Map of: {outline.title}", describe_picture(outline))


def describe_picture(outline: Outline) -> str:
    """What the picture shows, for those who do not see it."""
    begin = f"A column of {outline.questions} questions in {len(outline.sections)} sections."
    opened = [
        f"Question {decider} decides about {question_list(numbers)}."
        for decider, numbers in sorted(outline.opens.items())
    ]
    return " ".join([begin, *opened])


def question_list(numbers: tuple[int, ...]) -> str:
    """ "question 7", or "questions 7 to 10 and 17"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [
        part
        for run in runs
        for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run])
    ]
    return f"question{'s' if len(set(numbers)) > 1 else ''} {in_a_row(said, 'and')}"


def content_policy() -> str:
    """The Content-Security-Policy to send the page with: its own styles, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return (_FOLDER / "map.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["question_list"] = question_list
    return environment
