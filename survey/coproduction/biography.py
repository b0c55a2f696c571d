"""The life of one question: every wording it had, in order, and which agreed suggestions led to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from survey.coproduction.lineage import Kept, Standing
from survey.coproduction.suggestions import AddQuestion, Change, Fate, Suggestion
from survey.questionnaire.model import Item, Questionnaire
from survey.questionnaire.versions.trends import Trend, compare_trends
from survey.questionnaire.walk import items_of


@dataclass(frozen=True)
class Chapter:
    """A time in which a question had the same words and answers, over one version or several."""

    versions: tuple[Kept, ...]
    item: Item | None
    """None while it was not asked."""
    before: Kept | None
    """The version that it was made from; None where the story begins."""
    causes: tuple[Suggestion, ...]
    """The agreed suggestions about it that made this wording."""
    trends: tuple[Trend, ...]
    """Where its answers, or those to one of its lines, are not simply those to the wording before."""

    @property
    def begins(self) -> Kept:
        """The first version with this wording."""
        return self.versions[0]

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves of fieldwork that asked it so."""
        return tuple(wave for each in self.versions for wave in each.waves)


def subject_of(change: Change) -> str:
    """The question that a change is about."""
    return change.question.id if isinstance(change, AddQuestion) else change.item


def write_biography(name: str, kept: Sequence[Kept], suggestions: Iterable[Suggestion]) -> tuple[Chapter, ...]:
    """The chapters of a question, the earliest first; none of a question that no version has.

    `kept` are all versions, the earliest first, `suggestions` those of all their rounds. A version that was not agreed
    has a chapter of its own, and the ones after it go on from the version that each was made from.
    """
    agreed = [each for each in suggestions if each.fate is Fate.AGREED and subject_of(each.change) == name]
    chapters: list[Chapter] = []
    for number, each in enumerate(kept):
        before = _made_from(each, kept[:number])
        item = _find(each.questionnaire, name)
        known = next((one for one in reversed(chapters) if before in one.versions), None)
        if known is not None and known.item == item:
            chapters[chapters.index(known)] = _longer(known, each)
        elif item is not None or (known is not None and known.item is not None):
            rounds = {round_.id for round_ in each.made_in}
            chapters.append(
                Chapter(
                    versions=(each,),
                    item=item,
                    before=before,
                    causes=tuple(cause for cause in agreed if cause.round in rounds),
                    trends=() if before is None else tuple(_trends(name, before, each)),
                )
            )
    return tuple(chapters)


def _longer(chapter: Chapter, kept: Kept) -> Chapter:
    return Chapter((*chapter.versions, kept), chapter.item, chapter.before, chapter.causes, chapter.trends)


def _made_from(kept: Kept, earlier: Sequence[Kept]) -> Kept | None:
    """The version that a round made one from; of one that no round made, the last before it that was not refused."""
    read = {round_.version for round_ in kept.made_in}
    standing = [each for each in earlier if each.standing is not Standing.NOT_AGREED]
    return next((each for each in reversed(earlier) if read & each.hashes), standing[-1] if standing else None)


def _find(questionnaire: Questionnaire, name: str) -> Item | None:
    return next((item for _, _, item in items_of(questionnaire) if item.id == name), None)


def _trends(name: str, before: Kept, after: Kept) -> Iterator[Trend]:
    for trend in compare_trends(before.questionnaire, after.questionnaire):
        if trend.item.partition("__")[0] == name:
            yield trend
