"""A question's biography as members read it: its chapters, who asked for each, and what each found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey.coproduction.biography import Chapter, write_biography
from survey.coproduction.lineage import Kept
from survey.questionnaire.in_words import wording
from survey.review.outside import Found, current_outside
from survey.review.versions.made import Cause, Step, causes_of, changes_between
from survey.store.connect import Store


@dataclass(frozen=True)
class Told:
    """A chapter with each difference from the one before, who asked for it, and what it found in its waves."""

    chapter: Chapter
    steps: tuple[Step, ...]
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Life:
    """A question from its first wording to its last."""

    questionnaire: str
    item: str
    question: str
    """Its words now, or its last ones."""
    language: str
    chapters: tuple[Told, ...]
    found: tuple[Found, ...]
    """What it found in waves that no version here tells of."""


def tell_life(store: Store, kept: Sequence[Kept], name: str) -> Life | None:
    """The biography of a question of these versions; None where none of them has it."""
    causes = {each.suggestion.id: each for each in causes_of(store, _rounds(kept))}
    chapters = write_biography(name, kept, [each.suggestion for each in causes.values()])
    if not chapters:
        return None
    questionnaire = kept[0].questionnaire
    found = tuple(current_outside().found(questionnaire.id, name))
    last = next(each.item for each in reversed(chapters) if each.item is not None)
    told = {wave for each in chapters for wave in each.waves}
    return Life(
        questionnaire=questionnaire.id,
        item=name,
        question=wording(last.text),
        language=questionnaire.language,
        chapters=tuple(_tell(name, each, causes, found) for each in chapters),
        found=tuple(each for each in found if each.wave not in told),
    )


def _tell(name: str, chapter: Chapter, causes: dict[int, Cause], found: Sequence[Found]) -> Told:
    steps: tuple[Step, ...] = ()
    if chapter.before is not None:
        ours = [causes[each.id] for each in chapter.causes]
        everything = changes_between(chapter.before.questionnaire, chapter.begins.questionnaire, ours)
        steps = next((each.steps for each in everything.questions if each.item == name), ())
    return Told(
        chapter=chapter,
        steps=steps,
        found=tuple(each for each in found if each.wave in chapter.waves),
    )


def _rounds(kept: Sequence[Kept]) -> list[int]:
    return sorted({round_.id for each in kept for round_ in each.made_in})
