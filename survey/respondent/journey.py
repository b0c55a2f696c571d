"""One person's way through the questions, as it stands: what they saved, which pages are theirs, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey.questionnaire.answers import Answers, Value, instance_key
from survey.questionnaire.model import EndKind
from survey.questionnaire.rounds import split_page
from survey.questionnaire.routing import Path
from survey.respondent.edition import Edition
from survey.store.responses import ResponseState, Status

DONE = "/survey/done"
GOODBYE = "/survey/goodbye"


@dataclass(frozen=True)
class Journey:
    """`state` is None until the person has agreed to take part: until then nothing is stored."""

    edition: Edition
    state: ResponseState | None
    path: Path

    @classmethod
    def of(cls, edition: Edition, state: ResponseState | None) -> Journey:
        """The journey with its path worked out."""
        return cls(edition, state, edition.path_of(state))

    @property
    def is_open(self) -> bool:
        """Whether answers can still be given."""
        return self.state is None or self.state.status is Status.STARTED

    @property
    def pages(self) -> Mapping[str, Answers]:
        """What was last saved of each page."""
        return {} if self.state is None else self.state.pages

    def is_reachable(self, key: str) -> bool:
        """Whether the page is one of this person's; before they have agreed, only the first one is.

        A preview shows every page.
        """
        return self.edition.is_preview or key in (self.path.pages if self.state else self.path.pages[:1])

    def resume_page(self) -> str | None:
        """Where to go on: the first page of the path that was not saved yet; None when all were."""
        return self.path.first_unanswered(self.pages)

    def resume_address(self) -> str:
        """The address of that page, or of the check page."""
        key = self.resume_page()
        return f"/survey/{key}" if key else "/survey/check"

    def end_address(self) -> str | None:
        """Where someone belongs who has sent their answers or does not want to take part; None for everyone else."""
        if not self.is_open:
            return DONE
        return GOODBYE if self.path.ended is EndKind.REFUSED else None

    def with_page(self, key: str, answers: Mapping[str, Value]) -> Path:
        """The path as it would be with these answers to a page."""
        merged = {name: value for page, saved in self.pages.items() if page != key for name, value in saved.items()}
        area = None if self.state is None else self.state.area
        return self.edition.router.path({**merged, **answers}, self.edition.given(area))

    def next_page(self, key: str, before: Path, *, from_check: bool) -> str | None:
        """The page after one that was saved; None for the check page.

        Someone who came from the check page goes back there, by way of what their change has opened: pages that
        were not on the path `before`, gaps between pages that were saved, and the rest of the section.
        """
        if key not in self.path.pages:
            return self._next_in_file(key)
        if not from_check:
            return self.path.after(key)
        saved = [place for place, page in enumerate(self.path.pages) if page in self.pages]
        section = self.edition.page(key).section_number
        for place, page in enumerate(self.path.pages):
            opened = page not in before.pages or self.edition.page(page).section_number == section
            if page not in self.pages and (opened or place < saved[-1]):
                return page
        return None

    def _next_in_file(self, key: str) -> str | None:
        """For a preview, which shows pages off the path too: the page of the path that comes after this one."""
        places = {placed.page.id: place for place, placed in enumerate(self.edition.router.pages)}
        here = places[split_page(key)[0]]
        return next((page for page in self.path.pages if places[split_page(page)[0]] > here), None)


def answers_of_round(key: str, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers of one page as they are kept: in a repeat with the number of the round."""
    number = split_page(key)[1]
    return {name if number is None else instance_key(name, number): value for name, value in answers.items()}
