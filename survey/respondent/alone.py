"""One question by itself, as respondents will see it: for those who read a draft; nothing to send, nothing kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import current_app

from survey.i18n import Catalogue, Phrase
from survey.questionnaire.model import Answering, Format, Item, Page, Section, Text
from survey.questionnaire.pipes import THIS
from survey.respondent.alongside import alongside
from survey.respondent.answer_words import AnswerWords
from survey.respondent.edition import Edition
from survey.respondent.forms import build_form
from survey.respondent.live import Teller, Words
from survey.respondent.pages import frame
from survey.respondent.shells import Shell
from survey.respondent.worded import PicturedPhrase, above, in_words
from survey.respondent.wording import Wording


@dataclass(frozen=True)
class Look:
    """How somebody looks at a question: in which language and format, and as whom."""

    locale: str
    format: Format
    answering: Answering


@dataclass(frozen=True)
class Alone:
    """A question of an edition, taken from its page."""

    edition: Edition
    item: Item
    page: Page
    section: Section
    look: Look
    catalogue: Catalogue | None = None
    """Where the words come from, if not from where respondents have theirs: to try words that are not served yet."""

    @cached_property
    def wording(self) -> Wording:
        """The words as this reader meets them."""
        if self.catalogue is not None:
            return self.edition.wording_from(self.catalogue, self.look.answering, self.look.format)
        return self.edition.wording(self.look.locale, self.look.answering, self.look.format)

    @cached_property
    def teller(self) -> Teller:
        """What puts words in the place of answers that nobody has given."""
        rounds = self.edition.router.rounds.get(self.section.id)
        number = None if rounds is None else min(rounds.places.values(), default=1)
        here = AnswerWords(self.edition, self.wording, {}, number)

        def words(name: str, has_other_words: bool) -> Words:
            return here.this(self.section.id) if name == THIS else ()

        return Teller(self.wording.catalogue, here.live, words, here.count)

    def say(self, context: str, text: Text) -> Phrase:
        """A text of the questionnaire under its gettext context."""
        return self.teller.phrase(self.wording.say(context, text))

    @property
    def title(self) -> Phrase:
        """The section's title."""
        return self.say(f"section.{self.section.id}.title", self.section.title)

    @property
    def intro(self) -> Phrase | None:
        """What stands above the first question of the page."""
        if self.page.items[0] is not self.item:
            return None
        words = above(self.page, self.wording)
        if words is None:
            return None
        told = self.teller.phrase(in_words(words))
        return PicturedPhrase.of(told, words.picture if isinstance(words, PicturedPhrase) else None)

    @property
    def question(self) -> Phrase:
        """The question in its standard words."""
        return self.say(f"item.{self.item.id}.text", self.item.text)


def draw_alone(alone: Alone, *, is_framed: bool) -> str:
    """The question on a page of its own; in a frame, where no script runs, without what needs one.

    The request must be answered in the same language and format: see `site.look_as`.
    """
    edition, wording = alone.edition, alone.wording
    page = alone.page.model_copy(update={"items": (alone.item,)})
    form = build_form(page, wording, edition.areas, edition.vintage)()
    template = current_app.jinja_env.get_template("respondent/alone.html")
    html = template.render(
        frame(edition),
        form=form,
        alongside=alongside(alone.item, wording),
        section_title=alone.title,
        intro=alone.intro,
        question=alone.question,
        is_framed=is_framed,
    )
    shell = Shell(html)
    return shell.fill({}, {}, alone.teller if shell.is_live else None)
