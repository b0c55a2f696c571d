"""The words of a questionnaire as one person reads them: in their language and format, by who is answering."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from survey.i18n import SOURCE_LOCALE, Catalogue, Phrase, gettext, language, translate, translate_plural
from survey.questionnaire.model import Answering, Format, Plural, Text
from survey.questionnaire.pipes import THIS, pipes_in
from survey.questionnaire.text import choose
from survey.respondent.live import LivePhrase, LiveText
from survey.respondent.media_files import MediaFolder


@dataclass(frozen=True)
class Wording:
    """One questionnaire's catalogue in one language, who reads it, and in what format."""

    catalogue: Catalogue
    answering: Answering
    format: Format = Format.STANDARD
    media: MediaFolder | None = None
    live: dict[str, LiveText] = field(default_factory=dict, compare=False, repr=False)
    """The texts said so far that depend on answers, by the name of their slot."""

    def say(self, context: str, text: Text) -> Phrase:
        """The text under a gettext context (without the variant), worded for who answers and translated.

        A text that depends on answers comes as a phrase that draws a slot, see `survey.respondent.live`.
        """
        if isinstance(text, Plural):
            first = translate_plural(self.catalogue, context, text.one, text.other, 1)
            return self._live(LiveText(context, first, text))
        source, variant = choose(text, self.answering)
        name = f"{context}.{variant}" if variant else context
        phrase = translate(self.catalogue, name, source)
        return self._live(LiveText(name, phrase)) if "{" in source else phrase

    def say_if(self, context: str, text: Text | None) -> Phrase | None:
        """The same for a text that may not be there."""
        return None if text is None else self.say(context, text)

    def say_round(self, context: str, text: Text) -> Phrase:
        """The title of a section that repeats: each round says what it is about, in the title's words or after them."""
        title = self.say(context, text)
        live = self.live[title.name] if isinstance(title, LivePhrase) else LiveText(context, title)
        if live.plural is not None or any(pipe.item == THIS for pipe in pipes_in(live.phrase.text)):
            return title
        about = gettext("%(title)s: %(this)s", title=live.phrase.text, this=f"{{{THIS}}}")
        english = f"{live.phrase.english}: {{{THIS}}}"
        return self._live(LiveText(f"{live.name}.round", replace(live.phrase, text=str(about), source=english)))

    def picture(self, name: str) -> str | None:
        """The address of a picture; None where there is no such file."""
        return None if self.media is None else self.media.address(name)

    def name(self, text: str) -> Phrase:
        """A name that is English in every language, such as an NHS area's."""
        page = self.catalogue.language
        return Phrase(text, language(SOURCE_LOCALE), foreign=page.locale != SOURCE_LOCALE)

    def _live(self, live: LiveText) -> LivePhrase:
        self.live.setdefault(live.name, live)
        return LivePhrase.of(live)
